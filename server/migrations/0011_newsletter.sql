-- P5: what somebody saves or sends is what they saw. A moment would not do: two can save within one second.
ALTER TABLE newsletter ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
