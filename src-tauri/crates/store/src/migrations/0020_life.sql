-- Meta's other ids of a number: when a number is signed up anew, in its account or in another, its id may be another
-- one. number.phone_number_id stays the one it was first known by.
CREATE TABLE number_alias (
    phone_number_id TEXT PRIMARY KEY NOT NULL,  -- Meta's
    number_id INTEGER NOT NULL REFERENCES number (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX number_alias_number ON number_alias (number_id);

-- Meta's id of the number in this connection, which calls name.
ALTER TABLE connection ADD COLUMN phone_number_id TEXT NOT NULL DEFAULT '';
UPDATE connection SET phone_number_id = (SELECT phone_number_id FROM number WHERE number.id = number_id);
