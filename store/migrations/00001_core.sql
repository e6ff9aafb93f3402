-- +goose Up
-- People, settings, logs and seals. On SQLite the reader turns BIGINT and BOOLEAN into
-- INTEGER, BYTEA into BLOB and adds STRICT to every table (store/migrate.go).

CREATE TABLE staff (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  name TEXT NOT NULL UNIQUE CHECK (length(name) > 0),
  role TEXT NOT NULL CHECK (role IN ('supervisor','service','warehouse','finance','promotion')),
  pin_hash TEXT NOT NULL,
  disabled BOOLEAN NOT NULL,
  grants TEXT NOT NULL,
  failures BIGINT NOT NULL CHECK (failures >= 0),
  locked_until_ms BIGINT NOT NULL,
  failed_at_ms BIGINT NOT NULL,
  prefs TEXT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0)
);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE tasks (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  kind TEXT NOT NULL,
  ref_kind TEXT NOT NULL,
  ref_id TEXT NOT NULL,
  number TEXT NOT NULL,
  role TEXT NOT NULL,
  due_ms BIGINT NOT NULL,
  made_ms BIGINT NOT NULL,
  done_ms BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  args TEXT NOT NULL,
  done_by TEXT NOT NULL
);
CREATE INDEX tasks_open ON tasks (done_ms, due_ms);
CREATE INDEX tasks_ref ON tasks (ref_kind, ref_id);
