-- Letters wait for their turn, and mails to one address are counted as they are sent.

-- Which goes first: 0 what somebody sits and waits for, 1 what is ordinary, 2 a newsletter, which is as many letters as there are people.
ALTER TABLE letter ADD COLUMN turn BIGINT NOT NULL DEFAULT 1;
UPDATE letter SET turn = CASE WHEN urgent THEN 0 WHEN newsletter IS NOT NULL THEN 2 ELSE 1 END;
DROP INDEX letter_by_turn;
ALTER TABLE letter DROP COLUMN urgent;
CREATE INDEX letter_by_turn ON letter (turn, next_attempt_at) WHERE state = 'queued';

-- S1: when what an application led to was mailed. NULL: not yet, or there were too many.
ALTER TABLE application ADD COLUMN mailed_at BIGINT;
CREATE INDEX application_by_mail ON application (address, mailed_at) WHERE mailed_at IS NOT NULL;
