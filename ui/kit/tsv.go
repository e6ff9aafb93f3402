package kit

import "strings"

// ParseTSV reads what a spreadsheet puts on the clipboard: cells parted by tabs,
// rows by line breaks of any system. A cell that begins with a quotation mark and
// ends with one before a tab, a line break or the end is quoted: tabs and line
// breaks inside belong to it, two marks are one. A mark anywhere else is text.
// Rows may be of different lengths; the break after the last row makes no row.
func ParseTSV(text string) [][]string {
	text = strings.TrimPrefix(text, "\ufeff")
	if text == "" {
		return nil
	}
	var block [][]string
	row := []string{}
	for {
		cell, rest := tsvCell(text)
		row = append(row, cell)
		if strings.HasPrefix(rest, "\t") {
			text = rest[1:]
			continue
		}
		block = append(block, row)
		row = []string{}
		if text = afterBreak(rest); text == "" {
			return block
		}
	}
}

// tsvCell takes the first cell of a text; rest begins with what ended it.
func tsvCell(text string) (cell, rest string) {
	if cell, rest, ok := quotedCell(text); ok {
		return cell, rest
	}
	if end := strings.IndexAny(text, "\t\r\n"); end >= 0 {
		return text[:end], text[end:]
	}
	return text, ""
}

func quotedCell(text string) (cell, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", "", false
	}
	var b strings.Builder
	for rest = text[1:]; ; {
		i := strings.IndexByte(rest, '"')
		if i < 0 {
			return "", "", false
		}
		b.WriteString(rest[:i])
		rest = rest[i+1:]
		if !strings.HasPrefix(rest, `"`) {
			break
		}
		b.WriteByte('"')
		rest = rest[1:]
	}
	return b.String(), rest, rest == "" || strings.ContainsAny(rest[:1], "\t\r\n")
}

func afterBreak(rest string) string {
	if strings.HasPrefix(rest, "\r\n") {
		return rest[2:]
	}
	if rest != "" {
		return rest[1:]
	}
	return ""
}

// FormatTSV writes a block the way a spreadsheet reads it: a cell with a tab or a
// line break inside, or that begins with a quotation mark, is quoted. Each row
// ends with CRLF.
func FormatTSV(block [][]string) string {
	var b strings.Builder
	for _, row := range block {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			if strings.ContainsAny(cell, "\t\r\n") || strings.HasPrefix(cell, `"`) || strings.HasPrefix(cell, "\ufeff") {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		b.WriteString("\r\n")
	}
	return b.String()
}
