package boot

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
)

// logLimit is the size at which the log starts anew; one older file is kept.
const logLimit = 5 << 20

// openLog opens the log file: one JSON object a line, keys action, actor, ms,
// code; no names, phones, addresses or amounts. The program works without a
// log, so a folder that cannot be written only silences it.
func openLog(folder string) (*slog.Logger, io.Closer) {
	path := filepath.Join(folder, "zhanggui.log")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return slog.New(slog.DiscardHandler), io.NopCloser(nil)
	}
	if st, err := os.Stat(path); err == nil && st.Size() > logLimit {
		_ = os.Rename(path, path+".1") // when another desk program holds it, it simply grows on
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return slog.New(slog.DiscardHandler), io.NopCloser(nil)
	}
	return slog.New(slog.NewJSONHandler(file, nil)), file
}

// OpenLog opens the log file of a program that has something to say before and
// beside its data; hand the logger to Config.Log. Close it at the very end.
func OpenLog(folder string) (*slog.Logger, io.Closer) { return openLog(folder) }
