package orders

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/job"
	"zhanggui/app/orders"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// mainLabel says what F9 will take: the ticked orders, else all that wait.
func (s *screen) mainLabel(p kit.Picked[row]) string {
	t := s.env.Tr
	if p.Query.Chip == chipMerge {
		return t.T("desk.merge.all")
	}
	switch {
	case p.Ticked:
		return t.N("desk.pass.some", int64(p.Count))
	case everything(p.Query):
		return t.T("desk.pass.all")
	}
	return t.T("desk.pass.listed")
}

// everything tells whether nothing narrows the list: F9 then takes all that wait.
func everything(q kit.Query) bool {
	return (q.Chip == chipWork || q.Chip == chipAll) && q.Search == "" && q.Filter.Empty()
}

// main is F9: the audit of the ticked orders, of those listed, or of all that wait;
// under the chip of mergeable orders the merging.
func (s *screen) main(p kit.Picked[row]) {
	if p.Query.Chip == chipMerge {
		s.mergeGroups(p)
		return
	}
	type result struct {
		orders.PassResult
		stopped bool
	}
	runJob(s, "orders.pass", "job.pass", func(ctx context.Context, report job.Report) (result, error) {
		cmd := orders.PassCmd{}
		if p.Ticked || !everything(p.Query) {
			p.All = p.All || !p.Ticked
			list, err := s.picked(ctx, p)
			if err != nil || len(list) == 0 {
				return result{}, err
			}
			cmd.Orders = list
		}
		res, err := s.app.Orders.Pass(ctx, cmd, report)
		if fault.Is(err, fault.Cancelled) {
			return result{res, true}, nil // what passed stays passed
		}
		return result{PassResult: res}, err
	}, func(r result) {
		s.list.Grid().TickNone()
		text, more, tone := passedText(s.env.Tr, r.PassResult)
		if r.stopped {
			text, more, tone = s.env.T("desk.pass.stopped", "n", i18n.Count(int64(r.Passed))), "", theme.Warn
		}
		s.list.SetHint(tone, text, more, "")
		s.tellBack(text, s.unpass(r.Orders))
	})
}

// picked are the ids of what is picked; "all that match" is read page by page.
func (s *screen) picked(ctx context.Context, p kit.Picked[row]) ([]ids.OrderID, error) {
	var list []ids.OrderID
	if !p.All {
		for _, id := range p.IDs {
			parsed, err := ids.Parse[ids.OrderKind](id)
			if err != nil {
				return nil, fault.Wrap(err, "order")
			}
			list = append(list, parsed)
		}
		return list, nil
	}
	rows, err := s.all(ctx, p)
	return idsOf(rows), err
}

// all reads the rows of a picked filter, those unticked left out.
func (s *screen) all(ctx context.Context, p kit.Picked[row]) ([]row, error) {
	skip := map[string]bool{}
	for _, id := range p.Except {
		skip[id] = true
	}
	q := listQuery(p.Query, s.env.Clock.Now())
	q.Totals = false
	var list []row
	for q.Page.Offset, q.Page.Limit = 0, core.PageLimit; ; q.Page.Offset += core.PageLimit {
		page, err := s.read(ctx, q, 0)
		if err != nil {
			return nil, err
		}
		for _, r := range page.Rows {
			if !skip[rowID(r)] {
				list = append(list, r)
			}
		}
		if len(page.Rows) < core.PageLimit {
			return list, nil
		}
	}
}

// panelAfter is how long work may take before its panel shows: less would flicker.
const panelAfter = 200 * time.Millisecond

// runJob runs long work that says its progress and may be stopped. Its panel
// stands above the list, so that looking up something else goes on.
func runJob[T any](s *screen, id, title string, work func(ctx context.Context, report job.Report) (T, error), done func(T)) {
	stopped, stop := kit.Stop()
	panel := kit.NewJobPanel(s.env, id, s.env.T(title), stop)
	report := panel.Report()
	wait := func() {}
	end := func() {
		stop()
		wait()
		s.job.Hide()
		s.job.Objects = nil
		s.object.Refresh()
	}
	type outcome struct {
		value T
		err   error
	}
	started := kit.Act(s.env, s.list.Owner(), func(ctx context.Context) (outcome, error) {
		ctx, cancel := kit.Stoppable(ctx, stopped)
		defer cancel()
		v, err := work(ctx, report)
		return outcome{v, err}, nil
	}, func(o outcome) {
		end()
		if o.err != nil {
			kit.Fail(s.env, o.err)
			return
		}
		done(o.value)
	})
	if !started {
		stop()
		return
	}
	if s.list.Owner().Acting() {
		wait = s.env.After(panelAfter, func() {
			s.job.Objects = []fyne.CanvasObject{kit.Pad(8, 12, panel.Object())}
			s.job.Show()
			s.object.Refresh()
		})
	}
}

// order reads an order whole and hands it to then.
func (s *screen) order(id ids.OrderID, then func(d orders.Detail)) {
	kit.Run(s.env, s.list.Owner().Lane("form"), func(ctx context.Context) (orders.Detail, error) {
		return s.app.Orders.Get(ctx, id)
	}, then)
}

// one is the order that is picked; it says so when there are none or several.
func (s *screen) one() (row, bool) {
	p := s.list.Picked()
	if r, ok := p.One(); ok {
		return r, true
	}
	s.list.Hint(theme.Info, s.env.T("desk.why.one"))
	return row{}, false
}

// settled tells whether nothing can be changed on an order at this desk any more.
func settled(o *domain.Order) bool {
	switch o.Stage() {
	case domain.StageShipped, domain.StageCompleted, domain.StageReturned, domain.StageCancelled:
		return true
	}
	return false
}
