package settings

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/money"
)

// CourierCmd says of one courier whether it is offered, and whether it is the usual one.
type CourierCmd struct {
	Code  string
	Off   bool
	Usual bool
}

// Action is the right it needs.
func (CourierCmd) Action() auth.Action { return auth.SettingsEdit }

// Validate wants a known courier.
func (c CourierCmd) Validate() error {
	if known, ok := domain.FindCourier(c.Code); !ok || known.Code != c.Code {
		return fault.New(fault.NotFound, "fault.shipping.courier", "courier", c.Code)
	}
	if c.Off && c.Usual {
		return fault.New(fault.Conflict, "fault.setting.courier_off", "courier", c.Code)
	}
	return nil
}

// SetCourier changes one courier without touching the others. The usual one is
// proposed for the first parcel; the one before is that no more. Parcels that
// went with a courier that is off stay as they are.
// Errors: Denied; NotFound; Conflict fault.setting.couriers_none, .courier_off.
func (s *Service) SetCourier(ctx context.Context, cmd CourierCmd) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (bool, error) {
		stored, err := u.Settings().All()
		if err != nil {
			return false, err
		}
		now := domain.ParseSettings(stored)
		usual := now.Courier
		switch {
		case cmd.Usual:
			usual = cmd.Code
		case usual == cmd.Code:
			usual = ""
		}
		def, _ := domain.FindSetting("ship.couriers_off")
		off := SetCmd{Key: def.Key, Value: domain.WithCourier(present(stored, def), cmd.Code, cmd.Off)}
		first := SetCmd{Key: "ship.courier", Value: usual}
		if cmd.Off { // the two never contradict each other on the way
			return true, setAll(u, stored, first, off)
		}
		return true, setAll(u, stored, off, first)
	})
	return err
}

// FeesCmd says what a channel keeps of a sale.
type FeesCmd struct {
	Channel string
	Fees    domain.ChannelFees
}

// Action is the right it needs.
func (FeesCmd) Action() auth.Action { return auth.SettingsEdit }

// Validate wants a channel and rates within their bounds.
func (c FeesCmd) Validate() error {
	if !domain.KnownChannel(c.Channel) {
		return fault.New(fault.Invalid, "fault.invalid").Field("channel", "fault.required")
	}
	for key, rate := range map[string]money.BP{"fee.platform": c.Fees.Platform, "fee.payment": c.Fees.Payment} {
		def, _ := domain.FindSetting(key)
		if int64(rate) < def.Min || int64(rate) > def.Max {
			return fault.New(fault.Invalid, "fault.setting.value", "setting", key, "value", rate, "min", def.Min, "max", def.Max).Field(key, "fault.setting.value")
		}
	}
	return nil
}

// SetFees changes the fees of one channel. They count in estimates from now on;
// nothing is posted by them. Errors: Denied; Invalid.
func (s *Service) SetFees(ctx context.Context, cmd FeesCmd) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (bool, error) {
		stored, err := u.Settings().All()
		if err != nil {
			return false, err
		}
		platform, _ := domain.FindSetting("fee.platform")
		payment, _ := domain.FindSetting("fee.payment")
		return true, setAll(u, stored,
			SetCmd{Key: platform.Key, Value: domain.WithRate(present(stored, platform), cmd.Channel, cmd.Fees.Platform)},
			SetCmd{Key: payment.Key, Value: domain.WithRate(present(stored, payment), cmd.Channel, cmd.Fees.Payment)},
		)
	})
	return err
}

// setAll stores several values; one that stays leaves no line in the audit unless
// all stay: the deed itself is always told.
func setAll(u *core.Unit, stored map[string]string, list ...SetCmd) error {
	changed := false
	for i, cmd := range list {
		def, _ := domain.FindSetting(cmd.Key)
		if last := i == len(list)-1; present(stored, def) == cmd.Value && (changed || !last) {
			continue
		}
		changed = true
		if err := cmd.Validate(); err != nil {
			return err
		}
		if err := set(u, stored, cmd); err != nil {
			return err
		}
	}
	return nil
}
