-- Who waits, the longest first.
CREATE INDEX room_by_wait ON room (account, waiting_since, id) WHERE waiting_since > 0;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('room', 'room_by_wait', '100000 50000 1 1');
ANALYZE sqlite_schema;
