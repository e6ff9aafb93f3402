package store

import (
	"strings"

	"zhanggui/store/sqlkit"
)

// checkPages has the engine look at its own pages: in full checks, and where
// opening the file after an unclean exit left it to the check.
func (c *checking) checkPages() error {
	e, ok := c.s.engine.(*sqliteEngine)
	if !ok || !c.full && !e.unexamined {
		return nil
	}
	f := c.finding("pages")
	return c.each(func(row sqlkit.Scanner) error {
		verdict, err := sqlkit.Value[string](row)
		f.count++
		if verdict != "ok" {
			f.broke("quick_check", verdict)
		}
		return err
	}, `PRAGMA quick_check(20)`)
}

// checkKeys is I9: what must happen once has happened once. Three of the keys
// have a unique index, so only a full check looks at them again.
func (c *checking) checkKeys() error {
	for _, k := range []struct {
		name  string
		full  bool
		query string
	}{
		{"I9 waybill once", true, `SELECT waybill, COUNT(id) FROM parcels WHERE state IN ('shipped', 'handed_over') GROUP BY waybill HAVING COUNT(id) > 1 LIMIT 100`},
		{"I9 order number once per shop", true, `SELECT number, COUNT(id) FROM orders GROUP BY shop_id, number HAVING COUNT(id) > 1 LIMIT 100`},
		{"I9 entry reversed once", true, `SELECT CAST(reverses_seq AS TEXT), COUNT(seq) FROM journal_entries WHERE reverses_seq <> 0 GROUP BY reverses_seq HAVING COUNT(seq) > 1 LIMIT 100`},
		{"I9 move reversed once", false, `SELECT CAST(reverses_seq AS TEXT), COUNT(seq) FROM stock_moves WHERE reverses_seq <> 0 GROUP BY reverses_seq HAVING COUNT(seq) > 1 LIMIT 100`},
	} {
		if k.full && !c.full {
			continue
		}
		f := c.finding(k.name)
		err := c.each(func(row sqlkit.Scanner) error {
			var key string
			var n int64
			err := row.Scan(&key, &n)
			f.broke("key", key, "times", n)
			return err
		}, k.query)
		if err != nil {
			return err
		}
	}
	return nil
}

// checkReferences is I10: no row refers to one that is not there; full checks only.
func (c *checking) checkReferences() error {
	if !c.full {
		return nil
	}
	f := c.finding("I10 references")
	if c.s.name() == "sqlite" {
		return c.each(func(row sqlkit.Scanner) error {
			var table, parent string
			var rowid any // NULL for tables without rowid
			var key int64
			err := row.Scan(&table, &rowid, &parent, &key)
			f.broke("table", table, "row", rowid, "parent", parent)
			return err
		}, `PRAGMA foreign_key_check`)
	}
	return c.checkServerReferences(f)
}

// reference is one foreign key of PostgreSQL's catalogue.
type reference struct {
	table, parent  string
	columns, names string // comma between
}

// checkServerReferences looks for rows without their parent; a superuser can
// switch the server's own triggers off.
func (c *checking) checkServerReferences(f *finding) error {
	list, err := sqlkit.Rows(c.ctx, c.ses, func(row sqlkit.Scanner) (reference, error) {
		var r reference
		err := row.Scan(&r.table, &r.parent, &r.columns, &r.names)
		return r, err
	}, `SELECT k.conrelid::regclass::text, k.confrelid::regclass::text,
		(SELECT string_agg(a.attname, ',' ORDER BY x.n) FROM unnest(k.conkey) WITH ORDINALITY x(num, n) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.num),
		(SELECT string_agg(a.attname, ',' ORDER BY x.n) FROM unnest(k.confkey) WITH ORDINALITY x(num, n) JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = x.num)
		FROM pg_constraint k WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace ORDER BY 1, 3`)
	if err != nil {
		return err
	}
	for _, r := range list {
		columns, names := strings.Split(r.columns, ","), strings.Split(r.names, ",")
		on, there := make([]string, len(columns)), make([]string, len(columns))
		for i := range columns {
			on[i] = "p." + names[i] + " = t." + columns[i]
			there[i] = "t." + columns[i] + " IS NOT NULL"
		}
		n, err := c.number(`SELECT COUNT(1) FROM ` + r.table + ` t WHERE ` + strings.Join(there, " AND ") +
			` AND NOT EXISTS (SELECT 1 FROM ` + r.parent + ` p WHERE ` + strings.Join(on, " AND ") + `)`)
		if err != nil {
			return err
		}
		f.count++
		if n > 0 {
			f.broke("table", r.table, "parent", r.parent, "rows", n)
			f.bad += n - 1
		}
	}
	return nil
}
