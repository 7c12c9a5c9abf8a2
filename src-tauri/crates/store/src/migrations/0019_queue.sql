-- Numbers whose sending a person has paused.
CREATE TABLE hold (
    number_id INTEGER PRIMARY KEY REFERENCES number (id),
    author TEXT NOT NULL,                       -- who paused it
    at_ms INTEGER NOT NULL
) STRICT;

-- How long a reply can be taken back before it leaves; 0: not at all.
ALTER TABLE number ADD COLUMN undo_ms INTEGER NOT NULL DEFAULT 0 CHECK (undo_ms BETWEEN 0 AND 5000);

-- What a person wants sent later. Before its time it is in no queue and no thread; then it moves there.
CREATE TABLE scheduled (
    id TEXT PRIMARY KEY NOT NULL,               -- UUIDv7 made by the client, the id of its outbox item later
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    send_at_ms INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    is_undo INTEGER NOT NULL CHECK (is_undo IN (0, 1)), -- it waits a moment only, so that it can be taken back
    author TEXT NOT NULL,                       -- a colleague's name
    payload TEXT NOT NULL,                      -- Payload of twinbox-domain as JSON
    reply_to TEXT NOT NULL,                     -- wamid; '' for none
    file_hash TEXT NOT NULL,                    -- content hash of its file; '' for none
    file_size_bytes INTEGER NOT NULL,
    width_px INTEGER NOT NULL,                  -- of a picture; 0 for any other
    height_px INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX scheduled_next ON scheduled (send_at_ms);
CREATE INDEX scheduled_undo ON scheduled (created_at_ms) WHERE is_undo = 1;
CREATE INDEX scheduled_conversation ON scheduled (conversation_id, send_at_ms);
CREATE INDEX scheduled_file ON scheduled (file_hash) WHERE file_hash != '';

-- What the page of the queue counts.
CREATE INDEX outbox_behind ON outbox (number_id, lane, position) WHERE state = 'queued' AND turn = 0;
CREATE INDEX outbox_accepted ON outbox (number_id, state_since_ms) WHERE state = 'accepted';
CREATE INDEX outbox_unknown ON outbox (number_id, position) WHERE state = 'outcome_unknown';
CREATE INDEX outbox_wedged ON outbox (number_id, code, reason, state_since_ms, position) WHERE state = 'wedged';
CREATE INDEX message_failed ON message (number_id, failed_code, failed_title, at_ms, id) WHERE status = 'failed';
