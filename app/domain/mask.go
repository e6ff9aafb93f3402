package domain

import "strings"

// MaskName shows the first character of a name: 沈** (LOOK §10).
func MaskName(name string) string {
	for _, r := range name {
		return string(r) + "**"
	}
	return ""
}

// MaskPhone shows the first three and the last four digits: 138****4417. A
// short number shows its last two only.
func MaskPhone(phone string) string {
	switch n := len(phone); {
	case n == 0:
		return ""
	case strings.Contains(phone, "*"):
		return phone // already masked by the platform
	case n >= 8:
		return phone[:3] + "****" + phone[n-4:]
	case n > 2:
		return "****" + phone[n-2:]
	}
	return "****"
}

// Masked hides name, phone and street; province, city and district stay.
func (r Receiver) Masked() Receiver {
	r.Name, r.Phone = MaskName(r.Name), MaskPhone(r.Phone)
	if r.Address != "" {
		r.Address = "****"
	}
	r.Postcode = ""
	return r
}
