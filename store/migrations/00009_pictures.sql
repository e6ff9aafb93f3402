-- +goose Up
-- A picture is a small JPEG: it lives in the data, so that a backup holds it.
CREATE TABLE pictures (
  sku_id BYTEA PRIMARY KEY REFERENCES skus (id),
  jpeg BYTEA NOT NULL CHECK (length(jpeg) > 0 AND length(jpeg) <= 61440),
  width BIGINT NOT NULL CHECK (width > 0 AND width <= 480),
  height BIGINT NOT NULL CHECK (height > 0 AND height <= 480),
  sha256 TEXT NOT NULL,
  at_ms BIGINT NOT NULL
);
