package reports

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"

	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Encoding is how a csv file spells its characters.
type Encoding uint8

// The encodings of csv files.
const (
	UTF8    Encoding = iota // with a byte order mark, so that Excel knows
	GB18030                 // for programs that expect Chinese Windows files
)

// CSV writes the table with commas, CRLF and quotes where needed. Numbers are
// plain ("1234.50"), texts that a spreadsheet would run as a formula get a "'"
// in front (QUALITY R22). Title and note are left out: the header is line 1.
// Errors: what w returns.
func (t *Table) CSV(w io.Writer, enc Encoding) error {
	out := bufio.NewWriterSize(w, 1<<16)
	var close func() error
	switch enc {
	case GB18030:
		e := encoding.ReplaceUnsupported(simplifiedchinese.GB18030.NewEncoder()).Writer(out)
		buffered := bufio.NewWriterSize(e, 1<<15)
		if err := t.csv(buffered); err != nil {
			return err
		}
		close = buffered.Flush
	default:
		if _, err := out.WriteString("\uFEFF"); err != nil {
			return err
		}
		if err := t.csv(out); err != nil {
			return err
		}
	}
	if close != nil {
		if err := close(); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (t *Table) csv(out *bufio.Writer) error {
	var line []byte
	for i, c := range t.Columns {
		line = appendField(line, i, harmless(c.Title))
	}
	if err := writeLine(out, line); err != nil {
		return err
	}
	row := func(_ int, cells []Cell) error {
		line = line[:0]
		for i, c := range t.Columns {
			if i > 0 {
				line = append(line, ',')
			}
			if i < len(cells) && cells[i].full {
				line = appendCell(line, c.Type, cells[i])
			}
		}
		return writeLine(out, line)
	}
	if err := t.each(row); err != nil {
		return err
	}
	if t.Totals != nil {
		return row(0, t.Totals)
	}
	return nil
}

func writeLine(out *bufio.Writer, line []byte) error {
	if _, err := out.Write(line); err != nil {
		return err
	}
	_, err := out.WriteString("\r\n")
	return err
}

// appendCell adds one value. A text in a typed column (the label of a total)
// stays a text.
func appendCell(line []byte, typ Type, c Cell) []byte {
	if c.text != "" && typ != TypeDay {
		return appendText(line, harmless(c.text))
	}
	switch typ {
	case TypeMoney:
		return appendHundredths(line, c.n)
	case TypePercent:
		return append(appendHundredths(line, c.n), '%')
	case TypeDay:
		return append(line, c.text...)
	case TypeTime:
		return append(line, when.Millis(c.n).String()...)
	}
	return strconv.AppendInt(line, c.n, 10)
}

// appendHundredths prints n/100 with two decimals, exact.
func appendHundredths(line []byte, n int64) []byte { return append(line, money.Fen(n).String()...) }

func appendField(line []byte, at int, s string) []byte {
	if at > 0 {
		line = append(line, ',')
	}
	return appendText(line, s)
}

// appendText adds a text, in quotes when it holds what a csv reader would take
// for structure, or blanks at its ends that some readers cut.
func appendText(line []byte, s string) []byte {
	if !strings.ContainsAny(s, ",\"\r\n\x00") && s == strings.TrimSpace(s) {
		return append(line, s...)
	}
	line = append(line, '"')
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			line = append(line, '"')
		}
		line = append(line, s[i])
	}
	return append(line, '"')
}

// harmless puts "'" before a text that a spreadsheet would run or drop: one
// that begins with = + - @ (also full-width, which Chinese Excel runs too), TAB,
// line end or NUL. A real number keeps its sign.
func harmless(s string) string {
	if s == "" {
		return s
	}
	switch s[0] {
	case '=', '@', '\t', '\r', '\n', 0:
		return "'" + s
	case '+', '-':
		if isNumber(s[1:]) {
			return s
		}
		return "'" + s
	}
	for _, wide := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, wide) {
			return "'" + s
		}
	}
	return s
}

// isNumber tells whether s is digits with at most one point between them.
func isNumber(s string) bool {
	whole, frac, point := strings.Cut(s, ".")
	digits := func(t string) bool { return t != "" && strings.Trim(t, "0123456789") == "" }
	return digits(whole) && (!point || digits(frac))
}
