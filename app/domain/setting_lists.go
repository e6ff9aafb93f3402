package domain

import (
	"sort"
	"strconv"
	"strings"

	"zhanggui/app/money"
)

// ChannelFees are what a channel keeps of a sale, as the supervisor entered them
// from the contract: an estimate until the platform's bill says it.
type ChannelFees struct {
	Platform money.BP // 佣金, of what the buyer paid
	Payment  money.BP // of the payment service
}

func feesOf(platform, payment map[string]money.BP) map[string]ChannelFees {
	fees := map[string]ChannelFees{}
	for channel, bp := range platform {
		fees[channel] = ChannelFees{Platform: bp, Payment: payment[channel]}
	}
	for channel, bp := range payment {
		fees[channel] = ChannelFees{Platform: platform[channel], Payment: bp}
	}
	return fees
}

// fits tells whether a value of couriers or rates is well formed: known names,
// each once, rates within the bounds.
func (s Setting) fits(value string) bool {
	if value == "" {
		return true
	}
	seen := map[string]bool{}
	for _, item := range strings.Split(value, ",") {
		name, rate, _ := strings.Cut(item, "=")
		if seen[name] {
			return false
		}
		seen[name] = true
		if s.Kind != SetRates {
			c, ok := FindCourier(name)
			if !ok || c.Code != item {
				return false
			}
			continue
		}
		n, err := strconv.ParseInt(rate, 10, 64)
		if !KnownChannel(name) || err != nil || n <= s.Min || n > s.Max {
			return false
		}
	}
	return s.Kind != SetCourier || len(seen) == 1
}

// codes reads a list of couriers.
func codes(value string) map[string]bool {
	set := map[string]bool{}
	for _, c := range strings.Split(value, ",") {
		if c != "" {
			set[c] = true
		}
	}
	return set
}

// rates reads basis points by channel; the value was validated.
func rates(value string) map[string]money.BP {
	list := map[string]money.BP{}
	for _, item := range strings.Split(value, ",") {
		if name, rate, ok := strings.Cut(item, "="); ok {
			n, _ := strconv.ParseInt(rate, 10, 64)
			list[name] = money.BP(n)
		}
	}
	return list
}

// WithCourier is the list of couriers with one put in or taken out, in the order of Couriers.
func WithCourier(list, code string, in bool) string {
	set := codes(list)
	set[code] = in
	var out []string
	for _, c := range Couriers {
		if set[c.Code] {
			out = append(out, c.Code)
		}
	}
	return strings.Join(out, ",")
}

// WithRate is the list of rates with one channel's replaced; 0 takes it out.
func WithRate(list, channel string, rate money.BP) string {
	all := rates(list)
	all[channel] = rate
	var out []string
	for name, bp := range all {
		if bp != 0 {
			out = append(out, name+"="+strconv.FormatInt(int64(bp), 10))
		}
	}
	sort.Strings(out)
	return strings.Join(out, ",")
}

// OfferedCouriers are those that are not off, the usual one first.
func (s Settings) OfferedCouriers() []Courier {
	var list []Courier
	for _, c := range Couriers {
		switch {
		case s.CouriersOff[c.Code]:
		case c.Code == s.Courier:
			list = append([]Courier{c}, list...)
		default:
			list = append(list, c)
		}
	}
	return list
}
