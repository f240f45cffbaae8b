-- The contact whom a ticket's metadata names, so that their tickets are found.
ALTER TABLE ticket ADD COLUMN contact TEXT NOT NULL DEFAULT '';
UPDATE ticket SET contact = coalesce(json_extract(metadata, '$.contactId'), '');
CREATE INDEX ticket_by_contact ON ticket (account, contact) WHERE contact <> '';
