package flow

import (
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

// FindOrder gives the id of an order by its platform number, or by SHOP:NUMBER
// where two shops share it (DECIDED 2).
// Errors: NotFound fault.order.unknown; Conflict fault.order.ambiguous.
func FindOrder(r core.Reads, name string) (ids.OrderID, error) {
	list, err := r.Orders().FindByNumber(name)
	if err != nil {
		return ids.OrderID{}, err
	}
	if len(list) == 1 {
		return list[0], nil
	}
	if len(list) > 1 {
		return ids.OrderID{}, fault.New(fault.Conflict, "fault.order.ambiguous", "order", name, "n", len(list))
	}
	return findInShop(r, name)
}

func findInShop(r core.Reads, name string) (ids.OrderID, error) {
	unknown := fault.New(fault.NotFound, "fault.order.unknown", "order", name)
	code, number, ok := strings.Cut(name, ":")
	if !ok {
		return ids.OrderID{}, unknown
	}
	shops, err := r.Catalog().Shops()
	if err != nil {
		return ids.OrderID{}, err
	}
	for _, shop := range shops {
		if shop.Code != code {
			continue
		}
		key := core.OrderKey{Shop: shop.ID, Number: number}
		found, err := r.Orders().FindByKeys([]core.OrderKey{key})
		if err != nil {
			return ids.OrderID{}, err
		}
		if id, ok := found[key]; ok {
			return id, nil
		}
	}
	return ids.OrderID{}, unknown
}
