package store

import (
	"bufio"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMountKind_LongestMountWins(t *testing.T) {
	t.Parallel()
	const mounts = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/shop\040share rw,nosuid - fuse.sshfs wang@server:/ rw
41 22 0:36 / /mnt/shop rw,nosuid - fuse.ntfs-3g /dev/sdb1 rw
broken line
`
	for folder, kind := range map[string]string{
		"/home/wang":             "ext4",
		"/mnt/shop share/deeper": "fuse.sshfs",
		"/mnt/shop":              "fuse.ntfs-3g",
		"/mnt/shopping":          "ext4",
	} {
		require.Equal(t, kind, mountKind(bufio.NewScanner(strings.NewReader(mounts)), folder), folder)
	}
	require.NotContains(t, networkKinds, fileSystem(t.TempDir()), "tests run on a local disk")
}
