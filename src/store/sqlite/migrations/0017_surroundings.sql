-- Where a visitor is, as their browser says it.
ALTER TABLE visitor_session ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE visitor_session ADD COLUMN timezone TEXT NOT NULL DEFAULT '';
ALTER TABLE visitor_session ADD COLUMN page TEXT NOT NULL DEFAULT '';
