-- One text for SQLite and PostgreSQL. Moments are milliseconds since 1970 (UTC). Keys that sort or are searched are folded by
-- `shared::fields::folded` and compared by their bytes ("C": PostgreSQL's own, registered on every SQLite connection), so that both
-- databases agree.

CREATE TABLE company (
    number            BIGINT PRIMARY KEY,
    name              TEXT NOT NULL,
    kvk               TEXT NOT NULL,
    contact_name      TEXT NOT NULL DEFAULT '',
    contact_email     TEXT NOT NULL DEFAULT '',
    contact_phone     TEXT NOT NULL DEFAULT '',
    account_manager   TEXT NOT NULL DEFAULT '',
    self_registration BOOLEAN NOT NULL,
    created_at        BIGINT NOT NULL
);

-- A domain may stand at several companies: those are each other's departments.
CREATE TABLE company_domain (
    company BIGINT NOT NULL REFERENCES company (number),
    domain  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (company, domain)
);
CREATE INDEX company_domain_by_domain ON company_domain (domain);

CREATE TABLE account (
    id            UUID PRIMARY KEY,
    username      TEXT COLLATE "C" NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    -- folded name, a line break, folded username: what the search looks through
    search_key    TEXT COLLATE "C" NOT NULL,
    name_key      TEXT COLLATE "C" NOT NULL,
    phone         TEXT,
    country       TEXT,
    language      TEXT NOT NULL,
    staff         BOOLEAN NOT NULL,
    -- NULL until the registration is complete
    password_hash TEXT,
    registered_at BIGINT,
    -- what the Users page shows; sign_in_guard decides
    locked_until  BIGINT,
    last_company  BIGINT REFERENCES company (number),
    created_at    BIGINT NOT NULL
);

CREATE TABLE membership (
    company                BIGINT NOT NULL REFERENCES company (number),
    account                UUID NOT NULL REFERENCES account (id),
    role                   TEXT NOT NULL CHECK (role IN ('user', 'administrator')),
    state                  TEXT NOT NULL CHECK (state IN ('invited', 'awaiting_approval', 'active')),
    -- when the link that completes the registration ends; only for 'invited'
    invited_until          BIGINT,
    blocked_at             BIGINT,
    mail_to_administrators BOOLEAN NOT NULL,
    created_at             BIGINT NOT NULL,
    PRIMARY KEY (company, account),
    CHECK ((state = 'invited') = (invited_until IS NOT NULL))
);
CREATE INDEX membership_by_account ON membership (account);

-- A3: wrong passwords are counted by a hash of what was typed, whether or not somebody has that username.
CREATE TABLE sign_in_guard (
    username_hash BYTEA PRIMARY KEY,
    failures      BIGINT NOT NULL,
    locked_until  BIGINT,
    last_at       BIGINT NOT NULL
);
CREATE INDEX sign_in_guard_by_last_at ON sign_in_guard (last_at);

CREATE TABLE session (
    token_hash BYTEA PRIMARY KEY,
    account    UUID NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    address    TEXT NOT NULL,
    agent      TEXT NOT NULL
);
CREATE INDEX session_by_account ON session (account);
CREATE INDEX session_by_ends_at ON session (ends_at);

-- A5: a link in a mail. Sending it again raises the generation; the tokens of earlier generations are kept to say "replaced".
CREATE TABLE link (
    id         UUID PRIMARY KEY,
    purpose    TEXT NOT NULL,
    account    UUID NOT NULL REFERENCES account (id),
    company    BIGINT REFERENCES company (number),
    generation BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX link_by_bearer ON link (account, purpose, COALESCE(company, 0));

CREATE TABLE link_token (
    token_hash BYTEA PRIMARY KEY,
    link       UUID NOT NULL REFERENCES link (id),
    generation BIGINT NOT NULL
);

-- Letters wait here from the deed's transaction on. No token, no link: the row names the link and its generation.
CREATE TABLE letter (
    id              UUID PRIMARY KEY,
    kind            TEXT NOT NULL,
    company         BIGINT REFERENCES company (number),
    -- whom it is about, and who gets it
    subject_account UUID NOT NULL REFERENCES account (id),
    recipient       UUID NOT NULL REFERENCES account (id),
    link            UUID REFERENCES link (id),
    link_generation BIGINT,
    -- 'dropped': its link was used or replaced before it could be sent
    state           TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'dropped')),
    attempts        BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    claimed_until   BIGINT,
    error           TEXT,
    created_at      BIGINT NOT NULL,
    sent_at         BIGINT
);
CREATE INDEX letter_by_turn ON letter (state, next_attempt_at);
CREATE INDEX letter_by_subject ON letter (subject_account, kind, created_at);

-- H1
CREATE TABLE history (
    id      UUID PRIMARY KEY,
    at      BIGINT NOT NULL,
    company BIGINT REFERENCES company (number),
    -- NULL: the system, or somebody who was not signed in
    actor   UUID REFERENCES account (id),
    subject UUID NOT NULL REFERENCES account (id),
    kind    TEXT NOT NULL,
    event   TEXT NOT NULL,
    address TEXT
);
CREATE INDEX history_by_company ON history (company, at);
CREATE INDEX history_by_subject ON history (subject, at);

-- What /dev/mail shows; nothing is written here outside development.
CREATE TABLE dev_mail (
    id         UUID PRIMARY KEY,
    recipient  TEXT NOT NULL,
    subject    TEXT NOT NULL,
    text       TEXT NOT NULL,
    html       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
