-- Meta's time orders a thread; when a message came in tells why one stands above an answer that never saw it.
-- The first time it was told as it happened; 0: never, or before this was kept.
ALTER TABLE message ADD COLUMN arrived_at_ms INTEGER NOT NULL DEFAULT 0;
