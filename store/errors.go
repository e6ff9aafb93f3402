package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"os"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"zhanggui/app/fault"
)

// appendOnly is the text of the triggers of 00007_append_only: the one place
// where an error is told by its text, because triggers share one code.
const appendOnly = "append-only"

// isFault tells whether err is translated already.
func isFault(err error) bool {
	var f *fault.Error
	return errors.As(err, &f)
}

// common translates what is alike for both engines; done is false when the
// driver's code decides.
func common(err error) (mapped error, done bool) {
	switch {
	case err == nil:
		return nil, true
	case isFault(err):
		return fault.From(err), true
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.From(err), true
	case errors.Is(err, sql.ErrNoRows):
		return fault.New(fault.NotFound, "fault.not_found").Because(err), true
	}
	return nil, false
}

// The primary result codes of SQLite that mean something to us, and the
// extended ones of broken constraints (https://www.sqlite.org/rescode.html).
const (
	liteBusy, liteLocked, liteNoMemory, liteReadOnly   = 5, 6, 7, 8
	liteInterrupt, liteIO, liteCorrupt, liteFull       = 9, 10, 11, 13
	liteCannotOpen, liteProtocol, liteTooBig, liteAuth = 14, 15, 18, 23
	liteNotDatabase                                    = 26
	liteCheck, liteForeignKey, liteNotNull             = 275, 787, 1299
	litePrimaryKey, liteTrigger, liteUnique            = 1555, 1811, 2067
	liteRowID, liteDataType, liteShortRead             = 2579, 3091, 522
)

// fault translates an error of the SQLite driver or of the file system.
func (e *sqliteEngine) fault(err error) error {
	if mapped, done := common(err); done {
		return mapped
	}
	var le *sqlite.Error
	if !errors.As(err, &le) {
		return e.systemFault(err)
	}
	code := le.Code()
	if f := constraintFault(code, le.Error()); f != nil {
		return f.Because(err)
	}
	switch code & 0xff {
	case liteBusy, liteLocked, liteProtocol:
		return fault.New(fault.Busy, "fault.busy").Because(err)
	case liteInterrupt:
		return fault.New(fault.Cancelled, "fault.cancelled").Because(err)
	case liteReadOnly:
		return fault.New(fault.Unavailable, "fault.store.read_only", "file", e.path).Because(err)
	case liteCorrupt:
		return e.damaged(err)
	case liteNotDatabase:
		return fault.New(fault.Unavailable, "fault.store.not_database", "file", e.path).Because(err)
	case liteFull:
		return e.diskFull(err)
	case liteIO:
		if code == liteShortRead {
			return e.damaged(err)
		}
		return fault.New(fault.Unavailable, "fault.store.io", "file", e.path, "code", code).Because(err)
	case liteCannotOpen, liteAuth:
		return fault.New(fault.Unavailable, "fault.store.cannot_open", "file", e.path).Because(err)
	case liteNoMemory:
		return fault.New(fault.Unavailable, "fault.store.memory").Because(err)
	case liteTooBig:
		return fault.New(fault.Limit, "fault.store.too_big").Because(err)
	}
	return fault.From(err)
}

// constraintFault tells broken constraints apart by SQLite's extended code.
func constraintFault(code int, text string) *fault.Error {
	switch code {
	case liteUnique, litePrimaryKey, liteRowID:
		return fault.New(fault.Conflict, "fault.store.exists")
	case liteCheck:
		return fault.New(fault.Conflict, "fault.store.rule")
	case liteTrigger:
		if strings.Contains(text, appendOnly) {
			return fault.New(fault.Conflict, "fault.store.append_only")
		}
		return fault.New(fault.Conflict, "fault.store.rule")
	case liteForeignKey:
		return fault.New(fault.Invalid, "fault.store.reference")
	case liteNotNull, liteDataType:
		return fault.New(fault.Internal, "fault.store.value")
	}
	return nil
}

// systemFault translates what the file system says.
func (e *sqliteEngine) systemFault(err error) error {
	switch {
	case isDiskFull(err):
		return e.diskFull(err)
	case errors.Is(err, os.ErrPermission), isReadOnlySystem(err):
		return fault.New(fault.Unavailable, "fault.store.read_only", "file", e.path).Because(err)
	case errors.Is(err, os.ErrNotExist):
		return fault.New(fault.Unavailable, "fault.store.missing", "file", e.path).Because(err)
	case errors.Is(err, sql.ErrConnDone), errors.Is(err, driver.ErrBadConn):
		return fault.New(fault.Unavailable, "fault.store.closed").Because(err)
	}
	return fault.From(err)
}

// damaged says that the file is broken, and names the newest backup.
func (e *sqliteEngine) damaged(cause error) error {
	if b, ok := LastBackup(e.backupFolder(), e.path); ok {
		return fault.New(fault.Unavailable, "fault.store.damaged", "file", e.path, "backup", b.Path, "at", b.At.Minute()).Because(cause)
	}
	return fault.New(fault.Unavailable, "fault.store.damaged_no_backup", "file", e.path).Because(cause)
}

// workingMB is the free space that ordinary work wants: the write-ahead log
// grows to 64 MB at most, and temporary pages come on top.
const workingMB = 100

func (e *sqliteEngine) diskFull(cause error) error {
	return fullFault(e.folder(), workingMB, cause)
}

// fullFault says how much space a folder has left and how much is needed.
func fullFault(folder string, neededMB int64, cause error) *fault.Error {
	return fault.New(fault.Unavailable, "fault.store.disk_full", "folder", folder, "free", freeMB(folder), "needed", neededMB).Because(cause)
}

// fault translates an error of the PostgreSQL driver or of the network.
func (e *postgresEngine) fault(err error) error {
	if mapped, done := common(err); done {
		return mapped
	}
	var pe *pgconn.PgError
	if errors.As(err, &pe) {
		return e.serverFault(pe, err)
	}
	var ce *pgconn.ConnectError
	var ne net.Error
	if errors.As(err, &ce) || errors.As(err, &ne) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || pgconn.SafeToRetry(err) || errors.Is(err, net.ErrClosed) {
		return fault.New(fault.Unavailable, "fault.store.offline", "place", e.place()).Because(err)
	}
	return fault.From(err)
}

// serverFault translates by SQLSTATE
// (https://www.postgresql.org/docs/current/errcodes-appendix.html).
func (e *postgresEngine) serverFault(pe *pgconn.PgError, err error) error {
	switch pe.Code {
	case "40001", "40P01", "55P03":
		return fault.New(fault.Busy, "fault.busy").Because(err)
	case "23505":
		return fault.New(fault.Conflict, "fault.store.exists").Because(err)
	case "23514":
		if pe.Message == appendOnly {
			return fault.New(fault.Conflict, "fault.store.append_only").Because(err)
		}
		return fault.New(fault.Conflict, "fault.store.rule").Because(err)
	case "23503":
		return fault.New(fault.Invalid, "fault.store.reference").Because(err)
	case "57014":
		return fault.New(fault.Cancelled, "fault.cancelled").Because(err)
	case "25006", "42501":
		return fault.New(fault.Unavailable, "fault.store.server_read_only", "place", e.place()).Because(err)
	case "53100":
		return fault.New(fault.Unavailable, "fault.store.server_full", "place", e.place()).Because(err)
	case "28P01", "28000":
		return fault.New(fault.Unavailable, "fault.store.login", "place", e.place()).Because(err)
	case "3D000":
		return fault.New(fault.Unavailable, "fault.store.no_database", "place", e.place()).Because(err)
	}
	switch {
	case strings.HasPrefix(pe.Code, "XX"):
		return fault.New(fault.Unavailable, "fault.store.server_damaged", "place", e.place()).Because(err)
	case strings.HasPrefix(pe.Code, "08"), strings.HasPrefix(pe.Code, "57P"), strings.HasPrefix(pe.Code, "53"):
		return fault.New(fault.Unavailable, "fault.store.offline", "place", e.place()).Because(err)
	case strings.HasPrefix(pe.Code, "22"), strings.HasPrefix(pe.Code, "23"):
		return fault.New(fault.Internal, "fault.store.value").Because(err)
	}
	return fault.From(err)
}
