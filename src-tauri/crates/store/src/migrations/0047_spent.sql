-- What messages cost that are here no longer, so that sums stay what they were. Nobody can be told from it.
CREATE TABLE spent (
    number_id INTEGER NOT NULL REFERENCES number (id),
    at_ms INTEGER NOT NULL,                                                     -- when it was delivered
    category TEXT NOT NULL,                                                     -- as in receipt
    pricing TEXT NOT NULL,
    is_billable INTEGER NOT NULL CHECK (is_billable IN (0, 1)),
    origin TEXT NOT NULL,                                                       -- as in message
    calling_code TEXT NOT NULL                                                  -- the first digits of where it went
) STRICT;
CREATE INDEX spent_at ON spent (number_id, at_ms);
