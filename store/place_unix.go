//go:build unix

package store

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// freeMB is the free space of a folder's disk in MB, -1 when unknown.
func freeMB(folder string) int64 {
	var st unix.Statfs_t
	if unix.Statfs(folder, &st) != nil {
		return -1
	}
	return int64(uint64(st.Bavail) * uint64(st.Bsize) >> 20)
}

func isDiskFull(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }

func isReadOnlySystem(err error) bool { return errors.Is(err, unix.EROFS) }

// alive tells whether a process of this computer still runs.
func alive(pid int) bool {
	if pid <= 0 {
		return false
	}
	err := unix.Kill(pid, 0)
	return err == nil || errors.Is(err, unix.EPERM)
}

// syncFolder makes a rename in the folder durable.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
