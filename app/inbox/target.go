package inbox

import (
	"strconv"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
)

// resolveShop finds the shop of a file: the one that was named, the one the
// file names, or the channel's only one. A channel without a shop gets one named
// after it; its id is zero until the commit makes it.
// Errors: NotFound fault.shop.unknown; Conflict fault.inbox.which_shop,
// fault.inbox.other_channel; Invalid fault.inbox.which_channel.
func resolveShop(r core.CatalogReads, f *ingest.File, t Target) (domain.Shop, error) {
	shops, err := r.Shops()
	if err != nil {
		return domain.Shop{}, err
	}
	channel := f.Channel
	if t.Channel != "" {
		if channel != "" && channel != t.Channel {
			return domain.Shop{}, fault.New(fault.Conflict, "fault.inbox.other_channel", "file", f.Name, "channel", channel, "wanted", t.Channel)
		}
		channel = t.Channel
	}
	if t.Shop != "" {
		return namedShop(shops, f, t.Shop, channel)
	}
	if channel == "" {
		return domain.Shop{}, fault.New(fault.Invalid, "fault.inbox.which_channel", "file", f.Name)
	}
	return channelShop(shops, f, channel)
}

func namedShop(shops []domain.Shop, f *ingest.File, code, channel string) (domain.Shop, error) {
	for _, s := range shops {
		if s.Code != code {
			continue
		}
		if channel != "" && s.Channel != channel {
			return s, fault.New(fault.Conflict, "fault.inbox.other_channel", "file", f.Name, "channel", channel, "wanted", s.Channel)
		}
		return s, nil
	}
	return domain.Shop{}, fault.New(fault.NotFound, "fault.shop.unknown", "shop", code)
}

// channelShop picks among the shops of a channel by the name in the file.
func channelShop(shops []domain.Shop, f *ingest.File, channel string) (domain.Shop, error) {
	name := shopName(f)
	var own []domain.Shop
	for _, s := range shops {
		if s.Channel != channel || s.Disabled {
			continue
		}
		if name != "" && s.Name == name {
			return s, nil
		}
		own = append(own, s)
	}
	switch len(own) {
	case 0:
		return domain.Shop{Channel: channel, Code: freeCode(shops, channel), Name: name}, nil
	case 1:
		return own[0], nil
	}
	var codes []string
	for _, s := range own {
		codes = append(codes, s.Code)
	}
	return domain.Shop{}, fault.New(fault.Conflict, "fault.inbox.which_shop", "file", f.Name, "shops", strings.Join(codes, ", "))
}

// shopName is the shop that all orders of the file name, "" when they differ.
func shopName(f *ingest.File) string {
	name := ""
	for i := range f.Orders {
		n := f.Orders[i].ShopName
		if n == "" {
			continue
		}
		if name != "" && n != name {
			return ""
		}
		name = n
	}
	return name
}

// freeCode names a shop after its channel, with a number when that name is taken.
func freeCode(shops []domain.Shop, channel string) string {
	taken := map[string]bool{}
	for _, s := range shops {
		taken[domain.NormalCode(s.Code)] = true
	}
	code := channel
	for n := 2; taken[code]; n++ {
		code = channel + "-" + strconv.Itoa(n)
	}
	return code
}

// ensureShop makes the shop when the channel had none yet.
func ensureShop(u *core.Unit, s domain.Shop) (domain.Shop, error) {
	if !s.ID.Zero() {
		return s, nil
	}
	shops, err := u.Catalog().Shops()
	if err != nil {
		return s, err
	}
	for _, known := range shops { // a run that was tried again, or another desk, made it
		if known.Channel == s.Channel && !known.Disabled {
			return known, nil
		}
	}
	s.ID = ids.New[ids.ShopKind](u.IDs)
	if s.Name == "" {
		s.Name = s.Code
	}
	u.Audit("shop", s.ID.String(), "audit.shop_added", nil, s, "shop", s.Code)
	u.Changed(core.TopicCatalog)
	return s, u.Catalog().SaveShop(&s)
}
