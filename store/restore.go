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
	"strconv"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/when"
)

// sideFiles are what SQLite keeps beside a file; they belong to it alone.
var sideFiles = []string{"-wal", "-shm"}

// Restore puts a backup of a SQLite file in the place of targetFile. It proves
// the backup good first, copies it beside the target, moves what is there aside
// (targetFile.replaced-20261122-101805, with its side files) and only then puts
// the copy in place. Nobody may have the target open.
//
// It returns what the backup holds and where the replaced file is, "" when
// there was none; report may be nil. Errors: Unavailable fault.store.backup_bad (with the reason
// inside), .newer, .in_use, .disk_full.
func Restore(ctx context.Context, backupFile, targetFile string, opt Options, report func(done, total int)) (core.BackupInfo, string, error) {
	target := &sqliteEngine{path: targetFile, opt: opt}
	info, err := VerifyBackup(ctx, backupFile, report)
	if err != nil {
		return info, "", err
	}
	if _, err := checkPlace(targetFile, fileSystem); err != nil {
		return info, "", err
	}
	if err := target.nobodyIn(ctx); err != nil {
		return info, "", err
	}
	if free, needed := freeMB(target.folder()), info.SizeBytes>>20+1; free >= 0 && free < needed {
		return info, "", fullFault(target.folder(), needed, nil)
	}
	temp, err := copyBeside(backupFile, targetFile)
	if err != nil {
		return info, "", target.copyFault(targetFile, err)
	}
	defer os.Remove(temp) // gone already when all went well
	if sum, _, err := hashAndSync(temp); err != nil || sum != info.SHA256 {
		return info, "", fault.New(fault.Unavailable, "fault.store.backup_bad", "file", backupFile).Because(err)
	}
	if err := target.nobodyIn(ctx); err != nil {
		return info, "", err // copying may have lasted: somebody came meanwhile
	}
	aside, err := swap(temp, targetFile, opt.Clock.Now())
	return info, aside, target.copyFault(targetFile, err)
}

// VerifyBackup proves a backup good: it is a whole file of ours, of a version
// that this program knows, every page is sound, and its bytes are those of the
// note beside it, when there is one. report may be nil.
// Errors: Unavailable fault.store.backup_bad, fault.store.newer, fault.store.missing; Cancelled.
func VerifyBackup(ctx context.Context, path string, report func(done, total int)) (core.BackupInfo, error) {
	e := &sqliteEngine{path: path, opt: Options{ReadOnly: true, Clock: when.System{}}}
	bad := func(err error) error {
		if f := fault.From(e.fault(err)); f.Key == "fault.store.newer" || f.Key == "fault.store.missing" || f.Code == fault.Cancelled {
			return f
		}
		return fault.New(fault.Unavailable, "fault.store.backup_bad", "file", path).Because(err)
	}
	info := core.BackupInfo{Path: path}
	st, err := os.Stat(path)
	if err != nil {
		return info, bad(err)
	}
	if err := e.checkHeader(st.Size(), false); err != nil {
		return info, bad(err)
	}
	if _, err := e.look(ctx); err != nil && fault.Key(err) != "fault.store.old_read_only" {
		return info, bad(err)
	}
	say := progress(report)
	say.say(1, backupSteps)
	if err := inspectCopy(ctx, path, &info, say); err != nil {
		return info, bad(err)
	}
	if ctx.Err() != nil {
		return info, bad(ctx.Err())
	}
	sum, size, err := hashFile(path)
	if err != nil {
		return info, bad(err)
	}
	if noted, ok := readNote(path); ok && noted.SHA256 != sum {
		return info, bad(errors.New("store: bytes differ from the note"))
	} else if ok {
		info.At = noted.At
	}
	info.SHA256, info.SizeBytes = sum, size
	say.say(backupSteps, backupSteps)
	return info, nil
}

// nobodyIn refuses while a process has the file open: it would go on writing
// into the file that was moved aside. It only looks: opening the file with
// SQLite for writing would fold its log into it.
func (e *sqliteEngine) nobodyIn(ctx context.Context) error {
	st, err := os.Stat(e.path)
	if err != nil {
		return nil // nothing to be in
	}
	used := fault.New(fault.Unavailable, "fault.store.in_use", "file", e.path)
	if lockedElsewhere(e.path) {
		return used
	}
	if e.checkHeader(st.Size(), true) != nil {
		return nil // it cannot be read: that is why it is being replaced
	}
	db, err := sql.Open("sqlite", readerURI(e.path, false))
	if err != nil {
		return nil
	}
	defer db.Close()
	if _, running, err := e.registered(ctx, db); err == nil && running {
		return used
	}
	return nil
}

// copyBeside copies a file to a temporary name beside target.
func copyBeside(source, target string) (string, error) {
	temp, err := tempBeside(target)
	if err != nil {
		return "", err
	}
	in, err := os.Open(source)
	if err != nil {
		return temp, errors.Join(err, os.Remove(temp))
	}
	defer in.Close()
	out, err := os.OpenFile(temp, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return temp, errors.Join(err, os.Remove(temp))
	}
	_, err = io.Copy(out, in)
	if err := errors.Join(err, out.Close()); err != nil {
		return temp, errors.Join(err, os.Remove(temp))
	}
	if st, err := os.Stat(target); err == nil {
		return temp, os.Chmod(temp, st.Mode().Perm())
	}
	return temp, nil
}

// swap moves the target and its side files aside and puts temp in their place;
// when a step fails everything comes back.
func swap(temp, target string, at when.Millis) (aside string, err error) {
	aside = freeName(target + ".replaced-" + stamp(at))
	var moved []string
	for _, end := range append([]string{""}, sideFiles...) {
		if _, err := os.Stat(target + end); err != nil {
			continue
		}
		if err := rename(target+end, aside+end); err != nil {
			return "", errors.Join(err, moveBack(moved, aside, target))
		}
		moved = append(moved, end)
	}
	if err := rename(temp, target); err != nil {
		return "", errors.Join(err, moveBack(moved, aside, target))
	}
	if len(moved) == 0 || moved[0] != "" {
		aside = ""
	}
	return aside, syncFolder(filepath.Dir(target))
}

func moveBack(moved []string, aside, target string) error {
	var err error
	for _, end := range moved {
		err = errors.Join(err, rename(aside+end, target+end))
	}
	return err
}

// freeName adds -2, -3, … when the name is taken.
func freeName(path string) string {
	name := path
	for n := 2; ; n++ {
		if _, err := os.Lstat(name); errors.Is(err, os.ErrNotExist) {
			return name
		}
		name = path + "-" + strconv.Itoa(n)
	}
}

func hashFile(path string) (string, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	h := sha256.New()
	n, err := io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), n, errors.Join(err, f.Close())
}

// readNote reads the note beside a backup.
func readNote(path string) (core.BackupInfo, bool) {
	var info core.BackupInfo
	b, err := os.ReadFile(path + infoEnd)
	ok := err == nil && json.Unmarshal(b, &info) == nil && info.SHA256 != ""
	return info, ok
}
