-- Order rooms: what a marketplace says of a room, of who takes part and of each message. A source_id
-- is the _id under which a row was imported; empty = made here.
CREATE TABLE order_room (
  account         INTEGER NOT NULL,
  room            INTEGER NOT NULL,
  source_id       TEXT NOT NULL,
  type            INTEGER NOT NULL,
  number          TEXT NOT NULL,
  name            TEXT NOT NULL,
  order_id        TEXT NOT NULL,
  order_vendor_id TEXT NOT NULL,
  order_user_id   TEXT NOT NULL,
  vendor_id       TEXT NOT NULL,
  vendor_user_id  TEXT NOT NULL,
  agent_id        TEXT NOT NULL,
  agent_db        TEXT NOT NULL,
  sub_domain      TEXT NOT NULL,
  client_id       TEXT NOT NULL,
  db_name         TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  last_seq        INTEGER NOT NULL,
  last_message_at INTEGER NOT NULL,
  PRIMARY KEY (account, room)
) WITHOUT ROWID;
CREATE UNIQUE INDEX order_room_by_name ON order_room (account, name);
CREATE UNIQUE INDEX order_room_by_source ON order_room (account, source_id) WHERE source_id <> '';
-- One index for each key by which rooms are fetched, newest update first.
CREATE INDEX order_room_by_update ON order_room (account, updated_at, room);
CREATE INDEX order_room_by_number ON order_room (account, number, updated_at, room);
CREATE INDEX order_room_by_agent ON order_room (account, agent_db, agent_id, type, updated_at, room);
CREATE INDEX order_room_by_vendor ON order_room (account, vendor_id, updated_at, room);
CREATE INDEX order_room_by_vendor_user ON order_room (account, vendor_user_id, updated_at, room);
CREATE INDEX order_room_by_user ON order_room (account, order_user_id, updated_at, room);
CREATE INDEX order_room_by_client ON order_room (account, client_id, updated_at, room);

CREATE TABLE order_participant (
  account       INTEGER NOT NULL,
  room          INTEGER NOT NULL,
  position      INTEGER NOT NULL,
  id            INTEGER NOT NULL,
  source_id     TEXT NOT NULL,
  user_type     INTEGER NOT NULL,
  user_id       TEXT NOT NULL,
  conversation  INTEGER NOT NULL,
  username      TEXT NOT NULL,
  email         TEXT NOT NULL,
  phone_num     TEXT NOT NULL,
  display_image TEXT NOT NULL,
  sub_domain    TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  PRIMARY KEY (account, room, position)
) WITHOUT ROWID;
CREATE UNIQUE INDEX order_participant_by_user ON order_participant (account, room, user_type, user_id);
CREATE UNIQUE INDEX order_participant_by_source ON order_participant (account, source_id)
  WHERE source_id <> '';
CREATE INDEX order_participant_by_conversation ON order_participant (account, conversation, room);

CREATE TABLE order_message (
  account       INTEGER NOT NULL,
  room          INTEGER NOT NULL,
  seq           INTEGER NOT NULL,
  source_id     TEXT NOT NULL,
  user_type     INTEGER NOT NULL,
  user_id       TEXT NOT NULL,
  username      TEXT NOT NULL,
  email         TEXT NOT NULL,
  phone_num     TEXT NOT NULL,
  display_image TEXT NOT NULL,
  sub_domain    TEXT NOT NULL,
  chat_type     TEXT NOT NULL,
  to_message    TEXT NOT NULL,
  from_message  TEXT NOT NULL,
  to_id         TEXT NOT NULL,
  from_id       TEXT NOT NULL,
  is_media      INTEGER NOT NULL,
  media_url     TEXT NOT NULL,
  thumbnail_url TEXT NOT NULL,
  media_type    TEXT NOT NULL,
  from_console  INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  PRIMARY KEY (account, room, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX order_message_by_source ON order_message (account, source_id)
  WHERE source_id <> '';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('order_room', 'order_room', '1000000 500000 1'),
  ('order_room', 'order_room_by_name', '1000000 500000 1'),
  ('order_room', 'order_room_by_source', '1000000 500000 1'),
  ('order_room', 'order_room_by_update', '1000000 500000 2 1'),
  ('order_room', 'order_room_by_number', '1000000 500000 2 1 1'),
  ('order_room', 'order_room_by_agent', '1000000 500000 1000 500 500 2 1'),
  ('order_room', 'order_room_by_vendor', '1000000 500000 500 2 1'),
  ('order_room', 'order_room_by_vendor_user', '1000000 500000 500 2 1'),
  ('order_room', 'order_room_by_user', '1000000 500000 20 2 1'),
  ('order_room', 'order_room_by_client', '1000000 500000 10000 2 1'),
  ('order_participant', 'order_participant', '3000000 1500000 3 1'),
  ('order_participant', 'order_participant_by_user', '3000000 1500000 3 2 1'),
  ('order_participant', 'order_participant_by_source', '3000000 1500000 1'),
  ('order_participant', 'order_participant_by_conversation', '3000000 1500000 20 1'),
  ('order_message', 'order_message', '10000000 5000000 10 1'),
  ('order_message', 'order_message_by_source', '10000000 5000000 1');
ANALYZE sqlite_schema;
