//go:build unix

package pgtest

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// victimEnv makes this test binary the one that is killed while its server runs.
const victimEnv = "ZHANGGUI_PGTEST_VICTIM"

func TestServer_TestProcessKilled_StopsAndLeavesNothing(t *testing.T) {
	t.Parallel()
	if os.Getenv(victimEnv) != "" {
		beVictim(t)
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), victimEnv+"=1", EnvDSN+"=") // a foreign server would not be ours to stop
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan(), "the victim says where its data lie")
	data := lines.Text()
	require.FileExists(t, filepath.Join(data, "postmaster.pid"))

	require.NoError(t, cmd.Process.Kill())
	require.Error(t, cmd.Wait())

	require.Eventually(t, func() bool {
		_, err := os.Stat(filepath.Dir(data))
		return os.IsNotExist(err)
	}, time.Minute, 50*time.Millisecond, "the script removes the folder after the server has stopped")
}

// beVictim starts a server, says where its data lie and waits to be killed.
func beVictim(t *testing.T) {
	conn, err := pgx.Connect(context.Background(), New(t))
	require.NoError(t, err)
	var data string
	require.NoError(t, conn.QueryRow(context.Background(), `SHOW data_directory`).Scan(&data))
	_, err = os.Stdout.WriteString(data + "\n")
	require.NoError(t, err)
	select {}
}

func TestFindPrograms_NotInstalled_SaysWhatToDo(t *testing.T) {
	t.Setenv("PATH", t.TempDir())

	_, err := findPrograms(filepath.Join(t.TempDir(), "*", "bin", "initdb"))

	require.ErrorContains(t, err, "apt-get install postgresql")
	require.ErrorContains(t, err, EnvDSN)
}

func TestFindPrograms_SeveralVersions_TakesTheNewest(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	root := t.TempDir()
	for _, version := range []string{"9", "17", "15", "other"} {
		bin := filepath.Join(root, version, "bin")
		require.NoError(t, os.MkdirAll(bin, 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(bin, "initdb"), nil, 0o644))
	}

	found, err := findPrograms(filepath.Join(root, "*", "bin", "initdb"))

	require.NoError(t, err)
	require.Equal(t, filepath.Join(root, "17", "bin"), found)
}

func TestLaunch_BadSettings_ReportsTheServersWords(t *testing.T) {
	t.Parallel()
	who, err := serverUser()
	require.NoError(t, err)
	programs, err := findPrograms(debianPrograms)
	require.NoError(t, err)
	dir, err := who.tempDir()
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	_, err = initCluster(who, programs, dir)
	require.NoError(t, err)
	conf := filepath.Join(dir, "data", "postgresql.auto.conf")
	require.NoError(t, os.WriteFile(conf, []byte("port = 'none'\n"), 0o644))

	_, err = launch(who, programs, dir)

	require.ErrorContains(t, err, "did not start")
	require.ErrorContains(t, err, "port")
}
