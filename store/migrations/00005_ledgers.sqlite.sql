-- +goose Up
-- The append-only ledgers. Their rows are numbered by the database (seq), because
-- their order must never depend on a clock.
CREATE TABLE stock_moves (
  seq INTEGER PRIMARY KEY,
  warehouse TEXT NOT NULL,
  sku_id BLOB NOT NULL REFERENCES skus (id),
  at_ms INTEGER NOT NULL,
  biz_day TEXT NOT NULL,
  reason TEXT NOT NULL,
  qty INTEGER NOT NULL,
  value_fen INTEGER NOT NULL,
  balance_qty INTEGER NOT NULL,
  balance_fen INTEGER NOT NULL,
  unsaleable INTEGER NOT NULL,
  ref_kind TEXT NOT NULL,
  ref_id TEXT NOT NULL,
  number TEXT NOT NULL,
  line_id BLOB,
  note TEXT NOT NULL,
  actor_id BLOB,
  actor TEXT NOT NULL,
  reverses_seq INTEGER NOT NULL
) STRICT;
CREATE INDEX stock_moves_sku ON stock_moves (sku_id, warehouse, biz_day, seq);
CREATE INDEX stock_moves_ref ON stock_moves (ref_id, seq);

CREATE TABLE journal_entries (
  seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  biz_day TEXT NOT NULL,
  kind TEXT NOT NULL,
  ref_kind TEXT NOT NULL,
  ref_id TEXT NOT NULL,
  number TEXT NOT NULL,
  reverses_seq INTEGER NOT NULL,
  actor_id BLOB,
  actor TEXT NOT NULL
) STRICT;
CREATE INDEX journal_entries_ref ON journal_entries (ref_id);
CREATE INDEX journal_entries_number ON journal_entries (number);
CREATE UNIQUE INDEX journal_entries_reverses ON journal_entries (reverses_seq) WHERE reverses_seq <> 0;

CREATE TABLE postings (
  entry_seq INTEGER NOT NULL REFERENCES journal_entries (seq),
  no INTEGER NOT NULL,
  biz_day TEXT NOT NULL,
  account TEXT NOT NULL,
  channel TEXT NOT NULL,
  shop_id BLOB,
  sku_id BLOB,
  qty INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  PRIMARY KEY (entry_seq, no)
) STRICT;
CREATE INDEX postings_account ON postings (account, biz_day, amount_fen);

CREATE TABLE shipment_events (
  seq INTEGER PRIMARY KEY,
  parcel_id BLOB NOT NULL REFERENCES parcels (id),
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  actor TEXT NOT NULL
) STRICT;
CREATE INDEX shipment_events_parcel ON shipment_events (parcel_id, seq);

CREATE TABLE imports (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  kind TEXT NOT NULL,
  layout TEXT NOT NULL,
  channel TEXT NOT NULL,
  shop_id BLOB,
  encoding TEXT NOT NULL,
  header_row INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running','done','undone','partial')),
  at_ms INTEGER NOT NULL,
  done_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  n_new INTEGER NOT NULL,
  n_changed INTEGER NOT NULL,
  n_same INTEGER NOT NULL,
  n_conflict INTEGER NOT NULL,
  n_rejected INTEGER NOT NULL,
  chunks INTEGER NOT NULL,
  totals TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT;
CREATE INDEX imports_sha ON imports (sha256);
CREATE INDEX imports_at ON imports (at_ms);

CREATE TABLE import_rows (
  seq INTEGER PRIMARY KEY,
  import_id BLOB NOT NULL REFERENCES imports (id),
  file_rows TEXT NOT NULL,
  result TEXT NOT NULL,
  ref_kind TEXT NOT NULL,
  ref_id TEXT NOT NULL,
  number TEXT NOT NULL,
  col TEXT NOT NULL,
  value TEXT NOT NULL,
  code TEXT NOT NULL,
  msg TEXT NOT NULL,
  args TEXT NOT NULL,
  before_json TEXT NOT NULL,
  after_json TEXT NOT NULL
) STRICT;
CREATE INDEX import_rows_import ON import_rows (import_id, seq);
CREATE INDEX import_rows_ref ON import_rows (ref_id);

CREATE TABLE mappings (
  name TEXT PRIMARY KEY,
  header_key TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE contradictions (
  seq INTEGER PRIMARY KEY,
  order_id BLOB NOT NULL REFERENCES orders (id),
  import_id BLOB,
  at_ms INTEGER NOT NULL,
  fact TEXT NOT NULL,
  ours TEXT NOT NULL,
  theirs TEXT NOT NULL,
  resolved_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX contradictions_order ON contradictions (order_id, resolved_ms);
