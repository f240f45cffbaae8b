-- hours, pre_chat_fields: lists, see sql/encoding.h; empty = none.
ALTER TABLE inbox ADD COLUMN hours TEXT NOT NULL DEFAULT '';
ALTER TABLE inbox ADD COLUMN pre_chat_fields TEXT NOT NULL DEFAULT '';

-- Since when the customer waits for an answer, and when a person answered first; 0 = not.
ALTER TABLE room ADD COLUMN waiting_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE room ADD COLUMN answered_at INTEGER NOT NULL DEFAULT 0;

-- What was done in an inbox on a day (0 = 1970-01-01, UTC), by one agent or (agent = 0) by all.
-- The times are histograms, see sql/statistics.cc.
CREATE TABLE statistics (
  account              INTEGER NOT NULL,
  agent                INTEGER NOT NULL,  -- its conversation
  inbox                INTEGER NOT NULL,
  day                  INTEGER NOT NULL,
  new_rooms            INTEGER NOT NULL,
  closed_rooms         INTEGER NOT NULL,
  customer_messages    INTEGER NOT NULL,
  team_messages        INTEGER NOT NULL,
  bot_answered         INTEGER NOT NULL,
  bot_escalated        INTEGER NOT NULL,
  bot_resolved         INTEGER NOT NULL,
  first_responses      INTEGER NOT NULL,
  first_response_ms    INTEGER NOT NULL,
  waits                INTEGER NOT NULL,
  wait_ms              INTEGER NOT NULL,
  first_response_times TEXT NOT NULL,
  wait_times           TEXT NOT NULL,
  PRIMARY KEY (account, agent, inbox, day)
) WITHOUT ROWID;
