package ingest

import (
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/money"
)

// Rate turns the file's currency into the shop's: one unit of the file's is
// Num ÷ Den units of the shop's. The zero Rate means that none was given.
type Rate struct{ Num, Den int64 }

// ParseRate reads a rate such as "7.8123"; up to eight decimals.
// Errors: Invalid fault.ingest.rate.
func ParseRate(s string) (Rate, error) {
	whole, frac, _ := strings.Cut(strings.TrimSpace(s), ".")
	if len(frac) > 8 || len(whole) > 6 || whole+frac == "" {
		return Rate{}, fault.New(fault.Invalid, "fault.ingest.rate", "value", s)
	}
	r := Rate{Den: 1}
	for _, c := range whole + frac {
		if c < '0' || c > '9' {
			return Rate{}, fault.New(fault.Invalid, "fault.ingest.rate", "value", s)
		}
		r.Num = r.Num*10 + int64(c-'0')
	}
	for range frac {
		r.Den *= 10
	}
	if r.Num == 0 {
		return Rate{}, fault.New(fault.Invalid, "fault.ingest.rate", "value", s)
	}
	return r, nil
}

func (r Rate) zero() bool { return r.Num == 0 || r.Den == 0 }

// checkCurrency refuses the file as soon as it names a currency that is not the
// shop's and no rate was given (DECIDED 5).
func (rd *reader) checkCurrency() error {
	have, want := rd.file.Currency, rd.opt.ShopCurrency
	if have == "" || want == "" || have == want || !rd.opt.Rate.zero() {
		return nil
	}
	return fault.New(fault.Invalid, "fault.ingest.currency", "file", rd.file.Name, "currency", have, "shop", want)
}

// convert turns the drafts into the shop's currency. The lines of an order are
// converted by running totals, so that they add up to the converted sum.
func (rd *reader) convert() error {
	have, want := rd.file.Currency, rd.opt.ShopCurrency
	c := converter{rate: rd.opt.Rate}
	foreign := have != "" && want != "" && have != want
	for i := range rd.file.Orders {
		o := &rd.file.Orders[i]
		o.Currency = have
		if foreign {
			o.Currency = want
			c.order(o)
		}
	}
	if foreign {
		for i := range rd.file.Products {
			c.all(&rd.file.Products[i].PriceFen, &rd.file.Products[i].CostFen)
		}
		for i := range rd.file.Opening {
			c.all(&rd.file.Opening[i].ValueFen)
		}
	}
	return fault.Wrap(c.err, "rate")
}

type converter struct {
	rate Rate
	err  error
}

func (c *converter) one(f money.Fen) money.Fen {
	v, err := money.MulDiv(f, c.rate.Num, c.rate.Den)
	if err != nil && c.err == nil {
		c.err = err
	}
	return v
}

func (c *converter) all(list ...*money.Fen) {
	for _, f := range list {
		*f = c.one(*f)
	}
}

func (c *converter) order(o *OrderDraft) {
	c.all(&o.GoodsFen, &o.FreightFen, &o.ShopDiscountFen, &o.PlatformDiscountFen, &o.TotalFen, &o.PaidFen, &o.RefundFen)
	var net, plat, refund money.Fen
	for i := range o.Lines {
		l := &o.Lines[i]
		l.UnitFen = c.one(l.UnitFen)
		l.NetFen = c.step(&net, l.NetFen)
		l.PlatformFen = c.step(&plat, l.PlatformFen)
		l.RefundFen = c.step(&refund, l.RefundFen)
	}
}

// step converts the next part of a running total.
func (c *converter) step(total *money.Fen, part money.Fen) money.Fen {
	before := c.one(*total)
	*total += part
	return c.one(*total) - before
}
