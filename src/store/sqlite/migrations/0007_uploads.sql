-- Uploaded files: what is known of each blob. Its key is drawn at random and unique on the server:
-- signed links and the collection of blobs name it without an account.
CREATE TABLE upload (
  account       INTEGER NOT NULL,
  key           TEXT NOT NULL,
  uploader      INTEGER NOT NULL,  -- a conversation
  name          TEXT NOT NULL,
  type          TEXT NOT NULL,
  size          INTEGER NOT NULL,
  width         INTEGER NOT NULL,
  height        INTEGER NOT NULL,
  has_thumbnail INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  sent_at       INTEGER NOT NULL,
  PRIMARY KEY (account, key)
) WITHOUT ROWID;
CREATE UNIQUE INDEX upload_by_key ON upload (key);
-- Few at any time: what is in no message yet.
CREATE INDEX upload_unsent ON upload (created_at) WHERE sent_at = 0;
CREATE INDEX upload_unsent_by_uploader ON upload (account, uploader) WHERE sent_at = 0;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('upload', 'upload', '1000000 500000 1'),
  ('upload', 'upload_by_key', '1000000 1'),
  ('upload', 'upload_unsent', '1000 1'),
  ('upload', 'upload_unsent_by_uploader', '1000 500 5');
ANALYZE sqlite_schema;
