package ingest

import "zhanggui/app/fault"

// reason is why a row is refused: a short stable code for people to quote and
// the translation key of the sentence. Codes are never renumbered.
type reason struct{ code, key string }

// The reasons. docs and tests list them by Reasons.
var (
	noOrder       = reason{"E01", "fault.ingest.no_order_number"}
	badID         = reason{"E02", "fault.ingest.bad_id"}
	badAmount     = reason{"E03", "fault.ingest.bad_amount"}
	badQty        = reason{"E04", "fault.ingest.bad_quantity"}
	badTime       = reason{"E05", "fault.ingest.bad_time"}
	unknownStatus = reason{"E06", "fault.ingest.unknown_status"}
	precisionLost = reason{"E07", "fault.ingest.precision_lost"}
	valueMissing  = reason{"E08", "fault.ingest.value_missing"}
	companion     = reason{"E09", "fault.ingest.companion"}
	negativeQty   = reason{"E10", "fault.ingest.negative_quantity"}
	cancellation  = reason{"E11", "fault.ingest.cancellation"}
	orderAmounts  = reason{"E12", "fault.ingest.order_amounts_differ"}
	subTwice      = reason{"E13", "fault.ingest.sub_order_differs"}
	orderTwice    = reason{"E14", "fault.ingest.order_differs"}
	tooMuchText   = reason{"E15", "fault.ingest.text_too_long"}
	otherCurrency = reason{"E16", "fault.ingest.row_currency"}
	badGoods      = reason{"E17", "fault.ingest.goods_list"}
	codeTwice     = reason{"E18", "fault.ingest.code_twice"}
	badBarcode    = reason{"E19", "fault.ingest.bad_barcodes"}
	badParts      = reason{"E20", "fault.ingest.bad_parts"}
	badCodes      = reason{"E21", "fault.ingest.bad_channel_codes"}
	badWeight     = reason{"E22", "fault.ingest.bad_weight"}
	negativeSum   = reason{"E23", "fault.ingest.negative_amount"}
	tooManyLines  = reason{"E24", "fault.ingest.too_many_lines"}
	noFormula     = reason{"E25", "fault.ingest.formula_without_value"}
)

// Reasons lists code and translation key of every reason a row can be refused for.
func Reasons() map[string]string {
	m := map[string]string{}
	for _, r := range []reason{
		noOrder, badID, badAmount, badQty, badTime, unknownStatus, precisionLost, valueMissing, companion,
		negativeQty, cancellation, orderAmounts, subTwice, orderTwice, tooMuchText, otherCurrency, badGoods,
		codeTwice, badBarcode, badParts, badCodes, badWeight, negativeSum, tooManyLines, noFormula,
	} {
		m[r.code] = r.key
	}
	return m
}

// The limits of one file and why they stand where they stand.
const (
	// DefaultMaxRows is CONVENTIONS 18: a longer export is split by period.
	DefaultMaxRows = 200_000
	// MaxText is the longest text of one field; platforms cap remarks at 500.
	MaxText = 2000
	// MaxLines is the most goods lines of one order; wholesale invoices of a
	// thousand lines are honest, more is a file grouped by a wrong column.
	MaxLines = 2000
	// MaxNotes keeps a file of 100,000 equal remarks readable.
	MaxNotes = 200
	// headerRows is how far down the header is searched (FORMATS §0 Q3).
	headerRows = 45
)

// The whole file is refused with these faults.
func unknownLayout(file string, r Recognition, forced *Mapping) error {
	if forced != nil {
		return fault.New(fault.Invalid, "fault.ingest.mapping_columns", "file", file, "name", forced.Name, "columns", join(r.Missing))
	}
	if len(r.Missing) > 0 {
		return fault.New(fault.Invalid, "fault.ingest.missing_columns",
			"file", file, "layout", r.Near, "columns", join(r.Missing))
	}
	return fault.New(fault.Invalid, "fault.ingest.unknown_layout", "file", file)
}
