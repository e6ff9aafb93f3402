package value

import (
	"math"
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/money"
)

// Sum is what an amount cell says.
type Sum struct {
	Fen      money.Fen // the amount as written, before any refund
	Refunded money.Fen // the part that the same cell calls refunded: 131.77(已退款89.84)
	Present  bool      // false for blank, "-", "--", "——", "/"
	Currency string    // "CNY", "USD", "EUR", "GBP" when the cell has a sign, "" else
}

// Net is the amount less the refunded part.
func (s Sum) Net() money.Fen { return s.Fen - s.Refunded }

// Amount reads an amount of money in every form of FORMATS Q6: ¥1,234.50,
// 598.00元, (12.00), full-width digits, 1.2万, 无退款申请 (0),
// 131.77(已退款89.84), 61.90(已全额退款), a number with float artefacts.
// Errors: Invalid fault.value.not_amount, fault.value.decimals (a third
// decimal), fault.value.precision_lost (1.2E+15), fault.value.refund_over,
// fault.value.no_value, fault.value.excel_error; Limit fault.value.too_large.
func Amount(c sheet.Cell) (Sum, error) {
	s, err := plain(c)
	if err != nil {
		return Sum{}, err
	}
	if c.Num {
		return storedAmount(s)
	}
	if isNone(s) {
		return Sum{}, nil
	}
	if s == "无退款申请" {
		return Sum{Present: true}, nil
	}
	if isExponent(s) {
		return Sum{}, lost(s)
	}
	main, note := cutNote(s)
	out, err := amountText(main)
	if err != nil {
		return Sum{}, asValue(err, s)
	}
	if note == "" {
		return out, nil
	}
	return refunded(out, note, s)
}

// storedAmount is an amount that the file stores as a number.
func storedAmount(s string) (Sum, error) {
	v, ok := stored(s)
	if !ok {
		return Sum{}, refuse(fault.Invalid, "not_amount", s)
	}
	if math.Abs(v) >= exactBelow {
		return Sum{}, refuse(fault.Limit, "too_large", s)
	}
	fen, err := money.Parse(shownByExcel(v))
	if err != nil {
		return Sum{}, asValue(err, s)
	}
	return Sum{Fen: fen, Present: true}, nil
}

// cutNote splits "131.77(已退款89.84)" into the amount and the bracket's text.
func cutNote(s string) (amount, note string) {
	i := strings.IndexByte(s, '(')
	if i <= 0 || !strings.HasSuffix(s, ")") {
		return s, ""
	}
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+1 : len(s)-1])
}

// refunded adds what the bracket says to the amount.
func refunded(out Sum, note, whole string) (Sum, error) {
	switch note {
	case "已全额退款", "全额退款":
		out.Refunded = out.Fen
		return out, nil
	}
	for _, p := range []string{"已退款", "部分退款", "退款", "已退"} {
		rest, ok := strings.CutPrefix(note, p)
		if !ok {
			continue
		}
		back, err := amountText(strings.TrimLeft(rest, ": "))
		if err != nil {
			return Sum{}, asValue(err, whole)
		}
		if back.Fen < 0 || back.Fen > out.Fen {
			return Sum{}, refuse(fault.Invalid, "refund_over", whole)
		}
		out.Refunded = back.Fen
		return out, nil
	}
	return Sum{}, refuse(fault.Invalid, "not_amount", whole)
}

// amountText reads sign, currency, digits and unit in the orders that occur.
func amountText(s string) (Sum, error) {
	out := Sum{Present: true}
	neg := false
	if len(s) > 2 && s[0] == '(' && s[len(s)-1] == ')' { // bookkeepers' minus
		neg, s = true, strings.TrimSpace(s[1:len(s)-1])
		if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") {
			return Sum{}, refuse(fault.Invalid, "not_amount", s)
		}
	}
	s, minus := cutSign(s)
	s, out.Currency = cutCurrency(s)
	if !minus {
		s, minus = cutSign(s)
	}
	s, zeros := cutUnit(s, &out)
	s, err := shift(s, zeros)
	if err != nil {
		return Sum{}, err
	}
	if s == "" || s[0] == '-' || s[0] == '+' || strings.HasPrefix(s, "−") {
		return Sum{}, refuse(fault.Invalid, "not_amount", s)
	}
	out.Fen, err = money.Parse(s)
	if err != nil {
		return Sum{}, err
	}
	if neg != minus {
		out.Fen = -out.Fen
	}
	return out, nil
}

// cutSign takes one leading sign off and tells a minus.
func cutSign(s string) (rest string, minus bool) {
	for _, m := range []string{"-", "−", "﹣"} {
		if t, ok := strings.CutPrefix(s, m); ok {
			return strings.TrimSpace(t), true
		}
	}
	return strings.TrimSpace(strings.TrimPrefix(s, "+")), false
}

// cutCurrency takes a leading currency sign off.
func cutCurrency(s string) (rest, currency string) {
	for _, p := range [][2]string{
		{"¥", "CNY"},
		{"人民币", "CNY"},
		{"RMB", "CNY"},
		{"CNY", "CNY"},
		{"US$", "USD"},
		{"$", "USD"},
		{"€", "EUR"},
		{"£", "GBP"},
	} {
		if t, ok := strings.CutPrefix(s, p[0]); ok {
			return strings.TrimSpace(t), p[1]
		}
	}
	return s, ""
}

// cutUnit takes 元, 万, 亿 off the end and gives the power of ten.
func cutUnit(s string, out *Sum) (rest string, zeros int) {
	if t, ok := strings.CutSuffix(s, "元"); ok {
		s = strings.TrimSpace(t)
		out.Currency = "CNY"
	}
	if t, ok := strings.CutSuffix(s, "万"); ok {
		return strings.TrimSpace(t), 4
	}
	if t, ok := strings.CutSuffix(s, "亿"); ok {
		return strings.TrimSpace(t), 8
	}
	return s, 0
}

// shift moves the decimal point to the right without arithmetic.
func shift(s string, zeros int) (string, error) {
	if zeros == 0 {
		return s, nil
	}
	whole, frac, _ := strings.Cut(s, ".")
	if whole+frac == "" || frac != "" && !allDigits(frac) {
		return "", refuse(fault.Invalid, "not_amount", s)
	}
	for len(frac) < zeros {
		frac += "0"
	}
	if strings.Contains(whole, ",") {
		if _, err := money.Parse(whole); err != nil { // the commas must group thousands
			return "", err
		}
		whole = strings.ReplaceAll(whole, ",", "")
	}
	return whole + frac[:zeros] + "." + frac[zeros:], nil
}

// asValue turns a fault of money.Parse into one of this package that shows the
// whole cell.
func asValue(err error, whole string) error {
	switch fault.Key(err) {
	case "fault.money.decimals":
		return refuse(fault.Invalid, "decimals", whole)
	case "fault.money.too_large":
		return refuse(fault.Limit, "too_large", whole)
	case "fault.value.refund_over":
		return err
	}
	return refuse(fault.Invalid, "not_amount", whole)
}

// Percent reads a rate such as "4.2%", "12" (with a percent sign in the column's
// name) into basis points; present is false for none. A numeric cell stores the
// fraction (0.042).
// Errors: Invalid fault.value.not_percent, fault.value.decimals and as Amount.
func Percent(c sheet.Cell) (rate money.BP, present bool, err error) {
	s, err := plain(c)
	if err != nil {
		return 0, false, err
	}
	if !c.Num && isNone(s) {
		return 0, false, nil
	}
	if c.Num {
		v, ok := stored(s)
		if !ok || math.Abs(v) > 1e4 {
			return 0, false, refuse(fault.Invalid, "not_percent", s)
		}
		return money.BP(math.Round(v * 1e4)), true, nil
	}
	fen, err := money.Parse(strings.TrimSpace(strings.TrimSuffix(s, "%")))
	if err != nil || fen > 1e8 || fen < -1e8 {
		return 0, false, refuse(fault.Invalid, "not_percent", s)
	}
	return money.BP(fen), true, nil // a percent's hundredth is a basis point
}
