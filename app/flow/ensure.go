package flow

import (
	"strconv"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

// EnsureShop finds the one shop of a channel and makes it (and audits that)
// when there is none yet: its code and name are the channel's code until
// somebody renames it. made tells whether it did.
// Errors: Invalid fault.catalog.channel; Conflict fault.catalog.shop_which when
// the channel has several.
func EnsureShop(u *core.Unit, channel string) (shop domain.Shop, made bool, err error) {
	if !domain.KnownChannel(channel) {
		return shop, false, fault.New(fault.Invalid, "fault.catalog.channel", "channel", channel).Field("channel", "fault.catalog.channel")
	}
	shops, err := u.Catalog().Shops()
	if err != nil {
		return shop, false, err
	}
	var found []domain.Shop
	taken := map[string]bool{}
	for _, s := range shops {
		taken[domain.NormalCode(s.Code)] = true
		if s.Channel == channel && !s.Disabled {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 0:
		shop = domain.Shop{ID: ids.ShopID(u.IDs.NewID()), Channel: channel, Code: free(channel, taken), Name: channel}
		u.Changed(core.TopicCatalog, shop.ID.String())
		u.Audit("shop", shop.ID.String(), "audit.shop_added", nil, shop, "shop", shop.Code, "channel", channel)
		return shop, true, u.Catalog().SaveShop(&shop)
	case 1:
		return found[0], false, nil
	}
	return shop, false, fault.New(fault.Conflict, "fault.catalog.shop_which", "channel", channel, "n", len(found)).
		Field("shop", "fault.required")
}

// free is the code itself, or with the first number that nobody has.
func free(code string, taken map[string]bool) string {
	for n := 2; taken[domain.NormalCode(code)]; n++ {
		if next := code + strconv.Itoa(n); !taken[next] {
			return next
		}
	}
	return code
}
