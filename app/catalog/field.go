package catalog

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/money"
)

// Field is a plain attribute of a SKU or its product that people change like the
// cell of a table. Its name in a language is field.<code>.
type Field string

// The fields. Title, brand and category belong to the product: all its SKUs have them.
const (
	FieldTitle    Field = "title"
	FieldBrand    Field = "brand"
	FieldCategory Field = "category"
	FieldSpec     Field = "spec"
	FieldPrice    Field = "price"
	FieldWeight   Field = "weight"
	FieldBin      Field = "bin"
	FieldBarcode  Field = "barcode"
)

// OfProduct tells whether the field belongs to the product.
func (f Field) OfProduct() bool {
	return f == FieldTitle || f == FieldBrand || f == FieldCategory
}

// Known tells whether it is one of the fields.
func (f Field) Known() bool {
	switch f {
	case FieldTitle, FieldBrand, FieldCategory, FieldSpec, FieldPrice, FieldWeight, FieldBin, FieldBarcode:
		return true
	}
	return false
}

// weightLimit is ten tonnes in grams: more is a slip of the pen.
const weightLimit = 10_000_000

// Form gives the one form of a value as people write it: an amount with two
// decimals, grams, barcodes by pack "6901…, 1690…×12". No price and no weight are "".
// Errors: Invalid with a sentence that says what to write; Limit.
func (f Field) Form(text string) (string, error) {
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
	switch f {
	case FieldPrice:
		v, err := priceOf(text)
		return priceText(v), err
	case FieldWeight:
		g, err := gramsOf(text)
		return gramsText(g), err
	case FieldBarcode:
		list, err := barcodesOf(text)
		return barcodesText(list), err
	case FieldTitle:
		if text == "" {
			return "", fault.New(fault.Invalid, "fault.catalog.no_title")
		}
	}
	if utf8.RuneCountInString(text) > textLimit {
		return text, fault.New(fault.Limit, "fault.catalog.long", "limit", textLimit)
	}
	return text, nil
}

// Of is the stored value of a SKU and its product, in the form of Form.
func (f Field) Of(s *domain.SKU, p *domain.Product) string {
	switch f {
	case FieldTitle:
		return p.Title
	case FieldBrand:
		return p.Brand
	case FieldCategory:
		return p.Category
	case FieldSpec:
		return s.Spec
	case FieldPrice:
		return priceText(s.PriceFen)
	case FieldWeight:
		return gramsText(s.WeightG)
	case FieldBin:
		return s.Bin
	case FieldBarcode:
		return barcodesText(s.Barcodes)
	}
	return ""
}

// OfRow is Of for a row of the product list.
func (f Field) OfRow(r core.SKURow) string {
	if f == FieldBarcode {
		list, err := barcodesOf(r.Barcodes)
		if err != nil { // a barcode of old with a sign that parts them
			return r.Barcodes
		}
		return barcodesText(list)
	}
	return f.Of(&domain.SKU{Spec: r.Spec, PriceFen: r.PriceFen, WeightG: r.WeightG, Bin: r.Bin},
		&domain.Product{Title: r.Title, Brand: r.Brand, Category: r.Category})
}

// set writes a value that Form has passed.
func (f Field) set(s *domain.SKU, p *domain.Product, text string) {
	switch f {
	case FieldTitle:
		p.Title = text
	case FieldBrand:
		p.Brand = text
	case FieldCategory:
		p.Category = text
	case FieldSpec:
		s.Spec = text
	case FieldPrice:
		s.PriceFen, _ = priceOf(text)
	case FieldWeight:
		s.WeightG, _ = gramsOf(text)
	case FieldBin:
		s.Bin = text
	case FieldBarcode:
		s.Barcodes, _ = barcodesOf(text)
	}
}

func priceOf(text string) (money.Fen, error) {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(text, "¥"), "￥"))
	if text == "" {
		return 0, nil
	}
	v, err := money.Parse(text)
	if err == nil && v < 0 {
		err = fault.New(fault.Invalid, "fault.catalog.price_negative", "value", text)
	}
	return v, err
}

func priceText(v money.Fen) string {
	if v == 0 {
		return ""
	}
	return v.String()
}

// weightForm takes grams, or kilograms with up to three decimals.
var weightForm = regexp.MustCompile(`^([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,3}))?\s*(g|克|kg|千克|公斤)?$`)

func gramsOf(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	bad := fault.New(fault.Invalid, "fault.catalog.weight_form", "value", text)
	m := weightForm.FindStringSubmatch(strings.ToLower(text))
	if m == nil {
		return 0, bad
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(m[1], ",", ""), 10, 64)
	if err != nil || n > weightLimit {
		return 0, bad
	}
	switch unit := m[3]; {
	case unit == "kg" || unit == "千克" || unit == "公斤":
		part, _ := strconv.ParseInt((m[2] + "000")[:3], 10, 64)
		n = n*1000 + part
	case strings.Trim(m[2], "0") != "": // a part of a gram
		return 0, bad
	}
	if n > weightLimit {
		return 0, bad
	}
	return n, nil
}

func gramsText(g int64) string {
	if g == 0 {
		return ""
	}
	return strconv.FormatInt(g, 10)
}

var (
	barcodeBreak = regexp.MustCompile(`\s*[,，;；、\n]\s*`)
	barcodePack  = regexp.MustCompile(`^(.*?)\s*[×*＊]\s*([0-9]{1,6})$`)
	scientific   = regexp.MustCompile(`^[0-9](\.[0-9]+)?[eE]\+?[0-9]{1,2}$`)
)

// barcodesOf reads "6901234567892, 16901234567899×12": a code alone stands for one unit.
func barcodesOf(text string) ([]domain.Barcode, error) {
	var list []domain.Barcode
	for _, part := range barcodeBreak.Split(strings.TrimSpace(text), -1) {
		if part == "" {
			continue
		}
		b := domain.Barcode{Code: part, PackQty: 1}
		if m := barcodePack.FindStringSubmatch(part); m != nil {
			n, err := strconv.ParseInt(m[2], 10, 64)
			if err != nil || n < 1 || m[1] == "" {
				return nil, fault.New(fault.Invalid, "fault.catalog.barcode_form", "value", part)
			}
			b = domain.Barcode{Code: m[1], PackQty: n}
		}
		if scientific.MatchString(b.Code) {
			return nil, fault.New(fault.Invalid, "fault.catalog.barcode_science", "value", part)
		}
		list = append(list, b)
	}
	if len(list) > barcodesLimit {
		return nil, fault.New(fault.Limit, "fault.catalog.barcodes_many", "limit", barcodesLimit)
	}
	if twice(list, func(b domain.Barcode) string { return domain.NormalCode(b.Code) }) {
		return nil, fault.New(fault.Invalid, "fault.catalog.barcode_repeated", "value", text)
	}
	return list, nil
}

func barcodesText(list []domain.Barcode) string {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b domain.Barcode) int {
		if a.PackQty != b.PackQty {
			return int(min(1, max(-1, a.PackQty-b.PackQty)))
		}
		return strings.Compare(domain.NormalCode(a.Code), domain.NormalCode(b.Code))
	})
	texts := make([]string, len(list))
	for i, b := range list {
		texts[i] = b.Code
		if b.PackQty != 1 {
			texts[i] += "×" + strconv.FormatInt(b.PackQty, 10)
		}
	}
	return strings.Join(texts, ", ")
}
