package catalog

import (
	"context"
	"strings"
	"unicode/utf8"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/pinyin"
)

// SaveProductCmd adds a product (zero ID) or writes one that was read at Version.
type SaveProductCmd struct {
	ID       ids.ProductID
	Version  int64
	Code     string // unique, compared without regard to case and width
	Title    string
	Brand    string
	Category string
}

// Action is the right it needs.
func (SaveProductCmd) Action() auth.Action { return auth.CatalogEdit }

// Validate wants a code and a title. Errors: Invalid with fields.
func (c SaveProductCmd) Validate() error {
	e := fault.New(fault.Invalid, "fault.catalog.product", "code", c.Code, "limit", textLimit)
	if domain.NormalCode(c.Code) == "" || len(c.Code) > 80 {
		_ = e.Field("code", "fault.catalog.code_form")
	}
	if strings.TrimSpace(c.Title) == "" {
		_ = e.Field("title", "fault.required")
	}
	checkText(e, "title", c.Title)
	checkText(e, "brand", c.Brand)
	checkText(e, "category", c.Category)
	return orNil(e)
}

// SaveProduct writes the product and gives its id. A new title also renews the
// search keys of its SKUs.
// Errors: Denied; Invalid; NotFound; Conflict fault.catalog.code_used, fault.conflict_version.
func (s *Service) SaveProduct(ctx context.Context, cmd SaveProductCmd) (ids.ProductID, error) {
	cmd.Code, cmd.Title = strings.TrimSpace(cmd.Code), strings.TrimSpace(cmd.Title)
	return core.Do(ctx, s.e, cmd, func(u *core.Unit) (ids.ProductID, error) {
		p := domain.Product{ID: ids.ProductID(u.IDs.NewID())}
		var before any
		key := "audit.product_added"
		if !cmd.ID.Zero() {
			old, err := u.Catalog().Product(cmd.ID)
			if err != nil {
				return p.ID, err
			}
			if old.Version != cmd.Version {
				return p.ID, fault.New(fault.Conflict, "fault.conflict_version")
			}
			before, p, key = *old, *old, "audit.product_changed"
		}
		renamed := p.Title != cmd.Title
		p.Code, p.Title, p.Brand, p.Category = cmd.Code, cmd.Title, cmd.Brand, cmd.Category
		if err := u.Catalog().SaveProduct(&p); err != nil {
			return p.ID, err
		}
		if renamed && before != nil {
			if err := renewKeys(u, &p); err != nil {
				return p.ID, err
			}
		}
		u.Audit("product", p.ID.String(), key, before, p, "code", p.Code, "title", p.Title)
		u.Changed(core.TopicCatalog, p.ID.String())
		return p.ID, nil
	})
}

// renewKeys computes the search keys of a renamed product's SKUs again.
func renewKeys(u *core.Unit, p *domain.Product) error {
	list, err := u.Catalog().List(core.Query{
		Conds: []core.Cond{{Field: "product_id", Op: "=", Value: p.ID.String()}},
		Page:  core.Page{Limit: core.PageLimit},
	})
	if err != nil {
		return err
	}
	for _, row := range list.Rows {
		sku, err := u.Catalog().SKU(row.ID)
		if err != nil {
			return err
		}
		if err := u.Catalog().SaveSKU(sku, pinyin.Key(p.Title+" "+sku.Spec)); err != nil {
			return err
		}
	}
	return nil
}

func checkText(e *fault.Error, field, text string) {
	if utf8.RuneCountInString(text) > textLimit {
		_ = e.Field(field, "fault.too_long")
	}
}

// orNil gives the fault when it names a field.
func orNil(e *fault.Error) error {
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}
