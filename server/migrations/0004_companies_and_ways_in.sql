-- Companies that staff set up, and the ways in: self-registration, joining a second company, a new address, a general account.

ALTER TABLE company ADD COLUMN country TEXT NOT NULL DEFAULT 'NL';
-- folded, for the search of the provider's people
ALTER TABLE company ADD COLUMN name_key TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE company SET name_key = LOWER(name);
CREATE INDEX company_by_name ON company (name_key, number);

-- G2: whose general account it is. Its username need not be an address, and it gets no mail.
ALTER TABLE account ADD COLUMN general_of BIGINT REFERENCES company (number);
CREATE UNIQUE INDEX account_by_general_of ON account (general_of) WHERE general_of IS NOT NULL;

-- S6: when the owner of the address last showed that it is theirs. A password that was set with a link that went to administrators (U3) takes it
-- back: then nobody knows who holds the account.
ALTER TABLE account ADD COLUMN proven_at BIGINT;
UPDATE account SET proven_at = registered_at WHERE NOT EXISTS
    (SELECT 1 FROM membership m WHERE m.account = account.id AND m.mail_to_administrators);

-- U1: what an administrator wrote about somebody who has an account already and has not confirmed yet: all that the company sees of them.
-- While `given_name` stands here there is no membership to speak of.
ALTER TABLE membership ADD COLUMN given_name TEXT;
ALTER TABLE membership ADD COLUMN given_phone TEXT;
ALTER TABLE membership ADD COLUMN given_country TEXT;
-- A copy like `name_key`: what the company's search looks through.
ALTER TABLE membership ADD COLUMN search_key TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE membership SET search_key = (SELECT a.search_key FROM account a WHERE a.id = membership.account);

-- By what name a company knows somebody, also after they left: its history shows no other.
CREATE TABLE known_as (
    company    BIGINT NOT NULL REFERENCES company (number),
    account    UUID NOT NULL REFERENCES account (id),
    name       TEXT NOT NULL,
    username   TEXT NOT NULL,
    search_key TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (company, account)
);
CREATE INDEX known_as_by_account ON known_as (account);

-- S1: somebody asked to register. Nobody knows yet whose address it is.
CREATE TABLE application (
    id         UUID PRIMARY KEY,
    address    TEXT COLLATE "C" NOT NULL,
    name       TEXT NOT NULL,
    language   TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX application_by_address ON application (address, created_at);
CREATE INDEX application_by_age ON application (created_at);

-- A link is bound to an account or to an application, a letter goes to an account or to an address, and history tells of companies too.
DROP INDEX link_by_bearer;
DROP INDEX link_by_end;
DROP INDEX link_token_by_link;
DROP INDEX letter_by_turn;
DROP INDEX letter_by_sending;
DROP INDEX letter_by_recipient;
DROP INDEX letter_by_age;
DROP INDEX letter_by_subject;
DROP INDEX history_by_subject;
DROP INDEX history_by_at;
DROP INDEX history_by_actor;
DROP INDEX history_by_company;
DROP INDEX history_by_company_kind;
DROP INDEX history_by_company_subject;
DROP INDEX history_by_company_actor;
DROP INDEX history_with_address;
ALTER TABLE link RENAME TO old_link;
ALTER TABLE link_token RENAME TO old_link_token;
ALTER TABLE letter RENAME TO old_letter;
ALTER TABLE history RENAME TO old_history;

CREATE TABLE link (
    id           UUID PRIMARY KEY,
    purpose      TEXT NOT NULL,
    account      UUID REFERENCES account (id),
    application  UUID REFERENCES application (id),
    company      BIGINT REFERENCES company (number),
    -- U5: the address that it makes the account's
    address      TEXT,
    generation   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    used_at      BIGINT,
    withdrawn_at BIGINT,
    created_at   BIGINT NOT NULL,
    CHECK ((account IS NULL) <> (application IS NULL))
);
INSERT INTO link (id, purpose, account, company, generation, expires_at, used_at, withdrawn_at, created_at)
    SELECT id, purpose, account, company, generation, expires_at, used_at, withdrawn_at, created_at FROM old_link;
CREATE UNIQUE INDEX link_by_bearer ON link (account, purpose, COALESCE(company, 0));
CREATE UNIQUE INDEX link_by_application ON link (application) WHERE application IS NOT NULL;
CREATE INDEX link_by_end ON link (expires_at);

CREATE TABLE link_token (
    token_hash BYTEA PRIMARY KEY,
    link       UUID NOT NULL REFERENCES link (id),
    generation BIGINT NOT NULL
);
INSERT INTO link_token (token_hash, link, generation) SELECT token_hash, link, generation FROM old_link_token;
CREATE INDEX link_token_by_link ON link_token (link, generation);

CREATE TABLE letter (
    id              UUID PRIMARY KEY,
    kind            TEXT NOT NULL,
    urgent          BOOLEAN NOT NULL,
    company         BIGINT REFERENCES company (number),
    -- whom it is about and who gets it; for an application both are nobody yet
    subject_account UUID REFERENCES account (id),
    recipient       UUID REFERENCES account (id),
    application     UUID REFERENCES application (id),
    -- U5: whom it was to be told, whatever the account's address is by the time that it is sent
    address         TEXT,
    link            UUID REFERENCES link (id),
    link_generation BIGINT,
    state           TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'dropped')),
    attempts        BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    claimed_until   BIGINT,
    error           TEXT,
    created_at      BIGINT NOT NULL,
    sent_at         BIGINT,
    CHECK ((recipient IS NULL) <> (application IS NULL))
);
INSERT INTO letter (id, kind, urgent, company, subject_account, recipient, link, link_generation, state, attempts, next_attempt_at,
                    claimed_until, error, created_at, sent_at)
    SELECT id, kind, urgent, company, subject_account, recipient, link, link_generation, state, attempts, next_attempt_at,
           claimed_until, error, created_at, sent_at FROM old_letter;
CREATE INDEX letter_by_turn ON letter (urgent DESC, next_attempt_at) WHERE state = 'queued';
CREATE UNIQUE INDEX letter_by_sending ON letter (link, link_generation, kind, recipient) WHERE state <> 'dropped';
CREATE INDEX letter_by_subject ON letter (subject_account, kind, created_at);
CREATE INDEX letter_by_recipient ON letter (recipient);
CREATE INDEX letter_by_age ON letter (created_at);
CREATE INDEX letter_by_application ON letter (application) WHERE application IS NOT NULL;

CREATE TABLE history (
    id      UUID PRIMARY KEY,
    at      BIGINT NOT NULL,
    company BIGINT REFERENCES company (number),
    -- NULL: the system, or somebody who was not signed in
    actor   UUID REFERENCES account (id),
    -- NULL: the company itself, or nobody whom Balie knows
    subject UUID REFERENCES account (id),
    kind    TEXT NOT NULL,
    event   TEXT NOT NULL,
    address TEXT
);
INSERT INTO history (id, at, company, actor, subject, kind, event, address)
    SELECT id, at, company, actor, subject, kind, event, address FROM old_history;
CREATE INDEX history_by_at ON history (at);
CREATE INDEX history_by_subject ON history (subject, at);
CREATE INDEX history_by_actor ON history (actor, at);
CREATE INDEX history_by_company ON history (company, at, id);
CREATE INDEX history_by_company_kind ON history (company, kind, at, id);
CREATE INDEX history_by_company_subject ON history (company, subject, at);
CREATE INDEX history_by_company_actor ON history (company, actor, at);
CREATE INDEX history_with_address ON history (at) WHERE address IS NOT NULL;

INSERT INTO known_as (company, account, name, username, search_key)
    SELECT k.company, k.account, a.name, a.username, a.search_key
    FROM (SELECT company, account FROM membership UNION SELECT company, subject FROM history WHERE company IS NOT NULL AND subject IS NOT NULL) k
    JOIN account a ON a.id = k.account;

DROP TABLE old_history;
DROP TABLE old_letter;
DROP TABLE old_link_token;
DROP TABLE old_link;
