package sheet

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"

	"zhanggui/app/fault"
)

// xlsSource is an old Excel workbook (BIFF8, Excel 97 to 2003). Its workbook
// stream is held in memory while the book is open.
type xlsSource struct {
	name   string
	lim    Limits
	stream []byte
	starts []int // offset of each sheet in stream
	table  []string
}

func (s *xlsSource) close() error {
	s.stream, s.table = nil, nil
	return nil
}

// The records of BIFF8 that matter, by their number.
const (
	recFormula    = 0x0006
	recEOF        = 0x000A
	recDateMode   = 0x0022
	recFilePass   = 0x002F
	recContinue   = 0x003C
	recBoundSheet = 0x0085
	recMulRK      = 0x00BD
	recRString    = 0x00D6
	recSST        = 0x00FC
	recLabelSST   = 0x00FD
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRK         = 0x027E
	recBOF        = 0x0809
)

// biff8 is the version that BOF names for Excel 97 and later.
const biff8 = 0x0600

// openXLS reads the container and the workbook's globals.
// Errors: Invalid fault.sheet.encrypted, fault.sheet.unsupported,
// fault.sheet.xls_broken; Limit fault.sheet.file_too_big and of the tables.
func openXLS(b *Book, r io.ReaderAt) error {
	if b.Size > b.lim.XLS {
		return over("file_too_big", b.Name, b.lim.XLS>>20, "size", b.Size>>20)
	}
	file := make([]byte, b.Size, b.Size+sectorPad)
	if n, err := readAt(r, file, 0); err != nil || n < len(file) {
		return unreadable(b.Name, err)
	}
	stream, err := workbookStream(b.Name, file)
	if err != nil {
		return err
	}
	src := &xlsSource{name: b.Name, lim: b.lim, stream: stream}
	if err := src.globals(b); err != nil {
		return err
	}
	if len(b.Sheets) == 0 {
		return broken("no_sheets", b.Name)
	}
	b.Format, b.source = XLS, src
	return nil
}

// sectorPad completes a last sector that a writer cut short.
const sectorPad = 4096

// streamPiece is read at once; the container library joins neighbouring
// sectors in quadratic time.
const streamPiece = 64 << 10

// workbookStream takes the workbook out of the container. The container
// library reads what others wrote, so a panic of its is a broken file.
func workbookStream(name string, file []byte) (stream []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			stream, err = nil, xlsBroken(name, fmt.Sprint("container: ", p))
		}
	}()
	size := int64(len(file))
	doc, err := mscfb.New(bytes.NewReader(append(file, make([]byte, sectorPad)...)))
	if err != nil {
		return nil, xlsBroken(name, err.Error())
	}
	var book *mscfb.File
	old := false
	for _, f := range doc.File {
		switch strings.ToLower(f.Name) {
		case "encryptedpackage", "encryptioninfo":
			return nil, broken("encrypted", name)
		case "workbook":
			book = f
		case "book":
			old = true
		case "worddocument":
			return nil, unsupported(name, "DOC")
		case "powerpoint document":
			return nil, unsupported(name, "PPT")
		}
	}
	switch {
	case book == nil && old:
		return nil, unsupported(name, "Excel 5.0/95")
	case book == nil:
		return nil, unsupported(name, "OLE")
	case book.Size > size:
		return nil, xlsBroken(name, "stream longer than file")
	}
	return readStream(name, book)
}

func readStream(name string, f *mscfb.File) ([]byte, error) {
	out := make([]byte, 0, f.Size)
	for int64(len(out)) < f.Size {
		want := min(int64(streamPiece), f.Size-int64(len(out)))
		n, err := f.Read(out[len(out) : int64(len(out))+want])
		out = out[:len(out)+n]
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, xlsBroken(name, err.Error())
		}
		if n == 0 {
			return nil, xlsBroken(name, "stream ends early")
		}
	}
	return out, nil
}

func xlsBroken(name, why string) *fault.Error {
	return broken("xls_broken", name).Because(errors.New(why))
}

// record is one record of the stream.
type record struct {
	id   uint16
	data []byte
	next int // offset of the record after it
}

// record reads the record at off.
func (s *xlsSource) record(off int) (record, error) {
	if off < 0 || off+4 > len(s.stream) {
		return record{}, xlsBroken(s.name, "record beyond the end")
	}
	id := binary.LittleEndian.Uint16(s.stream[off:])
	end := off + 4 + int(binary.LittleEndian.Uint16(s.stream[off+2:]))
	if end > len(s.stream) {
		return record{}, xlsBroken(s.name, "record cut off")
	}
	return record{id: id, data: s.stream[off+4 : end], next: end}, nil
}

// pieces are the data of a record and of the CONTINUE records behind it.
func (s *xlsSource) pieces(rec record) (pieces, int, error) {
	p := pieces{list: [][]byte{rec.data}}
	off := rec.next
	for {
		next, err := s.record(off)
		if err != nil || next.id != recContinue {
			return p, off, nil // what is broken behind shows when it is read
		}
		p.list = append(p.list, next.data)
		off = next.next
	}
}

// globals reads the first substream: sheets, shared strings, date system.
func (s *xlsSource) globals(b *Book) error {
	rec, err := s.record(0)
	if err != nil {
		return err
	}
	if rec.id != recBOF || len(rec.data) < 4 {
		return xlsBroken(s.name, "no BOF")
	}
	if binary.LittleEndian.Uint16(rec.data) != biff8 {
		return unsupported(s.name, "Excel 5.0/95")
	}
	for off := rec.next; ; {
		rec, err := s.record(off)
		if err != nil {
			return err
		}
		off = rec.next
		switch rec.id {
		case recEOF:
			return nil
		case recFilePass:
			return broken("encrypted", s.name)
		case recDateMode:
			b.Date1904 = len(rec.data) >= 2 && rec.data[0] == 1
		case recBoundSheet:
			err = s.boundSheet(b, rec.data)
		case recSST:
			off, err = s.sst(rec)
		}
		if err != nil {
			return err
		}
	}
}

// boundSheet notes one sheet; charts, macro and dialog sheets hold no rows.
func (s *xlsSource) boundSheet(b *Book, data []byte) error {
	if len(data) < 8 {
		return xlsBroken(s.name, "BOUNDSHEET")
	}
	if data[5]&0x0F != 0 {
		return nil
	}
	if len(b.Sheets) >= s.lim.Sheets {
		return over("too_many_sheets", s.name, s.lim.Sheets)
	}
	p := pieces{list: [][]byte{data[7:]}}
	name, err := p.chars(int(data[6]))
	if err != nil {
		return xlsBroken(s.name, err.Error())
	}
	b.Sheets = append(b.Sheets, Info{Name: name, Hidden: data[4]&3 != 0})
	s.starts = append(s.starts, int(binary.LittleEndian.Uint32(data)&0x7FFFFFFF))
	return nil
}

// sst reads the shared strings and gives the offset behind them.
func (s *xlsSource) sst(rec record) (int, error) {
	p, off, err := s.pieces(rec)
	if err != nil {
		return 0, err
	}
	if len(rec.data) < 8 {
		return 0, xlsBroken(s.name, "SST")
	}
	unique := int(binary.LittleEndian.Uint32(rec.data[4:]))
	if unique > s.lim.SharedStrings {
		return 0, over("shared_too_big", s.name, s.lim.SharedStrings)
	}
	p.at = 8
	total := int64(0)
	for range unique {
		if p.done() {
			break // writers exist that count one too many
		}
		text, err := p.richText()
		if err != nil {
			return 0, xlsBroken(s.name, err.Error())
		}
		if len(text) > s.lim.Cell {
			return 0, over("text_too_big", s.name, s.lim.Cell)
		}
		if total += int64(len(text)); total > s.lim.SharedText {
			return 0, over("shared_too_big", s.name, s.lim.SharedStrings)
		}
		s.table = append(s.table, text)
	}
	return off, nil
}

func (s *xlsSource) rows(ctx context.Context, sheet int, fn func(Row) error) error {
	r := xlsReader{s: s, ctx: ctx}
	if err := r.read(s.starts[sheet]); err != nil {
		return err
	}
	return r.emit(fn)
}
