package store

import (
	"errors"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// fileSystem is "remote" for UNC paths and mapped drives, "" otherwise.
func fileSystem(folder string) string {
	volume := filepath.VolumeName(folder)
	if strings.HasPrefix(volume, `\\`) && !strings.HasPrefix(volume, `\\?\`) && !strings.HasPrefix(volume, `\\.\`) {
		return "remote"
	}
	if strings.HasPrefix(strings.ToUpper(volume), `\\?\UNC`) {
		return "remote"
	}
	root, err := windows.UTF16PtrFromString(strings.TrimPrefix(volume, `\\?\`) + `\`)
	if err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return "remote"
	}
	return ""
}

// freeMB is the free space of a folder's drive in MB, -1 when unknown.
func freeMB(folder string) int64 {
	var free uint64
	path, err := windows.UTF16PtrFromString(folder)
	if err != nil || windows.GetDiskFreeSpaceEx(path, &free, nil, nil) != nil {
		return -1
	}
	return int64(free >> 20)
}

func isDiskFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

func isReadOnlySystem(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }

// alive tells whether a process of this computer still runs.
func alive(pid int) bool {
	const stillActive = 259
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid))
	if err != nil {
		return errors.Is(err, windows.ERROR_ACCESS_DENIED)
	}
	defer windows.CloseHandle(h)
	var code uint32
	return windows.GetExitCodeProcess(h, &code) == nil && code == stillActive
}

// syncFolder does nothing: Windows keeps renames in its own journal.
func syncFolder(string) error { return nil }

// lockedElsewhere tells whether another program has the file open: then it
// cannot be opened without sharing.
func lockedElsewhere(path string) bool {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return false
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ, 0, nil, windows.OPEN_EXISTING, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION)
	}
	_ = windows.CloseHandle(h) // it was only a look
	return false
}
