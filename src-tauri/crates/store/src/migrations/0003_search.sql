-- Words of messages, cut by twinbox-domain; the texts themselves stay in message and edit. The rowid says when and which
-- message (see search.rs), so that the newest come first and the message is found without a table in between.
CREATE VIRTUAL TABLE message_words USING fts5 (
    words,
    tags,                                       -- n<number> c<conversation> o<origin>, and m for a file
    content = '',
    contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'",
    prefix = '1 2 3'
);

-- Names of people, and every three digits in a row of their phone numbers. The rowid is the person.
CREATE VIRTUAL TABLE person_words USING fts5 (
    names,
    digits,
    content = '',
    contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'",
    prefix = '1 2 3'
);

-- What was there before there was an index, and waits to be put into it: everything up to this id.
CREATE TABLE search_backlog (
    kind TEXT PRIMARY KEY NOT NULL CHECK (kind IN ('message', 'person')),
    up_to INTEGER NOT NULL                      -- 0: nothing any more
) STRICT, WITHOUT ROWID;
INSERT INTO search_backlog (kind, up_to)
    SELECT 'message', coalesce(max(id), 0) FROM message UNION ALL SELECT 'person', coalesce(max(id), 0) FROM person;

-- Counts for the status line, kept by the triggers below: counting rows at every event would take ever longer.
CREATE TABLE tally (
    name TEXT PRIMARY KEY NOT NULL,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO tally (name, value)
    SELECT 'conversations', count(*) FROM conversation WHERE last_message_id IS NOT NULL
    UNION ALL SELECT 'unread', count(*) FROM conversation WHERE unread > 0
    UNION ALL SELECT 'needs_reply', count(*) FROM conversation WHERE needs_reply = 1
    UNION ALL SELECT 'queued', count(*) FROM outbox WHERE state IN ('queued', 'in_flight')
    UNION ALL SELECT 'outcome_unknown', count(*) FROM outbox WHERE state = 'outcome_unknown';

CREATE TRIGGER conversation_tally_insert AFTER INSERT ON conversation BEGIN
    UPDATE tally SET value = value + CASE name
        WHEN 'conversations' THEN NEW.last_message_id IS NOT NULL
        WHEN 'unread' THEN NEW.unread > 0
        ELSE NEW.needs_reply END
    WHERE name IN ('conversations', 'unread', 'needs_reply');
END;
CREATE TRIGGER conversation_tally_update AFTER UPDATE OF last_message_id, unread, needs_reply ON conversation
    WHEN (OLD.last_message_id IS NULL, OLD.unread > 0, OLD.needs_reply)
        IS NOT (NEW.last_message_id IS NULL, NEW.unread > 0, NEW.needs_reply)
BEGIN
    UPDATE tally SET value = value + CASE name
        WHEN 'conversations' THEN (NEW.last_message_id IS NOT NULL) - (OLD.last_message_id IS NOT NULL)
        WHEN 'unread' THEN (NEW.unread > 0) - (OLD.unread > 0)
        ELSE NEW.needs_reply - OLD.needs_reply END
    WHERE name IN ('conversations', 'unread', 'needs_reply');
END;
CREATE TRIGGER conversation_tally_delete AFTER DELETE ON conversation BEGIN
    UPDATE tally SET value = value - CASE name
        WHEN 'conversations' THEN OLD.last_message_id IS NOT NULL
        WHEN 'unread' THEN OLD.unread > 0
        ELSE OLD.needs_reply END
    WHERE name IN ('conversations', 'unread', 'needs_reply');
END;

-- Items are never deleted.
CREATE TRIGGER outbox_tally_insert AFTER INSERT ON outbox BEGIN
    UPDATE tally SET value = value + CASE name
        WHEN 'queued' THEN NEW.state IN ('queued', 'in_flight')
        ELSE NEW.state = 'outcome_unknown' END
    WHERE name IN ('queued', 'outcome_unknown');
END;
CREATE TRIGGER outbox_tally_update AFTER UPDATE OF state ON outbox WHEN OLD.state <> NEW.state BEGIN
    UPDATE tally SET value = value + CASE name
        WHEN 'queued' THEN (NEW.state IN ('queued', 'in_flight')) - (OLD.state IN ('queued', 'in_flight'))
        ELSE (NEW.state = 'outcome_unknown') - (OLD.state = 'outcome_unknown') END
    WHERE name IN ('queued', 'outcome_unknown');
END;
