-- What tells that an erasure is later than a message, whatever this machine's clock says. Of before this was kept: that clock.
ALTER TABLE erased ADD COLUMN proven_at_ms INTEGER NOT NULL DEFAULT 0; -- the latest time that had surely come
ALTER TABLE erased ADD COLUMN last_journal_id INTEGER NOT NULL DEFAULT 0; -- the last raw webhook there was
UPDATE erased SET proven_at_ms = erased_at_ms;

-- The id in alias that something is to be sent to, as in message; NULL: not known, it stays with its conversation.
ALTER TABLE scheduled ADD COLUMN alias_id INTEGER;
