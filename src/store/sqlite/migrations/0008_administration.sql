-- What administration keeps: of agents, inboxes and web sites more than before, and what is new.
ALTER TABLE agent ADD COLUMN avatar TEXT NOT NULL DEFAULT '';
ALTER TABLE agent ADD COLUMN deactivated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN has_bot INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN away_message TEXT NOT NULL DEFAULT '';
ALTER TABLE support_token ADD COLUMN last_seen INTEGER NOT NULL DEFAULT 0;

CREATE TABLE account_settings (
  account          INTEGER PRIMARY KEY,
  client_code      TEXT NOT NULL,
  waiting_sends    INTEGER NOT NULL,
  attachment_bytes INTEGER NOT NULL,
  placeholders     TEXT NOT NULL  -- a list: name, text, name, text, …
);

-- At most one an agent: a new one replaces it.
CREATE TABLE invitation (
  account    INTEGER NOT NULL,
  agent      INTEGER NOT NULL,
  token_hash BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (account, agent)
) WITHOUT ROWID;

CREATE TABLE canned_reply (
  account    INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  inbox      INTEGER NOT NULL,  -- 0 = every inbox
  short_code TEXT NOT NULL,
  text       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX canned_reply_by_code ON canned_reply (account, inbox, short_code);

CREATE TABLE integration (
  account    INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  name       TEXT NOT NULL,
  key_hash   BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;

-- Directories: look-ups that come without an account.
CREATE TABLE invitation_hash (
  hash    BLOB PRIMARY KEY,
  account INTEGER NOT NULL,
  agent   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE integration_hash (
  hash        BLOB PRIMARY KEY,
  account     INTEGER NOT NULL,
  integration INTEGER NOT NULL
) WITHOUT ROWID;

-- Numbered densely in each account; never changed.
CREATE TABLE audit (
  account      INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  actor        INTEGER NOT NULL,  -- a conversation; 0 = the server's operator
  actor_name   TEXT NOT NULL,
  action       TEXT NOT NULL,
  subject      INTEGER NOT NULL,
  subject_name TEXT NOT NULL,
  changes      TEXT NOT NULL,  -- a list: field, from, to, field, …
  PRIMARY KEY (account, number)
) WITHOUT ROWID;
