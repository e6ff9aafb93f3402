package store

import (
	"strings"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

// taken refuses a value that another record has: query must give its rows.
func (r catalogRepo) taken(key, code, query string, args ...any) error {
	rows, err := sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[int64], query, args...)
	if err == nil && len(rows) > 0 {
		err = fault.New(fault.Conflict, key, "code", code).Field("code", "fault.taken")
	}
	return err
}

// SaveShop adds a shop or writes its row. Errors: Conflict fault.catalog.shop_used.
func (r catalogRepo) SaveShop(s *domain.Shop) error {
	err := r.taken("fault.catalog.shop_used", s.Code, `SELECT 1 FROM shops WHERE code = $1 AND id <> $2`, s.Code, s.ID)
	if err != nil {
		return err
	}
	_, err = sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO shops (id, channel, code, name, disabled) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, code = excluded.code, name = excluded.name, disabled = excluded.disabled`,
		s.ID, s.Channel, s.Code, s.Name, s.Disabled)
	return err
}

// SaveProduct inserts a product (version 0) or writes its row; the version is
// checked and counted up. Errors: Conflict fault.catalog.code_used, fault.conflict_version.
func (r catalogRepo) SaveProduct(p *domain.Product) error {
	key := domain.NormalCode(p.Code)
	err := r.taken("fault.catalog.code_used", p.Code, `SELECT 1 FROM products WHERE code_key = $1 AND id <> $2`, key, p.ID)
	if err != nil {
		return err
	}
	if p.Version == 0 {
		_, err = sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO products (id, code, code_key, title, brand, category, version)
			VALUES ($1, $2, $3, $4, $5, $6, 1)`, p.ID, p.Code, key, p.Title, p.Brand, p.Category)
	} else {
		err = sqlkit.ExecOne(r.t.ctx, r.t.q, sqlkit.ErrChanged(), `UPDATE products SET code = $3, code_key = $4, title = $5, brand = $6,
			category = $7, version = version + 1 WHERE id = $1 AND version = $2`, p.ID, p.Version, p.Code, key, p.Title, p.Brand, p.Category)
	}
	if err == nil {
		p.Version++
	}
	return err
}

// SaveSKU inserts a SKU (version 0) or writes its row, with parts and barcodes;
// the version is checked and counted up. pinyin is the key of title and spec
// that people may type instead.
// Errors: Conflict fault.catalog.code_used, fault.catalog.barcode_used, fault.conflict_version.
func (r catalogRepo) SaveSKU(s *domain.SKU, pinyin string) error {
	key := domain.NormalCode(s.Code)
	err := r.taken("fault.catalog.code_used", s.Code, `SELECT 1 FROM skus WHERE code_key = $1 AND id <> $2`, key, s.ID)
	if err != nil {
		return err
	}
	search := searchText(s, pinyin)
	if s.Version == 0 {
		_, err = sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO skus (id, product_id, code, code_key, spec, price_fen, weight_g, bin, kit, disabled, search, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`,
			s.ID, s.Product, s.Code, key, s.Spec, s.PriceFen, s.WeightG, s.Bin, s.Kit, s.Disabled, search)
	} else {
		err = sqlkit.ExecOne(r.t.ctx, r.t.q, sqlkit.ErrChanged(), `UPDATE skus SET product_id = $3, code = $4, code_key = $5, spec = $6, price_fen = $7,
			weight_g = $8, bin = $9, kit = $10, disabled = $11, search = $12, version = version + 1 WHERE id = $1 AND version = $2`,
			s.ID, s.Version, s.Product, s.Code, key, s.Spec, s.PriceFen, s.WeightG, s.Bin, s.Kit, s.Disabled, search)
	}
	if err != nil {
		return err
	}
	if err := r.saveParts(s); err != nil {
		return err
	}
	if err := r.saveBarcodes(s); err != nil {
		return err
	}
	s.Version++
	return nil
}

// searchText is what a search looks into beside the title: code, spec, pinyin
// and barcodes, folded.
func searchText(s *domain.SKU, pinyin string) string {
	words := []string{s.Code, s.Spec, pinyin}
	for _, b := range s.Barcodes {
		words = append(words, b.Code)
	}
	return domain.NormalCode(strings.Join(words, " "))
}

func (r catalogRepo) saveParts(s *domain.SKU) error {
	if s.Version > 0 {
		if _, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM kit_parts WHERE kit_id = $1`, s.ID); err != nil {
			return err
		}
	}
	rows := make([][]any, len(s.Parts))
	for i, p := range s.Parts {
		rows[i] = []any{s.ID, p.SKU, p.Qty}
	}
	_, err := sqlkit.InsertMany(r.t.ctx, r.t.q, "kit_parts", []string{"kit_id", "part_id", "qty"}, "", rows)
	return err
}

func (r catalogRepo) saveBarcodes(s *domain.SKU) error {
	if s.Version > 0 {
		if _, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM barcodes WHERE sku_id = $1`, s.ID); err != nil {
			return err
		}
	}
	for _, b := range s.Barcodes {
		n, err := sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO barcodes (code_key, code, sku_id, pack_qty) VALUES ($1, $2, $3, $4)
			ON CONFLICT (code_key) DO NOTHING`, domain.NormalCode(b.Code), b.Code, s.ID, b.PackQty)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "fault.catalog.barcode_used", "code", b.Code).Field("barcodes", "fault.taken")
		}
	}
	return nil
}

// SaveCode ties a channel's code to a SKU, replacing what it was tied to.
func (r catalogRepo) SaveCode(m domain.CodeMap) error {
	_, err := sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO channel_codes (channel, code_key, code, sku_id, qty, at_ms) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (channel, code_key) DO UPDATE SET code = excluded.code, sku_id = excluded.sku_id, qty = excluded.qty, at_ms = excluded.at_ms`,
		m.Channel, domain.NormalCode(m.Code), m.Code, m.SKU, m.Qty, m.At)
	return err
}

// DeleteCode unties a channel's code; one that is not tied stays so.
func (r catalogRepo) DeleteCode(channel, code string) error {
	_, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM channel_codes WHERE channel = $1 AND code_key = $2`, channel, domain.NormalCode(code))
	return err
}

// skuUses finds what keeps a SKU from being deleted, each by its index on the
// SKU; a level without moves is no use.
const skuUses = `SELECT 1 FROM order_lines WHERE sku_id = $1
	UNION ALL SELECT 1 FROM line_parts WHERE sku_id = $1
	UNION ALL SELECT 1 FROM reservations WHERE sku_id = $1
	UNION ALL SELECT 1 FROM stock_moves WHERE sku_id = $1
	UNION ALL SELECT 1 FROM channel_codes WHERE sku_id = $1
	UNION ALL SELECT 1 FROM kit_parts WHERE part_id = $1 LIMIT 1`

// DeleteSKU removes a SKU that nothing refers to, and its product when that
// was the last one. Errors: Conflict fault.catalog.sku_used; NotFound.
func (r catalogRepo) DeleteSKU(id ids.SKUID) error {
	s, err := r.SKU(id)
	if err != nil {
		return err
	}
	if err := r.taken("fault.catalog.sku_used", s.Code, skuUses, id); err != nil {
		return err
	}
	for _, stmt := range []string{
		`DELETE FROM stock_levels WHERE sku_id = $1`, `DELETE FROM barcodes WHERE sku_id = $1`,
		`DELETE FROM kit_parts WHERE kit_id = $1`, `DELETE FROM pictures WHERE sku_id = $1`, `DELETE FROM skus WHERE id = $1`,
	} {
		if _, err := sqlkit.Exec(r.t.ctx, r.t.q, stmt, id); err != nil {
			return err
		}
	}
	_, err = sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM products WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM skus WHERE product_id = $2)`, s.Product, s.Product)
	return err
}
