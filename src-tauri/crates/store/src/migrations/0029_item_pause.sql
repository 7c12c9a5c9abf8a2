-- Single messages that a person has paused. One keeps its place in line; what follows it in its conversation waits for it.
ALTER TABLE outbox ADD COLUMN held_at_ms INTEGER NOT NULL DEFAULT 0 -- since when; 0: not paused
    CHECK (held_at_ms = 0 OR state = 'queued');
ALTER TABLE outbox ADD COLUMN held_by TEXT NOT NULL DEFAULT '';     -- who paused it
CREATE INDEX outbox_held ON outbox (number_id, lane, turn, position) WHERE held_at_ms > 0;
