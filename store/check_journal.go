package store

import (
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// posted is one posting with what the checks need of its entry.
type posted struct {
	seq     int64
	day     when.Day
	kind    string
	account domain.Account
	channel string
	shop    ids.ShopID
	sku     ids.SKUID
	qty     int64
	fen     money.Fen
}

func scanPosted(row sqlkit.Scanner) (posted, error) {
	var p posted
	err := row.Scan(&p.seq, &p.day, &p.kind, &p.account, &p.channel, &p.shop, &p.sku, &p.qty, &p.fen)
	return p, err
}

const postedSelect = `SELECT e.seq, e.biz_day, e.kind, COALESCE(p.account, ''), COALESCE(p.channel, ''), p.shop_id, p.sku_id,
	COALESCE(p.qty, 0), COALESCE(p.amount_fen, 0) FROM journal_entries e LEFT JOIN postings p ON p.entry_seq = e.seq`

// checkJournal is the journal's half of I5 and the sales sums of I8 in one walk
// over the postings: entries are balanced and have postings; sales_daily and
// sales_monthly are what the entries say.
func (c *checking) checkJournal() error {
	f := c.finding("I5 entries balanced")
	c.books.entries = amounts{}
	c.books.owed = make([]money.Fen, max(0, c.now.Entries-c.since.Entries))
	sums := newSales()
	var open posted // the entry that is being added up
	var total money.Fen
	closeEntry := func() {
		if open.seq != 0 && (total != 0 || open.account == "") {
			f.broke("seq", open.seq, "kind", open.kind, "sum_fen", int64(total))
		}
	}
	err := c.each(func(row sqlkit.Scanner) error {
		p, err := scanPosted(row)
		if err != nil {
			return err
		}
		if p.seq != open.seq {
			closeEntry()
			f.count++
			open, total = p, 0
		}
		total += p.fen
		switch p.account {
		case domain.AccStock:
			c.books.entries.add(p.kind, p.qty, p.fen)
		case domain.AccReceivable:
			c.owe(p)
		}
		if c.full {
			sums.add(p)
		}
		c.within(p.seq-c.since.Entries, c.now.Entries-c.since.Entries)
		return nil
	}, postedSelect+` WHERE e.seq > $1 ORDER BY e.seq, p.no`, c.since.Entries)
	if err != nil {
		return err
	}
	closeEntry()
	return c.checkSales(sums)
}

// owe notes what a shipment is to bring, for the parcels' walk.
func (c *checking) owe(p posted) {
	if at := p.seq - c.since.Entries - 1; (p.kind == "ship" || p.kind == "unship") && at >= 0 && at < int64(len(c.books.owed)) {
		c.books.owed[at] += p.fen
	}
}

// owed is what an entry is to bring; known is false for one that an incremental
// check did not read.
func (c *checking) owed(seq int64) (fen money.Fen, known bool) {
	at := seq - c.since.Entries - 1
	if at < 0 || at >= int64(len(c.books.owed)) {
		return 0, false
	}
	return c.books.owed[at], true
}

// checkSales compares the kept sales sums. An incremental check adds up the
// months that have entries since the mark.
func (c *checking) checkSales(sums *sales) error {
	from := when.Day("")
	if !c.full {
		days, err := sqlkit.Rows(c.ctx, c.ses, sqlkit.Value[when.Day], `SELECT DISTINCT biz_day FROM journal_entries WHERE seq > $1 ORDER BY biz_day`, c.since.Entries)
		if err != nil || len(days) == 0 {
			return err
		}
		from = when.Day(days[0].Month() + "-01")
		err = c.each(func(row sqlkit.Scanner) error {
			p, err := scanPosted(row)
			sums.add(p)
			return err
		}, postedSelect+` WHERE p.account IN ('5001', '5401') AND p.biz_day >= $1 ORDER BY e.seq, p.no`, from)
		if err != nil {
			return err
		}
	}
	if err := c.compareDaily(sums, from); err != nil {
		return err
	}
	return c.compareMonthly(sums, from)
}

// sales are the sums of sales_daily and sales_monthly, made anew.
type sales struct {
	daily   map[dayKey]saleSum
	monthly map[monthKey]saleSum
	counted map[ids.ShopID]bool // shops of the present entry whose parcel is counted
	entry   int64
}

type monthKey struct {
	month string
	shop  ids.ShopID
	sku   ids.SKUID
}

type saleSum struct {
	parcels, units int64
	revenue, cost  money.Fen
}

func newSales() *sales {
	return &sales{daily: map[dayKey]saleSum{}, monthly: map[monthKey]saleSum{}, counted: map[ids.ShopID]bool{}}
}

// add counts a posting; those of one entry come one after the other.
func (s *sales) add(p posted) {
	if p.account != domain.AccSales && p.account != domain.AccCost {
		return
	}
	if p.seq != s.entry {
		s.entry = p.seq
		clear(s.counted)
	}
	var one saleSum
	if p.account == domain.AccCost {
		one.cost = p.fen
	} else {
		one.revenue = -p.fen
		if !p.sku.Zero() {
			one.units = -p.qty
		}
	}
	m := monthKey{p.day.Month(), p.shop, p.sku}
	s.monthly[m] = s.monthly[m].plus(one)
	if !s.counted[p.shop] {
		s.counted[p.shop] = true
		switch p.kind {
		case "ship":
			one.parcels = 1
		case "unship":
			one.parcels = -1
		}
	}
	d := dayKey{p.day, p.shop}
	s.daily[d] = s.daily[d].plus(one)
}

func (a saleSum) plus(b saleSum) saleSum {
	return saleSum{a.parcels + b.parcels, a.units + b.units, a.revenue + b.revenue, a.cost + b.cost}
}

func (c *checking) compareDaily(sums *sales, from when.Day) error {
	f := c.finding("I8 sales_daily = journal")
	err := c.each(func(row sqlkit.Scanner) error {
		var k dayKey
		var have saleSum
		if err := row.Scan(&k.day, &k.shop, &have.parcels, &have.units, &have.revenue, &have.cost); err != nil {
			return err
		}
		f.count++
		if want := sums.daily[k]; have != want {
			f.broke("day", k.day, "shop", k.shop, "kept", have, "journal", want)
		}
		delete(sums.daily, k)
		return nil
	}, `SELECT biz_day, shop_id, parcels, units, revenue_fen, cost_fen FROM sales_daily WHERE biz_day >= $1 ORDER BY biz_day, shop_id`, from)
	for k, want := range sums.daily {
		f.broke("day", k.day, "shop", k.shop, "kept", "missing", "journal", want)
	}
	return err
}

func (c *checking) compareMonthly(sums *sales, from when.Day) error {
	f := c.finding("I8 sales_monthly = journal")
	err := c.each(func(row sqlkit.Scanner) error {
		var k monthKey
		var have saleSum
		if err := row.Scan(&k.month, &k.shop, &k.sku, &have.units, &have.revenue, &have.cost); err != nil {
			return err
		}
		f.count++
		if want := sums.monthly[k]; have != want {
			f.broke("month", k.month, "shop", k.shop, "sku", k.sku, "kept", have, "journal", want)
		}
		delete(sums.monthly, k)
		return nil
	}, `SELECT month, shop_id, sku_id, units, revenue_fen, cost_fen FROM sales_monthly WHERE month >= $1 ORDER BY month, shop_id, sku_id`, from.Month())
	for k, want := range sums.monthly {
		f.broke("month", k.month, "shop", k.shop, "sku", k.sku, "kept", "missing", "journal", want)
	}
	return err
}
