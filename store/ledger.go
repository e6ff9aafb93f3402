package store

import (
	"bytes"
	"sort"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

const entrySelect = `SELECT seq, at_ms, biz_day, kind, ref_kind, ref_id, number, reverses_seq, actor_id, actor FROM journal_entries`

func scanEntry(s sqlkit.Scanner) (*domain.Entry, error) {
	e := &domain.Entry{}
	err := s.Scan(&e.Seq, &e.At, &e.BizDay, &e.Kind, &e.RefKind, &e.RefID, &e.Number, &e.ReversesSeq, &e.Actor, &e.ActorName)
	return e, err
}

// Get loads an entry with its postings (primary keys). Errors: NotFound fault.journal.unknown.
func (r ledgerRepo) Get(seq int64) (*domain.Entry, error) {
	list, err := r.load(entrySelect+` WHERE seq = $1`, seq)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "fault.journal.unknown", "seq", seq)
	}
	return list[0], nil
}

// OfRef gives the entries of a document in order (index journal_entries_ref).
func (r ledgerRepo) OfRef(refKind, refID string) ([]*domain.Entry, error) {
	return r.load(entrySelect+` WHERE ref_id = $1 AND ref_kind = $2 ORDER BY seq`, refID, refKind)
}

func (r ledgerRepo) load(query string, args ...any) ([]*domain.Entry, error) {
	list, err := sqlkit.Rows(r.t.ctx, r.t.q, scanEntry, query, args...)
	if err != nil {
		return nil, err
	}
	found := make(map[int64]*domain.Entry, len(list))
	seqs := make([]int64, len(list))
	for i, e := range list {
		found[e.Seq], seqs[i] = e, e.Seq
	}
	return list, sqlkit.In(seqs, 1, func(marks string, args []any) error {
		return sqlkit.Each(r.t.ctx, r.t.q, func(s sqlkit.Scanner) error {
			var seq int64
			var p domain.Posting
			err := s.Scan(&seq, &p.Account, &p.Channel, &p.Shop, &p.SKU, &p.Qty, &p.AmountFen)
			if e, ok := found[seq]; ok {
				e.Postings = append(e.Postings, p)
			}
			return err
		}, `SELECT entry_seq, account, channel, shop_id, sku_id, qty, amount_fen FROM postings WHERE entry_seq IN (`+marks+`) ORDER BY entry_seq, no`, args...)
	})
}

// Balances sums the journal by account up to the end of a day, "" for all
// (index postings_account holds all that is read).
func (r ledgerRepo) Balances(to when.Day) (map[domain.Account]money.Fen, error) {
	w := sqlkit.NewWhere()
	if to != "" {
		w.Add("biz_day <= ?", to)
	}
	rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanPair[domain.Account, money.Fen],
		`SELECT account, CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM postings`+w.SQL()+` GROUP BY account ORDER BY account`, w.Args()...)
	balances := make(map[domain.Account]money.Fen, len(rows))
	for _, p := range rows {
		balances[p.a] = p.b
	}
	return balances, err
}

// Post appends a balanced entry, adds its sales and cost to the daily and
// monthly sums and gives its number, which it also sets in e.
// Errors: Internal fault.journal.unbalanced.
func (r ledgerRepo) Post(e *domain.Entry) (int64, error) {
	if err := e.Balanced(); err != nil {
		return 0, err
	}
	seq, err := r.t.q.Insert(r.t.ctx, `INSERT INTO journal_entries (at_ms, biz_day, kind, ref_kind, ref_id, number, reverses_seq, actor_id, actor)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		e.At, e.BizDay, e.Kind, e.RefKind, e.RefID, e.Number, e.ReversesSeq, e.Actor, e.ActorName)
	if err != nil {
		return 0, err
	}
	rows := make([][]any, len(e.Postings))
	for i, p := range e.Postings {
		rows[i] = []any{seq, i + 1, e.BizDay, p.Account, p.Channel, p.Shop, p.SKU, p.Qty, p.AmountFen}
	}
	_, err = sqlkit.InsertMany(r.t.ctx, r.t.q, "postings",
		[]string{"entry_seq", "no", "biz_day", "account", "channel", "shop_id", "sku_id", "qty", "amount_fen"}, "", rows)
	if err != nil {
		return 0, err
	}
	e.Seq = seq
	return seq, r.sum(e)
}

// sale is what an entry adds to one row of the sales sums.
type sale struct {
	channel       string
	shop          ids.ShopID
	sku           ids.SKUID
	parcels       int64
	units         int64
	revenue, cost money.Fen
}

// sum adds the entry to sales_daily (by shop) and sales_monthly (by shop and
// SKU). Units and revenue are those of account 5001, cost of 5401; freight and
// what has no shop stand under zero ids. Rows are sorted, so that two desks on
// PostgreSQL lock them in the same order.
func (r ledgerRepo) sum(e *domain.Entry) error {
	days, months := salesOf(e)
	dayRows := make([][]any, 0, len(days))
	for _, s := range days {
		dayRows = append(dayRows, []any{e.BizDay, s.shop[:], s.channel, s.parcels, s.units, s.revenue, s.cost})
	}
	_, err := sqlkit.InsertMany(r.t.ctx, r.t.q, "sales_daily", []string{"biz_day", "shop_id", "channel", "parcels", "units", "revenue_fen", "cost_fen"},
		` ON CONFLICT (biz_day, shop_id) DO UPDATE SET parcels = sales_daily.parcels + excluded.parcels, units = sales_daily.units + excluded.units,
		revenue_fen = sales_daily.revenue_fen + excluded.revenue_fen, cost_fen = sales_daily.cost_fen + excluded.cost_fen`, dayRows)
	if err != nil {
		return err
	}
	monthRows := make([][]any, 0, len(months))
	for _, s := range months {
		monthRows = append(monthRows, []any{e.BizDay.Month(), s.shop[:], s.sku[:], s.channel, s.units, s.revenue, s.cost})
	}
	_, err = sqlkit.InsertMany(r.t.ctx, r.t.q, "sales_monthly", []string{"month", "shop_id", "sku_id", "channel", "units", "revenue_fen", "cost_fen"},
		` ON CONFLICT (month, shop_id, sku_id) DO UPDATE SET units = sales_monthly.units + excluded.units,
		revenue_fen = sales_monthly.revenue_fen + excluded.revenue_fen, cost_fen = sales_monthly.cost_fen + excluded.cost_fen`, monthRows)
	return err
}

// salesOf groups an entry's sales and cost postings by shop, and by shop and SKU.
func salesOf(e *domain.Entry) (days, months []*sale) {
	day, month := map[ids.ShopID]*sale{}, map[[32]byte]*sale{}
	for _, p := range e.Postings {
		if p.Account != domain.AccSales && p.Account != domain.AccCost {
			continue
		}
		d := day[p.Shop]
		if d == nil {
			d = &sale{channel: p.Channel, shop: p.Shop, parcels: parcelsOf(e.Kind)}
			day[p.Shop] = d
			days = append(days, d)
		}
		var key [32]byte
		copy(key[:16], p.Shop[:])
		copy(key[16:], p.SKU[:])
		m := month[key]
		if m == nil {
			m = &sale{channel: p.Channel, shop: p.Shop, sku: p.SKU}
			month[key] = m
			months = append(months, m)
		}
		d.add(p)
		m.add(p)
	}
	sortSales(days)
	sortSales(months)
	return days, months
}

func (s *sale) add(p domain.Posting) {
	if p.Account == domain.AccCost {
		s.cost += p.AmountFen
		return
	}
	s.revenue -= p.AmountFen
	if !p.SKU.Zero() {
		s.units -= p.Qty
	}
}

// parcelsOf counts a shipment and its reversal.
func parcelsOf(kind string) int64 {
	switch kind {
	case "ship":
		return 1
	case "unship":
		return -1
	}
	return 0
}

func sortSales(list []*sale) {
	sort.Slice(list, func(i, j int) bool {
		if c := bytes.Compare(list[i].shop[:], list[j].shop[:]); c != 0 {
			return c < 0
		}
		return bytes.Compare(list[i].sku[:], list[j].sku[:]) < 0
	})
}
