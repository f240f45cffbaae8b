-- Rooms of an application's own. One whose name is the id of a support room is that room: it has no
-- messages here.
CREATE TABLE ticket (
  account    INTEGER NOT NULL,
  name       TEXT NOT NULL,
  id         INTEGER NOT NULL,
  metadata   TEXT NOT NULL,  -- a JSON object
  version    INTEGER NOT NULL,
  status     INTEGER NOT NULL,
  seq        INTEGER NOT NULL,
  erased_seq INTEGER NOT NULL,
  last_stamp INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  active_at  INTEGER NOT NULL,
  idle_since INTEGER NOT NULL,
  closed_at  INTEGER NOT NULL,
  PRIMARY KEY (account, name)
) WITHOUT ROWID;

-- Not WITHOUT ROWID: the data may be long.
CREATE TABLE ticket_message (
  account     INTEGER NOT NULL,
  ticket      INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  id          INTEGER NOT NULL,
  author      INTEGER NOT NULL,
  author_kind INTEGER NOT NULL,
  author_user TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  type        TEXT NOT NULL,
  data        TEXT NOT NULL,  -- a JSON value
  PRIMARY KEY (account, ticket, seq)
);

-- Deleted histories that are still to be removed, in steps: messages of the ticket up to `seq`.
CREATE TABLE ticket_erasure (
  account INTEGER NOT NULL,
  ticket  INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  PRIMARY KEY (account, ticket)
) WITHOUT ROWID;

CREATE TABLE ticket_snapshot (
  account     INTEGER NOT NULL,
  ticket      INTEGER NOT NULL,
  number      INTEGER NOT NULL,
  name        TEXT NOT NULL,
  version     INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  author      INTEGER NOT NULL,
  author_kind INTEGER NOT NULL,
  author_user TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  metadata    TEXT NOT NULL,
  PRIMARY KEY (account, ticket, number)
);
CREATE UNIQUE INDEX ticket_snapshot_by_name ON ticket_snapshot (account, ticket, name);
