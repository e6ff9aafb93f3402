package ingest

import (
	"zhanggui/app/fault"
	"zhanggui/app/ingest/value"
)

// refuseRounded refuses orders whose numbers went through a spreadsheet and
// came back as text: 17 and more digits with only zeros after the fifteenth.
// One such number may be honest; when most long numbers of a file look so, the
// digits are lost (FORMATS Q1).
func (rd *reader) refuseRounded() {
	long, rounded := 0, 0
	for _, b := range rd.builds {
		if len(b.d.Number) >= 17 {
			long++
			if value.Rounded(b.d.Number) {
				rounded++
			}
		}
	}
	if rounded < 2 || rounded*2 <= long {
		return
	}
	for _, b := range rd.builds {
		if b.bad == nil && len(b.d.Rows) > 0 && value.Rounded(b.d.Number) {
			column := b.p.name(FOrder)
			b.bad = &Reject{
				Row: b.d.Rows[0], Column: column, Value: b.d.Number, Code: precisionLost.code, Key: precisionLost.key,
				Args: fault.Args("row", b.d.Rows[0], "column", column, "value", b.d.Number, "order", b.d.Number),
			}
		}
	}
}
