-- What Meta tells of accounts, numbers and templates, and what people want. How a number stands today follows from the
-- notices each time it is asked, so whatever is learned when, nothing has to be brought up to date.

-- The accounts a number was told to belong to; there is one, unless it moved.
CREATE TABLE number_waba (
    number_id INTEGER NOT NULL REFERENCES number (id),
    waba_id TEXT NOT NULL,                      -- Meta's id
    PRIMARY KEY (number_id, waba_id)
) STRICT, WITHOUT ROWID;

-- The story of an account or a number. Its subject need not be known yet.
CREATE TABLE notice (
    subject_kind TEXT NOT NULL CHECK (subject_kind IN ('waba', 'number', 'phone')),
    subject TEXT NOT NULL,                      -- Meta's id of the account or the number, or the phone number in digits
    about TEXT NOT NULL CHECK (about IN ('link', 'ban', 'quality', 'tier', 'name', 'story')),
    at_ms INTEGER NOT NULL,                     -- by Meta's clock, which does not tell the order
    told TEXT NOT NULL,                         -- AccountTold of twinbox-domain as JSON
    journal_id INTEGER NOT NULL,                -- with part the order of arrival; of what came twice, the first
    part INTEGER NOT NULL,
    PRIMARY KEY (subject_kind, subject, about, at_ms, told)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_latest ON notice (subject_kind, subject, about, journal_id DESC, part DESC);

-- Each of status, quality and category is what was told last of it.
CREATE TABLE template (
    waba_id TEXT NOT NULL,                      -- Meta's id of the account
    template_id TEXT NOT NULL,                  -- Meta's id
    name TEXT NOT NULL,                         -- '' when never told
    language TEXT NOT NULL,
    status TEXT NOT NULL,                       -- Meta's word, for example APPROVED; '' when never told
    reason TEXT NOT NULL,                       -- Meta's word for why; '' when there is none
    status_at_ms INTEGER NOT NULL,
    status_by INTEGER NOT NULL,                 -- journal id: of two told in one second, the later arrival
    quality TEXT NOT NULL,
    quality_at_ms INTEGER NOT NULL,
    quality_by INTEGER NOT NULL,
    category TEXT NOT NULL,
    next_category TEXT NOT NULL,                -- what it will be a day later; '' when it stays
    category_at_ms INTEGER NOT NULL,
    category_by INTEGER NOT NULL,
    PRIMARY KEY (waba_id, template_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE preference (
    person_id INTEGER NOT NULL REFERENCES person (id),
    number_id INTEGER NOT NULL REFERENCES number (id),
    category TEXT NOT NULL,                     -- Meta's word: marketing_messages
    is_stopped INTEGER NOT NULL CHECK (is_stopped IN (0, 1)),
    at_ms INTEGER NOT NULL,
    told_by INTEGER NOT NULL,                   -- journal id: of two told in one second, the later arrival
    PRIMARY KEY (person_id, number_id, category)
) STRICT, WITHOUT ROWID;
