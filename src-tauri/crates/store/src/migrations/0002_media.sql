-- Files of messages. The file itself lies under media/ by its content's hash; a row is a message's claim to one.
-- Kept by the message's wamid, because an edit may name a file before its message has come.
CREATE TABLE media (
    id INTEGER PRIMARY KEY AUTOINCREMENT,       -- larger is later by arrival
    number_id INTEGER NOT NULL REFERENCES number (id),
    wamid TEXT NOT NULL,                        -- of the message
    media_id TEXT NOT NULL,                     -- Meta's
    mime_type TEXT NOT NULL,                    -- as told; '' when not
    sha256 TEXT NOT NULL,                       -- as told, base64 or hexadecimal; '' when not
    told_at_ms INTEGER NOT NULL,                -- when the id was first told; it is good for 7 days
    state TEXT NOT NULL CHECK (state IN ('waiting', 'fetched', 'failed')),
    attempts INTEGER NOT NULL,                  -- failed ones since a person last asked
    not_before_ms INTEGER NOT NULL,
    reason TEXT NOT NULL,                       -- of the last failure, a sentence for a person; '' when there was none
    can_retry INTEGER NOT NULL CHECK (can_retry IN (0, 1)),
    size_bytes INTEGER NOT NULL,                -- 0 unless fetched
    content_hash TEXT NOT NULL,                 -- SHA-256 of the file, 64 hexadecimal digits; '' unless fetched
    width_px INTEGER NOT NULL,                  -- as shown, upright; 0 when it is no picture
    height_px INTEGER NOT NULL,
    UNIQUE (number_id, wamid, media_id)
) STRICT;
CREATE INDEX media_waiting ON media (id, not_before_ms) WHERE state = 'waiting';
CREATE INDEX media_later ON media (not_before_ms) WHERE state = 'waiting';

-- What was told before files were fetched at all.
INSERT INTO media (number_id, wamid, media_id, mime_type, sha256, told_at_ms, state, attempts, not_before_ms, reason,
    can_retry, size_bytes, content_hash, width_px, height_px)
SELECT number_id, wamid, media_id, mime_type, sha256, at_ms, 'waiting', 0, 0, '', 0, 0, '', 0, 0
FROM (
    SELECT number_id, wamid, at_ms,
        coalesce(content ->> '$.media_id', content ->> '$.media.media_id') AS media_id,
        coalesce(content ->> '$.mime_type', content ->> '$.media.mime_type', '') AS mime_type,
        coalesce(content ->> '$.sha256', content ->> '$.media.sha256', '') AS sha256
    FROM (SELECT number_id, wamid, at_ms, content FROM message WHERE wamid IS NOT NULL
          UNION ALL SELECT number_id, wamid, at_ms, content FROM edit)
)
WHERE media_id IS NOT NULL
ORDER BY at_ms
ON CONFLICT DO NOTHING;
