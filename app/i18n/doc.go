// Package i18n gives people their words: Chinese first, English complete.
//
// Texts live in assets/i18n/<language>/<area>.json under flat keys "area.thing".
// A Tr is a small value for one language, handed around and never global:
//
//	tr := i18n.New(i18n.Chinese)
//	tr.T("import.done", "n", 186)         // {n} in the text
//	tr.N("common.orders", 1)              // English "1 order", Chinese "1 单"
//	tr.Fault(err)                         // the text of a fault with its arguments
//
// A text may name an argument as {action:right}: the value is then a key of
// area "right" and its word is put in ("orders.audit" becomes 审核订单).
// An English text for N may have two forms divided by "|": one and many.
// Numbers, money, days and masks follow LOOK §10 (format.go, mask.go).
//
// An unknown key comes out as ⟦key⟧, so that tests and people see it.
package i18n
