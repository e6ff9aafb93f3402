package main

import (
	"io"
	stdlog "log"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
)

// Names of the reports of a crash: of the running program, and of the one before.
const (
	crashNow  = "crash.txt"
	crashLast = "crash-last.txt"
)

// keepCrash has the runtime write the story of a crash, of whatever goroutine,
// into a file beside the log. It gives the path of the report that the last run
// left, "" when it ended in order.
func keepCrash(folder string) string {
	now, last := filepath.Join(folder, crashNow), filepath.Join(folder, crashLast)
	found := ""
	if st, err := os.Stat(now); err == nil && st.Size() > 0 && os.Rename(now, last) == nil {
		found = last
	}
	if os.MkdirAll(folder, 0o700) != nil {
		return found // the program works without; the story goes to the terminal
	}
	file, err := os.Create(now)
	if err != nil {
		return found
	}
	_ = debug.SetCrashOutput(file, debug.CrashOptions{}) // the terminal has it too
	_ = file.Close()                                     // the runtime has a handle of its own
	return found
}

// foreign sends what Fyne says (a call from the wrong goroutine) into the log and
// to the terminal.
func foreign(log *slog.Logger) {
	stdlog.SetFlags(0)
	stdlog.SetOutput(io.MultiWriter(slog.NewLogLogger(log.Handler(), slog.LevelWarn).Writer(), os.Stderr))
}
