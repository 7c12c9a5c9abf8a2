-- What a message costs, as the team keeps it: out of the app's own list until somebody saves another.
CREATE TABLE rate (
    calling_code TEXT NOT NULL CHECK (length(calling_code) BETWEEN 1 AND 4), -- first digits of the phone numbers of a market
    category TEXT NOT NULL,                     -- Meta's word, for example utility
    market TEXT NOT NULL,                       -- what the market is called; '' for nothing
    micros INTEGER NOT NULL CHECK (micros >= 0), -- millionths of the currency
    source TEXT NOT NULL,                       -- where it is from
    as_of TEXT NOT NULL,                        -- since when it holds, as 2026-04-01
    is_checked INTEGER NOT NULL CHECK (is_checked IN (0, 1)), -- whether somebody of the team says that it is right
    PRIMARY KEY (calling_code, category)
) STRICT, WITHOUT ROWID;

-- What all of them have in common: one row.
CREATE TABLE rate_list (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    currency TEXT NOT NULL,                     -- ISO 4217 code
    free_service INTEGER NOT NULL CHECK (free_service >= 0), -- service messages of a number that cost nothing in a calendar month
    author TEXT NOT NULL,                       -- who saved them; '' for those of the app
    saved_at_ms INTEGER NOT NULL
) STRICT;
