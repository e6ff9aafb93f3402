package domain

import (
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Channels are the platforms and ways of selling that the program knows; the
// name of one is channel.<code>.
var Channels = []string{
	"tmall", "jd", "pdd", "douyin", "wechat", "kuaishou", "xiaohongshu", "youzan",
	"suning", "vip", "weidian", "own", "offline", "shopify", "woocommerce", "other",
}

// KnownChannel tells whether the code is one of Channels.
func KnownChannel(code string) bool {
	for _, c := range Channels {
		if c == code {
			return true
		}
	}
	return false
}

// Shop is one account on one channel (DECIDED 2).
type Shop struct {
	ID       ids.ShopID
	Channel  string
	Code     string // short and unique, what --shop names
	Name     string
	Disabled bool
}

// Product is what is sold (SPU); its variants are SKUs.
type Product struct {
	ID       ids.ProductID
	Code     string
	Title    string
	Brand    string
	Category string
	Version  int64
}

// SKU is one variant that is counted, or a kit made of other SKUs.
type SKU struct {
	ID       ids.SKUID
	Product  ids.ProductID
	Code     string // unique, compared without regard to case and width
	Spec     string
	PriceFen money.Fen
	WeightG  int64
	Bin      string
	Kit      bool
	Disabled bool
	Parts    []KitPart // of a kit
	Barcodes []Barcode
	Version  int64

	Title string // of the product, filled by reads
}

// KitPart is one part of a kit. Kits do not nest.
type KitPart struct {
	SKU ids.SKUID
	Qty int64
}

// Barcode is a code with the units one scan of it stands for (§5.3.9).
type Barcode struct {
	Code    string
	PackQty int64
}

// CodeMap ties a code of a channel to a SKU. Shop zero means every shop of the channel.
type CodeMap struct {
	Channel string
	Code    string
	SKU     ids.SKUID
	Qty     int64 // units of the SKU for one unit of the code
	At      when.Millis
}

// NormalCode folds a code for comparison: full-width to half-width, trimmed, lower case.
func NormalCode(s string) string {
	return strings.ToLower(strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　':
			return ' '
		case r == '\u200b', r == '\ufeff', r >= '\u200e' && r <= '\u200f', r >= '\u202a' && r <= '\u202e':
			return -1 // invisible signs that make two equal codes differ
		}
		return r
	}, s)))
}

// Validate checks a SKU's own fields. Errors: Invalid with fields.
func (s *SKU) Validate() error {
	e := fault.New(fault.Invalid, "fault.catalog.sku", "code", s.Code)
	if NormalCode(s.Code) == "" || len(s.Code) > 80 {
		_ = e.Field("code", "fault.required")
	}
	if s.PriceFen < 0 || s.PriceFen > money.Max {
		_ = e.Field("price", "fault.negative")
	}
	if s.WeightG < 0 || s.WeightG > 10_000_000 {
		_ = e.Field("weight", "fault.negative")
	}
	if s.Kit != (len(s.Parts) > 0) {
		_ = e.Field("parts", "fault.catalog.kit_parts")
	}
	for _, p := range s.Parts {
		if p.Qty <= 0 || p.SKU == s.ID || p.SKU.Zero() {
			_ = e.Field("parts", "fault.catalog.kit_parts")
		}
	}
	for _, b := range s.Barcodes {
		if b.PackQty <= 0 || NormalCode(b.Code) == "" {
			_ = e.Field("barcodes", "fault.catalog.barcode")
		}
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// LineParts are the parts a line of this SKU reserves and ships: itself, or
// the kit's parts as they are now (§5.3.6: later edits affect later orders only).
func (s *SKU) LineParts(unitsPerCode int64) []Part {
	if !s.Kit {
		return []Part{{SKU: s.ID, Qty: unitsPerCode}}
	}
	parts := make([]Part, 0, len(s.Parts))
	for _, p := range s.Parts {
		parts = append(parts, Part{SKU: p.SKU, Qty: p.Qty * unitsPerCode})
	}
	return parts
}

// KitAvailable is how many kits the parts allow: min floor(available ÷ qty).
func KitAvailable(parts []KitPart, available func(ids.SKUID) int64) int64 {
	least := int64(-1)
	for _, p := range parts {
		if n := max(available(p.SKU), 0) / p.Qty; least < 0 || n < least {
			least = n
		}
	}
	return max(least, 0)
}
