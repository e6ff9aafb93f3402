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

// SaveShopCmd adds a shop (zero ID) or changes one. A shop's channel never
// changes: its orders came from there (DECIDED 2).
type SaveShopCmd struct {
	ID       ids.ShopID
	Channel  string
	Code     string // short and unique; orders may be named CODE:NUMBER
	Name     string
	Disabled bool
}

// Action is the right it needs.
func (SaveShopCmd) Action() auth.Action { return auth.CatalogEdit }

// Validate checks channel, code and name. Errors: Invalid with fields.
func (c SaveShopCmd) Validate() error {
	e := fault.New(fault.Invalid, "fault.catalog.shop", "shop", c.Code, "limit", textLimit)
	if !domain.KnownChannel(c.Channel) {
		_ = e.Field("channel", "fault.catalog.channel")
	}
	if c.Code == "" || len(c.Code) > 40 || strings.ContainsAny(c.Code, ": \t\n,") {
		_ = e.Field("code", "fault.catalog.shop_code_form")
	}
	if strings.TrimSpace(c.Name) == "" {
		_ = e.Field("name", "fault.required")
	}
	checkText(e, "name", c.Name)
	return orNil(e)
}

// SaveShop writes the shop and gives its id. Errors: Denied; Invalid; NotFound
// fault.shop.unknown; Conflict fault.catalog.shop_used, fault.catalog.shop_channel.
func (s *Service) SaveShop(ctx context.Context, cmd SaveShopCmd) (ids.ShopID, error) {
	cmd.Code, cmd.Name = strings.TrimSpace(cmd.Code), strings.TrimSpace(cmd.Name)
	return core.Do(ctx, s.e, cmd, func(u *core.Unit) (ids.ShopID, error) {
		shop := domain.Shop{ID: cmd.ID, Channel: cmd.Channel, Code: cmd.Code, Name: cmd.Name, Disabled: cmd.Disabled}
		before, err := shopBefore(u, &shop)
		if err != nil {
			return shop.ID, err
		}
		key := "audit.shop_changed"
		if before == nil {
			key, shop.ID = "audit.shop_added", ids.ShopID(u.IDs.NewID())
		}
		if err := u.Catalog().SaveShop(&shop); err != nil {
			return shop.ID, err
		}
		u.Audit("shop", shop.ID.String(), key, before, shop, "shop", shop.Code, "channel", shop.Channel)
		u.Changed(core.TopicCatalog, shop.ID.String())
		return shop.ID, nil
	})
}

// shopBefore finds what the shop was, nil for a new one, and refuses a code
// that another shop has.
func shopBefore(u *core.Unit, shop *domain.Shop) (*domain.Shop, error) {
	shops, err := u.Catalog().Shops()
	if err != nil {
		return nil, err
	}
	var before *domain.Shop
	for i := range shops {
		other := &shops[i]
		if other.ID == shop.ID {
			before = other
		} else if domain.NormalCode(other.Code) == domain.NormalCode(shop.Code) {
			return nil, fault.New(fault.Conflict, "fault.catalog.shop_used", "code", shop.Code).Field("code", "fault.taken")
		}
	}
	switch {
	case before == nil && !shop.ID.Zero():
		return nil, fault.New(fault.NotFound, "fault.shop.unknown", "shop", shop.Code)
	case before != nil && before.Channel != shop.Channel:
		return nil, fault.New(fault.Conflict, "fault.catalog.shop_channel", "shop", before.Code, "channel", before.Channel)
	}
	return before, nil
}
