-- What the provider licenses, who may use it, and who asks.

-- O2: who stands behind a product, where that is not the provider.
CREATE TABLE supplier (
    id         UUID PRIMARY KEY,
    name       TEXT NOT NULL,
    name_key   TEXT COLLATE "C" NOT NULL UNIQUE,
    email      TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE product (
    id         UUID PRIMARY KEY,
    name       TEXT NOT NULL,
    name_key   TEXT COLLATE "C" NOT NULL UNIQUE,
    about      TEXT NOT NULL,
    supplier   UUID REFERENCES supplier (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX product_by_supplier ON product (supplier);

-- Numbered by us: the search of each database calls a document by a number.
CREATE TABLE document (
    id         BIGINT PRIMARY KEY,
    number     TEXT NOT NULL,
    -- `shared::documents::words` of the number: by which documents stand in order, and are the same
    number_key TEXT COLLATE "C" NOT NULL UNIQUE,
    title      TEXT NOT NULL,
    -- the words of number and title: what the search looks through (`documents::search`)
    words      TEXT COLLATE "C" NOT NULL,
    language   TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('current', 'withdrawn')),
    created_at BIGINT NOT NULL
);

CREATE TABLE product_document (
    product    UUID NOT NULL REFERENCES product (id),
    document   BIGINT NOT NULL REFERENCES document (id),
    -- the document's, so that a product's list comes in order
    number_key TEXT COLLATE "C" NOT NULL,
    -- R8: whoever asked for it is told then
    added_at   BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (product, document)
);
CREATE INDEX product_document_by_document ON product_document (document);
CREATE INDEX product_document_in_order ON product_document (product, number_key);

-- A file of documents that was looked at and not yet taken in. Forgotten after a day.
CREATE TABLE import (
    id         UUID PRIMARY KEY,
    product    UUID NOT NULL REFERENCES product (id),
    file       TEXT NOT NULL,
    content    TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    applied_at BIGINT
);
CREATE INDEX import_by_age ON import (created_at);

-- L1. One for each product: a company that goes on gets a later end.
CREATE TABLE licence (
    id                     UUID PRIMARY KEY,
    company                BIGINT NOT NULL REFERENCES company (number),
    product                UUID NOT NULL REFERENCES product (id),
    valid_from             BIGINT NOT NULL,
    -- the first moment in which it gives no access any more
    valid_until            BIGINT NOT NULL,
    -- NULL: no limit
    seats                  BIGINT,
    company_wide_permitted BOOLEAN NOT NULL,
    external               BOOLEAN NOT NULL,
    -- L3, an administrator's setting: since when, if it is
    company_wide_since     BIGINT,
    -- L4, the other one
    shown                  BOOLEAN NOT NULL,
    created_at             BIGINT NOT NULL,
    UNIQUE (company, product),
    CHECK (NOT (external AND company_wide_permitted))
);
CREATE INDEX licence_by_product ON licence (product);
CREATE INDEX licence_company_wide ON licence (company, valid_until) WHERE company_wide_since IS NOT NULL;

-- R1, R8: for a licence or for a document.
CREATE TABLE request (
    id         UUID PRIMARY KEY,
    company    BIGINT NOT NULL REFERENCES company (number),
    account    UUID NOT NULL REFERENCES account (id),
    licence    UUID REFERENCES licence (id),
    document   BIGINT REFERENCES document (id),
    reason     TEXT,
    state      TEXT NOT NULL CHECK (state IN ('open', 'forwarded', 'accepted', 'granted', 'declined', 'withdrawn', 'lapsed')),
    asked_at   BIGINT NOT NULL,
    -- when it came into its state
    since      BIGINT NOT NULL,
    -- R3: for history alone, and never for whoever asked
    decided_by UUID REFERENCES account (id),
    -- why it was declined
    answer     TEXT,
    -- R8: the collection that the document is to be in
    product    UUID REFERENCES product (id),
    -- R8: staff confirmed or refused it
    confirmed  BOOLEAN NOT NULL,
    CHECK ((licence IS NULL) <> (document IS NULL)),
    CHECK (state <> 'forwarded' OR product IS NOT NULL)
);
-- R4: one at a time.
CREATE UNIQUE INDEX request_once ON request (company, account, licence) WHERE state = 'open' AND licence IS NOT NULL;
CREATE UNIQUE INDEX request_once_for_document ON request (company, account, document)
    WHERE state IN ('open', 'forwarded') AND document IS NOT NULL;
CREATE INDEX request_open ON request (company, asked_at, id) WHERE state = 'open' OR state = 'forwarded';
CREATE INDEX request_done ON request (company, since, id) WHERE state <> 'open' AND state <> 'forwarded';
CREATE INDEX request_by_account ON request (account, company, since);
CREATE INDEX request_by_licence ON request (licence, state);
CREATE INDEX request_by_document ON request (document, asked_at);
CREATE INDEX request_forwarded ON request (since) WHERE state = 'forwarded';

-- A person's own use of a licence. Company-wide access has no row. It ends with the membership.
CREATE TABLE access (
    licence  UUID NOT NULL REFERENCES licence (id),
    account  UUID NOT NULL,
    company  BIGINT NOT NULL,
    way      TEXT NOT NULL CHECK (way IN ('given', 'requested', 'company_wide')),
    -- the request that was accepted
    request  UUID REFERENCES request (id),
    given_at BIGINT NOT NULL,
    PRIMARY KEY (licence, account),
    FOREIGN KEY (company, account) REFERENCES membership (company, account) ON DELETE CASCADE
);
CREATE INDEX access_by_person ON access (company, account);
CREATE INDEX access_by_request ON access (request) WHERE request IS NOT NULL;

-- R8: who opened what, for later reports.
CREATE TABLE opening (
    id       UUID PRIMARY KEY,
    document BIGINT NOT NULL REFERENCES document (id),
    licence  UUID NOT NULL REFERENCES licence (id),
    company  BIGINT NOT NULL REFERENCES company (number),
    account  UUID NOT NULL REFERENCES account (id),
    at       BIGINT NOT NULL
);
CREATE INDEX opening_by_company ON opening (company, at);
CREATE INDEX opening_by_person ON opening (account, document, at);

-- R8: *Text on the request form*.
ALTER TABLE company ADD COLUMN request_text TEXT NOT NULL DEFAULT '';

-- The request that a letter tells of.
ALTER TABLE letter ADD COLUMN request UUID REFERENCES request (id);
-- As `letter_by_sending` does for links: whoever gets it instead of somebody else may have got it already.
CREATE UNIQUE INDEX letter_about_request ON letter (request, kind, recipient, created_at) WHERE request IS NOT NULL AND state <> 'dropped';
