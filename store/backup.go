package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/when"
)

// progress tells how far a long step is; it may be nil.
type progress func(done, total int)

func (p progress) say(done, total int) {
	if p != nil {
		p(done, total)
	}
}

// backupEnd ends the name of every backup, infoEnd that of the note beside it.
const (
	backupEnd = ".zgbackup"
	infoEnd   = ".json"
)

// backupSteps are what a backup reports: copied, checked, counted, hashed, in place.
const backupSteps = 5

// Backup writes a complete, verified copy to path. It copies under a temporary
// name beside it, so an older file there lives until the new one is proved
// good. A note with counts, hash and the head of the seals goes beside it.
// Errors: Unavailable fault.store.disk_full, .damaged, .pg_dump; Cancelled.
func (s *store) Backup(ctx context.Context, path string, report func(done, total int)) (core.BackupInfo, error) {
	if err := s.usable(false); err != nil {
		return core.BackupInfo{}, err
	}
	info, err := s.engine.backup(ctx, path, report)
	return info, s.fault(err)
}

// BackupName is the name of a backup made at a moment: "shop-20261122-101805.zgbackup".
func BackupName(place string, at when.Millis) string {
	return backupBase(place) + "-" + stamp(at) + backupEnd
}

// backupBase is the part of a backup's name that says what it is a copy of.
func backupBase(place string) string {
	base := filepath.Base(place)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// backupName is what a backup's name looks like behind the name of its place:
// a moment, or a version for copies made before a migration.
var backupName = regexp.MustCompile(`^(-\d{8}-\d{6}(-\d+)?\.zgbackup|(\.[^.]+)?\.before-v\d+\.bak)$`)

// backups lists the finished backups of a place in a folder, newest first.
func backups(folder, place string) []core.BackupInfo {
	var list []core.BackupInfo
	for _, c := range Copies(folder, place) {
		if c.State == core.CopyWhole {
			list = append(list, c.BackupInfo)
		}
	}
	return list
}

// LastBackup finds the newest finished backup of a place in a folder.
func LastBackup(folder, place string) (core.BackupInfo, bool) {
	list := backups(folder, place)
	if len(list) == 0 {
		return core.BackupInfo{}, false
	}
	return list[0], true
}

// KeepBackups removes all but the newest keep backups of a place (rules.md
// §5.13 keeps 14) and tells which went. Copies made before a migration stay.
func KeepBackups(folder, place string, keep int) ([]string, error) {
	var gone []string
	kept := 0
	for _, b := range backups(folder, place) {
		if !strings.HasSuffix(b.Path, backupEnd) {
			continue
		}
		if kept++; kept <= max(keep, 1) {
			continue
		}
		if err := errors.Join(os.Remove(b.Path), os.Remove(b.Path+infoEnd)); err != nil {
			return gone, fault.New(fault.Unavailable, "fault.store.backup_remove", "file", b.Path).Because(err)
		}
		gone = append(gone, b.Path)
	}
	return gone, nil
}

func (e *sqliteEngine) backupFolder() string {
	if e.opt.BackupFolder != "" {
		return e.opt.BackupFolder
	}
	return e.folder()
}

// backupBefore copies the file before it is migrated to version v.
func (e *sqliteEngine) backupBefore(ctx context.Context, v int64) error {
	if err := os.MkdirAll(e.backupFolder(), 0o700); err != nil {
		return e.copyFault(e.backupFolder(), err)
	}
	path := filepath.Join(e.backupFolder(), filepath.Base(e.path)+".before-v"+strconv.FormatInt(v, 10)+".bak")
	_, err := e.backup(ctx, path, nil)
	return err
}

// backup copies with VACUUM INTO, which reads one snapshot while writing goes on.
func (e *sqliteEngine) backup(ctx context.Context, path string, report progress) (core.BackupInfo, error) {
	if err := e.spaceFor(ctx, filepath.Dir(path)); err != nil {
		return core.BackupInfo{}, err
	}
	temp, err := tempBeside(path)
	if err != nil {
		return core.BackupInfo{}, e.copyFault(path, err)
	}
	defer os.Remove(temp) // gone already when all went well
	report.say(0, backupSteps)
	if err := e.vacuumInto(ctx, temp); err != nil {
		return core.BackupInfo{}, e.copyFault(path, err)
	}
	report.say(1, backupSteps)
	info := core.BackupInfo{Path: path, At: e.opt.Clock.Now()}
	if err := inspectCopy(ctx, temp, &info, report); err != nil {
		return info, e.copyFault(path, err)
	}
	return info, e.copyFault(path, putInPlace(temp, path, &info, report))
}

// vacuumInto uses a connection of its own, because the copy must not run
// inside a transaction and may last.
func (e *sqliteEngine) vacuumInto(ctx context.Context, temp string) error {
	_, err := os.Stat(e.path + "-wal")
	db, openErr := sql.Open("sqlite", readerURI(e.path, e.opt.ReadOnly && errors.Is(err, os.ErrNotExist)))
	if openErr != nil {
		return openErr
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "VACUUM INTO $1", temp)
	return err
}

// spaceFor refuses a copy that cannot fit before it fills the disk.
func (e *sqliteEngine) spaceFor(ctx context.Context, folder string) error {
	size, err := e.sizeBytes(ctx)
	if err != nil {
		return err
	}
	needed := size>>20 + 1
	if free := freeMB(folder); free >= 0 && free < needed {
		return fullFault(folder, needed, nil)
	}
	return nil
}

// copyFault says of trouble with the copy that it is the copy's, not the data's.
func (e *sqliteEngine) copyFault(path string, err error) error {
	if err == nil || isFault(err) || errors.Is(err, context.Canceled) {
		return err
	}
	copyEngine := &sqliteEngine{path: path}
	mapped := fault.From(copyEngine.fault(err))
	switch mapped.Key {
	case "fault.store.disk_full":
		size, _ := e.sizeBytes(context.Background()) // 0 when unknown
		return fullFault(filepath.Dir(path), size>>20+1, err)
	case "fault.store.damaged", "fault.store.damaged_no_backup":
		return e.damaged(err) // a copy of damaged data
	case "fault.internal", "fault.store.missing", "fault.store.cannot_open", "fault.store.read_only":
		return fault.New(fault.Unavailable, "fault.store.backup_write", "file", path).Because(err)
	}
	return mapped
}

// tempBeside gives an unused name in the folder of path, of the same disk, so
// that a rename puts it in place.
func tempBeside(path string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".part-*")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// inspectCopy proves a copy good and reads its counts and its last seal.
func inspectCopy(ctx context.Context, path string, info *core.BackupInfo, report progress) error {
	db, err := sql.Open("sqlite", readerURI(path, true))
	if err != nil {
		return err
	}
	defer db.Close()
	copyEngine := &sqliteEngine{path: path}
	if err := copyEngine.quickCheck(ctx, db); err != nil {
		return err
	}
	report.say(2, backupSteps)
	version, err := fileVersion(ctx, db)
	if err != nil {
		return err
	}
	counts := []struct {
		since int64 // the version whose migration makes the table
		query string
		to    any
	}{
		{2, `SELECT COALESCE((SELECT hash FROM audit_seals ORDER BY seq DESC LIMIT 1), '')`, &info.SealHead},
		{4, `SELECT COUNT(id) FROM orders`, &info.Orders},
		{5, `SELECT COUNT(seq) FROM stock_moves`, &info.Moves},
	}
	for _, c := range counts {
		if version < c.since {
			break
		}
		if err := db.QueryRowContext(ctx, c.query).Scan(c.to); err != nil {
			return err
		}
	}
	report.say(3, backupSteps)
	return nil
}

// putInPlace hashes and syncs the finished copy, writes its note and renames it.
func putInPlace(temp, path string, info *core.BackupInfo, report progress) error {
	var err error
	if info.SHA256, info.SizeBytes, err = hashAndSync(temp); err != nil {
		return err
	}
	report.say(4, backupSteps)
	note, err := json.MarshalIndent(info, "", "  ")
	if err != nil {
		return err
	}
	noteTemp, err := tempBeside(path + infoEnd)
	if err != nil {
		return err
	}
	defer os.Remove(noteTemp) // gone already when all went well
	if err := writeSynced(noteTemp, append(note, '\n')); err != nil {
		return err
	}
	if err := rename(temp, path); err != nil {
		return err
	}
	if err := rename(noteTemp, path+infoEnd); err != nil {
		return err
	}
	report.say(5, backupSteps)
	return syncFolder(filepath.Dir(path))
}

// hashAndSync reads the whole file once, so that what is hashed is what the
// disk gives back, and makes it durable.
func hashAndSync(path string) (string, int64, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return "", 0, err
	}
	if err := f.Sync(); err != nil {
		return "", 0, errors.Join(err, f.Close())
	}
	h := sha256.New()
	n, err := io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), n, errors.Join(err, f.Close())
}

func writeSynced(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

// rename replaces a file. On Windows a virus scanner may hold the new file for
// a moment, so it is tried a few times.
func rename(from, to string) error {
	var err error
	for range 10 {
		if err = os.Rename(from, to); err == nil || filepath.Separator != '\\' {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}
