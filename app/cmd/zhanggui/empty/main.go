//go:build e2e

// Command empty is a window with nothing in it but our theme and font: what every
// program of the toolkit takes before it does anything. The benchmarks of the
// window are measured beside it; it is built with the tag e2e.
package main

import (
	"encoding/json"
	"net"
	"os"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"

	"zhanggui/ui/theme"
)

func main() {
	fy := fyneapp.NewWithID("cn.zhanggui.empty")
	fy.Settings().SetTheme(theme.New(theme.LightMode, 1))
	w := fy.NewWindow("empty")
	w.SetContent(widget.NewLabel("掌柜"))
	w.Resize(fyne.NewSize(1440, 900))
	l, err := net.Listen("unix", os.Getenv("ZHANGGUI_PORT"))
	if err != nil {
		panic(err)
	}
	go answer(l)
	w.ShowAndRun()
}

// answer says on every connection that the window stands.
func answer(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		fyne.DoAndWait(func() {})
		_ = json.NewEncoder(c).Encode(map[string]string{"page": "empty"})
		_ = c.Close()
	}
}
