//go:build e2e

package main

import (
	"encoding/json"
	"net"
	"os"

	"fyne.io/fyne/v2"

	"zhanggui/ui/kit"
)

// portEnv names the unix socket that the end-to-end tests ask.
const portEnv = "ZHANGGUI_PORT"

// part is one control that has a test id: where it is and what it says.
type part struct {
	ID   string  `json:"id"`
	X    float32 `json:"x"`
	Y    float32 `json:"y"`
	W    float32 `json:"w"`
	H    float32 `json:"h"`
	Text string  `json:"text"`
}

// serve answers every connection with the parts now in the window.
func serve(w fyne.Window) {
	path := os.Getenv(portEnv)
	if path == "" {
		return
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		panic(err) // the test gave a bad path
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			var list []part
			fyne.DoAndWait(func() { list = parts(w) })
			_ = json.NewEncoder(c).Encode(list) // a test that went away
			_ = c.Close()
		}
	}()
}

func parts(w fyne.Window) []part {
	var list []part
	scale := w.Canvas().Scale()
	for _, id := range kit.IDs() {
		at, size, ok := kit.FindRect(id)
		if !ok {
			continue
		}
		p := part{ID: id, X: at.X * scale, Y: at.Y * scale, W: size.Width * scale, H: size.Height * scale}
		switch o := kit.Find(id).(type) {
		case *kit.Label:
			p.Text = o.Text()
		case *kit.Button:
			p.Text = o.Label()
		case *kit.Entry:
			p.Text = o.Text
		}
		list = append(list, p)
	}
	return list
}
