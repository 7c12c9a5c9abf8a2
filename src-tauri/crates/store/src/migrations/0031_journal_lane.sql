-- Webhooks with much in them, a history or contacts, wait apart: what happens now overtakes them.
ALTER TABLE journal ADD COLUMN lane TEXT NOT NULL DEFAULT 'live' CHECK (lane IN ('live', 'bulk'));
DROP INDEX journal_pending;
CREATE INDEX journal_pending ON journal (lane, id) WHERE state = 'pending';
