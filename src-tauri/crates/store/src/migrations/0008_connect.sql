-- The Meta app that numbers are connected with; at most one row. Secrets are sealed by the engine: the key is elsewhere.
CREATE TABLE meta_app (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    app_id TEXT NOT NULL,
    config_id TEXT NOT NULL,
    app_secret BLOB NOT NULL,                   -- sealed; empty when there is none
    verify_token BLOB NOT NULL,                 -- sealed
    graph_version TEXT NOT NULL,
    graph_url TEXT NOT NULL,
    dialog_url TEXT NOT NULL,
    public_url TEXT NOT NULL                    -- '' when there is none
) STRICT;

-- The signup under way; at most one row, gone when it is finished or given up.
CREATE TABLE signup (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    body TEXT NOT NULL,                         -- of the engine, as JSON
    token BLOB NOT NULL                         -- sealed; empty before there is one
) STRICT;

-- What connects a number; it stays when the phone disconnects.
CREATE TABLE connection (
    number_id INTEGER PRIMARY KEY REFERENCES number (id),
    waba TEXT NOT NULL,                         -- Meta's id of its account
    token BLOB NOT NULL,                        -- sealed
    token_expires_at_ms INTEGER,                -- NULL: never
    connected_at_ms INTEGER NOT NULL,
    business_name TEXT NOT NULL,
    website TEXT,                               -- NULL: there is none
    is_subscribed INTEGER NOT NULL CHECK (is_subscribed IN (0, 1)),
    is_holding INTEGER NOT NULL CHECK (is_holding IN (0, 1)),  -- new messages wait for the end of the first sync
    last_piece_at_ms INTEGER                    -- when the last contacts or history arrived; NULL: none yet
) STRICT;

-- What the phone was asked for. Each can be asked once for each time a number is connected.
CREATE TABLE sync_request (
    number_id INTEGER NOT NULL REFERENCES number (id),
    kind TEXT NOT NULL CHECK (kind IN ('contacts', 'history')),
    at_ms INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('maybe', 'made', 'refused')),  -- 'maybe': written before the call
    code INTEGER,                               -- Meta's, of a refusal
    request_id TEXT NOT NULL,                   -- Meta's, for its support; '' unless made
    PRIMARY KEY (number_id, kind)
) STRICT, WITHOUT ROWID;

-- New messages that wait: they are in the journal, and are applied from there.
CREATE TABLE held (
    number_id INTEGER NOT NULL REFERENCES number (id),
    wamid TEXT NOT NULL,
    journal_id INTEGER NOT NULL REFERENCES journal (id),
    PRIMARY KEY (number_id, wamid, journal_id)
) STRICT, WITHOUT ROWID;

-- Messages told by each chunk.
ALTER TABLE history_chunk ADD COLUMN messages INTEGER NOT NULL DEFAULT 0;
