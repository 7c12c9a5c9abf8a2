CREATE TABLE reminder (
    number_id INTEGER NOT NULL REFERENCES number (id),
    about TEXT NOT NULL CHECK (about IN ('sync', 'quiet', 'link')),
    stage INTEGER NOT NULL,                     -- the last one told; 0: nothing is to be told
    PRIMARY KEY (number_id, about)
) STRICT, WITHOUT ROWID;
