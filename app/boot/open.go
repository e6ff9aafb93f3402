package boot

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/backup"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
	"zhanggui/store"
)

// Config says how to open the program. The zero value is right for an ordinary
// start.
type Config struct {
	Data     string       // a file or postgres://…; "" is DataFile in the user's data folder
	Version  string       // of the program, for the audit
	Places   Places       // zero: HerePlaces
	Desk     string       // name of the computer; "" asks the system
	Clock    when.Clock   // nil: the computer's
	IDs      ids.Source   // nil: random; demo and tests give a seeded one
	Log      *slog.Logger // nil: a file in Places.Logs
	PINs     auth.Params  // zero: auth.Standard
	Short    bool         // a command that soon ends: no watching, no schedule
	ReadOnly bool         // data that cannot or must not be written
	NoSync   bool         // tests only: a power cut may lose the file
}

// Open opens the data, makes it when there is none, and builds the services.
// The returned function ends the program in order: jobs stop after their
// present chunk, the ledgers are sealed, the data is closed; call it once.
// Errors: those of store.Open; Unavailable fault.boot.folder.
func Open(ctx context.Context, cfg Config) (*app.App, func() error, error) {
	cfg = cfg.complete()
	dsn, backups, err := dataPlace(cfg.Data, cfg.Places)
	if err != nil {
		return nil, nil, fault.New(fault.Unavailable, "fault.boot.folder", "folder", cfg.Data).Because(err)
	}
	if cfg.Data == "" {
		if err := os.MkdirAll(filepath.Dir(dsn), 0o700); err != nil {
			return nil, nil, fault.New(fault.Unavailable, "fault.boot.folder", "folder", filepath.Dir(dsn)).Because(err)
		}
	}
	log, logFile := cfg.log()
	process := ids.Random{}.NewID()
	name := ids.DocID(process).String()
	opened, err := store.Open(ctx, dsn, cfg.storeOptions(name, backups))
	if err != nil {
		log.Error("open", "code", fault.From(err).Code, "key", fault.Key(err))
		return nil, nil, errors.Join(err, logFile.Close())
	}
	engine := core.NewEngine(core.Deps{
		Store: opened, Clock: cfg.Clock, IDs: cfg.IDs, Bus: core.NewBus(),
		Desk: cfg.Desk, Process: name, Version: cfg.Version, Log: log,
	})
	files := backup.Files{Folder: backups, Name: store.BackupName, Last: store.LastBackup, Keep: store.KeepBackups, List: store.Copies, Read: store.ReadCopy}
	a := app.New(engine, app.Options{PINs: cfg.PINs, Backups: files, Log: log})
	b := newBeside(a, log)
	if !cfg.Short && !cfg.ReadOnly {
		b.start(ctx)
	}
	return a, func() error { return errors.Join(b.end(!cfg.ReadOnly), opened.Close(), logFile.Close()) }, nil
}

func (cfg Config) complete() Config {
	if cfg.Places == (Places{}) {
		cfg.Places = HerePlaces()
	}
	if cfg.Clock == nil {
		cfg.Clock = when.System{}
	}
	if cfg.IDs == nil {
		cfg.IDs = ids.Random{}
	}
	if cfg.Desk == "" {
		cfg.Desk, _ = os.Hostname() // "" where the system has no name
	}
	return cfg
}

func (cfg Config) log() (*slog.Logger, io.Closer) {
	if cfg.Log != nil {
		return cfg.Log, io.NopCloser(nil)
	}
	return openLog(cfg.Places.Logs)
}

func (cfg Config) storeOptions(process, backups string) store.Options {
	return store.Options{
		Process: process, Desk: cfg.Desk, User: systemUser(), PID: os.Getpid(), Clock: cfg.Clock,
		ReadOnly: cfg.ReadOnly, NoSync: cfg.NoSync, BackupFolder: backups,
	}
}

// systemUser is the name of the computer's user, shown to who finds the data
// open elsewhere.
func systemUser() string {
	u, err := user.Current()
	if err != nil {
		return os.Getenv("USER")
	}
	return u.Username
}
