package inbox

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/ingest"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// bar is the row of buttons under files and preview, by use.
type bar struct {
	s       *screen
	buttons map[string]*kit.Button
	order   []barButton
	object  fyne.CanvasObject
}

type barButton struct {
	id  string
	key kit.Chord
	do  func()
}

func newBar(s *screen) *bar {
	b := &bar{s: s, buttons: map[string]*kit.Button{}}
	row := kit.Across(8)
	add := func(id, title string, key kit.Chord, do func()) *kit.Button {
		button := kit.ID(kit.NewButton(s.env, s.env.T(title), key, do), "import."+id)
		b.buttons[id] = button
		b.order = append(b.order, barButton{id, key, button.Press})
		row.Add(button)
		return button
	}
	if s.env.Allows(auth.ImportOrders) || s.env.Allows(auth.ImportStock) {
		add("commit", "action.commit", "F9", s.commitFile).Primary()
		add("all", "box.commit_all", "Shift+F9", s.commitAll)
	}
	add("reread", "box.reread", "F5", s.reread)
	if s.env.Allows(auth.ImportOrders) {
		add("map", "action.map_columns", "M", s.mapColumns)
	}
	add("remove", "box.remove", "Del", s.remove)
	if s.env.Allows(auth.ExportFile) {
		add("export", "box.export", "Ctrl+E", s.exportRefused)
	}
	m := theme.Current().Metrics()
	hint := kit.NewLabel(s.env.T("box.rule")).Small().Muted().Narrow().Align(kit.Right)
	b.object = container.NewStack(kit.NewSurface(), kit.Edges(kit.NewRule(), nil, nil, nil,
		kit.Fixed(0, m.ActionBar, kit.Pad(0, 12, kit.Edges(nil, nil, row, nil, kit.Pad(0, 12, hint))))))
	return b
}

// bind gives the buttons their keys.
func (b *bar) bind(layer *kit.Layer) {
	for _, x := range b.order {
		layer.On(x.key, x.do)
	}
}

// refresh brings words and reasons up to date with the file in front.
func (b *bar) refresh() {
	s, f := b.s, b.s.at
	t := s.env.Tr
	busy := s.owner.Acting()
	if c := b.buttons["commit"]; c != nil {
		label, why := t.T("action.commit"), ""
		switch {
		case f == nil || f.plan == nil:
			c.SetOff(true)
		case f.state == done:
			why = t.T("box.why.done")
		case f.state == already:
			why = t.T("box.why.already")
		case !s.env.Allows(right(f.plan.File.Kind)):
			why = t.T("box.why.denied")
		case !f.committable():
			why = t.T("box.why.nothing")
		case f.state == partial:
			label = t.T("common.continue")
		default:
			label = t.N("box.commit", int64(writes(f.plan)))
		}
		c.SetLabel(label)
		c.SetWhy(why)
		c.SetOff(why != "" || f == nil || f.plan == nil || busy)
	}
	n := 0
	for _, x := range s.files {
		if x.committable() && s.env.Allows(right(x.plan.File.Kind)) {
			n++
		}
	}
	b.set("all", t.N("box.commit_files", int64(n)), n < 2 || busy)
	b.set("reread", t.T("box.reread"), f == nil || f.state == done || busy)
	b.set("map", t.T("action.map_columns"), f == nil || !f.mappable())
	b.set("remove", t.T("box.remove"), f == nil || f.state == reading)
	refusedRows := 0
	if f != nil && f.plan != nil {
		refusedRows = len(f.plan.File.Rejected)
	}
	label := t.T("box.export")
	if refusedRows > 0 {
		label = t.N("box.export_n", int64(refusedRows))
	}
	b.set("export", label, refusedRows == 0)
	b.object.Refresh()
}

func (b *bar) set(id, label string, off bool) {
	if button := b.buttons[id]; button != nil {
		button.SetLabel(label)
		button.SetOff(off)
	}
}

// dress brings cards, facts, totals and buttons up to date.
func (s *screen) dress() {
	s.drawn = s.drawn[:0]
	sum := map[domain.RowResult]int{}
	good := 0
	for _, f := range s.files {
		s.drawn = append(s.drawn, s.card(f))
		if f.committable() {
			good++
			for r, n := range f.plan.Counts {
				sum[r] += n
			}
		}
	}
	tr := s.env.Tr
	s.cards.Update()
	s.filed.SetParts(append([]kit.Part{{Text: tr.N("box.files", int64(len(s.files))), Bold: true}}, s.tally()...)...)
	s.sums.SetParts(append([]kit.Part{{Text: tr.N("box.good", int64(good)), Token: theme.MutedToken}}, counts(tr, sum)...)...)
	s.head.Objects = []fyne.CanvasObject{s.facts()}
	s.totals.Hide()
	if line := s.control(); line != nil {
		s.totals.Objects = []fyne.CanvasObject{line}
		s.totals.Show()
	}
	s.dry.Show()
	if s.at == nil || s.at.plan == nil || s.at.state == done {
		s.dry.Hide()
	}
	s.bar.refresh()
	if s.tabs != nil {
		s.tabs.SetCount(tabFiles, len(s.files))
	}
	s.head.Refresh()
	s.totals.Refresh()
	s.center.Refresh()
}

// tally says how many files are in which way special.
func (s *screen) tally() []kit.Part {
	n := map[state]int{}
	for _, f := range s.files {
		n[f.state]++
	}
	var words []string
	for _, x := range []struct {
		n   int
		key string
	}{{n[ready] + n[done] + n[partial], "box.recognised"}, {n[unknown], "box.to_map"}, {n[asks], "box.to_ask"}, {n[already], "box.known"}, {n[refused], "box.refused"}} {
		if x.n > 0 {
			words = append(words, s.env.T(x.key, "n", x.n))
		}
	}
	return []kit.Part{{Text: i18n.Join(words...), Token: theme.MutedToken, Gap: 10}}
}

// card is one file: its state and name, what it is, what it would bring.
func (s *screen) card(f *file) *kit.Row {
	tr, now := s.env.Tr, s.env.Clock.Now()
	top := []kit.Part{{Icon: string(f.tone()), Token: f.tone().Token()}, {Text: f.name}}
	const gap = 20 // under the name, past the icon
	bottom := []kit.Part{{Text: "", Gap: gap}}
	var right []kit.Part // what stands behind it
	muted := func(text string) { bottom = []kit.Part{{Text: text, Gap: gap}} }
	switch f.state {
	case waiting:
		muted(tr.T("common.queued"))
	case reading:
		muted(tr.T("common.loading"))
	case unknown:
		muted(tr.T("box.card.unknown"))
		right = []kit.Part{{Text: tr.T("action.map_columns"), Token: theme.Info.Token()}}
	case refused:
		what, _ := first(tr.Fault(f.err))
		bottom = []kit.Part{{Text: what, Gap: gap, Token: theme.Urgent.Token()}}
	case asks:
		muted(tr.T("box.card.asks"))
		if question(f.err) == askRate {
			muted(tr.T("box.card.rate"))
		}
		right = []kit.Part{{Text: tr.T("box.card.answer"), Token: theme.Warn.Token()}}
	case already:
		imp := f.plan.Already
		bottom = append(s.kind(f, gap), kit.Part{Text: tr.T("box.card.already", "time", tr.Moment(imp.DoneAt, now), "name", imp.By)})
		right = []kit.Part{{Text: tr.T("box.card.skip")}}
	case done:
		bottom = append(s.kind(f, gap), kit.Part{Text: tr.T("box.card.done")})
		right = counts(tr, countsOf(f.result))
	default:
		bottom = s.kind(f, gap)
		right = counts(tr, f.plan.Counts)
	}
	if len(right) > 0 {
		right[0].Gap = 16
	}
	return &kit.Row{ID: f.path, Dim: f.state == already, Cells: []kit.Cell{kit.Lines(top, append(bottom, right...))}}
}

// kind is channel, kind and period of a file that was read.
func (s *screen) kind(f *file, gap float32) []kit.Part {
	tr, data := s.env.Tr, f.plan.File
	var parts []kit.Part
	if ch := f.plan.Shop.Channel; ch != "" {
		parts = append(parts, kit.Part{Channel: ch, Text: tr.Word("channel", ch), Gap: gap})
		gap = 0
	}
	parts = append(parts, kit.Part{Text: tr.T("ingest.kind." + string(data.Kind)), Gap: gap})
	if days := period(tr, data.FirstDay, data.LastDay, s.env.Clock.Now().Day()); days != "" {
		parts = append(parts, kit.Part{Text: days})
	}
	return parts
}

// facts is the line over the preview: layout, period, encoding, rows, shop.
func (s *screen) facts() fyne.CanvasObject {
	f, tr := s.at, s.env.Tr
	row := kit.Across(26)
	fact := func(label, value, more string) {
		row.Add(kit.Down(1, kit.NewLabel(label).Small().Muted(), kit.NewLine(kit.Part{Text: value}, kit.Part{Text: more, Token: theme.MutedToken})))
	}
	today := s.env.Clock.Now().Day()
	switch {
	case f == nil:
		return s.band(56, kit.NewLabel(tr.T("box.head")).Small().Muted().Narrow())
	case f.plan == nil && f.known != nil:
		fact(tr.T("field.file"), f.name, "")
		fact(tr.T("field.layout"), tr.T("box.unknown_layout"), tr.N("box.columns", int64(len(f.known.Header))))
		if f.known.HeaderRow > 0 {
			fact(tr.T("field.row"), tr.T("box.header_row", "n", f.known.HeaderRow), "")
		}
	case f.plan == nil:
		fact(tr.T("field.file"), f.name, "")
	default:
		d := f.plan.File
		fact(tr.T("field.layout"), layoutName(tr, d.Layout), tr.N("box.columns", int64(len(d.Header))))
		if days := period(tr, d.FirstDay, d.LastDay, today); days != "" {
			fact(tr.T("field.period"), days, "")
		}
		fact(tr.T("field.encoding"), encodingName(tr, d), tr.T("box.header_row", "n", d.HeaderRow))
		fact(tr.T("box.rows"), i18n.Count(int64(d.RowCount)), "")
	}
	right := s.shopChoice()
	return s.band(56, kit.Edges(nil, nil, nil, right, row))
}

// band is a white strip with a hairline under it.
func (s *screen) band(height float32, o fyne.CanvasObject) fyne.CanvasObject {
	return rule(surfaced(height, kit.Pad(0, 14, middle(o))))
}

// control is the line of control totals, or after the commit its result; nil
// without a preview.
func (s *screen) control() fyne.CanvasObject {
	f, tr := s.at, s.env.Tr
	if f == nil || f.plan == nil {
		return nil
	}
	if f.state == done {
		return s.resultLine(f)
	}
	d := f.plan.File
	var parts []kit.Part
	put := func(tone theme.Status, word, value string) {
		var gap float32 = -1
		if len(parts) > 0 {
			gap = 24
		}
		parts = append(parts, kit.Part{Icon: string(tone), Text: word, Token: tone.Token(), Gap: gap}, kit.Part{Text: value, Gap: 8})
	}
	t, has := mainTotal(d)
	shown := has && (d.Kind != ingest.KindOpening || s.env.Allows(auth.FinanceViewCost))
	switch {
	case !shown:
	case t.HasDecl && t.Declared == t.Sum:
		put(theme.OK, tr.T("box.total.equal", "column", t.Column), tr.T("box.total.both", "file", t.Declared.Grouped(), "sum", t.Sum.Grouped()))
	case t.HasDecl:
		put(theme.Urgent, tr.T("box.total.differs", "column", t.Column), tr.T("box.total.gap", "file", t.Declared.Grouped(), "sum", t.Sum.Grouped()))
	default:
		put(theme.Info, tr.T("box.total.plain", "column", t.Column), t.Sum.Grouped())
	}
	money := func(f string) string {
		if !shown {
			return ""
		}
		return f
	}
	put(theme.OK, tr.T("box.total.accepted"), i18n.Join(tr.N("box.records", int64(len(f.plan.Items)-rejectedItems(f))), money(t.Accepted.Grouped())))
	if n := len(d.Rejected); n > 0 {
		put(theme.Urgent, tr.T("box.total.refused"), i18n.Join(tr.N("common.rows", int64(n)), money((t.Sum-t.Accepted).Grouped())))
	}
	if d.Currency != "" {
		parts = append(parts, kit.Part{Text: d.Currency, Token: theme.MutedToken, Gap: 24})
	}
	return rule(container.NewStack(kit.NewRaised(), kit.Fixed(0, 36, kit.Pad(0, 14, middle(kit.NewLine(parts...).Small().Narrow())))))
}

// rejectedItems are the records of a plan that stand among the refused rows.
func rejectedItems(f *file) int {
	n := 0
	for i := range f.plan.Items {
		if f.plan.Items[i].Result == domain.RowRejected {
			n++
		}
	}
	return n
}

// resultLine is the result card of a commit with its undo.
func (s *screen) resultLine(f *file) fyne.CanvasObject {
	tr := s.env.Tr
	parts := append([]kit.Part{{Icon: string(theme.OK), Text: tr.T("box.written"), Token: theme.OK.Token(), Bold: true}}, counts(tr, countsOf(f.result))...)
	buttons := kit.Across(8)
	if s.env.Allows(rightUndo) {
		imp := *f.result
		buttons.Add(kit.ID(kit.NewButton(s.env, tr.T("box.undo"), "", func() { s.askUndo(imp) }).Small(), "import.result.undo"))
	}
	if f.plan.File.Kind != ingest.KindProducts && f.plan.File.Kind != ingest.KindOpening && s.env.Allows(auth.OrdersView) {
		buttons.Add(kit.ID(kit.NewButton(s.env, tr.T("box.to_orders"), "", func() { s.env.Open("orders", nil) }).Small(), "import.result.orders"))
	}
	line := kit.Edges(nil, nil, nil, buttons, middle(kit.NewLine(parts...).Small().Narrow()))
	return rule(container.NewStack(kit.NewTint(theme.OK), kit.Fixed(0, 40, kit.Pad(0, 14, line))))
}

// dropBox is the place to drop files on: mark fill, primary border (LOOK §8).
type dropBox struct {
	widget.BaseWidget
	rect *canvas.Rectangle
	body fyne.CanvasObject
}

func newDropBox(body fyne.CanvasObject) *dropBox {
	d := &dropBox{rect: canvas.NewRectangle(nil), body: body}
	d.rect.CornerRadius, d.rect.StrokeWidth = theme.Current().Metrics().RadiusCard, 1
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer shows the box.
func (d *dropBox) CreateRenderer() fyne.WidgetRenderer {
	d.colour()
	return &dropRenderer{WidgetRenderer: widget.NewSimpleRenderer(container.NewStack(d.rect, d.body)), d: d}
}

func (d *dropBox) colour() {
	p := theme.Current().Palette()
	d.rect.FillColor, d.rect.StrokeColor = p.Marked, p.Primary
}

type dropRenderer struct {
	fyne.WidgetRenderer
	d *dropBox
}

func (r *dropRenderer) Refresh() {
	r.d.colour()
	r.d.rect.Refresh()
}

// short is a file's name as people know it.
func short(path string) string { return filepath.Base(strings.ReplaceAll(path, `\`, "/")) }

// day prints an instant of the history.
func (s *screen) day(m when.Millis) string { return s.env.Tr.Moment(m, s.env.Clock.Now()) }
