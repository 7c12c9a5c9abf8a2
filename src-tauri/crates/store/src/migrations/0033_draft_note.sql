-- What is being written may be a note, which must not come back as a reply.
ALTER TABLE draft ADD COLUMN is_note INTEGER NOT NULL DEFAULT 0;
