package inbox

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/ingest"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// history is the second tab: every import with undo, and "continue" for those
// that were interrupted.
type history struct {
	s    *screen
	list *kit.List[domain.Import]
}

// chipOpen shows the imports that were not finished.
const chipOpen = "open"

func newHistory(s *screen) *history {
	h := &history{s: s}
	tr := s.env.Tr
	count := func(key, title string, value func(i domain.Import) int64, tone theme.Status) kit.Column[domain.Import] {
		return kit.Column[domain.Import]{Key: key, Title: title, Width: s.wide(56, 72), Align: kit.Right, Sort: key, Cell: func(i domain.Import) kit.Cell {
			if n := value(i); n > 0 && tone != "" {
				return kit.Count(n).In(tone)
			}
			return kit.CountOrDash(value(i))
		}}
	}
	env := s.env
	env.Hints = nil
	h.list = kit.NewList(env, kit.ListSpec[domain.Import]{
		ID: "import.history", RowID: func(i domain.Import) string { return i.ID.String() }, Search: "box.history.search", Fetch: h.fetch, Counts: h.counts,
		Chips: []kit.ChipSpec{
			{Key: chipAll, Title: "common.all"},
			{Key: chipOpen, Title: "box.history.open", Mark: kit.Mark{Icon: "warn", Tone: theme.Warn}, Line: true},
			{Key: string(domain.ImportDone), Title: "importstate.done"},
			{Key: string(domain.ImportUndone), Title: "importstate.undone"},
		},
		Dim: func(i domain.Import) bool { return i.State == domain.ImportUndone },
		Columns: []kit.Column[domain.Import]{
			{Key: "at", Title: "field.time", Width: 112, Sort: "at_ms", Cell: func(i domain.Import) kit.Cell { return kit.Text(s.day(i.At)) }},
			{Key: "file", Title: "field.file", Width: 210, Min: 120, Flex: true, Sort: "file", Cell: func(i domain.Import) kit.Cell { return kit.Text(short(i.File)).Copying(i.File) }},
			{Key: "kind", Title: "field.layout", Width: s.wide(140, 168), Muted: true, Cell: func(i domain.Import) kit.Cell { return kit.Text(layoutName(tr, i.Layout)) }},
			{Key: "channel", Title: "field.channel", Width: s.wide(92, 112), Cell: func(i domain.Import) kit.Cell {
				if i.Channel == "" {
					return kit.Cell{}
				}
				return kit.ChannelDot(i.Channel, tr.Word("channel", i.Channel))
			}},
			{Key: "by", Title: "field.actor", Width: s.wide(72, 84), Muted: true, Text: func(i domain.Import) string { return i.By }},
			count("new", "result.new", func(i domain.Import) int64 { return i.New }, theme.OK),
			count("changed", "result.changed", func(i domain.Import) int64 { return i.Changed }, theme.Info),
			count("same", "result.same", func(i domain.Import) int64 { return i.Same }, ""),
			count("conflict", "result.conflict", func(i domain.Import) int64 { return i.Conflict }, theme.Warn),
			count("rejected", "result.rejected", func(i domain.Import) int64 { return i.Rejected }, theme.Urgent),
			{Key: "state", Title: "field.status", Width: s.wide(96, 136), Cell: func(i domain.Import) kit.Cell {
				return kit.Pill(stateTone(i.State), tr.Word("importstate", string(i.State)))
			}},
		},
		Actions: []kit.Action[domain.Import]{
			{ID: "continue", Title: "box.continue", Primary: true, Rows: true, Why: h.whyNotContinue, Do: h.resume},
			{ID: "undo", Title: "box.undo", Key: "Alt+U", Rows: true, Need: auth.ImportUndo, Why: h.whyNotUndo, Do: func(p kit.Picked[domain.Import]) {
				if i, ok := p.One(); ok {
					s.askUndo(i)
				}
			}},
			{ID: "settle", Title: "box.settle", Key: "Alt+M", Rows: true, Need: auth.OrdersAudit, Why: h.whyNotSettle, Do: func(p kit.Picked[domain.Import]) {
				if i, ok := p.One(); ok {
					h.settle(i)
				}
			}},
		},
		Open: func(domain.Import) {
			if !h.list.PaneShown() {
				h.list.TogglePane()
			}
		},
		Detail: h.detail,
		Empty: func(q kit.Query) kit.Empty {
			if q.Chip != chipAll || q.Search != "" {
				return kit.Empty{Icon: "search", Title: tr.T("common.no_match"), Text: tr.T("common.no_match_hint"), Action: tr.T("common.show_all"), Do: func() { h.list.Show(chipAll, "", kit.Values{}) }}
			}
			return kit.Empty{Icon: "inbox", Title: tr.T("box.history.none"), Text: tr.T("box.none_hint"), Action: tr.T("box.tab.files"), Do: func() { s.tabs.Turn(tabFiles) }}
		},
	})
	return h
}

func (h *history) query(q kit.Query) core.Query {
	out := core.Query{Search: q.Search, Page: q.Page, Totals: true}
	switch q.Chip {
	case chipAll:
	case chipOpen:
		for _, closed := range []domain.ImportState{domain.ImportDone, domain.ImportUndone} {
			out.Conds = append(out.Conds, core.Cond{Field: "state", Op: "!=", Value: string(closed)})
		}
	default:
		out.Chip = q.Chip
	}
	return out
}

func (h *history) fetch(ctx context.Context, q kit.Query) (core.Paged[domain.Import], error) {
	return h.s.app.Inbox.List(ctx, h.query(q))
}

// counts counts the chips; when reading fails the rows say so.
func (h *history) counts(ctx context.Context, q kit.Query) (map[string]int, error) {
	n := map[string]int{}
	q.Page = core.Page{Limit: 1}
	for _, chip := range []string{chipAll, chipOpen, string(domain.ImportDone), string(domain.ImportUndone)} {
		q.Chip = chip
		page, err := h.s.app.Inbox.List(ctx, h.query(q))
		if err != nil {
			return n, nil
		}
		n[chip] = page.Total
	}
	return n, nil
}

func (h *history) whyNotContinue(p kit.Picked[domain.Import]) string {
	if i, ok := p.One(); ok && !unfinished(i) {
		return h.s.env.T("box.why.finished")
	}
	return ""
}

func (h *history) whyNotSettle(p kit.Picked[domain.Import]) string {
	if i, ok := p.One(); ok && i.Conflict == 0 {
		return h.s.env.T("box.why.no_conflict")
	}
	return ""
}

func (h *history) whyNotUndo(p kit.Picked[domain.Import]) string {
	if i, ok := p.One(); ok && i.State == domain.ImportUndone {
		return h.s.env.T("box.why.undone")
	}
	return ""
}

// resume takes the file of an interrupted import into the inbox: its commit goes
// on where it stopped.
func (h *history) resume(p kit.Picked[domain.Import]) {
	if i, ok := p.One(); ok && unfinished(i) {
		h.s.tabs.Turn(tabFiles)
		h.s.AddFiles([]string{i.File})
	}
}

// shownRejects is how many refused rows the pane names.
const shownRejects = 20

// detail is the pane of an import: what it was, its totals, what it refused.
func (h *history) detail(i domain.Import) fyne.CanvasObject {
	box := container.NewStack(h.pane(i, nil))
	kit.Run(h.s.env, h.list.Owner().Lane("detail"), func(ctx context.Context) ([]domain.ImportRow, error) {
		page, err := h.s.app.Inbox.Rows(ctx, i.ID, core.Query{Chip: string(domain.RowRejected), Page: core.Page{Limit: shownRejects}})
		return page.Rows, err
	}, func(rows []domain.ImportRow) {
		box.Objects = []fyne.CanvasObject{h.pane(i, rows)}
		box.Refresh()
	})
	return box
}

func (h *history) pane(i domain.Import, rejected []domain.ImportRow) fyne.CanvasObject {
	tr := h.s.env.Tr
	title := kit.Edges(nil, nil, nil, container.NewCenter(kit.NewPill(stateTone(i.State), tr.Word("importstate", string(i.State)))), kit.NewLabel(short(i.File)).Pane().Narrow())
	body := kit.Down(0, kit.Pad(14, 14, title), kit.NewRule())
	n := counts(tr, countsOf(&i))
	if len(n) > 0 {
		n[0].Gap = -1
	}
	facts := kit.Down(0,
		kit.NewFact(tr.T("field.layout"), kit.Part{Text: layoutName(tr, i.Layout)}),
		kit.NewFact(tr.T("field.actor"), kit.Part{Text: i.By}, kit.Part{Text: h.s.day(i.At), Token: theme.MutedToken}),
		kit.NewFact(tr.T("field.count"), n...))
	body.Add(kit.Pad(8, 14, facts))
	if len(i.Totals) > 0 && (i.Kind != string(ingest.KindOpening) || h.s.env.Allows(auth.FinanceViewCost)) {
		sums := kit.Down(0)
		for _, t := range i.Totals {
			sums.Add(kit.Edges(nil, nil, nil, kit.NewLabel(t.Sum.Grouped()).Small(), kit.NewLabel(t.Column).Small().Muted().Narrow()))
		}
		body.Add(kit.NewRule())
		body.Add(kit.Pad(8, 14, kit.Down(4, kit.NewLabel(tr.T("box.totals")).Small().Bold(), sums)))
	}
	if len(rejected) > 0 {
		list := kit.Down(6, kit.NewLabel(tr.T("box.rejected_rows")).Small().Bold())
		for _, r := range rejected {
			place := kit.NewLine(kit.Part{Icon: string(theme.Urgent), Token: theme.Urgent.Token(), Text: i18n.Join(tr.T("box.row", "n", r.Rows), r.Code, r.Column, r.Value)}).Small().Narrow()
			list.Add(kit.Down(1, place, kit.Pad(0, 19, kit.NewParagraph(tr.M(r.Key, r.Args)).Small())))
		}
		body.Add(kit.NewRule())
		body.Add(kit.Pad(8, 14, list))
	}
	return container.NewVScroll(body)
}
