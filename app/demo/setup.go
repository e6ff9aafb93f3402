package demo

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/pinyin"
)

// setup makes people, shops, goods, kits and the opening stock.
func (m *maker) setup(ctx context.Context) error {
	if err := m.people(ctx); err != nil {
		return err
	}
	if err := m.catalogue(ctx); err != nil {
		return err
	}
	return m.opening(ctx)
}

// people hires the five; a shop that has people already is refused.
func (m *maker) people(ctx context.Context) error {
	list, err := People()
	if err != nil {
		return err
	}
	m.actors = map[auth.Role]auth.Actor{}
	return m.step(ctx, "people", len(list), func(u *core.Unit) error {
		have, err := u.Staff().List()
		if err != nil {
			return err
		}
		if len(have) > 0 {
			return fault.New(fault.Conflict, "fault.demo.not_empty")
		}
		if err := u.Settings().Set("shop.name", m.w.w.Shop); err != nil {
			return err
		}
		for _, p := range list {
			hash, err := m.opt.Hash(p.PIN)
			if err != nil {
				return err
			}
			s := &domain.Staff{ID: ids.New[ids.StaffKind](u.IDs), Name: p.Name, Role: p.Role, PINHash: hash}
			if err := u.Staff().Save(s); err != nil {
				return err
			}
			m.actors[p.Role] = auth.Actor{ID: s.ID, Name: s.Name, Role: s.Role}
		}
		return nil
	})
}

func (m *maker) catalogue(ctx context.Context) error {
	products := m.w.makeGoods()
	err := m.step(ctx, "shops", len(channels)+1, func(u *core.Unit) error {
		codes := []string{"offline"}
		for _, c := range channels {
			codes = append(codes, c.code)
		}
		for _, code := range codes {
			s := domain.Shop{ID: ids.New[ids.ShopKind](u.IDs), Channel: code, Code: code, Name: m.w.w.ShopNames[code]}
			if err := u.Catalog().SaveShop(&s); err != nil {
				return err
			}
			m.w.shops[code] = s
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = m.step(ctx, "products", len(products), func(u *core.Unit) error {
		for _, p := range products {
			if err := u.Catalog().SaveProduct(p); err != nil {
				return err
			}
		}
		for i := range m.w.goods {
			g := &m.w.goods[i]
			if err := u.Catalog().SaveSKU(g.sku, pinyin.Key(g.title+" "+g.sku.Spec)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return m.step(ctx, "kits", len(m.w.w.Kits), m.kits)
}

// kits makes the bundles: each of two or three of the best sellers.
func (m *maker) kits(u *core.Unit) error {
	for i, k := range m.w.w.Kits {
		p := &domain.Product{ID: ids.New[ids.ProductKind](u.IDs), Code: k.Code, Title: k.Title, Brand: m.w.w.Shop}
		if err := u.Catalog().SaveProduct(p); err != nil {
			return err
		}
		s := &domain.SKU{ID: ids.New[ids.SKUKind](u.IDs), Product: p.ID, Code: k.Code, Spec: k.Spec, Kit: true, Title: p.Title}
		for j := 0; j < 2+i%2; j++ {
			g := &m.w.goods[(i*5+j*3)%len(m.w.goods)]
			s.Parts = append(s.Parts, domain.KitPart{SKU: g.sku.ID, Qty: int64(1 + j%2)})
			s.PriceFen += g.sku.PriceFen * money.Fen(1+j%2) * 92 / 100
		}
		if err := u.Catalog().SaveSKU(s, pinyin.Key(p.Title+" "+s.Spec)); err != nil {
			return err
		}
	}
	return nil
}

// opening counts what was there on the first day: a month's worth of each SKU.
func (m *maker) opening(ctx context.Context) error {
	for start := 0; start < len(m.w.goods); start += bulk {
		part := m.w.goods[start:min(start+bulk, len(m.w.goods))]
		err := m.step(ctx, "opening", len(part), func(u *core.Unit) error {
			for i := range part {
				g := &part[i]
				if _, err := flow.Opening(u, g.sku, g.monthly, g.cost*money.Fen(g.monthly), ids.New[ids.DocKind](u.IDs)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		for i := range part {
			part[i].stock += part[i].monthly
		}
	}
	return nil
}

// restock buys what would not last three weeks, at a cost that drifts a little.
func (m *maker) restock(ctx context.Context) error {
	type buy struct {
		g    *good
		qty  int64
		cost money.Fen
	}
	var list []buy
	for i := range m.w.goods {
		g := &m.w.goods[i]
		if g.outOfUse || g.stock*10 > g.monthly*7 {
			continue
		}
		qty := (g.monthly*13/10-g.stock)/6*6 + 6
		cost := g.cost * money.Fen(qty) * money.Fen(96+m.w.rnd.IntN(10)) / 100
		list = append(list, buy{g, qty, cost})
	}
	for start := 0; start < len(list); start += bulk {
		part := list[start:min(start+bulk, len(list))]
		err := m.step(ctx, "receipts", len(part), func(u *core.Unit) error {
			for _, b := range part {
				level, err := u.Stock().Level(domain.DefaultWarehouse, b.g.sku.ID)
				if err != nil {
					return err
				}
				in := flow.Incoming{
					Reason: domain.MoveReceipt, Kind: "receipt", Against: domain.AccPayable,
					Doc: ids.New[ids.DocKind](u.IDs), Qty: b.qty, CostFen: b.cost,
				}
				if _, err := in.Book(u, b.g.sku, &level); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, b := range part {
			b.g.stock += b.qty
		}
	}
	return nil
}
