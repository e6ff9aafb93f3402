package sheet

import (
	"errors"
	"io"

	"zhanggui/app/fault"
)

// broken refuses a damaged or unreadable file: fault.sheet.<what>.
func broken(what, file string, pairs ...any) *fault.Error {
	return fault.New(fault.Invalid, "fault.sheet."+what, append([]any{"file", file}, pairs...)...)
}

// over refuses a file that breaks a limit: fault.sheet.<what>.
func over(what, file string, limit any, pairs ...any) *fault.Error {
	return fault.New(fault.Limit, "fault.sheet."+what, append([]any{"file", file, "limit", limit}, pairs...)...)
}

// unsupported refuses a known format that is not read; the text says how to
// save the file again.
func unsupported(file, format string) *fault.Error {
	return broken("unsupported", file, "format", format)
}

// unreadable is trouble of the disk, not of the file's content.
func unreadable(file string, cause error) *fault.Error {
	return fault.New(fault.Unavailable, "fault.sheet.read", "file", file).Because(cause)
}

// readAt fills p from off; the end of the file is no error.
func readAt(r io.ReaderAt, p []byte, off int64) (int, error) {
	n, err := r.ReadAt(p, off)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}
