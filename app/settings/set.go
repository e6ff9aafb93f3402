package settings

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
)

// SetCmd changes one setting. Amounts are whole fen, rates basis points.
type SetCmd struct {
	Key   string
	Value string
}

// Action is the right it needs.
func (SetCmd) Action() auth.Action { return auth.SettingsEdit }

// Validate checks key and bounds. Errors: NotFound fault.setting.unknown;
// Invalid fault.setting.value.
func (c SetCmd) Validate() error {
	def, ok := domain.FindSetting(c.Key)
	if !ok {
		return fault.New(fault.NotFound, "fault.setting.unknown", "setting", c.Key)
	}
	return def.Validate(c.Value)
}

// Set stores the setting. Errors: Denied; NotFound; Invalid; Conflict
// fault.setting.currency_used once there are orders, fault.setting.span when a
// span would leave its neighbours (amber, target, limit),
// fault.setting.couriers_none, .courier_off.
func (s *Service) Set(ctx context.Context, cmd SetCmd) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (bool, error) {
		stored, err := u.Settings().All()
		if err != nil {
			return false, err
		}
		return true, set(u, stored, cmd)
	})
	return err
}

// set checks the value against its neighbours, stores it and audits it.
func set(u *core.Unit, stored map[string]string, cmd SetCmd) error {
	def, _ := domain.FindSetting(cmd.Key) // Validate found it
	before := present(stored, def)
	if before != cmd.Value {
		if err := fits(u, stored, cmd); err != nil {
			return err
		}
	}
	if err := u.Settings().Set(cmd.Key, cmd.Value); err != nil {
		return err
	}
	stored[cmd.Key] = cmd.Value
	u.Audit("setting", cmd.Key, "audit.setting_changed",
		map[string]string{cmd.Key: before}, map[string]string{cmd.Key: cmd.Value},
		"setting", cmd.Key, "before", before, "after", cmd.Value)
	u.Changed(core.TopicSettings, cmd.Key)
	return nil
}

// fits checks a value against what stands beside it.
func fits(u *core.Unit, stored map[string]string, cmd SetCmd) error {
	if cmd.Key == "shop.currency" {
		return currencyFree(u)
	}
	next := map[string]string{}
	for k, v := range stored {
		next[k] = v
	}
	next[cmd.Key] = cmd.Value
	set := domain.ParseSettings(next)
	if set.Amber > set.Promise.Target || set.Promise.Target > set.Promise.Limit {
		return fault.New(fault.Conflict, "fault.setting.span", "setting", cmd.Key, "value", cmd.Value).
			Field(cmd.Key, "fault.setting.span_field")
	}
	return couriersLeft(set)
}

// couriersLeft wants one courier to offer, and the usual one among them.
func couriersLeft(set domain.Settings) error {
	if len(set.OfferedCouriers()) == 0 {
		return fault.New(fault.Conflict, "fault.setting.couriers_none")
	}
	if set.CouriersOff[set.Courier] {
		return fault.New(fault.Conflict, "fault.setting.courier_off", "courier", set.Courier)
	}
	return nil
}

// currencyFree refuses another book currency once amounts are kept in the old
// one (DECIDED 5): nothing in the books says what a fen was.
func currencyFree(u *core.Unit) error {
	counts, err := u.Orders().StageCounts()
	if err != nil {
		return err
	}
	for _, c := range counts {
		if c.N > 0 {
			return fault.New(fault.Conflict, "fault.setting.currency_used")
		}
	}
	entries, err := u.Ledger().List(core.Query{Page: core.Page{Limit: 1}})
	if err != nil {
		return err
	}
	if len(entries.Rows) > 0 {
		return fault.New(fault.Conflict, "fault.setting.currency_used")
	}
	return nil
}
