-- Times are milliseconds since the Unix epoch, UTC. Words are those of twinbox-domain.

CREATE TABLE number (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    phone_number_id TEXT NOT NULL UNIQUE,       -- Meta's id
    display_phone_number TEXT NOT NULL,         -- digits only; '' when never told
    name TEXT NOT NULL,                         -- the team's name for it; '' for one only seen in webhooks
    cap_per_second INTEGER NOT NULL CHECK (cap_per_second >= 1)
) STRICT;

-- Raw webhooks, exactly the bytes the signature was made over.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at_ms INTEGER NOT NULL,
    body BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'applied', 'parked')),
    parked_because TEXT NOT NULL DEFAULT ''     -- why it could not be read, without any content
) STRICT;
CREATE INDEX journal_pending ON journal (id) WHERE state = 'pending';
CREATE INDEX journal_parked ON journal (id) WHERE state = 'parked';

-- Parts of applied webhooks that this version cannot read; a later one reads them again from the journal.
CREATE TABLE not_understood (
    journal_id INTEGER NOT NULL REFERENCES journal (id),
    part INTEGER NOT NULL,                      -- its place among the facts of that webhook
    field TEXT NOT NULL,
    reason TEXT NOT NULL,                       -- '' for a message that its conversation shows as not understood
    PRIMARY KEY (journal_id, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,                         -- WhatsApp profile name; '' when never told
    name_at_ms INTEGER NOT NULL,                -- when it was said; the latest wins
    username TEXT NOT NULL,                     -- without @; '' when none
    username_at_ms INTEGER NOT NULL,
    contact_name TEXT NOT NULL DEFAULT '',      -- in the phone's address book; '' when not in it, or not any more
    contact_at_ms INTEGER NOT NULL DEFAULT 0    -- when it was added, changed or removed there; the latest wins
) STRICT;

CREATE TABLE person_alias (
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'bsuid')),
    value TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    seen_at_ms INTEGER NOT NULL,                -- phone numbers are recycled: the latest claim holds
    PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_alias_person ON person_alias (person_id, kind, seen_at_ms DESC, value);

-- Everything from last_message_id on is derived from message and kept in the same transaction.
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number_id INTEGER NOT NULL REFERENCES number (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    read_up_to INTEGER NOT NULL,                -- message id; what arrived later has not been seen
    last_message_id INTEGER,                    -- NULL while there is none; then it is not listed
    last_at_ms INTEGER NOT NULL,
    last_customer_at_ms INTEGER,                -- live messages only; NULL: never
    unread INTEGER NOT NULL,
    needs_reply INTEGER NOT NULL CHECK (needs_reply IN (0, 1)),
    UNIQUE (number_id, person_id)
) STRICT;
CREATE INDEX conversation_newest ON conversation (last_at_ms, id);
CREATE INDEX conversation_unread ON conversation (last_at_ms, id) WHERE unread > 0;
CREATE INDEX conversation_needs_reply ON conversation (last_at_ms, id) WHERE needs_reply = 1;
CREATE INDEX conversation_person ON conversation (person_id);

CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,       -- larger is later by arrival
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    number_id INTEGER NOT NULL REFERENCES number (id),
    wamid TEXT,                                 -- NULL until Meta accepted it
    outbox_id TEXT UNIQUE,                      -- NULL unless sent through Twinbox
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    origin TEXT NOT NULL CHECK (origin IN ('customer', 'agent', 'phone', 'automation', 'campaign', 'history', 'system')),
    author TEXT NOT NULL,                       -- a colleague's name; '' otherwise
    at_ms INTEGER NOT NULL,                     -- Meta's time, or when it was queued here
    told_rank INTEGER NOT NULL,                 -- a better telling of who, when and which way replaces a poorer one
    content_rank INTEGER NOT NULL,              -- and one of what it says, by itself
    content TEXT NOT NULL,                      -- Content of twinbox-domain as JSON
    reply_to TEXT,                              -- wamid, which may never have been seen here
    status TEXT CHECK (status IN ('queued', 'accepted', 'sent', 'failed', 'delivered', 'read', 'played')),
    failed_code INTEGER,
    failed_title TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX message_wamid ON message (number_id, wamid) WHERE wamid IS NOT NULL;
CREATE INDEX message_order ON message (conversation_id, at_ms, id);
CREATE INDEX message_quotes ON message (number_id, reply_to) WHERE reply_to IS NOT NULL;
CREATE INDEX message_in ON message (conversation_id, id) WHERE origin = 'customer';
CREATE INDEX message_customer ON message (conversation_id, at_ms) WHERE origin = 'customer';

-- What was done to a message later, kept apart from it because it may come first.
CREATE TABLE edit (
    number_id INTEGER NOT NULL REFERENCES number (id),
    wamid TEXT NOT NULL,                        -- of the message that was edited
    at_ms INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (number_id, wamid, at_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE deletion (
    number_id INTEGER NOT NULL REFERENCES number (id),
    wamid TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (number_id, wamid)
) STRICT, WITHOUT ROWID;

CREATE TABLE reaction (
    number_id INTEGER NOT NULL REFERENCES number (id),
    wamid TEXT NOT NULL,                        -- of the message it is on
    side TEXT NOT NULL CHECK (side IN ('in', 'out')),
    emoji TEXT NOT NULL,                        -- '' when it was taken away
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (number_id, wamid, side)
) STRICT, WITHOUT ROWID;

-- What came of the phone's history. How far it is follows from the chunks, which come in any order.
CREATE TABLE history_chunk (
    number_id INTEGER NOT NULL REFERENCES number (id),
    phase INTEGER NOT NULL,                     -- 0: the last day, 1: up to 90 days ago, 2: up to 180
    chunk INTEGER NOT NULL,                     -- its place within the phase
    percent INTEGER NOT NULL CHECK (percent BETWEEN 0 AND 100),
    PRIMARY KEY (number_id, phase, chunk)
) STRICT, WITHOUT ROWID;
CREATE INDEX history_chunk_percent ON history_chunk (number_id, percent);

CREATE TABLE history_refusal (
    number_id INTEGER PRIMARY KEY REFERENCES number (id),
    code INTEGER NOT NULL                       -- Meta's
) STRICT;

-- What status webhooks said, kept apart from message: a status may come before the message it is about.
CREATE TABLE receipt (
    number_id INTEGER NOT NULL REFERENCES number (id),
    wamid TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('sent', 'failed', 'delivered', 'read', 'played')),
    at_ms INTEGER NOT NULL,
    error_code INTEGER,
    error_title TEXT NOT NULL,
    PRIMARY KEY (number_id, wamid, status)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT, -- order of enqueuing
    id TEXT NOT NULL UNIQUE,                    -- UUIDv7 made by the client
    number_id INTEGER NOT NULL REFERENCES number (id),
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    lane INTEGER NOT NULL CHECK (lane BETWEEN 0 AND 2),
    state TEXT NOT NULL CHECK (state IN ('queued', 'in_flight', 'accepted', 'wedged', 'outcome_unknown', 'cancelled')),
    state_since_ms INTEGER NOT NULL,
    not_before_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    doubted_at_ms INTEGER NOT NULL,             -- when an attempt last ended without an answer; 0: never
    code INTEGER,                               -- Meta's code of the last refusal
    reason TEXT NOT NULL                        -- a sentence for a person
) STRICT;
CREATE INDEX outbox_due ON outbox (number_id, lane, position) WHERE state = 'queued';
CREATE INDEX outbox_doubted ON outbox (doubted_at_ms) WHERE doubted_at_ms > 0;
CREATE INDEX outbox_in_flight ON outbox (id) WHERE state = 'in_flight';
CREATE INDEX outbox_conversation ON outbox (conversation_id, state, position)
    WHERE state IN ('queued', 'in_flight', 'outcome_unknown');

-- What clients have to look at again. Its rowid is the position of the event stream.
CREATE TABLE change_log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('message', 'message_gone', 'conversation', 'overview')),
    conversation_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL
) STRICT;

CREATE TABLE counter (
    name TEXT PRIMARY KEY NOT NULL,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
