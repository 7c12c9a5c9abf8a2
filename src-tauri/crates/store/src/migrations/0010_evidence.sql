-- What shows that a number works: nothing of what was said, and by whom or to whom. A webhook counts once, however often
-- it is applied. What was there before is not counted any more.
ALTER TABLE journal ADD COLUMN is_counted INTEGER NOT NULL DEFAULT 1 CHECK (is_counted IN (0, 1));

CREATE TABLE evidence (
    number_id INTEGER PRIMARY KEY REFERENCES number (id),
    message_at_ms INTEGER,                      -- when a customer's message last arrived, live; NULL: never
    phone_at_ms INTEGER,                        -- when the last was sent from the phone, by Meta's time; NULL: never
    status_at_ms INTEGER,                       -- when a status last arrived; NULL: never
    sign_at_ms INTEGER                          -- the last sign of life of the phone, by Meta's time; NULL: never
) STRICT;

-- What arrived in each half hour of the last 24, and how long it was on its way.
CREATE TABLE arrival (
    number_id INTEGER NOT NULL REFERENCES number (id),
    slot_ms INTEGER NOT NULL,                   -- when the half hour began
    kind TEXT NOT NULL CHECK (kind IN ('message', 'phone', 'status')),
    bucket INTEGER NOT NULL,                    -- of the delay, as twinbox-domain cuts them
    count INTEGER NOT NULL,
    longest_ms INTEGER NOT NULL,                -- the longest delay of these
    PRIMARY KEY (number_id, slot_ms, kind, bucket)
) STRICT, WITHOUT ROWID;

-- What was there before anyone counted, by Meta's time.
INSERT INTO evidence (number_id, message_at_ms, phone_at_ms, status_at_ms, sign_at_ms)
SELECT id, message_at_ms, phone_at_ms, status_at_ms, phone_at_ms FROM (
    SELECT n.id,
        (SELECT max(last_customer_at_ms) FROM conversation WHERE number_id = n.id) AS message_at_ms,
        (SELECT max(at_ms) FROM message WHERE number_id = n.id AND origin = 'phone') AS phone_at_ms,
        (SELECT max(at_ms) FROM receipt WHERE number_id = n.id) AS status_at_ms
    FROM number n);

-- Whether the team has set name and cap in Twinbox: then the host's settings no longer do.
ALTER TABLE number ADD COLUMN is_set_here INTEGER NOT NULL DEFAULT 0 CHECK (is_set_here IN (0, 1));
