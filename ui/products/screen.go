// Package products is the product list (上架 / 商品): every SKU with price,
// weight, bin, barcodes and stock; one form for product and SKU together.
package products

import (
	"context"

	"fyne.io/fyne/v2"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// The chips; all is everything.
const (
	chipAll       = "all"
	chipKit       = "kit"
	chipNoBarcode = "no_barcode"
	chipDisabled  = "disabled"
)

// screen is the list of SKUs.
type screen struct {
	env  kit.Env // its hints go to the list
	app  *app.App
	list *kit.List[core.SKURow]
}

// New makes the screen.
func New(env kit.Env, a *app.App) kit.Screen {
	s := &screen{app: a, env: env}
	s.list = kit.NewList(env, s.spec())
	s.env = s.list.Env()
	return s
}

// Build gives the list to place in the window.
func (s *screen) Build() fyne.CanvasObject { return s.list.Object() }

// Load reads the list again.
func (s *screen) Load() { s.list.Load() }

// Topics are what makes it stale.
func (s *screen) Topics() []core.Topic { return []core.Topic{core.TopicCatalog, core.TopicStock} }

// Shown takes the keys.
func (s *screen) Shown() { s.list.Shown() }

// Hidden gives the keys back.
func (s *screen) Hidden() { s.list.Hidden() }

// Close drops what is being read.
func (s *screen) Close() { s.list.Close() }

// Open shows what another screen asks for: a SKU's code to search.
func (s *screen) Open(arg any) {
	if text, ok := arg.(string); ok && text != "" {
		s.list.Show(chipAll, text, kit.Values{})
	}
}

func (s *screen) spec() kit.ListSpec[core.SKURow] {
	tr := s.env.Tr
	return kit.ListSpec[core.SKURow]{
		ID: "sku.list", Columns: s.columns(), Fetch: s.fetch, RowID: func(r core.SKURow) string { return r.ID.String() },
		Sort: "code", Search: "products.search",
		Chips: []kit.ChipSpec{
			{Key: chipAll, Title: "common.all"},
			{Key: chipKit, Title: "products.kits", Line: true},
			{Key: chipNoBarcode, Title: "products.no_barcode", Mark: kit.Mark{Icon: "warn", Tone: theme.Warn}},
			{Key: chipDisabled, Title: "products.disabled"},
		},
		Counts: s.counts,
		Actions: []kit.Action[core.SKURow]{
			{ID: "new", Title: "products.new", Primary: true, Need: auth.CatalogEdit, Do: func(kit.Picked[core.SKURow]) { s.edit(nil) }},
			{ID: "edit", Title: "products.edit", Key: "F2", Rows: true, Need: auth.CatalogEdit, Do: s.editPicked},
			{ID: "template", Title: "products.template", Key: "Alt+T", Do: func(kit.Picked[core.SKURow]) { s.template() }},
		},
		Open:   func(r core.SKURow) { s.load(r.ID) },
		Footer: func(total int, _ map[string]int64) []string { return []string{tr.N("products.foot", int64(total))} },
		Empty: func(q kit.Query) kit.Empty {
			if q.Search != "" || q.Chip != chipAll {
				return kit.Empty{Icon: "search", Title: s.env.T("common.no_match"), Text: s.env.T("common.no_match_hint"), Action: s.env.T("common.show_all"), Key: "Esc", Do: s.list.ClearFilter}
			}
			return kit.Empty{Icon: "tag", Title: s.env.T("products.empty"), Text: s.env.T("products.empty_hint")}
		},
	}
}

func (s *screen) columns() []kit.Column[core.SKURow] {
	tr := s.env.Tr
	return []kit.Column[core.SKURow]{
		{Key: "code", Title: "field.sku", Width: 130, Sort: "code", Text: func(r core.SKURow) string { return r.Code }},
		{Key: "title", Title: "field.goods", Width: 220, Min: 120, Flex: true, Sort: "title", Cell: func(r core.SKURow) kit.Cell {
			cell := kit.Text(name(r))
			switch {
			case r.Disabled:
				cell = cell.With(tr.T("products.off"))
			case r.Kit:
				cell = cell.With(tr.T("products.kit"))
			}
			return cell
		}},
		{Key: "category", Title: "field.category", Width: 90, Sort: "category", Muted: true, Text: func(r core.SKURow) string { return r.Category }},
		{Key: "bin", Title: "field.bin", Width: 80, Sort: "bin", Text: func(r core.SKURow) string { return r.Bin }},
		{Key: "barcodes", Title: "field.barcode", Width: 150, Muted: true, Text: func(r core.SKURow) string { return r.Barcodes }},
		{Key: "weight", Title: "field.weight", Width: 84, Align: kit.Right, Sort: "weight_g", Text: func(r core.SKURow) string { return weight(r.WeightG) }},
		{Key: "price", Title: "field.price", Width: 96, Align: kit.Right, Sort: "price_fen", Cell: func(r core.SKURow) kit.Cell { return kit.Amount(r.PriceFen) }},
		{Key: "on_hand", Title: "field.on_hand", Width: 80, Align: kit.Right, Sort: "on_hand", Cell: func(r core.SKURow) kit.Cell {
			if r.Kit {
				return kit.Muted(i18n.Dash)
			}
			return kit.Count(r.OnHand)
		}},
		{Key: "available", Title: "field.available", Width: 84, Align: kit.Right, Sort: "available", Cell: func(r core.SKURow) kit.Cell {
			cell := kit.Count(r.Avail)
			if r.Avail <= 0 && !r.Disabled {
				cell = cell.In(theme.Urgent)
			}
			return cell
		}},
	}
}

func (s *screen) fetch(ctx context.Context, q kit.Query) (core.Paged[core.SKURow], error) {
	return s.app.Catalog.List(ctx, query(q))
}

// counts counts the chips. When reading fails the rows say so.
func (s *screen) counts(ctx context.Context, q kit.Query) (map[string]int, error) {
	counts := map[string]int{}
	q.Page = core.Page{Limit: 1}
	for _, key := range []string{chipAll, chipKit, chipNoBarcode, chipDisabled} {
		q.Chip = key
		page, err := s.fetch(ctx, q)
		if err != nil {
			return counts, nil
		}
		counts[key] = page.Total
	}
	return counts, nil
}
