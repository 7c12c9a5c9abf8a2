-- What was said last by people who were erased, or to them: what is done to such a message may be told for days yet, by the
-- message's id alone.
CREATE TABLE erased_message (
    hash TEXT PRIMARY KEY NOT NULL,             -- SHA-256 of the number's row and Meta's id of the message, hexadecimal
    at_ms INTEGER NOT NULL                      -- when it was said
) STRICT, WITHOUT ROWID;
