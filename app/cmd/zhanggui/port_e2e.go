//go:build e2e

package main

import (
	"encoding/json"
	"net"
	"os"

	"fyne.io/fyne/v2"

	"zhanggui/ui/kit"
	"zhanggui/ui/shell"
)

// portEnv names the unix socket that the end-to-end tests ask.
const portEnv = "ZHANGGUI_PORT"

// question is what a test asks: the whole window, and where parts stand that a
// control draws itself ("orders.list#row:3317").
type question struct {
	Parts []string `json:"parts"`
}

// answer is the window as it stands.
type answer struct {
	Page    string `json:"page"`
	Screen  string `json:"screen"`
	Title   string `json:"title"`
	Focused string `json:"focused"` // id of the control with the keyboard
	Over    int    `json:"over"`    // dialogs and menus that lie over the window
	Items   []item `json:"items"`
}

// item is one control that has a test id: where it is in pixels and what it says.
type item struct {
	ID   string  `json:"id"`
	X    float32 `json:"x"`
	Y    float32 `json:"y"`
	W    float32 `json:"w"`
	H    float32 `json:"h"`
	Text string  `json:"text"`
	Off  bool    `json:"off"`
}

// serve answers every question on the socket, one a connection.
func serve(s *shell.Shell) {
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
			reply(s, c)
		}
	}()
}

func reply(s *shell.Shell, c net.Conn) {
	defer c.Close()
	var q question
	if json.NewDecoder(c).Decode(&q) != nil {
		return
	}
	var a answer
	fyne.DoAndWait(func() { a = look(s, q) })
	_ = json.NewEncoder(c).Encode(a) // a test that went away
}

func look(s *shell.Shell, q question) answer {
	a := answer{Page: s.Page(), Screen: s.Screen(), Title: s.Window().Title(), Over: len(s.Window().Canvas().Overlays().List())}
	focused := s.Window().Canvas().Focused()
	for _, id := range kit.IDs() {
		o := kit.Find(id)
		if !s.Seen(id) {
			continue
		}
		if f, ok := o.(fyne.Focusable); ok && f == focused {
			a.Focused = id
		}
		a.Items = append(a.Items, at(s, id, o))
	}
	for _, id := range q.Parts {
		if o := kit.Find(id); o != nil && s.Seen(id) {
			a.Items = append(a.Items, at(s, id, o))
		}
	}
	return a
}

// at is where a control stands, and what it says as far as it says one thing.
func at(s *shell.Shell, id string, o fyne.CanvasObject) item {
	pos, size, ok := kit.FindRect(id)
	if !ok {
		return item{ID: id}
	}
	scale := s.Window().Canvas().Scale()
	i := item{ID: id, X: pos.X * scale, Y: pos.Y * scale, W: size.Width * scale, H: size.Height * scale}
	switch o := o.(type) {
	case *kit.Label:
		i.Text = o.Text()
	case *kit.Paragraph:
		i.Text = o.Text()
	case *kit.Button:
		i.Text, i.Off = o.Label(), o.Off()
	case *kit.Entry:
		i.Text = o.Text
	case *kit.Scan:
		i.Text = o.Text
	case *kit.Choice:
		i.Text = o.Value()
	case *kit.Grid: // the row under the cursor, as Ctrl+C copies it
		if row := o.At(o.CursorRow()); row != nil {
			i.Text = o.TSV([]*kit.Row{row})
		}
	case *kit.Hint:
		i.Text = o.Text()
	case *kit.Tabs:
		i.Text = o.Active()
	}
	return i
}
