//go:build unix

package store

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// asNobody starts a child as a user without rights where the tests run as root.
func asNobody(cmd *exec.Cmd) {
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
}

func TestOpen_ReadOnlyFileOrFolder_RefusedWithReason(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("", "zhanggui-open-to-all-")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(folder)) })
	locked := filepath.Join(folder, "folder", "shop.zhanggui")
	require.NoError(t, os.Mkdir(filepath.Dir(locked), 0o755))
	require.NoError(t, opened(t, locked, options()).Close())
	require.NoError(t, os.Chmod(locked, 0o666))
	require.NoError(t, os.Chmod(filepath.Dir(locked), 0o555))
	t.Cleanup(func() { require.NoError(t, os.Chmod(filepath.Dir(locked), 0o755)) })
	file := filepath.Join(folder, "file", "shop.zhanggui")
	require.NoError(t, os.Mkdir(filepath.Dir(file), 0o777))
	require.NoError(t, os.Chmod(filepath.Dir(file), 0o777))
	require.NoError(t, opened(t, file, options()).Close())
	require.NoError(t, os.Chmod(file, 0o444))
	require.NoError(t, os.Chmod(folder, 0o755))
	before := digest(t, file)

	require.Equal(t, "fault.store.read_only_folder", start(t, "look", locked, 0, asNobody).says(t))
	require.Equal(t, "fault.store.read_only", start(t, "look", file, 0, asNobody).says(t))
	require.Equal(t, "fault.store.read_only_folder", start(t, "look", filepath.Join(filepath.Dir(locked), "new.zhanggui"), 0, asNobody).says(t))

	require.Equal(t, before, digest(t, file))
	left, err := os.ReadDir(filepath.Dir(file))
	require.NoError(t, err)
	require.Len(t, left, 1)
}
