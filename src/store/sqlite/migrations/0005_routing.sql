-- Routing. A room waits in its inbox's queue while it is open and nobody's; whoever it is assigned to
-- holds it until it is closed, and bears the load of it while it is open. Kept by
-- sql/routing_lists.h.
CREATE TABLE room_queue (
  account   INTEGER NOT NULL,
  inbox     INTEGER NOT NULL,
  queued_at INTEGER NOT NULL,
  room      INTEGER NOT NULL,
  PRIMARY KEY (account, inbox, queued_at, room)
) WITHOUT ROWID;
CREATE TABLE held_room (
  account INTEGER NOT NULL,
  agent   INTEGER NOT NULL,  -- its conversation, here and below
  room    INTEGER NOT NULL,
  PRIMARY KEY (account, agent, room)
) WITHOUT ROWID;
CREATE TABLE agent_load (
  account          INTEGER NOT NULL,
  agent            INTEGER NOT NULL,
  open_rooms       INTEGER NOT NULL,
  last_assigned_at INTEGER NOT NULL,
  PRIMARY KEY (account, agent)
) WITHOUT ROWID;

-- Whom round robin served last.
CREATE TABLE inbox_turn (
  account     INTEGER NOT NULL,
  inbox       INTEGER NOT NULL,
  last_served INTEGER NOT NULL,
  PRIMARY KEY (account, inbox)
) WITHOUT ROWID;
-- Who was a member once: a room of theirs that reopens is no longer theirs.
CREATE TABLE inbox_leaver (
  account INTEGER NOT NULL,
  inbox   INTEGER NOT NULL,
  agent   INTEGER NOT NULL,
  left_at INTEGER NOT NULL,
  PRIMARY KEY (account, inbox, agent)
) WITHOUT ROWID;

-- What an agent's availability comes from; agent.availability is what follows. No row: as new.
CREATE TABLE agent_presence (
  account INTEGER NOT NULL,
  agent   INTEGER NOT NULL,
  chosen  INTEGER NOT NULL,
  pinned  INTEGER NOT NULL,
  present INTEGER NOT NULL,
  since   INTEGER NOT NULL,
  PRIMARY KEY (account, agent)
) WITHOUT ROWID;

-- What is left to do, also after a restart; see chat/routing_repositories.h.
CREATE TABLE routing_task (
  account  INTEGER NOT NULL,
  kind     INTEGER NOT NULL,
  agent    INTEGER NOT NULL,
  inbox    INTEGER NOT NULL,
  due_at   INTEGER NOT NULL,
  cursor   INTEGER NOT NULL,
  again_at INTEGER NOT NULL,
  PRIMARY KEY (account, kind, agent, inbox)
) WITHOUT ROWID;
CREATE INDEX routing_task_by_due ON routing_task (due_at);

-- Rooms that are there already. Status 0 is open, 2 closed; a list above 0 is an assignee's.
INSERT INTO room_queue (account, inbox, queued_at, room)
  SELECT account, inbox, queued_at, id FROM room WHERE status = 0 AND queued_at > 0;
INSERT INTO held_room (account, agent, room)
  SELECT account, list, room FROM room_by_creation WHERE list > 0 AND status <> 2;
INSERT INTO agent_load (account, agent, open_rooms, last_assigned_at)
  SELECT account, list, SUM(rooms), 0 FROM room_count WHERE list > 0 AND status = 0
  GROUP BY account, list;
