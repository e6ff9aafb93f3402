-- +goose Up
-- The third wall after the use cases and the repositories: a ledger row never changes.
CREATE TRIGGER audit_log_u BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_log_d BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_seals_u BEFORE UPDATE ON audit_seals BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_seals_d BEFORE DELETE ON audit_seals BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER stock_moves_u BEFORE UPDATE ON stock_moves BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER stock_moves_d BEFORE DELETE ON stock_moves BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER journal_entries_u BEFORE UPDATE ON journal_entries BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER journal_entries_d BEFORE DELETE ON journal_entries BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER postings_u BEFORE UPDATE ON postings BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER postings_d BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER import_rows_u BEFORE UPDATE ON import_rows BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER import_rows_d BEFORE DELETE ON import_rows BEGIN SELECT RAISE(ABORT, 'append-only'); END;
