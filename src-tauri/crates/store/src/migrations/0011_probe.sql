-- What Meta answered when it was asked for a number.
CREATE TABLE probe (
    number_id INTEGER PRIMARY KEY REFERENCES number (id),
    asked_at_ms INTEGER NOT NULL,               -- when it last answered
    since_ms INTEGER NOT NULL,                  -- since when token_is_valid and is_linked have been so
    token_is_valid INTEGER NOT NULL CHECK (token_is_valid IN (0, 1)),
    is_linked INTEGER CHECK (is_linked IN (0, 1)),  -- on the phone and in the Cloud API; NULL: not told, or never was
    missing_fields TEXT                         -- webhook fields that are not sent here, with spaces between; NULL: not told
) STRICT;

-- The last webhook before the number was connected: what it and those before it told of the link is over.
ALTER TABLE connection ADD COLUMN after_journal_id INTEGER NOT NULL DEFAULT 0;
