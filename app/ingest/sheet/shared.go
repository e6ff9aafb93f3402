package sheet

import "unicode/utf8"

// sharedBlock is how many bytes of shared strings become one Go string; the
// strings are cut out of it, so a million of them cost a few hundred allocations.
const sharedBlock = 64 << 10

// loadShared reads the table of shared strings once.
// Errors: Limit fault.sheet.shared_too_big, fault.sheet.text_too_big; Invalid
// fault.sheet.part_broken.
func (s *xlsxSource) loadShared() error {
	if s.loaded || s.shared == "" || !s.a.has(s.shared) {
		return nil
	}
	p, err := s.a.open(s.shared)
	if err != nil {
		return err
	}
	defer p.close()
	r := sharedReader{x: newXMLScan(p), p: p, src: s}
	if err := r.read(); err != nil {
		return err
	}
	s.table, s.loaded = r.table, true
	return p.drain()
}

// sharedReader builds the table.
type sharedReader struct {
	x     *xmlScan
	p     *partReader
	src   *xlsxSource
	table []string
	block []byte
	spans []span
	total int64
}

func (r *sharedReader) read() error {
	inText, phonetic, from := false, false, 0
	for {
		tok, err := r.x.next()
		if err != nil {
			return r.p.explain(err)
		}
		switch tok {
		case tokEOF:
			return r.flush()
		case tokText:
			if inText && !phonetic {
				if r.block, err = appendText(r.block, r.x); err != nil {
					return r.p.explain(err)
				}
			}
			if len(r.block)-from > r.src.a.lim.Cell {
				return over("text_too_big", r.src.a.name, r.src.a.lim.Cell)
			}
			continue
		}
		open := tok == tokStart && !r.x.self
		switch string(r.x.name) {
		case "t":
			inText = open
		case "rPh":
			phonetic = open
		case "si":
			if tok == tokStart {
				from = len(r.block)
			}
			if tok == tokEnd || r.x.self {
				if err := r.add(from); err != nil {
					return err
				}
				from = len(r.block)
			}
		}
	}
}

// appendText appends a text piece with its references resolved.
func appendText(dst []byte, x *xmlScan) ([]byte, error) {
	if x.cdata {
		return append(dst, x.text...), nil
	}
	return unescape(dst, x.text)
}

// add closes one string.
func (r *sharedReader) add(from int) error {
	r.block = unescapeExcel(r.block, from)
	lim := r.src.a.lim
	r.total += int64(len(r.block) - from)
	if r.total > lim.SharedText || len(r.table)+len(r.spans) >= lim.SharedStrings {
		return over("shared_too_big", r.src.a.name, lim.SharedStrings)
	}
	r.spans = append(r.spans, span{from, len(r.block)})
	if len(r.block) < sharedBlock {
		return nil
	}
	return r.flush()
}

func (r *sharedReader) flush() error {
	if !utf8.Valid(r.block) {
		return broken("part_broken", r.src.a.name, "part", r.p.part)
	}
	text := string(r.block)
	for _, s := range r.spans {
		r.table = append(r.table, text[s.from:s.to])
	}
	r.block, r.spans = r.block[:0], r.spans[:0]
	return nil
}
