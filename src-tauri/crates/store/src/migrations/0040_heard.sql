-- Where in change_log a message of the customer's was last told that came live. What came before this was kept has been seen: 0.
ALTER TABLE conversation ADD COLUMN heard_seq INTEGER NOT NULL DEFAULT 0;
