package benchtest

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/when"
)

// row is one line of a table of figures.
type row struct {
	id    string // "B1"
	work  string // what was measured
	ours  string // begins with the judged figure
	floor string // of the floor or peer, "" for none
	ratio string
	goal  string
	met   string // "yes", or by how much not
	when  string // day and load average
}

// judged completes a row with the verdict on a value and its limit.
func (r row) judged(value, limit float64) row {
	r.met = "yes"
	if value > limit {
		r.met = "**no**: " + times(value/limit) + " × the goal"
	}
	return r
}

// within completes a row with the verdict on a duration.
func (r row) within(d, limit time.Duration) row { return r.judged(float64(d), float64(limit)) }

// shopOf says which shop the figures of a section belong to.
type shopOf struct {
	engine string // "sqlite" or "postgres"
	orders int
	seed   uint64
}

// about is the number of orders without the few that the example shop adds.
func (s shopOf) about() int {
	if s.orders < 1000 {
		return s.orders
	}
	return s.orders / 1000 * 1000
}

func (s shopOf) key() string { return s.engine + " " + strconv.Itoa(s.about()) }

func (s shopOf) title() string {
	name := map[string]string{"sqlite": "SQLite", "postgres": "PostgreSQL"}[s.engine]
	switch n := s.about(); {
	case n == 2_000:
		name += ", size S"
	case n == 100_000:
		name += ", size M"
	case n >= 1_000_000:
		name += ", size L"
	}
	return name + ": " + grouped(s.about()) + " orders"
}

func grouped(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// book gathers the rows of this run by section.
type book struct {
	mu   sync.Mutex // guards rows and of
	rows map[string][]row
	of   map[string]shopOf
}

// figures is where every benchmark puts what it measured.
var figures = &book{rows: map[string][]row{}, of: map[string]shopOf{}}

// add prints the rows and keeps them for the document.
func (k *book) add(b *testing.B, s shopOf, rows ...row) {
	stamp := string(when.System{}.Now().Day())
	if load := loadAverage(); load != "" {
		stamp += ", load " + load
	}
	if rounds != 9 {
		stamp += ", " + strconv.Itoa(rounds) + " rounds"
	}
	for i := range rows {
		rows[i].when = stamp
		b.Log(s.title() + "  " + rows[i].line())
	}
	k.keep(s, rows)
	require.NoError(b, k.writeDown()) // at once: the run may be stopped hours later
}

func (k *book) keep(s shopOf, rows []row) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.of[s.key()] = s
	k.rows[s.key()] = append(k.rows[s.key()], rows...)
}

func (r row) line() string {
	return "| " + strings.Join([]string{r.id, r.work, r.ours, dash(r.floor), dash(r.ratio), r.goal, r.met, r.when}, " | ") + " |"
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// parseRow reads a line of a table back; ok is false for every other line.
func parseRow(line string) (r row, ok bool) {
	cells := strings.Split(strings.TrimSpace(line), " | ")
	if len(cells) != 8 || !strings.HasPrefix(cells[0], "| B") {
		return r, false
	}
	return row{
		id: strings.TrimPrefix(cells[0], "| "), work: cells[1], ours: cells[2], floor: cells[3], ratio: cells[4],
		goal: cells[5], met: cells[6], when: strings.TrimSuffix(cells[7], " |"),
	}, true
}

const tableHead = "| # | work | ours | floor or peer | ratio | goal | met | measured |\n|---|---|---|---|---|---|---|---|\n"

// replaces tells whether an old row is of the same work, or a part of it that
// missed its goal then.
func (r row) replaces(old row) bool {
	return r.id == old.id && (r.work == old.work || strings.HasPrefix(old.work, r.work+": "))
}

// write merges the rows into the document: what was measured again replaces its
// old rows, everything else stays as it is.
func (k *book) write(text string) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	keys := make([]string, 0, len(k.rows))
	for key := range k.rows {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		fresh := k.rows[key]
		var list []row
		for _, old := range rowsOf(text, key) {
			if !slices.ContainsFunc(fresh, func(r row) bool { return r.replaces(old) }) {
				list = append(list, old)
			}
		}
		list = append(list, fresh...)
		slices.SortStableFunc(list, func(a, b row) int { return number(a.id) - number(b.id) })
		var s strings.Builder
		fmt.Fprintf(&s, "### %s\n\n%s.\n\n%s", k.of[key].title(), conditions(k.of[key]), tableHead)
		for _, r := range list {
			s.WriteString(r.line() + "\n")
		}
		text = replaced(text, key, s.String())
	}
	if sqliteSizes := sizes(text); len(sqliteSizes) > 1 {
		text = replaced(text, "growth", growth(text, sqliteSizes))
	}
	return text
}

func number(id string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(id, "B"))
	return n
}

// conditions says on what the section was measured.
func conditions(s shopOf) string {
	versions := runtime.Version()
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			if d.Path == "modernc.org/sqlite" && s.engine == "sqlite" || d.Path == "github.com/jackc/pgx/v5" && s.engine == "postgres" {
				versions += ", " + d.Path + " " + d.Version
			}
		}
	}
	return fmt.Sprintf("%s orders of the example shop, seed %d; %s; %s; last run %s", grouped(s.orders), s.seed, processor(), versions, when.System{}.Now().Day())
}

func bounds(key string) (begin, end string) {
	return "<!-- figures " + key + " -->\n", "<!-- end of figures " + key + " -->\n"
}

// section gives what stands between a section's marks.
func section(text, key string) (inside string, ok bool) {
	begin, end := bounds(key)
	_, rest, ok := strings.Cut(text, begin)
	if !ok {
		return "", false
	}
	inside, _, ok = strings.Cut(rest, end)
	return inside, ok
}

// replaced puts a section in its place, at the end when it is new.
func replaced(text, key, inside string) string {
	begin, end := bounds(key)
	if old, ok := section(text, key); ok {
		return strings.Replace(text, begin+old+end, begin+inside+end, 1)
	}
	return strings.TrimRight(text, "\n") + "\n\n" + begin + inside + end
}

func rowsOf(text, key string) []row {
	inside, _ := section(text, key)
	var list []row
	for line := range strings.Lines(inside) {
		if r, ok := parseRow(line); ok {
			list = append(list, r)
		}
	}
	return list
}

// sizes lists the sizes of the SQLite sections, the smallest first.
func sizes(text string) []int {
	var list []int
	for line := range strings.Lines(text) {
		rest, ok := strings.CutPrefix(line, "<!-- figures sqlite ")
		if n, err := strconv.Atoi(strings.TrimSuffix(rest, " -->\n")); ok && err == nil {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}

// grows are the benchmarks whose growth B15 asks for.
var grows = map[string]bool{"B1": true, "B4": true, "B5": true, "B6": true}

// growth sets the sizes side by side. A row says by how much the figure grew
// from the smallest to the biggest shop.
func growth(text string, sizes []int) string {
	var s strings.Builder
	s.WriteString("### Growth with the shop, SQLite (B15)\n\n| # | work |")
	for _, n := range sizes {
		s.WriteString(" " + grouped(n) + " |")
	}
	s.WriteString(" biggest ÷ smallest |\n|---|---|" + strings.Repeat("---|", len(sizes)+1) + "\n")
	biggest := rowsOf(text, "sqlite "+strconv.Itoa(sizes[len(sizes)-1]))
	for _, r := range biggest {
		if !grows[r.id] {
			continue
		}
		values := make([]time.Duration, len(sizes))
		s.WriteString("| " + r.id + " | " + r.work + " |")
		for i, n := range sizes {
			for _, other := range rowsOf(text, "sqlite "+strconv.Itoa(n)) {
				if other.id == r.id && other.work == r.work {
					values[i] = firstDuration(other.ours)
				}
			}
			if values[i] > 0 {
				s.WriteString(" " + ms(values[i]) + " |")
			} else {
				s.WriteString(" – |")
			}
		}
		factor := "–"
		if first, last := values[0], values[len(values)-1]; first > 0 && last > 0 {
			factor = times(ratio(last, first))
		}
		s.WriteString(" " + factor + " |\n")
	}
	return s.String()
}

// firstDuration reads the judged figure of a row, 0 when it is none.
func firstDuration(text string) time.Duration {
	f := strings.Fields(strings.NewReplacer(",", " ", "CPU ", "", "p50 ", "").Replace(text))
	if len(f) < 2 {
		return 0
	}
	d, err := time.ParseDuration(f[0] + f[1])
	if err != nil {
		return 0
	}
	return d
}

// writeDown merges the figures into the file that ZHANGGUI_BENCHMARKS names.
func (k *book) writeDown() error {
	path := os.Getenv("ZHANGGUI_BENCHMARKS")
	if path == "" || len(k.rows) == 0 {
		return nil
	}
	old, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	return os.WriteFile(path, []byte(k.write(string(old))), 0o644)
}

func TestBook_Write_ReplacesWhatRanAndKeepsTheRest(t *testing.T) {
	t.Parallel()
	small := &book{rows: map[string][]row{}, of: map[string]shopOf{}}
	s := shopOf{"sqlite", 2_003, 1}
	small.of[s.key()] = s
	small.rows[s.key()] = []row{
		{"B4", "chips: late", "70.0 ms", "", "", "50 ms", "**no**: 1.40 × the goal", "monday"},
		{"B4", "chips", "70.0 ms", "", "", "50 ms", "**no**: 1.40 × the goal", "monday"},
		{"B4", "sorts", "1.00 ms", "–", "–", "50 ms", "yes", "monday"},
		{"B1", "ship", "p50 2.00 ms, p99 4.00 ms", "1.00 ms", "2.00", "3 × floor", "yes", "monday"},
	}

	text := small.write("# Benchmarks\n\nWhat a person wrote.\n")

	require.Contains(t, text, "# Benchmarks\n\nWhat a person wrote.\n\n<!-- figures sqlite 2000 -->\n### SQLite, size S: 2,000 orders\n")
	require.Less(t, strings.Index(text, "| B1 |"), strings.Index(text, "| B4 |"))
	require.NotContains(t, text, "Growth", "one size does not grow")

	again := &book{rows: map[string][]row{}, of: map[string]shopOf{s.key(): s}}
	again.rows[s.key()] = []row{{"B4", "chips", "0.50 ms", "", "", "50 ms", "yes", "tuesday"}}
	large := shopOf{"sqlite", 1_000_011, 1}
	again.of[large.key()] = large
	again.rows[large.key()] = []row{{"B1", "ship", "p50 3.00 ms, p99 9.00 ms", "", "", "3 × floor", "yes", "tuesday"}}
	text = again.write(text)

	require.Contains(t, text, "What a person wrote.")
	require.Equal(t, []row{
		{"B1", "ship", "p50 2.00 ms, p99 4.00 ms", "1.00 ms", "2.00", "3 × floor", "yes", "monday"},
		{"B4", "sorts", "1.00 ms", "–", "–", "50 ms", "yes", "monday"},
		{"B4", "chips", "0.50 ms", "–", "–", "50 ms", "yes", "tuesday"},
	}, rowsOf(text, s.key()))
	require.Contains(t, text, "| B1 | ship | 2.00 ms | 3.00 ms | 1.50 |")
	require.Equal(t, text, again.write(text), "writing twice changes nothing")
}

func TestRow_Judged_SaysByHowMuch(t *testing.T) {
	t.Parallel()
	require.Equal(t, "yes", row{}.within(50*time.Millisecond, 50*time.Millisecond).met)
	require.Equal(t, "**no**: 1.50 × the goal", row{}.within(75*time.Millisecond, 50*time.Millisecond).met)
}

func TestPercentile_OfFew(t *testing.T) {
	t.Parallel()
	list := []time.Duration{5, 1, 4, 2, 3}
	require.Equal(t, time.Duration(3), median(list))
	require.Equal(t, time.Duration(4), percentile(list, 99))
	require.Equal(t, time.Duration(5), percentile(list, 100))
	require.Zero(t, median(nil))
}
