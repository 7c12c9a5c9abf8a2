-- How often a person may be written to, as twinbox-domain's `Pair` counts it. No row: never written to.
CREATE TABLE pair (
    conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    closed_from_ms INTEGER NOT NULL,            -- nothing goes from here on..
    closed_until_ms INTEGER NOT NULL,           -- ..until here
    in_burst INTEGER NOT NULL CHECK (in_burst >= 0),
    refusals INTEGER NOT NULL CHECK (refusals >= 0) -- that no success has made up for yet
) STRICT;
