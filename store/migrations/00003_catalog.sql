-- +goose Up
CREATE TABLE shops (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  channel TEXT NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  disabled BOOLEAN NOT NULL
);

CREATE TABLE products (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  code TEXT NOT NULL,
  code_key TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  brand TEXT NOT NULL,
  category TEXT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0)
);

CREATE TABLE skus (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  product_id BYTEA NOT NULL REFERENCES products (id),
  code TEXT NOT NULL,
  code_key TEXT NOT NULL UNIQUE,
  spec TEXT NOT NULL,
  price_fen BIGINT NOT NULL CHECK (price_fen >= 0),
  weight_g BIGINT NOT NULL CHECK (weight_g >= 0),
  bin TEXT NOT NULL,
  kit BOOLEAN NOT NULL,
  disabled BOOLEAN NOT NULL,
  search TEXT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0)
);
CREATE INDEX skus_product ON skus (product_id);

CREATE TABLE barcodes (
  code_key TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  sku_id BYTEA NOT NULL REFERENCES skus (id),
  pack_qty BIGINT NOT NULL CHECK (pack_qty > 0)
);
CREATE INDEX barcodes_sku ON barcodes (sku_id);

CREATE TABLE kit_parts (
  kit_id BYTEA NOT NULL REFERENCES skus (id),
  part_id BYTEA NOT NULL REFERENCES skus (id),
  qty BIGINT NOT NULL CHECK (qty > 0),
  PRIMARY KEY (kit_id, part_id),
  CHECK (kit_id <> part_id)
);
CREATE INDEX kit_parts_part ON kit_parts (part_id);

CREATE TABLE channel_codes (
  channel TEXT NOT NULL,
  code_key TEXT NOT NULL,
  code TEXT NOT NULL,
  sku_id BYTEA NOT NULL REFERENCES skus (id),
  qty BIGINT NOT NULL CHECK (qty > 0),
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (channel, code_key)
);
CREATE INDEX channel_codes_sku ON channel_codes (sku_id);

CREATE TABLE customers (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  channel TEXT NOT NULL,
  buyer_key TEXT NOT NULL,
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  province TEXT NOT NULL,
  city TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  orders BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  UNIQUE (channel, buyer_key)
);
CREATE INDEX customers_last ON customers (last_day, id);
