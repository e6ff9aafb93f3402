package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"zhanggui/app/fault"
)

// networkKinds are file systems on which several computers can write one file.
// SQLite's locks and its shared memory work on one computer only
// (https://www.sqlite.org/wal.html), so a file there would be damaged sooner or later.
var networkKinds = map[string]bool{
	"nfs": true, "nfs4": true, "cifs": true, "smb": true, "smb2": true, "smb3": true, "smbfs": true, "9p": true,
	"afs": true, "ncp": true, "ncpfs": true, "coda": true, "ceph": true, "lustre": true, "glusterfs": true,
	"vboxsf": true, "vmhgfs": true, "prl_fs": true, "afpfs": true, "webdav": true, "davfs": true, "davfs2": true, "remote": true,
	"fuse.sshfs": true, "fuse.rclone": true, "fuse.s3fs": true, "fuse.glusterfs": true, "fuse.ceph": true, "fuse.smbnetfs": true,
	"fuse.vmhgfs-fuse": true, "fuse.davfs2": true, "fuse.gvfsd-fuse": true, "fuse.curlftpfs": true,
}

// cloudFolders are names of folders that a program copies to other computers
// while we write. It works until two computers do so at the same time.
var cloudFolders = []struct{ part, note string }{
	{"onedrive", "store.note.onedrive"},
	{"nutstore", "store.note.nutstore"},
	{"坚果云", "store.note.nutstore"},
	{"dropbox", "store.note.dropbox"},
	{"icloud", "store.note.icloud"},
	{"mobile documents", "store.note.icloud"},
	{"百度网盘", "store.note.baidu"},
	{"baidunetdisk", "store.note.baidu"},
	{"baidusyncdisk", "store.note.baidu"},
	{"百度云同步盘", "store.note.baidu"},
}

// checkPlace refuses a place where SQLite cannot be safe and gives the keys of
// warnings about one where it is uneasy. kind tells the file system of a folder.
func checkPlace(path string, kind func(folder string) string) (notes []string, err error) {
	folder := filepath.Dir(path)
	st, err := os.Stat(folder)
	switch {
	case errors.Is(err, os.ErrNotExist), err == nil && !st.IsDir():
		return nil, fault.New(fault.Unavailable, "fault.store.no_folder", "folder", folder).Because(err)
	case err != nil:
		return nil, fault.New(fault.Unavailable, "fault.store.cannot_open", "file", path).Because(err)
	}
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real // a link into a share is a share
	}
	if k := kind(folder); networkKinds[k] {
		return nil, fault.New(fault.Unavailable, "fault.store.network", "file", path, "kind", k)
	}
	return cloudNotes(folder), nil
}

func cloudNotes(folder string) []string {
	lower := strings.ToLower(folder)
	for _, c := range cloudFolders {
		for _, part := range strings.Split(filepath.ToSlash(lower), "/") {
			if strings.HasPrefix(part, c.part) {
				return []string{c.note}
			}
		}
	}
	return nil
}

// checkWritable opens the file for writing and makes a file beside it, because
// SQLite needs both (the write-ahead log lies beside).
func checkWritable(path string, exists bool) error {
	refused := func(key, what string, err error) error {
		if isDiskFull(err) {
			return fullFault(filepath.Dir(path), workingMB, err)
		}
		return fault.New(fault.Unavailable, key, what, pathOf(path, what)).Because(err)
	}
	if exists {
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return refused("fault.store.read_only", "file", err)
		}
		if err := f.Close(); err != nil {
			return refused("fault.store.read_only", "file", err)
		}
	}
	probe, err := os.CreateTemp(filepath.Dir(path), ".zhanggui-probe-*")
	if err != nil {
		return refused("fault.store.read_only_folder", "folder", err)
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return refused("fault.store.read_only_folder", "folder", err)
	}
	return nil
}

func pathOf(path, what string) string {
	if what == "folder" {
		return filepath.Dir(path)
	}
	return path
}
