package dash

import (
	"sort"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// imports are the files that stopped half-way, each a line.
func (d desk) imports() ([]Item, error) {
	list, err := d.r.Imports().Unfinished()
	item := Item{Kind: KindImport, N: int64(len(list))}
	if len(list) > 0 {
		item.Record, item.From = list[0].File, list[0].At
	}
	return []Item{item}, err
}

// tasks are those of the post, the nearest due first; the supervisor's are all.
func (d desk) tasks() ([]Item, error) {
	open, err := d.r.Tasks().Open()
	var items []Item
	for _, t := range open {
		if t.Role == d.actor.Role || d.actor.Role == auth.Supervisor {
			items = append(items, Item{Kind: KindTask, Task: t.Kind, Args: t.Args, N: 1, Record: t.Number, From: t.MadeAt, DueAt: t.DueAt})
		}
	}
	return items, err
}

// stock counts the SKUs of a stock query and names the lowest.
func (d desk) stock(kind Kind, q core.Query) ([]Item, error) {
	q.Totals, q.Page = true, core.Page{Limit: 1, Sort: "available"}
	page, err := d.r.Stock().List(q)
	item := Item{Kind: kind, N: int64(max(page.Total, 0))}
	if len(page.Rows) == 1 {
		item.Record, item.Name, item.Qty = page.Rows[0].SKU, name(page.Rows[0].Title, page.Rows[0].Spec), page.Rows[0].Available
	}
	return []Item{item}, err
}

func name(title, spec string) string {
	if spec == "" {
		return title
	}
	return title + " " + spec
}

func (d desk) oversold() ([]Item, error) {
	return d.stock(KindOversold, core.Query{Chip: "oversold"})
}

// negative are the SKUs of which more left than there was: the cost of those is
// provisional until goods come (rules.md §5.5.7).
func (d desk) negative() ([]Item, error) {
	return d.stock(KindNegative, core.Query{Conds: []core.Cond{cond("on_hand", "<", "0")}})
}

// out are the SKUs in use with nothing to sell.
func (d desk) out() ([]Item, error) {
	return d.skus(KindOut, core.Query{Conds: []core.Cond{cond("available", "<=", "0"), cond("disabled", "=", "false")}})
}

func (d desk) noBarcode() ([]Item, error) {
	return d.skus(KindNoBarcode, core.Query{Chip: "no_barcode"})
}

func (d desk) skus(kind Kind, q core.Query) ([]Item, error) {
	q.Totals, q.Page = true, core.Page{Limit: 1}
	page, err := d.r.Catalog().List(q)
	item := Item{Kind: kind, N: int64(max(page.Total, 0))}
	if len(page.Rows) == 1 {
		item.Record, item.Name, item.Qty = page.Rows[0].Code, name(page.Rows[0].Title, page.Rows[0].Spec), page.Rows[0].Avail
	}
	return []Item{item}, err
}

// slowest is how many slow SKUs are named.
const slowest = 10

// slow are the SKUs with the most units in stock that nobody bought since last
// month began, from the monthly sums.
func (d desk) slow() ([]Item, error) {
	first := monthStart(monthStart(d.now.Day()).Add(-1))
	last := monthStart(monthStart(d.now.Day()).Add(31)).Add(-1) // whole months: the sums alone
	sold, err := d.r.Reports().Sales(core.BySKU, first, last, "")
	if err != nil {
		return nil, err
	}
	units := make(map[string]int64, len(sold))
	for _, s := range sold {
		units[s.Key] = s.Units
	}
	rows, err := d.r.Reports().StockValue("")
	var items []Item
	for _, r := range rows {
		if r.Available > 0 && units[r.SKU] == 0 {
			items = append(items, Item{Kind: KindSlow, N: 1, Record: r.SKU, Name: name(r.Title, r.Spec), Qty: r.Available})
		}
	}
	sort.SliceStable(items, func(a, b int) bool { return items[a].Qty > items[b].Qty })
	return items[:min(len(items), slowest)], err
}

func monthStart(d when.Day) when.Day { return when.Day(d.Month() + "-01") }

// noCost are the SKUs that left yesterday at no cost: nobody has said what they cost.
func (d desk) noCost() ([]Item, error) {
	day := d.now.Day().Add(-1)
	sold, err := d.r.Reports().Sales(core.BySKU, day, day, "")
	item := Item{Kind: KindNoCost}
	for _, s := range sold {
		if s.Key != "" && s.Units > 0 && s.CostFen == 0 {
			if item.N == 0 {
				item.Record, item.Name, item.Qty = s.Key, s.Name, s.Units
			}
			item.N++
		}
	}
	return []Item{item}, err
}

// unequal compares debits and credits of yesterday and today.
func (d desk) unequal() ([]Item, error) {
	sums, err := d.r.Reports().Accounts(d.now.Day().Add(-1), d.now.Day())
	var diff money.Fen
	for _, a := range sums {
		diff += a.DebitFen - a.CreditFen
	}
	item := Item{Kind: KindUnequal}
	if diff != 0 {
		item.N, item.SumFen = 1, diff
	}
	return []Item{item}, err
}
