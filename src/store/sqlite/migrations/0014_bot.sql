-- What a visitor's room keeps of its talk with the bot; empty = nothing.
ALTER TABLE room ADD COLUMN bot TEXT NOT NULL DEFAULT '';
