-- U2: letters that were written together, so that it can be followed how far they are.
ALTER TABLE letter ADD COLUMN batch UUID;
CREATE INDEX letter_by_batch ON letter (batch, company, subject_account, state) WHERE batch IS NOT NULL;
