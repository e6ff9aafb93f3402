package benchtest

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/pinyin"
)

// BenchmarkB5_Find types into the command palette: number, its end, waybill,
// phone, name, initials of a name and of goods, after 1, 2, 3 and 8 characters
// and the whole.
func BenchmarkB5_Find(b *testing.B) {
	each(b, func(b *testing.B, s *shop) {
		t := s.target()
		var groups []group
		typed := func(what, text string) {
			g := group{work: "palette by " + what + " as it is typed"}
			whole := utf8.RuneCountInString(text)
			for _, n := range []int{1, 2, 3, 8, whole} {
				n = min(n, whole)
				part := string([]rune(text)[:n])
				g.looks = append(g.looks, look{characters(n, text) + " “" + part + "”", func() int {
					found, err := s.Search.Find(s.as(auth.Supervisor), part, 5)
					require.NoError(b, err)
					return len(found)
				}})
			}
			groups = append(groups, g)
		}
		typed("order number", t.Number)
		typed("end of an order number", t.Number[max(0, len(t.Number)-8):])
		typed("waybill", t.Waybill)
		typed("end of the phone", t.Phone[len(t.Phone)-4:])
		typed("receiver", t.Receiver)
		typed("initials of the receiver", pinyin.Key(t.Receiver))
		typed("goods", t.Goods)
		typed("initials of goods", pinyin.Key(t.Goods))
		typed("what is not there", "没有这样的东西啊")
		s.report(b, "B5", groups...)
	})
}
