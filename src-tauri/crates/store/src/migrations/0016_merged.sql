CREATE TABLE conversation_merged (
    -- A conversation that became part of another one; ids are never used again.
    old_id  INTEGER PRIMARY KEY,
    -- The one that is there now, never one that has been merged itself.
    into_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX conversation_merged_into ON conversation_merged (into_id);
