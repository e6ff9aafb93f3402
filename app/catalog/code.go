package catalog

import (
	"context"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

// MapCodeCmd ties a code that a channel uses to a SKU. Waiting order lines are
// mapped by the order desk (orders.MapSKU); this keeps the table itself.
type MapCodeCmd struct {
	Channel string
	Code    string
	SKU     ids.SKUID // zero takes the mapping away
	Qty     int64     // units of the SKU for one unit of the code
}

// Action is the right it needs.
func (MapCodeCmd) Action() auth.Action { return auth.CatalogEdit }

// qtyLimit is the most units one code may stand for: more is a slip of the pen.
const qtyLimit = 10_000

// Validate checks channel, code and quantity. Errors: Invalid with fields.
func (c MapCodeCmd) Validate() error {
	e := fault.New(fault.Invalid, "fault.catalog.mapping", "channel", c.Channel, "code", c.Code)
	if !domain.KnownChannel(c.Channel) {
		_ = e.Field("channel", "fault.catalog.channel")
	}
	if domain.NormalCode(c.Code) == "" || len(c.Code) > 200 {
		_ = e.Field("code", "fault.catalog.code_form")
	}
	if !c.SKU.Zero() && (c.Qty < 1 || c.Qty > qtyLimit) {
		_ = e.Field("qty", "fault.positive")
	}
	return orNil(e)
}

// MapCode stores, changes or (zero SKU) removes a mapping. Lines that are
// mapped already keep what they have. Errors: Denied; Invalid; NotFound.
func (s *Service) MapCode(ctx context.Context, cmd MapCodeCmd) error {
	cmd.Code = strings.TrimSpace(cmd.Code)
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (bool, error) {
		known, err := u.Catalog().MapCodes(cmd.Channel, []string{cmd.Code})
		if err != nil {
			return false, err
		}
		var before any
		if old, ok := known[domain.NormalCode(cmd.Code)]; ok {
			before = old
		}
		if cmd.SKU.Zero() {
			return true, unmap(u, cmd, before)
		}
		sku, err := u.Catalog().SKU(cmd.SKU)
		if err != nil {
			return false, err
		}
		m := domain.CodeMap{Channel: cmd.Channel, Code: cmd.Code, SKU: cmd.SKU, Qty: cmd.Qty, At: u.Now}
		if err := u.Catalog().SaveCode(m); err != nil {
			return false, err
		}
		u.Audit("code", cmd.Channel+":"+cmd.Code, "audit.code_kept", before, m,
			"channel", cmd.Channel, "code", cmd.Code, "sku", sku.Code, "qty", cmd.Qty)
		u.Changed(core.TopicCatalog, cmd.SKU.String())
		return true, nil
	})
	return err
}

func unmap(u *core.Unit, cmd MapCodeCmd, before any) error {
	if err := u.Catalog().DeleteCode(cmd.Channel, cmd.Code); err != nil {
		return err
	}
	u.Audit("code", cmd.Channel+":"+cmd.Code, "audit.code_removed", before, nil, "channel", cmd.Channel, "code", cmd.Code)
	u.Changed(core.TopicCatalog)
	return nil
}
