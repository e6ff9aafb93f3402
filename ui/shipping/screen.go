// Package shipping is the shipping board (发货台): orders to send by how late
// they are, one waybill after another with a scanner, lists of waybills, hand-over,
// undo and returns of parcels, and the sheets that the platforms want back.
package shipping

import (
	"context"

	"fyne.io/fyne/v2"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/shipping"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// screen is the board. One list shows orders or, under the last two chips, parcels.
type screen struct {
	env     kit.Env // its hints go to the list
	app     *app.App
	list    *kit.List[row]
	shown   detail
	courier string // what was sent with last
	offered shipping.Couriers
}

// New makes the board.
func New(env kit.Env, a *app.App) kit.Screen {
	s := &screen{app: a, env: env}
	s.list = kit.NewList(env, s.spec())
	s.env = s.list.Env()
	return s
}

// Build gives the list to place in the window.
func (s *screen) Build() fyne.CanvasObject { return s.list.Object() }

// Load reads the list and the couriers again.
func (s *screen) Load() {
	s.list.Load()
	lane := s.list.Owner().Lane("couriers")
	lane.OnFail(func(error) bool { return true }) // the list fails with it and says so
	kit.Run(s.env, lane, s.app.Shipping.Couriers, func(c shipping.Couriers) { s.offered = c })
}

// TopFilters are the list's in the top bar.
func (s *screen) TopFilters() []kit.TopFilter { return s.list.TopFilters() }

// Topics are what makes the board stale.
func (s *screen) Topics() []core.Topic { return topics }

// Shown takes the keys.
func (s *screen) Shown() { s.list.Shown() }

// Hidden gives the keys back.
func (s *screen) Hidden() { s.list.Hidden() }

// Close drops what is being read.
func (s *screen) Close() { s.list.Close() }

// Open shows what another screen asks for: a kit.Aim, a chip's name, or an order's number to search.
func (s *screen) Open(arg any) { s.list.Open(arg, chipOpen) }

// chips are the filters of the board, the most urgent first.
var chips = []kit.ChipSpec{
	{Key: chipOpen, Title: "board.chip.open"},
	{Key: chipNear, Title: "board.chip.near", Mark: kit.Mark{Icon: "urgent", Tone: theme.Urgent}, Line: true},
	{Key: chipLate, Title: "board.chip.late", Mark: kit.Mark{Icon: "alert", Tone: theme.Alert}},
	{Key: chipPart, Title: "board.chip.part", Line: true},
	{Key: chipNote, Title: "board.chip.note"},
	{Key: chipToHand, Title: "board.chip.to_hand", Line: true},
	{Key: chipSent, Title: "board.chip.sent"},
}

func (s *screen) spec() kit.ListSpec[row] {
	tr := s.env.Tr
	return kit.ListSpec[row]{
		ID: "shipping.list", Columns: s.columns(), Fetch: s.fetch, RowID: row.id, Ticks: true, Minute: true,
		Sort: sortDue, Chips: chips, Counts: s.counts, Search: "board.search",
		Filters: []kit.FilterField{
			kit.ChannelFilter(s.env),
			{Key: "province", Label: tr.T("field.province"), Kind: kit.FilterText},
			{Key: missKey, Label: tr.T("home.matter"), Kind: kit.FilterChoice, Items: []kit.Item{{Value: missKey, Word: tr.T("home.matter.miss")}}, Wide: 190},
		},
		Dim:     func(r row) bool { return r.isParcel && r.parcel.State == domain.ParcelVoided },
		Actions: s.actions(), Open: s.open, Detail: s.detail,
		Footer: func(total int, sums map[string]int64) []string {
			if ofParcels(s.list.Query().Chip) {
				return []string{tr.N("board.foot.parcels", int64(total)), tr.N("format.pieces", sums["units"])}
			}
			return []string{tr.N("board.foot.orders", int64(total)), tr.N("format.pieces", sums["units"])}
		},
		Chosen: func(p kit.Picked[row]) string { return s.chosen(p) },
		Empty:  s.empty,
	}
}

// wide is a column's width: English words are longer.
func (s *screen) wide(zh, en int) int {
	if s.env.Tr.Lang() == i18n.English {
		return en
	}
	return zh
}

func (s *screen) columns() []kit.Column[row] {
	tr := s.env.Tr
	return []kit.Column[row]{
		{Key: "due", Title: "field.deadline", Width: 160, Sort: sortDue, Cell: func(r row) kit.Cell {
			if r.isParcel {
				return kit.Muted(tr.T("board.left_at", "time", tr.Moment(r.parcel.ShippedAt, s.env.Clock.Now())))
			}
			return kit.Due(deadline(r.order, r.warn))
		}},
		{Key: "goods", Title: "field.goods", Width: 208, Min: 120, Flex: true, Cell: s.goodsCell},
		{Key: "units", Title: "field.units", Width: 52, Align: kit.Right, Sort: "units", Cell: func(r row) kit.Cell { return kit.Count(r.units()) }},
		{Key: "channel", Title: "field.channel", Width: s.wide(88, 108), Sort: "channel", Cell: func(r row) kit.Cell {
			return kit.ChannelDot(r.channel(), tr.Word("channel", r.channel()))
		}},
		{Key: "number", Title: "field.order", Width: 92, Sort: "number", Cell: func(r row) kit.Cell { return kit.OrderNo(r.number()) }},
		{Key: "receiver", Title: "field.receiver", Width: 98, Cell: func(r row) kit.Cell {
			if r.isParcel {
				return kit.Cell{}
			}
			return receiver(r.order)
		}},
		{Key: "province", Title: "field.province", Width: s.wide(52, 66), Muted: true, Cell: func(r row) kit.Cell {
			if r.isParcel {
				return kit.Text(r.parcel.Province)
			}
			return kit.Text(r.order.Province)
		}},
		{Key: "courier", Title: "field.courier", Width: s.wide(116, 148), Cell: func(r row) kit.Cell {
			if r.isParcel {
				return waybill(tr, r.parcel.Courier, r.parcel.Waybill)
			}
			return waybill(tr, r.order.Courier, r.order.Waybill)
		}},
		{Key: "state", Title: "field.status", Width: s.wide(96, 130), Cell: func(r row) kit.Cell {
			if r.isParcel {
				return kit.Pill(parcelTone(r.parcel.State), tr.Word("parcel", string(r.parcel.State)))
			}
			return kit.Pill(stageTone(r.order.Stage), tr.Word("state", string(r.order.Stage)))
		}},
		{Key: "notes", Title: "", Width: 40, Cell: func(r row) kit.Cell { return kit.Icons(notes(r.order)...) }},
	}
}

func (s *screen) goodsCell(r row) kit.Cell {
	tr := s.env.Tr
	if !r.isParcel {
		cell := kit.Text(r.order.Goods)
		if r.order.LineCount > 1 {
			cell = cell.With(tr.N("board.more_goods", r.order.LineCount-1))
		}
		return cell
	}
	cell := kit.Text(tr.T("board.parcel_no", "n", r.parcel.No))
	if r.parcel.Orders > 1 {
		cell = cell.With(tr.N("board.of_orders", r.parcel.Orders))
	}
	return cell
}

func (s *screen) fetch(ctx context.Context, q kit.Query) (core.Paged[row], error) {
	now := s.env.Clock.Now()
	if ofParcels(q.Chip) {
		page, err := s.app.Shipping.Parcels(ctx, parcelQuery(q, now.Day()))
		out := core.Paged[row]{Total: page.Total, Sums: page.Sums}
		for _, p := range page.Rows {
			out.Rows = append(out.Rows, row{parcel: p, isParcel: true})
		}
		return out, err
	}
	return s.fetchOrders(ctx, orderQuery(q, now), q.Filter)
}

// fetchOrders reads a page of orders; the filter is looked at for what the
// settings decide.
func (s *screen) fetchOrders(ctx context.Context, q core.Query, filter kit.Values) (core.Paged[row], error) {
	set, err := s.app.Settings.Typed(ctx)
	if err != nil {
		return core.Paged[row]{}, err
	}
	q.Conds = append(q.Conds, missConds(filter, set.Waves, s.env.Clock.Now())...)
	page, err := s.app.Orders.List(ctx, q)
	out := core.Paged[row]{Total: page.Total, Sums: page.Sums}
	for _, o := range page.Rows {
		out.Rows = append(out.Rows, row{order: o, warn: warnSpan(set)})
	}
	return out, err
}

// counts counts the chips within the filter. When reading fails the rows say so;
// a second message would only stand in the way.
func (s *screen) counts(ctx context.Context, q kit.Query) (map[string]int, error) {
	now := s.env.Clock.Now()
	counts := map[string]int{}
	q.Page = core.Page{Limit: 1}
	for _, chip := range orderChips {
		q.Chip = chip
		page, err := s.fetchOrders(ctx, orderQuery(q, now), q.Filter)
		if err != nil {
			return counts, nil
		}
		counts[chip] = page.Total
	}
	if q.Filter.Text(missKey) != "" { // parcels have left: they miss nothing
		return counts, nil
	}
	for _, chip := range []string{chipToHand, chipSent} {
		q.Chip = chip
		page, err := s.app.Shipping.Parcels(ctx, parcelQuery(q, now.Day()))
		if err != nil {
			return counts, nil
		}
		counts[chip] = page.Total
	}
	return counts, nil
}

func (s *screen) chosen(p kit.Picked[row]) string {
	tr := s.env.Tr
	key := "board.chosen.orders"
	if ofParcels(p.Query.Chip) {
		key = "board.chosen.parcels"
	}
	if len(p.Rows) < p.Count { // not all of them are in memory
		return tr.N(key, int64(p.Count))
	}
	var units int64
	for _, r := range p.Rows {
		units += r.units()
	}
	return i18n.Join(tr.N(key, int64(p.Count)), tr.N("format.pieces", units))
}

func (s *screen) empty(q kit.Query) kit.Empty {
	t := s.env.T
	if q.Search != "" || !q.Filter.Empty() {
		return kit.Empty{
			Icon: "search", Title: t("common.no_match"), Text: t("common.no_match_hint"),
			Action: t("common.show_all"), Key: "Esc", Do: s.list.ClearFilter,
		}
	}
	switch {
	case q.Chip == chipOpen:
		return kit.Empty{Icon: "truck", Title: t("board.empty.open"), Text: t("board.empty.open_hint")}
	case ofParcels(q.Chip):
		return kit.Empty{Icon: "box", Title: t("board.empty.parcels"), Text: t("board.empty.parcels_hint")}
	}
	return kit.Empty{
		Icon: "truck", Title: t("board.empty.chip"), Text: t("board.empty.chip_hint"),
		Action: t("board.chip.open"), Do: func() { s.list.Choose(chipOpen) },
	}
}

func (s *screen) actions() []kit.Action[row] {
	onlyParcels := func(p kit.Picked[row]) string {
		if !ofParcels(p.Query.Chip) {
			return s.env.T("board.why.parcel")
		}
		return ""
	}
	return []kit.Action[row]{
		{
			ID: "ship", Title: "action.ship", Primary: true, Rows: true, Need: auth.ShippingShip,
			Label: func(p kit.Picked[row]) string { return s.mainLabel(p) }, Confirm: s.mainAsk, Do: s.main,
		},
		{ID: "part", Title: "board.part", Key: "Alt+P", Rows: true, Need: auth.ShippingShip, Why: s.whyNotPart, Do: s.part},
		{ID: "paste", Title: "board.paste", Key: "Ctrl+V", Need: auth.ShippingShip, Do: func(kit.Picked[row]) { s.paste() }},
		{ID: "sheet", Title: "board.sheet", Key: "Ctrl+E", Need: auth.ExportFile, Do: func(kit.Picked[row]) { s.sheet() }},
		{ID: "undo", Title: "board.undo", Key: "Alt+U", Rows: true, Need: auth.ShippingUndo, Why: onlyParcels, Confirm: s.undoAsk, Do: s.undo},
		{ID: "return", Title: "board.return", Key: "Alt+R", Rows: true, Need: auth.StockReceive, Why: onlyParcels, Do: s.giveBack},
	}
}

// mainLabel is 发货 for orders, 交接 for parcels.
func (s *screen) mainLabel(p kit.Picked[row]) string {
	if ofParcels(p.Query.Chip) {
		return s.env.T("nav.hand_over")
	}
	return s.env.T("action.ship")
}

// mainAsk asks before a hand-over: it ends the undo.
func (s *screen) mainAsk(p kit.Picked[row]) kit.Ask {
	if !ofParcels(p.Query.Chip) {
		return kit.Ask{}
	}
	return kit.Ask{
		ID: "shipping.handover", Title: s.env.Tr.N("board.hand.ask", int64(p.Count)), Text: s.env.T("board.hand.text"),
		OK: s.env.T("nav.hand_over"),
	}
}

func (s *screen) main(p kit.Picked[row]) {
	if ofParcels(p.Query.Chip) {
		s.handOver(p)
		return
	}
	s.ship(p)
}

// open is Enter on a row: the next step of an order, the details of a parcel.
func (s *screen) open(r row) {
	if !r.isParcel && s.env.Allows(auth.ShippingShip) {
		s.ship(kit.Picked[row]{IDs: []string{r.id()}, Count: 1, Query: s.list.Query(), Rows: []row{r}})
		return
	}
	if !s.list.PaneShown() {
		s.list.TogglePane()
	}
}

func (s *screen) whyNotPart(p kit.Picked[row]) string {
	if ofParcels(p.Query.Chip) {
		return s.env.T("board.why.order")
	}
	return ""
}

// couriers are those that the shop offers; all of them until that was read.
func (s *screen) couriers() []domain.Courier {
	if len(s.offered.List) == 0 {
		return domain.Couriers
	}
	return s.offered.List
}

// courierItems are the couriers that the shop offers, the usual one first.
func (s *screen) courierItems() []kit.Item {
	list := s.couriers()
	items := make([]kit.Item, len(list))
	for i, c := range list {
		items[i] = kit.Item{Value: c.Code, Word: s.env.Tr.Word("courier", c.Code)}
	}
	return items
}

// present is the courier to begin with: that of the parcel before while it is
// offered, else the usual one.
func (s *screen) present() string {
	if s.courier != "" && offers(s.couriers(), s.courier) {
		return s.courier
	}
	return s.offered.Usual
}

// today is the shop's present day.
func (s *screen) today() when.Day { return s.env.Clock.Now().Day() }
