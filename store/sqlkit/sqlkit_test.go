package sqlkit_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

// conn is a Q on a database in memory that remembers what it was asked.
type conn struct {
	db    *sql.DB
	asked []string
}

func open(t *testing.T) *conn {
	t.Helper()
	db, err := sql.Open("sqlite", "file::memory:")
	require.NoError(t, err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	_, err = db.Exec(`CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE, n INTEGER)`)
	require.NoError(t, err)
	return &conn{db: db}
}

func (c *conn) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	c.asked = append(c.asked, query)
	r, err := c.db.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, c.Fault(err)
	}
	return r.RowsAffected()
}

func (c *conn) Insert(ctx context.Context, query string, args ...any) (int64, error) {
	r, err := c.db.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, c.Fault(err)
	}
	return r.LastInsertId()
}

func (c *conn) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	rows, err := c.db.QueryContext(ctx, query, args...)
	return rows, c.Fault(err)
}

func (c *conn) Fault(err error) error {
	if err == nil {
		return nil
	}
	return fault.New(fault.Unavailable, "fault.test").Because(err)
}

var ctx = context.Background()

func TestRows_AllOrNone(t *testing.T) {
	t.Parallel()
	q := open(t)
	_, err := sqlkit.Exec(ctx, q, `INSERT INTO things (name, n) VALUES ('a', 1), ('b', 2), ('c', 3)`)
	require.NoError(t, err)

	names, err := sqlkit.Rows(ctx, q, sqlkit.Value[string], `SELECT name FROM things WHERE n >= $1 ORDER BY name`, 2)
	require.NoError(t, err)
	require.Equal(t, []string{"b", "c"}, names)
	none, err := sqlkit.Rows(ctx, q, sqlkit.Value[string], `SELECT name FROM things WHERE n > 9`)
	require.NoError(t, err)
	require.Empty(t, none)
	_, err = sqlkit.Rows(ctx, q, sqlkit.Value[int], `SELECT name FROM things`)
	require.Equal(t, "fault.test", fault.Key(err), "a value that does not fit")
	_, err = sqlkit.Rows(ctx, q, sqlkit.Value[int], `SELECT nonsense`)
	require.Equal(t, "fault.test", fault.Key(err))
	own := errors.New("own")
	require.ErrorIs(t, sqlkit.Each(ctx, q, func(sqlkit.Scanner) error { return own }, `SELECT n FROM things`), own)
}

func TestOne_NoneIsSaid(t *testing.T) {
	t.Parallel()
	q := open(t)
	_, err := q.Exec(ctx, `INSERT INTO things (name, n) VALUES ('a', 1), ('b', 2)`)
	require.NoError(t, err)
	missing := fault.New(fault.NotFound, "fault.test.missing")

	n, err := sqlkit.One(ctx, q, sqlkit.Value[int], `SELECT n FROM things ORDER BY n`)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	_, err = sqlkit.One(ctx, q, sqlkit.Value[int], `SELECT n FROM things WHERE n = 9`)
	require.ErrorIs(t, err, sqlkit.ErrNone)
	_, err = sqlkit.OneOr(ctx, q, missing, sqlkit.Value[int], `SELECT n FROM things WHERE n = 9`)
	require.Equal(t, missing, err)
	_, err = sqlkit.OneOr(ctx, q, missing, sqlkit.Value[int], `SELECT nonsense`)
	require.Equal(t, "fault.test", fault.Key(err))
}

func TestExecOne_OtherThanOne_IsTheCallersFault(t *testing.T) {
	t.Parallel()
	q := open(t)
	_, err := q.Exec(ctx, `INSERT INTO things (name, n) VALUES ('a', 1), ('b', 1)`)
	require.NoError(t, err)

	require.NoError(t, sqlkit.ExecOne(ctx, q, sqlkit.ErrChanged(), `UPDATE things SET n = 2 WHERE name = 'a'`))
	for _, text := range []string{`UPDATE things SET n = 3`, `UPDATE things SET n = 3 WHERE name = 'x'`} {
		err := sqlkit.ExecOne(ctx, q, sqlkit.ErrChanged(), text)
		require.Equal(t, "fault.conflict_version", fault.Key(err))
	}
	require.Equal(t, "fault.test", fault.Key(sqlkit.ExecOne(ctx, q, sqlkit.ErrChanged(), `UPDATE nowhere SET n = 1`)))
}

func TestWhere_NumbersPlaceholders(t *testing.T) {
	t.Parallel()
	w := sqlkit.NewWhere("first")
	require.True(t, w.Empty())
	require.Empty(t, w.SQL())
	require.Empty(t, w.And())

	w.Add("a = ?", 1).Add("b IS NULL").Any([]string{"c = ?", "d LIKE ? ESCAPE '\\'"}, 2, "x%").In("e", 3, 4).In("f")
	w.Add("g = '?' AND h = ?", 5)

	require.Equal(t, ` WHERE a = $2 AND b IS NULL AND (c = $3 OR d LIKE $4 ESCAPE '\') AND e IN ($5, $6) AND 1 = 0 AND g = '?' AND h = $7`, w.SQL())
	require.Equal(t, strings.Replace(w.SQL(), " WHERE ", " AND ", 1), w.And())
	require.Equal(t, []any{"first", 1, 2, "x%", 3, 4, 5}, w.Args())
	require.False(t, w.Empty())
	require.Panics(t, func() { w.Add("a = ?") })
	require.Panics(t, func() { w.Add("a = 1", 1) })
}

func TestLike_OddCharacters_MeanThemselves(t *testing.T) {
	t.Parallel()
	q := open(t)
	_, err := q.Exec(ctx, `INSERT INTO things (name) VALUES ('100%'), ('100x'), ('a_b'), ('axb'), ('c\d')`)
	require.NoError(t, err)
	for pattern, want := range map[string][]string{
		sqlkit.Contains("0%"): {"100%"}, sqlkit.Begins("a_"): {"a_b"}, sqlkit.Contains(`c\`): {`c\d`}, sqlkit.Begins("1"): {"100%", "100x"},
	} {
		got, err := sqlkit.Rows(ctx, q, sqlkit.Value[string], `SELECT name FROM things WHERE name LIKE $1 ESCAPE '\' ORDER BY name`, pattern)
		require.NoError(t, err)
		require.Equal(t, want, got, pattern)
	}
}

func TestSort_AlwaysEndsWithTheKey(t *testing.T) {
	t.Parallel()
	s := sqlkit.Sort{Columns: map[string]string{"name": "t.name"}, Usual: "t.at_ms DESC", Key: "t.id"}
	for _, c := range []struct {
		page core.Page
		want string
	}{
		{core.Page{}, " ORDER BY t.at_ms DESC, t.id LIMIT 200 OFFSET 0"},
		{core.Page{Sort: "name", Limit: 10, Offset: 20}, " ORDER BY t.name, t.id LIMIT 10 OFFSET 20"},
		{core.Page{Sort: "name", Desc: true, Limit: 9999, Offset: -1}, " ORDER BY t.name DESC, t.id DESC LIMIT 500 OFFSET 0"},
	} {
		got, err := s.SQL(c.page)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
	}
	plain, err := sqlkit.Sort{Key: "id"}.Order(core.Page{})
	require.NoError(t, err)
	require.Equal(t, " ORDER BY id", plain)
	_, err = s.SQL(core.Page{Sort: "id; DROP TABLE things"})
	require.Equal(t, "fault.list.sort", fault.Key(err))
}

func TestIn_ChunksAndFewTexts(t *testing.T) {
	t.Parallel()
	keys := make([]int, 1203)
	for i := range keys {
		keys[i] = i
	}
	seen, texts := map[int]bool{}, map[string]bool{}

	err := sqlkit.In(keys, 3, func(marks string, args []any) error {
		texts[marks] = true
		require.Equal(t, len(args), strings.Count(marks, "$"))
		require.LessOrEqual(t, len(args), sqlkit.Chunk)
		require.True(t, strings.HasPrefix(marks, "$3, $4"))
		for _, a := range args {
			seen[a.(int)] = true
		}
		return nil
	})

	require.NoError(t, err)
	require.Len(t, seen, len(keys))
	require.Len(t, texts, 2)
	require.NoError(t, sqlkit.In([]int{}, 1, func(string, []any) error { t.Fatal("no keys, no call"); return nil }))
	own := errors.New("own")
	require.ErrorIs(t, sqlkit.In(keys, 1, func(string, []any) error { return own }), own)
}

func TestInsertMany_EveryRowOnce(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 7, 128, 300} {
		q := open(t)
		rows := make([][]any, n)
		for i := range rows {
			rows[i] = []any{i, strings.Repeat("x", i%3) + string(rune('a'+i)), i}
		}

		added, err := sqlkit.InsertMany(ctx, q, "things", []string{"id", "name", "n"}, "", rows)

		require.NoError(t, err)
		require.EqualValues(t, n, added)
		got, err := sqlkit.Rows(ctx, q, sqlkit.Value[int], `SELECT n FROM things ORDER BY id`)
		require.NoError(t, err)
		require.Len(t, got, n)
		texts := map[string]bool{}
		for _, text := range q.asked {
			texts[text] = true
		}
		require.LessOrEqual(t, len(texts), 8)
	}
	q := open(t)
	twice := [][]any{{1, "a", 1}, {1, "b", 2}}
	_, err := sqlkit.InsertMany(ctx, q, "things", []string{"id", "name", "n"}, "", twice)
	require.Equal(t, "fault.test", fault.Key(err))
	_, err = sqlkit.InsertMany(ctx, q, "things", []string{"id", "name", "n"}, " ON CONFLICT (id) DO UPDATE SET n = excluded.n", twice)
	require.NoError(t, err)
	require.Panics(t, func() { _, _ = sqlkit.InsertMany(ctx, q, "things", []string{"id"}, "", twice) })
}

func TestPlain_OwnTypes(t *testing.T) {
	t.Parallel()
	type word string
	type number int32
	type truth bool
	id := ids.OrderID{1, 2}

	got, err := sqlkit.Plain([]any{nil, "a", word("b"), 1, number(2), int64(3), true, truth(true), []byte{4}, id, ids.OrderID{}})

	require.NoError(t, err)
	require.Equal(t, []any{nil, "a", "b", int64(1), int64(2), int64(3), true, true, []byte{4}, id[:], nil}, got)
	_, err = sqlkit.Plain([]any{struct{}{}})
	require.True(t, fault.Is(err, fault.Internal))
}
