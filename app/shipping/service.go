package shipping

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// Service runs the use cases of the shipping board.
type Service struct{ e *core.Engine }

// New makes the service on the engine.
func New(e *core.Engine) *Service { return &Service{e: e} }

// Parcels lists parcels.
func (s *Service) Parcels(ctx context.Context, q core.Query) (core.Paged[core.ParcelRow], error) {
	return core.Read(ctx, s.e, auth.ShippingView, func(r core.Reads) (core.Paged[core.ParcelRow], error) {
		return r.Parcels().List(q)
	})
}

// Couriers are those that are offered for a parcel, and the usual one, "" for none.
type Couriers struct {
	List  []domain.Courier
	Usual string
}

// Couriers gives what the supervisor offers for parcels. Errors: Denied.
func (s *Service) Couriers(ctx context.Context) (Couriers, error) {
	return core.Read(ctx, s.e, auth.ShippingView, func(r core.Reads) (Couriers, error) {
		set, err := flow.SettingsOf(r.Settings())
		return Couriers{List: set.OfferedCouriers(), Usual: set.Courier}, err
	})
}

// Events is the history of a parcel.
func (s *Service) Events(ctx context.Context, parcel ids.ParcelID) ([]domain.ShipmentEvent, error) {
	return core.Read(ctx, s.e, auth.ShippingView, func(r core.Reads) ([]domain.ShipmentEvent, error) {
		return r.Parcels().Events(parcel)
	})
}

// Sheet gives the rows of a shop's waybill sheet, to be uploaded to its platform.
func (s *Service) Sheet(ctx context.Context, shop ids.ShopID, from, to when.Day) ([]core.WaybillRow, error) {
	return core.Read(ctx, s.e, auth.ShippingView, func(r core.Reads) ([]core.WaybillRow, error) {
		return r.Parcels().WaybillSheet(shop, from, to)
	})
}
