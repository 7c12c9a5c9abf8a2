-- A failure that the history tells of is nobody's to mend: only what was sent from here is counted, by the index alone.
DROP INDEX message_failed;
CREATE INDEX message_failed ON message (number_id, failed_code, failed_title, at_ms, id, outbox_id) WHERE status = 'failed';
