-- Ids of people who were erased, as they are written, until every raw webhook was looked through for them.
CREATE TABLE erasure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    written TEXT NOT NULL,
    looked_up_to INTEGER NOT NULL,              -- raw webhooks up to this one were looked at
    last INTEGER NOT NULL                       -- the last one there was when they were erased
) STRICT;

-- Raw webhooks that name somebody who was erased, until they go.
CREATE TABLE doomed (
    journal_id INTEGER PRIMARY KEY REFERENCES journal (id)
) STRICT;
