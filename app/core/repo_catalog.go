package core

import (
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
)

// SKURow is one row of the product list.
type SKURow struct {
	ID       ids.SKUID     `json:"id"`
	Product  ids.ProductID `json:"product_id"`
	Code     string        `json:"code"`
	Title    string        `json:"title"`
	Spec     string        `json:"spec"`
	Brand    string        `json:"brand"`
	Category string        `json:"category"`
	PriceFen money.Fen     `json:"price_fen"`
	WeightG  int64         `json:"weight_g"`
	Bin      string        `json:"bin"`
	Kit      bool          `json:"kit"`
	Disabled bool          `json:"disabled"`
	Barcodes string        `json:"barcodes"` // "code×qty, …"
	OnHand   int64         `json:"on_hand"`
	Avail    int64         `json:"available"`
}

// CatalogReads reads shops, products and SKUs.
type CatalogReads interface {
	Shops() ([]domain.Shop, error)
	Product(id ids.ProductID) (*domain.Product, error)
	ProductByCode(code string) (*domain.Product, error)
	SKU(id ids.SKUID) (*domain.SKU, error)
	// SKUs loads several with parts and barcodes, by id.
	SKUs(list []ids.SKUID) (map[ids.SKUID]*domain.SKU, error)
	// SKUByCode finds by the shop's own code (domain.NormalCode compared). Errors: NotFound.
	SKUByCode(code string) (*domain.SKU, error)
	// SKUByBarcode finds by barcode and gives the units one scan stands for. Errors: NotFound.
	SKUByBarcode(code string) (*domain.SKU, int64, error)
	// MapCodes resolves channel codes to SKUs: first the channel's mapping, then
	// the shop's own SKU code. Unknown codes are absent. Keys are domain.NormalCode.
	MapCodes(channel string, codes []string) (map[string]domain.CodeMap, error)
	// List lists SKUs. Search: code, title, spec, pinyin initials, barcode. Chips: "kit", "disabled", "no_barcode".
	List(q Query) (Paged[SKURow], error)
	CodesOf(sku ids.SKUID) ([]domain.CodeMap, error)
	// UsedInKits lists kits that hold the SKU as a part.
	UsedInKits(sku ids.SKUID) ([]ids.SKUID, error)
	// Picture is a SKU's own picture, PictureOfProduct that of any SKU of the product; nil for none.
	Picture(sku ids.SKUID) (*domain.Picture, error)
	PictureOfProduct(product ids.ProductID) (*domain.Picture, error)
}

// CatalogRepo writes shops, products and SKUs.
type CatalogRepo interface {
	CatalogReads
	SaveShop(s *domain.Shop) error
	SaveProduct(p *domain.Product) error
	// SaveSKU writes the SKU with parts and barcodes; version checked, version 0 inserts.
	// pinyin is the search key of title and spec (initials), computed by the service.
	// Errors: Conflict fault.catalog.code_used, fault.catalog.barcode_used.
	SaveSKU(s *domain.SKU, pinyin string) error
	SaveCode(m domain.CodeMap) error
	DeleteCode(channel, code string) error
	// DeleteSKU removes a SKU that nothing refers to (undo of an import). Errors: Conflict.
	DeleteSKU(id ids.SKUID) error
	SavePicture(p *domain.Picture) error
	DeletePicture(sku ids.SKUID) error
}
