package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"

	"zhanggui/app/fault"
)

// applicationID marks the file as ours in its header: "ZGUI".
const applicationID = 0x5A475549

// fileState is what a look at the file found, before anything is written.
type fileState struct {
	exists  bool // there is something in it
	log     bool // a write-ahead log with rows lies beside it
	version int64
	unclean bool // the last process of this computer did not close it

	identity string
}

// openSQLite checks the place and the file, migrates it when that is needed,
// and opens its connections.
func openSQLite(ctx context.Context, dsn string, opt Options) (engine, []string, bool, error) {
	path, err := filepath.Abs(dsn)
	if err != nil {
		return nil, nil, false, fault.New(fault.Unavailable, "fault.store.cannot_open", "file", dsn).Because(err)
	}
	e := &sqliteEngine{path: path, opt: opt}
	notes, state, err := e.open(ctx)
	if err != nil {
		_ = e.close() // the first error is the one to tell
		return nil, nil, false, e.fault(err)
	}
	return e, notes, state.unclean, nil
}

func (e *sqliteEngine) open(ctx context.Context) ([]string, fileState, error) {
	notes, err := checkPlace(e.path, fileSystem)
	if err != nil {
		return nil, fileState{}, err
	}
	e.rollBack(ctx)
	state, err := e.look(ctx)
	if err != nil {
		return nil, state, err
	}
	if e.opt.ReadOnly {
		if !state.exists {
			return nil, state, fault.New(fault.Unavailable, "fault.store.missing", "file", e.path)
		}
		return notes, state, e.connectReadOnly(ctx, state)
	}
	if err := checkWritable(e.path, state.exists); err != nil {
		return nil, state, err
	}
	if err := e.bringUp(ctx, state); err != nil {
		return nil, state, err
	}
	return notes, state, e.connect(ctx, false)
}

// rollBack lets SQLite take back what a process was killed in while the file
// still had a rollback journal: at its making, or before it was first turned to
// a write-ahead log. Readers cannot do it, and without it they read half a
// change or nothing. What goes wrong here, look says better.
func (e *sqliteEngine) rollBack(ctx context.Context) {
	st, err := os.Stat(e.path + "-journal")
	if err != nil || st.Size() == 0 || e.opt.ReadOnly || checkWritable(e.path, true) != nil {
		return
	}
	q := pragmas(e.opt.NoSync)
	q.Set("mode", "rw")
	db, err := sql.Open("sqlite", sqliteURI(e.path, q))
	if err != nil {
		return
	}
	defer db.Close()
	var n int64
	_ = db.QueryRowContext(ctx, `SELECT COUNT(name) FROM sqlite_master`).Scan(&n) // reading is what rolls back
}

// connectReadOnly opens the readers alone. On a medium where no side file can
// be made, a file without a write-ahead log is read as a frozen one.
func (e *sqliteEngine) connectReadOnly(ctx context.Context, state fileState) error {
	frozen := !state.log && checkWritable(e.path, true) != nil
	return e.connect(ctx, frozen)
}

// bringUp makes a new file ours, or backs an old one up, and migrates it.
func (e *sqliteEngine) bringUp(ctx context.Context, state fileState) error {
	if state.exists && state.version < headVersion() {
		if err := e.backupBefore(ctx, headVersion()); err != nil {
			return err
		}
	}
	var err error
	if e.writers, err = sql.Open("sqlite", writerURI(e.path, e.opt)); err != nil {
		return err
	}
	e.writers.SetMaxOpenConns(1)
	if state.exists && state.version == headVersion() {
		return e.nameFile(ctx, state)
	}
	if !state.exists {
		if _, err := e.writers.ExecContext(ctx, "PRAGMA application_id = 1514624329"); err != nil && !fault.Is(e.fault(err), fault.Busy) {
			return err // busy: another process is making the same file just now
		}
	}
	if err := migrateSQLite(ctx, e); err != nil {
		return err
	}
	return e.nameFile(ctx, state)
}

// identity is the setting that names the file for ever. SQLite would replay a
// write-ahead log that belongs to another file without a murmur; with a name in
// the file itself and one in what the log shows, the mix-up can be seen.
const identity = innerSettings + "identity"

// nameFile gives a file its name once, and makes sure that it stands in the
// file and not only in the log.
func (e *sqliteEngine) nameFile(ctx context.Context, state fileState) error {
	if state.identity != "" {
		return nil
	}
	_, err := e.writers.ExecContext(ctx, `INSERT INTO settings (name, value) VALUES ($1, lower(hex(randomblob(16)))) ON CONFLICT (name) DO NOTHING`, identity)
	if err != nil {
		return err
	}
	_, err = e.writers.ExecContext(ctx, `PRAGMA wal_checkpoint(PASSIVE)`)
	return err
}

// readIdentity reads the file's name, "" when it has none or none can be read.
func readIdentity(ctx context.Context, db *sql.DB) string {
	var name string
	if db.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = $1`, identity).Scan(&name) != nil {
		return ""
	}
	return name
}

// checkLog refuses a write-ahead log whose pages belong to another file.
func (e *sqliteEngine) checkLog(ctx context.Context, withLog string) error {
	alone, err := sql.Open("sqlite", readerURI(e.path, true))
	if err != nil {
		return err
	}
	defer alone.Close()
	if name := readIdentity(ctx, alone); name != "" && withLog != "" && name != withLog {
		return fault.New(fault.Unavailable, "fault.store.wrong_log", "file", e.path, "log", e.path+"-wal")
	}
	return nil
}

// look examines the file without changing a byte of it.
func (e *sqliteEngine) look(ctx context.Context) (fileState, error) {
	var state fileState
	st, err := os.Stat(e.path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return state, nil
	case err != nil:
		return state, err
	case st.IsDir():
		return state, fault.New(fault.Unavailable, "fault.store.is_folder", "file", e.path)
	case st.Size() == 0:
		return state, nil // somebody made an empty file: as good as none
	}
	state.exists = true
	if wal, err := os.Stat(e.path + "-wal"); err == nil {
		state.log = wal.Size() > 0
	}
	if err := e.checkHeader(st.Size(), state.log); err != nil {
		return state, err
	}
	return state, e.lookInside(ctx, &state)
}

// checkHeader reads the first 100 bytes: is it SQLite's, and is the file as
// long as it says (https://www.sqlite.org/fileformat2.html#the_database_header)?
func (e *sqliteEngine) checkHeader(size int64, log bool) error {
	notOurs := fault.New(fault.Unavailable, "fault.store.not_database", "file", e.path)
	f, err := os.Open(e.path)
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, 100)
	if _, err := io.ReadFull(f, head); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return notOurs
		}
		return err
	}
	if string(head[:16]) != "SQLite format 3\x00" {
		return notOurs
	}
	page := int64(binary.BigEndian.Uint16(head[16:]))
	if page == 1 {
		page = 65536
	}
	pages := int64(binary.BigEndian.Uint32(head[28:]))
	counted := binary.BigEndian.Uint32(head[24:]) == binary.BigEndian.Uint32(head[92:])
	if counted && !log && size < page*pages {
		return e.damaged(errors.New("store: file shorter than its header says"))
	}
	return nil
}

// lookInside reads version and owner, and after an unclean exit checks every page;
// those of a large file the check that follows in the background.
func (e *sqliteEngine) lookInside(ctx context.Context, state *fileState) error {
	db, err := sql.Open("sqlite", readerURI(e.path, !state.log))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var tables, owner int64
	if err := db.QueryRowContext(ctx, `SELECT COUNT(name) FROM sqlite_master WHERE type = 'table'`).Scan(&tables); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&owner); err != nil {
		return err
	}
	if tables == 0 {
		state.exists = false // made, but nothing in it yet
		return nil
	}
	if state.version, err = fileVersion(ctx, db); err != nil {
		return err
	}
	if owner != 0 && owner != applicationID {
		state.version = -1
	}
	if err := checkVersion(e.path, state.version, true, e.opt.ReadOnly); err != nil {
		return err
	}
	state.identity = readIdentity(ctx, db)
	if state.log {
		if err := e.checkLog(ctx, state.identity); err != nil {
			return err
		}
	}
	if state.unclean, err = e.leftBehind(ctx, db, state.log); err != nil || !state.unclean {
		return err
	}
	if e.larger(e.opt.ExamineUpTo) {
		e.unexamined = true
		return nil
	}
	return e.quickCheck(ctx, db)
}

// larger tells whether the file is larger than so many bytes.
func (e *sqliteEngine) larger(bytes int64) bool {
	st, err := os.Stat(e.path)
	return err == nil && st.Size() > bytes // what cannot be asked is examined
}

// leftBehind tells whether the file was not closed: a process of this computer
// is still registered but no longer runs, or a log lies there that nobody is writing.
func (e *sqliteEngine) leftBehind(ctx context.Context, db *sql.DB, log bool) (bool, error) {
	dead, running, err := e.registered(ctx, db)
	return dead || (log && !running), err
}

// registered tells whether the file lists processes that are gone, and others
// that seem to run.
func (e *sqliteEngine) registered(ctx context.Context, db *sql.DB) (dead, running bool, err error) {
	var n int64
	if err := db.QueryRowContext(ctx, `SELECT COUNT(name) FROM sqlite_master WHERE type = 'table' AND name = 'processes'`).Scan(&n); err != nil || n == 0 {
		return false, false, err
	}
	rows, err := db.QueryContext(ctx, `SELECT desk, pid, seen_ms FROM processes`)
	if err != nil {
		return false, false, err
	}
	for rows.Next() {
		var desk string
		var pid int
		var seen int64
		if err := rows.Scan(&desk, &pid, &seen); err != nil {
			return false, false, errors.Join(err, rows.Close())
		}
		ended := silent(e.opt, seen) // on another computer, before the file came here
		if desk == e.opt.Desk {
			ended = gone(e.opt, pid, seen)
		}
		dead, running = dead || ended, running || !ended
	}
	return dead, running, errors.Join(rows.Err(), rows.Close())
}

// quickCheck has SQLite examine every page.
func (e *sqliteEngine) quickCheck(ctx context.Context, db *sql.DB) error {
	var verdict string
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return e.damaged(errors.New("store: quick_check: " + verdict))
	}
	return nil
}
