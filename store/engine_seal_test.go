package store

import (
	"context"
	"encoding/base64"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/when"
	"zhanggui/store/pgtest"
	"zhanggui/store/sqlkit"
)

// sealable opens fresh data with the rows that the ledgers' rows refer to.
func sealable(t *testing.T, dsn string) *store {
	t.Helper()
	opt := options()
	opt.Clock = when.NewFixed(when.At(2026, 11, 22, 9, 0, 0))
	s := opened(t, dsn, opt)
	id := blob(dsn, "'0123456789abcdef'")
	require.NoError(t, do(s,
		`INSERT INTO products (id, code, code_key, title, brand, category, version) VALUES (`+id+`, 'A1', 'a1', '杯', '', '', 1)`,
		`INSERT INTO skus (id, product_id, code, code_key, spec, price_fen, weight_g, bin, kit, disabled, search, version)
			VALUES (`+id+`, `+id+`, 'A1', 'a1', '', 0, 0, '', FALSE, FALSE, '', 1)`,
		`INSERT INTO imports (id, file, sha256, kind, layout, channel, encoding, header_row, state, at_ms, done_ms, actor, n_new, n_changed, n_same,
			n_conflict, n_rejected, chunks, totals, version) VALUES (`+id+`, 'f.csv', '', '', '', '', '', 1, 'done', 1, 1, '', 0, 0, 0, 0, 0, 1, '', 1)`))
	return s
}

// addRows adds rows to every ledger: n audit lines, moves, entries with three
// postings each, and imported rows.
func addRows(t *testing.T, s *store, n int) {
	t.Helper()
	ctx := context.Background()
	id := []byte("0123456789abcdef")
	require.NoError(t, s.run(ctx, true, func(ses *session) error {
		for i := range n {
			no := strconv.Itoa(i)
			if _, err := ses.Insert(ctx, `INSERT INTO audit_log (at_ms, actor_id, actor, role, action, entity, entity_id, msg, args, before_json, after_json, desk, version)
				VALUES ($1, $2, '王五', 'warehouse', 'orders.audit', 'order', $3, 'audit.passed', '', '', '{"a":1}', 'desk', 'v1')`, i, id, no); err != nil {
				return err
			}
			if _, err := ses.Insert(ctx, `INSERT INTO stock_moves (warehouse, sku_id, at_ms, biz_day, reason, qty, value_fen, balance_qty, balance_fen, unsaleable,
				ref_kind, ref_id, number, note, actor, reverses_seq) VALUES ('main', $1, $2, '2026-11-22', 'ship', -1, -500, $2, 1000, 0, 'parcel', $3, 'N', '', '王五', 0)`,
				id, i, no); err != nil {
				return err
			}
			seq, err := ses.Insert(ctx, `INSERT INTO journal_entries (at_ms, biz_day, kind, ref_kind, ref_id, number, reverses_seq, actor)
				VALUES ($1, '2026-11-22', 'ship', 'parcel', $2, 'N', 0, '王五')`, i, no)
			if err != nil {
				return err
			}
			_, err = sqlkit.InsertMany(ctx, ses, "postings", []string{"entry_seq", "no", "biz_day", "account", "channel", "sku_id", "qty", "amount_fen"}, "",
				[][]any{{seq, 1, "2026-11-22", "1122", "tmall", nil, 0, 900}, {seq, 2, "2026-11-22", "5001", "tmall", id, -1, -800}, {seq, 3, "2026-11-22", "2221", "tmall", nil, 0, -100}})
			if err != nil {
				return err
			}
			if _, err := ses.Insert(ctx, `INSERT INTO import_rows (import_id, file_rows, result, ref_kind, ref_id, number, col, value, code, msg, args, before_json, after_json)
				VALUES ($1, $2, 'new', 'order', $2, 'N', '', '', '', '', '', '', '{"b":2}')`, id, no); err != nil {
				return err
			}
		}
		return nil
	}))
}

// sealFindings runs the check of the seals inside a transaction.
func sealFindings(t *testing.T, s *store, ses *session) map[string]*finding {
	t.Helper()
	c := &checking{s: s, ctx: context.Background(), ses: ses, full: true}
	require.NoError(t, c.readMarks())
	require.NoError(t, c.checkSeals())
	found := map[string]*finding{}
	for _, f := range c.list {
		found[f.name] = f
	}
	return found
}

// errBack ends a transaction whose changes are not wanted.
var errBack = errors.New("back")

// dropTriggers takes the third wall away, as somebody with a database tool can.
func dropTriggers(t *testing.T, s *store, ses *session) {
	t.Helper()
	for _, l := range append(ledgers, ledger{table: "audit_seals"}) {
		names := []string{l.table + "_u", l.table + "_d"}
		on := ""
		if s.name() == "postgres" {
			names, on = []string{l.table + "_ud"}, " ON "+l.table
		}
		for _, name := range names {
			_, err := ses.Exec(context.Background(), "DROP TRIGGER "+name+on)
			require.NoError(t, err)
		}
	}
}

// an edit is one way to tamper. first is the number that the check must name.
type edit struct {
	table string
	texts []string
	first int64
	last  int64 // it may also name a later one up to this, when a row is gone
}

// editing makes random edits of rows that are sealed.
type editing struct {
	r    *rand.Rand
	rows int64 // sealed rows per ledger
}

func (e editing) next() edit {
	l := ledgers[e.r.IntN(len(ledgers))]
	key := l.columns[0]
	seq := 1 + e.r.Int64N(e.rows-2)
	where := ` WHERE ` + key + ` = ` + strconv.FormatInt(seq, 10)
	if l.table == "postings" {
		where += ` AND no = 2`
	}
	texts := map[string]string{ // one column of every kind and ledger
		"audit_log": `actor = '李四';at_ms = at_ms + 1;actor_id = NULL;after_json = '';args = '{}';entity_id = entity_id || 'x'`,
		"stock_moves": `qty = qty - 1;value_fen = value_fen + 1;balance_qty = balance_qty + 1;reason = 'adjust';biz_day = '2026-11-21';note = 'x';
			reverses_seq = 1;ref_id = 'x'`,
		"journal_entries": `kind = 'undo';number = 'M';biz_day = '2026-11-21';actor = '';at_ms = -1;ref_kind = 'x'`,
		"postings":        `amount_fen = amount_fen - 1;account = '1002';qty = 0;sku_id = NULL;channel = 'jd';biz_day = '2026-01-01'`,
		"import_rows":     `result = 'changed';before_json = '{}';after_json = '';number = '';file_rows = file_rows || ',1';value = ' '`,
	}
	switch e.r.IntN(5) {
	case 0:
		if l.table == "journal_entries" { // its postings hang on it
			break
		}
		return edit{l.table, []string{`DELETE FROM ` + l.table + where}, seq, seq + 1}
	case 1:
		if l.table == "journal_entries" || l.table == "postings" {
			break
		}
		col := l.columns[len(l.columns)-1]
		if l.table == "stock_moves" {
			col = "balance_qty"
		}
		if l.table == "audit_log" || l.table == "import_rows" {
			col = map[string]string{"audit_log": "entity_id", "import_rows": "file_rows"}[l.table]
		}
		next := strconv.FormatInt(seq+1, 10)
		return edit{l.table, []string{ // it takes the value of the row after it
			`UPDATE ` + l.table + ` SET ` + col + ` = (SELECT o.` + col + ` FROM ` + l.table + ` o WHERE o.seq = ` + next + `)` + where,
		}, seq, seq}
	}
	choices := strings.Split(texts[l.table], ";")
	return edit{l.table, []string{`UPDATE ` + l.table + ` SET ` + strings.TrimSpace(choices[e.r.IntN(len(choices))]) + where}, seq, seq}
}

func TestSeal_Tampered_EveryEditIsFoundAndNamed(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := sealable(t, dsn)
		for range 4 {
			addRows(t, s, 8)
			require.NoError(t, s.Seal(context.Background()))
		}
		edits := 1000
		if isPostgres(dsn) {
			edits = 150
		}
		e := editing{r: rand.New(rand.NewPCG(1, 2)), rows: 32}
		ctx := context.Background()
		require.ErrorIs(t, s.run(ctx, true, func(ses *session) error {
			dropTriggers(t, s, ses)
			for n := range edits {
				one := e.next()
				_, err := ses.Exec(ctx, `SAVEPOINT one`)
				require.NoError(t, err)
				for _, text := range one.texts {
					changed, err := ses.Exec(ctx, text)
					require.NoError(t, err, text)
					require.EqualValues(t, 1, changed, text)
				}

				f := sealFindings(t, s, ses)["I7 "+one.table+" as sealed"]

				require.EqualValues(t, 1, f.bad, "edit %d not found: %v", n, one)
				named, err := strconv.ParseInt(strings.TrimPrefix(strings.Fields(f.broken[0])[1], "seq="), 10, 64)
				require.NoError(t, err)
				require.GreaterOrEqual(t, named, one.first, "%v", one)
				require.LessOrEqual(t, named, one.last, "%v", one)
				_, err = ses.Exec(ctx, `ROLLBACK TO SAVEPOINT one`)
				require.NoError(t, err)
			}
			return errBack
		}), errBack)
		require.Empty(t, badSeals(t, s), "all as before")
	})
}

// badSeals gives the broken results of the seals.
func badSeals(t *testing.T, s *store) map[string][]string {
	t.Helper()
	bad := map[string][]string{}
	require.NoError(t, s.run(context.Background(), false, func(ses *session) error {
		for name, f := range sealFindings(t, s, ses) {
			if f.bad > 0 {
				bad[name] = f.broken
			}
		}
		return nil
	}))
	return bad
}

func TestSeal_SealsThemselvesTampered_Found(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := sealable(t, dsn)
		for range 3 {
			addRows(t, s, 5)
			require.NoError(t, s.Seal(context.Background()))
		}
		for _, text := range []string{
			`UPDATE audit_seals SET heads = '{}' WHERE seq = 2`,
			`UPDATE audit_seals SET heads = 'x' WHERE seq = 3`,
			`UPDATE audit_seals SET hash = prev_hash WHERE seq = 3`,
			`UPDATE audit_seals SET prev_hash = '' WHERE seq = 2`,
			`UPDATE audit_seals SET at_ms = at_ms + 1 WHERE seq = 1`,
			`DELETE FROM audit_seals WHERE seq = 1`,
			`DELETE FROM audit_seals WHERE seq = 2`,
		} {
			require.ErrorIs(t, s.run(context.Background(), true, func(ses *session) error {
				dropTriggers(t, s, ses)
				_, err := ses.Exec(context.Background(), text)
				require.NoError(t, err)
				require.Positive(t, sealFindings(t, s, ses)["I7 seals"].bad, text)
				return errBack
			}), errBack)
		}
	})
}

func TestSeal_TailCutOff_FoundByTheHeadInTheBackup(t *testing.T) {
	t.Parallel()
	s := sealable(t, newFile(t))
	clock := s.opt.Clock.(*when.Fixed)
	addRows(t, s, 5)
	require.NoError(t, s.Seal(context.Background()))
	clock.Advance(when.Hour)
	addRows(t, s, 5)
	require.NoError(t, s.Seal(context.Background()))
	_, err := s.Backup(context.Background(), filepath.Join(filepath.Dir(s.place()), BackupName(s.place(), clock.Now())), nil)
	require.NoError(t, err)
	require.Empty(t, badSeals(t, s))

	require.ErrorIs(t, s.run(context.Background(), true, func(ses *session) error {
		dropTriggers(t, s, ses)
		for _, text := range []string{
			`DELETE FROM audit_seals WHERE seq = 2`, `DELETE FROM audit_log WHERE seq > 5`, `DELETE FROM stock_moves WHERE seq > 5`,
			`DELETE FROM postings WHERE entry_seq > 5`, `DELETE FROM journal_entries WHERE seq > 5`, `DELETE FROM import_rows WHERE seq > 5`,
		} {
			_, err := ses.Exec(context.Background(), text)
			require.NoError(t, err)
		}
		found := sealFindings(t, s, ses)
		require.Zero(t, found["I7 seals"].bad, "the file alone does not show it")
		require.EqualValues(t, 1, found["I7 heads kept in backups"].bad)
		return errBack
	}), errBack)
}

func TestSeal_Unsealed_IsCounted(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := sealable(t, dsn)
		addRows(t, s, 2)
		require.NoError(t, s.Seal(context.Background()))
		addRows(t, s, 1)

		require.NoError(t, s.run(context.Background(), false, func(ses *session) error {
			f := sealFindings(t, s, ses)["I7 rows not yet sealed"]
			require.EqualValues(t, 7, f.count)
			require.Equal(t, "store.note.unsealed", f.note)
			return nil
		}))
		require.NoError(t, s.Seal(context.Background()))
		require.NoError(t, s.Seal(context.Background()), "nothing new is fine")
		require.EqualValues(t, 2, count(t, s, `SELECT COUNT(seq) FROM audit_seals`))
	})
}

func TestSeal_ManyRows_SeveralSealsNoneForgotten(t *testing.T) {
	t.Parallel()
	s := sealable(t, newFile(t))
	addRows(t, s, 3)
	require.NoError(t, s.Seal(context.Background()))
	require.NoError(t, s.run(context.Background(), true, func(ses *session) error {
		_, err := ses.Exec(context.Background(), `WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
			INSERT INTO audit_log (at_ms, actor, role, action, entity, entity_id, msg, args, before_json, after_json, desk, version)
			SELECT i, 'a', 'r', 'x', 'e', 'i', 'm', '', '', '', 'd', 'v' FROM n`)
		return err
	}))

	require.NoError(t, s.Seal(context.Background()))

	require.EqualValues(t, 3, count(t, s, `SELECT COUNT(seq) FROM audit_seals`))
	require.Empty(t, badSeals(t, s))
	require.NoError(t, s.run(context.Background(), false, func(ses *session) error {
		_, heads, err := lastSeal(context.Background(), ses)
		require.NoError(t, err)
		require.EqualValues(t, 60003, heads["audit_log"].To)
		marks, err := base64.RawStdEncoding.DecodeString(heads["audit_log"].Marks)
		require.Len(t, marks, int(heads["audit_log"].Count)*markBytes)
		return err
	}))
}

func TestSeal_Postgres_OpenTransaction_HoldsBackOnlyWhatItMust(t *testing.T) {
	t.Parallel()
	dsn := pgtest.New(t)
	s := sealable(t, dsn)
	ctx := context.Background()
	addRows(t, s, 3)
	late, err := s.begin(ctx, true) // takes number 4 and keeps it to itself
	require.NoError(t, err)
	_, err = late.Exec(ctx, auditRow)
	require.NoError(t, err)
	require.NoError(t, do(s, auditRow)) // number 5 is there for all

	require.NoError(t, s.Seal(ctx))
	require.Zero(t, count(t, s, `SELECT COUNT(seq) FROM audit_seals`), "a first look cannot know what the open transaction took")
	require.NoError(t, late.commit())
	require.NoError(t, s.Seal(ctx))
	require.Empty(t, badSeals(t, s))
	sealed := func() int64 {
		var heads map[string]sealHead
		require.NoError(t, s.run(ctx, false, func(ses *session) error {
			var err error
			_, heads, err = lastSeal(ctx, ses)
			return err
		}))
		return heads["audit_log"].To
	}
	require.EqualValues(t, 5, sealed())

	// The next open transaction began after a look: what was there before it is sealed.
	require.NoError(t, do(s, auditRow))
	_, err = s.sealBounds(ctx)
	require.NoError(t, err)
	late, err = s.begin(ctx, true)
	require.NoError(t, err)
	_, err = late.Exec(ctx, auditRow)
	require.NoError(t, err)
	require.NoError(t, do(s, auditRow))
	require.NoError(t, s.Seal(ctx))
	require.EqualValues(t, 6, sealed())
	require.NoError(t, late.commit())
	require.NoError(t, s.Seal(ctx))
	require.EqualValues(t, 8, sealed())
	require.Empty(t, badSeals(t, s))

	// A number that is given back stays a gap; a row slipped into it later is found.
	gone, err := s.begin(ctx, true)
	require.NoError(t, err)
	_, err = gone.Exec(ctx, auditRow)
	require.NoError(t, err)
	gone.rollback()
	require.NoError(t, do(s, auditRow))
	require.NoError(t, s.Seal(ctx))
	require.Empty(t, badSeals(t, s))
	require.NoError(t, do(s, strings.Replace(strings.Replace(auditRow, "(at_ms", "(seq, at_ms", 1), "VALUES (", "OVERRIDING SYSTEM VALUE VALUES (9, ", 1)))
	require.Contains(t, badSeals(t, s)["I7 audit_log as sealed"][0], "seq=9")
}

func TestSeal_TwoAtOnce_OneChain(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		one := sealable(t, dsn)
		two := opened(t, dsn, options())
		done := make(chan error)
		for n := 0; n < 10; n++ {
			addRows(t, one, 2)
			for _, s := range []*store{one, two} {
				go func() { done <- s.Seal(context.Background()) }()
			}
			require.NoError(t, <-done)
			require.NoError(t, <-done)
		}
		require.NoError(t, one.Seal(context.Background()))

		require.Empty(t, badSeals(t, one))
	})
}
