package inbox

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// leftWidth is the column of files (LOOK §8).
const leftWidth = 372

// buildFiles lays out the first tab: files at the left, the preview at the right,
// the buttons under both.
func (s *screen) buildFiles() {
	s.list = kit.NewList(s.env, s.spec())
	s.env = s.list.Env()
	s.bar = newBar(s)
	s.head, s.totals, s.job = container.NewStack(), container.NewStack(), container.NewStack()
	s.job.Hide()
	s.where, s.dry = kit.NewLine().Small().Narrow(), kit.NewLabel(s.env.T("box.dry")).Small().Muted()
	moved := s.list.Grid().OnCursor
	s.list.Grid().OnCursor = func(row int) {
		moved(row)
		s.point()
	}
	foot := container.NewStack(kit.NewRaised(), kit.Edges(kit.NewRule(), nil, nil, nil, kit.Fixed(0, theme.Current().Metrics().Footer, kit.Pad(0, 12,
		kit.Edges(nil, nil, nil, s.dry, s.where)))))
	// the foot names the record under the cursor in the place of the list's own
	records := container.NewStack(s.list.Object(), kit.Edges(nil, foot, nil, nil, nil))
	s.center = kit.Edges(kit.Down(0, s.head, s.totals, s.job), nil, nil, nil, records)
	left := kit.Fixed(leftWidth, 0, s.filesColumn())
	divider := kit.Edges(nil, nil, nil, kit.NewRule(), left)
	s.pages[tabFiles] = kit.Edges(nil, s.bar.object, divider, nil, s.center)
}

// filesColumn is the drop box, the cards and their sums.
func (s *screen) filesColumn() fyne.CanvasObject {
	heads := []kit.Head{{Key: "file", Width: 300, Flex: true}}
	s.cards = kit.NewGrid(s.env, "import.files", heads, &s.drawn, false).Tall(54, true)
	s.cards.OnCursor = func(row int) {
		if row >= 0 && row < len(s.files) {
			s.pick(s.files[row])
		}
	}
	s.sums, s.filed = kit.NewLine().Small().Narrow(), kit.NewLine().Small().Narrow()
	m := theme.Current().Metrics()
	title := container.NewStack(kit.NewRaised(), rule(kit.Fixed(0, m.Header, kit.Pad(0, 12, s.filed))))
	foot := container.NewStack(kit.NewRaised(), kit.Edges(kit.NewRule(), nil, nil, nil, kit.Fixed(0, m.Footer, kit.Pad(0, 12, s.sums))))
	button := kit.ID(kit.NewButton(s.env, s.env.T("box.choose"), "O", s.choose), "import.choose")
	words := kit.Down(1, kit.NewLabel(s.env.T("box.drop")).Pane().Narrow(), kit.NewLabel(s.env.T("box.drop_hint")).Small().Muted().Narrow())
	drop := newDropBox(kit.Pad(0, 14, kit.Edges(nil, nil, nil, container.NewCenter(button), middle(words))))
	top := container.NewStack(kit.NewSurface(), kit.Pad(12, 12, kit.Fixed(0, 74, drop)))
	return container.NewStack(kit.NewSurface(), kit.Edges(kit.Down(0, top, kit.NewRule(), title), foot, nil, nil, s.cards))
}

// cards are the rows of the files' grid.
type cards []*kit.Row

// Len is their number.
func (c *cards) Len() int { return len(*c) }

// Row gives one.
func (c *cards) Row(i int) (*kit.Row, bool) {
	if i < 0 || i >= len(*c) {
		return nil, false
	}
	return (*c)[i], true
}

// AddFiles adds files to the inbox and reads them one after the other. A file
// that is there already is read again.
func (s *screen) AddFiles(paths []string) {
	var first *file
	for _, path := range paths {
		f := s.find(path)
		if f == nil {
			f = &file{path: path, name: filepath.Base(path)}
			s.files = append(s.files, f)
		}
		f.state = waiting
		if first == nil {
			first = f
		}
	}
	if first == nil {
		return
	}
	s.pick(first)
	s.pump()
}

func (s *screen) find(path string) *file {
	for _, f := range s.files {
		if f.path == path {
			return f
		}
	}
	return nil
}

// choose asks for files.
func (s *screen) choose() {
	kit.PickFile(s.env, kit.FileFilter{
		Title: s.env.T("box.choose"), Extensions: []string{".csv", ".txt", ".tsv", ".xlsx", ".xls", ".xml", ".html"}, Many: true,
	}, s.AddFiles)
}

// pump reads the next file that waits.
func (s *screen) pump() {
	for _, f := range s.files {
		if f.state != waiting || s.owner.Acting() {
			continue
		}
		s.readFile(f)
		return
	}
	s.dress()
}

// readFile previews one file, then the next that waits.
func (s *screen) readFile(f *file) {
	f.state = reading
	s.dress()
	work(s, "import.reading", s.env.T("box.reading", "file", f.name), func(ctx, stopped context.Context, panel *kit.JobPanel) (outcome, error) {
		ctx, cancel := kit.Stoppable(ctx, stopped)
		defer cancel()
		return s.read(ctx, f.path, f.target, panel.Report())
	}, func(out outcome, err error) {
		switch {
		case fault.Is(err, fault.Cancelled):
			f.state, f.err = refused, fault.New(fault.Cancelled, "fault.box.stopped")
		case err != nil:
			f.state, f.err = refused, err
		default:
			f.take(out)
		}
		if s.at == f {
			s.pick(f)
		}
		s.pump()
	})
}

// reread reads the file in front again.
func (s *screen) reread() {
	if f := s.at; f != nil && f.state != reading && f.state != done {
		f.state = waiting
		s.pump()
	}
}

// remove takes the file in front out of the inbox; nothing on disk is touched.
func (s *screen) remove() {
	for i, f := range s.files {
		if f != s.at || f.state == reading {
			continue
		}
		s.files = append(s.files[:i:i], s.files[i+1:]...)
		s.at = nil
		if len(s.files) > 0 {
			s.pick(s.files[min(i, len(s.files)-1)])
			return
		}
		s.show(nil)
		return
	}
}

// pick shows the preview of a file.
func (s *screen) pick(f *file) {
	s.show(f)
	for i, x := range s.files {
		if x == f && s.cards.CursorRow() != i {
			s.cards.SetCursor(i)
		}
	}
}

func (s *screen) show(f *file) {
	s.at = f
	rows := []record{}
	if f != nil && f.plan != nil {
		rows = f.rows
	}
	s.shown.Store(&rows)
	s.dress()
	s.list.Show(chipAll, "", kit.Values{})
	s.remarks(f)
	s.point()
}

// remarks puts what a person should know of the whole file into the hint line.
func (s *screen) remarks(f *file) {
	if f == nil || f.plan == nil || f.state == done || len(f.plan.File.Notes) == 0 {
		return
	}
	notes := f.plan.File.Notes
	more := ""
	if len(notes) > 1 {
		more = s.env.Tr.N("box.more_notes", int64(len(notes)-1))
	}
	s.list.SetHint(theme.Warn, s.env.Tr.M(notes[0].Key, notes[0].Args), more, "")
}

// spec is the list of records.
func (s *screen) spec() kit.ListSpec[record] {
	tr := s.env.Tr
	chips := []kit.ChipSpec{{Key: chipAll, Title: "common.all"}}
	for _, r := range results {
		chips = append(chips, kit.ChipSpec{Key: string(r), Title: "box.chip." + string(r), Mark: kit.Mark{Icon: string(resultTone(r)), Tone: resultTone(r)}})
	}
	fact := func(fn func(v facts) kit.Cell) func(r record) kit.Cell {
		return func(r record) kit.Cell {
			if s.at == nil || s.at.plan == nil || r.item == nil {
				return kit.Cell{}
			}
			return fn(factsOf(s.at.plan.File, r))
		}
	}
	return kit.ListSpec[record]{
		ID: "import.records", RowID: func(r record) string { return r.id }, Search: "box.search", Chips: chips,
		Dim:    func(r record) bool { return r.result == domain.RowSame },
		Fetch:  s.fetch,
		Counts: s.counts,
		Empty:  s.empty,
		Footer: func(int, map[string]int64) []string { return nil },
		Columns: []kit.Column[record]{
			{Key: "row", Title: "field.row", Width: 52, Align: kit.Right, Cell: func(r record) kit.Cell { return kit.Muted(i18n.Count(int64(r.row))) }},
			{Key: "result", Title: "box.result", Width: s.wide(72, 92), Cell: func(r record) kit.Cell {
				return kit.Pill(resultTone(r.result), tr.Word("result", string(r.result)))
			}},
			{Key: "number", Title: "box.number", Width: 178, Cell: numberCell},
			{Key: "at", Title: "field.paid_at", Width: s.wide(96, 104), Muted: true, Cell: fact(func(v facts) kit.Cell {
				if v.at == 0 {
					return kit.Cell{}
				}
				return kit.Text(tr.Moment(v.at, s.env.Clock.Now()))
			})},
			{Key: "goods", Title: "field.goods", Width: 132, Min: 80, Cell: func(r record) kit.Cell { return s.goodsCell(r) }},
			{Key: "units", Title: "field.units", Width: s.wide(44, 52), Align: kit.Right, Cell: fact(func(v facts) kit.Cell { return kit.CountOrDash(v.units) })},
			{Key: "sum", Title: "field.amount", Width: 86, Align: kit.Right, Cell: fact(func(v facts) kit.Cell {
				if !v.hasSum || (v.secrets && !s.env.Allows(auth.FinanceViewCost)) {
					return kit.Cell{}
				}
				return kit.Amount(v.amount)
			})},
			{Key: "status", Title: "box.status", Width: s.wide(80, 112), Muted: true, Cell: fact(func(v facts) kit.Cell { return kit.Text(v.status) })},
			{Key: "note", Title: "box.remark", Width: 150, Min: 120, Flex: true, Cell: func(r record) kit.Cell {
				switch r.result {
				case domain.RowRejected:
					return kit.Toned(theme.Urgent, remark(tr, r))
				case domain.RowChanged:
					return kit.Changed(remark(tr, r))
				case domain.RowConflict:
					return kit.Toned(theme.Warn, remark(tr, r))
				}
				return kit.Muted(remark(tr, r))
			}},
		},
	}
}

// numberCell is the number of a record; of a refused row without one the value
// that cannot be.
func numberCell(r record) kit.Cell {
	if r.number() == "" && r.reject != nil {
		return kit.Toned(theme.Urgent, strings.TrimSpace(r.reject.Value))
	}
	return kit.Long(r.number())
}

// goodsCell names the goods of a record; of a refused row the column and the
// value that cannot be.
func (s *screen) goodsCell(r record) kit.Cell {
	switch {
	case r.reject != nil && r.number() == "":
		return kit.Muted(r.reject.Column)
	case r.reject != nil:
		return kit.Toned(theme.Urgent, strings.TrimSpace(r.reject.Value)).With(r.reject.Column)
	}
	if s.at == nil || s.at.plan == nil {
		return kit.Cell{}
	}
	v := factsOf(s.at.plan.File, r)
	cell := kit.Text(v.goods)
	if v.more > 0 {
		cell = cell.With(s.env.Tr.N("box.more_goods", int64(v.more)))
	}
	return cell
}

// wide is a column's width: English words are longer.
func (s *screen) wide(zh, en int) int {
	if s.env.Tr.Lang() == i18n.English {
		return en
	}
	return zh
}

// fetch gives a page of the records in memory; they never change once shown.
func (s *screen) fetch(_ context.Context, q kit.Query) (core.Paged[record], error) {
	list := narrowed(*s.shown.Load(), q.Chip, q.Search)
	page := q.Page.Clamp()
	from := min(page.Offset, len(list))
	return core.Paged[record]{Rows: list[from:min(from+page.Limit, len(list))], Total: len(list)}, nil
}

func (s *screen) counts(_ context.Context, q kit.Query) (map[string]int, error) {
	list := narrowed(*s.shown.Load(), chipAll, q.Search)
	n := map[string]int{chipAll: len(list)}
	for _, r := range results {
		n[string(r)] = 0
	}
	for _, r := range list {
		n[string(r.result)]++
	}
	return n, nil
}

// empty says why there is no preview.
func (s *screen) empty(q kit.Query) kit.Empty {
	t := s.env.T
	switch f := s.at; {
	case f == nil:
		return kit.Empty{Icon: "inbox", Title: t("box.none"), Text: t("box.none_hint"), Action: t("box.choose"), Key: "O", Do: s.choose}
	case f.state == waiting || f.state == reading:
		return kit.Empty{Icon: "clock", Title: t("common.loading"), Text: f.name}
	case f.err != nil:
		return s.wrong(f)
	case q.Search != "":
		return kit.Empty{Icon: "search", Title: t("common.no_match"), Text: t("common.no_match_hint"), Action: t("common.show_all"), Key: "Esc", Do: s.list.ClearFilter}
	}
	return kit.Empty{Icon: "check", Title: t("box.no_records"), Text: t("box.no_records_hint"), Action: t("common.show_all"), Do: func() { s.list.Choose(chipAll) }}
}

// wrong says why a file cannot be previewed and what helps.
func (s *screen) wrong(f *file) kit.Empty {
	what, todo := first(s.env.Tr.Fault(f.err))
	e := kit.Empty{Icon: string(theme.Urgent), Title: what, Text: todo, Action: s.env.T("box.reread"), Key: "F5", Do: s.reread}
	switch {
	case f.state == unknown, f.known != nil:
		e.Icon, e.Action, e.Key, e.Do = "cols", s.env.T("action.map_columns"), "M", s.mapColumns
	case question(f.err) == askShop:
		e.Icon, e.Action, e.Key, e.Do = "tag", s.env.T("box.choose_shop"), "", s.askShop
	case question(f.err) == askRate:
		e.Icon, e.Action, e.Key, e.Do = "yuan", s.env.T("box.enter_rate"), "", s.askRate
	}
	return e
}

// point names row, column and value under the cursor (LOOK §8).
func (s *screen) point() {
	r, ok := s.list.Current()
	if !ok || s.at == nil {
		s.where.SetParts()
		return
	}
	tr := s.env.Tr
	if r.reject == nil {
		s.where.SetParts(kit.Part{Text: i18n.Join(tr.T("box.row", "n", rowsText(r)), kit.Group4(r.number()), tr.Word("result", string(r.result)), remark(tr, r)), Token: theme.MutedToken})
		return
	}
	place := i18n.Join(tr.T("box.row", "n", i18n.Count(int64(r.row))), r.reject.Column)
	if r.reject.Value != "" {
		place = i18n.Join(place, tr.T("box.value", "value", strings.TrimSpace(r.reject.Value)))
	}
	s.where.SetParts(kit.Part{Text: place}, kit.Part{Icon: string(theme.Urgent), Text: tr.M(r.reject.Key, r.reject.Args), Token: theme.Urgent.Token(), Gap: 14})
}

// rowsText lists the first rows of the file that make up a record.
func rowsText(r record) string {
	const most = 4
	text := ""
	for i, n := range r.item.Rows {
		if i == most {
			return text + "…"
		}
		if i > 0 {
			text += ", "
		}
		text += i18n.Count(int64(n))
	}
	return text
}

// commit writes the file in front.
func (s *screen) commitFile() {
	f := s.at
	if f == nil || !f.committable() || !s.env.Allows(right(f.plan.File.Kind)) {
		return
	}
	s.write([]*file{f})
}

// commitAll writes every file whose preview is good, in their order.
func (s *screen) commitAll() {
	var list []*file
	for _, f := range s.files {
		if f.committable() && s.env.Allows(right(f.plan.File.Kind)) {
			list = append(list, f)
		}
	}
	s.write(list)
}

// write commits the first of the files, then the others. A file behind another is
// read again before: what the first brought changes what it would do.
func (s *screen) write(list []*file) {
	if len(list) == 0 {
		return
	}
	f, rest := list[0], list[1:]
	work(s, "import.commit", s.env.T("box.writing", "file", f.name), func(ctx, stopped context.Context, panel *kit.JobPanel) (inbox.Result, error) {
		return s.commit(ctx, stopped, f.plan, panel.Report())
	}, func(res inbox.Result, err error) {
		s.committed(f, res, err)
		if err != nil || f.state != done {
			s.reloadReady(f)
			return
		}
		if len(rest) == 0 {
			s.reloadReady(f)
			return
		}
		s.again(rest)
	})
}

// again reads the next file once more and commits it.
func (s *screen) again(list []*file) {
	f := list[0]
	work(s, "import.reading", s.env.T("box.reading", "file", f.name), func(ctx, _ context.Context, panel *kit.JobPanel) (outcome, error) {
		return s.read(ctx, f.path, f.target, panel.Report())
	}, func(out outcome, err error) {
		if err == nil {
			f.take(out)
		}
		s.pick(f)
		if f.committable() {
			s.write(list)
			return
		}
		if len(list) > 1 {
			s.again(list[1:])
		}
	})
}

// committed shows what became of a file.
func (s *screen) committed(f *file, res inbox.Result, err error) {
	if err != nil {
		kit.Fail(s.env, err)
	}
	if res.Import == nil {
		s.dress()
		return
	}
	f.result = res.Import
	f.state = done
	if res.Import.State != domain.ImportDone {
		f.state = partial
	}
	n := countsOf(res.Import)
	text := s.env.T("box.done", "file", f.name, "new", n[domain.RowNew], "changed", n[domain.RowChanged], "rejected", n[domain.RowRejected])
	if f.state == done {
		last := *res.Import
		note := kit.Note{Text: text}
		if s.env.Allows(rightUndo) {
			note.Of, note.Undo = paper(last), func(ended func(bool)) { s.takeBack(last, ended) }
		}
		s.env.Tell(note)
	}
	s.dress()
	if s.at == f && f.state == partial {
		s.list.Hint(theme.Warn, s.env.T("box.partial"))
	}
}

// reloadReady reads the other previews again after a commit: an order that came
// in makes its items a change, not an error.
func (s *screen) reloadReady(but *file) {
	for _, f := range s.files {
		if f != but && f.state == ready {
			f.state = waiting
		}
	}
	s.pump()
}

// paper names an import, for the list of what can be undone.
func paper(imp domain.Import) string { return "import:" + imp.ID.String() }

// askUndo takes an import back after a question.
func (s *screen) askUndo(imp domain.Import) { s.takeBack(imp, func(bool) {}) }

// takeBack asks and takes an import back; ended is told whether it is. The screen
// may be closed by then: its place is gone, the job is the same.
func (s *screen) takeBack(imp domain.Import, ended func(done bool)) {
	name := filepath.Base(imp.File)
	kit.Confirm(s.env, kit.Ask{
		ID: "import.undo", Title: s.env.T("box.undo.title", "file", name), OK: s.env.T("box.undo"),
		Text: s.env.T("box.undo.text", "new", imp.New, "changed", imp.Changed),
		No:   func() { ended(false) },
	}, func() {
		if s.owner.Closed() {
			kit.TakeBack(s.env, func(ctx context.Context) error { return s.undo(ctx, ctx, imp, nil) })(ended)
			return
		}
		started := work(s, "import.undoing", s.env.T("job.undo_import", "file", name), func(ctx, stopped context.Context, panel *kit.JobPanel) (bool, error) {
			return true, s.undo(ctx, stopped, imp, panel.Report())
		}, func(_ bool, err error) {
			if err != nil {
				kit.Fail(s.env, err)
				ended(false)
				return
			}
			s.undone(imp)
			ended(true)
		})
		if !started {
			ended(false)
		}
	})
}

// undone says so and reads the file again, so that it can be committed anew.
func (s *screen) undone(imp domain.Import) {
	text := s.env.T("box.undone", "file", filepath.Base(imp.File))
	s.env.Tell(kit.Note{Text: text, Settles: []string{paper(imp)}})
	for _, f := range s.files {
		if f.result != nil && f.result.ID == imp.ID {
			f.result, f.state = nil, waiting
		}
	}
	s.pump()
	if s.tabs.Active() == tabHistory {
		s.history.list.Hint(theme.OK, text)
		return
	}
	s.list.Hint(theme.OK, text)
}

// exportRefused writes the refused rows of the file in front.
func (s *screen) exportRefused() {
	f := s.at
	if f == nil || f.plan == nil || len(f.plan.File.Rejected) == 0 {
		return
	}
	data := f.plan.File
	name := s.env.T("box.export.name", "file", trimExt(f.name)) + ".csv"
	kit.SaveFile(s.env, name, kit.FileFilter{Title: s.env.T("box.export"), Extensions: []string{".csv"}}, func(path string) {
		kit.Act(s.env, s.owner.Lane("export"), func(context.Context) (bool, error) {
			return true, s.export(data, path)
		}, func(bool) {
			s.list.Hint(theme.OK, s.env.Tr.N("box.exported", int64(len(data.Rejected)), "file", filepath.Base(path)))
		})
	})
}

func trimExt(name string) string { return name[:len(name)-len(filepath.Ext(name))] }

// mappable tells whether columns can be mapped: of a file nobody knows, or one
// that a mapping made here reads.
func (f *file) mappable() bool {
	return f.known != nil || (f.plan != nil && f.state != done && ingest.LayoutByKey(f.plan.File.Layout) == nil)
}

// middle centres an object in height.
func middle(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&middleLayout{}, o)
}

type middleLayout struct{}

func (middleLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(0, float32(int((size.Height-h)/2))))
	o[0].Resize(fyne.NewSize(size.Width, h))
}

func (middleLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
