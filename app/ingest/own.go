package ingest

import (
	"regexp"
	"strconv"
	"strings"

	"zhanggui/app/ingest/sheet"
	"zhanggui/app/ingest/value"
	"zhanggui/app/money"
)

// Our own product list and opening stock, in Chinese and English: the program
// writes the templates (template.go), people fill them in, the inbox reads them.

// productList is one row per SKU. The first name of a column is the Chinese
// header of the template, the second the English one; a test holds them equal.
func productList() *Layout {
	return &Layout{
		Key: "products", Kind: KindProducts, Group: GroupRow, Marks: 3,
		Columns: []Column{
			{Field: FSKUCode, Names: names("规格编码,SKU code,SKU编码"), Required: true, Mark: true},
			{Field: FTitle, Names: names("商品名称,Product name"), Required: true},
			{Field: FProduct, Names: names("商品编码,Product code"), Mark: true},
			{Field: FSpec, Names: names("规格,Variant,规格名称")},
			{Field: FBrand, Names: names("品牌,Brand")},
			{Field: FCategory, Names: names("类目,Category,分类")},
			{Field: FPrice, Names: names("售价,Price,零售价")},
			{Field: FCost, Names: names("成本价,Cost,成本")},
			{Field: FWeight, Names: names("重量(克),Weight (g),重量"), Mark: true},
			{Field: FBin, Names: names("货位,Bin")},
			{Field: FBarcodes, Names: names("条码,Barcodes,条形码")},
			{Field: FParts, Names: names("组合明细,Kit parts"), Mark: true},
			{Field: FCodes, Names: names("渠道编码,Channel codes"), Mark: true},
		},
	}
}

// openingStock is one row per SKU and bin; the value is that of all pieces.
func openingStock() *Layout {
	return &Layout{
		Key: "opening", Kind: KindOpening, Group: GroupRow, Marks: 2,
		Columns: []Column{
			{Field: FSKUCode, Names: names("规格编码,SKU code,SKU编码"), Required: true, Mark: true},
			{Field: FQty, Names: names("期初数量,Opening quantity"), Required: true, Mark: true},
			{Field: FValue, Names: names("期初金额(总值),Opening value (total),期初金额"), Mark: true},
			{Field: FUnitCost, Names: names("单位成本,Unit cost"), Mark: true},
			{Field: FBin, Names: names("货位,Bin")},
		},
	}
}

// product reads one SKU.
func (rd *reader) product(r *row) {
	r.readAmounts()
	rd.count(r, nil)
	p := ProductDraft{
		Row: r.n, SKUCode: r.id(FSKUCode), Title: r.text(FTitle), ProductCode: r.id(FProduct), Spec: r.text(FSpec),
		Brand: r.text(FBrand), Category: r.text(FCategory), PriceFen: r.sum(FPrice), CostFen: r.sum(FCost),
		HasCost: r.present(FCost), Bin: r.text(FBin), WeightG: r.weight(),
		Barcodes: r.barcodes(), Parts: r.kitParts(), Codes: r.channelCodes(),
	}
	if p.SKUCode == "" {
		r.fail(valueMissing, rd.p.name(FSKUCode), "")
	}
	if p.Title == "" {
		r.fail(valueMissing, rd.p.name(FTitle), "")
	}
	for f, v := range map[Field]fen{FPrice: p.PriceFen, FCost: p.CostFen} {
		if v < 0 {
			r.fail(negativeSum, rd.p.name(f), v.String())
		}
	}
	rd.unique(r, p.SKUCode)
	if r.err != nil {
		rd.stray(r, p.SKUCode)
		return
	}
	rd.file.Products = append(rd.file.Products, p)
}

// opening reads the opening stock of one SKU in one bin.
func (rd *reader) opening(r *row) {
	r.readAmounts()
	rd.count(r, nil)
	o := OpeningDraft{Row: r.n, SKUCode: r.id(FSKUCode), Bin: r.text(FBin), ValueFen: r.sum(FValue)}
	if o.SKUCode == "" {
		r.fail(valueMissing, rd.p.name(FSKUCode), "")
	}
	q, ok := r.qty(FQty)
	if !ok {
		r.fail(valueMissing, rd.p.name(FQty), "")
	}
	if q < 0 {
		r.fail(negativeQty, rd.p.name(FQty), strconv.FormatInt(q, 10))
	}
	o.Qty = q
	if !r.present(FValue) && r.present(FUnitCost) {
		v, err := money.Mul(r.sum(FUnitCost), q)
		if err != nil || magnitude(v) > money.Max {
			r.fail(badAmount, rd.p.name(FUnitCost), r.sum(FUnitCost).String())
		}
		o.ValueFen = v
	}
	if o.ValueFen < 0 {
		r.fail(negativeSum, rd.p.name(FValue), o.ValueFen.String())
	}
	rd.unique(r, o.SKUCode+"\x1f"+o.Bin)
	if r.err != nil {
		rd.stray(r, o.SKUCode)
		return
	}
	rd.file.Opening = append(rd.file.Opening, o)
	for _, k := range rd.p.byField[FValue] {
		if t := rd.totals[rd.p.amounts[k].name]; t != nil {
			t.Accepted += r.amounts[k]
		}
	}
}

// unique refuses the second row of one code; which of them is right only a
// person knows.
func (rd *reader) unique(r *row, code string) {
	if strings.Trim(code, "\x1f") == "" {
		return
	}
	if other, twice := rd.skus[code]; twice {
		r.fail(codeTwice, rd.p.name(FSKUCode), strings.TrimRight(strings.ReplaceAll(code, "\x1f", " "), " "), "other", other)
		return
	}
	rd.skus[code] = r.n
}

// present tells that an amount cell holds something.
func (r *row) present(f Field) bool {
	i, ok := r.filled(f)
	if !ok {
		return false
	}
	s, err := value.Amount(r.cell(i))
	return err == nil && s.Present
}

var weightForm = regexp.MustCompile(`^(\d{1,7})(?:\.(\d{1,3}))?\s*(g|克|kg|千克|公斤)?$`)

// weight reads grams: 350, 350g, 0.35kg.
func (r *row) weight() int64 {
	i, ok := r.filled(FWeight)
	if !ok {
		return 0
	}
	t := strings.ToLower(strings.TrimSpace(value.Text(r.cell(i))))
	m := weightForm.FindStringSubmatch(t)
	if m == nil {
		r.fail(badWeight, r.column(i), t)
		return 0
	}
	whole, _ := strconv.ParseInt(m[1], 10, 64) // at most seven digits
	frac, _ := strconv.ParseInt((m[2] + "000")[:3], 10, 64)
	switch m[3] {
	case "kg", "千克", "公斤":
		return whole*1000 + frac
	}
	if frac != 0 {
		r.fail(badWeight, r.column(i), t)
	}
	return whole
}

// list splits a cell of several entries at ";" (any width) or line ends.
func (r *row) list(f Field) (parts []string, column, raw string) {
	i, ok := r.filled(f)
	if !ok {
		return nil, "", ""
	}
	c := r.cell(i)
	if c.Num { // a single barcode stored as a number
		id := r.idAt(i)
		return []string{id}, r.column(i), c.Text
	}
	raw = value.Text(c)
	return trimmed(strings.FieldsFunc(raw, func(c rune) bool { return c == ';' || c == '；' || c == '\n' })), r.column(i), raw
}

// starred reads "CODE*6"; without a star it is one piece.
func starred(s string) (code string, n int64, ok bool) {
	code, count, star := strings.Cut(strings.NewReplacer("×", "*", "＊", "*").Replace(s), "*")
	id, err := value.ID(sheet.Cell{Text: code})
	if err != nil || id == "" {
		return "", 0, false
	}
	if !star {
		return id, 1, true
	}
	n, err = strconv.ParseInt(strings.TrimSpace(count), 10, 32)
	return id, n, err == nil && n > 0
}

// barcodes reads "6901234567892;6901234567908*6": the star is the pack quantity.
func (r *row) barcodes() []BarcodeDraft {
	parts, column, raw := r.list(FBarcodes)
	var out []BarcodeDraft
	for _, p := range parts {
		code, n, ok := starred(p)
		if !ok {
			r.fail(badBarcode, column, raw)
			return nil
		}
		out = append(out, BarcodeDraft{Code: strings.Clone(code), PackQty: n})
	}
	return out
}

// kitParts reads the parts of a kit: "TEA-01*2;CUP-02".
func (r *row) kitParts() []PartDraft {
	parts, column, raw := r.list(FParts)
	var out []PartDraft
	for _, p := range parts {
		code, n, ok := starred(p)
		if !ok || code == r.id(FSKUCode) {
			r.fail(badParts, column, raw)
			return nil
		}
		out = append(out, PartDraft{SKUCode: strings.Clone(code), Qty: n})
	}
	return out
}

// channelCodes reads the SKU's codes on channels: "tmall:ABC-1;jd:9001".
func (r *row) channelCodes() []CodeDraft {
	parts, column, raw := r.list(FCodes)
	var out []CodeDraft
	for _, p := range parts {
		channel, code, ok := strings.Cut(strings.NewReplacer("：", ":", "=", ":").Replace(p), ":")
		channel, code = strings.ToLower(strings.TrimSpace(channel)), strings.TrimSpace(code)
		if !ok || channel == "" || code == "" {
			r.fail(badCodes, column, raw)
			return nil
		}
		out = append(out, CodeDraft{Channel: strings.Clone(channel), Code: strings.Clone(code)})
	}
	return out
}
