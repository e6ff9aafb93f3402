package apptest

import (
	"context"
	"strconv"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/stock"
	"zhanggui/app/users"
	"zhanggui/app/when"
)

// setup is the command of what a test puts in place around the use cases.
type setup struct{}

func (setup) Action() auth.Action { return auth.DemoLoad }
func (setup) Validate() error     { return nil }

// Do changes the data directly, as the system, inside one audited transaction.
func (f *Fixture) Do(fn func(u *core.Unit) error) {
	f.T.Helper()
	_, err := core.Do(f.As(auth.System), f.Engine, setup{}, func(u *core.Unit) (bool, error) {
		u.Audit("test", "", "test", nil, nil) // no text: people never see it
		return true, fn(u)
	})
	require.NoError(f.T, err)
}

// Look reads the data directly, whatever rights the test is about.
func Look[R any](f *Fixture, fn func(r core.Reads) (R, error)) R {
	f.T.Helper()
	var result R
	require.NoError(f.T, f.Store.Read(context.Background(), func(r core.Reads) error {
		var err error
		result, err = fn(r)
		return err
	}))
	return result
}

// row reads the row of the person with that post.
func (f *Fixture) row(role auth.Role) *domain.Staff {
	f.T.Helper()
	id := f.Person(role).ID
	return Look(f, func(r core.Reads) (*domain.Staff, error) { return r.Staff().Get(id) })
}

// changeOf is the command that changes nothing.
func changeOf(p *domain.Staff) users.ChangeCmd {
	return users.ChangeCmd{ID: p.ID, Version: p.Version, Name: p.Name, Role: p.Role, Disabled: p.Disabled, Grants: p.Grants}
}

// Audit gives the audit lines with that key, oldest first.
func (f *Fixture) Audit(key string) []core.AuditLine {
	f.T.Helper()
	return Look(f, func(r core.Reads) ([]core.AuditLine, error) {
		var found []core.AuditLine
		for page := (core.Page{Limit: core.PageLimit}); ; page.Offset += core.PageLimit {
			list, err := r.Log().ListAudit(core.Query{Page: page})
			if err != nil {
				return nil, err
			}
			for _, line := range list.Rows {
				if line.Key == key {
					found = append([]core.AuditLine{line}, found...)
				}
			}
			if len(list.Rows) < core.PageLimit {
				return found, nil
			}
		}
	})
}

// SKU adds a product with one SKU of the same code.
func (f *Fixture) SKU(code string, priceFen money.Fen) domain.SKU {
	f.T.Helper()
	return f.SaveSKU(catalog.SaveSKUCmd{Code: code, PriceFen: priceFen, Spec: "标准", WeightG: 350, Bin: "A-01"})
}

// Kit adds a SKU made of the given parts.
func (f *Fixture) Kit(code string, priceFen money.Fen, parts ...domain.KitPart) domain.SKU {
	f.T.Helper()
	return f.SaveSKU(catalog.SaveSKUCmd{Code: code, PriceFen: priceFen, Parts: parts})
}

// SaveSKU adds a SKU with a product of its own and gives it as stored.
func (f *Fixture) SaveSKU(cmd catalog.SaveSKUCmd) domain.SKU {
	f.T.Helper()
	ctx := f.As(auth.Supervisor)
	product, err := f.Catalog.SaveProduct(ctx, catalog.SaveProductCmd{Code: "P-" + cmd.Code, Title: "商品" + cmd.Code, Category: "家居"})
	require.NoError(f.T, err)
	cmd.Product = product
	id, err := f.Catalog.SaveSKU(ctx, cmd)
	require.NoError(f.T, err)
	card, err := f.Catalog.Get(ctx, id)
	require.NoError(f.T, err)
	return card.SKU
}

// Stock receives units at the cost of all of them together.
func (f *Fixture) Stock(sku domain.SKU, qty int64, valueFen money.Fen) {
	f.T.Helper()
	_, err := f.App.Stock.Receive(f.As(auth.Finance), stock.ReceiveCmd{SKU: sku.ID, Qty: qty, CostFen: valueFen, HasCost: true})
	require.NoError(f.T, err)
}

// Shop gives the channel's shop, whose code is the channel's, and makes it at first.
func (f *Fixture) Shop(channel string) ids.ShopID {
	f.T.Helper()
	if id, ok := f.shops[channel]; ok {
		return id
	}
	shops, err := f.Catalog.Shops(f.As(auth.System))
	require.NoError(f.T, err)
	for _, s := range shops {
		f.shops[s.Channel] = s.ID
	}
	if _, ok := f.shops[channel]; !ok {
		id, err := f.Catalog.SaveShop(f.As(auth.Supervisor), catalog.SaveShopCmd{Channel: channel, Code: channel, Name: channel + " 店"})
		require.NoError(f.T, err)
		f.shops[channel] = id
	}
	return f.shops[channel]
}

// OrderOption changes what an order is before it comes in.
type OrderOption func(o *domain.Order)

// Line adds a line of a SKU that is mapped already.
func Line(sku domain.SKU, qty int64, unitFen money.Fen) OrderOption {
	return func(o *domain.Order) {
		l := domain.Line{
			Pos: len(o.Lines) + 1, Occurrence: 1, Code: sku.Code, Title: sku.Title, Spec: sku.Spec,
			Qty: qty, UnitFen: unitFen, NetFen: unitFen * money.Fen(qty),
		}
		l.Map(&sku, 1)
		o.Lines = append(o.Lines, l)
	}
}

// Unmapped adds a line whose code nobody knows yet.
func Unmapped(code string, qty int64, unitFen money.Fen) OrderOption {
	return func(o *domain.Order) {
		o.Lines = append(o.Lines, domain.Line{
			Pos: len(o.Lines) + 1, Occurrence: 1, Code: code, Title: "未知 " + code, Qty: qty, UnitFen: unitFen, NetFen: unitFen * money.Fen(qty),
		})
	}
}

// Channel makes it an order of another channel than tmall.
func Channel(code string) OrderOption { return func(o *domain.Order) { o.Channel = code } }

// Number gives the platform's number.
func Number(n string) OrderOption { return func(o *domain.Order) { o.Number = n } }

// Freight adds freight that the buyer paid.
func Freight(fen money.Fen) OrderOption { return func(o *domain.Order) { o.FreightFen = fen } }

// Note adds a note of the buyer.
func Note(text string) OrderOption { return func(o *domain.Order) { o.BuyerNote = text } }

// Buyer names the buyer; orders of one buyer have one address.
func Buyer(key string) OrderOption { return func(o *domain.Order) { o.BuyerKey = key } }

// Unpaid makes it an order that waits for its money.
func Unpaid() OrderOption {
	return func(o *domain.Order) { o.Platform, o.PaidAt = domain.PlatformFacts{Payment: domain.PayUnpaid}, 0 }
}

// COD makes it an order that is paid at the door.
func COD() OrderOption {
	return func(o *domain.Order) {
		o.COD, o.Platform, o.PaidAt = true, domain.PlatformFacts{Payment: domain.PayUnpaid}, 0
	}
}

// PaidAt moves the payment.
func PaidAt(at when.Millis) OrderOption { return func(o *domain.Order) { o.PaidAt = at } }

// Order brings in an order that was paid ten minutes ago, checked as an import
// would check it. Without options it has no lines and is an exception.
func (f *Fixture) Order(options ...OrderOption) *domain.Order {
	f.T.Helper()
	o := f.newOrder(options)
	f.Do(func(u *core.Unit) error {
		set, err := flow.Settings(u)
		if err != nil {
			return err
		}
		o.StartClock(set.Promise, 0)
		if err := flow.Recheck(u, o, set, nil); err != nil {
			return err
		}
		if o.FirstBlocking() != nil && o.Closing == domain.ClosingOpen && !o.External {
			if err := o.Except(); err != nil {
				return err
			}
		}
		if err := f.customer(u, o); err != nil {
			return err
		}
		if err := u.Orders().Insert([]*domain.Order{o}, ids.ImportID{}, u.Now); err != nil {
			return err
		}
		u.Audit("order", o.ID.String(), "test", nil, nil) // check wants a trace of every order
		flow.Announce(u, o)
		return nil
	})
	return f.Reload(o)
}

// Reload reads an order again.
func (f *Fixture) Reload(o *domain.Order) *domain.Order {
	f.T.Helper()
	return Look(f, func(r core.Reads) (*domain.Order, error) { return r.Orders().Get(o.ID) })
}

func (f *Fixture) newOrder(options []OrderOption) *domain.Order {
	f.orders++
	n := strconv.Itoa(f.orders)
	now := f.Clock.Now()
	o := &domain.Order{
		Channel: "tmall", Number: "30012345678900" + n, BuyerKey: "buyer" + n,
		CreatedAt: now - when.Hour, PaidAt: now - 10*when.Minute,
		Platform: domain.PlatformFacts{Payment: domain.PayPaid},
	}
	for _, option := range options {
		option(o)
	}
	o.ID, o.ShopID = ids.New[ids.OrderKind](f.ids), f.Shop(o.Channel)
	if o.Receiver == (domain.Receiver{}) {
		o.Receiver = domain.Receiver{
			Name: "买家" + o.BuyerKey, Phone: "13800001234", Province: "浙江省", City: "杭州市", District: "西湖区",
			Address: "文三路 " + o.BuyerKey + " 号", Country: "CN",
		}
	}
	for i := range o.Lines {
		o.Lines[i].ID = ids.New[ids.LineKind](f.ids)
		o.GoodsFen += o.Lines[i].NetFen
	}
	o.NetFen = o.GoodsFen + o.FreightFen
	o.TotalFen = o.NetFen
	o.Adopt(o.Platform)
	if o.PaidAt != 0 {
		o.PaidFen = o.NetFen
	}
	o.BizDay = max(o.PaidAt, o.CreatedAt).Day()
	return o
}

// customer ties the order to its buyer, as an import does.
func (f *Fixture) customer(u *core.Unit, o *domain.Order) error {
	known, err := u.Customers().FindMany(o.Channel, []string{o.BuyerKey})
	if err != nil {
		return err
	}
	id, ok := known[o.BuyerKey]
	if !ok {
		id = ids.New[ids.CustomerKind](f.ids)
	}
	o.Customer = id
	return u.Customers().Upsert([]domain.Customer{{
		ID: id, Channel: o.Channel, BuyerKey: o.BuyerKey, Name: o.Receiver.Name, Phone: o.Receiver.Phone,
		Province: o.Receiver.Province, City: o.Receiver.City, FirstDay: o.BizDay, LastDay: o.BizDay, Orders: 1, PaidFen: o.PaidFen,
	}})
}
