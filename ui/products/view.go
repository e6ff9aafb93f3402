package products

import (
	"strconv"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
)

// query asks for the SKUs of a chip.
func query(q kit.Query) core.Query {
	out := core.Query{Search: q.Search, Page: q.Page, Totals: true}
	if q.Chip != chipAll {
		out.Chip = q.Chip
	}
	return out
}

// name is title and variant of a SKU.
func name(r core.SKURow) string { return strings.TrimSpace(r.Title + " " + r.Spec) }

// weight is grams, a dash for what nobody weighed.
func weight(g int64) string {
	if g == 0 {
		return i18n.Dash
	}
	return i18n.Weight(g)
}

// counted is one "CODE×6" of a list; without ×n it is one.
type counted struct {
	code string
	n    int64
}

// parseCounted reads "6901234567892, 16901234567899×6".
// Errors: Invalid fault.products.list under the field.
func parseCounted(text, field string) ([]counted, error) {
	var list []counted
	for _, piece := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '，' || r == '、' || r == '\n' }) {
		code, times, several := strings.Cut(strings.NewReplacer("*", "×", "x", "×").Replace(strings.TrimSpace(piece)), "×")
		c := counted{code: strings.TrimSpace(code), n: 1}
		if several {
			n, err := strconv.ParseInt(strings.TrimSpace(times), 10, 64)
			if err != nil || n <= 0 {
				return nil, badList(piece, field)
			}
			c.n = n
		}
		if c.code == "" {
			return nil, badList(piece, field)
		}
		list = append(list, c)
	}
	return list, nil
}

func badList(piece, field string) error {
	return fault.New(fault.Invalid, "fault.products.list", "text", strings.TrimSpace(piece)).Field(field, "fault.products.list")
}

// barcodesText writes barcodes as parseCounted reads them.
func barcodesText(list []domain.Barcode) string {
	var parts []string
	for _, b := range list {
		parts = append(parts, times(b.Code, b.PackQty))
	}
	return strings.Join(parts, ", ")
}

func times(code string, n int64) string {
	if n == 1 {
		return code
	}
	return code + "×" + strconv.FormatInt(n, 10)
}
