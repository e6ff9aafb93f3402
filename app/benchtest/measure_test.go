package benchtest

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhanggui/app/when"
)

// rounds is how often everything is measured: nine times (QUALITY, "How to
// measure on two noisy cores"), unless the environment says fewer for a shop so
// big that each round is a copy of gigabytes.
var rounds = int(number64(envRounds, 9))

// cost is what a piece of work took.
type cost struct{ cpu, wall time.Duration }

// measure runs fn and tells its cost; server is the processor time of other
// processes that work for us, nil for none.
func measure(server func() time.Duration, fn func()) cost {
	busy := func() time.Duration {
		if server == nil {
			return processCPU()
		}
		return processCPU() + server()
	}
	watch, before := when.Stopwatch(), busy()
	fn()
	return cost{wall: watch(), cpu: busy() - before}
}

// turns measures ours and the floor in turns, starting from clean memory each
// time, so that the garbage of one is not swept in the time of the other.
func turns(n int, server func() time.Duration, ours, floor func(round int)) (a, z []cost) {
	for i := range n {
		runtime.GC()
		a = append(a, measure(server, func() { ours(i) }))
		runtime.GC()
		z = append(z, measure(server, func() { floor(i) }))
	}
	return a, z
}

func cpus(list []cost) []time.Duration {
	out := make([]time.Duration, len(list))
	for i, c := range list {
		out[i] = c.cpu
	}
	return out
}

func walls(list []cost) []time.Duration {
	out := make([]time.Duration, len(list))
	for i, c := range list {
		out[i] = c.wall
	}
	return out
}

func median(list []time.Duration) time.Duration { return percentile(list, 50) }

// percentile gives the value that p of a hundred do not exceed.
func percentile(list []time.Duration, p int) time.Duration {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Clone(list)
	slices.Sort(sorted)
	return sorted[(len(sorted)-1)*p/100]
}

// ms prints a duration with three digits that matter.
func ms(d time.Duration) string {
	v := float64(d.Microseconds()) / 1000
	switch {
	case v >= 10_000:
		return strconv.FormatFloat(v/1000, 'f', 1, 64) + " s"
	case v >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64) + " ms"
	case v >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64) + " ms"
	}
	return strconv.FormatFloat(v, 'f', 2, 64) + " ms"
}

func ratio(a, z time.Duration) float64 { return float64(a) / float64(max(z, 1)) }

func times(r float64) string { return strconv.FormatFloat(r, 'f', 2, 64) }

// loadAverage is what the system says of the last minute, "" where it says nothing.
func loadAverage() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(string(b), " ")
	return first
}

// processor names the machine's processor and memory.
func processor() string {
	name := runtime.GOARCH
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(b)) {
			if k, v, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == "model name" {
				name = strings.TrimSpace(v)
				break
			}
		}
	}
	memory := ""
	if b, err := os.ReadFile("/proc/meminfo"); err == nil {
		if f := strings.Fields(string(b)); len(f) > 1 {
			kb, _ := strconv.Atoi(f[1])
			memory = fmt.Sprintf(", %d GB", (kb+1<<19)>>20)
		}
	}
	return fmt.Sprintf("%d cores of %s%s, %s", runtime.NumCPU(), name, memory, runtime.GOOS)
}

// serverCPU gives the processor time of a PostgreSQL server by the number of
// one of its backends: that of its parent and all the parent's children.
func serverCPU(backend int) func() time.Duration {
	parent := parentOf(strconv.Itoa(backend))
	return func() time.Duration {
		total := onCPU(parent)
		dirs, _ := filepath.Glob("/proc/[0-9]*") // the pattern is good
		for _, d := range dirs {
			if pid := filepath.Base(d); parentOf(pid) == parent {
				total += onCPU(pid)
			}
		}
		return total
	}
}

// parentOf reads a process's parent, "" when it has ended.
func parentOf(pid string) string {
	b, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return ""
	}
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	if len(f) < 2 {
		return ""
	}
	return f[1]
}

// onCPU is the time a process has run, in the scheduler's nanoseconds.
func onCPU(pid string) time.Duration {
	b, err := os.ReadFile("/proc/" + pid + "/schedstat")
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(b), " ")
	n, _ := strconv.ParseInt(first, 10, 64)
	return time.Duration(n)
}
