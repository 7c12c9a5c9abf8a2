-- All that a conversation ever sent. Without it SQLite would look through the whole table for each conversation that goes.
CREATE INDEX outbox_history ON outbox (conversation_id);
