-- What stays of an account that was deleted, and what erasing one reads.

-- S6: who was blocked in a company as they deleted their account stays out of it. No address: an HMAC of it with the server's secret.
CREATE TABLE blocked_address (
    company      BIGINT NOT NULL REFERENCES company (number),
    address_hash BYTEA NOT NULL,
    since        BIGINT NOT NULL,
    PRIMARY KEY (company, address_hash)
);
CREATE INDEX blocked_address_by_age ON blocked_address (since);

-- P6: a link goes only if no letter names it, which is asked of every link.
CREATE INDEX letter_by_link ON letter (link) WHERE link IS NOT NULL;
