-- +goose Up
CREATE TABLE audit_log (
  seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  actor_id BLOB,
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
) STRICT;
CREATE INDEX audit_entity ON audit_log (entity, entity_id, seq);

CREATE TABLE audit_seals (
  seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  heads TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE changes (
  seq INTEGER PRIMARY KEY,
  process TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  topic TEXT NOT NULL,
  refs TEXT NOT NULL
) STRICT;

CREATE TABLE processes (
  process TEXT PRIMARY KEY,
  desk TEXT NOT NULL,
  person TEXT NOT NULL,
  pid INTEGER NOT NULL,
  since_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL
) STRICT;
