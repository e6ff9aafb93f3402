//go:build e2e

package benchtest

import (
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/when"
)

// The benchmarks of the real window need a screen, the window built with the tag
// e2e, the empty window beside it and the command line: ./dev bench window.
const (
	envWindow = "ZHANGGUI_BIN"
	envEmpty  = "ZHANGGUI_EMPTY"
	envZG     = "ZHANGGUI_ZG"
)

// owner of the example shop signs in with these keys.
var owner = struct{ key, pin string }{"1", "860426"}

// seen is one running window.
type seen struct {
	b    *testing.B
	cmd  *exec.Cmd
	home string
	port string
	from func() time.Duration // since its start
}

// part is one control of the window, as the port says it.
type part struct {
	ID         string
	X, Y, W, H float32
}

type picture struct {
	Page, Screen string
	Items        []part
}

func begin(b *testing.B, binary string, args ...string) *seen {
	home, err := os.MkdirTemp("", "zgb") // short: a unix socket's path takes 108 bytes
	require.NoError(b, err)
	s := &seen{b: b, home: home, port: filepath.Join(home, "port")}
	s.cmd = exec.Command(binary, args...)
	s.cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home+"/config", "XDG_DATA_HOME="+home+"/data",
		"XDG_STATE_HOME="+home+"/state", "XDG_CACHE_HOME="+home+"/cache", "ZHANGGUI_PORT="+s.port, "FYNE_SCALE=1")
	s.from = when.Stopwatch()
	require.NoError(b, s.cmd.Start())
	return s
}

func (s *seen) end() {
	require.NoError(s.b, s.cmd.Process.Signal(os.Interrupt)) // in order: after a kill the next start checks the data first
	require.NoError(s.b, s.cmd.Wait())
	require.NoError(s.b, os.RemoveAll(s.home))
}

func (s *seen) ask() (p picture, ok bool) {
	c, err := net.Dial("unix", s.port)
	if err != nil {
		return p, false
	}
	defer c.Close()
	if _, err := c.Write([]byte("{}\n")); err != nil {
		return p, false
	}
	return p, json.NewDecoder(c).Decode(&p) == nil
}

// shows waits until the window shows what is asked for and has drawn it: the
// answers come from between two frames.
func (s *seen) shows(so func(p picture) bool) picture {
	tick := time.NewTicker(4 * time.Millisecond)
	defer tick.Stop()
	for range tick.C {
		p, ok := s.ask()
		require.Less(s.b, s.from(), 2*time.Minute, "the window shows %q", p.Page)
		if !ok || !so(p) {
			continue
		}
		for range 2 {
			<-tick.C
			p, ok = s.ask()
		}
		if ok && so(p) {
			return p
		}
	}
	return picture{}
}

func (s *seen) keys(args ...string) {
	out, err := exec.Command("xdotool", append([]string{"key", "--clearmodifiers", "--delay", "60"}, args...)...).CombinedOutput()
	require.NoError(s.b, err, string(out))
}

func (s *seen) click(id string) {
	p := s.shows(func(p picture) bool { return p.has(id) })
	for _, i := range p.Items {
		if i.ID == id {
			at := func(v float32) string { return strconv.Itoa(int(v)) }
			out, err := exec.Command("xdotool", "mousemove", at(i.X+i.W/2), at(i.Y+i.H/2), "click", "1").CombinedOutput()
			require.NoError(s.b, err, string(out))
		}
	}
}

func (p picture) has(id string) bool {
	for _, i := range p.Items {
		if i.ID == id {
			return true
		}
	}
	return false
}

func (p picture) on(page string) bool { return p.Page == page }

// megabytes is the memory that the window holds now, without the pages of files
// that the system keeps for it.
func (s *seen) megabytes() float64 {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(s.cmd.Process.Pid) + "/status")
	require.NoError(s.b, err)
	_, rest, _ := strings.Cut(string(text), "RssAnon:")
	kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	require.NoError(s.b, err)
	return kb / 1024
}

// cpu is what all threads of the window have run, in the kernel's ticks of 10 ms.
func (s *seen) cpu() time.Duration {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(s.cmd.Process.Pid) + "/stat")
	require.NoError(s.b, err)
	_, rest, _ := strings.Cut(string(text), ") ")
	f := strings.Fields(rest)
	user, errU := strconv.Atoi(f[11])
	system, errS := strconv.Atoi(f[12])
	require.NoError(s.b, errU)
	require.NoError(s.b, errS)
	return time.Duration(user+system) * 10 * time.Millisecond
}

func needed(b *testing.B, name string) string {
	require.NotEmpty(b, os.Getenv(name), "%s is not set: run ./dev bench window", name)
	return os.Getenv(name)
}

// BenchmarkB12_Window starts the window on size S and on the shop that is given,
// beside an empty window; then it signs in, walks about and scrolls (B12–B14).
func BenchmarkB12_Window(b *testing.B) {
	folder := b.TempDir()
	small := filepath.Join(folder, "s.zhanggui")
	out, err := exec.Command(needed(b, envZG), "demo", "--data", small).CombinedOutput()
	require.NoError(b, err, string(out))

	var bare []float64
	var empty, first, ready []time.Duration
	for range rounds {
		s := begin(b, needed(b, envEmpty))
		s.shows(func(p picture) bool { return p.on("empty") })
		empty, bare = append(empty, s.from()), append(bare, s.megabytes())
		s.end()
		frame, sign := started(b, small)
		first, ready = append(first, frame), append(ready, sign)
	}
	onS := shopOf{engine: "sqlite", orders: 2000, seed: 1}
	figures.add(b, onS, row{
		id: "B12", work: "start to the first frame; wall", ours: ms(median(first)), floor: ms(median(empty)) + " an empty window",
		ratio: times(ratio(median(first), median(empty))), goal: "≤ 1.2 × empty window",
	}.judged(ratio(median(first), median(empty)), 1.2),
		row{id: "B12", work: "start to the sign-in; wall", ours: ms(median(ready)), goal: "–", met: "shown only"})
	given := os.Getenv(envShop)
	if given == "" {
		b.Log("without " + envShop + " there is no large shop to open")
		return
	}
	big := filepath.Join(folder, "l.zhanggui")
	require.NoError(b, copyFile(given, big))
	onL := shopOf{engine: "sqlite", orders: int(number64(envOrders, 1_000_000)), seed: number64(envSeed, 1)}
	started(b, big) // brings it to the program's schema
	var large, largeReady []time.Duration
	for range rounds {
		frame, sign := started(b, big)
		large, largeReady = append(large, frame), append(largeReady, sign)
	}
	beside := func(work string, l, s time.Duration) row {
		return row{
			id: "B12", work: work, ours: ms(l), floor: ms(s) + " at size S", ratio: times(ratio(l, s)), goal: "≤ S + 100 ms",
		}.within(l, s+100*time.Millisecond)
	}
	figures.add(b, onL, beside("start to the first frame; wall", median(large), median(first)),
		beside("start to the sign-in; wall", median(largeReady), median(ready)))
	walk(b, onL, big, bare)
}

// started is the time from the start to the first page, which says that the data
// is being opened, and to the sign-in.
func started(b *testing.B, data string) (first, ready time.Duration) {
	s := begin(b, needed(b, envWindow), "--data", data)
	defer s.end()
	s.shows(func(p picture) bool { return p.Page != "" })
	first = s.from()
	s.shows(func(p picture) bool { return p.on("signin") })
	return first, s.from()
}

// walk signs in, goes over the places again and again, and scrolls all orders.
func walk(b *testing.B, of shopOf, data string, bare []float64) {
	s := begin(b, needed(b, envWindow), "--data", data)
	defer s.end()
	s.shows(func(p picture) bool { return p.on("signin") })
	s.keys(append([]string{owner.key}, strings.Split(owner.pin, "")...)...)
	watch := when.Stopwatch()
	s.keys("Return")
	s.shows(func(p picture) bool { return p.on("work") && p.Screen != "" })
	signed := watch()

	s.keys("ctrl+2")
	s.shows(func(p picture) bool { return p.Screen == "orders" })
	s.click("orders.list.chip.all")
	s.shows(func(p picture) bool { return p.has("orders.list") })
	s.keys("Next", "Next", "Next") // pages are read ahead from here on
	before := s.cpu()
	const pages = 150
	s.keys(strings.Fields(strings.Repeat("Next ", pages))...)
	s.ask()
	frame := (s.cpu() - before) / pages

	for range 12 {
		s.keys("ctrl+0", "ctrl+1", "ctrl+3", "ctrl+4", "ctrl+5", "ctrl+2", "Next", "Next", "End", "Home", "ctrl+k", "Escape")
	}
	s.ask()
	held, floor := s.megabytes(), middle(bare)
	figures.add(b, of,
		row{id: "B12", work: "PIN to the first screen (with argon2id); wall", ours: ms(signed), goal: "–", met: "shown only"},
		row{id: "B14", work: "scroll all orders by pages of the table; CPU a page, drawing and reading", ours: ms(frame), goal: "≤ 16 ms"}.within(frame, 16*time.Millisecond),
		row{
			id: "B13", work: "memory of the window after " + strconv.Itoa(12*12+pages) + " steps over all places", ours: mb(held), floor: mb(floor) + " an empty window",
			goal: "≤ empty window + 80 MB",
		}.judged(held, floor+80))
}

func mb(v float64) string { return strconv.Itoa(int(v)) + " MB" }

func middle(list []float64) float64 {
	all := make([]time.Duration, len(list))
	for i, v := range list {
		all[i] = time.Duration(v * 1000)
	}
	return float64(median(all)) / 1000
}
