package domain

import (
	"sort"
	"strconv"
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Setting is one number or text that the supervisor may change, with its
// default from requirements.md ("Default settings"). Its name in the window is
// setting.<Key>.
type Setting struct {
	Key     string
	Default string
	Kind    SettingKind
	Min     int64 // of whole numbers and amounts
	Max     int64
}

// SettingKind is how a setting is read.
type SettingKind string

// The kinds.
const (
	SetText  SettingKind = "text"
	SetWhole SettingKind = "whole"
	SetFen   SettingKind = "fen"
	SetBP    SettingKind = "bp"
	SetTimes SettingKind = "times" // "11:00,16:30"

	SetCourier  SettingKind = "courier"  // the code of one courier, "" for none
	SetCouriers SettingKind = "couriers" // "best,db"
	SetRates    SettingKind = "rates"    // basis points by channel: "tmall=500,jd=350"
)

// OwnPage tells whether settings of the kind have a page of their own in the
// window: as a line of text they would be hard to read.
func (k SettingKind) OwnPage() bool { return k == SetCourier || k == SetCouriers || k == SetRates }

// SettingList lists every setting in the order of the settings screen.
var SettingList = []Setting{
	{Key: "shop.name", Default: "", Kind: SetText},
	{Key: "shop.currency", Default: "CNY", Kind: SetText},
	{Key: "ship.target_hours", Default: "24", Kind: SetWhole, Min: 1, Max: 720},
	{Key: "ship.limit_hours", Default: "48", Kind: SetWhole, Min: 1, Max: 720},
	{Key: "ship.amber_hours", Default: "18", Kind: SetWhole, Min: 1, Max: 720},
	{Key: "ship.waves", Default: "11:00,16:30", Kind: SetTimes},
	{Key: "merge.gap_hours", Default: "72", Kind: SetWhole, Min: 1, Max: 720},
	{Key: "duplicate.gap_minutes", Default: "10", Kind: SetWhole, Min: 1, Max: 1440},
	{Key: "stock.adjust_limit", Default: "5000", Kind: SetFen, Min: 0, Max: 100_000_000},
	{Key: "tax.vat", Default: "0", Kind: SetBP, Min: 0, Max: 2000},
	{Key: "lock.idle_minutes", Default: "10", Kind: SetWhole, Min: 1, Max: 480},
	{Key: "backup.keep", Default: "14", Kind: SetWhole, Min: 1, Max: 365},
	{Key: "backup.folder", Default: "", Kind: SetText},
	{Key: "ship.courier", Default: "", Kind: SetCourier},
	{Key: "ship.couriers_off", Default: "", Kind: SetCouriers},
	{Key: "fee.platform", Default: "", Kind: SetRates, Max: 5000},
	{Key: "fee.payment", Default: "", Kind: SetRates, Max: 1000},
}

// Settings are the typed values; absent ones have their defaults.
type Settings struct {
	ShopName     string
	Currency     string
	Promise      Promise
	Amber        when.Millis
	Waves        []string
	MergeGap     when.Millis
	DuplicateGap when.Millis
	AdjustLimit  money.Fen
	VAT          money.BP
	IdleLock     when.Millis
	BackupKeep   int
	BackupFolder string

	Courier     string                 // proposed for the first parcel, "" for none
	CouriersOff map[string]bool        // not offered any more; what went with them stays
	Fees        map[string]ChannelFees // by channel
}

// ParseSettings types the stored values. A stored value that no longer fits
// its bounds counts as absent: SetSetting never stores one.
func ParseSettings(stored map[string]string) Settings {
	get := func(key string) string {
		def, _ := FindSetting(key)
		if v, ok := stored[key]; ok && def.Validate(v) == nil {
			return v
		}
		return def.Default
	}
	whole := func(key string) int64 {
		n, _ := strconv.ParseInt(get(key), 10, 64) // validated above
		return n
	}
	return Settings{
		ShopName: get("shop.name"),
		Currency: get("shop.currency"),
		Promise: Promise{
			Target: when.Millis(whole("ship.target_hours")) * when.Hour,
			Limit:  when.Millis(whole("ship.limit_hours")) * when.Hour,
		},
		Amber:        when.Millis(whole("ship.amber_hours")) * when.Hour,
		Waves:        strings.Split(get("ship.waves"), ","),
		MergeGap:     when.Millis(whole("merge.gap_hours")) * when.Hour,
		DuplicateGap: when.Millis(whole("duplicate.gap_minutes")) * when.Minute,
		AdjustLimit:  money.Fen(whole("stock.adjust_limit")),
		VAT:          money.BP(whole("tax.vat")),
		IdleLock:     when.Millis(whole("lock.idle_minutes")) * when.Minute,
		BackupKeep:   int(whole("backup.keep")),
		BackupFolder: get("backup.folder"),

		Courier:     get("ship.courier"),
		CouriersOff: codes(get("ship.couriers_off")),
		Fees:        feesOf(rates(get("fee.platform")), rates(get("fee.payment"))),
	}
}

// FindSetting looks a setting up by key.
func FindSetting(key string) (Setting, bool) {
	for _, s := range SettingList {
		if s.Key == key {
			return s, true
		}
	}
	return Setting{}, false
}

// Validate checks a value before it is stored. Errors: Invalid fault.setting.value.
func (s Setting) Validate(value string) error {
	bad := fault.New(fault.Invalid, "fault.setting.value", "setting", s.Key, "value", value,
		"min", s.Min, "max", s.Max).Field(s.Key, "fault.setting.value")
	switch s.Kind {
	case SetText:
		if len(value) > 200 || (s.Key == "shop.currency" && len(value) != 3) {
			return bad
		}
	case SetTimes:
		return validTimes(value, bad)
	case SetCourier, SetCouriers, SetRates:
		if !s.fits(value) {
			return bad
		}
	default:
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < s.Min || n > s.Max {
			return bad
		}
	}
	return nil
}

// validTimes wants rising times of day "hh:mm" with commas between.
func validTimes(value string, bad error) error {
	times := strings.Split(value, ",")
	if !sort.StringsAreSorted(times) || len(times) > 12 {
		return bad
	}
	for _, t := range times {
		h, m, ok := strings.Cut(t, ":")
		hour, err1 := strconv.Atoi(h)
		minute, err2 := strconv.Atoi(m)
		if !ok || err1 != nil || err2 != nil || len(h) != 2 || len(m) != 2 || hour > 23 || minute > 59 || hour < 0 || minute < 0 {
			return bad
		}
	}
	return nil
}
