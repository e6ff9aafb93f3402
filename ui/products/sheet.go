package products

import (
	"context"
	"strconv"

	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/ui/kit"
)

// sheet is grid mode: every plain attribute of SKUs and products, saved together.
func (s *screen) sheet() *kit.Sheet[core.SKURow] {
	return &kit.Sheet[core.SKURow]{
		Need: auth.CatalogEdit, Name: func(r core.SKURow) string { return r.Code }, Save: s.saveSheet,
	}
}

// field makes a column editable. What belongs to the product changes in the rows
// of all its SKUs.
func field(f catalog.Field) *kit.Edit[core.SKURow] {
	e := &kit.Edit[core.SKURow]{Text: f.OfRow, Parse: f.Form, Show: shown(f)}
	if f.OfProduct() {
		e.Shared = func(r core.SKURow) string { return r.Product.String() }
	}
	return e
}

// shown is how grid mode shows a value: as the list does.
func shown(f catalog.Field) func(text string) string {
	switch f {
	case catalog.FieldPrice:
		return func(text string) string {
			if v, err := money.Parse(text); err == nil {
				return i18n.Amount(v)
			}
			return i18n.Dash
		}
	case catalog.FieldWeight:
		return func(text string) string {
			g, _ := strconv.ParseInt(text, 10, 64) // "" is no weight
			return weight(g)
		}
	}
	return nil
}

// fieldOf is the field of a column.
func fieldOf(column string) catalog.Field {
	if column == "barcodes" {
		return catalog.FieldBarcode
	}
	return catalog.Field(column)
}

// columnOf is the column of a field.
func columnOf(f catalog.Field) string {
	if f == catalog.FieldBarcode {
		return "barcodes"
	}
	return string(f)
}

// saveSheet writes the cells that changed in one use case.
func (s *screen) saveSheet(ctx context.Context, changes []kit.CellChange) ([]kit.CellFault, error) {
	cmd := catalog.EditManyCmd{}
	for _, c := range changes {
		id, err := ids.Parse[ids.SKUKind](c.Row)
		if err != nil {
			return nil, fault.From(err)
		}
		cmd.Edits = append(cmd.Edits, catalog.Edit{SKU: id, Field: fieldOf(c.Column), From: c.From, To: c.To})
	}
	refused, err := s.app.Catalog.EditMany(ctx, cmd)
	faults := make([]kit.CellFault, len(refused))
	for i, r := range refused {
		faults[i] = kit.CellFault{Row: r.SKU.String(), Column: columnOf(r.Field), Err: r.Err}
	}
	return faults, err
}
