package ingest

// Field names one fact that a column can hold. A layout or a Mapping says which
// column holds which field; the texts for people are "ingest.field.<name>".
type Field string

// The fields of orders. Where a layout gives one field to several columns,
// amounts are added and of texts the first that is filled is taken.
const (
	FOrder       Field = "order_no"
	FSub         Field = "sub_no" // the platform's sub-order number
	FShop        Field = "shop"
	FCurrency    Field = "currency"
	FStatus      Field = "status"
	FStatus2     Field = "status2" // a second status beside the first (Shopify's fulfilment)
	FAfter       Field = "after_status"
	FClose       Field = "close_reason"
	FStage       Field = "stage" // presale words
	FPayMethod   Field = "pay_method"
	FBuyer       Field = "buyer"
	FReceiver    Field = "receiver"
	FLastName    Field = "receiver_last"
	FPhone       Field = "phone"
	FProvince    Field = "province"
	FCity        Field = "city"
	FDistrict    Field = "district"
	FStreet      Field = "street"
	FAddress     Field = "address"
	FPostcode    Field = "postcode"
	FCountry     Field = "country"
	FBuyerNote   Field = "buyer_note"
	FSellerNote  Field = "seller_note"
	FFlag        Field = "flag"
	FCreatedAt   Field = "created_at"
	FPaidAt      Field = "paid_at"
	FShippedAt   Field = "shipped_at"
	FCompletedAt Field = "completed_at"
	FCancelledAt Field = "cancelled_at"
	FShipBy      Field = "ship_by"
	FWaybill     Field = "waybill"
	FCourier     Field = "courier"
	FExpress     Field = "express" // waybill and courier in one cell (Douyin 快递信息)

	FGoods      Field = "goods"             // goods before discounts
	FDue        Field = "due"               // goods after discounts, without freight
	FFreight    Field = "freight"           // paid by the buyer
	FShopDisc   Field = "shop_discount"     // the shop's part of the discounts
	FPlatDisc   Field = "platform_discount" // the platform's part
	FTotal      Field = "total"
	FPaid       Field = "paid"
	FReceived   Field = "received" // what the shop gets, platform-funded part included
	FRefund     Field = "refund"
	FReleased   Field = "released" // what the platform paid out: a control total only
	FTax        Field = "tax"
	FTotalQty   Field = "total_qty"
	FGoodsKinds Field = "goods_kinds"
)

// The fields of goods lines.
const (
	FCode      Field = "code"
	FSKU       Field = "platform_sku"
	FTitle     Field = "title"
	FSpec      Field = "spec"
	FQty       Field = "qty"
	FUnit      Field = "unit_price"
	FLineNet   Field = "line_net"
	FLinePlat  Field = "line_platform"
	FLineDisc  Field = "line_discount"
	FLineRef   Field = "line_refund"
	FGift      Field = "gift"
	FGoodsList Field = "goods_list" // all goods of the order in one cell
)

// The fields of the product list and of the opening stock.
const (
	FProduct  Field = "product_code"
	FSKUCode  Field = "sku_code"
	FBrand    Field = "brand"
	FCategory Field = "category"
	FPrice    Field = "price"
	FCost     Field = "cost"
	FWeight   Field = "weight"
	FBin      Field = "bin"
	FBarcodes Field = "barcodes"
	FParts    Field = "parts"
	FCodes    Field = "channel_codes"
	FValue    Field = "stock_value"
	FUnitCost Field = "unit_cost"
)

// FieldType says how a field's cell is read.
type FieldType string

// The types of fields.
const (
	TypeText   FieldType = "text"
	TypeID     FieldType = "id" // digits must be exact: lost precision is refused
	TypePhone  FieldType = "phone"
	TypeAmount FieldType = "amount"
	TypeQty    FieldType = "qty"
	TypeTime   FieldType = "time"
)

// fieldTypes lists every field that is not plain text.
var fieldTypes = map[Field]FieldType{
	FOrder: TypeID, FSub: TypeID, FBuyer: TypeID, FPostcode: TypeID, FWaybill: TypeID,
	FCode: TypeID, FSKU: TypeID, FProduct: TypeID, FSKUCode: TypeID,
	FPhone:     TypePhone,
	FCreatedAt: TypeTime, FPaidAt: TypeTime, FShippedAt: TypeTime, FCompletedAt: TypeTime, FCancelledAt: TypeTime, FShipBy: TypeTime,
	FGoods: TypeAmount, FDue: TypeAmount, FFreight: TypeAmount, FShopDisc: TypeAmount, FPlatDisc: TypeAmount, FTotal: TypeAmount,
	FPaid: TypeAmount, FReceived: TypeAmount, FRefund: TypeAmount, FReleased: TypeAmount, FTax: TypeAmount,
	FUnit: TypeAmount, FLineNet: TypeAmount, FLinePlat: TypeAmount, FLineDisc: TypeAmount, FLineRef: TypeAmount,
	FPrice: TypeAmount, FCost: TypeAmount, FValue: TypeAmount, FUnitCost: TypeAmount,
	FQty: TypeQty, FTotalQty: TypeQty, FGoodsKinds: TypeQty,
}

// Type tells how cells of the field are read.
func (f Field) Type() FieldType {
	if t, ok := fieldTypes[f]; ok {
		return t
	}
	return TypeText
}

// NameKey is the translation key of the field's name.
func (f Field) NameKey() string { return "ingest.field." + string(f) }

// orderLevel are the fields that are facts of the order and not of a line: a
// row where all of them are blank continues the order above (cells merged
// downwards, FORMATS §0 Q8e).
var orderLevel = map[Field]bool{
	FOrder: true, FStatus: true, FBuyer: true, FReceiver: true, FPhone: true, FAddress: true, FProvince: true,
	FCreatedAt: true, FPaidAt: true, FTotal: true, FPaid: true, FSub: true,
}

// mappable lists the fields a person can map by hand, per kind, in the order
// the window shows them; the first ones are required (Mapping.Validate).
var mappable = map[Kind][]Field{
	KindOrders: {
		FOrder, FSub, FStatus, FAfter, FCreatedAt, FPaidAt, FShippedAt, FCompletedAt, FShipBy,
		FCode, FSKU, FTitle, FSpec, FQty, FUnit, FLineNet, FLinePlat, FLineRef, FGift,
		FGoods, FFreight, FShopDisc, FPlatDisc, FTotal, FPaid, FRefund,
		FBuyer, FReceiver, FPhone, FProvince, FCity, FDistrict, FStreet, FAddress, FPostcode, FCountry,
		FBuyerNote, FSellerNote, FFlag, FWaybill, FCourier, FPayMethod, FShop, FCurrency,
	},
	KindProducts: {FSKUCode, FTitle, FProduct, FSpec, FBrand, FCategory, FPrice, FCost, FWeight, FBin, FBarcodes, FParts, FCodes},
	KindOpening:  {FSKUCode, FQty, FValue, FUnitCost, FBin},
}

// MappableFields lists the fields of a kind that can be mapped by hand.
// KindLines has those of KindOrders; KindUnknown has none.
func MappableFields(k Kind) []Field {
	if k == KindLines {
		k = KindOrders
	}
	return append([]Field(nil), mappable[k]...)
}
