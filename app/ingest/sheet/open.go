package sheet

import (
	"bytes"
	"io"

	"zhanggui/app/fault"
)

// Open looks at the content and prepares the book; rows are read by Rows. name
// is only for messages.
// Errors: Limit when the file is over a limit, Invalid when it is damaged,
// protected by a password or no table at all (fault.sheet.*), Unavailable when
// it cannot be read.
func Open(name string, r io.ReaderAt, size int64, lim Limits) (*Book, error) {
	b := &Book{Name: name, Size: size, lim: lim}
	if size > lim.File {
		return nil, over("file_too_big", name, lim.File>>20, "size", size>>20)
	}
	if size <= 0 {
		return nil, broken("empty", name)
	}
	s, err := surveyFile(r, size)
	if err != nil {
		return nil, unreadable(name, err)
	}
	b.SHA256 = s.sha256
	if err := b.open(r, s); err != nil {
		return nil, err
	}
	return b, nil
}

// headSize is how much of the start decides what a binary file is.
const headSize = 16

// open picks the reader by the first bytes.
func (b *Book) open(r io.ReaderAt, s survey) error {
	head := make([]byte, headSize)
	n, err := readAt(r, head, 0)
	if err != nil {
		return unreadable(b.Name, err)
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return openXLSX(b, r)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return openXLS(b, r)
	}
	if f := knownBinary(b.Name, head); f != nil {
		return f
	}
	enc, err := encodingOf(b.Name, r, b.Size, s)
	if err != nil {
		return err
	}
	b.Encoding = enc
	return b.openText(r)
}

// knownBinary names files that are no table of ours by their first bytes.
func knownBinary(name string, head []byte) *fault.Error {
	for _, k := range []struct{ magic, format string }{
		{"Rar!\x1A\x07", "RAR"}, {"7z\xBC\xAF\x27\x1C", "7z"}, {"\x1F\x8B", "GZIP"}, {"BZh", "BZIP2"}, {"\xFD7zXZ\x00", "XZ"},
	} {
		if bytes.HasPrefix(head, []byte(k.magic)) && len(head) > len(k.magic) {
			return broken("archive", name)
		}
	}
	for _, k := range []struct{ magic, format string }{
		{"%PDF-", "PDF"},
		{"\x89PNG\r\n", "PNG"},
		{"\xFF\xD8\xFF", "JPEG"},
		{"GIF8", "GIF"},
		{"{\\rtf", "RTF"},
		{"SQLite format 3\x00", "SQLite"},
		{"MIME-Version:", "MHTML"},
		{"\x09\x08\x08\x00", "Excel 5.0"},
		{"\x09\x04\x06\x00", "Excel 4.0"},
		{"\x09\x02\x06\x00", "Excel 3.0"},
		{"\x09\x00\x04\x00", "Excel 2.0"},
	} {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return unsupported(name, k.format)
		}
	}
	return nil
}

// openText tells HTML, XML and separated text apart.
func (b *Book) openText(r io.ReaderAt) error {
	start, err := newTextReader(b.Name, r, b.Size, b.Encoding).next()
	if err != nil && err != io.EOF {
		return err
	}
	start = bytes.TrimLeft(start, " \t\r\n\uFEFF")
	if len(start) > 0 && start[0] == '<' {
		if handled, err := b.openMarkup(r, start); handled {
			return err
		}
	}
	delim, ok := sniffDelimiter(b.Name, r, b.Size, b.Encoding, b.lim)
	if !ok {
		return broken("empty", b.Name)
	}
	b.Format, b.Delimiter = CSV, rune(delim)
	if delim == '\t' {
		b.Format = TSV
	}
	b.Sheets = []Info{{}}
	b.source = &textSource{name: b.Name, src: r, size: b.Size, enc: b.Encoding, delim: delim, lim: b.lim}
	return nil
}

// openMarkup reads HTML and XML by their first tags; handled is false for text
// that only begins with <.
func (b *Book) openMarkup(r io.ReaderAt, start []byte) (handled bool, err error) {
	low := bytes.ToLower(start[:min(len(start), 4096)])
	switch {
	case bytes.Contains(low, []byte("urn:schemas-microsoft-com:office:spreadsheet")) && !bytes.Contains(low, []byte("<html")):
		return true, openXML(b, r)
	case htmlStart(low):
		return true, openHTML(b, r)
	case bytes.HasPrefix(low, []byte("<?xml")):
		return true, unsupported(b.Name, "XML")
	}
	return false, nil
}

// htmlStart tells a document or a bare table of HTML.
func htmlStart(low []byte) bool {
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<meta", "<table", "<style", "<div", "<title", "<script", "<center", "<!--", "<font"} {
		if bytes.HasPrefix(low, []byte(tag)) {
			return true
		}
	}
	return bytes.HasPrefix(low, []byte("<?xml")) && bytes.Contains(low, []byte("<html"))
}
