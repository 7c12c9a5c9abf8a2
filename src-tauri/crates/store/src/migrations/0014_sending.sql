-- Everything that can be sent, not only texts and files.

-- Payload of twinbox-domain as JSON; '' for an item of an earlier version, which sends what its message shows.
ALTER TABLE outbox ADD COLUMN payload TEXT NOT NULL DEFAULT '';

-- The wamid of the message that a reaction is on; '' for anything else. A reaction has no message of its own.
ALTER TABLE outbox ADD COLUMN reacts_to TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_reaction ON outbox (number_id, reacts_to, position) WHERE reacts_to != '';
