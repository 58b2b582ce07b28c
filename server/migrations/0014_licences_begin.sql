-- L1: when a licence was begun: whoever asked for it, or for a document in it, was answered or told then. NULL: it has yet to begin.
ALTER TABLE licence ADD COLUMN begun_at BIGINT;
-- What began before there was this is done. Both databases ask for the time in their own words, so this goes by what was written down last.
UPDATE licence SET begun_at = CASE WHEN valid_from > created_at THEN valid_from ELSE created_at END
WHERE valid_from <= (SELECT COALESCE(MAX(at), 0) FROM history);
CREATE INDEX licence_to_begin ON licence (valid_from) WHERE begun_at IS NULL;
-- L6: open pages are told of what ends.
CREATE INDEX licence_by_end ON licence (valid_until, company);
