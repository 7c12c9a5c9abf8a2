-- What people have set for themselves.
CREATE TABLE user_setting (
    user TEXT PRIMARY KEY NOT NULL,             -- the name they are known by
    settings TEXT NOT NULL,                     -- as JSON; '' before anything is set
    passphrase TEXT NOT NULL DEFAULT ''         -- what the one that unlocks a window is checked by; '' for none
) STRICT, WITHOUT ROWID;

-- People whose messages were erased on demand. What the history tells of them up to then is not taken in again.
CREATE TABLE erased (
    alias_hash TEXT PRIMARY KEY NOT NULL,       -- SHA-256 of the kind and the value of an id of theirs, hexadecimal
    erased_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
