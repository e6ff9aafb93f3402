-- +goose Up
-- The append-only ledgers. Their rows are numbered by the database (seq), because
-- their order must never depend on a clock.
CREATE TABLE stock_moves (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  warehouse TEXT NOT NULL,
  sku_id BYTEA NOT NULL REFERENCES skus (id),
  at_ms BIGINT NOT NULL,
  biz_day TEXT NOT NULL,
  reason TEXT NOT NULL,
  qty BIGINT NOT NULL,
  value_fen BIGINT NOT NULL,
  balance_qty BIGINT NOT NULL,
  balance_fen BIGINT NOT NULL,
  unsaleable BIGINT NOT NULL,
  ref_kind TEXT NOT NULL,
  ref_id TEXT NOT NULL,
  number TEXT NOT NULL,
  line_id BYTEA,
  note TEXT NOT NULL,
  actor_id BYTEA,
  actor TEXT NOT NULL,
  reverses_seq BIGINT NOT NULL
);
CREATE INDEX stock_moves_sku ON stock_moves (sku_id, warehouse, biz_day, seq);
CREATE INDEX stock_moves_ref ON stock_moves (ref_id, seq);

CREATE TABLE journal_entries (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at_ms BIGINT NOT NULL,
  biz_day TEXT NOT NULL,
  kind TEXT NOT NULL,
  ref_kind TEXT NOT NULL,
  ref_id TEXT NOT NULL,
  number TEXT NOT NULL,
  reverses_seq BIGINT NOT NULL,
  actor_id BYTEA,
  actor TEXT NOT NULL
);
CREATE INDEX journal_entries_ref ON journal_entries (ref_id);
CREATE INDEX journal_entries_number ON journal_entries (number);
CREATE UNIQUE INDEX journal_entries_reverses ON journal_entries (reverses_seq) WHERE reverses_seq <> 0;

CREATE TABLE postings (
  entry_seq BIGINT NOT NULL REFERENCES journal_entries (seq),
  no BIGINT NOT NULL,
  biz_day TEXT NOT NULL,
  account TEXT NOT NULL,
  channel TEXT NOT NULL,
  shop_id BYTEA,
  sku_id BYTEA,
  qty BIGINT NOT NULL,
  amount_fen BIGINT NOT NULL,
  PRIMARY KEY (entry_seq, no)
);
CREATE INDEX postings_account ON postings (account, biz_day, amount_fen);

CREATE TABLE shipment_events (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parcel_id BYTEA NOT NULL REFERENCES parcels (id),
  at_ms BIGINT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  actor TEXT NOT NULL
);
CREATE INDEX shipment_events_parcel ON shipment_events (parcel_id, seq);

CREATE TABLE imports (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  kind TEXT NOT NULL,
  layout TEXT NOT NULL,
  channel TEXT NOT NULL,
  shop_id BYTEA,
  encoding TEXT NOT NULL,
  header_row BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running','done','undone','partial')),
  at_ms BIGINT NOT NULL,
  done_ms BIGINT NOT NULL,
  actor TEXT NOT NULL,
  n_new BIGINT NOT NULL,
  n_changed BIGINT NOT NULL,
  n_same BIGINT NOT NULL,
  n_conflict BIGINT NOT NULL,
  n_rejected BIGINT NOT NULL,
  chunks BIGINT NOT NULL,
  totals TEXT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0)
);
CREATE INDEX imports_sha ON imports (sha256);
CREATE INDEX imports_at ON imports (at_ms);

CREATE TABLE import_rows (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  import_id BYTEA NOT NULL REFERENCES imports (id),
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
);
CREATE INDEX import_rows_import ON import_rows (import_id, seq);
CREATE INDEX import_rows_ref ON import_rows (ref_id);

CREATE TABLE mappings (
  name TEXT PRIMARY KEY,
  header_key TEXT NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE contradictions (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id BYTEA NOT NULL REFERENCES orders (id),
  import_id BYTEA,
  at_ms BIGINT NOT NULL,
  fact TEXT NOT NULL,
  ours TEXT NOT NULL,
  theirs TEXT NOT NULL,
  resolved_ms BIGINT NOT NULL
);
CREATE INDEX contradictions_order ON contradictions (order_id, resolved_ms);
