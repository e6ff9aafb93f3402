//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/when"
)

// patience is how long a story waits for the window; a loaded machine without a
// graphics card draws slowly.
const patience = 3 * time.Minute

// pollEvery is how often the port is asked meanwhile.
const pollEvery = 60 * time.Millisecond

// item is one control of the window, as the port says it.
type item struct {
	ID         string
	X, Y, W, H float32
	Text       string
	Off        bool
}

// view is the window as it stands.
type view struct {
	Page, Screen, Title, Focused string
	Over                         int // dialogs and menus over the window
	Items                        []item
}

func (v view) item(id string) (item, bool) {
	for _, i := range v.Items {
		if i.ID == id {
			return i, true
		}
	}
	return item{}, false
}

// text is what a control says, "" when it is not there.
func (v view) text(id string) string {
	i, _ := v.item(id)
	return i.Text
}

func (v view) has(id string) bool { _, ok := v.item(id); return ok }

// window is one running program in a home of its own.
type window struct {
	t      *testing.T
	home   string
	port   string
	said   string // file of what it says on the terminal
	cmd    *exec.Cmd
	exited chan error
}

// newHome is a window that was never started.
func newHome(t *testing.T) *window {
	t.Helper()
	for _, name := range []string{"ZHANGGUI_BIN", "ZHANGGUI_ZG", "ZHANGGUI_SHOTS"} {
		require.NotEmpty(t, os.Getenv(name), "%s is not set: run ./dev test", name)
	}
	// The socket's path must stay short: a unix socket takes 108 bytes.
	home, err := os.MkdirTemp("", "zg")
	require.NoError(t, err)
	w := &window{t: t, home: home, port: filepath.Join(home, "port"), said: filepath.Join(home, "said.txt")}
	t.Cleanup(func() {
		w.kill()
		w.noFault()
		require.NoError(t, os.RemoveAll(home))
	})
	return w
}

// data is the path of a file in the window's home.
func (w *window) data(name string) string { return filepath.Join(w.home, name) }

// start starts the program and waits until it shows a page.
func (w *window) start(args ...string) {
	w.t.Helper()
	out, err := os.OpenFile(w.said, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	require.NoError(w.t, err)
	w.cmd = exec.Command(os.Getenv("ZHANGGUI_BIN"), args...)
	w.cmd.Env = append(os.Environ(), "HOME="+w.home, "XDG_CONFIG_HOME="+w.data("config"), "XDG_DATA_HOME="+w.data("data"),
		"XDG_STATE_HOME="+w.data("state"), "XDG_CACHE_HOME="+w.data("cache"), "ZHANGGUI_PORT="+w.port, "FYNE_SCALE=1")
	w.cmd.Stdout, w.cmd.Stderr = out, out
	require.NoError(w.t, os.MkdirAll(w.data("cache"), 0o700))
	_ = os.Remove(w.port) // of a run before
	require.NoError(w.t, w.cmd.Start())
	exited := make(chan error, 1)
	w.exited = exited
	go func(cmd *exec.Cmd) { exited <- cmd.Wait() }(w.cmd)
	require.NoError(w.t, out.Close())
	w.until("the first page", func(v view) bool { return v.Page != "" && v.Page != "opening" })
}

func (w *window) kill() {
	if w.cmd == nil {
		return
	}
	_ = w.cmd.Process.Kill() // gone already where a story closed it
	<-w.exited
	w.cmd = nil
}

// close tells the program to end, as the system does, and waits for its end.
func (w *window) close() {
	w.t.Helper()
	require.NoError(w.t, w.cmd.Process.Signal(os.Interrupt))
	w.ended()
}

// ended waits until the program ended in order.
func (w *window) ended() {
	w.t.Helper()
	select {
	case err := <-w.exited:
		require.NoError(w.t, err, w.told())
	case <-time.After(patience):
		w.t.Fatal("the program does not end")
	}
	w.cmd = nil
}

// ask asks the port once.
func (w *window) ask() (view, error) {
	c, err := net.DialTimeout("unix", w.port, time.Second)
	if err != nil {
		return view{}, err
	}
	defer c.Close()
	if err := c.SetDeadline(when.System{}.Now().Time().Add(patience)); err != nil {
		return view{}, err
	}
	if _, err := c.Write([]byte("{}\n")); err != nil {
		return view{}, err
	}
	var v view
	return v, json.NewDecoder(c).Decode(&v)
}

// until waits until the window is so, and gives it.
func (w *window) until(what string, so func(v view) bool) view {
	w.t.Helper()
	var last view
	var err error
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for end := time.After(patience); ; {
		if last, err = w.ask(); err == nil && so(last) {
			return last
		}
		select {
		case end := <-w.exited:
			w.exited <- end
			w.t.Fatalf("waiting for %s: the program ended: %v\n%s", what, end, w.told())
		case <-end:
			w.shot("stuck")
			w.t.Fatalf("waiting for %s in vain; last: %+v %v\n%s", what, last, err, w.told())
		case <-tick.C:
		}
	}
}

// on waits for a page.
func (w *window) on(page string) view {
	w.t.Helper()
	return w.until("page "+page, func(v view) bool { return v.Page == page })
}

// focused waits until the keyboard is on a control.
func (w *window) focused(id string) view {
	w.t.Helper()
	return w.until("the focus on "+id, func(v view) bool { return v.Focused == id })
}

// press presses keys by their X names.
func (w *window) press(keys ...string) {
	w.t.Helper()
	for _, k := range keys {
		w.xdotool("key", "--clearmodifiers", k)
	}
}

// typed types Latin text and digits.
func (w *window) typed(text string) {
	w.t.Helper()
	w.xdotool("type", "--delay", "25", text)
}

// pasted puts any text in by the clipboard: xdotool cannot type Chinese.
func (w *window) pasted(text string) {
	w.t.Helper()
	clip := exec.Command("xclip", "-selection", "clipboard")
	clip.Stdin = strings.NewReader(text)
	require.NoError(w.t, clip.Run())
	w.press("ctrl+v")
}

// click clicks the middle of a control.
func (w *window) click(id string) {
	w.t.Helper()
	v := w.until("control "+id, func(v view) bool { return v.has(id) })
	i, _ := v.item(id)
	w.xdotool("mousemove", whole(i.X+i.W/2), whole(i.Y+i.H/2), "click", "1")
}

// rightClick clicks the middle of a control with the right button.
func (w *window) rightClick(id string) {
	w.t.Helper()
	v := w.until("control "+id, func(v view) bool { return v.has(id) })
	i, _ := v.item(id)
	w.xdotool("mousemove", whole(i.X+i.W/2), whole(i.Y+i.H/2), "click", "3")
}

func whole(f float32) string {
	b, _ := json.Marshal(int(f))
	return string(b)
}

func (w *window) xdotool(args ...string) {
	w.t.Helper()
	out, err := exec.Command("xdotool", args...).CombinedOutput()
	require.NoError(w.t, err, string(out))
}

// menu opens the menu of a control, goes down n items and takes that one.
func (w *window) menu(id string, n int) {
	w.t.Helper()
	w.click(id)
	w.until("the menu", func(v view) bool { return v.Over == 1 })
	for range n {
		w.press("Down")
	}
	w.press("Return")
	w.until("the menu is closed", func(v view) bool { return v.Over == 0 })
}

// shot keeps a picture of the screen once it stands still.
func (w *window) shot(name string) {
	w.t.Helper()
	path := filepath.Join(os.Getenv("ZHANGGUI_SHOTS"), name+".png")
	var before []byte
	for range 20 {
		out, err := exec.Command("import", "-window", "root", "-define", "png:exclude-chunks=date,time", path).CombinedOutput()
		require.NoError(w.t, err, string(out))
		now, err := os.ReadFile(path)
		require.NoError(w.t, err)
		if bytes.Equal(before, now) {
			return
		}
		before = now
	}
}

// told is what the program said on the terminal.
func (w *window) told() string {
	text, err := os.ReadFile(w.said)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err.Error()
	}
	return string(text)
}

// noFault wants no thread error of Fyne, no panic and no broken step, neither on
// the terminal nor in the log.
func (w *window) noFault() {
	w.t.Helper()
	log, err := os.ReadFile(filepath.Join(w.data("state"), "zhanggui", "zhanggui.log"))
	require.NoError(w.t, err, "the program keeps a log")
	for _, text := range []string{w.told(), string(log)} {
		for _, bad := range []string{"call thread", "panic:", "goroutine ", `"code":"internal"`, "window broken"} {
			require.NotContains(w.t, text, bad)
		}
	}
}

// zg asks the command line as a person of the example shop.
func (w *window) zg(data string, into any, args ...string) {
	w.t.Helper()
	cmd := exec.Command(os.Getenv("ZHANGGUI_ZG"), append(args, "--data", data, "--as", supervisor.name, "--json")...)
	cmd.Env = append(os.Environ(), "HOME="+w.home, "XDG_STATE_HOME="+w.data("zg-state"), "ZHANGGUI_PIN="+supervisor.pin)
	var told bytes.Buffer
	cmd.Stderr = &told
	out, err := cmd.Output()
	require.NoError(w.t, err, "zg %v: %s%s", args, out, told.String())
	if into != nil {
		require.NoError(w.t, json.Unmarshal(out, into), string(out))
	}
}
