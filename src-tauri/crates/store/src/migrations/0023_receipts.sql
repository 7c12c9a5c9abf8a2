-- Whether customers are told what was read, and that somebody types.
ALTER TABLE number ADD COLUMN tells_read INTEGER NOT NULL DEFAULT 1 CHECK (tells_read IN (0, 1));
