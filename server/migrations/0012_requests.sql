-- R3: with the decision on which request this one was accepted, its own included. They are undone together. NULL where access was given unasked.
ALTER TABLE request ADD COLUMN accepted_with UUID REFERENCES request (id);
UPDATE request SET accepted_with = id WHERE state = 'accepted' AND EXISTS (SELECT 1 FROM access x WHERE x.request = request.id);
CREATE INDEX request_by_decision ON request (accepted_with) WHERE accepted_with IS NOT NULL;
