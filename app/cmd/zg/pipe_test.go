//go:build unix

package main

import (
	"bufio"
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestList_ReaderGone_DataClosedInOrder is "zg list orders | head -1".
func TestList_ReaderGone_DataClosedInOrder(t *testing.T) {
	t.Parallel()
	d := newBinaryDesk(t).founded()
	d.ok("import", d.manyOrders(2000))
	for _, extra := range [][]string{{"--json"}, nil} {
		cmd := d.command(append([]string{"--data", d.data, "list", "orders", "--as", owner}, extra...))
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		_, err = bufio.NewReaderSize(out, 16).ReadString('\n')
		require.NoError(t, err)
		require.NoError(t, out.Close())
		require.Error(t, cmd.Wait())
		require.Equal(t, 1, cmd.ProcessState.ExitCode())
	}
	require.Zero(t, openProcesses(t, d.data))
}

// openProcesses counts the runs that did not close the data.
func openProcesses(t *testing.T, file string) int {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	var n int
	require.NoError(t, db.QueryRow(`SELECT COUNT(*) FROM processes`).Scan(&n))
	return n
}
