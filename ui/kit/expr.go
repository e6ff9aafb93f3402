package kit

import (
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/money"
)

// evalMoney works out an amount as it is typed: a plain amount or a sum like
// 12*3+5, (9.9+2)*3, 100-20%. Numbers are amounts; in a product or quotient one
// side must be a plain whole number or rate. All in whole numbers: a value is
// kept in 1/1,000,000 of the unit and rounded half away from zero to fen once, at
// the end. Errors: Invalid fault.kit.expression, Limit fault.money.too_large.
func evalMoney(s string) (money.Fen, error) {
	s = narrow(s)
	if strings.ContainsAny(s, "+*/()%×÷") || strings.LastIndexByte(s, '-') > 0 {
		v, err := evalMicro(s)
		if err != nil {
			return 0, err
		}
		return microFen(v), nil
	}
	return money.Parse(s)
}

// evalQty works out a count in the same way; the result must be whole.
func evalQty(s string) (int64, error) {
	v, err := evalMicro(narrow(s))
	if err != nil {
		return 0, err
	}
	if v%micro != 0 {
		return 0, fault.New(fault.Invalid, "fault.kit.not_whole", "value", s)
	}
	return v / micro, nil
}

const (
	micro    = 1_000_000
	microMax = int64(money.Max) / 100 * micro / 1000 // amounts up to 10^8 units with 6 decimals, far inside int64
)

func microFen(v int64) money.Fen {
	half := int64(micro / 200)
	if v < 0 {
		half = -half
	}
	return money.Fen((v + half) / (micro / 100))
}

// narrow turns full-width digits and signs into ASCII and drops blanks and
// thousands commas: what a Chinese keyboard or a scanner in the wrong mode gives.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '　':
			r = ' '
		case r == '−':
			r = '-'
		case r == '×':
			r = '*'
		case r == '÷':
			r = '/'
		case r == '。':
			r = '.'
		}
		if r == ' ' || r == ',' || r == '¥' || r == '￥' {
			return -1
		}
		return r
	}, s)
}

// evalMicro is a recursive descent over + - * / ( ) and a trailing %.
func evalMicro(s string) (int64, error) {
	p := &exprParser{s: s}
	v, ok := p.sum()
	if p.big {
		return 0, fault.New(fault.Limit, "fault.money.too_large", "value", s)
	}
	if !ok || p.at != len(s) || s == "" {
		return 0, fault.New(fault.Invalid, "fault.kit.expression", "value", s)
	}
	return v, nil
}

type exprParser struct {
	s     string
	at    int
	depth int
	big   bool // a step left the range
}

func (p *exprParser) next() byte {
	if p.at < len(p.s) {
		return p.s[p.at]
	}
	return 0
}

func (p *exprParser) limit(v int64) (int64, bool) {
	if v > microMax || v < -microMax {
		p.big = true
		return 0, false
	}
	return v, true
}

func (p *exprParser) sum() (int64, bool) {
	v, ok := p.product()
	for ok {
		op := p.next()
		if op != '+' && op != '-' {
			return v, true
		}
		p.at++
		var w int64
		if w, ok = p.product(); !ok {
			return 0, false
		}
		if p.next() == '%' { // 100-20% takes 20 % of what stands before it
			p.at++
			if w, ok = p.scale(v, w, 100*micro); !ok {
				return 0, false
			}
		}
		if op == '-' {
			w = -w
		}
		v, ok = p.limit(v + w)
	}
	return 0, false
}

func (p *exprParser) product() (int64, bool) {
	v, ok := p.atom()
	for ok {
		op := p.next()
		if op != '*' && op != '/' {
			return v, true
		}
		p.at++
		var w int64
		if w, ok = p.atom(); !ok {
			return 0, false
		}
		if p.next() == '%' {
			p.at++
			w /= 100
		}
		if op == '*' {
			v, ok = p.scale(v, w, micro)
		} else if w == 0 {
			ok = false
		} else {
			if w < 0 {
				v, w = -v, -w
			}
			v, ok = p.scale(v, micro, w)
		}
	}
	return 0, false
}

// scale is v*w/div rounded half away from zero, without overflow.
func (p *exprParser) scale(v, w, div int64) (int64, bool) {
	r, err := money.MulDiv(money.Fen(v), w, div)
	if err != nil {
		p.big = true
		return 0, false
	}
	return p.limit(int64(r))
}

func (p *exprParser) atom() (int64, bool) {
	switch c := p.next(); {
	case c == '-':
		p.at++
		v, ok := p.atom()
		return -v, ok
	case c == '+':
		p.at++
		return p.atom()
	case c == '(':
		if p.depth++; p.depth > 20 { // nobody types so many; keeps the stack small
			return 0, false
		}
		p.at++
		v, ok := p.sum()
		if !ok || p.next() != ')' {
			return 0, false
		}
		p.at++
		p.depth--
		return v, true
	}
	return p.number()
}

func (p *exprParser) number() (int64, bool) {
	start, decimals, seenPoint := p.at, 0, false
	var v int64
	for ; p.at < len(p.s); p.at++ {
		c := p.s[p.at]
		if c == '.' && !seenPoint {
			seenPoint = true
			continue
		}
		if c < '0' || c > '9' {
			break
		}
		if seenPoint {
			if decimals == 6 {
				return 0, false
			}
			decimals++
		}
		if v = v*10 + int64(c-'0'); v > microMax {
			p.big = true
			return 0, false
		}
	}
	if p.at == start || (seenPoint && p.at == start+1) {
		return 0, false
	}
	for ; decimals < 6; decimals++ {
		var ok bool
		if v, ok = p.limit(v * 10); !ok {
			return 0, false
		}
	}
	return v, true
}
