-- Numbers that Meta let send nothing until somebody helps, such as those of a blocked account. A token that is refused is
-- in `probe`.
CREATE TABLE pause (
    number_id INTEGER PRIMARY KEY REFERENCES number (id),
    code INTEGER NOT NULL,                      -- Meta's code of the refusal
    at_ms INTEGER NOT NULL
) STRICT;

-- Whether Meta counts what the number receives like what it sends.
ALTER TABLE number ADD COLUMN counts_received INTEGER NOT NULL DEFAULT 0 CHECK (counts_received IN (0, 1));

-- The line of those whose turn comes: of each conversation the first of the best lane, unless one of it is on the wire. Its
-- turn is its place among those of its number and lane; 0: not in line. A conversation that was served joins at the end.
ALTER TABLE outbox ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
DROP INDEX outbox_due;
DROP INDEX outbox_conversation;
CREATE INDEX outbox_conversation ON outbox (conversation_id, state, lane, position)
    WHERE state IN ('queued', 'in_flight', 'outcome_unknown');
UPDATE outbox SET turn = position WHERE state = 'queued' AND position = (
    SELECT f.position FROM outbox f WHERE f.conversation_id = outbox.conversation_id AND f.state = 'queued'
    ORDER BY f.lane, f.position LIMIT 1);
CREATE UNIQUE INDEX outbox_first ON outbox (conversation_id) WHERE turn > 0;
CREATE INDEX outbox_line ON outbox (number_id, lane, turn) WHERE turn > 0;
