package main

import (
	"bytes"
	"context"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"zhanggui/app/fault"
)

// terminal gives both ends of a pseudo terminal: the person's and the program's.
func terminal(t *testing.T) (typing, program *os.File) {
	t.Helper()
	typing, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, typing.Close()) })
	require.NoError(t, unix.IoctlSetPointerInt(int(typing.Fd()), unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetInt(int(typing.Fd()), unix.TIOCGPTN)
	require.NoError(t, err)
	program, err = os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	t.Cleanup(func() { _ = program.Close() })
	return typing, program
}

func echoes(t *testing.T, f *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	require.NoError(t, err)
	return state.Lflag&unix.ECHO != 0
}

func TestReadHidden_PINIsNotShown_EchoComesBack(t *testing.T) {
	t.Parallel()
	typing, program := terminal(t)
	require.True(t, isTerminal(program))
	require.True(t, echoes(t, program))
	restore, err := hideTyping(program)
	require.NoError(t, err)
	require.False(t, echoes(t, program))
	restore()

	_, err = typing.WriteString("604815\n")
	require.NoError(t, err)
	line, err := readHidden(context.Background(), program)

	require.NoError(t, err)
	require.Equal(t, "604815\n", line)
	require.True(t, echoes(t, program))
}

func TestReadHidden_CtrlC_CancelledEchoComesBack(t *testing.T) {
	t.Parallel()
	_, program := terminal(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()

	_, err := readHidden(ctx, program)

	require.True(t, fault.Is(err, fault.Cancelled))
	require.True(t, echoes(t, program))
}

func TestIsTerminal_File_Not(t *testing.T) {
	t.Parallel()
	f, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	require.False(t, isTerminal(f))
	_, err = hideTyping(f)
	require.Error(t, err)
	require.NoError(t, f.Close())
}

// TestInit_PINTypedTwice_MustAgree answers the questions of a terminal.
func TestInit_PINTypedTwice_MustAgree(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		typed []string
		code  int
	}{
		"same": {[]string{"604815", "604815"}, 0}, "other": {[]string{"604815", "604816"}, 1}, "weak": {[]string{"111111", "111111"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			var out, errs bytes.Buffer
			env := d.environment(&out, &errs)
			d.pin = ""
			env.hidden = func(context.Context) (string, error) {
				word := c.typed[0]
				c.typed = c.typed[1:]
				return word + "\n", nil
			}
			require.Equal(t, c.code, run(context.Background(), env, []string{"init", "--data", d.data, "--shop", "S", "--owner", "Zhao"}), errs.String())
			require.NotContains(t, out.String()+errs.String(), "604815")
		})
	}
}
