-- What is shown of a file before it is opened: made once for each content, whoever sent it.
CREATE TABLE preview (
    content_hash TEXT PRIMARY KEY NOT NULL,     -- SHA-256 of the file, 64 hexadecimal digits
    thumbnail TEXT NOT NULL CHECK (thumbnail IN ('', 'image/jpeg', 'image/png')), -- type of the file beside; '': none
    duration_ms INTEGER NOT NULL,               -- of a recording; 0 when not known
    levels BLOB NOT NULL                        -- how loud it is from begin to end, a byte each; empty when not known
) STRICT, WITHOUT ROWID;

ALTER TABLE media ADD COLUMN is_previewed INTEGER NOT NULL DEFAULT 0 CHECK (is_previewed IN (0, 1));
CREATE INDEX media_to_preview ON media (id) WHERE state = 'fetched' AND is_previewed = 0;
CREATE INDEX media_content ON media (content_hash) WHERE content_hash <> '';
