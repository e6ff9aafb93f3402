package shell

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/auth"
	"zhanggui/app/fault"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// A way out of trouble with the data.
type way int

const (
	wayAgain    way = iota // try once more
	wayReadOnly            // look at it without writing
	wayRestore             // put a backup in its place
	wayFile                // choose other data
	wayNew                 // begin with an empty file in the same place
)

// waysOf are the ways out that make sense for a fault, the best first. Any other
// fault gets the last line.
var waysOf = map[string][]way{
	"fault.store.damaged":           {wayRestore, wayReadOnly, wayFile},
	"fault.store.damaged_no_backup": {wayReadOnly, wayRestore, wayFile},
	"fault.store.not_database":      {wayRestore, wayFile},
	"fault.store.wrong_log":         {wayAgain, wayFile},
	"fault.store.newer":             {wayFile},
	"fault.store.foreign":           {wayFile},
	"fault.store.old_read_only":     {wayFile},
	"fault.store.read_only":         {wayReadOnly, wayAgain, wayFile},
	"fault.store.read_only_folder":  {wayReadOnly, wayAgain, wayFile},
	"fault.store.network":           {wayFile},
	"fault.store.missing":           {wayAgain, wayFile, wayRestore, wayNew},
	"fault.store.is_folder":         {wayFile},
}

var usualWays = []way{wayAgain, wayFile}

// trouble says why data cannot be opened, and the ways out.
func (s *Shell) trouble(d Data, err error) {
	layer := s.turn("trouble")
	env := s.env()
	title := s.tr.T("gate.cannot_open")
	if fault.Is(err, fault.Internal) {
		title = s.tr.T("kit.fail.internal")
	}
	ways, known := waysOf[fault.Key(err)]
	if !known {
		ways = usualWays
	}
	buttons := kit.Across(scaled(8))
	main := func() {}
	for i, w := range ways {
		if w == wayRestore && (s.opt.Restore == nil || !isFile(d.Place)) {
			continue
		}
		do, text, id := s.way(w, d)
		key := kit.Chord("")
		if len(buttons.Objects) == 0 {
			key, main = "Enter", do
		}
		b := kit.NewButton(env, text, key, do)
		if i == 0 {
			b.Primary()
		}
		buttons.Add(kit.ID(b, "trouble."+id))
	}
	layer.On("Enter", func() { main() })
	quit := kit.ID(kit.NewButton(env, s.tr.T("window.quit"), "", s.quit), "trouble.quit")
	text := kit.ID(kit.NewParagraph(s.tr.Fault(err)), "trouble.text")
	body := kit.Down(scaled(14),
		kit.NewLine(kit.Part{Icon: string(theme.Urgent), Text: title, Token: theme.Urgent.Token()}).Title(), text)
	if place := placeWords(d); place != "" && !strings.Contains(text.Text(), place) {
		body.Add(kit.NewLine(kit.Part{Text: place, Token: theme.MutedToken}).Small().Narrow())
	}
	foot := kit.Edges(nil, nil, nil, quit, buttons)
	card := newBox(s.keys, 8, kit.Edges(nil, kit.Down(0, kit.NewRule(), kit.Pad(scaled(12), scaled(20), foot)), nil, nil,
		kit.Pad(scaled(20), scaled(20), body)), nil, surface)
	s.fill(s.gatePage(sized(640, 250, card), func() { s.trouble(d, err) }))
}

// sized gives an object a size that follows the text scale; it grows with its content.
func sized(w, h float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&least{w: w, h: h}, o)
}

type least struct{ w, h float32 }

func (l *least) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

func (l *least) MinSize(o []fyne.CanvasObject) fyne.Size {
	want := o[0].MinSize()
	return fyne.NewSize(max(scaled(l.w), want.Width), max(scaled(l.h), want.Height))
}

// placeWords is the path of a file that was to be opened; an address may hold a password.
func placeWords(d Data) string {
	if d.Place == "" || !isFile(d.Place) {
		return ""
	}
	return d.Place
}

// way gives what a way out does, its word and its id for tests.
func (s *Shell) way(w way, d Data) (do func(), text, id string) {
	again := func() { s.gate("") }
	switch w {
	case wayReadOnly:
		return func() { s.switchTo(Data{Place: d.Place, ReadOnly: true}, again) }, s.tr.T("gate.read_only"), "read_only"
	case wayRestore:
		return func() { s.chooseBackup(d) }, s.tr.T("gate.restore"), "restore"
	case wayFile:
		return s.chooseFile, s.tr.T("gate.open_file"), "file"
	}
	if w == wayNew {
		return func() { s.switchTo(Data{Place: d.Place}, again) }, s.tr.T("gate.new_file"), "new"
	}
	return func() { s.switchTo(d, again) }, s.tr.T("common.retry"), "again"
}

// chooseFile opens another shop's file.
func (s *Shell) chooseFile() {
	kit.PickFile(s.env(), kit.FileFilter{Title: s.tr.T("gate.open_file"), Extensions: []string{".zhanggui"}}, func(paths []string) {
		if len(paths) > 0 {
			s.switchTo(Data{Place: paths[0]}, func() { s.gate("") })
		}
	})
}

// chooseBackup puts a backup in the place of data that cannot be opened.
func (s *Shell) chooseBackup(d Data) {
	kit.PickFile(s.env(), kit.FileFilter{Title: s.tr.T("gate.restore"), Extensions: kit.BackupFiles}, func(paths []string) {
		if len(paths) == 0 {
			return
		}
		kit.Confirm(s.env(), kit.Ask{
			ID: "restore", Title: s.tr.T("gate.restore_ask", "file", filepath.Base(paths[0])), Text: s.tr.T("gate.restore_text"), OK: s.tr.T("gate.restore_ok"),
		}, func() { s.restore(d, paths[0]) })
	})
}

func (s *Shell) restore(d Data, backup string) {
	s.message("opening", s.tr.T("gate.restoring"))
	s.owner.OnFail(func(err error) bool { s.trouble(d, err); return true })
	kit.Act(s.env(), s.owner, func(ctx context.Context) (struct{}, error) {
		_, err := s.opt.Restore(context.WithoutCancel(ctx), d.Place, backup, auth.Actor{}, nil)
		return struct{}{}, err
	}, func(struct{}) { s.open(Data{Place: d.Place}, func() { s.gate("") }) })
}

// sayCrash says once that the last run crashed, and where its report is.
func (s *Shell) sayCrash() {
	if s.crash == "" {
		return
	}
	path := s.crash
	s.crash = ""
	kit.OpenDialog(s.env(), kit.DialogSpec{
		ID: "crash", Title: s.tr.T("gate.crashed"), Icon: theme.Warn, Cancel: "-", OK: s.tr.T("common.understood"),
		Body: kit.NewParagraph(s.tr.T("gate.crashed_text", "file", path)),
	})
}
