package store

import (
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

// orderSelect reads an order's own row with receiver and platform facts; all
// three are found by primary key.
const orderSelect = `SELECT o.id, o.shop_id, o.channel, o.number, o.customer_id, o.buyer_key, o.manual, o.external,
	o.payment, o.audit, o.fulfil, o.closing, o.buyer_note, o.seller_note, o.seller_flag, o.cod, o.cod_called, o.presale,
	o.created_ms, o.paid_ms, o.target_ms, o.limit_ms, o.audited_ms, o.shipped_ms, o.biz_day,
	o.goods_fen, o.freight_fen, o.shop_discount_fen, o.platform_discount_fen, o.total_fen, o.paid_fen, o.refund_fen, o.net_fen,
	o.hold_until_ms, o.hold_reason, o.merge_id, o.version,
	r.name, r.phone, r.province, r.city, r.district, r.address, r.postcode, r.country, r.edited,
	f.payment, f.shipped, f.part_shipped, f.completed, f.cancelled, f.refund_asked, f.waybill, f.courier, f.words
	FROM orders o JOIN receivers r ON r.order_id = o.id JOIN platform_facts f ON f.order_id = o.id
	WHERE o.id IN (`

func scanOrder(s sqlkit.Scanner) (*domain.Order, error) {
	o := &domain.Order{}
	r, f := &o.Receiver, &o.Platform
	err := s.Scan(&o.ID, &o.ShopID, &o.Channel, &o.Number, &o.Customer, &o.BuyerKey, &o.Manual, &o.External,
		&o.Payment, &o.Audit, &o.Fulfil, &o.Closing, &o.BuyerNote, &o.SellerNote, &o.SellerFlag, &o.COD, &o.CODCalled, &o.Presale,
		&o.CreatedAt, &o.PaidAt, &o.TargetAt, &o.LimitAt, &o.AuditedAt, &o.ShippedAt, &o.BizDay,
		&o.GoodsFen, &o.FreightFen, &o.ShopDiscountFen, &o.PlatformDiscountFen, &o.TotalFen, &o.PaidFen, &o.RefundFen, &o.NetFen,
		&o.HoldUntil, &o.HoldReason, &o.MergeID, &o.Version,
		&r.Name, &r.Phone, &r.Province, &r.City, &r.District, &r.Address, &r.Postcode, &r.Country, &r.Edited,
		&f.Payment, &f.Shipped, &f.PartShipped, &f.Completed, &f.Cancelled, &f.RefundAsked, &f.Waybill, &f.Courier, &f.Words)
	return o, err
}

// Get loads an order whole. Errors: NotFound fault.order.unknown.
func (r orderRepo) Get(id ids.OrderID) (*domain.Order, error) {
	list, err := r.GetMany([]ids.OrderID{id})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "fault.order.unknown", "order", id)
	}
	return list[0], nil
}

// GetMany loads several orders whole, in the order of the ids; missing ones are
// left out. Three statements per 500 orders.
func (r orderRepo) GetMany(list []ids.OrderID) ([]*domain.Order, error) {
	found := make(map[ids.OrderID]*domain.Order, len(list))
	err := sqlkit.In(list, 1, func(marks string, args []any) error {
		rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanOrder, orderSelect+marks+`)`, args...)
		if err != nil {
			return err
		}
		for _, o := range rows {
			found[o.ID] = o
		}
		if err := r.readLines(found, marks, args); err != nil {
			return err
		}
		return r.readChecks(found, marks, args)
	})
	if err != nil {
		return nil, err
	}
	orders := make([]*domain.Order, 0, len(list))
	for _, id := range list {
		if o, ok := found[id]; ok {
			r.t.remember(o)
			orders = append(orders, o)
		}
	}
	return orders, nil
}

// readChecks adds the checks of the orders (primary key order_id, code), in the
// order in which they were saved.
func (r orderRepo) readChecks(found map[ids.OrderID]*domain.Order, marks string, args []any) error {
	return sqlkit.Each(r.t.ctx, r.t.q, func(s sqlkit.Scanner) error {
		var id ids.OrderID
		var c domain.Check
		var text string
		if err := s.Scan(&id, &c.Code, &c.Blocking, &c.Released, &c.Reason, &text); err != nil {
			return err
		}
		o, ok := found[id]
		if !ok {
			return nil
		}
		var err error
		c.Args, err = readArgs(text)
		o.Checks = append(o.Checks, c)
		return err
	}, `SELECT order_id, code, blocking, released, reason, args FROM order_checks WHERE order_id IN (`+marks+`) ORDER BY order_id, pos, code`, args...)
}

// rememberLimit is how many orders one transaction remembers: enough for a
// chunk of an import or a batch of audits.
const rememberLimit = 2000

// remember keeps what the database holds of an order that this transaction has
// read or written, so that Save finds out what changed without reading again.
func (t *tx) remember(o *domain.Order) {
	if t.orders == nil || len(t.orders) >= rememberLimit {
		t.orders = map[ids.OrderID]*domain.Order{}
	}
	c := *o
	c.Lines = make([]domain.Line, len(o.Lines))
	for i := range o.Lines {
		c.Lines[i] = o.Lines[i]
		c.Lines[i].Parts = append([]domain.Part(nil), o.Lines[i].Parts...)
	}
	c.Checks = append([]domain.Check(nil), o.Checks...)
	t.orders[o.ID] = &c
}

// stored gives what the database holds of an order. Errors: NotFound.
func (r orderRepo) stored(id ids.OrderID) (*domain.Order, error) {
	if o, ok := r.t.orders[id]; ok {
		return o, nil
	}
	if _, err := r.Get(id); err != nil {
		return nil, err
	}
	return r.t.orders[id], nil
}
