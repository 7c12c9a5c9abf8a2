-- What a person is called in the address book of each phone, and when that was said: one phone takes no name away from another.
ALTER TABLE number_contact ADD COLUMN name TEXT NOT NULL DEFAULT ''; -- '': removed from it
ALTER TABLE number_contact ADD COLUMN at_ms INTEGER NOT NULL DEFAULT 0;
UPDATE number_contact SET (name, at_ms) = (SELECT contact_name, contact_at_ms FROM alias WHERE id = alias_id);

-- Whose phone said it was not always written down: then those that have a chat with the person, or else the first.
INSERT INTO number_contact (number_id, alias_id, name, at_ms)
SELECT n.id, a.id, a.contact_name, a.contact_at_ms FROM alias a CROSS JOIN number n
WHERE a.contact_at_ms > 0 AND NOT EXISTS (SELECT 1 FROM number_contact WHERE alias_id = a.id)
    AND CASE WHEN EXISTS (SELECT 1 FROM conversation WHERE person_id = a.person_id)
        THEN EXISTS (SELECT 1 FROM conversation WHERE person_id = a.person_id AND number_id = n.id)
        ELSE n.id = (SELECT min(id) FROM number) END;

ALTER TABLE alias DROP COLUMN contact_name;
ALTER TABLE alias DROP COLUMN contact_at_ms;
