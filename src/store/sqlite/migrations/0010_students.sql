-- Students' chats. room.student is a list, see sql/student_chats.h; empty = another kind of room.
ALTER TABLE room ADD COLUMN student TEXT NOT NULL DEFAULT '';
CREATE TABLE student_chat (
  account       INTEGER NOT NULL,
  contact       INTEGER NOT NULL,
  room          INTEGER NOT NULL,
  status        INTEGER NOT NULL,
  last_activity INTEGER NOT NULL,
  waiting_since INTEGER NOT NULL,
  PRIMARY KEY (account, contact)
) WITHOUT ROWID;
CREATE INDEX student_chat_by_activity ON student_chat (account, status, last_activity, room);
CREATE INDEX student_chat_waiting ON student_chat (waiting_since) WHERE waiting_since > 0;
CREATE TABLE student_chat_count (
  account INTEGER NOT NULL,
  status  INTEGER NOT NULL,
  chats   INTEGER NOT NULL,
  PRIMARY KEY (account, status)
) WITHOUT ROWID;

-- What the bot offers beside its text: a list of ids and texts.
ALTER TABLE message ADD COLUMN quick_replies TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN client_id TEXT NOT NULL DEFAULT '';
ALTER TABLE upload ADD COLUMN duration_s INTEGER NOT NULL DEFAULT 0;

-- What the bot knows of an account: questions with answers, intents in the place of those built in.
CREATE TABLE question (
  account      INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  question     TEXT NOT NULL,
  answer       TEXT NOT NULL,
  language     TEXT NOT NULL,
  priority     INTEGER NOT NULL,
  keywords     TEXT NOT NULL,  -- a list
  is_published INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;
CREATE TABLE bot_intents (
  account    INTEGER PRIMARY KEY,
  document   TEXT NOT NULL,
  updated_at INTEGER NOT NULL
);

-- What the bot did, counted by day; see chat/bot_repositories.h.
CREATE TABLE bot_fact (
  account  INTEGER NOT NULL,
  day      INTEGER NOT NULL,
  kind     INTEGER NOT NULL,
  intent   TEXT NOT NULL,
  language TEXT NOT NULL,
  reason   TEXT NOT NULL,
  times    INTEGER NOT NULL,
  PRIMARY KEY (account, day, kind, intent, language, reason)
) WITHOUT ROWID;

CREATE INDEX inbox_by_channel ON inbox (account, channel, created_at, id);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('student_chat', 'student_chat', '100000 50000 1'),
  ('student_chat', 'student_chat_by_activity', '100000 50000 10000 1 1'),
  ('student_chat', 'student_chat_waiting', '1000 1'),
  ('bot_fact', 'bot_fact', '10000 5000 100 10 5 2 1'),
  ('inbox', 'inbox_by_channel', '1000 10 3 1 1');
ANALYZE sqlite_schema;
