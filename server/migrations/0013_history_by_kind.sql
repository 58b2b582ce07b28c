-- The provider's staff read everybody's history, also by kind (H1), in the order in which it was written.
DROP INDEX history_by_at;
CREATE INDEX history_by_at ON history (at, id);
CREATE INDEX history_by_kind ON history (kind, at, id);
