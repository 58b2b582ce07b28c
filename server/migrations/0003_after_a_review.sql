-- What lists, filters and sweeps read, in an order that an index has.

-- Copies of the account's, so that a company's list comes sorted (U4). `users::keys` keeps them.
ALTER TABLE membership ADD COLUMN name_key TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE membership ADD COLUMN username TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE membership SET
    name_key = (SELECT a.name_key FROM account a WHERE a.id = membership.account),
    username = (SELECT a.username FROM account a WHERE a.id = membership.account);
CREATE INDEX membership_by_name ON membership (company, name_key, username);
CREATE INDEX membership_by_username ON membership (company, username);
CREATE INDEX membership_by_role_username ON membership (company, role COLLATE "C", username);

-- Letters that somebody sits and waits for go before those that can wait.
ALTER TABLE letter ADD COLUMN urgent BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE letter SET urgent = TRUE WHERE kind = 'reset_password';
DROP INDEX letter_by_turn;
CREATE INDEX letter_by_turn ON letter (urgent DESC, next_attempt_at) WHERE state = 'queued';
-- Nobody gets the same sending of a link twice.
CREATE UNIQUE INDEX letter_by_sending ON letter (link, link_generation, recipient) WHERE state <> 'dropped';
CREATE INDEX letter_by_recipient ON letter (recipient);
CREATE INDEX letter_by_age ON letter (created_at);

CREATE INDEX link_by_end ON link (expires_at);
CREATE INDEX link_token_by_link ON link_token (link, generation);

-- H1: a company's history by person and by kind, the newest first.
DROP INDEX history_by_company;
CREATE INDEX history_by_company ON history (company, at, id);
CREATE INDEX history_by_company_kind ON history (company, kind, at, id);
CREATE INDEX history_by_company_subject ON history (company, subject, at);
CREATE INDEX history_by_company_actor ON history (company, actor, at);
CREATE INDEX history_with_address ON history (at) WHERE address IS NOT NULL;
