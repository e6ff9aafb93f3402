package flow

import (
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

// ShopByID finds a shop. Errors: NotFound fault.shop.unknown.
func ShopByID(u core.Tx, id ids.ShopID) (domain.Shop, error) {
	shops, err := u.Catalog().Shops()
	if err != nil {
		return domain.Shop{}, err
	}
	for _, s := range shops {
		if s.ID == id {
			return s, nil
		}
	}
	return domain.Shop{}, fault.New(fault.NotFound, "fault.shop.unknown", "shop", id)
}
