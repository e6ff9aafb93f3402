package store_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/store"
	"zhanggui/store/pgtest"
	"zhanggui/store/storetest"
)

// TestFindWords_MoreThanAListShows finds the newest of a word that very many
// orders hold, and every one of those that few hold.
func TestFindWords_MoreThanAListShows(t *testing.T) {
	t.Parallel()
	const many = 1100
	test := func(t *testing.T, s core.Store) {
		h := storetest.New(t, s)
		list := make([]*domain.Order, many)
		for i := range list {
			list[i] = h.Order(func(o *domain.Order) {
				o.Number = "77" + strconv.Itoa(10_000+i)
				if i == 3 {
					o.Lines[0].Title, o.Receiver.Name = "马克杯 Kids", "欧阳Anna"
				}
			})
		}
		h.Insert(list...)
		seen := map[ids.OrderID]int{}
		for i, o := range list {
			seen[o.ID] = i
		}
		h.Read(func(r core.Reads) {
			for _, c := range []struct {
				words  []string
				whole  bool
				n      int
				newest bool // the newest of all are among them
			}{
				{[]string{"马克"}, false, 502, true}, // half for each of two texts, of which one has one order
				{[]string{"佳宜"}, false, 1001, true},
				{[]string{"77"}, false, 1001, true},
				{[]string{"马克", "350ML"}, false, 502, true},
				{[]string{"马克", "anna"}, true, 1, false},
				{[]string{"kids"}, true, 1, false},
				{[]string{"7710003"}, true, 1, false},
				{[]string{"10003"}, true, 1, false},
				{[]string{"欧阳"}, true, 1, false},
				{[]string{"没有"}, true, 0, false},
				{[]string{"zz"}, true, 0, false},
			} {
				found, whole, err := store.FindWords(r, c.words...)
				h.OK(err)
				require.Equal(t, c.whole, whole, c.words)
				require.Equal(t, c.n, len(found), c.words)
				got := map[int]bool{}
				for _, id := range found {
					got[seen[id]] = true
				}
				require.Equal(t, c.newest, got[many-1] && got[many-500], c.words)
				require.Equal(t, c.n == 1, c.n > 0 && !got[many-1], c.words)
			}
		})
	}
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, openStore(t, t.TempDir()+"/search.zhanggui")) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, openStore(t, pgtest.New(t))) })
}
