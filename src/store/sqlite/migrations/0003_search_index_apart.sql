-- The search index has a file of its own: see sqlite/search_index.h.
DROP TABLE search_index;
DELETE FROM meta WHERE name IN ('search_cursor', 'normaliser_version');
