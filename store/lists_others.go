package store

import (
	"encoding/json"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// parcelList is served by parcels_shipped, and for the chips of work by
// parcels_open and parcels_planned.
var parcelList = list{
	name: "parcels", base: "parcels p", keys: []string{"p.id"},
	joins: []join{
		{"o", "JOIN orders o ON o.id = p.order_id"},
		{"s", "JOIN orders so ON so.id = p.order_id JOIN shops s ON s.id = so.shop_id"},
	},
	fields: map[string]field{
		"id":         {sql: "p.id", kind: ident},
		"order_id":   {sql: "p.order_id", kind: ident},
		"order":      {sql: "o.number", join: "o", equal: "p.order_id IN (SELECT x.id FROM orders x WHERE x.number = ?)"},
		"channel":    {sql: "o.channel", join: "o"},
		"shop":       {sql: "s.code", join: "s"},
		"no":         {sql: "p.no", kind: number},
		"state":      {sql: "p.state"},
		"courier":    {sql: "p.courier"},
		"waybill":    {sql: "p.waybill"},
		"units":      {sql: "p.units", kind: number},
		"orders":     {sql: "p.orders", kind: number},
		"shipped_ms": {sql: "p.shipped_ms", kind: instant},
		"handed_ms":  {sql: "p.handed_ms", kind: instant},
		"day":        {sql: "p.biz_day", kind: day},
		"province":   {sql: "o.province", join: "o"},
	},
	usual: []ord{{"p.shipped_ms", true}},
	sums:  []string{"units", "orders"},
}

// List lists parcels, the newest shipped first. Chips are the states; a state is
// written into the text, because partial indexes ask for it.
// Search: waybill or order number, else what contains it.
func (r parcelRepo) List(q core.Query) (core.Paged[core.ParcelRow], error) {
	p, err := parcelList.pick(r.t, q)
	if err != nil {
		return core.Paged[core.ParcelRow]{}, err
	}
	switch domain.ParcelState(q.Chip) {
	case "":
	case domain.ParcelPlanned:
		p.w.Add(`p.state = 'planned'`)
	case domain.ParcelShipped:
		p.w.Add(`p.state = 'shipped'`)
	case domain.ParcelHanded:
		p.w.Add(`p.state = 'handed_over'`)
	case domain.ParcelVoided:
		p.w.Add(`p.state = 'voided'`)
	default:
		return core.Paged[core.ParcelRow]{}, p.badChip(q.Chip)
	}
	if q.Search != "" {
		if err := r.search(p, q.Search); err != nil {
			return core.Paged[core.ParcelRow]{}, err
		}
	}
	return rows[core.ParcelRow](p, q)
}

func (r parcelRepo) search(p *picked, search string) error {
	id, err := r.ByWaybill(search)
	if err != nil {
		return err
	}
	if !id.Zero() {
		p.w.Add(`p.id = ?`, id)
		return nil
	}
	orders, err := orderRepo(r).FindByNumber(search)
	if err != nil {
		return err
	}
	if len(orders) > 0 {
		keys := make([]any, len(orders))
		for i, o := range orders {
			keys[i] = o
		}
		marks := sqlMarks(len(keys))
		p.w.Add(`(p.order_id IN (`+marks+`) OR p.id IN (SELECT x.parcel_id FROM parcel_lines x WHERE x.order_id IN (`+marks+`)))`, append(keys, keys...)...)
		return nil
	}
	p.needs["o"] = true
	p.like(search, "p.waybill", "o.number")
	return nil
}

// sqlMarks gives "?, ?, …" for Where.Add.
func sqlMarks(n int) string {
	b := make([]byte, 0, 3*n)
	for i := range n {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(b, '?')
	}
	return string(b)
}

// entryList is served by the primary key of postings, newest entries first.
var entryList = list{
	name: "entries", base: "postings p", keys: []string{"p.entry_seq", "p.no"},
	joins: []join{
		{"e", "JOIN journal_entries e ON e.seq = p.entry_seq"},
		{"k", "LEFT JOIN skus k ON k.id = p.sku_id"},
		{"s", "LEFT JOIN shops s ON s.id = p.shop_id"},
	},
	fields: map[string]field{
		"seq":        {sql: "p.entry_seq", kind: number},
		"at_ms":      {sql: "e.at_ms", kind: instant, join: "e"},
		"day":        {sql: "p.biz_day", kind: day},
		"kind":       {sql: "e.kind", join: "e"},
		"number":     {sql: "e.number", join: "e", equal: "p.entry_seq IN (SELECT x.seq FROM journal_entries x WHERE x.number = ?)"},
		"ref_kind":   {sql: "e.ref_kind", join: "e"},
		"ref_id":     {sql: "e.ref_id", join: "e", equal: "p.entry_seq IN (SELECT x.seq FROM journal_entries x WHERE x.ref_id = ?)"},
		"reverses":   {sql: "e.reverses_seq", kind: number, join: "e"},
		"account":    {sql: "p.account"},
		"channel":    {sql: "p.channel"},
		"shop":       {sql: "COALESCE(s.code, '')", join: "s"},
		"sku":        {sql: "COALESCE(k.code, '')", join: "k"},
		"qty":        {sql: "p.qty", kind: number},
		"debit_fen":  {sql: "CASE WHEN p.amount_fen > 0 THEN p.amount_fen ELSE 0 END", kind: number},
		"credit_fen": {sql: "CASE WHEN p.amount_fen < 0 THEN -p.amount_fen ELSE 0 END", kind: number},
		"actor":      {sql: "e.actor", join: "e"},
	},
	usual: []ord{{"p.entry_seq", true}, {"p.no", false}},
	sums:  []string{"debit_fen", "credit_fen"},
}

// List lists postings with their entries. Chips are the kinds of entries.
// Search: the number of an order or document (index journal_entries_number),
// else what contains it.
func (r ledgerRepo) List(q core.Query) (core.Paged[core.EntryRow], error) {
	p, err := entryList.pick(r.t, q)
	if err != nil {
		return core.Paged[core.EntryRow]{}, err
	}
	p.quick = onlyIndexed(q)
	if q.Chip != "" {
		p.needs["e"] = true
		p.w.Add(`e.kind = ?`, q.Chip)
	}
	if q.Search != "" {
		found, err := r.load(entrySelect+` WHERE number = $1 ORDER BY seq LIMIT 1`, q.Search)
		if err != nil {
			return core.Paged[core.EntryRow]{}, err
		}
		if len(found) > 0 {
			p.w.Add(`p.entry_seq IN (SELECT x.seq FROM journal_entries x WHERE x.number = ?)`, q.Search)
		} else {
			p.needs["e"] = true
			p.like(q.Search, "e.number", "e.actor")
		}
	}
	return rows[core.EntryRow](p, q)
}

// onlyIndexed tells whether a question names nothing but one account and days:
// then the index postings_account holds the amounts too.
func onlyIndexed(q core.Query) bool {
	account := false
	for _, c := range q.Conds {
		switch {
		case c.Field == "account" && c.Op == "=":
			account = true
		case c.Field != "day":
			return false
		}
	}
	return account && q.Chip == "" && q.Search == ""
}

// customerList is served by customers_last.
var customerList = list{
	name: "customers", base: "customers c", keys: []string{"c.id"},
	fields: map[string]field{
		"id":        {sql: "c.id", kind: ident},
		"channel":   {sql: "c.channel"},
		"buyer":     {sql: "c.buyer_key"},
		"name":      {sql: "c.name"},
		"phone":     {sql: "c.phone"},
		"province":  {sql: "c.province"},
		"city":      {sql: "c.city"},
		"first_day": {sql: "c.first_day", kind: day},
		"last_day":  {sql: "c.last_day", kind: day},
		"orders":    {sql: "c.orders", kind: number},
		"paid_fen":  {sql: "c.paid_fen", kind: number},
	},
	usual: []ord{{"c.last_day", true}},
	sums:  []string{"orders", "paid_fen"},
}

// List lists customers, those who bought last first. Chip: "repeat" (more than
// one order). Search: buyer, name, phone.
func (r customerRepo) List(q core.Query) (core.Paged[core.CustomerRow], error) {
	p, err := customerList.pick(r.t, q)
	if err != nil {
		return core.Paged[core.CustomerRow]{}, err
	}
	switch q.Chip {
	case "":
	case "repeat":
		p.w.Add(`c.orders > 1`)
	default:
		return core.Paged[core.CustomerRow]{}, p.badChip(q.Chip)
	}
	if q.Search != "" {
		p.like(q.Search, "c.buyer_key", "c.name", "c.phone")
	}
	return rows[core.CustomerRow](p, q)
}

// importRow is domain.Import with the names of its fields.
type importRow struct {
	ID       ids.ImportID       `json:"id"`
	File     string             `json:"file"`
	SHA256   string             `json:"sha256"`
	Kind     string             `json:"kind"`
	Layout   string             `json:"layout"`
	Channel  string             `json:"channel"`
	Shop     ids.ShopID         `json:"shop_id"`
	Encoding string             `json:"encoding"`
	Header   int                `json:"header_row"`
	State    domain.ImportState `json:"state"`
	At       when.Millis        `json:"at_ms"`
	DoneAt   when.Millis        `json:"done_ms"`
	By       string             `json:"actor"`
	New      int64              `json:"new"`
	Changed  int64              `json:"changed"`
	Same     int64              `json:"same"`
	Conflict int64              `json:"conflict"`
	Rejected int64              `json:"rejected"`
	Chunks   int64              `json:"chunks"`
	Totals   string             `json:"totals"`
	Version  int64              `json:"version"`
}

// importList walks the imports: a shop has hundreds. Index imports_at.
var importList = list{
	name: "imports", base: "imports i", keys: []string{"i.id"},
	fields: map[string]field{
		"id":         {sql: "i.id", kind: ident},
		"file":       {sql: "i.file"},
		"sha256":     {sql: "i.sha256"},
		"kind":       {sql: "i.kind"},
		"layout":     {sql: "i.layout"},
		"channel":    {sql: "i.channel"},
		"shop_id":    {sql: "i.shop_id", kind: ident, null: true},
		"encoding":   {sql: "i.encoding"},
		"header_row": {sql: "i.header_row", kind: number},
		"state":      {sql: "i.state"},
		"at_ms":      {sql: "i.at_ms", kind: instant},
		"done_ms":    {sql: "i.done_ms", kind: instant},
		"actor":      {sql: "i.actor"},
		"new":        {sql: "i.n_new", kind: number},
		"changed":    {sql: "i.n_changed", kind: number},
		"same":       {sql: "i.n_same", kind: number},
		"conflict":   {sql: "i.n_conflict", kind: number},
		"rejected":   {sql: "i.n_rejected", kind: number},
		"chunks":     {sql: "i.chunks", kind: number},
		"totals":     {sql: "i.totals"},
		"version":    {sql: "i.version", kind: number},
	},
	usual: []ord{{"i.at_ms", true}},
	sums:  []string{"new", "changed", "same", "conflict", "rejected"},
}

// List lists imports, newest first. Chips are the states. Search: file name.
func (r importRepo) List(q core.Query) (core.Paged[domain.Import], error) {
	p, err := importList.pick(r.t, q)
	if err != nil {
		return core.Paged[domain.Import]{}, err
	}
	if q.Chip != "" {
		p.w.Add(`i.state = ?`, q.Chip)
	}
	if q.Search != "" {
		p.like(q.Search, "i.file", "i.layout")
	}
	page, err := rows[importRow](p, q)
	return convert(page, err, func(r importRow) (domain.Import, error) {
		i := domain.Import{
			ID: r.ID, File: r.File, SHA256: r.SHA256, Kind: r.Kind, Layout: r.Layout, Channel: r.Channel, Shop: r.Shop,
			Encoding: r.Encoding, Header: r.Header, State: r.State, At: r.At, DoneAt: r.DoneAt, By: r.By, New: r.New, Changed: r.Changed,
			Same: r.Same, Conflict: r.Conflict, Rejected: r.Rejected, Chunks: r.Chunks, Version: r.Version,
		}
		if r.Totals == "" {
			return i, nil
		}
		return i, json.Unmarshal([]byte(r.Totals), &i.Totals)
	})
}

// importRecord is domain.ImportRow with the names of its fields.
type importRecord struct {
	Seq     int64            `json:"seq"`
	Import  ids.ImportID     `json:"import_id"`
	Rows    string           `json:"rows"`
	Result  domain.RowResult `json:"result"`
	RefKind string           `json:"ref_kind"`
	RefID   string           `json:"ref_id"`
	Number  string           `json:"number"`
	Column  string           `json:"column"`
	Value   string           `json:"value"`
	Code    string           `json:"code"`
	Key     string           `json:"message"`
	Args    string           `json:"args"`
	Before  string           `json:"before"`
	After   string           `json:"after"`
}

// importRowList is served by import_rows_import.
var importRowList = list{
	name: "import_rows", base: "import_rows w", keys: []string{"w.seq"},
	fields: map[string]field{
		"seq":       {sql: "w.seq", kind: number},
		"import_id": {sql: "w.import_id", kind: ident},
		"rows":      {sql: "w.file_rows"},
		"result":    {sql: "w.result"},
		"ref_kind":  {sql: "w.ref_kind"},
		"ref_id":    {sql: "w.ref_id"},
		"number":    {sql: "w.number"},
		"column":    {sql: "w.col"},
		"value":     {sql: "w.value"},
		"code":      {sql: "w.code"},
		"message":   {sql: "w.msg"},
		"args":      {sql: "w.args"},
		"before":    {sql: "w.before_json"},
		"after":     {sql: "w.after_json"},
	},
}

// Rows lists the records of an import in the order of the file. Chips are the
// results. Search: number, value.
func (r importRepo) Rows(id ids.ImportID, q core.Query) (core.Paged[domain.ImportRow], error) {
	p, err := importRowList.pick(r.t, q)
	if err != nil {
		return core.Paged[domain.ImportRow]{}, err
	}
	p.w.Add(`w.import_id = ?`, id)
	if q.Chip != "" {
		p.w.Add(`w.result = ?`, q.Chip)
	}
	if q.Search != "" {
		p.like(q.Search, "w.number", "w.value")
	}
	page, err := rows[importRecord](p, q)
	return convert(page, err, func(r importRecord) (domain.ImportRow, error) {
		args, err := readArgs(r.Args)
		return domain.ImportRow{
			Seq: r.Seq, Import: r.Import, Rows: r.Rows, Result: r.Result, RefKind: r.RefKind, RefID: r.RefID, Number: r.Number,
			Column: r.Column, Value: r.Value, Code: r.Code, Key: r.Key, Args: args, Before: r.Before, After: r.After,
		}, err
	})
}

// convert turns the rows of a page into the domain's.
func convert[A, B any](page core.Paged[A], err error, one func(A) (B, error)) (core.Paged[B], error) {
	result := core.Paged[B]{Total: page.Total, Sums: page.Sums}
	if err != nil {
		return result, err
	}
	for _, row := range page.Rows {
		v, err := one(row)
		if err != nil {
			return result, err
		}
		result.Rows = append(result.Rows, v)
	}
	return result, nil
}
