package domain

import (
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Account is a number of the chart of accounts as 小企业会计准则 has it; its
// name is the text account.<number>.
type Account string

// The accounts of the main path.
const (
	AccBank        Account = "1002" // 银行存款
	AccWallet      Account = "1012" // 其他货币资金: platform wallets
	AccReceivable  Account = "1122" // 应收账款, by channel
	AccStock       Account = "1405" // 库存商品
	AccPayable     Account = "2202" // 应付账款
	AccPrepaid     Account = "2203" // 预收账款
	AccTax         Account = "2221" // 应交税费
	AccCapital     Account = "3001" // 实收资本: against opening stock
	AccSales       Account = "5001" // 主营业务收入
	AccOtherIncome Account = "5301" // 营业外收入: count gains
	AccCost        Account = "5401" // 主营业务成本
	AccSelling     Account = "5601" // 销售费用: samples, gifts given away
	AccAdmin       Account = "5602" // 管理费用
	AccOtherLoss   Account = "5711" // 营业外支出: count losses, damage
)

// Accounts lists the chart, for reports and the trial balance.
var Accounts = []Account{
	AccBank, AccWallet, AccReceivable, AccStock, AccPayable, AccPrepaid, AccTax, AccCapital,
	AccSales, AccOtherIncome, AccCost, AccSelling, AccAdmin, AccOtherLoss,
}

// Entry is one balanced journal entry, posted in the transaction of its
// document and never changed. Guarantee: debits = credits (I5); a mistake is a
// reversing entry that names the one it reverses.
type Entry struct {
	Seq         int64
	At          when.Millis
	BizDay      when.Day
	Kind        string // ship, unship, receipt, opening, adjust, return, recost, undo
	RefKind     string // parcel, receipt, …
	RefID       string
	Number      string // what people look for: the order or document number
	ReversesSeq int64
	Actor       ids.StaffID
	ActorName   string
	Postings    []Posting
}

// Posting is one line of an entry. AmountFen is signed: debit positive, credit
// negative. Qty is signed units for sales and cost lines, so that units sold
// come from the journal too.
type Posting struct {
	Account   Account
	Channel   string
	Shop      ids.ShopID
	SKU       ids.SKUID
	Qty       int64
	AmountFen money.Fen
}

// Balanced checks that the entry sums to zero. Free goods have an entry of
// units without money; an entry without postings is a mistake.
// Errors: Internal fault.journal.unbalanced: a mistake of the program.
func (e *Entry) Balanced() error {
	var sum money.Fen
	var err error
	for _, p := range e.Postings {
		if sum, err = money.Add(sum, p.AmountFen); err != nil {
			return err
		}
	}
	if sum != 0 || len(e.Postings) == 0 {
		return fault.New(fault.Internal, "fault.journal.unbalanced", "kind", e.Kind, "ref", e.RefID, "sum", sum)
	}
	return nil
}

// post adds a posting unless it says nothing.
func (e *Entry) post(p Posting) {
	if p.AmountFen != 0 || p.Qty != 0 {
		e.Postings = append(e.Postings, p)
	}
}

// Sale is the part of a shipment that one line makes.
type Sale struct {
	SKU        ids.SKUID // of the line (the kit itself for a kit)
	Qty        int64
	RevenueFen money.Fen // tax included, as the buyer paid it
	CostFen    money.Fen
}

// ShipmentEntry posts a shipped parcel: receivable by channel against sales and
// tax, cost of goods against stock. freight is the buyer's freight, posted with
// the first parcel (DECIDED 4). vat is the tax rate inside the prices, 0 until
// the shop sets one (DECIDED 16).
func ShipmentEntry(kind string, o *Order, sales []Sale, freight money.Fen, vat money.BP) (Entry, error) {
	e := Entry{Kind: kind, RefKind: "parcel", Number: o.Number}
	var owed, cost, tax money.Fen
	for _, s := range sales {
		net, lineTax, err := withoutVAT(s.RevenueFen, vat)
		if err != nil {
			return e, err
		}
		owed, cost, tax = owed+s.RevenueFen, cost+s.CostFen, tax+lineTax
		e.post(Posting{Account: AccSales, Channel: o.Channel, Shop: o.ShopID, SKU: s.SKU, Qty: -s.Qty, AmountFen: -net})
		e.post(Posting{Account: AccCost, Channel: o.Channel, Shop: o.ShopID, SKU: s.SKU, Qty: s.Qty, AmountFen: s.CostFen})
	}
	net, lineTax, err := withoutVAT(freight, vat)
	if err != nil {
		return e, err
	}
	owed, tax = owed+freight, tax+lineTax
	e.post(Posting{Account: AccSales, Channel: o.Channel, Shop: o.ShopID, AmountFen: -net})
	e.post(Posting{Account: AccTax, Channel: o.Channel, Shop: o.ShopID, AmountFen: -tax})
	e.post(Posting{Account: AccReceivable, Channel: o.Channel, Shop: o.ShopID, AmountFen: owed})
	e.post(Posting{Account: AccStock, Channel: o.Channel, Shop: o.ShopID, AmountFen: -cost})
	return e, e.Balanced()
}

// withoutVAT splits an amount that includes tax: tax = amount × r ÷ (1 + r), half up.
func withoutVAT(amount money.Fen, vat money.BP) (net, tax money.Fen, err error) {
	if vat == 0 {
		return amount, 0, nil
	}
	tax, err = money.MulDiv(amount, int64(vat), int64(money.Whole)+int64(vat))
	return amount - tax, tax, err
}

// StockEntry posts a change of stock value against another account: receipt
// (payable), opening (capital), adjustment (loss or gain). variance, when not
// zero, goes to cost of goods (§5.5.7).
func StockEntry(kind, number string, sku ids.SKUID, qty int64, value, variance money.Fen, against Account) (Entry, error) {
	e := Entry{Kind: kind, RefKind: kind, Number: number}
	e.post(Posting{Account: AccStock, SKU: sku, Qty: qty, AmountFen: value})
	e.post(Posting{Account: AccCost, SKU: sku, AmountFen: variance})
	e.post(Posting{Account: against, SKU: sku, AmountFen: -(value + variance)})
	return e, e.Balanced()
}

// Sum is what the entry posted to an account, debits positive.
func (e *Entry) Sum(a Account) money.Fen {
	var sum money.Fen
	for _, p := range e.Postings {
		if p.Account == a {
			sum += p.AmountFen
		}
	}
	return sum
}

// CarriesFreight tells whether the entry posted the buyer's freight: a sale without goods.
func (e *Entry) CarriesFreight() bool {
	for _, p := range e.Postings {
		if p.Account == AccSales && p.SKU.Zero() && p.AmountFen != 0 {
			return true
		}
	}
	return false
}

// Reverse makes the entry that undoes e, dated by the caller.
func (e *Entry) Reverse(kind string) Entry {
	r := Entry{Kind: kind, RefKind: e.RefKind, RefID: e.RefID, Number: e.Number, ReversesSeq: e.Seq}
	for _, p := range e.Postings {
		p.AmountFen, p.Qty = -p.AmountFen, -p.Qty
		r.Postings = append(r.Postings, p)
	}
	return r
}
