package sheet

import (
	"archive/zip"
	"bufio"
	"errors"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"zhanggui/app/fault"
)

// archive is an opened zip whose parts are read under limits.
type archive struct {
	name  string
	lim   Limits
	parts map[string]*zip.File // by lower-case path
}

// openZip reads the directory and refuses what no honest workbook has.
// Errors: Invalid fault.sheet.zip_broken, fault.sheet.zip_path,
// fault.sheet.encrypted; Limit fault.sheet.zip_bomb, fault.sheet.too_many_parts.
func openZip(name string, r io.ReaderAt, size int64, lim Limits) (*archive, error) {
	zr, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, broken("zip_broken", name, "part", "ZIP").Because(err)
	}
	if len(zr.File) > lim.Parts {
		return nil, over("too_many_parts", name, lim.Parts)
	}
	a := &archive{name: name, lim: lim, parts: make(map[string]*zip.File, len(zr.File))}
	var total uint64
	for _, f := range zr.File {
		key, ok := partKey(f.Name)
		if !ok {
			return nil, broken("zip_path", name, "part", f.Name)
		}
		if f.Flags&1 != 0 {
			return nil, broken("encrypted", name)
		}
		if _, twice := a.parts[key]; twice {
			return nil, broken("zip_broken", name, "part", f.Name)
		}
		a.parts[key] = f
		total += f.UncompressedSize64
		if f.UncompressedSize64 > uint64(lim.Unzipped) || total > uint64(lim.Unzipped) || tooDense(f.UncompressedSize64, f.CompressedSize64, lim) {
			return nil, over("zip_bomb", name, lim.Unzipped>>20, "part", f.Name)
		}
	}
	return a, nil
}

// tooDense tells an expansion that no real part reaches.
func tooDense(unpacked, packed uint64, lim Limits) bool {
	return unpacked > RatioFloor && unpacked/uint64(lim.Ratio) > packed
}

// partKey is the path in lower case with slashes; false for a path that leaves
// the archive. Backslashes come from old .NET writers.
func partKey(name string) (string, bool) {
	p := strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	if p == "" || strings.HasPrefix(p, "/") || len(p) > 1 && p[1] == ':' || strings.ContainsRune(p, 0) {
		return "", false
	}
	for _, part := range strings.Split(p, "/") {
		if part == ".." {
			return "", false
		}
	}
	return path.Clean(p), true
}

func (a *archive) has(part string) bool {
	_, ok := a.parts[strings.ToLower(part)]
	return ok
}

// open reads one part with its limits counted while it is unpacked.
// Errors: Invalid fault.sheet.part_missing, fault.sheet.zip_broken.
func (a *archive) open(part string) (*partReader, error) {
	f, ok := a.parts[strings.ToLower(part)]
	if !ok {
		return nil, broken("part_missing", a.name, "part", part)
	}
	rc, err := f.Open()
	if err != nil {
		return nil, broken("zip_broken", a.name, "part", part).Because(err)
	}
	p := &partReader{a: a, part: part, rc: rc, packed: f.CompressedSize64}
	buffered := bufio.NewReader(readerFunc(p.read))
	mark, _ := buffered.Peek(2) // an error shows again at the first read
	p.text = buffered
	if len(mark) == 2 && (mark[0] == 0xFF && mark[1] == 0xFE || mark[0] == 0xFE && mark[1] == 0xFF) {
		p.text = transform.NewReader(buffered, unicode.BOMOverride(transform.Nop))
	}
	return p, nil
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// partReader unpacks one part.
type partReader struct {
	a      *archive
	part   string
	rc     io.ReadCloser
	text   io.Reader
	packed uint64
	n      uint64
}

// Read gives the part as UTF-8.
func (p *partReader) Read(b []byte) (int, error) { return p.text.Read(b) }

func (p *partReader) read(b []byte) (int, error) {
	n, err := p.rc.Read(b)
	p.n += uint64(n)
	if p.n > uint64(p.a.lim.Unzipped) || tooDense(p.n, p.packed, p.a.lim) {
		return n, over("zip_bomb", p.a.name, p.a.lim.Unzipped>>20, "part", p.part)
	}
	return n, err
}

// drain reads the rest, so that a wrong checksum shows.
func (p *partReader) drain() error {
	_, err := io.Copy(io.Discard, p.text)
	return p.explain(err)
}

func (p *partReader) close() { _ = p.rc.Close() } // nothing was written

// explain turns an error of reading or cutting the part into a fault.
func (p *partReader) explain(err error) error {
	return explainMarkup(err, p.a.name, p.part, p.a.lim)
}

// explainMarkup turns an error of the markup reader into a fault.
func explainMarkup(err error, name, part string, lim Limits) error {
	var f *fault.Error
	switch {
	case err == nil, errors.As(err, &f):
		return err
	case errors.Is(err, errToken):
		return over("text_too_big", name, lim.Cell).Because(err)
	case errors.Is(err, errMarkup), errors.Is(err, errDoctype):
		return broken("part_broken", name, "part", part).Because(err)
	}
	return broken("zip_broken", name, "part", part).Because(err)
}
