package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/store/sqlkit"
)

// backup runs pg_dump in its own format on a snapshot that we hold, so that
// the counts in the note are exactly those of the copy.
func (e *postgresEngine) backup(ctx context.Context, path string, report progress) (core.BackupInfo, error) {
	info := core.BackupInfo{Path: path, At: e.opt.Clock.Now()}
	program, err := exec.LookPath("pg_dump")
	if err != nil {
		return info, fault.New(fault.Unavailable, "fault.store.pg_dump", "place", e.place()).Because(err)
	}
	temp, err := tempBeside(path)
	if err != nil {
		return info, fault.New(fault.Unavailable, "fault.store.backup_write", "file", path).Because(err)
	}
	defer os.Remove(temp) // gone already when all went well
	report.say(0, backupSteps)
	err = transact(ctx, e, false, func(ses *session) error {
		snapshot, err := sqlkit.One(ctx, ses, sqlkit.Value[string], `SELECT pg_export_snapshot()`)
		if err != nil {
			return err
		}
		if err := e.dump(ctx, program, snapshot, temp); err != nil {
			return err
		}
		report.say(2, backupSteps)
		return countServer(ctx, ses, &info)
	})
	if err != nil {
		return info, err
	}
	report.say(3, backupSteps)
	if err := putInPlace(temp, path, &info, report); err != nil {
		if isDiskFull(err) {
			return info, fullFault(filepath.Dir(path), workingMB, err)
		}
		return info, fault.New(fault.Unavailable, "fault.store.backup_write", "file", path).Because(err)
	}
	return info, nil
}

// dump runs pg_dump and has pg_restore read the result's table of contents.
// The password travels in the environment: arguments are seen by everybody.
func (e *postgresEngine) dump(ctx context.Context, program, snapshot, temp string) error {
	env := append(os.Environ(), "PGPASSWORD="+e.cfg.Password, "PGHOST="+e.cfg.Host, "PGPORT="+strconv.Itoa(int(e.cfg.Port)),
		"PGUSER="+e.cfg.User, "PGDATABASE="+e.cfg.Database)
	if e.cfg.TLSConfig == nil {
		env = append(env, "PGSSLMODE=prefer")
	}
	said, err := runTool(ctx, env, program, "--format=custom", "--no-owner", "--snapshot="+snapshot, "--file="+temp)
	if err != nil {
		return e.dumpFault(said, err)
	}
	restore := filepath.Join(filepath.Dir(program), strings.Replace(filepath.Base(program), "pg_dump", "pg_restore", 1))
	if said, err = runTool(ctx, env, restore, "--list", temp); err != nil {
		return e.dumpFault(said, err)
	}
	return nil
}

func (e *postgresEngine) dumpFault(said string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fault.New(fault.Unavailable, "fault.store.pg_dump_failed", "place", e.place(), "said", said).Because(err)
}

// runTool runs a program and gives the first line it complained with.
func runTool(ctx context.Context, env []string, program string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	var trouble bytes.Buffer
	cmd.Env, cmd.Stderr = env, &trouble
	err := cmd.Run()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	said, _, _ := strings.Cut(strings.TrimSpace(trouble.String()), "\n")
	return said, err
}

func countServer(ctx context.Context, ses *session, info *core.BackupInfo) error {
	version, err := schemaVersion(ctx, ses)
	if err != nil || version < headVersion() {
		return err // an older schema, about to be migrated: its tables may be missing
	}
	if info.Orders, err = sqlkit.One(ctx, ses, sqlkit.Value[int64], `SELECT COUNT(id) FROM orders`); err != nil {
		return err
	}
	if info.Moves, err = sqlkit.One(ctx, ses, sqlkit.Value[int64], `SELECT COUNT(seq) FROM stock_moves`); err != nil {
		return err
	}
	info.SealHead, err = sqlkit.One(ctx, ses, sqlkit.Value[string], `SELECT COALESCE((SELECT hash FROM audit_seals ORDER BY seq DESC LIMIT 1), '')`)
	return err
}

// backupBefore dumps the database before it is migrated to version v.
func (e *postgresEngine) backupBefore(ctx context.Context, v int64) error {
	if e.opt.BackupFolder == "" {
		return fault.New(fault.Unavailable, "fault.store.backup_place", "place", e.place())
	}
	if err := os.MkdirAll(e.opt.BackupFolder, 0o700); err != nil {
		return fault.New(fault.Unavailable, "fault.store.backup_write", "file", e.opt.BackupFolder).Because(err)
	}
	name := backupBase(e.place()) + ".before-v" + strconv.FormatInt(v, 10) + ".bak"
	_, err := e.backup(ctx, filepath.Join(e.opt.BackupFolder, name), nil)
	return err
}

func (e *postgresEngine) backupFolder() string { return e.opt.BackupFolder }
