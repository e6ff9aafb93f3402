package shipping

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/shipping"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// listing ships a list of waybills: rows pasted or read from a file, then one
// order after another with progress, then what was refused and why.
type listing struct {
	s     *screen
	d     *kit.Dialog
	text  *kit.Entry
	page  *fyne.Container // input, progress or result
	wrong *kit.Label
	file  *kit.Button
	stop  func()
	step  int
	res   shipping.ListResult
}

// The steps of a listing.
const (
	stepInput = iota
	stepRunning
	stepResult
)

// clipLimit is how much of the clipboard is taken along; a longer list comes as a file.
const clipLimit = 200_000

// paste opens the list with what is on the clipboard when that looks like one.
func (s *screen) paste() {
	l := &listing{s: s, stop: func() {}}
	env := s.env
	l.text = kit.ID(kit.NewEntry(env, env.T("board.list.ghost")).Lines(9), "shipping.waybills.text")
	l.text.SetText(clipped(fyne.CurrentApp().Clipboard().Content()))
	l.wrong = kit.NewLabel("").Narrow()
	l.file = kit.ID(kit.NewButton(env, env.T("common.choose_file"), "", l.chooseFile).Small(), "shipping.waybills.file")
	input := kit.Down(8, kit.NewParagraph(env.T("board.list.text")).Small(), l.text, l.wrong)
	l.page = container.NewStack(input)
	l.d = kit.OpenDialog(env, kit.DialogSpec{
		ID: "shipping.waybills", Title: env.T("board.list.title"), Width: 860, Body: l.page, Left: l.file, NoEnter: true,
		OK: env.T("board.list.start"), Cancel: env.T("common.close"),
		OnOK: func(*kit.Dialog) { l.next() }, OnEnd: func() { l.stop() },
	})
	l.d.Keys().On("F9", l.next)
	l.d.Keys().Try("Enter", func() bool { // in the field Enter breaks the line
		if l.step == stepResult {
			l.next()
		}
		return l.step == stepResult
	})
	l.d.Owner().OnFail(l.failed)
	l.d.Relay() // the text above the field now knows its width
	l.d.Focus(l.text)
}

// clipped is the clipboard's text when it has the form of a list, else "".
func clipped(text string) string {
	if len(text) > clipLimit || !strings.ContainsAny(text, "\t, ，") {
		return ""
	}
	if rows, err := shipping.ParseList(text); err != nil || len(rows) == 0 {
		return ""
	}
	return text
}

func (l *listing) failed(err error) bool {
	l.step = stepInput
	l.show(kit.Down(8, kit.NewParagraph(l.s.env.T("board.list.text")).Small(), l.text, l.wrong))
	text := strings.ReplaceAll(l.s.env.Tr.Fault(err), "\n", "  ")
	l.wrong.SetParts(kit.Part{Icon: string(theme.Urgent), Text: text, Token: theme.Urgent.Token()})
	return true
}

func (l *listing) show(o fyne.CanvasObject) {
	l.page.Objects = []fyne.CanvasObject{o}
	l.page.Refresh()
	l.d.Relay()
}

// next is the main button: start, and close when the result stands there.
func (l *listing) next() {
	switch l.step {
	case stepInput:
		l.start()
	case stepResult:
		l.d.Close()
	}
}

func (l *listing) chooseFile() {
	if l.step != stepInput {
		return
	}
	filter := kit.FileFilter{Title: l.s.env.T("board.list.title"), Extensions: []string{".xlsx", ".xls", ".csv", ".txt"}}
	kit.PickFile(l.s.env, filter, func(paths []string) {
		if len(paths) == 0 {
			return
		}
		kit.Run(l.s.env, l.d.Owner(), func(ctx context.Context) (string, error) { return readList(ctx, paths[0]) }, func(text string) {
			l.wrong.SetParts()
			l.text.SetText(text)
		})
	})
}

// readList reads a table file as rows with tabs between the cells; rows keep their numbers.
func readList(ctx context.Context, path string) (string, error) {
	lost := func(err error) error {
		return fault.New(fault.Unavailable, "fault.ship.file", "file", filepath.Base(path)).Because(err)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", lost(err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return "", lost(err)
	}
	book, err := sheet.Open(path, f, st.Size(), sheet.DefaultLimits())
	if err != nil {
		return "", err
	}
	defer func() { _ = book.Close() }() // only read
	var b strings.Builder
	line := 1
	err = book.Rows(ctx, 0, func(r sheet.Row) error {
		for ; line < r.Number; line++ {
			b.WriteByte('\n')
		}
		for i, cell := range r.Cells {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(cell.Text)
		}
		return nil
	})
	return b.String(), err
}

// start reads the rows and ships them; stopping keeps what left.
func (l *listing) start() {
	env, text := l.s.env, l.text.Text
	if strings.TrimSpace(text) == "" {
		l.wrong.SetParts(kit.Part{Icon: string(theme.Warn), Text: env.T("board.list.empty"), Token: theme.Warn.Token()})
		return
	}
	stopped, stop := kit.Stop()
	l.stop = stop
	panel := kit.NewJobPanel(env, "shipping.waybills", env.T("job.ship_list"), stop)
	report := panel.Report()
	l.step = stepRunning
	l.show(panel.Object())
	kit.Act(env, l.d.Owner(), func(ctx context.Context) (shipping.ListResult, error) {
		ctx, cancel := kit.Stoppable(ctx, stopped)
		defer cancel()
		rows, err := shipping.ParseList(text)
		if err != nil {
			return shipping.ListResult{}, err
		}
		res, err := l.s.app.Shipping.ShipList(ctx, rows, report)
		if fault.Is(err, fault.Cancelled) {
			err = nil // what left stays; the rest was not touched
		}
		return res, err
	}, l.finished)
}

// finished shows what became of the rows.
func (l *listing) finished(res shipping.ListResult) {
	env := l.s.env
	l.step, l.res = stepResult, res
	done := env.Tr.N("board.list.shipped", int64(len(res.Shipped)))
	parts := []kit.Part{{Icon: string(theme.OK), Text: done, Token: theme.OK.Token()}}
	if n := len(res.Refused); n > 0 {
		parts = append(parts, kit.Part{Icon: string(theme.Urgent), Text: env.Tr.N("board.list.refused", int64(n)), Token: theme.Urgent.Token(), Gap: 14})
	}
	if res.Already > 0 {
		parts = append(parts, kit.Part{Icon: string(theme.Idle), Text: env.Tr.N("board.list.already", int64(res.Already)), Token: theme.MutedToken, Gap: 14})
	}
	if n := unusual(res.Shipped); n > 0 {
		parts = append(parts, kit.Part{Icon: string(theme.Warn), Text: env.Tr.N("board.list.unusual", int64(n)), Token: theme.Warn.Token(), Gap: 14})
	}
	body := kit.Down(10, kit.NewLine(parts...))
	if len(res.Refused) > 0 {
		heads := []kit.Head{
			{Key: "row", Title: env.T("field.row"), Width: 44, Align: kit.Right},
			{Key: "order", Title: env.T("field.order"), Width: 150},
			{Key: "waybill", Title: env.T("field.waybill"), Width: 140},
			{Key: "why", Title: env.T("field.reason"), Width: 200, Flex: true},
		}
		grid := kit.NewGrid(env, "shipping.waybills.refused", heads, refusedRows(env.Tr, res.Refused), false)
		body.Add(kit.Fixed(0, float32(min(320, 40+28*len(res.Refused))), grid))
		body.Add(kit.Across(8, kit.ID(kit.NewButton(env, env.T("board.list.copy"), "", l.copyRefused).Small(), "shipping.waybills.copy")))
	}
	l.show(body)
	l.s.list.Hint(theme.OK, done)
	l.s.saidAll(done, res.Shipped)
	if ok, is := kit.Find("shipping.waybills.ok").(*kit.Button); is {
		ok.SetLabel(env.T("common.done"))
	}
	l.file.Hide()
	env.Window.Canvas().Unfocus() // the field is gone; keys go to the dialog
}

// copyRefused puts the refused rows on the clipboard, to be corrected and pasted again.
func (l *listing) copyRefused() {
	fyne.CurrentApp().Clipboard().SetContent(refusedText(l.res.Refused))
	l.s.env.Say(l.s.env.T("common.copied"))
}

// refusedText is the refused rows as a list that can be pasted again.
func refusedText(rows []shipping.RefusedRow) string {
	var b strings.Builder
	for _, r := range rows {
		if r.Bad != nil {
			b.WriteString(r.Text + "\n")
			continue
		}
		b.WriteString(r.Order + "\t" + r.Courier + "\t" + r.Waybill + "\n")
	}
	return b.String()
}

func unusual(list []shipping.ShipResult) int {
	n := 0
	for _, r := range list {
		if r.Unusual {
			n++
		}
	}
	return n
}

// fixedRows are rows of a grid that are all there.
type fixedRows []*kit.Row

// Len is their number.
func (f fixedRows) Len() int { return len(f) }

// Row gives one.
func (f fixedRows) Row(i int) (*kit.Row, bool) {
	if i < 0 || i >= len(f) {
		return nil, false
	}
	return f[i], true
}

// refusedRows are the rows that did not leave, each with its reason.
func refusedRows(tr i18n.Tr, refused []shipping.RefusedRow) fixedRows {
	rows := make(fixedRows, len(refused))
	for i, r := range refused {
		why := strings.ReplaceAll(tr.Fault(r.Err), "\n", "  ")
		rows[i] = &kit.Row{ID: i18n.Count(int64(r.Row)), Cells: []kit.Cell{
			kit.Count(int64(r.Row)), kit.Text(r.Order), kit.Text(r.Waybill), kit.Toned(theme.Urgent, why),
		}}
	}
	return rows
}
