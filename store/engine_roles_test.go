package store

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// The environment of a child: what it plays and on which data.
const (
	envRole = "ZHANGGUI_TEST_ROLE"
	envData = "ZHANGGUI_TEST_DATA"
	envNumb = "ZHANGGUI_TEST_NUMBER"
)

// child is a second process of the shop.
type child struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// start starts this test binary in a role; it says "ready" when its stage is set.
func start(t *testing.T, role, dsn string, number int, change ...func(cmd *exec.Cmd)) *child {
	t.Helper()
	program := "/proc/self/exe"
	if _, err := os.Stat(program); err != nil {
		program, err = os.Executable()
		require.NoError(t, err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), envRole+"="+role, envData+"="+dsn, envNumb+"="+strconv.Itoa(number))
	cmd.Stderr = os.Stderr
	for _, fn := range change {
		fn(cmd)
	}
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	c := &child{cmd: cmd, in: in, out: bufio.NewReader(out)}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it has ended already unless the test failed
		_ = cmd.Wait()
	})
	return c
}

// says reads the child's next line.
func (c *child) says(t *testing.T) string {
	t.Helper()
	line, err := c.out.ReadString('\n')
	require.NoError(t, err, line)
	return strings.TrimSpace(line)
}

// kill ends the child as a power cut would.
func (c *child) kill(t *testing.T) {
	t.Helper()
	require.NoError(t, c.cmd.Process.Kill())
	_ = c.cmd.Wait() // it says "killed"
}

// playRole is the main function of a child.
func playRole(role string) int {
	dsn := os.Getenv(envData)
	number, _ := strconv.Atoi(os.Getenv(envNumb)) // 0 when the role has none
	opt := Options{Process: ids.DocID(ids.Random{}.NewID()).String(), Desk: "desk", User: role, PID: os.Getpid(), Clock: when.System{}, NoSync: true}
	if role == "unknown" {
		opt.Process = "" // it does not register
	}
	s, err := Open(context.Background(), dsn, opt)
	if err != nil {
		fmt.Println(fault.Key(err))
		return 0
	}
	switch role {
	case "look":
		fmt.Println("opened")
	case "hold":
		err = s.Write(context.Background(), func(tx core.Tx) error {
			if err := tx.Settings().Set("half", "done"); err != nil {
				return err
			}
			fmt.Println("ready")
			return wait()
		})
	case "idle", "unknown":
		fmt.Println("ready")
		err = wait()
	case "count":
		fmt.Println("ready")
		if err = wait(); err == nil {
			err = countThrough(s, opt.Process, number)
		}
	case "ack":
		for n := 1; err == nil; n++ {
			if err = set(s, "acked", strconv.Itoa(n)); err == nil {
				fmt.Println(n)
			}
		}
	}
	if err == nil {
		err = s.Close()
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("done")
	return 0
}

// wait waits for a line, or for the end of the parent.
func wait() error {
	_, err := bufio.NewReader(os.Stdin).ReadString('\n')
	return err
}

// addCmd counts a number of the settings up by one through the ordinary door.
type addCmd struct{}

func (addCmd) Action() auth.Action { return auth.SettingsEdit }
func (addCmd) Validate() error     { return nil }

// countThrough runs commands one after the other; any error, Busy too, ends it.
func countThrough(s core.Store, process string, number int) error {
	e := core.NewEngine(core.Deps{Store: s, Clock: when.System{}, IDs: ids.Random{}, Bus: core.NewBus(), Desk: "desk", Process: process})
	ctx := auth.With(context.Background(), auth.SystemActor)
	for n := range number {
		_, err := core.Do(ctx, e, addCmd{}, func(u *core.Unit) (struct{}, error) {
			all, err := u.Settings().All()
			if err != nil {
				return struct{}{}, err
			}
			have, _ := strconv.Atoi(all["n"]) // "" counts as 0
			u.Audit("setting", "n", "test", nil, nil)
			u.Changed(core.TopicSettings, process)
			return struct{}{}, u.Settings().Set("n", strconv.Itoa(have+1))
		})
		if err != nil {
			return fmt.Errorf("write %d: %w", n, err)
		}
	}
	return nil
}

// quickPoll is how long a watcher under test waits between its polls.
const quickPoll = 5 * time.Millisecond
