package boot

import (
	"context"
	"path/filepath"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/job"
	"zhanggui/store"
)

// Restored says what was put back and where the data before it is.
type Restored struct {
	Info  core.BackupInfo
	Aside string // the replaced file, "" when there was none
}

// Restore puts a backup in the place of the data of cfg, which nobody may have
// open. allow asks who does it, with the data still open, and gives the person:
// backup.restore is needed. Data that cannot be opened at all (damaged, lost)
// has no people to ask: then allow is not called, for whoever reaches the file
// could replace it by hand as well. The file that was there is moved aside,
// never deleted, and the restore is audited in the data put back. report may be nil.
// Errors: Denied; Conflict fault.boot.restore_server for a server's data;
// Unavailable fault.store.backup_bad, .newer, .in_use, .disk_full.
func Restore(ctx context.Context, cfg Config, backupFile string, allow func(a *app.App) (auth.Actor, error), report job.Report) (Restored, error) {
	cfg = cfg.complete()
	cfg.Short = true
	dsn, backups, err := dataPlace(cfg.Data, cfg.Places)
	if err != nil {
		return Restored{}, err
	}
	if isURL(dsn) {
		return Restored{}, fault.New(fault.Conflict, "fault.boot.restore_server", "file", backupFile)
	}
	say := func(done, total int) { report.Say(done, total, "job.checking") }
	if _, err := store.VerifyBackup(ctx, backupFile, say); err != nil {
		return Restored{}, err
	}
	by, err := askFirst(ctx, cfg, dsn, allow)
	if err != nil {
		return Restored{}, err
	}
	info, aside, err := store.Restore(ctx, backupFile, dsn, cfg.storeOptions("", backups), func(done, total int) { report.Say(done, total, "job.copying") })
	if err != nil {
		return Restored{}, err
	}
	return Restored{Info: info, Aside: aside}, note(ctx, cfg, info, by)
}

// askFirst opens the data that is to be replaced and asks allow.
func askFirst(ctx context.Context, cfg Config, dsn string, allow func(a *app.App) (auth.Actor, error)) (string, error) {
	if !exists(dsn) {
		return "", nil // opening would make an empty shop just to throw it away
	}
	a, end, err := Open(ctx, cfg)
	if fault.Is(err, fault.Unavailable) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	actor, err := allow(a)
	if err == nil {
		err = a.Backup.MayRestore(auth.With(ctx, actor))
	}
	if closing := end(); err == nil {
		err = closing
	}
	return actor.Name, err
}

// note audits the restore in the data that was put back.
func note(ctx context.Context, cfg Config, info core.BackupInfo, by string) error {
	a, end, err := Open(ctx, cfg)
	if err != nil {
		return err
	}
	err = a.Backup.NoteRestore(auth.With(ctx, auth.SystemActor), filepath.Base(info.Path), info, by)
	if closing := end(); err == nil {
		err = closing
	}
	return err
}
