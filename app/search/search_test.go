package search_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/domain"
	"zhanggui/app/search"
	"zhanggui/store/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

const (
	number = "331722045581"
	phone  = "13812344417"
)

// shop holds an order of 李明, sent, and umbrellas, two of one product.
func shop(t *testing.T, f *apptest.Fixture) {
	t.Helper()
	red := f.SKU("YSCB-01", 4900)
	f.Stock(red, 10, 15_000)
	ctx := f.As(auth.Supervisor)
	umbrella, err := f.Catalog.SaveProduct(ctx, catalog.SaveProductCmd{Code: "YS", Title: "雨伞 长柄"})
	require.NoError(t, err)
	for code, spec := range map[string]string{"YSCB-02": "藏青", "YSCB-03": "酒红"} {
		_, err = f.Catalog.SaveSKU(ctx, catalog.SaveSKUCmd{Product: umbrella, Code: code, Spec: spec, PriceFen: 4900})
		require.NoError(t, err)
	}
	f.Sell(apptest.Line(red, 1, 4900), apptest.Number(number), func(o *domain.Order) {
		o.Receiver = domain.Receiver{Name: "李明", Phone: phone, Province: "浙江省", City: "杭州市", District: "西湖区", Address: "文三路 1 号", Country: "CN"}
	})
}

func find(t *testing.T, f *apptest.Fixture, role auth.Role, text string) map[search.Kind][]string {
	t.Helper()
	hits, err := f.Search.Find(f.As(role), text, 5)
	require.NoError(t, err)
	found := map[search.Kind][]string{}
	for _, h := range hits {
		found[h.Kind] = append(found[h.Kind], h.Find)
	}
	return found
}

func TestFind_EveryKindByAFewLetters(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		shop(t, f)
		parcels, err := f.Search.Find(f.As(auth.Supervisor), number, 5)
		require.NoError(t, err)
		require.Len(t, parcels, 1)
		waybill := parcels[0].Order.Waybill
		for _, c := range []struct {
			typed string
			want  map[search.Kind][]string
		}{
			{number, map[search.Kind][]string{search.Order: {number}}},
			{" 3317 2204 5581 ", map[search.Kind][]string{search.Order: {number}}},
			{"３３１７", map[search.Kind][]string{search.Order: {number}}},
			{"5581", map[search.Kind][]string{search.Order: {number}}},
			{"4417", map[search.Kind][]string{search.Order: {number}}},
			{phone, map[search.Kind][]string{search.Order: {number}}},
			{waybill, map[search.Kind][]string{search.Order: {number}, search.Parcel: {waybill}}},
			{"李明", map[search.Kind][]string{search.Person: {"李明"}}},
			{"明明", map[search.Kind][]string{}},
			{"lm", map[search.Kind][]string{search.Person: {"李明"}}},
			{"LM", map[search.Kind][]string{search.Person: {"李明"}}},
			{"李", map[search.Kind][]string{}},
			{"yscb-02", map[search.Kind][]string{search.SKU: {"YSCB-02"}}},
			{"yscb 藏青", map[search.Kind][]string{search.SKU: {"YSCB-02"}}},
			{"ys", map[search.Kind][]string{search.SKU: {"YSCB-01", "YSCB-02", "YSCB-03"}, search.Product: {"雨伞 长柄"}}},
			{"", map[search.Kind][]string{}},
			{"   ", map[search.Kind][]string{}},
			{"没有", map[search.Kind][]string{}},
		} {
			require.Equal(t, c.want, find(t, f, auth.Supervisor, c.typed), "%q", c.typed)
		}
	})
}

func TestFind_OnlyWhatTheRightsAllow(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	shop(t, f)
	f.Grant(auth.Service, map[auth.Action]bool{auth.OrdersPersons: false, auth.CatalogView: false, auth.ShippingView: false})

	for _, typed := range []string{"李明", "lm", "4417", phone, "ys"} {
		require.Empty(t, find(t, f, auth.Service, typed), "%q tells of a person, or of goods", typed)
	}
	hits, err := f.Search.Find(f.As(auth.Service), "5581", 5)
	require.NoError(t, err)
	require.Len(t, hits, 1)
	text, err := json.Marshal(hits)
	require.NoError(t, err)
	require.NotContains(t, string(text), "李明")
	require.NotContains(t, string(text), phone)

	f.Grant(auth.Service, map[auth.Action]bool{auth.OrdersView: false})
	require.Empty(t, find(t, f, auth.Service, "5581"))
}

func TestFind_LimitsHoldWhateverIsTyped(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	shop(t, f)
	hits, err := f.Search.Find(f.As(auth.Supervisor), "ys", 2)
	require.NoError(t, err)
	require.Len(t, hits, 3, "two SKUs and the product of two that were read")
	for _, text := range []string{"%", "_", `\`, "'", "\x00", "a b c d e f g", string(make([]rune, 5000))} {
		_, err := f.Search.Find(f.As(auth.Supervisor), text, 1000)
		require.NoError(t, err, "%.10q", text)
	}
}
