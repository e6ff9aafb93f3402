package store

import "golang.org/x/sys/unix"

// fileSystem names the kind of file system that a folder lies on, "" when unknown.
func fileSystem(folder string) string {
	var st unix.Statfs_t
	if unix.Statfs(folder, &st) != nil {
		return ""
	}
	return unix.ByteSliceToString(st.Fstypename[:])
}
