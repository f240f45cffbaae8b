-- account leads every tenant table's key, so that a distributed database can shard by it.
-- Times are milliseconds since 1970; 0 means never. Enumerations are stored as their numbers.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE account (
  id           INTEGER PRIMARY KEY,
  name         TEXT NOT NULL,
  jwt_secret   TEXT NOT NULL,
  identity_key TEXT NOT NULL,
  created_at   INTEGER NOT NULL
);

CREATE TABLE host_key (
  account   INTEGER NOT NULL,
  key_id    TEXT NOT NULL,
  material  TEXT NOT NULL,
  algorithm INTEGER NOT NULL,
  PRIMARY KEY (account, key_id, material)
) WITHOUT ROWID;

CREATE TABLE agent (
  account           INTEGER NOT NULL,
  id                INTEGER NOT NULL,
  conversation      INTEGER NOT NULL,
  external_id       TEXT NOT NULL,
  name              TEXT NOT NULL,
  email             TEXT NOT NULL,
  password_hash     TEXT NOT NULL,
  role              INTEGER NOT NULL,
  has_seat          INTEGER NOT NULL,
  capacity          INTEGER NOT NULL,
  availability      INTEGER NOT NULL,
  tokens_not_before INTEGER NOT NULL,
  created_at        INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX agent_by_conversation ON agent (account, conversation);
CREATE UNIQUE INDEX agent_by_external_id ON agent (account, external_id) WHERE external_id <> '';

-- Directories: look-ups that come without an account.
CREATE TABLE agent_email (
  email   TEXT PRIMARY KEY,
  account INTEGER NOT NULL,
  agent   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE support_token_hash (
  hash          BLOB PRIMARY KEY,
  account       INTEGER NOT NULL,
  support_token INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE visitor_session_hash (
  hash    BLOB PRIMARY KEY,
  account INTEGER NOT NULL,
  session INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE inbox (
  account    INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  name       TEXT NOT NULL,
  icon       TEXT NOT NULL,
  channel    INTEGER NOT NULL,
  algorithm  INTEGER NOT NULL,
  visibility INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;

CREATE TABLE inbox_member (
  account INTEGER NOT NULL,
  inbox   INTEGER NOT NULL,
  agent   INTEGER NOT NULL,  -- its conversation
  PRIMARY KEY (account, inbox, agent)
) WITHOUT ROWID;
CREATE INDEX inbox_member_by_agent ON inbox_member (account, agent, inbox);

CREATE TABLE contact (
  account      INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  name         TEXT NOT NULL,
  email        TEXT NOT NULL,
  phone        TEXT NOT NULL,
  identifier   TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX contact_by_identifier ON contact (account, identifier) WHERE identifier <> '';
CREATE INDEX contact_by_email ON contact (account, lower(email)) WHERE email <> '';
CREATE INDEX contact_by_phone ON contact (account, phone) WHERE phone <> '';

CREATE TABLE support_token (
  account    INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  name       TEXT NOT NULL,
  token_hash BLOB NOT NULL,
  domains    TEXT NOT NULL,  -- a list, see sql/encoding.h
  scopes     TEXT NOT NULL,  -- a list
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;

CREATE TABLE visitor_session (
  account       INTEGER NOT NULL,
  id            INTEGER NOT NULL,
  support_token INTEGER NOT NULL,
  contact       INTEGER NOT NULL,
  secret_hash   BLOB NOT NULL,
  device_id     TEXT NOT NULL,
  address       TEXT NOT NULL,
  verified      INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  last_activity INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL,
  ended_at      INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;
CREATE INDEX visitor_session_by_device
  ON visitor_session (account, support_token, device_id, created_at, id);

CREATE TABLE room (
  account             INTEGER NOT NULL,
  id                  INTEGER NOT NULL,
  contact             INTEGER NOT NULL,
  conversation        INTEGER NOT NULL,
  inbox               INTEGER NOT NULL,
  status              INTEGER NOT NULL,
  priority            INTEGER NOT NULL,
  seq                 INTEGER NOT NULL,
  customer_count      INTEGER NOT NULL,
  team_count          INTEGER NOT NULL,
  last_stamp          INTEGER NOT NULL,
  created_at          INTEGER NOT NULL,
  updated_at          INTEGER NOT NULL,
  last_activity       INTEGER NOT NULL,
  closed_at           INTEGER NOT NULL,
  queued_at           INTEGER NOT NULL,
  assignees           TEXT NOT NULL,  -- a list
  subject             TEXT NOT NULL,
  tags                TEXT NOT NULL,  -- a list
  notes               TEXT NOT NULL,
  last_message        TEXT NOT NULL,  -- a list; empty = none
  last_public_message TEXT NOT NULL,  -- likewise; '=' = the same as last_message
  PRIMARY KEY (account, id)
) WITHOUT ROWID;
CREATE INDEX room_by_contact ON room (account, contact, created_at, id);

-- The lists in which a room appears, see sql/room_lists.h: every page of rooms is a merge of ranges
-- of these two, every total a sum of counters.
CREATE TABLE room_by_update (
  account    INTEGER NOT NULL,
  list       INTEGER NOT NULL,
  inbox      INTEGER NOT NULL,
  status     INTEGER NOT NULL,
  priority   INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  room       INTEGER NOT NULL,
  PRIMARY KEY (account, list, inbox, status, priority, updated_at, room)
) WITHOUT ROWID;
CREATE TABLE room_by_creation (
  account    INTEGER NOT NULL,
  list       INTEGER NOT NULL,
  inbox      INTEGER NOT NULL,
  status     INTEGER NOT NULL,
  priority   INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  room       INTEGER NOT NULL,
  PRIMARY KEY (account, list, inbox, status, priority, created_at, room)
) WITHOUT ROWID;
CREATE TABLE room_count (
  account  INTEGER NOT NULL,
  list     INTEGER NOT NULL,
  inbox    INTEGER NOT NULL,
  status   INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  rooms    INTEGER NOT NULL,
  PRIMARY KEY (account, list, inbox, status, priority)
) WITHOUT ROWID;

-- Notes have a range of their own in each room, so that a visitor's page never walks over them.
CREATE TABLE message (
  account         INTEGER NOT NULL,
  room            INTEGER NOT NULL,
  is_note         INTEGER NOT NULL,
  seq             INTEGER NOT NULL,
  id              INTEGER NOT NULL,
  inbox           INTEGER NOT NULL,
  author          INTEGER NOT NULL,
  sender          INTEGER NOT NULL,
  type            INTEGER NOT NULL,
  customer_count  INTEGER NOT NULL,
  team_count      INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  integration_app TEXT NOT NULL,
  attachments     TEXT NOT NULL,  -- a list
  content         TEXT NOT NULL,
  PRIMARY KEY (account, room, is_note, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX message_by_id ON message (id);

CREATE TABLE room_change (
  account    INTEGER NOT NULL,
  room       INTEGER NOT NULL,
  seq        INTEGER NOT NULL,
  kind       INTEGER NOT NULL,
  changed_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  new_value  TEXT NOT NULL,
  PRIMARY KEY (account, room, seq)
) WITHOUT ROWID;

CREATE TABLE marker (
  account       INTEGER NOT NULL,
  room          INTEGER NOT NULL,
  reader        INTEGER NOT NULL,
  seq           INTEGER NOT NULL,
  counted       INTEGER NOT NULL,
  delivered_seq INTEGER NOT NULL,
  PRIMARY KEY (account, room, reader)
) WITHOUT ROWID;

CREATE TABLE outcome (
  account     INTEGER NOT NULL,
  actor       INTEGER NOT NULL,
  operation   TEXT NOT NULL,
  client_id   TEXT NOT NULL,
  body_digest BLOB NOT NULL,
  subject     INTEGER NOT NULL,
  detail      TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (account, actor, operation, client_id)
) WITHOUT ROWID;

-- Full-text search, see sqlite/search_indexer.h. A document is one message (contact = 0) or one
-- state of a contact (room = 0); its number is its row in the index.
CREATE TABLE search_document (
  number  INTEGER PRIMARY KEY,
  account INTEGER NOT NULL,
  room    INTEGER NOT NULL,
  is_note INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  contact INTEGER NOT NULL
);
CREATE VIRTUAL TABLE search_index
  USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii');
