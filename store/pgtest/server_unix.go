//go:build unix

package pgtest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
)

// script starts the server, says so, and waits for the end of its standard
// input: that is the end of the test process, however it comes about.
// $1 programs, $2 folder. Nothing is kept, so the stop need not be gentle.
const script = `
cd "$2" || exit 1
"$1/pg_ctl" -s -D "$2/data" -w -t 120 -l "$2/log" start || { cat "$2/log" >&2; exit 1; }
echo ready
read -r _
"$1/pg_ctl" -s -D "$2/data" -m immediate -w stop
rm -rf "$2"
`

// settings trade all durability for speed and make room for many test databases at once.
const settings = `
listen_addresses = '127.0.0.1'
port = %d
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
max_locks_per_transaction = 256
max_pred_locks_per_transaction = 256
shared_buffers = 64MB
jit = off
timezone = 'UTC'
lc_messages = 'C'
`

// portTries is how often another free port is taken when somebody was faster.
const portTries = 5

// start makes a cluster in a temporary folder and runs the server on it.
func start() (admin string, stop func() error, err error) {
	programs, err := findPrograms(debianPrograms)
	if err != nil {
		return "", nil, err
	}
	who, err := serverUser()
	if err != nil {
		return "", nil, err
	}
	dir, err := who.tempDir()
	if err != nil {
		return "", nil, fmt.Errorf("pgtest: making the server's folder: %w", err)
	}
	password, err := initCluster(who, programs, dir)
	if err != nil {
		return "", nil, removing(dir, err)
	}
	for range portTries {
		var port int
		if port, err = configure(dir); err != nil {
			return "", nil, removing(dir, err)
		}
		if stop, err = launch(who, programs, dir); err == nil {
			return fmt.Sprintf("postgres://zhanggui:%s@127.0.0.1:%d/postgres?sslmode=disable", password, port), stop, nil
		}
	}
	return "", nil, removing(dir, err)
}

// removing deletes the folder of a server that did not come up.
func removing(dir string, err error) error {
	if rmErr := os.RemoveAll(dir); rmErr != nil {
		return fmt.Errorf("%w (and its folder stays: %w)", err, rmErr)
	}
	return err
}

// debianPrograms is where Debian and Ubuntu keep what they leave out of PATH.
const debianPrograms = "/usr/lib/postgresql/*/bin/initdb"

// findPrograms gives the folder of initdb and pg_ctl: PATH first, then the
// versions that match pattern, newest first.
func findPrograms(pattern string) (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(real), nil
		}
	}
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("pgtest: PostgreSQL is not installed: no initdb in PATH nor as %s; "+
			"install it (Debian, Ubuntu: apt-get install postgresql) or set %s=postgres://... to a running server", pattern, EnvDSN)
	}
	version := func(path string) int {
		n, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		if err != nil {
			return 0 // a folder that is no version comes last
		}
		return n
	}
	sort.Slice(found, func(i, j int) bool { return version(found[i]) > version(found[j]) })
	return filepath.Dir(found[0]), nil
}

// account is the system user that the server runs as; nil means ourselves.
type account struct{ cred *syscall.Credential }

// serverUser is user postgres when we are root, because PostgreSQL refuses to run as root.
func serverUser() (account, error) {
	if os.Geteuid() != 0 {
		return account{}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return account{}, fmt.Errorf("pgtest: PostgreSQL does not run as root and there is no user postgres: %w", err)
	}
	uid, errU := strconv.ParseUint(u.Uid, 10, 32)
	gid, errG := strconv.ParseUint(u.Gid, 10, 32)
	if errU != nil || errG != nil {
		return account{}, fmt.Errorf("pgtest: user postgres has odd ids %q, %q", u.Uid, u.Gid)
	}
	return account{&syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func (a account) tempDir() (string, error) {
	dir, err := os.MkdirTemp("", "zhanggui-pg-")
	if err != nil || a.cred == nil {
		return dir, err
	}
	return dir, os.Chown(dir, int(a.cred.Uid), int(a.cred.Gid))
}

// command prepares a program of the server's user: its own process group, so
// that Ctrl-C reaches it only through the pipe, and none of our PG* variables.
func (a account) command(dir, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "LC_ALL=C.UTF-8", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: a.cred, Setpgid: true}
	return cmd
}

// initCluster makes the data folder with a superuser "zhanggui" and gives its password.
func initCluster(who account, programs, dir string) (string, error) {
	password, err := token()
	if err != nil {
		return "", err
	}
	secret := filepath.Join(dir, "password")
	if err := os.WriteFile(secret, []byte(password), 0o644); err != nil { // the folder itself is 0700
		return "", err
	}
	cmd := who.command(dir, filepath.Join(programs, "initdb"), "-D", filepath.Join(dir, "data"), "-U", "zhanggui",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-A", "password", "--pwfile", secret)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("pgtest: initdb: %w\n%s", err, out)
	}
	return password, nil
}

// configure writes the settings with a port that is free just now.
func configure(dir string) (port int, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("pgtest: no free port: %w", err)
	}
	port = l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		return 0, err
	}
	conf := filepath.Join(dir, "data", "postgresql.auto.conf") // read last, so it wins
	return port, os.WriteFile(conf, fmt.Appendf(nil, settings, port), 0o644)
}

// launch runs the script until the server accepts connections. The returned
// stop ends it and waits until process and folder are gone.
func launch(who account, programs, dir string) (stop func() error, err error) {
	cmd := who.command(dir, "/bin/sh", "-c", script, "sh", programs, dir)
	var trouble strings.Builder
	cmd.Stderr = &trouble
	hold, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	said, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("pgtest: starting the server: %w", err)
	}
	line, err := bufio.NewReader(said).ReadString('\n')
	if line == "ready\n" {
		return func() error { return end(hold, cmd, &trouble) }, nil
	}
	waitErr := end(hold, cmd, &trouble)
	return nil, fmt.Errorf("pgtest: the server did not start (%w): %w", err, waitErr)
}

func end(hold io.Closer, cmd *exec.Cmd, trouble *strings.Builder) error {
	if err := hold.Close(); err != nil {
		return fmt.Errorf("pgtest: closing the server's pipe: %w", err)
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("pgtest: %w\n%s", err, trouble)
	}
	return nil
}
