-- What somebody filled in without JavaScript and is too long for a cookie, until their page is there again. Forgotten after a minute.
CREATE TABLE returned (
    token_hash BYTEA PRIMARY KEY,
    account    UUID NOT NULL REFERENCES account (id),
    content    TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX returned_by_account ON returned (account);
CREATE INDEX returned_by_age ON returned (created_at);
