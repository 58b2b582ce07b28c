-- My profile: moving to another company, newsletters, and accounts that were deleted.

-- U6: who asked for what a link confirms.
ALTER TABLE link ADD COLUMN asked_by UUID REFERENCES account (id);

-- P5: since when somebody gets newsletters.
ALTER TABLE account ADD COLUMN subscribed_at BIGINT;
CREATE INDEX account_subscribed ON account (id) WHERE subscribed_at IS NOT NULL;

-- P6: such an account is a number that history refers to, and nothing else.
ALTER TABLE account ADD COLUMN deleted_at BIGINT;

CREATE TABLE newsletter (
    id          UUID PRIMARY KEY,
    subject_en  TEXT NOT NULL,
    -- Markdown
    text_en     TEXT NOT NULL,
    subject_nl  TEXT NOT NULL,
    text_nl     TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL,
    sent_at     BIGINT,
    -- how many there were as it was sent
    subscribers BIGINT,
    CHECK ((sent_at IS NULL) = (subscribers IS NULL))
);
CREATE INDEX newsletter_by_age ON newsletter (created_at);

-- The newsletter that a letter brings; nobody gets it twice.
ALTER TABLE letter ADD COLUMN newsletter UUID REFERENCES newsletter (id);
CREATE INDEX letter_by_newsletter ON letter (newsletter, subject_account, state, sent_at) WHERE newsletter IS NOT NULL;
-- Who got a newsletter stays visible.
DROP INDEX letter_by_age;
CREATE INDEX letter_by_age ON letter (created_at) WHERE newsletter IS NULL;
CREATE UNIQUE INDEX letter_of_newsletter ON letter (newsletter, subject_account, recipient) WHERE newsletter IS NOT NULL AND state <> 'dropped';
