package domain

import (
	"strings"

	"zhanggui/app/money"
)

// CheckCode names one automatic check (workflows.md 4.2.3).
type CheckCode string

// The checks.
const (
	CheckLinesMissing   CheckCode = "lines_missing"    // the file had no goods lines for it
	CheckNoSKU          CheckCode = "no_sku"           // a code that no SKU is mapped to
	CheckQtyUnknown     CheckCode = "qty_unknown"      // several goods share one quantity
	CheckShort          CheckCode = "short_stock"      // not enough available
	CheckBuyerNote      CheckCode = "buyer_note"       // the buyer wrote something
	CheckAddress        CheckCode = "address"          // no name, phone or street
	CheckAmount         CheckCode = "amount"           // lines do not add up to what is owed
	CheckRefundAsked    CheckCode = "refund_asked"     // a refund is running on the platform
	CheckDuplicate      CheckCode = "duplicate"        // same buyer, same goods, within minutes
	CheckMerge          CheckCode = "merge_candidate"  // could share a parcel with another order
	CheckCODCall        CheckCode = "cod_call"         // cash on delivery, buyer not called
	CheckPlatformAhead  CheckCode = "platform_shipped" // the platform says shipped, the goods are here
	CheckFileConflict   CheckCode = "file_conflict"    // a file contradicted what we know
	CheckPersonalErased CheckCode = "erased"           // receiver erased by retention
)

// Check is one failed check of an order. Released checks no longer block; the
// reason and who released them are in the audit.
type Check struct {
	Code     CheckCode         `json:"code"`
	Blocking bool              `json:"blocking"`
	Released bool              `json:"released,omitempty"`
	Reason   string            `json:"reason,omitempty"`
	Args     map[string]string `json:"args,omitempty"`
}

// releasable are the blocking checks that a person may wave through with a reason.
var releasable = map[CheckCode]bool{
	CheckBuyerNote: true, CheckAddress: true, CheckAmount: true, CheckDuplicate: true,
	CheckRefundAsked: true, CheckPlatformAhead: true, CheckFileConflict: true,
}

// Releasable tells whether a reason is enough to clear the check. The others
// need the thing itself: a mapping, stock, a call.
func (c CheckCode) Releasable() bool { return releasable[c] }

// FirstBlocking returns the first check that blocks, nil when none does.
func (o *Order) FirstBlocking() *Check {
	for i := range o.Checks {
		if o.Checks[i].Blocking && !o.Checks[i].Released {
			return &o.Checks[i]
		}
	}
	return nil
}

// released tells whether the check failed and a person waved it through.
func (o *Order) released(code CheckCode) bool {
	for _, c := range o.Checks {
		if c.Code == code {
			return c.Released
		}
	}
	return false
}

// Surroundings is what the automatic checks must know beside the order itself.
type Surroundings struct {
	Short      []string // codes of SKUs that are short; only asked when passing
	Duplicate  string   // number of the order it may double, "" for none
	MergeWith  string   // number of an order it could be merged with
	Conflicted bool     // an open conflict row exists
}

// Recheck computes the failed checks anew. A check that was released stays
// released as long as it keeps failing for the same reason.
func (o *Order) Recheck(s Surroundings) {
	was := map[CheckCode]Check{}
	for _, c := range o.Checks {
		was[c.Code] = c
	}
	o.Checks = nil
	add := func(code CheckCode, blocking bool, args map[string]string) {
		c := Check{Code: code, Blocking: blocking, Args: args}
		if old, ok := was[code]; ok && old.Released && sameArgs(old.Args, args) {
			c.Released, c.Reason = true, old.Reason
		}
		o.Checks = append(o.Checks, c)
	}
	o.checkLines(add)
	if len(s.Short) > 0 {
		add(CheckShort, true, map[string]string{"sku": strings.Join(s.Short, ", ")})
	}
	if o.BuyerNote != "" {
		add(CheckBuyerNote, true, map[string]string{"note": o.BuyerNote})
	}
	if missing := o.Receiver.missing(); missing != "" {
		add(CheckAddress, true, map[string]string{"missing": missing})
	}
	if gap := o.amountGap(); gap != 0 && len(o.Lines) > 0 {
		add(CheckAmount, true, map[string]string{"gap": gap.String()})
	}
	if o.Platform.RefundAsked {
		add(CheckRefundAsked, true, nil)
	}
	if o.COD && !o.CODCalled {
		add(CheckCODCall, true, nil)
	}
	if o.Platform.Shipped && !o.External && o.Fulfil != FulShipped && o.Fulfil != FulReturned {
		add(CheckPlatformAhead, true, map[string]string{"waybill": o.Platform.Waybill})
	}
	if s.Conflicted {
		add(CheckFileConflict, true, nil)
	}
	if s.Duplicate != "" {
		add(CheckDuplicate, true, map[string]string{"order": s.Duplicate})
	}
	if s.MergeWith != "" {
		add(CheckMerge, false, map[string]string{"order": s.MergeWith})
	}
}

func (o *Order) checkLines(add func(CheckCode, bool, map[string]string)) {
	if len(o.Lines) == 0 {
		add(CheckLinesMissing, true, nil)
		return
	}
	for i := range o.Lines {
		if o.Lines[i].QtyUnknown && !o.Lines[i].closed() {
			add(CheckQtyUnknown, true, map[string]string{"line": o.Lines[i].Title})
			break
		}
	}
	for i := range o.Lines {
		if l := &o.Lines[i]; l.SKU.Zero() && !l.closed() {
			add(CheckNoSKU, true, map[string]string{"code": l.anyCode(), "line": l.Title})
			break
		}
	}
}

// anyCode is the code that people would look up: the shop's own, else the platform's.
func (l *Line) anyCode() string {
	if l.Code != "" {
		return l.Code
	}
	return l.PlatformSKU
}

// missing names the first part of the address that is not there. Platforms mask
// buyers (FORMATS Q10): a masked value counts as present.
func (r Receiver) missing() string {
	switch {
	case strings.TrimSpace(r.Name) == "":
		return "name"
	case strings.TrimSpace(r.Phone) == "":
		return "phone"
	case strings.TrimSpace(r.Address) == "" && strings.TrimSpace(r.City) == "":
		return "address"
	}
	return ""
}

// amountGap is what is owed less the sum of the lines and the freight; 0 when
// the order adds up.
func (o *Order) amountGap() money.Fen {
	sum := o.FreightFen
	for i := range o.Lines {
		sum += o.Lines[i].NetFen
	}
	return o.NetFen - sum
}

// Release waves a failed check through. Errors: NotFound fault.check.not_failed;
// Conflict fault.check.not_releasable; Invalid fault.check.reason.
func (o *Order) Release(code CheckCode, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return faultReason()
	}
	for i := range o.Checks {
		if o.Checks[i].Code != code {
			continue
		}
		if !code.Releasable() {
			return faultNotReleasable(o.Number, code)
		}
		o.Checks[i].Released, o.Checks[i].Reason = true, reason
		return nil
	}
	return faultNotFailed(o.Number, code)
}

func sameArgs(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}
