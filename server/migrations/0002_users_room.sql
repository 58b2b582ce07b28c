-- Sessions can be named (A7: end one of them), links withdrawn (A6).

-- Whoever was signed in signs in again.
DROP TABLE session;
CREATE TABLE session (
    token_hash BYTEA PRIMARY KEY,
    -- what its owner calls it by; never the token
    id         UUID NOT NULL UNIQUE,
    account    UUID NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    address    TEXT NOT NULL,
    agent      TEXT NOT NULL
);
CREATE INDEX session_by_account ON session (account);
CREATE INDEX session_by_ends_at ON session (ends_at);

ALTER TABLE link ADD COLUMN withdrawn_at BIGINT;

-- U6: whether a company has an administrator left.
CREATE INDEX membership_by_role ON membership (company, role);
CREATE INDEX history_by_at ON history (at);
CREATE INDEX history_by_actor ON history (actor, at);
