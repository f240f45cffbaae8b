-- Contacts who come with a token of the host application: students, buyers, vendors.
ALTER TABLE contact ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN external_id TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN tokens_not_before INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX contact_by_external_id ON contact (account, kind, external_id) WHERE external_id <> '';
