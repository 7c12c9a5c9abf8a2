-- What WhatsApp tells is a reminder as well: `about` may be one more word.
CREATE TABLE reminder_now (
    number_id INTEGER NOT NULL REFERENCES number (id),
    about TEXT NOT NULL CHECK (about IN ('sync', 'quiet', 'link', 'notice')),
    stage INTEGER NOT NULL,                     -- the last one told; 0: nothing is to be told
    PRIMARY KEY (number_id, about)
) STRICT, WITHOUT ROWID;

INSERT INTO reminder_now (number_id, about, stage) SELECT number_id, about, stage FROM reminder;
DROP TABLE reminder;
ALTER TABLE reminder_now RENAME TO reminder;
