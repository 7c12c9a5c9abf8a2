-- Working on conversations together.
ALTER TABLE conversation ADD COLUMN state TEXT NOT NULL DEFAULT 'open'
    CHECK (state IN ('open', 'pending', 'snoozed', 'resolved'));
ALTER TABLE conversation ADD COLUMN snoozed_until_ms INTEGER NOT NULL DEFAULT 0; -- 0 unless it is snoozed
ALTER TABLE conversation ADD COLUMN assignee TEXT NOT NULL DEFAULT '';           -- a colleague's name; '' for nobody
ALTER TABLE message ADD COLUMN is_internal INTEGER NOT NULL DEFAULT 0 CHECK (is_internal IN (0, 1)); -- a note

CREATE INDEX conversation_active ON conversation (last_at_ms, id) WHERE state IN ('open', 'pending');
CREATE INDEX conversation_assigned ON conversation (assignee, last_at_ms, id) WHERE state IN ('open', 'pending');
CREATE INDEX conversation_state ON conversation (state, last_at_ms, id) WHERE state <> 'open';
CREATE INDEX conversation_wakes ON conversation (snoozed_until_ms) WHERE state = 'snoozed';

-- Who works here, since they first came in.
CREATE TABLE teammate (
    name TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE label (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    color INTEGER NOT NULL CHECK (color BETWEEN 0 AND 7) -- its place in the palette
) STRICT;

CREATE TABLE conversation_label (
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    label_id INTEGER NOT NULL REFERENCES label (id) ON DELETE CASCADE,
    last_at_ms INTEGER NOT NULL,                -- the conversation's, kept by a trigger, so that a label's list is in order
    PRIMARY KEY (conversation_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_label_newest ON conversation_label (label_id, last_at_ms, conversation_id);
CREATE TRIGGER conversation_label_last AFTER UPDATE OF last_at_ms ON conversation WHEN OLD.last_at_ms <> NEW.last_at_ms
BEGIN
    UPDATE conversation_label SET last_at_ms = NEW.last_at_ms WHERE conversation_id = NEW.id;
END;

CREATE TABLE canned_reply (
    shortcut TEXT PRIMARY KEY NOT NULL COLLATE NOCASE,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Texts not sent yet.
CREATE TABLE draft (
    user TEXT NOT NULL,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    PRIMARY KEY (user, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_conversation ON draft (conversation_id);

-- What the team keeps about a person.
CREATE TABLE person_field (
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name TEXT NOT NULL COLLATE NOCASE,
    value TEXT NOT NULL,
    PRIMARY KEY (person_id, name)
) STRICT, WITHOUT ROWID;

-- How many open and pending conversations somebody has; '' for nobody.
CREATE TABLE workload (
    assignee TEXT PRIMARY KEY NOT NULL,
    conversations INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO workload (assignee, conversations)
    SELECT '', count(*) FROM conversation WHERE last_message_id IS NOT NULL;
INSERT INTO tally (name, value) VALUES ('snoozed', 0);

CREATE TRIGGER conversation_workload_insert AFTER INSERT ON conversation
    WHEN NEW.last_message_id IS NOT NULL AND NEW.state IN ('open', 'pending')
BEGIN
    INSERT INTO workload (assignee, conversations) VALUES (NEW.assignee, 1)
        ON CONFLICT (assignee) DO UPDATE SET conversations = conversations + 1;
END;
CREATE TRIGGER conversation_workload_update AFTER UPDATE OF last_message_id, state, assignee ON conversation
    WHEN (OLD.last_message_id IS NULL, OLD.state, OLD.assignee) IS NOT (NEW.last_message_id IS NULL, NEW.state, NEW.assignee)
BEGIN
    UPDATE workload SET conversations = conversations - 1
        WHERE assignee = OLD.assignee AND OLD.last_message_id IS NOT NULL AND OLD.state IN ('open', 'pending');
    INSERT INTO workload (assignee, conversations)
        SELECT NEW.assignee, 1 WHERE NEW.last_message_id IS NOT NULL AND NEW.state IN ('open', 'pending')
        ON CONFLICT (assignee) DO UPDATE SET conversations = conversations + 1;
    UPDATE tally SET value = value + (NEW.state = 'snoozed') - (OLD.state = 'snoozed') WHERE name = 'snoozed';
END;
CREATE TRIGGER conversation_workload_delete AFTER DELETE ON conversation BEGIN
    UPDATE workload SET conversations = conversations - 1
        WHERE assignee = OLD.assignee AND OLD.last_message_id IS NOT NULL AND OLD.state IN ('open', 'pending');
    UPDATE tally SET value = value - (OLD.state = 'snoozed') WHERE name = 'snoozed';
END;
