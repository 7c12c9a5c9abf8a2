-- Lanes of numbers that a person has paused; the other lanes of the number go on.
CREATE TABLE lane_hold (
    number_id INTEGER NOT NULL REFERENCES number (id),
    lane INTEGER NOT NULL CHECK (lane BETWEEN 0 AND 2),
    author TEXT NOT NULL,                       -- who paused it
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (number_id, lane)
) STRICT, WITHOUT ROWID;
