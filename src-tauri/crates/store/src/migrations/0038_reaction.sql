-- Every emoji that was put on a message, the latest counts: when one of ours fails, the one before it is there still.
CREATE TABLE reaction_told (
    number_id INTEGER NOT NULL REFERENCES number (id),
    wamid TEXT NOT NULL,                        -- of the message it is on
    side TEXT NOT NULL CHECK (side IN ('in', 'out')),
    at_ms INTEGER NOT NULL,
    emoji TEXT NOT NULL,                        -- '' when it was taken away
    item TEXT NOT NULL,                         -- the outbox item that put it there; '' when WhatsApp told of it
    PRIMARY KEY (number_id, wamid, side, at_ms, emoji, item)
) STRICT, WITHOUT ROWID;

INSERT INTO reaction_told (number_id, wamid, side, at_ms, emoji, item)
SELECT r.number_id, r.wamid, r.side, r.at_ms, r.emoji, coalesce(
    (SELECT o.id FROM outbox o
     WHERE r.side = 'out' AND o.number_id = r.number_id AND o.reacts_to = r.wamid AND o.reacts_to != ''
         AND o.state = 'accepted' AND iif(o.payload = '', '', json_extract(o.payload, '$.payload.emoji')) = r.emoji
     ORDER BY o.position DESC LIMIT 1), '')
FROM reaction r;

DROP TABLE reaction;
ALTER TABLE reaction_told RENAME TO reaction;

-- Under which wamid Meta was last told to have taken a reaction; '' before that, and for anything else. What is told of this wamid
-- while the item waits to be tried again is of the last attempt, not of the next.
ALTER TABLE outbox ADD COLUMN taken_as TEXT NOT NULL DEFAULT '';
