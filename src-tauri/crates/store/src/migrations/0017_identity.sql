-- Who is one person follows from what was ever told of their ids, whatever came first.

CREATE TABLE alias (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('bsuid', 'parent', 'phone')),
    key TEXT NOT NULL,                          -- the id; of a phone number phone_key of twinbox-domain
    value TEXT NOT NULL,                        -- the id as it was told last
    person_id INTEGER NOT NULL REFERENCES person (id), -- derived from person_link
    is_left INTEGER NOT NULL CHECK (is_left IN (0, 1)), -- derived: 1 when it is theirs no longer
    seen_at_ms INTEGER NOT NULL,                -- when it was told last
    -- What those who go by it are called, and when that was said: the latest wins. 0: never said.
    name TEXT NOT NULL,                         -- WhatsApp profile name
    name_at_ms INTEGER NOT NULL,
    username TEXT NOT NULL,                     -- without @
    username_at_ms INTEGER NOT NULL,
    contact_name TEXT NOT NULL,                 -- in the phone's address book; '' with a time: removed from it
    contact_at_ms INTEGER NOT NULL,
    UNIQUE (kind, key)
) STRICT;
CREATE INDEX alias_person ON alias (person_id, kind, is_left, seen_at_ms DESC, value);

-- What one id has to do with another: LinkKind of twinbox-domain.
CREATE TABLE person_link (
    from_alias INTEGER NOT NULL REFERENCES alias (id),
    to_alias INTEGER NOT NULL REFERENCES alias (id),
    kind TEXT NOT NULL CHECK (kind IN ('same', 'became', 'holds', 'came', 'left')),
    at_ms INTEGER NOT NULL,                     -- the last time it was told of came and left, the first of the others
    PRIMARY KEY (from_alias, to_alias, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_link_to ON person_link (to_alias);

-- What was known until now. The names go to what the person is best known by: the last id, or else the last number.
-- A number that stood in both forms, perhaps with two people, keeps the other form under a key of its own.
WITH keyed AS (
    SELECT kind, value, person_id, seen_at_ms, CASE
        WHEN kind = 'phone' AND length(value) = 12 AND value GLOB '55[1-9][1-9][6-9]*'
            THEN substr(value, 1, 4) || '9' || substr(value, 5)
        WHEN kind = 'phone' AND length(value) = 13 AND value GLOB '521[2-9]*' THEN '52' || substr(value, 4)
        ELSE value END AS key
    FROM person_alias
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY kind, key ORDER BY seen_at_ms DESC, value DESC) AS form,
        row_number() OVER (PARTITION BY person_id ORDER BY kind, seen_at_ms DESC, value) AS place,
        row_number() OVER (PARTITION BY person_id, kind ORDER BY seen_at_ms DESC, value) AS recent
    FROM keyed
)
INSERT INTO alias (kind, key, value, person_id, is_left, seen_at_ms, name, name_at_ms, username, username_at_ms,
    contact_name, contact_at_ms)
SELECT r.kind, CASE r.form WHEN 1 THEN r.key ELSE '~' || r.value END, r.value, r.person_id, r.recent > 1, r.seen_at_ms,
    iif(r.place = 1, p.name, ''), iif(r.place = 1, p.name_at_ms, 0),
    iif(r.place = 1, p.username, ''), iif(r.place = 1, p.username_at_ms, 0),
    iif(r.place = 1, p.contact_name, ''), iif(r.place = 1, p.contact_at_ms, 0)
FROM ranked r JOIN person p ON p.id = r.person_id;

-- A person's last id has their numbers, and had those before the last; the earlier ids became it. Without an id, the
-- earlier numbers became the last.
INSERT INTO person_link (from_alias, to_alias, kind, at_ms)
SELECT b.id, a.id, 'holds', a.seen_at_ms FROM alias b JOIN alias a ON a.person_id = b.person_id AND a.kind = 'phone'
WHERE b.kind = 'bsuid' AND b.is_left = 0
UNION ALL
SELECT b.id, a.id, 'left', a.seen_at_ms FROM alias b JOIN alias a ON a.person_id = b.person_id AND a.kind = 'phone'
WHERE b.kind = 'bsuid' AND b.is_left = 0 AND a.is_left = 1
UNION ALL
SELECT a.id, b.id, 'became', b.seen_at_ms FROM alias b JOIN alias a ON a.person_id = b.person_id AND a.kind = b.kind
WHERE b.is_left = 0 AND a.is_left = 1 AND (b.kind = 'bsuid' OR
    NOT EXISTS (SELECT 1 FROM alias WHERE person_id = b.person_id AND kind = 'bsuid'));
-- The two forms of a number are one.
INSERT OR IGNORE INTO person_link (from_alias, to_alias, kind, at_ms)
SELECT o.id, a.id, 'became', 0 FROM alias o JOIN alias a ON a.kind = 'phone' AND a.key = CASE length(o.value)
    WHEN 12 THEN iif(o.value GLOB '55*', substr(o.value, 1, 4) || '9' || substr(o.value, 5), o.value)
    ELSE iif(o.value GLOB '521*', '52' || substr(o.value, 4), o.value) END
WHERE o.kind = 'phone' AND o.key GLOB '~*'
UNION ALL
SELECT a.id, o.id, 'became', 0 FROM alias o JOIN alias a ON a.kind = 'phone' AND a.key = CASE length(o.value)
    WHEN 12 THEN iif(o.value GLOB '55*', substr(o.value, 1, 4) || '9' || substr(o.value, 5), o.value)
    ELSE iif(o.value GLOB '521*', '52' || substr(o.value, 4), o.value) END
WHERE o.kind = 'phone' AND o.key GLOB '~*';

-- The id in alias a message was told with, or sent to; NULL: not known, the message is where its conversation is. No
-- foreign key: without an index, which every message would have to be put into, taking an alias away would look at all.
ALTER TABLE message ADD COLUMN alias_id INTEGER;
UPDATE message SET alias_id =
    (SELECT a.id FROM conversation c JOIN alias a ON a.person_id = c.person_id WHERE c.id = message.conversation_id)
WHERE conversation_id IN (
    SELECT c.id FROM conversation c JOIN alias a ON a.person_id = c.person_id GROUP BY c.id HAVING count(*) = 1);

-- A preference is that of whom it was told of, like a name.
CREATE TABLE alias_preference (
    alias_id INTEGER NOT NULL REFERENCES alias (id),
    number_id INTEGER NOT NULL REFERENCES number (id),
    category TEXT NOT NULL,                     -- Meta's word: marketing_messages
    is_stopped INTEGER NOT NULL CHECK (is_stopped IN (0, 1)),
    at_ms INTEGER NOT NULL,
    told_by INTEGER NOT NULL,                   -- journal id: of two told in one second, the later arrival
    PRIMARY KEY (alias_id, number_id, category)
) STRICT, WITHOUT ROWID;
INSERT INTO alias_preference (alias_id, number_id, category, is_stopped, at_ms, told_by)
SELECT (SELECT id FROM alias WHERE person_id = p.person_id ORDER BY kind, is_left LIMIT 1),
    number_id, category, is_stopped, at_ms, told_by
FROM preference p WHERE EXISTS (SELECT 1 FROM alias WHERE person_id = p.person_id);
DROP TABLE preference;
ALTER TABLE alias_preference RENAME TO preference;

DROP TABLE person_alias;
ALTER TABLE person DROP COLUMN name_at_ms;
ALTER TABLE person DROP COLUMN username_at_ms;
ALTER TABLE person DROP COLUMN contact_at_ms;
