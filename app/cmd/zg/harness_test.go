package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/boot"
	"zhanggui/app/job"
	"zhanggui/app/when"
	"zhanggui/store/pgtest"
)

// The binary under test, built once by TestMain.
var binary string

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	folder, err := os.MkdirTemp("", "zg-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	binary = filepath.Join(folder, "zg")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s\n%v\n", out, err)
		return 1
	}
	return pgtest.Main(m)
}

// The people of the test shops.
const (
	owner    = "Zhao"
	ownerPIN = "604815"
)

// today is the day on which the shops of tests in this process live.
var today = when.At(2026, time.April, 23, 10, 18, 0)

// desk is one person's place: a folder, a shop, a language, and a way to run zg.
type desk struct {
	t      testing.TB
	folder string
	data   string
	lang   string
	as     string
	pin    string
	newPIN string
	ctx    context.Context
	watch  io.Writer // sees the error stream while it is written
	exec   func(d *desk, words []string) result
}

// result is what one run came to.
type result struct {
	code     int
	out, err string
}

// newDesk is a desk that runs zg inside the test: PINs cost nothing there and
// the clock stands still.
func newDesk(t testing.TB) *desk {
	folder := t.TempDir()
	return &desk{
		t: t, folder: folder, data: filepath.Join(folder, "shop.zhanggui"), lang: "en", as: owner, pin: ownerPIN,
		ctx: context.Background(), exec: inside,
	}
}

// newBinaryDesk runs the program as people do.
func newBinaryDesk(t testing.TB) *desk {
	d := newDesk(t)
	d.exec = outside
	return d
}

func (d *desk) environ() map[string]string {
	return map[string]string{envPIN: d.pin, envNewPIN: d.newPIN, envLang: d.lang}
}

func inside(d *desk, words []string) result {
	var out, errs bytes.Buffer
	watched := io.Writer(&errs)
	if d.watch != nil {
		watched = io.MultiWriter(&errs, d.watch)
	}
	code := run(d.ctx, d.environment(&out, watched), words)
	return result{code, out.String(), errs.String()}
}

// environment is what zg has around it inside the test.
func (d *desk) environment(out, errs io.Writer) *environment {
	return &environment{
		in: strings.NewReader(""), out: out, err: errs, get: func(name string) string { return d.environ()[name] },
		config: boot.Config{
			Places: boot.Places{Data: d.folder, Logs: d.folder}, PINs: auth.Cheap(), NoSync: true, Clock: when.NewFixed(today),
		},
	}
}

func outside(d *desk, words []string) result {
	var out, errs bytes.Buffer
	cmd := d.command(words)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(d.t, err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

// command is the program ready to be started, in the desk's folder.
func (d *desk) command(words []string) *exec.Cmd {
	cmd := exec.CommandContext(d.ctx, binary, words...)
	cmd.Dir = d.folder
	cmd.Env = []string{"HOME=" + d.folder, "PATH=" + os.Getenv("PATH")}
	for name, value := range d.environ() {
		if value != "" {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	return cmd
}

// run runs zg and checks what holds for every run: texts are translated, and
// --json gives one document and nothing else.
func (d *desk) run(words ...string) result {
	d.t.Helper()
	full := append([]string{"--data", d.data}, words...)
	if d.as != "" {
		full = append(full, "--as", d.as)
	}
	r := d.exec(d, full)
	require.NotContains(d.t, r.out+r.err, "⟦", "zg %q", words)
	for _, w := range words {
		if w == "--json" {
			oneDocument(d.t, r.out)
		}
	}
	return r
}

// ok runs zg and wants it done.
func (d *desk) ok(words ...string) result {
	d.t.Helper()
	r := d.run(words...)
	require.Equal(d.t, 0, r.code, "zg %q\n%s\n%s", words, r.out, r.err)
	return r
}

// fails runs zg and wants that exit code.
func (d *desk) fails(code int, words ...string) result {
	d.t.Helper()
	r := d.run(words...)
	require.Equal(d.t, code, r.code, "zg %q\n%s\n%s", words, r.out, r.err)
	return r
}

// read runs zg with --json and reads the document into v.
func (d *desk) read(v any, words ...string) {
	d.t.Helper()
	r := d.ok(append(words, "--json")...)
	require.NoError(d.t, json.Unmarshal([]byte(r.out), v), r.out)
}

// rows are the rows of a list.
func (d *desk) rows(words ...string) []map[string]any {
	d.t.Helper()
	var doc struct{ Rows []map[string]any }
	d.read(&doc, append([]string{"list"}, words...)...)
	return doc.Rows
}

// path is a file in the desk's folder.
func (d *desk) path(name string) string { return filepath.Join(d.folder, name) }

// founded makes a desk whose shop stands.
func (d *desk) founded() *desk {
	d.t.Helper()
	d.ok("init", "--shop", "Hill and Sea", "--owner", owner)
	return d
}

// oneDocument wants exactly one JSON object.
func oneDocument(t testing.TB, out string) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(out))
	var doc map[string]any
	require.NoError(t, dec.Decode(&doc), out)
	require.ErrorIs(t, dec.Decode(&doc), io.EOF, out)
}

// noHan wants a text without Chinese characters.
func noHan(t testing.TB, text string) {
	t.Helper()
	for _, r := range text {
		require.False(t, unicode.Is(unicode.Han, r), "%q in\n%s", r, text)
	}
}

// progressOf is a step of long work.
func progressOf(note string, done, total int) job.Progress {
	return job.Progress{Done: done, Total: total, Note: note}
}
