-- Whose statuses these are: they go with the person.
CREATE INDEX receipt_recipient ON receipt (recipient) WHERE recipient != '';
