package orders

import (
	"context"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
)

// FixAddressCmd corrects the receiver of an order that has not left.
type FixAddressCmd struct {
	Order    ids.OrderID
	Receiver domain.Receiver
}

// Action is the right it needs.
func (FixAddressCmd) Action() auth.Action { return auth.OrdersEdit }

// Validate wants name, phone and address, each of a sane length.
func (c FixAddressCmd) Validate() error {
	e := fault.New(fault.Invalid, "fault.order.receiver")
	for field, v := range map[string]string{"name": c.Receiver.Name, "phone": c.Receiver.Phone, "address": c.Receiver.Address} {
		if strings.TrimSpace(v) == "" {
			_ = e.Field(field, "fault.required")
		}
	}
	shortTexts(e, c.Receiver)
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// shortTexts limits the texts of a receiver.
func shortTexts(e *fault.Error, r domain.Receiver) {
	for field, v := range map[string]string{
		"name": r.Name, "phone": r.Phone, "province": r.Province, "city": r.City, "district": r.District,
		"address": r.Address, "postcode": r.Postcode, "country": r.Country,
	} {
		if len(v) > 2000 {
			_ = e.Field(field, "fault.text_too_long")
		}
	}
}

// FixAddress corrects the receiver and checks the order again. An order that is
// merged leaves its parcel: the addresses no longer agree.
func (s *Service) FixAddress(ctx context.Context, cmd FixAddressCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.address_fixed", func(u *core.Unit, o *domain.Order) (any, any, error) {
		if o.Stage() == domain.StageShipped || o.Closing != domain.ClosingOpen {
			return nil, nil, fault.New(fault.Conflict, "fault.order.address_late", "order", o.Number)
		}
		before := o.Receiver
		o.Receiver = cmd.Receiver
		o.Receiver.Edited = true
		if err := u.Orders().SaveReceiver(o.ID, o.Receiver); err != nil {
			return nil, nil, err
		}
		if _, err := flow.Leave(u, o); err != nil {
			return nil, nil, err
		}
		err := recheck(u, o)
		return before.Masked(), cmd.Receiver.Masked(), err // the log outlives the buyer's data
	})
}

// MapSKUCmd says which SKU a channel's code is. It changes every open line of
// that code, on every order of the channel (workflows.md 4.2.5).
type MapSKUCmd struct {
	Channel string
	Code    string
	SKU     ids.SKUID
	Qty     int64 // units of the SKU for one unit of the code, usually 1
}

// Action is the right it needs.
func (MapSKUCmd) Action() auth.Action { return auth.OrdersEdit }

// Validate wants a channel, a code, a SKU and a positive quantity.
func (c MapSKUCmd) Validate() error {
	e := fault.New(fault.Invalid, "fault.order.mapping", "code", c.Code)
	if !domain.KnownChannel(c.Channel) {
		_ = e.Field("channel", "fault.required")
	}
	if domain.NormalCode(c.Code) == "" || len(c.Code) > 200 {
		_ = e.Field("code", "fault.required")
	}
	if c.SKU.Zero() {
		_ = e.Field("sku", "fault.required")
	}
	if c.Qty < 1 || c.Qty > 10000 {
		_ = e.Field("qty", "fault.stock.qty")
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// MapSKU remembers the mapping and applies it to the waiting lines. It returns
// how many orders it changed. Lines already mapped keep what they have (§5.3.6).
func (s *Service) MapSKU(ctx context.Context, cmd MapSKUCmd) (int, error) {
	return core.Do(ctx, s.e, cmd, func(u *core.Unit) (int, error) {
		sku, err := u.Catalog().SKU(cmd.SKU)
		if err != nil {
			return 0, err
		}
		err = u.Catalog().SaveCode(domain.CodeMap{Channel: cmd.Channel, Code: cmd.Code, SKU: cmd.SKU, Qty: cmd.Qty, At: u.Now})
		if err != nil {
			return 0, err
		}
		n, err := applyMapping(u, cmd, sku)
		if err != nil {
			return n, err
		}
		u.Audit("code", cmd.Channel+":"+cmd.Code, "audit.code_mapped", nil, cmd,
			"channel", cmd.Channel, "code", cmd.Code, "sku", sku.Code, "orders", n)
		u.Changed(core.TopicCatalog, sku.ID.String())
		return n, nil
	})
}

func applyMapping(u *core.Unit, cmd MapSKUCmd, sku *domain.SKU) (int, error) {
	waiting, err := u.Orders().WithCode(cmd.Channel, cmd.Code)
	if err != nil {
		return 0, err
	}
	want := domain.NormalCode(cmd.Code)
	for n, id := range waiting {
		o, err := u.Orders().Get(id)
		if err != nil {
			return n, err
		}
		for i := range o.Lines {
			if l := &o.Lines[i]; l.SKU.Zero() && l.HasCode(want) {
				l.Map(sku, cmd.Qty)
			}
		}
		if err := recheck(u, o); err != nil {
			return n, err
		}
		if err := u.Orders().Save(o); err != nil {
			return n, err
		}
		flow.Announce(u, o)
	}
	return len(waiting), nil
}

// CancelCmd cancels an order of which nothing has left.
type CancelCmd struct {
	Order  ids.OrderID
	Reason string
}

// Action is the right it needs.
func (CancelCmd) Action() auth.Action { return auth.OrdersCancel }

// Validate wants a reason.
func (c CancelCmd) Validate() error {
	if strings.TrimSpace(c.Reason) == "" || len(c.Reason) > 2000 {
		return fault.New(fault.Invalid, "fault.order.cancel_reason").Field("reason", "fault.required")
	}
	return nil
}

// closedOf is what is closed of each line; nil when nothing is.
func closedOf(o *domain.Order) map[string]int64 {
	var closed map[string]int64
	for i := range o.Lines {
		if l := &o.Lines[i]; l.CancelQty > 0 {
			if closed == nil {
				closed = map[string]int64{}
			}
			closed[l.ID.String()] = l.CancelQty
		}
	}
	return closed
}

// Cancel releases the goods and closes the order. Nothing was posted for it
// yet, so nothing is posted back; a shipped parcel is undone or returned first.
func (s *Service) Cancel(ctx context.Context, cmd CancelCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.cancelled", func(u *core.Unit, o *domain.Order) (any, any, error) {
		before := factsOf(o)
		before.Closed = closedOf(o)
		if _, err := flow.Leave(u, o); err != nil {
			return nil, nil, err
		}
		if err := u.Parcels().DeletePlanned(o.ID); err != nil {
			return nil, nil, err
		}
		if err := flow.Cancel(u, o); err != nil {
			return nil, nil, err
		}
		return before, factsOf(o), nil
	}, "reason", cmd.Reason)
}
