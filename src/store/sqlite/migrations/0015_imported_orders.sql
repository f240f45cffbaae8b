-- What an imported record says otherwise than it would be shown, as JSON; empty = nothing.
ALTER TABLE order_room ADD COLUMN as_imported TEXT NOT NULL DEFAULT '';
ALTER TABLE order_participant ADD COLUMN as_imported TEXT NOT NULL DEFAULT '';
ALTER TABLE order_message ADD COLUMN as_imported TEXT NOT NULL DEFAULT '';
