package catalog

import (
	"context"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/pinyin"
)

// partsLimit and barcodesLimit bound what one SKU may hold.
const (
	partsLimit    = 50
	barcodesLimit = 50
)

// SaveSKUCmd adds a SKU (zero ID) or writes one that was read at Version.
type SaveSKUCmd struct {
	ID       ids.SKUID
	Version  int64
	Product  ids.ProductID
	Code     string // unique, compared without regard to case and width
	Spec     string
	PriceFen money.Fen
	WeightG  int64
	Bin      string
	Disabled bool
	Parts    []domain.KitPart // a kit's parts; none for a plain SKU
	Barcodes []domain.Barcode
}

// Action is the right it needs.
func (SaveSKUCmd) Action() auth.Action { return auth.CatalogEdit }

// Validate checks the fields that stand alone. Errors: Invalid with fields; Limit.
func (c SaveSKUCmd) Validate() error {
	if len(c.Parts) > partsLimit {
		return fault.New(fault.Limit, "fault.catalog.parts_many", "limit", partsLimit)
	}
	if len(c.Barcodes) > barcodesLimit {
		return fault.New(fault.Limit, "fault.catalog.barcodes_many", "limit", barcodesLimit)
	}
	sku := c.sku(c.ID)
	e := fault.From(sku.Validate())
	if e == nil {
		e = fault.New(fault.Invalid, "fault.catalog.sku", "code", c.Code)
	}
	if c.Product.Zero() {
		_ = e.Field("product", "fault.required")
	}
	checkText(e, "spec", c.Spec)
	checkText(e, "bin", c.Bin)
	if twice(c.Parts, func(p domain.KitPart) string { return p.SKU.String() }) {
		_ = e.Field("parts", "fault.catalog.part_twice")
	}
	if twice(c.Barcodes, func(b domain.Barcode) string { return domain.NormalCode(b.Code) }) {
		_ = e.Field("barcodes", "fault.catalog.barcode_twice")
	}
	return orNil(e)
}

func (c SaveSKUCmd) sku(id ids.SKUID) domain.SKU {
	return domain.SKU{
		ID: id, Product: c.Product, Code: c.Code, Spec: c.Spec, PriceFen: c.PriceFen, WeightG: c.WeightG,
		Bin: c.Bin, Kit: len(c.Parts) > 0, Disabled: c.Disabled, Parts: c.Parts, Barcodes: c.Barcodes, Version: c.Version,
	}
}

func twice[T any](list []T, key func(T) string) bool {
	seen := map[string]bool{}
	for _, v := range list {
		k := key(v)
		if seen[k] {
			return true
		}
		seen[k] = true
	}
	return false
}

// SaveSKU writes the SKU with its parts and barcodes. A changed kit changes
// later orders only: open lines keep the parts they were mapped to (rules.md §5.3.6).
// Errors: Denied; Invalid; Limit; NotFound; Conflict fault.catalog.code_used,
// .barcode_used, .kit_nested, .kit_part, .kit_stock, fault.conflict_version.
func (s *Service) SaveSKU(ctx context.Context, cmd SaveSKUCmd) (ids.SKUID, error) {
	cmd.Code, cmd.Spec = strings.TrimSpace(cmd.Code), strings.TrimSpace(cmd.Spec)
	return core.Do(ctx, s.e, cmd, func(u *core.Unit) (ids.SKUID, error) {
		id, key := cmd.ID, "audit.sku_changed"
		var before *domain.SKU
		if id.Zero() {
			id, key = ids.SKUID(u.IDs.NewID()), "audit.sku_added"
		} else {
			var err error
			if before, err = u.Catalog().SKU(id); err != nil {
				return id, err
			}
			if before.Version != cmd.Version {
				return id, fault.New(fault.Conflict, "fault.conflict_version")
			}
		}
		sku := cmd.sku(id)
		if before == nil {
			sku.Version = 0
		}
		product, err := u.Catalog().Product(cmd.Product)
		if err != nil {
			return id, err
		}
		if err := checkKit(u, &sku, before); err != nil {
			return id, err
		}
		if err := u.Catalog().SaveSKU(&sku, pinyin.Key(product.Title+" "+sku.Spec)); err != nil {
			return id, err
		}
		u.Audit("sku", id.String(), key, factsOf(before), factsOf(&sku), "sku", sku.Code, "title", product.Title)
		u.Changed(core.TopicCatalog, id.String())
		u.Changed(core.TopicStock, id.String())
		return id, nil
	})
}

// checkKit keeps kits one level deep and free of stock of their own.
func checkKit(u *core.Unit, sku, before *domain.SKU) error {
	if !sku.Kit {
		return nil
	}
	list := make([]ids.SKUID, 0, len(sku.Parts))
	for _, p := range sku.Parts {
		list = append(list, p.SKU)
	}
	parts, err := u.Catalog().SKUs(list)
	if err != nil {
		return err
	}
	for _, id := range list {
		part := parts[id]
		if part == nil {
			return fault.New(fault.NotFound, "fault.catalog.part_unknown", "sku", sku.Code)
		}
		if part.Kit {
			return fault.New(fault.Conflict, "fault.catalog.kit_nested", "sku", sku.Code, "part", part.Code)
		}
	}
	if before == nil || before.Kit {
		return nil
	}
	return flow.BecomesKit(u.Catalog(), u.Stock(), sku)
}

// facts are the fields that the audit shows before and after.
type facts struct {
	Code     string           `json:"code"`
	Spec     string           `json:"spec"`
	PriceFen money.Fen        `json:"price_fen"`
	WeightG  int64            `json:"weight_g"`
	Bin      string           `json:"bin"`
	Disabled bool             `json:"disabled"`
	Parts    []domain.KitPart `json:"parts,omitempty"`
	Barcodes []domain.Barcode `json:"barcodes,omitempty"`
}

func factsOf(s *domain.SKU) *facts {
	if s == nil {
		return nil
	}
	return &facts{s.Code, s.Spec, s.PriceFen, s.WeightG, s.Bin, s.Disabled, s.Parts, s.Barcodes}
}
