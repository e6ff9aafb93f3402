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

// SQLite locks bytes behind the first gigabyte of a file; in WAL mode every
// connection holds a shared lock on some of them for as long as it is open
// (https://www.sqlite.org/src/file/src/os.h, PENDING_BYTE).
const (
	lockStart = 0x40000000
	lockSize  = 512
)

// lockedElsewhere tells whether another process has the file open with SQLite.
func lockedElsewhere(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	lock := unix.Flock_t{Type: unix.F_WRLCK, Start: lockStart, Len: lockSize}
	return unix.FcntlFlock(f.Fd(), unix.F_GETLK, &lock) == nil && lock.Type != unix.F_UNLCK
}
