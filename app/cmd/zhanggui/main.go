// Command zhanggui is the window of 掌柜. It opens the shop's data and shows the
// frame; everything else is in ui/frame and below.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime/debug"

	fyneapp "fyne.io/fyne/v2/app"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/boot"
	"zhanggui/app/when"
	"zhanggui/ui/frame"
	"zhanggui/ui/kit"
)

// appID names the program to the desktop; its settings are kept under it.
const appID = "cn.zhanggui.desk"

// version is set by the release build.
var version = "0.1.0"

func main() {
	data := flag.String("data", "", "file, or postgres:// address, of the shop's data")
	lang := flag.String("lang", "", "zh-CN or en")
	makeDemo := flag.Bool("demo", false, "make the example shop when the data is empty")
	flag.Parse()

	defer crash()
	fy := fyneapp.NewWithID(appID)
	place := *data
	w := frame.New(fy, frame.Options{
		Screens: frame.Screens(), Lang: *lang, Demo: *makeDemo, Clock: when.System{}, Exec: kit.Go, After: kit.After, Hash: auth.HashPIN,
		Retry: func(path string) { place = path },
		Open: func(ctx context.Context) (*app.App, func() error, error) {
			return boot.Open(ctx, boot.Config{Data: place, Version: version})
		},
	})
	serve(w.Window())
	fy.Lifecycle().SetOnStarted(func() { w.Window().RequestFocus() })
	w.Window().Show()
	fy.Run()
}

// crash keeps the story of a panic beside the log before the program ends.
func crash() {
	trouble := recover()
	if trouble == nil {
		return
	}
	text := fmt.Sprintf("%v\n\n%s", trouble, debug.Stack())
	folder := boot.HerePlaces().Logs
	_ = os.MkdirAll(folder, 0o700) // without a folder the story still goes to the terminal
	_ = os.WriteFile(folder+"/crash.txt", []byte(text), 0o600)
	fmt.Fprintln(os.Stderr, text)
	os.Exit(1)
}
