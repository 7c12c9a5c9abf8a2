-- Whether Meta answered that people do not like what the number sends; NULL: it never said.
ALTER TABLE probe ADD COLUMN is_flagged INTEGER;
