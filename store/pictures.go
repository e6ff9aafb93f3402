package store

import (
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

const pictureSelect = `SELECT x.sku_id, x.jpeg, x.width, x.height, x.sha256, x.at_ms FROM pictures x`

func scanPicture(s sqlkit.Scanner) (*domain.Picture, error) {
	p := &domain.Picture{}
	err := s.Scan(&p.SKU, &p.JPEG, &p.Width, &p.Height, &p.SHA256, &p.At)
	return p, err
}

// Picture loads a SKU's own picture (primary key), nil when it has none.
func (r catalogRepo) Picture(sku ids.SKUID) (*domain.Picture, error) {
	return r.picture(pictureSelect+` WHERE x.sku_id = $1`, sku)
}

// PictureOfProduct loads a picture of any SKU of the product (index
// skus_product), the one with the first code, nil when none has one.
func (r catalogRepo) PictureOfProduct(product ids.ProductID) (*domain.Picture, error) {
	return r.picture(pictureSelect+` JOIN skus k ON k.id = x.sku_id WHERE k.product_id = $1 ORDER BY k.code_key LIMIT 1`, product)
}

func (r catalogRepo) picture(query string, args ...any) (*domain.Picture, error) {
	rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanPicture, query, args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

// SavePicture keeps a SKU's picture in the place of the one before.
func (r catalogRepo) SavePicture(p *domain.Picture) error {
	_, err := sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO pictures (sku_id, jpeg, width, height, sha256, at_ms) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (sku_id) DO UPDATE SET jpeg = excluded.jpeg, width = excluded.width, height = excluded.height,
		sha256 = excluded.sha256, at_ms = excluded.at_ms`, p.SKU, p.JPEG, p.Width, p.Height, p.SHA256, p.At)
	return err
}

// DeletePicture takes a SKU's picture away; one that has none stays so.
func (r catalogRepo) DeletePicture(sku ids.SKUID) error {
	_, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM pictures WHERE sku_id = $1`, sku)
	return err
}
