package core

import (
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// ParcelRow is one row of the parcel list.
type ParcelRow struct {
	ID        ids.ParcelID       `json:"id"`
	Order     ids.OrderID        `json:"order_id"`
	Number    string             `json:"order"`
	Channel   string             `json:"channel"`
	Shop      string             `json:"shop"`
	No        int                `json:"no"`
	State     domain.ParcelState `json:"state"`
	Courier   string             `json:"courier"`
	Waybill   string             `json:"waybill"`
	Units     int64              `json:"units"`
	Orders    int64              `json:"orders"` // more than one when merged
	ShippedAt when.Millis        `json:"shipped_ms"`
	HandedAt  when.Millis        `json:"handed_ms"`
	Day       when.Day           `json:"day"`
	Province  string             `json:"province"`
}

// WaybillRow is one row of a platform's waybill sheet.
type WaybillRow struct {
	Number  string
	SubNo   string
	Courier string
	Waybill string
	Shipped when.Millis
}

// ParcelReads reads parcels.
type ParcelReads interface {
	// Get loads a parcel with lines and items. Errors: NotFound.
	Get(id ids.ParcelID) (*domain.Parcel, error)
	// OfOrder lists the parcels of an order, merged ones of a leading order included, voided ones too.
	OfOrder(order ids.OrderID) ([]*domain.Parcel, error)
	// ByWaybill finds the parcel in use with the number; zero id when free.
	ByWaybill(waybill string) (ids.ParcelID, error)
	List(q Query) (Paged[ParcelRow], error)
	// Recall finds a few parcels, newest first, by a scrap of a waybill: whole, its beginning, its end among the newest.
	Recall(text string, limit int) ([]ParcelRow, error)
	Events(parcel ids.ParcelID) ([]domain.ShipmentEvent, error)
	// WaybillSheet gives the numbers to upload to a shop's platform: parcels shipped on the days [from, to].
	WaybillSheet(shop ids.ShopID, from, to when.Day) ([]WaybillRow, error)
}

// ParcelRepo writes parcels.
type ParcelRepo interface {
	ParcelReads
	// Insert adds a parcel with lines and items. Errors: Conflict when the waybill is in use.
	Insert(p *domain.Parcel) error
	// Save writes a parcel's row, lines and items; version checked.
	Save(p *domain.Parcel) error
	// DeletePlanned removes the planned parcels of an order (a new split replaces the old).
	DeletePlanned(order ids.OrderID) error
	AddEvent(e domain.ShipmentEvent) error
}
