package inbox

import (
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// codes resolves channel codes to SKUs, many at once. The zero value is ready.
type codes struct {
	asked map[string]bool // codes that were looked up, found or not
	maps  map[string]domain.CodeMap
	skus  map[ids.SKUID]*domain.SKU
}

// load looks up every code that the drafts carry and that was not asked for yet.
func (c *codes) load(r core.CatalogReads, channel string, drafts []*ingest.OrderDraft) error {
	var list []string
	for _, d := range drafts {
		for i := range d.Lines {
			for _, code := range []string{d.Lines[i].Code, d.Lines[i].PlatformSKU} {
				if k := domain.NormalCode(code); k != "" && !c.asked[k] {
					if c.asked == nil {
						c.asked, c.maps, c.skus = map[string]bool{}, map[string]domain.CodeMap{}, map[ids.SKUID]*domain.SKU{}
					}
					c.asked[k] = true
					list = append(list, code)
				}
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	found, err := r.MapCodes(channel, list)
	if err != nil {
		return err
	}
	wanted := make([]ids.SKUID, 0, len(found))
	for k, m := range found {
		c.maps[k] = m
		if c.skus[m.SKU] == nil {
			wanted = append(wanted, m.SKU)
		}
	}
	skus, err := r.SKUs(wanted)
	for id, sku := range skus {
		c.skus[id] = sku
	}
	return err
}

// mapLine ties a line to its SKU when a code is known.
func (c codes) mapLine(l *domain.Line) {
	for _, code := range l.Codes() {
		m, ok := c.maps[domain.NormalCode(code)]
		if sku := c.skus[m.SKU]; ok && sku != nil {
			l.Map(sku, max(m.Qty, 1))
			return
		}
	}
}

// newOrder makes an order of a draft seen for the first time.
func newOrder(src ids.Source, shop domain.Shop, d *ingest.OrderDraft, c codes, promise domain.Promise, now when.Millis) (*domain.Order, error) {
	o := &domain.Order{
		ID: ids.New[ids.OrderKind](src), ShopID: shop.ID, Channel: shop.Channel, Number: d.Number,
		BuyerKey: d.BuyerKey, Receiver: receiverOf(d),
		BuyerNote: d.BuyerNote, SellerNote: d.SellerNote, SellerFlag: d.SellerFlag,
		COD: d.COD, Presale: d.Presale, CreatedAt: d.CreatedAt, PaidAt: d.PaidAt,
	}
	if o.CreatedAt == 0 {
		o.CreatedAt = d.PaidAt
	}
	if o.CreatedAt == 0 {
		o.CreatedAt = now
	}
	o.BizDay = bizDay(o)
	for i := range d.Lines {
		o.Lines = append(o.Lines, newLine(src, len(o.Lines)+1, &d.Lines[i], c))
	}
	setAmounts(o, d)
	o.Adopt(d.Facts)
	if err := shareAmounts(o, d); err != nil {
		return o, err
	}
	if !o.External && o.Closing == domain.ClosingOpen {
		o.StartClock(promise, d.ShipBy)
	}
	return o, nil
}

func bizDay(o *domain.Order) when.Day {
	if o.PaidAt != 0 {
		return o.PaidAt.Day()
	}
	return o.CreatedAt.Day()
}

func receiverOf(d *ingest.OrderDraft) domain.Receiver {
	return domain.Receiver{
		Name: d.Receiver, Phone: d.Phone, Province: d.Province, City: d.City, District: d.District,
		Address: d.Address, Postcode: d.Postcode, Country: d.Country,
	}
}

func newLine(src ids.Source, pos int, d *ingest.LineDraft, c codes) domain.Line {
	l := domain.Line{
		ID: ids.New[ids.LineKind](src), Pos: pos, SubNo: d.SubNo, Occurrence: max(d.Occurrence, 1),
		Code: d.Code, PlatformSKU: d.PlatformSKU, Title: d.Title, Spec: d.Spec, Qty: d.Qty, QtyUnknown: d.QtyUnknown,
		UnitFen: d.UnitFen, NetFen: d.NetFen, PlatformFen: d.PlatformFen, RefundFen: d.RefundFen, Gift: d.Gift,
	}
	if d.Cancelled {
		l.CancelQty = l.Qty
	}
	c.mapLine(&l)
	return l
}

// setAmounts takes the file's amounts over. Where the paid amount is already
// less the refund (PaidNet), the refund is added back: paid and given back are two facts.
func setAmounts(o *domain.Order, d *ingest.OrderDraft) {
	o.GoodsFen, o.FreightFen, o.TotalFen, o.RefundFen = d.GoodsFen, d.FreightFen, d.TotalFen, d.RefundFen
	o.ShopDiscountFen, o.PlatformDiscountFen = d.ShopDiscountFen, d.PlatformDiscountFen
	o.PaidFen = d.PaidFen
	if d.PaidNet {
		o.PaidFen += d.RefundFen
	}
}

// shareAmounts sets what the order is owed and spreads it, and what was given
// back, over the lines.
func shareAmounts(o *domain.Order, d *ingest.OrderDraft) error {
	if err := shareNets(o, d); err != nil {
		return err
	}
	o.ShareRefund()
	return nil
}

// shareNets sets what the order is owed and spreads it over the lines. Nets
// that another file told and that add up stay.
func shareNets(o *domain.Order, d *ingest.OrderDraft) error {
	o.NetFen = owed(o, d)
	if d.Has.LineNet {
		return nil
	}
	sum := o.FreightFen
	for i := range o.Lines {
		sum += o.Lines[i].NetFen
	}
	if sum == o.NetFen && len(o.Lines) > 0 {
		o.SharePlatform()
		return nil
	}
	return o.ShareNet()
}

// owed is what the shop is to get for the order before refunds: what the buyer
// paid plus the platform's part (rules.md §5.6.3); before payment the total.
func owed(o *domain.Order, d *ingest.OrderDraft) money.Fen {
	if d.Has.Paid && o.PaidFen != 0 && !(o.COD && o.Payment == domain.PayUnpaid) {
		return o.PaidFen + o.PlatformDiscountFen
	}
	if d.Has.LineNet {
		sum := o.FreightFen
		for i := range o.Lines {
			sum += o.Lines[i].NetFen
		}
		return sum
	}
	if d.Has.Total && o.TotalFen != 0 {
		return o.TotalFen
	}
	if o.GoodsFen != 0 {
		return o.GoodsFen + o.FreightFen - o.ShopDiscountFen
	}
	var sum money.Fen
	for i := range o.Lines {
		v, err := money.Mul(o.Lines[i].UnitFen, o.Lines[i].Qty)
		if err != nil {
			return 0
		}
		sum += v
	}
	return sum + o.FreightFen - o.ShopDiscountFen
}
