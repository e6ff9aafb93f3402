package orders

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// ManualCmd enters an order taken by phone or over the counter.
type ManualCmd struct {
	Shop       ids.ShopID
	Number     string // empty: the program numbers it M20260423-0001
	Receiver   domain.Receiver
	BuyerKey   string // empty: made of the phone, without showing it
	BuyerNote  string
	COD        bool
	FreightFen money.Fen
	Lines      []ManualLine
}

// ManualLine is one goods line: a SKU, units and the price for one.
type ManualLine struct {
	SKU     ids.SKUID
	Qty     int64
	UnitFen money.Fen
	Gift    bool
}

// manualLines is the most lines of a hand-made order.
const manualLines = 200

// Action is the right it needs.
func (ManualCmd) Action() auth.Action { return auth.OrdersEdit }

// Validate wants a shop and lines with SKU, positive quantity and a price.
func (c ManualCmd) Validate() error {
	e := fault.New(fault.Invalid, "fault.order.manual")
	if c.Shop.Zero() {
		_ = e.Field("shop", "fault.required")
	}
	if len(c.Lines) == 0 || len(c.Lines) > manualLines {
		_ = e.Field("lines", "fault.order.lines")
	}
	if c.FreightFen < 0 || c.FreightFen > money.Max {
		_ = e.Field("freight", "fault.negative")
	}
	if len(c.Number) > 80 {
		_ = e.Field("number", "fault.text_too_long")
	}
	if len(c.BuyerNote) > 2000 {
		_ = e.Field("note", "fault.text_too_long")
	}
	if len(c.BuyerKey) > 200 {
		_ = e.Field("buyer", "fault.text_too_long")
	}
	shortTexts(e, c.Receiver)
	for _, l := range c.Lines {
		if l.SKU.Zero() || l.Qty <= 0 || l.Qty > 1_000_000 || l.UnitFen < 0 || l.UnitFen > money.Max {
			_ = e.Field("lines", "fault.order.lines")
		}
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// Manual enters the order as paid (or payable on delivery) at this moment.
// Errors: Conflict when the number exists in the shop.
func (s *Service) Manual(ctx context.Context, cmd ManualCmd) (ids.OrderID, error) {
	return core.Do(ctx, s.e, cmd, func(u *core.Unit) (ids.OrderID, error) {
		o, err := newManual(u, cmd)
		if err != nil {
			return ids.OrderID{}, err
		}
		set, err := flow.Settings(u)
		if err != nil {
			return o.ID, err
		}
		o.StartClock(set.Promise, 0)
		if err := flow.Recheck(u, o, set, nil); err != nil {
			return o.ID, err
		}
		if o.FirstBlocking() != nil {
			if err := o.Except(); err != nil {
				return o.ID, err
			}
		}
		if err := u.Orders().Insert([]*domain.Order{o}, ids.ImportID{}, u.Now); err != nil {
			return o.ID, err
		}
		u.Audit("order", o.ID.String(), "audit.manual_order", nil, cmd.masked(), "order", o.Number)
		flow.Announce(u, o)
		u.Changed(core.TopicCustomers)
		return o.ID, nil
	})
}

func newManual(u *core.Unit, cmd ManualCmd) (*domain.Order, error) {
	shop, err := flow.ShopByID(u, cmd.Shop)
	if err != nil {
		return nil, err
	}
	o := &domain.Order{
		ID: ids.New[ids.OrderKind](u.IDs), ShopID: shop.ID, Channel: shop.Channel, Number: strings.TrimSpace(cmd.Number),
		BuyerKey: cmd.BuyerKey, Manual: true, Receiver: cmd.Receiver, BuyerNote: cmd.BuyerNote,
		COD: cmd.COD, CreatedAt: u.Now, BizDay: u.Today(), FreightFen: cmd.FreightFen,
	}
	if o.BuyerKey == "" {
		o.BuyerKey = phoneKey(cmd.Receiver.Phone)
	}
	if o.Number == "" {
		if o.Number, err = nextNumber(u, shop.ID, u.Today()); err != nil {
			return nil, err
		}
	}
	o.Adopt(domain.PlatformFacts{Payment: payOf(cmd.COD)})
	if err := addLines(u, o, cmd.Lines); err != nil {
		return nil, err
	}
	if !cmd.COD {
		o.PaidAt, o.PaidFen = u.Now, o.NetFen
	}
	return o, customer(u, o)
}

// phoneKey names the buyer of an order taken by phone: the same for the same
// number however it was written, and no number that lists would show.
func phoneKey(phone string) string {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return -1
	}, phone)
	if len(digits) == 13 {
		digits = strings.TrimPrefix(digits, "86")
	}
	if digits == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("buyer " + digits))
	return "tel-" + hex.EncodeToString(sum[:8])
}

// masked is the command as the log keeps it: the log outlives the buyer's data.
func (c ManualCmd) masked() ManualCmd {
	c.Receiver, c.BuyerNote = c.Receiver.Masked(), ""
	return c
}

func payOf(cod bool) domain.Payment {
	if cod {
		return domain.PayUnpaid
	}
	return domain.PayPaid
}

func addLines(u *core.Unit, o *domain.Order, lines []ManualLine) error {
	for i, l := range lines {
		sku, err := u.Catalog().SKU(l.SKU)
		if err != nil {
			return err
		}
		net, err := money.Mul(l.UnitFen, l.Qty)
		if err != nil {
			return err
		}
		line := domain.Line{
			ID: ids.New[ids.LineKind](u.IDs), Pos: i + 1, Occurrence: 1, Code: sku.Code, Title: sku.Title, Spec: sku.Spec,
			Qty: l.Qty, UnitFen: l.UnitFen, NetFen: net, Gift: l.Gift,
		}
		line.Map(sku, 1)
		o.Lines = append(o.Lines, line)
		if o.GoodsFen, err = money.Add(o.GoodsFen, net); err != nil {
			return err
		}
	}
	if o.GoodsFen > money.Max {
		return fault.New(fault.Limit, "fault.money.too_large", "value", o.GoodsFen)
	}
	o.NetFen = o.GoodsFen + o.FreightFen
	o.TotalFen = o.NetFen
	return nil
}

// nextNumber finds the first free number of the day.
func nextNumber(u *core.Unit, shop ids.ShopID, day when.Day) (string, error) {
	prefix := "M" + strings.ReplaceAll(string(day), "-", "") + "-"
	for n := 1; ; n++ {
		key := core.OrderKey{Shop: shop, Number: prefix + pad4(n)}
		found, err := u.Orders().FindByKeys([]core.OrderKey{key})
		if err != nil {
			return "", err
		}
		if len(found) == 0 {
			return key.Number, nil
		}
	}
}

func pad4(n int) string {
	s := "0000"
	digits := ""
	for ; n > 0; n /= 10 {
		digits = string(rune('0'+n%10)) + digits
	}
	if len(digits) < 4 {
		return s[:4-len(digits)] + digits
	}
	return digits
}

// customer ties the order to its buyer.
func customer(u *core.Unit, o *domain.Order) error {
	if o.BuyerKey == "" {
		return nil
	}
	found, err := u.Customers().FindMany(o.Channel, []string{o.BuyerKey})
	if err != nil {
		return err
	}
	id, ok := found[o.BuyerKey]
	if !ok {
		id = ids.New[ids.CustomerKind](u.IDs)
	}
	o.Customer = id
	return u.Customers().Upsert([]domain.Customer{{
		ID: id, Channel: o.Channel, BuyerKey: o.BuyerKey, Name: o.Receiver.Name, Phone: o.Receiver.Phone,
		Province: o.Receiver.Province, City: o.Receiver.City, FirstDay: o.BizDay, LastDay: o.BizDay, Orders: 1, PaidFen: o.PaidFen,
	}})
}
