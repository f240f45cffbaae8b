DROP TABLE IF EXISTS messages, room_members, rooms;

CREATE TABLE rooms (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id    bigint NOT NULL,
  subject       text NOT NULL,
  status        text NOT NULL DEFAULT 'open',
  last_seq      bigint NOT NULL DEFAULT 0,
  team_messages bigint NOT NULL DEFAULT 0,
  last_message  text,
  last_activity timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 70);

CREATE TABLE room_members (
  room_id  bigint NOT NULL REFERENCES rooms,
  agent_id bigint NOT NULL,
  PRIMARY KEY (room_id, agent_id)
);

CREATE TABLE messages (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  room_id    bigint NOT NULL REFERENCES rooms,
  seq        bigint NOT NULL,
  agent_id   bigint NOT NULL,
  type       text NOT NULL,
  content    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  words      tsvector GENERATED ALWAYS AS (to_tsvector('simple', content)) STORED,
  UNIQUE (room_id, seq)
);

CREATE INDEX messages_words ON messages USING gin (words);
