package products

import (
	"context"
	"io"
	"path/filepath"

	"fyne.io/fyne/v2"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// screen is the list of SKUs.
type screen struct {
	env       kit.Env // its hints go to the list
	app       *app.App
	list      *kit.List[core.SKURow]
	shown     catalog.Card
	shownShot shot // the picture of shown
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

// Unsaved is how many SKUs were changed in grid mode and not saved.
func (s *screen) Unsaved() int { return s.list.Unsaved() }

// Open shows what another screen asks for: a kit.Aim, a chip's name, or a SKU's code to search.
func (s *screen) Open(arg any) { s.list.Open(arg, chipAll) }

// chips are the filters of the list.
var chips = []kit.ChipSpec{
	{Key: chipAll, Title: "common.all"},
	{Key: chipKit, Title: "item.chip.kit", Line: true},
	{Key: chipNoBarcode, Title: "item.chip.no_barcode", Mark: kit.Mark{Icon: "warn", Tone: theme.Warn}},
	{Key: chipDisabled, Title: "item.chip.off"},
}

func (s *screen) spec() kit.ListSpec[core.SKURow] {
	tr := s.env.Tr
	return kit.ListSpec[core.SKURow]{
		ID: "products.list", Columns: s.columns(), Fetch: s.fetch, RowID: func(r core.SKURow) string { return r.ID.String() },
		Sort: "code", Search: "item.search", Chips: chips, Counts: s.counts,
		Filters: []kit.FilterField{
			{Key: "category", Label: tr.T("field.category"), Kind: kit.FilterText},
			{Key: "brand", Label: tr.T("field.brand"), Kind: kit.FilterText},
			{Key: "bin", Label: tr.T("field.bin"), Kind: kit.FilterText, Wide: 90},
			{Key: supplyKey, Label: tr.T("field.available"), Kind: kit.FilterChoice, Items: []kit.Item{{Value: supplyOut, Word: tr.T("level.out")}}},
		},
		Dim:     func(r core.SKURow) bool { return r.Disabled },
		Sheet:   s.sheet(),
		Actions: s.actions(), Open: s.open, Detail: s.detail, Empty: s.empty,
		Footer: func(total int, sums map[string]int64) []string {
			facts := []string{tr.N("item.foot", int64(total))}
			if n, ok := sums["on_hand"]; ok {
				facts = append(facts, tr.T("item.foot.on_hand", "units", tr.N("format.pieces", n)))
			}
			return facts
		},
	}
}

func (s *screen) actions() []kit.Action[core.SKURow] {
	of := func(do func(c catalog.Card)) func(p kit.Picked[core.SKURow]) {
		return func(p kit.Picked[core.SKURow]) {
			if r, ok := p.One(); ok {
				s.card(r.ID, do)
			}
		}
	}
	return []kit.Action[core.SKURow]{
		{ID: "new", Title: "item.new", Primary: true, Need: auth.CatalogEdit, Do: func(kit.Picked[core.SKURow]) { s.edit("item.new", &draft{}) }},
		{ID: "edit", Title: "common.edit", Key: "Alt+E", Rows: true, Need: auth.CatalogEdit, Do: of(func(c catalog.Card) { s.edit("item.edit", draftOf(c)) })},
		{ID: "variant", Title: "item.variant", Key: "Alt+N", Rows: true, Need: auth.CatalogEdit, Do: of(func(c catalog.Card) { s.edit("item.variant", sibling(c)) })},
		{ID: "picture", Title: "item.picture", Key: "Alt+P", Rows: true, Need: auth.CatalogEdit, Do: func(p kit.Picked[core.SKURow]) {
			if r, ok := p.One(); ok {
				s.askPicture(r)
			}
		}},
		{ID: "kit", Title: "item.new_kit", Key: "Alt+K", Need: auth.CatalogEdit, Do: func(kit.Picked[core.SKURow]) { s.edit("item.new_kit", &draft{mustKit: true}) }},
		{ID: "template", Title: "item.template", Key: "Alt+T", Need: auth.ExportFile, Do: func(kit.Picked[core.SKURow]) { s.template() }},
	}
}

// wide is a column's width: English words are longer.
func (s *screen) wide(zh, en int) int {
	if s.env.Tr.Lang() == i18n.English {
		return en
	}
	return zh
}

func (s *screen) fetch(ctx context.Context, q kit.Query) (core.Paged[core.SKURow], error) {
	return s.app.Catalog.List(ctx, query(q))
}

// counts counts the chips. When reading fails the rows say so.
func (s *screen) counts(ctx context.Context, q kit.Query) (map[string]int, error) {
	counts := map[string]int{}
	q.Page = core.Page{Limit: 1}
	for _, c := range chips {
		q.Chip = c.Key
		page, err := s.fetch(ctx, q)
		if err != nil {
			return counts, nil
		}
		counts[c.Key] = page.Total
	}
	return counts, nil
}

func (s *screen) empty(q kit.Query) kit.Empty {
	t := s.env.T
	if q.Search != "" || !q.Filter.Empty() {
		return kit.Empty{
			Icon: "search", Title: t("common.no_match"), Text: t("common.no_match_hint"),
			Action: t("common.show_all"), Key: "Esc", Do: s.list.ClearFilter,
		}
	}
	if q.Chip != chipAll {
		return kit.Empty{Icon: "tag", Title: t("item.empty.chip"), Action: t("common.all"), Do: func() { s.list.Choose(chipAll) }}
	}
	return kit.Empty{
		Icon: "tag", Title: t("item.empty"), Text: t("item.empty_hint"),
		Action: t("nav.import"), Key: "Ctrl+I", Do: func() { s.env.Open("inbox", nil) },
	}
}

// open is Enter on a row: its card, and when it is in sight the form.
func (s *screen) open(r core.SKURow) {
	if !s.list.PaneShown() {
		s.list.TogglePane()
		return
	}
	if s.env.Allows(auth.CatalogEdit) {
		s.card(r.ID, func(c catalog.Card) { s.edit("item.edit", draftOf(c)) })
	}
}

// card reads a SKU whole and hands it to then.
func (s *screen) card(id ids.SKUID, then func(c catalog.Card)) {
	kit.Run(s.env, s.list.Owner().Lane("card"), func(ctx context.Context) (catalog.Card, error) {
		return s.app.Catalog.Get(ctx, id)
	}, then)
}

// template writes the empty product list to fill in and drop into the inbox.
func (s *screen) template() {
	tr := s.env.Tr
	filter := kit.FileFilter{Title: tr.T("item.template"), Extensions: []string{".xlsx"}}
	kit.SaveFile(s.env, tr.T("item.template.name")+".xlsx", filter, func(path string) {
		kit.Act(s.env, s.list.Owner(), func(context.Context) (bool, error) {
			return true, reports.WriteFile(reports.OS, path, func(w io.Writer) error { return ingest.WriteProductTemplate(w, tr) })
		}, func(bool) { s.list.Hint(theme.OK, tr.T("item.template.done", "file", filepath.Base(path))) })
	})
}
