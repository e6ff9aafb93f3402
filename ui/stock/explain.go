package stock

import (
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
)

// explain is of the SKU under the cursor: what may be sold of it and why. The
// ledger in the pane is every move behind it.
func (s *screen) explain(r core.StockRow) kit.Explanation {
	tr := s.env.Tr
	e := kit.Explanation{
		Title: i18n.Join(r.SKU, name(r)), Formula: tr.T("explain.stock"), Notes: kit.Notes(tr, "moves"),
		Ways: []kit.Way{{Word: tr.T("explain.way.moves"), Open: func() { s.open(r) }}},
	}
	in := func(title string, n int64) {
		e.Inputs = append(e.Inputs, kit.Input{Label: tr.T(title), Value: i18n.Count(n)})
	}
	switch {
	case r.Kit:
		e.Formula, e.Notes = tr.T("explain.stock_kit"), nil
		e.Value = i18n.Count(r.Available)
		return e
	case s.past():
		e.Period, e.Value = tr.Date(asOf(s.list.Query()), s.env.Clock.Now().Day()), i18n.Count(r.OnHand)
		in("field.on_hand", r.OnHand)
	default:
		e.Value = i18n.Count(r.Available)
		in("field.on_hand", r.OnHand)
		in("field.reserved", r.Reserved)
		in("field.unavailable", r.Unavailable)
		e.Inputs = append(e.Inputs, kit.Input{Label: tr.T("field.available"), Value: i18n.Count(r.Available), Sum: true})
	}
	if s.env.Allows(auth.FinanceViewCost) {
		e.Inputs = append(e.Inputs, kit.Input{Label: tr.T("field.value"), Value: tr.Money(r.ValueFen)})
		e.Notes = append(e.Notes, tr.T("explain.note.value"))
	}
	return e
}

// whole is of all SKUs of the list.
func (s *screen) whole(e kit.Explanation) kit.Explanation {
	e.Formula = s.env.T("explain.stock")
	e.Notes = append(e.Notes, kit.Notes(s.env.Tr, "moves", "no_kits")...)
	if day := asOf(s.list.Query()); day != "" {
		e.Period = s.env.Tr.Date(day, s.env.Clock.Now().Day())
	}
	if s.env.Allows(auth.FinanceViewCost) {
		e.Notes = append(e.Notes, s.env.T("explain.note.value"))
	}
	return e
}
