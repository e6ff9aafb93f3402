package catalog

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

// Service manages products, SKUs, codes and shops. Make it with New.
type Service struct{ e *core.Engine }

// New makes the service.
func New(e *core.Engine) *Service { return &Service{e: e} }

// textLimit is the most characters of a text field (CONVENTIONS 18).
const textLimit = 2000

// List lists SKUs (core.CatalogReads.List says what search and chips mean).
// Errors: Denied; Invalid for an unknown field.
func (s *Service) List(ctx context.Context, q core.Query) (core.Paged[core.SKURow], error) {
	return core.Read(ctx, s.e, auth.CatalogView, func(r core.Reads) (core.Paged[core.SKURow], error) {
		return r.Catalog().List(q)
	})
}

// Shops lists the shops of all channels, disabled ones too.
func (s *Service) Shops(ctx context.Context) ([]domain.Shop, error) {
	return core.Read(ctx, s.e, auth.CatalogView, func(r core.Reads) ([]domain.Shop, error) {
		return r.Catalog().Shops()
	})
}

// Part is one part of a kit with what people call it.
type Part struct {
	domain.KitPart
	Code  string
	Title string
	Spec  string
	Avail int64 // units that may still be promised
}

// Card is a SKU with all that belongs to it.
type Card struct {
	SKU     domain.SKU
	Product domain.Product
	Parts   []Part
	Codes   []domain.CodeMap // codes of channels that mean it
	Avail   int64            // units, or kits that the parts allow (rules.md §5.3.6)
	InKits  int              // number of kits it is a part of
}

// Get loads a SKU whole. Errors: Denied; NotFound.
func (s *Service) Get(ctx context.Context, id ids.SKUID) (Card, error) {
	return core.Read(ctx, s.e, auth.CatalogView, func(r core.Reads) (Card, error) {
		sku, err := r.Catalog().SKU(id)
		if err != nil {
			return Card{}, err
		}
		return cardOf(r, sku)
	})
}

// GetByCode is Get by the shop's own code. Errors: Denied; NotFound.
func (s *Service) GetByCode(ctx context.Context, code string) (Card, error) {
	return core.Read(ctx, s.e, auth.CatalogView, func(r core.Reads) (Card, error) {
		sku, err := r.Catalog().SKUByCode(code)
		if err != nil {
			return Card{}, err
		}
		return cardOf(r, sku)
	})
}

func cardOf(r core.Reads, sku *domain.SKU) (Card, error) {
	c := Card{SKU: *sku}
	product, err := r.Catalog().Product(sku.Product)
	if err != nil {
		return c, err
	}
	c.Product = *product
	if c.Codes, err = r.Catalog().CodesOf(sku.ID); err != nil {
		return c, err
	}
	kits, err := r.Catalog().UsedInKits(sku.ID)
	if err != nil {
		return c, err
	}
	c.InKits = len(kits)
	if sku.Kit {
		return c, c.addParts(r)
	}
	level, err := r.Stock().Level(domain.DefaultWarehouse, sku.ID)
	c.Avail = level.Available()
	return c, err
}

func (c *Card) addParts(r core.Reads) error {
	list := make([]ids.SKUID, 0, len(c.SKU.Parts))
	for _, p := range c.SKU.Parts {
		list = append(list, p.SKU)
	}
	skus, err := r.Catalog().SKUs(list)
	if err != nil {
		return err
	}
	levels, err := r.Stock().Levels(domain.DefaultWarehouse, list)
	if err != nil {
		return err
	}
	available := func(id ids.SKUID) int64 {
		level := levels[id]
		return level.Available()
	}
	for _, p := range c.SKU.Parts {
		part := Part{KitPart: p, Avail: available(p.SKU)}
		if sku := skus[p.SKU]; sku != nil {
			part.Code, part.Title, part.Spec = sku.Code, sku.Title, sku.Spec
		}
		c.Parts = append(c.Parts, part)
	}
	c.Avail = domain.KitAvailable(c.SKU.Parts, available)
	return nil
}

// Scan is what one scan of a code stands for.
type Scan struct {
	SKU domain.SKU
	Qty int64 // units: a carton's barcode may stand for several (rules.md §5.3.9)
}

// FindByScan finds a SKU by barcode, else by the shop's own code. Full-width
// digits from an input method read as plain ones.
// Errors: Denied; NotFound fault.catalog.scan_unknown; Conflict fault.catalog.sku_disabled.
func (s *Service) FindByScan(ctx context.Context, code string) (Scan, error) {
	return core.Read(ctx, s.e, auth.CatalogView, func(r core.Reads) (Scan, error) {
		sku, qty, err := r.Catalog().SKUByBarcode(code)
		if fault.Is(err, fault.NotFound) {
			qty = 1
			sku, err = r.Catalog().SKUByCode(code)
		}
		if fault.Is(err, fault.NotFound) {
			return Scan{}, fault.New(fault.NotFound, "fault.catalog.scan_unknown", "code", code)
		}
		if err != nil {
			return Scan{}, err
		}
		if sku.Disabled {
			return Scan{}, fault.New(fault.Conflict, "fault.catalog.sku_disabled", "sku", sku.Code)
		}
		return Scan{SKU: *sku, Qty: qty}, nil
	})
}
