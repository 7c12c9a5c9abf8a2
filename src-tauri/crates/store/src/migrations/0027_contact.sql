-- Who is in the address book of which number's phone.
CREATE TABLE number_contact (
    number_id INTEGER NOT NULL REFERENCES number (id),
    alias_id INTEGER NOT NULL REFERENCES alias (id) ON DELETE CASCADE,
    PRIMARY KEY (number_id, alias_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX number_contact_alias ON number_contact (alias_id);

-- With one number they are all its own; with several, nobody wrote it down.
INSERT INTO number_contact (number_id, alias_id)
SELECT n.id, a.id FROM alias a CROSS JOIN number n
WHERE a.contact_name <> '' AND (SELECT count(*) FROM number) = 1;
