// Command zhanggui is the window of 掌柜. It opens the shop's data and shows the
// window; everything else is in ui/shell and below.
//
//	zhanggui [--data FILE|postgres://…] [--lang zh-CN|en] [--demo] [FILE to import…]
package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"

	fyneapp "fyne.io/fyne/v2/app"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/boot"
	"zhanggui/app/fault"
	"zhanggui/app/job"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/shell"
)

// appID names the program to the desktop; its own settings are kept under it.
const appID = "cn.zhanggui.desk"

// version is set by the release build.
var version = "0.1.0"

func main() {
	data := flag.String("data", "", "file, or postgres:// address, of the shop's data")
	lang := flag.String("lang", "", "zh-CN or en")
	example := flag.Bool("demo", false, "open the example shop")
	flag.Parse()

	places := boot.HerePlaces()
	last := keepCrash(places.Logs)
	log, file := boot.OpenLog(places.Logs)
	defer file.Close()
	foreign(log)
	fy := fyneapp.NewWithID(appID)
	w := shell.New(fy, shell.Options{
		Data: *data, Lang: *lang, Demo: *example, Import: absolute(flag.Args()), Crash: last,
		Open: func(ctx context.Context, d shell.Data) (*app.App, func() error, error) {
			if err := stillThere(d); err != nil {
				return nil, nil, err
			}
			return boot.Open(ctx, boot.Config{Data: d.Place, ReadOnly: d.ReadOnly, Version: version, Places: places, Log: log})
		},
		Restore: func(ctx context.Context, place, backup string, by auth.Actor, report job.Report) (string, error) {
			done, err := boot.Restore(ctx, boot.Config{Data: place, Version: version, Places: places, Log: log}, backup, sameAs(by), report)
			return done.Aside, err
		},
		Discard: discard,
		Hash:    auth.HashPIN, Clock: when.System{}, Exec: kit.Go, After: kit.After,
		Log: func(incident, text string) { log.Error("window broken", "incident", incident, "cause", text) },
	})
	serve(w)
	w.Run()
}

// stillThere refuses a file that was open here before and is gone: opening it
// would make an empty shop in its place.
func stillThere(d shell.Data) error {
	if !d.Known || strings.Contains(d.Place, "://") {
		return nil
	}
	if _, err := os.Stat(d.Place); os.IsNotExist(err) {
		return fault.New(fault.Unavailable, "fault.store.missing", "file", d.Place)
	}
	return nil
}

// absolute makes paths that mean the same from anywhere.
func absolute(paths []string) []string {
	for i, p := range paths {
		if full, err := filepath.Abs(p); err == nil {
			paths[i] = full
		}
	}
	return paths
}

// sameAs says who restores: the person who was signed in when the data was closed
// for it. Nobody was where the data could not be opened; when it can be opened
// after all it has people to ask, and signing in is the way.
func sameAs(by auth.Actor) func(*app.App) (auth.Actor, error) {
	return func(*app.App) (auth.Actor, error) {
		if by.ID.Zero() {
			return by, fault.New(fault.Denied, "fault.auth.signed_out")
		}
		return by, nil
	}
}

// discard deletes a file and what SQLite keeps beside it.
func discard(place string) error {
	for _, ending := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(place + ending); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}
