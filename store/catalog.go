package store

import (
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

// Shops lists all shops by code; there are a handful.
func (r catalogRepo) Shops() ([]domain.Shop, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, func(s sqlkit.Scanner) (domain.Shop, error) {
		var p domain.Shop
		err := s.Scan(&p.ID, &p.Channel, &p.Code, &p.Name, &p.Disabled)
		return p, err
	}, `SELECT id, channel, code, name, disabled FROM shops ORDER BY code`)
}

const productSelect = `SELECT id, code, title, brand, category, version FROM products`

func scanProduct(s sqlkit.Scanner) (*domain.Product, error) {
	p := &domain.Product{}
	err := s.Scan(&p.ID, &p.Code, &p.Title, &p.Brand, &p.Category, &p.Version)
	return p, err
}

// Product loads a product. Errors: NotFound fault.catalog.unknown_product.
func (r catalogRepo) Product(id ids.ProductID) (*domain.Product, error) {
	return sqlkit.OneOr(r.t.ctx, r.t.q, fault.New(fault.NotFound, "fault.catalog.unknown_product", "code", id),
		scanProduct, productSelect+` WHERE id = $1`, id)
}

// ProductByCode loads a product by code without regard to case and width.
// Errors: NotFound fault.catalog.unknown_product.
func (r catalogRepo) ProductByCode(code string) (*domain.Product, error) {
	return sqlkit.OneOr(r.t.ctx, r.t.q, fault.New(fault.NotFound, "fault.catalog.unknown_product", "code", code),
		scanProduct, productSelect+` WHERE code_key = $1`, domain.NormalCode(code))
}

const skuSelect = `SELECT k.id, k.product_id, k.code, k.spec, k.price_fen, k.weight_g, k.bin, k.kit, k.disabled, k.version, p.title
	FROM skus k JOIN products p ON p.id = k.product_id WHERE k.id IN (`

func scanSKU(s sqlkit.Scanner) (*domain.SKU, error) {
	k := &domain.SKU{}
	err := s.Scan(&k.ID, &k.Product, &k.Code, &k.Spec, &k.PriceFen, &k.WeightG, &k.Bin, &k.Kit, &k.Disabled, &k.Version, &k.Title)
	return k, err
}

// SKU loads a SKU with parts, barcodes and title. Errors: NotFound fault.catalog.unknown_sku.
func (r catalogRepo) SKU(id ids.SKUID) (*domain.SKU, error) {
	found, err := r.SKUs([]ids.SKUID{id})
	if err != nil {
		return nil, err
	}
	if found[id] == nil {
		return nil, fault.New(fault.NotFound, "fault.catalog.unknown_sku", "code", id)
	}
	return found[id], nil
}

// SKUs loads several SKUs whole, by primary keys; unknown ones are absent.
func (r catalogRepo) SKUs(list []ids.SKUID) (map[ids.SKUID]*domain.SKU, error) {
	found := make(map[ids.SKUID]*domain.SKU, len(list))
	err := sqlkit.In(unique(list), 1, func(marks string, args []any) error {
		rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanSKU, skuSelect+marks+`)`, args...)
		if err != nil {
			return err
		}
		for _, k := range rows {
			found[k.ID] = k
		}
		if err := r.readParts(found, marks, args); err != nil {
			return err
		}
		return r.readBarcodes(found, marks, args)
	})
	return found, err
}

func (r catalogRepo) readParts(found map[ids.SKUID]*domain.SKU, marks string, args []any) error {
	return sqlkit.Each(r.t.ctx, r.t.q, func(s sqlkit.Scanner) error {
		var kit ids.SKUID
		var p domain.KitPart
		err := s.Scan(&kit, &p.SKU, &p.Qty)
		if k := found[kit]; k != nil {
			k.Parts = append(k.Parts, p)
		}
		return err
	}, `SELECT kit_id, part_id, qty FROM kit_parts WHERE kit_id IN (`+marks+`) ORDER BY kit_id, part_id`, args...)
}

// readBarcodes uses the index barcodes_sku.
func (r catalogRepo) readBarcodes(found map[ids.SKUID]*domain.SKU, marks string, args []any) error {
	return sqlkit.Each(r.t.ctx, r.t.q, func(s sqlkit.Scanner) error {
		var sku ids.SKUID
		var b domain.Barcode
		err := s.Scan(&sku, &b.Code, &b.PackQty)
		if k := found[sku]; k != nil {
			k.Barcodes = append(k.Barcodes, b)
		}
		return err
	}, `SELECT sku_id, code, pack_qty FROM barcodes WHERE sku_id IN (`+marks+`) ORDER BY sku_id, pack_qty, code_key`, args...)
}

// SKUByCode finds a SKU by the shop's own code without regard to case and
// width (index: the UNIQUE of code_key). Errors: NotFound fault.catalog.unknown_sku.
func (r catalogRepo) SKUByCode(code string) (*domain.SKU, error) {
	id, err := sqlkit.OneOr(r.t.ctx, r.t.q, fault.New(fault.NotFound, "fault.catalog.unknown_sku", "code", code),
		sqlkit.Value[ids.SKUID], `SELECT id FROM skus WHERE code_key = $1`, domain.NormalCode(code))
	if err != nil {
		return nil, err
	}
	return r.SKU(id)
}

// SKUByBarcode finds a SKU by barcode (primary key) and gives the units of one
// scan. Errors: NotFound fault.catalog.unknown_barcode.
func (r catalogRepo) SKUByBarcode(code string) (*domain.SKU, int64, error) {
	found, err := sqlkit.OneOr(r.t.ctx, r.t.q, fault.New(fault.NotFound, "fault.catalog.unknown_barcode", "code", code),
		scanPair[ids.SKUID, int64], `SELECT sku_id, pack_qty FROM barcodes WHERE code_key = $1`, domain.NormalCode(code))
	if err != nil {
		return nil, 0, err
	}
	sku, err := r.SKU(found.a)
	return sku, found.b, err
}

// MapCodes resolves a channel's codes: first its own mapping, then the shop's
// SKU codes (primary key; UNIQUE of code_key). Keys are domain.NormalCode.
func (r catalogRepo) MapCodes(channel string, codes []string) (map[string]domain.CodeMap, error) {
	keys := make([]string, 0, len(codes))
	raw := make(map[string]string, len(codes))
	for _, c := range codes {
		if key := domain.NormalCode(c); key != "" {
			keys = append(keys, key)
			raw[key] = c
		}
	}
	found := make(map[string]domain.CodeMap, len(keys))
	err := sqlkit.In(unique(keys), 2, func(marks string, args []any) error {
		rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanCode,
			codeSelect+` WHERE channel = $1 AND code_key IN (`+marks+`)`, append([]any{channel}, args...)...)
		for _, m := range rows {
			found[domain.NormalCode(m.Code)] = m
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return found, sqlkit.In(unique(keys), 1, func(marks string, args []any) error {
		rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanPair[string, ids.SKUID], `SELECT code_key, id FROM skus WHERE code_key IN (`+marks+`)`, args...)
		for _, p := range rows {
			if _, mapped := found[p.a]; !mapped {
				found[p.a] = domain.CodeMap{Channel: channel, Code: raw[p.a], SKU: p.b, Qty: 1}
			}
		}
		return err
	})
}

const codeSelect = `SELECT channel, code, sku_id, qty, at_ms FROM channel_codes`

func scanCode(s sqlkit.Scanner) (domain.CodeMap, error) {
	var m domain.CodeMap
	err := s.Scan(&m.Channel, &m.Code, &m.SKU, &m.Qty, &m.At)
	return m, err
}

// CodesOf lists the channel codes of a SKU (index channel_codes_sku).
func (r catalogRepo) CodesOf(sku ids.SKUID) ([]domain.CodeMap, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, scanCode, codeSelect+` WHERE sku_id = $1 ORDER BY channel, code_key`, sku)
}

// UsedInKits lists the kits that hold the SKU as a part (index kit_parts_part).
func (r catalogRepo) UsedInKits(sku ids.SKUID) ([]ids.SKUID, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[ids.SKUID], `SELECT kit_id FROM kit_parts WHERE part_id = $1 ORDER BY kit_id`, sku)
}
