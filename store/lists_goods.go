package store

import (
	"errors"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// What a SKU has to sell; a kit has what its parts allow (rules.md §5.3.6).
const (
	ownAvailable = `COALESCE(l.on_hand - l.reserved - l.unavailable, 0)`
	kitAvailable = `COALESCE((SELECT MIN(CASE WHEN COALESCE(v.on_hand - v.reserved - v.unavailable, 0) <= 0 THEN 0
		ELSE (v.on_hand - v.reserved - v.unavailable) / g.qty END)
		FROM kit_parts g LEFT JOIN stock_levels v ON v.sku_id = g.part_id AND v.warehouse = 'main' WHERE g.kit_id = k.id), 0)`
	available = `CASE WHEN k.kit THEN ` + kitAvailable + ` ELSE ` + ownAvailable + ` END`
)

var (
	productJoin = join{"p", "JOIN products p ON p.id = k.product_id"}
	levelJoin   = join{"l", "LEFT JOIN stock_levels l ON l.sku_id = k.id AND l.warehouse = 'main'"}
)

// skuList walks the SKUs: a shop has a few thousand.
var skuList = list{
	name: "skus", base: "skus k", keys: []string{"k.id"}, joins: []join{productJoin, levelJoin}, small: true,
	fields: map[string]field{
		"id":         {sql: "k.id", kind: ident},
		"product_id": {sql: "k.product_id", kind: ident},
		"code":       {sql: "k.code"},
		"title":      {sql: "p.title", join: "p"},
		"spec":       {sql: "k.spec"},
		"brand":      {sql: "p.brand", join: "p"},
		"category":   {sql: "p.category", join: "p"},
		"price_fen":  {sql: "k.price_fen", kind: number},
		"weight_g":   {sql: "k.weight_g", kind: number},
		"bin":        {sql: "k.bin"},
		"kit":        {sql: "k.kit", kind: flag},
		"disabled":   {sql: "k.disabled", kind: flag},
		"barcodes": {sql: `COALESCE((SELECT string_agg(b.code || '×' || CAST(b.pack_qty AS TEXT), ', ' ORDER BY b.pack_qty, b.code_key)
			FROM barcodes b WHERE b.sku_id = k.id), '')`},
		"on_hand":   {sql: "COALESCE(l.on_hand, 0)", kind: number, join: "l"},
		"available": {sql: available, kind: number, join: "l"},
	},
	usual: []ord{{"k.code_key", false}},
	sums:  []string{"on_hand"},
}

// searchSKUs looks for every word in code, spec, pinyin and barcodes, or the title.
func (p *picked) searchSKUs(search string) {
	p.needs["p"] = true
	p.like(domain.NormalCode(search), "k.search", "p.title")
}

// List lists SKUs by code.
func (r catalogRepo) List(q core.Query) (core.Paged[core.SKURow], error) {
	p, err := skuList.pick(r.t, q)
	if err != nil {
		return core.Paged[core.SKURow]{}, err
	}
	switch q.Chip {
	case "":
	case "kit":
		p.w.Add(`k.kit = ?`, true)
	case "disabled":
		p.w.Add(`k.disabled = ?`, true)
	case "no_barcode":
		p.w.Add(`NOT EXISTS (SELECT 1 FROM barcodes x WHERE x.sku_id = k.id)`)
	default:
		return core.Paged[core.SKURow]{}, p.badChip(q.Chip)
	}
	if q.Search != "" {
		p.searchSKUs(q.Search)
	}
	return rows[core.SKURow](p, q)
}

// stockList shows every SKU of the default warehouse, those that never moved too.
var stockList = list{
	name: "stock", base: "skus k", keys: []string{"k.id"}, joins: []join{productJoin, levelJoin}, small: true,
	fields: map[string]field{
		"sku_id":      {sql: "k.id", kind: ident},
		"sku":         {sql: "k.code"},
		"title":       {sql: "p.title", join: "p"},
		"spec":        {sql: "k.spec"},
		"bin":         {sql: "k.bin"},
		"warehouse":   {sql: "COALESCE(l.warehouse, 'main')", join: "l"},
		"kit":         {sql: "k.kit", kind: flag},
		"on_hand":     {sql: "COALESCE(l.on_hand, 0)", kind: number, join: "l"},
		"reserved":    {sql: "COALESCE(l.reserved, 0)", kind: number, join: "l"},
		"unavailable": {sql: "COALESCE(l.unavailable, 0)", kind: number, join: "l"},
		"available":   {sql: available, kind: number, join: "l"},
		"incoming":    {sql: "COALESCE(l.incoming, 0)", kind: number, join: "l"},
		"value_fen":   {sql: "COALESCE(l.value_fen, 0)", kind: number, join: "l"},
	},
	usual: []ord{{"k.code_key", false}},
	sums:  []string{"on_hand", "reserved", "unavailable", "incoming", "value_fen"},
}

// List lists stock by code.
func (r stockRepo) List(q core.Query) (core.Paged[core.StockRow], error) {
	p, err := stockList.pick(r.t, q)
	if err != nil {
		return core.Paged[core.StockRow]{}, err
	}
	return p.stock(q)
}

func (p *picked) stock(q core.Query) (core.Paged[core.StockRow], error) {
	p.needs["l"] = true
	switch q.Chip {
	case "":
	case "short":
		p.w.Add(available + ` <= 0`)
	case "reserved":
		p.w.Add(`l.reserved > 0`)
	case "oversold":
		p.w.Add(ownAvailable + ` < 0`)
	case "kit":
		p.w.Add(`k.kit = ?`, true)
	default:
		return core.Paged[core.StockRow]{}, p.badChip(q.Chip)
	}
	if q.Search != "" {
		p.searchSKUs(q.Search)
	}
	return rows[core.StockRow](p, q)
}

// lastMove is the newest ledger row of the SKU up to a day ($1): one step into
// the index stock_moves_sku.
const lastMove = ` FROM stock_moves x WHERE x.sku_id = k.id AND x.warehouse = 'main' AND x.biz_day <= $1 ORDER BY x.biz_day DESC, x.seq DESC LIMIT 1), 0)`

// asOfList is the stock list with the balances of a past day. What was reserved
// then is not kept: reserved is 0 and available is all on hand.
var asOfList = func() list {
	l := stockList
	l.fields = make(map[string]field, len(stockList.fields))
	for name, f := range stockList.fields {
		l.fields[name] = f
	}
	onHand := `COALESCE((SELECT x.balance_qty` + lastMove
	l.fields["on_hand"] = field{sql: onHand, kind: number}
	l.fields["available"] = field{sql: onHand, kind: number}
	l.fields["value_fen"] = field{sql: `COALESCE((SELECT x.balance_fen` + lastMove, kind: number}
	for _, name := range []string{"reserved", "unavailable", "incoming"} {
		l.fields[name] = field{sql: "CAST(0 AS BIGINT)", kind: number}
	}
	return l
}()

// AsOf lists stock and value as they were at the end of a day, by code. Chips
// of reservations do not apply there.
func (r stockRepo) AsOf(day when.Day, q core.Query) (core.Paged[core.StockRow], error) {
	p, err := asOfList.pick(r.t, q, day)
	if err != nil {
		return core.Paged[core.StockRow]{}, err
	}
	p.w.Add(`$1 <> ''`) // the count names the day too: PostgreSQL refuses arguments that are not used
	switch q.Chip {
	case "":
	case "kit":
		p.w.Add(`k.kit = ?`, true)
	case "short":
		p.w.Add(asOfList.fields["on_hand"].sql + ` <= 0`)
	default:
		return core.Paged[core.StockRow]{}, p.badChip(q.Chip)
	}
	if q.Search != "" {
		p.searchSKUs(q.Search)
	}
	return rows[core.StockRow](p, q)
}

// moveList is served by the primary key, newest first, and for one SKU by
// stock_moves_sku.
var moveList = list{
	name: "moves", base: "stock_moves m", keys: []string{"m.seq"},
	joins: []join{
		{"k", "JOIN skus k ON k.id = m.sku_id"},
		{"p", "JOIN skus pk ON pk.id = m.sku_id JOIN products p ON p.id = pk.product_id"},
	},
	fields: map[string]field{
		"seq":         {sql: "m.seq", kind: number},
		"at_ms":       {sql: "m.at_ms", kind: instant},
		"day":         {sql: "m.biz_day", kind: day},
		"sku":         {sql: "k.code", join: "k", equal: "m.sku_id = (SELECT x.id FROM skus x WHERE x.code = ?)"},
		"title":       {sql: "p.title", join: "p"},
		"warehouse":   {sql: "m.warehouse"},
		"reason":      {sql: "m.reason"},
		"qty":         {sql: "m.qty", kind: number},
		"value_fen":   {sql: "m.value_fen", kind: number},
		"balance_qty": {sql: "m.balance_qty", kind: number},
		"balance_fen": {sql: "m.balance_fen", kind: number},
		"ref_kind":    {sql: "m.ref_kind"},
		"ref_id":      {sql: "m.ref_id"},
		"number":      {sql: "m.number"},
		"note":        {sql: "m.note"},
		"actor":       {sql: "m.actor"},
	},
	usual: []ord{{"m.seq", true}},
	sums:  []string{"qty", "value_fen"},
}

// ListMoves lists the stock ledger, newest first. Chips are the reasons.
// Search: a SKU's code, an order's number, else number and note.
func (r stockRepo) ListMoves(q core.Query) (core.Paged[core.MoveRow], error) {
	p, err := moveList.pick(r.t, q)
	if err != nil {
		return core.Paged[core.MoveRow]{}, err
	}
	if q.Chip != "" {
		p.w.Add(`m.reason = ?`, q.Chip)
	}
	if q.Search != "" {
		if err := r.searchMoves(p, q.Search); err != nil {
			return core.Paged[core.MoveRow]{}, err
		}
	}
	return rows[core.MoveRow](p, q)
}

func (r stockRepo) searchMoves(p *picked, search string) error {
	sku, err := sqlkit.One(r.t.ctx, r.t.q, sqlkit.Value[ids.SKUID], `SELECT id FROM skus WHERE code_key = $1`, domain.NormalCode(search))
	if err == nil {
		p.w.Add(`m.sku_id = ?`, sku)
		return nil
	}
	if !errors.Is(err, sqlkit.ErrNone) {
		return err
	}
	parcels, err := sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[ids.ParcelID], `SELECT DISTINCT l.parcel_id FROM orders o
		JOIN parcel_lines l ON l.order_id = o.id WHERE o.number = $1 ORDER BY l.parcel_id LIMIT 50`, search)
	if err != nil {
		return err
	}
	if len(parcels) > 0 {
		refs := make([]any, len(parcels))
		for i, id := range parcels {
			refs[i] = id.String()
		}
		p.w.In("m.ref_id", refs...)
		return nil
	}
	p.like(search, "m.number", "m.note", "m.ref_id")
	return nil
}
