package benchtest

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/inbox"
	"zhanggui/app/when"
)

// lines is how many order lines the imported files hold: 100,000, fewer where
// the shop itself is small, so that the benchmarks end in minutes.
func (s *shop) lines() int {
	n := 100_000
	if s.of.orders < 100_000 {
		n = 20_000
	}
	if s.of.engine == "postgres" {
		n = 10_000
	}
	return n
}

// upload is a file in memory, ready to be read again and again.
type upload struct {
	name string
	data []byte
}

func (u upload) source() inbox.Source {
	return inbox.Source{Path: u.name, Data: bytes.NewReader(u.data), Size: int64(len(u.data))}
}

// uploads makes the csv and the xlsx of as many lines as asked.
func (s *shop) uploads(lines int) map[string]upload {
	s.b.Helper()
	files := map[string]upload{}
	list := s.place(ordersOf(lines))
	for kind, layout := range map[string]string{"csv": csvLayout, "xlsx": xlsxLayout} {
		src := s.file(layout, list)
		data := make([]byte, src.Size)
		_, err := src.Data.ReadAt(data, 0)
		if err != io.EOF {
			require.NoError(s.b, err)
		}
		files[kind] = upload{src.Path, data}
	}
	return files
}

// BenchmarkB2_Import imports order lines into the shop, each time into a fresh
// copy: reading, recognising, checking, writing.
func BenchmarkB2_Import(b *testing.B) {
	each(b, func(b *testing.B, s *shop) {
		lines := s.lines()
		files := s.uploads(lines)
		ours, least := map[string][]cost{}, []cost{}
		b.ResetTimer()
		for range rounds {
			for _, kind := range []string{"csv", "xlsx"} {
				within(b, func(tb testing.TB) {
					fresh := newShop(tb, s.of.engine)
					settle()
					var done inbox.Result
					ours[kind] = append(ours[kind], measure(fresh.server, func() { done = fresh.bring(files[kind].source()) }))
					if kind == "csv" {
						least = append(least, replay(tb, fresh, done))
					}
				})
			}
		}
		b.StopTimer()
		f := median(cpus(least))
		for _, kind := range []string{"csv", "xlsx"} {
			o := median(cpus(ours[kind]))
			figures.add(b, s.of, row{
				id: "B2", work: "import " + grouped(lines) + " lines, " + kind + "; CPU", ours: ms(o) + ", " + ms(median(walls(ours[kind]))) + " wall",
				floor: ms(f) + ", " + ms(median(walls(least))) + " wall", ratio: times(ratio(o, f)), goal: s.goal(3),
			}.judged(ratio(o, f), s.limit(3)))
		}
	})
}

// BenchmarkB2_Scan scans orders while an import runs.
func BenchmarkB2_Scan(b *testing.B) {
	each(b, func(b *testing.B, s *shop) {
		src := s.uploads(s.lines())["csv"].source()
		s.beside(b, "B2", "scan an order while "+grouped(s.lines())+" lines are imported", s.toShip(1500), func() { s.bring(src) })
	})
}

// BenchmarkB2_Memory imports in a process of its own, which does nothing else.
func BenchmarkB2_Memory(b *testing.B) {
	once(b, func(b *testing.B, s *shop) {
		for kind, file := range s.uploads(s.lines()) {
			within(b, func(tb testing.TB) {
				folder := tb.TempDir()
				path := filepath.Join(folder, file.name)
				require.NoError(tb, os.WriteFile(path, file.data, 0o600))
				self, err := os.Executable()
				require.NoError(tb, err)
				cmd := exec.Command(self)
				cmd.Env = append(os.Environ(), envChild+"="+copied(tb, "sqlite"), envFile+"="+path)
				cmd.Stderr = os.Stderr
				out, err := cmd.Output()
				require.NoError(tb, err)
				mb, err := strconv.Atoi(strings.TrimSpace(string(out)))
				require.NoError(tb, err)
				figures.add(b, s.of, row{
					id: "B2", work: "peak memory of the process that imports " + grouped(s.lines()) + " lines, " + kind,
					ours: strconv.Itoa(mb) + " MB", goal: "≤ 250 MB",
				}.judged(float64(mb), 250))
			})
		}
	})
}

// What the process of BenchmarkB2_Memory is told.
const (
	envChild = "ZHANGGUI_BENCH_CHILD" // the copy to import into
	envFile  = "ZHANGGUI_BENCH_FILE"  // the file
)

// importAlone is that process: it prints the most memory it had resident, in MB.
func importAlone() int {
	tb := &alone{}
	tb.TB = tb
	defer tb.end()
	file, err := os.Open(os.Getenv(envFile))
	require.NoError(tb, err)
	defer file.Close()
	st, err := file.Stat()
	require.NoError(tb, err)
	s := openShop(tb, "sqlite", os.Getenv(envChild))
	s.bring(inbox.Source{Path: file.Name(), Data: file, Size: st.Size()})
	fmt.Println(peakMB())
	return 0
}

// peakMB is the most memory this process had resident; where the system does
// not tell, what Go has taken from it.
func peakMB() int {
	b, err := os.ReadFile("/proc/self/status")
	if err == nil {
		for line := range strings.Lines(string(b)) {
			if f := strings.Fields(line); len(f) == 3 && f[0] == "VmHWM:" {
				kb, _ := strconv.Atoi(f[1])
				return kb >> 10
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.Sys >> 20)
}

// pauseOfClerk is the time between two scans: far less than a person takes, so
// that many of them meet the work beside.
const pauseOfClerk = 20 * time.Millisecond

// beside scans orders while work runs and reports what the scans took, next to
// what they take when nothing else runs.
func (s *shop) beside(b *testing.B, id, what string, queue []order, work func()) {
	b.Helper()
	scan := func() time.Duration {
		require.NotEmpty(b, queue, "all orders are shipped before the work is done")
		o := queue[0]
		queue = queue[1:]
		return measure(nil, func() { s.scan(o) }).wall
	}
	s.scan(queue[0])
	queue = queue[1:]
	settle()
	var quiet, busy []time.Duration
	for range 100 {
		quiet = append(quiet, scan())
		time.Sleep(pauseOfClerk)
	}
	finished := make(chan struct{})
	b.ResetTimer()
	watch := when.Stopwatch()
	go func() {
		defer close(finished)
		work()
	}()
	for going := true; going; {
		busy = append(busy, scan())
		select {
		case <-finished:
			going = false
		case <-time.After(pauseOfClerk):
		}
		if len(queue) == 0 {
			<-finished
			going = false
		}
	}
	b.StopTimer()
	three := func(list []time.Duration) string {
		return "p50 " + ms(median(list)) + ", p99 " + ms(percentile(list, 99)) + ", longest " + ms(percentile(list, 100))
	}
	limit := 50 * time.Millisecond
	figures.add(b, s.of, row{
		id: id, work: what + " (" + strconv.Itoa(len(busy)) + " scans in " + ms(watch()) + "), wall", ours: three(busy), floor: "alone: " + three(quiet),
		ratio: times(ratio(percentile(busy, 99), percentile(quiet, 99))), goal: "≤ 50 ms, judged at p99",
	}.within(percentile(busy, 99), limit))
}
