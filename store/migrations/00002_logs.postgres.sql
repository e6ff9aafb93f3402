-- +goose Up
CREATE TABLE audit_log (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at_ms BIGINT NOT NULL,
  actor_id BYTEA,
  actor TEXT NOT NULL,
  role TEXT NOT NULL,
  action TEXT NOT NULL,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  msg TEXT NOT NULL,
  args TEXT NOT NULL,
  before_json TEXT NOT NULL,
  after_json TEXT NOT NULL,
  desk TEXT NOT NULL,
  version TEXT NOT NULL
);
CREATE INDEX audit_entity ON audit_log (entity, entity_id, seq);

CREATE TABLE audit_seals (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at_ms BIGINT NOT NULL,
  heads TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);

CREATE TABLE changes (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  process TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  topic TEXT NOT NULL,
  refs TEXT NOT NULL
);

CREATE TABLE processes (
  process TEXT PRIMARY KEY,
  desk TEXT NOT NULL,
  person TEXT NOT NULL,
  pid BIGINT NOT NULL,
  since_ms BIGINT NOT NULL,
  seen_ms BIGINT NOT NULL
);
