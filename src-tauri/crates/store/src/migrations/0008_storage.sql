-- What the files take from the disk. The quota is the counter 'storage_quota_bytes'; none, or 0: no limit.
ALTER TABLE media ADD COLUMN fetched_at_ms INTEGER NOT NULL DEFAULT 0; -- 0: not, or before this was kept
ALTER TABLE media ADD COLUMN removed_at_ms INTEGER NOT NULL DEFAULT 0; -- to save space, the state is 'failed' then; 0: not

-- Contents that a message let go of. One that no other message needs is deleted from the disk, then from here.
CREATE TABLE leftover (
    content_hash TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;

-- Files of messages that were deleted before.
INSERT INTO leftover (content_hash)
SELECT DISTINCT content_hash FROM media f WHERE state = 'fetched' AND content_hash <> ''
    AND EXISTS (SELECT 1 FROM deletion d WHERE d.number_id = f.number_id AND d.wamid = f.wamid);
UPDATE media SET state = 'failed', can_retry = 0 WHERE state = 'fetched'
    AND EXISTS (SELECT 1 FROM deletion d WHERE d.number_id = media.number_id AND d.wamid = media.wamid);
