package inbox

import (
	"strconv"

	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Shift is one value that a file changes, for the preview: two texts, or two
// words of a word list, or two amounts, or two instants.
type Shift struct {
	Fact     string // as in Item.Changed
	Word     string // the word list that Old and New are keys of, "" for plain texts
	Old, New string
	Sum      *[2]money.Fen   // nil unless the value is an amount
	At       *[2]when.Millis // nil unless the value is an instant
}

// scalars are the values of an order that a preview can show before and after.
// Persons are not among them.
type scalars struct {
	amounts
	paidAt, limit               when.Millis
	payment                     domain.Payment
	buyerNote, sellerNote, flag string
}

func scalarsOf(o *domain.Order) scalars {
	return scalars{amountsOf(o), o.PaidAt, o.LimitAt, o.Payment, o.BuyerNote, o.SellerNote, o.SellerFlag}
}

// shifts pairs the old and new values of the facts that changed and have one value.
func shifts(was, now scalars, changed []string) []Shift {
	var list []Shift
	sum := func(fact string, a, b money.Fen) {
		if a != b {
			list = append(list, Shift{Fact: fact, Sum: &[2]money.Fen{a, b}})
		}
	}
	for _, fact := range changed {
		switch fact {
		case "amounts":
			sum(fact, was.net(), now.net())
		case "refund":
			sum(fact, was.refund, now.refund)
		case "paid_at":
			list = append(list, Shift{Fact: fact, At: &[2]when.Millis{was.paidAt, now.paidAt}})
		case "deadline":
			list = append(list, Shift{Fact: fact, At: &[2]when.Millis{was.limit, now.limit}})
		case "payment":
			list = append(list, Shift{Fact: fact, Word: "payment", Old: string(was.payment), New: string(now.payment)})
		case "buyer_note":
			list = append(list, Shift{Fact: fact, Old: was.buyerNote, New: now.buyerNote})
		case "seller_note":
			list = append(list, Shift{Fact: fact, Old: was.sellerNote, New: now.sellerNote})
		case "seller_flag":
			list = append(list, Shift{Fact: fact, Old: was.flag, New: now.flag})
		}
	}
	return list
}

// goodsDiff is what a product row changes of a SKU.
type goodsDiff struct {
	changed []string
	shifts  []Shift
}

func (g *goodsDiff) text(name, ours, theirs string) {
	if theirs != "" && ours != theirs {
		g.changed = append(g.changed, name)
		g.shifts = append(g.shifts, Shift{Fact: name, Old: ours, New: theirs})
	}
}

func (g *goodsDiff) price(ours, theirs money.Fen) {
	if theirs != 0 && ours != theirs {
		g.changed = append(g.changed, "price")
		g.shifts = append(g.shifts, Shift{Fact: "price", Sum: &[2]money.Fen{ours, theirs}})
	}
}

// weight is in grams.
func (g *goodsDiff) weight(ours, theirs int64) {
	if theirs != 0 {
		g.text("weight", strconv.FormatInt(ours, 10), strconv.FormatInt(theirs, 10))
	}
}

// more names what only grows.
func (g *goodsDiff) more(name string) { g.changed = append(g.changed, name) }
