package flow

import (
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// Settings reads the typed settings inside the transaction.
func Settings(u *core.Unit) (domain.Settings, error) { return SettingsOf(u.Settings()) }

// SettingsOf reads the typed settings from a snapshot.
func SettingsOf(r core.SettingReads) (domain.Settings, error) {
	stored, err := r.All()
	return domain.ParseSettings(stored), err
}

// Reserve promises the open units of every line, kits by their parts. It is
// all or nothing: when one SKU is short, what was reserved is given back and the
// codes of the short SKUs are returned (rules.md §5.3.4).
func Reserve(u *core.Unit, o *domain.Order) (short []string, err error) {
	for i := range o.Lines {
		l := &o.Lines[i]
		for j := range l.Parts {
			p := &l.Parts[j]
			want := p.Qty*l.Open() - p.Reserved
			if want <= 0 {
				continue
			}
			ok, err := u.Stock().Reserve(domain.DefaultWarehouse, o.ID, l.ID, p.SKU, want)
			if err != nil {
				return nil, err
			}
			if !ok {
				code, err := skuCode(u, p.SKU)
				if err != nil {
					return nil, err
				}
				short = append(short, code)
				continue
			}
			p.Reserved += want
		}
	}
	if len(short) > 0 {
		return short, Release(u, o)
	}
	return nil, nil
}

func skuCode(u *core.Unit, id ids.SKUID) (string, error) {
	s, err := u.Catalog().SKU(id)
	if err != nil {
		return "", err
	}
	return s.Code, nil
}

// Release gives back every reservation of the order, exactly once (rules.md
// §5.1.4): what the lines hold is what the database holds.
func Release(u *core.Unit, o *domain.Order) error {
	for i := range o.Lines {
		l := &o.Lines[i]
		for j := range l.Parts {
			p := &l.Parts[j]
			if p.Reserved == 0 {
				continue
			}
			if err := u.Stock().Unreserve(domain.DefaultWarehouse, l.ID, p.SKU, p.Reserved); err != nil {
				return err
			}
			p.Reserved = 0
		}
	}
	return nil
}

// Trim gives back what lines hold beyond what they still have to ship: a line
// was closed on the platform after the order was passed.
func Trim(u *core.Unit, o *domain.Order) error {
	for i := range o.Lines {
		l := &o.Lines[i]
		for j := range l.Parts {
			p := &l.Parts[j]
			over := p.Reserved - p.Qty*l.Open()
			if over <= 0 {
				continue
			}
			if err := u.Stock().Unreserve(domain.DefaultWarehouse, l.ID, p.SKU, over); err != nil {
				return err
			}
			p.Reserved -= over
		}
	}
	return nil
}

// Recheck runs the automatic checks with what surrounds the order. short are
// the SKU codes found short when passing was tried, nil otherwise.
func Recheck(u *core.Unit, o *domain.Order, set domain.Settings, short []string) error {
	var others []*domain.Order
	if o.BuyerKey != "" {
		near, err := u.Orders().SameBuyer(o.ShopID, o.BuyerKey, o.ID)
		if err != nil {
			return err
		}
		if others, err = u.Orders().GetMany(near); err != nil {
			return err
		}
	}
	open, err := u.Orders().Conflicts(o.ID)
	if err != nil {
		return err
	}
	conflicted := false
	for _, c := range open {
		conflicted = conflicted || c.ResolvedAt == 0
	}
	RecheckAmong(o, others, set, short, conflicted)
	return nil
}

// RecheckAmong is Recheck for callers that already hold the buyer's other
// orders and know of open conflicts (an import looks them up for a whole chunk).
func RecheckAmong(o *domain.Order, others []*domain.Order, set domain.Settings, short []string, conflicted bool) {
	s := domain.Surroundings{Short: short, Conflicted: conflicted}
	for _, other := range others {
		if s.Duplicate == "" && domain.Duplicates(other, o, set.DuplicateGap) {
			s.Duplicate = other.Number
		}
		if s.MergeWith == "" && o.MergeID.Zero() && other.ID != o.ID && domain.Mergeable(o, other, set.MergeGap) == nil {
			s.MergeWith = other.Number
		}
	}
	o.Recheck(s)
}

// Settle puts a rechecked order where it belongs: to the exceptions when a
// check blocks it, back to the audit list when none does. A held order stays held.
func Settle(u *core.Unit, o *domain.Order) error {
	if o.Closing != domain.ClosingOpen || o.External || o.Audit == domain.AuditHold ||
		o.Fulfil == domain.FulShipped || o.Fulfil == domain.FulReturned {
		return nil
	}
	blocked := o.FirstBlocking() != nil
	switch {
	case blocked:
		if err := Release(u, o); err != nil {
			return err
		}
		return o.Except()
	case o.Audit == domain.AuditException:
		return o.Renew()
	}
	return nil
}

// Cancel releases the goods and closes an order of which nothing has left.
func Cancel(u *core.Unit, o *domain.Order) error {
	if err := Release(u, o); err != nil {
		return err
	}
	return o.Cancel()
}

// Announce names the order in the changes of its topics.
func Announce(u *core.Unit, o *domain.Order) {
	u.Changed(core.TopicOrders, o.ID.String())
	u.Changed(core.TopicStock)
}

// AddContradictions stores what a file said against what we know.
func AddContradictions(u *core.Unit, o *domain.Order, imp ids.ImportID, list []domain.Contradiction, now when.Millis) error {
	rows := make([]core.Contradiction, 0, len(list))
	for _, c := range list {
		rows = append(rows, core.Contradiction{Order: o.ID, Import: imp, At: now, Fact: c.Fact, Ours: c.Ours, Theirs: c.Theirs})
	}
	if len(rows) == 0 {
		return nil
	}
	return u.Orders().AddConflicts(rows)
}
