package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/when"
)

// Copies lists the copies of a place in a folder, newest first, the unfinished
// and the cut ones too: a person must see that they are no help.
func Copies(folder, place string) []core.Copy {
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil // no folder, no backups
	}
	var list []core.Copy
	for _, f := range files {
		rest, ok := strings.CutPrefix(f.Name(), backupBase(place))
		if !ok || !backupName.MatchString(rest) {
			continue
		}
		if c, ok := copyAt(filepath.Join(folder, f.Name())); ok {
			list = append(list, c)
		}
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].At != list[j].At {
			return list[i].At > list[j].At
		}
		return list[i].Path > list[j].Path
	})
	return list
}

// copyAt describes one file of the folder by its note; false when it went meanwhile.
func copyAt(path string) (core.Copy, bool) {
	st, err := os.Stat(path)
	if err != nil || st.IsDir() {
		return core.Copy{}, false
	}
	info, noted := readNote(path)
	info.Path = path // it may have been moved with its folder
	c := core.Copy{BackupInfo: info, State: core.CopyWhole}
	switch {
	case !noted:
		c.State, c.At = core.CopyBare, when.Millis(st.ModTime().UnixMilli())
	case st.Size() != info.SizeBytes:
		c.State = core.CopyCut
	}
	c.SizeBytes = st.Size()
	return c, true
}

// ReadCopy proves a copy good by reading all of it and tells what is in it. A
// server's dump is read by pg_restore as far as that can: its table of contents,
// and its bytes against the note. report may be nil.
// Errors: those of VerifyBackup; Unavailable fault.store.pg_restore.
func ReadCopy(ctx context.Context, path string, report func(done, total int)) (core.CopyFacts, error) {
	if isDump(path) {
		return readDump(ctx, path, report)
	}
	info, err := VerifyBackup(ctx, path, report)
	facts := core.CopyFacts{BackupInfo: info}
	if err != nil {
		return facts, err
	}
	_, facts.Noted = readNote(path)
	if err := readFacts(ctx, path, &facts); err != nil {
		return core.CopyFacts{BackupInfo: info}, fault.New(fault.Unavailable, "fault.store.backup_bad", "file", path).Because(err)
	}
	return facts, nil
}

// readFacts reads the version, the shop's name and the newest audit line.
func readFacts(ctx context.Context, path string, facts *core.CopyFacts) error {
	db, err := sql.Open("sqlite", readerURI(path, true))
	if err != nil {
		return err
	}
	defer db.Close()
	if facts.Version, err = fileVersion(ctx, db); err != nil || facts.Version < 2 {
		return err // before there were settings and an audit log
	}
	err = db.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = 'shop.name'`).Scan(&facts.Shop)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	last, err := scanAudit(db.QueryRowContext(ctx, `SELECT seq, `+auditColumns+` FROM audit_log ORDER BY seq DESC LIMIT 1`))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err == nil:
		facts.Last = &last
	}
	return err
}

// dumpHead begins a dump that pg_dump made in its own format.
const dumpHead = "PGDMP"

func isDump(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(dumpHead))
	n, err := f.Read(head)
	return err == nil && string(head[:n]) == dumpHead
}

func readDump(ctx context.Context, path string, report progress) (core.CopyFacts, error) {
	facts := core.CopyFacts{BackupInfo: core.BackupInfo{Path: path}}
	bad := func(err error) error {
		if ctx.Err() != nil {
			return fault.From(ctx.Err())
		}
		return fault.New(fault.Unavailable, "fault.store.backup_bad", "file", path).Because(err)
	}
	program, err := exec.LookPath("pg_restore")
	if err != nil {
		return facts, fault.New(fault.Unavailable, "fault.store.pg_restore", "file", path).Because(err)
	}
	report.say(0, backupSteps)
	if _, err := runTool(ctx, os.Environ(), program, "--list", path); err != nil {
		return facts, bad(err)
	}
	report.say(2, backupSteps)
	sum, size, err := hashFile(path)
	if err != nil {
		return facts, bad(err)
	}
	noted, ok := readNote(path)
	if ok && noted.SHA256 != sum {
		return facts, bad(errors.New("store: bytes differ from the note"))
	}
	if ok {
		facts.BackupInfo, facts.Noted = noted, true
	}
	facts.Path, facts.SHA256, facts.SizeBytes = path, sum, size
	report.say(backupSteps, backupSteps)
	return facts, nil
}
