-- Files that go out. What is sent, and under which name, stands in the message; the file itself is a row of media whose
-- wamid is the outbox item's id and whose media_id is ''.
CREATE TABLE attachment (
    outbox_id TEXT PRIMARY KEY NOT NULL,
    media_id TEXT NOT NULL,                     -- Meta's, once the file is uploaded; '' until then
    uploaded_at_ms INTEGER NOT NULL,            -- Meta keeps it for 30 days; 0 until then
    attempts INTEGER NOT NULL                   -- failed uploads since a person last asked
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_waiting ON attachment (outbox_id) WHERE media_id = '';
