-- What one agent has set about one room for itself: a favourite, a snooze. A row without either is
-- taken out.
CREATE TABLE room_preference (
  account       INTEGER NOT NULL,
  room          INTEGER NOT NULL,
  agent         INTEGER NOT NULL,  -- its conversation
  is_favorite   INTEGER NOT NULL,
  snoozed_until INTEGER NOT NULL,
  PRIMARY KEY (account, room, agent)
) WITHOUT ROWID;
CREATE INDEX room_preference_favorite ON room_preference (account, agent, room)
  WHERE is_favorite = 1;
CREATE INDEX room_preference_snoozed ON room_preference (account, agent, snoozed_until, room)
  WHERE snoozed_until > 0;
CREATE INDEX room_preference_due ON room_preference (snoozed_until) WHERE snoozed_until > 0;

-- Which rooms carry a tag.
CREATE TABLE room_tag (
  account    INTEGER NOT NULL,
  tag        TEXT NOT NULL,
  created_at INTEGER NOT NULL,  -- the room's
  room       INTEGER NOT NULL,
  PRIMARY KEY (account, tag, created_at, room)
) WITHOUT ROWID;
-- room.tags is a list of length-prefixed items, see sql/encoding.h.
WITH RECURSIVE item (account, created_at, room, rest, tag) AS (
  SELECT account, created_at, id, CAST(tags AS BLOB), NULL FROM room WHERE tags <> ''
  UNION ALL
  SELECT account, created_at, room,
         substr(rest, instr(rest, x'3a') + 1 + CAST(CAST(rest AS TEXT) AS INTEGER)),
         CAST(substr(rest, instr(rest, x'3a') + 1, CAST(CAST(rest AS TEXT) AS INTEGER)) AS TEXT)
    FROM item WHERE length(rest) > 0
)
INSERT OR IGNORE INTO room_tag (account, tag, created_at, room)
  SELECT account, tag, created_at, room FROM item WHERE tag IS NOT NULL;

-- Rooms that somebody ceased to see, for clients that were away: the holder is an assignee, or the
-- inbox whose members saw the room.
CREATE TABLE room_departure (
  account     INTEGER NOT NULL,
  holder      INTEGER NOT NULL,
  departed_at INTEGER NOT NULL,
  room        INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  PRIMARY KEY (account, holder, departed_at, room, seq)
) WITHOUT ROWID;

-- Who a visitor is, from the conversation that they act as; and the sessions of a contact.
CREATE UNIQUE INDEX contact_by_conversation ON contact (account, conversation);
CREATE INDEX visitor_session_by_contact ON visitor_session (account, contact, created_at, id);
ALTER TABLE contact ADD COLUMN blocked_at INTEGER NOT NULL DEFAULT 0;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('contact', 'contact_by_conversation', '1000000 500000 1'),
  ('visitor_session', 'visitor_session_by_contact', '1000000 500000 3 1 1'),
  ('room_preference', 'room_preference', '100000 50000 2 1'),
  ('room_preference', 'room_preference_favorite', '50000 25000 50 1'),
  ('room_preference', 'room_preference_snoozed', '50000 25000 50 1 1'),
  ('room_preference', 'room_preference_due', '50000 1'),
  ('room_tag', 'room_tag', '1000000 500000 1000 1 1'),
  ('room_departure', 'room_departure', '1000000 500000 1000 1 1 1');
ANALYZE sqlite_schema;
