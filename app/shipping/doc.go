// Package shipping sends goods: a parcel with courier and waybill takes the
// reserved units out of stock and posts sales and cost in one transaction
// (DECIDED 4). It can be undone until the parcel is handed over; after that
// goods come back by a return. Waybill lists are shipped row by row, each row
// its own transaction, every refused row with its reason.
package shipping
