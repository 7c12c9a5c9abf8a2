-- Everything that can be sent, not only texts and files.

-- Payload of twinbox-domain as JSON; '' for an item of an earlier version, which sends what its message shows.
ALTER TABLE outbox ADD COLUMN payload TEXT NOT NULL DEFAULT '';

-- The wamid of the message that a reaction is on; '' for anything else. A reaction has no message of its own.
ALTER TABLE outbox ADD COLUMN reacts_to TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_reaction ON outbox (number_id, reacts_to, position) WHERE reacts_to != '';

-- What a template is made of: TemplateParts of twinbox-domain as JSON; '' for one that only webhooks have told of.
ALTER TABLE template ADD COLUMN parts TEXT NOT NULL DEFAULT '';

-- The list it was last in, by the time that was asked for; 0: none. One that is not in the last list is gone.
ALTER TABLE template ADD COLUMN listed_at_ms INTEGER NOT NULL DEFAULT 0;

-- The list of an account's templates, as far as it was fetched.
CREATE TABLE template_list (
    waba_id TEXT PRIMARY KEY NOT NULL,          -- Meta's id of the account
    listed_at_ms INTEGER NOT NULL,              -- when the last whole list was asked for; 0: never
    told INTEGER NOT NULL                       -- webhooks about templates since then
) STRICT, WITHOUT ROWID;

-- What Meta says a message costs, and to whom it went: the last two decide about the rate.
ALTER TABLE receipt ADD COLUMN category TEXT NOT NULL DEFAULT '';           -- Meta's word, for example utility; '' when not told
ALTER TABLE receipt ADD COLUMN pricing TEXT NOT NULL DEFAULT '';            -- Meta's word, for example regular or free_customer_service
ALTER TABLE receipt ADD COLUMN is_billable INTEGER NOT NULL DEFAULT 0 CHECK (is_billable IN (0, 1));
ALTER TABLE receipt ADD COLUMN recipient TEXT NOT NULL DEFAULT '';          -- digits of the phone number; '' when not told
CREATE INDEX receipt_billed ON receipt (number_id, at_ms) WHERE category != '';
