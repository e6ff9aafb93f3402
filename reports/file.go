package reports

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"zhanggui/app/fault"
)

// FS is the little of a file system that writing a file needs; tests put a
// failing one in its place.
type FS interface {
	CreateTemp(dir, pattern string) (File, error)
	Rename(from, to string) error
	Remove(name string) error
	SyncDir(dir string) error // makes a rename in dir durable
}

// File is an open file of an FS.
type File interface {
	io.Writer
	Name() string
	Sync() error
	Close() error
}

// OS is the computer's file system.
var OS FS = osFS{}

type osFS struct{}

func (osFS) CreateTemp(dir, pattern string) (File, error) { return os.CreateTemp(dir, pattern) }
func (osFS) Rename(from, to string) error                 { return os.Rename(from, to) }
func (osFS) Remove(name string) error                     { return os.Remove(name) }

// SyncDir flushes the directory; Windows has no such call and needs none.
func (osFS) SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	return errors.Join(err, d.Close())
}

// WriteFile writes a file so that its name never holds half of it: into a
// temporary file beside it, flushed to the disk, then renamed over. When write or
// the disk fails, the temporary file is removed and an older file stays.
// Errors: write's own fault; Unavailable fault.report.write, or
// fault.report.open_elsewhere when another program holds the file.
func WriteFile(files FS, path string, write func(io.Writer) error) error {
	dir, base := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	tmp, err := files.CreateTemp(dir, "."+base+".*.tmp")
	if err != nil {
		return unwritable(path, err)
	}
	if err := fill(tmp, write); err != nil {
		_ = files.Remove(tmp.Name()) // the first error is the one to tell
		return unwritable(path, err)
	}
	if err := files.Rename(tmp.Name(), path); err != nil {
		_ = files.Remove(tmp.Name()) // as above
		if runtime.GOOS == "windows" && errors.Is(err, fs.ErrPermission) {
			return fault.New(fault.Unavailable, "fault.report.open_elsewhere", "file", path).Because(err)
		}
		return unwritable(path, err)
	}
	if err := files.SyncDir(dir); err != nil {
		return unwritable(path, err)
	}
	return nil
}

// fill writes, flushes and closes the file; it is closed in any case.
func fill(f File, write func(io.Writer) error) error {
	w := bufio.NewWriterSize(f, 1<<16)
	err := write(w)
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}

// unwritable keeps a fault of the writer and makes one of a disk error.
func unwritable(path string, err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return err
	}
	if fault.Is(err, fault.Cancelled) {
		return fault.From(err)
	}
	return fault.New(fault.Unavailable, "fault.report.write", "file", path).Because(err)
}
