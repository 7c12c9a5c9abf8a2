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

-- Which ids are of one business portfolio: those that were told in accounts of it.
ALTER TABLE alias ADD COLUMN waba_id TEXT NOT NULL DEFAULT ''; -- of a business-scoped id: an account it was told in; '' when not known
CREATE TABLE portfolio (
    waba_id TEXT PRIMARY KEY NOT NULL,          -- Meta's id of an account
    known_as TEXT NOT NULL                      -- the least account that is known to be of the same portfolio
) STRICT, WITHOUT ROWID;
INSERT INTO portfolio (waba_id, known_as) SELECT DISTINCT waba_id, waba_id FROM number_waba;

-- As far as that can be told of before: by the numbers that have been in one account only.
CREATE TABLE told_in (
    alias_id INTEGER NOT NULL,
    waba_id TEXT NOT NULL,
    PRIMARY KEY (alias_id, waba_id)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO told_in (alias_id, waba_id)
SELECT a.id, w.waba_id
FROM message m
JOIN (SELECT number_id, min(waba_id) AS waba_id FROM number_waba GROUP BY number_id HAVING count(*) = 1) w
    ON w.number_id = m.number_id
JOIN alias a ON a.id = m.alias_id
WHERE a.kind = 'bsuid' AND m.wamid IS NOT NULL AND m.outbox_id IS NULL;
UPDATE alias SET waba_id = coalesce((SELECT min(waba_id) FROM told_in WHERE alias_id = alias.id), '') WHERE kind = 'bsuid';
WITH RECURSIVE same (one, other) AS (
    SELECT waba_id, waba_id FROM portfolio
    UNION
    SELECT s.one, b.waba_id FROM same s JOIN told_in a ON a.waba_id = s.other JOIN told_in b ON b.alias_id = a.alias_id
)
UPDATE portfolio SET known_as = (SELECT min(other) FROM same WHERE one = portfolio.waba_id);
DROP TABLE told_in;

-- Ids of which it has to be found out anew whose they are: the numbers that are told with ids of several portfolios.
CREATE TABLE regroup_due (
    alias_id INTEGER PRIMARY KEY
) STRICT;
INSERT INTO regroup_due (alias_id)
SELECT l.to_alias FROM person_link l JOIN alias a ON a.id = l.from_alias JOIN portfolio p ON p.waba_id = a.waba_id
WHERE l.kind = 'holds' GROUP BY l.to_alias HAVING count(DISTINCT p.known_as) > 1;
