-- Numbers that Meta let send nothing until somebody helps, such as those of a blocked account. A token that is refused is
-- in `probe`.
CREATE TABLE pause (
    number_id INTEGER PRIMARY KEY REFERENCES number (id),
    code INTEGER NOT NULL,                      -- Meta's code of the refusal
    at_ms INTEGER NOT NULL
) STRICT;

-- Whether Meta counts what the number receives like what it sends.
ALTER TABLE number ADD COLUMN counts_received INTEGER NOT NULL DEFAULT 0 CHECK (counts_received IN (0, 1));
