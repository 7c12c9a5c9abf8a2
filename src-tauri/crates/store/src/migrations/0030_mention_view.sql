-- Chats in which a note calls a colleague. Triggers keep them, so they are right whatever changes a note or a chat.
CREATE TABLE conversation_mention (
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    name TEXT NOT NULL,                         -- the colleague's
    last_at_ms INTEGER NOT NULL,                -- the conversation's, so that the view is in order
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)), -- the conversation is open or pending
    PRIMARY KEY (conversation_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_mention_active ON conversation_mention (name, last_at_ms, conversation_id) WHERE is_active = 1;
CREATE INDEX message_note ON message (conversation_id) WHERE is_internal = 1;
-- Those of a colleague, whatever their state.
CREATE INDEX conversation_assignee ON conversation (assignee) WHERE assignee <> '';
-- The chats of one number.
CREATE INDEX conversation_number_active ON conversation (number_id, last_at_ms, id) WHERE state IN ('open', 'pending');

INSERT OR IGNORE INTO conversation_mention (conversation_id, name, last_at_ms, is_active)
    SELECT c.id, j.value, c.last_at_ms, c.state IN ('open', 'pending')
    FROM message m JOIN conversation c ON c.id = m.conversation_id, json_each(m.content, '$.mentions') j
    WHERE m.is_internal = 1;

CREATE TRIGGER conversation_mention_written AFTER INSERT ON message WHEN NEW.is_internal = 1 BEGIN
    INSERT OR IGNORE INTO conversation_mention (conversation_id, name, last_at_ms, is_active)
        SELECT c.id, j.value, c.last_at_ms, c.state IN ('open', 'pending')
        FROM conversation c, json_each(NEW.content, '$.mentions') j WHERE c.id = NEW.conversation_id;
END;
CREATE TRIGGER conversation_mention_deleted AFTER DELETE ON message WHEN OLD.is_internal = 1 BEGIN
    DELETE FROM conversation_mention WHERE conversation_id = OLD.conversation_id;
    INSERT OR IGNORE INTO conversation_mention (conversation_id, name, last_at_ms, is_active)
        SELECT c.id, j.value, c.last_at_ms, c.state IN ('open', 'pending')
        FROM message m JOIN conversation c ON c.id = m.conversation_id, json_each(m.content, '$.mentions') j
        WHERE m.conversation_id = OLD.conversation_id AND m.is_internal = 1;
END;
CREATE TRIGGER conversation_mention_moved AFTER UPDATE OF conversation_id ON message WHEN NEW.is_internal = 1 BEGIN
    DELETE FROM conversation_mention WHERE conversation_id = OLD.conversation_id;
    INSERT OR IGNORE INTO conversation_mention (conversation_id, name, last_at_ms, is_active)
        SELECT c.id, j.value, c.last_at_ms, c.state IN ('open', 'pending')
        FROM message m JOIN conversation c ON c.id = m.conversation_id, json_each(m.content, '$.mentions') j
        WHERE m.conversation_id IN (OLD.conversation_id, NEW.conversation_id) AND m.is_internal = 1;
END;
CREATE TRIGGER conversation_mention_state AFTER UPDATE OF last_at_ms, state ON conversation
    WHEN (OLD.last_at_ms, OLD.state) IS NOT (NEW.last_at_ms, NEW.state)
BEGIN
    UPDATE conversation_mention SET last_at_ms = NEW.last_at_ms, is_active = NEW.state IN ('open', 'pending')
        WHERE conversation_id = NEW.id;
END;
