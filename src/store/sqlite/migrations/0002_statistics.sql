-- What the tables look like when they matter, for the query planner: without statistics it takes an
-- account for a handful of rows, and walks all of an account's contacts to find one by its e-mail.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('contact', 'contact', '1000000 500000 1'),
  ('contact', 'contact_by_identifier', '500000 250000 1'),
  ('contact', 'contact_by_email', '500000 250000 2'),
  ('contact', 'contact_by_phone', '500000 250000 2'),
  ('room', 'room', '1000000 500000 1'),
  ('room', 'room_by_contact', '1000000 500000 3 1 1'),
  ('visitor_session', 'visitor_session', '1000000 500000 1'),
  ('visitor_session', 'visitor_session_by_device', '1000000 500000 500000 3 1 1'),
  ('message', 'message', '10000000 5000000 10 5 1'),
  ('message', 'message_by_id', '10000000 1'),
  ('agent', 'agent', '1000 500 1'),
  ('agent', 'agent_by_conversation', '1000 500 1'),
  ('agent', 'agent_by_external_id', '1000 500 1');
ANALYZE sqlite_schema;
