package boot

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// DataFile is the name of the shop's file where nobody chose one.
const DataFile = "shop.zhanggui"

// Places are the folders that the program may use on a computer.
type Places struct {
	Data string // the shop's file and its backups
	Logs string
}

// HerePlaces are the places on this computer for this user.
func HerePlaces() Places {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "." // a bare service account: keep everything where it was started
	}
	return placesOf(runtime.GOOS, os.Getenv, home)
}

// placesOf follows each system's own rules: the XDG base directories, Apple's
// Library, Windows' local application data (not the roaming one, which is
// copied over the network at every sign-in).
func placesOf(system string, env func(string) string, home string) Places {
	switch system {
	case "windows":
		base := env("LOCALAPPDATA")
		if base == "" {
			base = filepath.Join(home, "AppData", "Local")
		}
		folder := filepath.Join(base, "Zhanggui")
		return Places{Data: folder, Logs: filepath.Join(folder, "logs")}
	case "darwin":
		library := filepath.Join(home, "Library")
		return Places{Data: filepath.Join(library, "Application Support", "Zhanggui"), Logs: filepath.Join(library, "Logs", "Zhanggui")}
	}
	return Places{
		Data: filepath.Join(xdg(env, "XDG_DATA_HOME", home, ".local", "share"), "zhanggui"),
		Logs: filepath.Join(xdg(env, "XDG_STATE_HOME", home, ".local", "state"), "zhanggui"),
	}
}

// xdg reads a base directory; the specification ignores relative ones.
func xdg(env func(string) string, name, home string, usual ...string) string {
	if v := env(name); filepath.IsAbs(v) {
		return v
	}
	return filepath.Join(append([]string{home}, usual...)...)
}

// isURL tells a server's URL from a file's path.
func isURL(data string) bool {
	return strings.HasPrefix(data, "postgres://") || strings.HasPrefix(data, "postgresql://")
}

// dataPlace is what to open, and the folder of its backups: beside the file,
// so that two shops never mix their copies; a server's in the user's own folder.
func dataPlace(data string, p Places) (dsn, backups string, err error) {
	if isURL(data) {
		return data, filepath.Join(p.Data, "backups"), nil
	}
	if data == "" {
		data = filepath.Join(p.Data, DataFile)
	}
	full, err := filepath.Abs(data)
	return full, filepath.Join(filepath.Dir(full), "backups"), err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
