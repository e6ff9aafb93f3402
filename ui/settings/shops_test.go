package settings

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/domain"
)

func shopOf(t *testing.T, f *apptest.Fixture, code string) domain.Shop {
	t.Helper()
	list, err := f.Catalog.Shops(f.As(auth.Supervisor))
	require.NoError(t, err)
	for _, s := range list {
		if s.Code == code {
			return s
		}
	}
	require.Fail(t, "no shop has the code "+code)
	return domain.Shop{}
}

func TestShops_AddChangeDisable(t *testing.T) {
	f := apptest.New(t)
	f.Shop("jd")
	d := at(t, f, NewShops, auth.Supervisor)

	d.Press("F9")
	d.set("settings.shop.name", "山海天猫二店")
	d.set("settings.shop.code", "tmall2")
	d.Press("Enter")
	d.settle()

	added := shopOf(t, f, "tmall2")
	require.Equal(t, domain.Shop{ID: added.ID, Channel: "tmall", Code: "tmall2", Name: "山海天猫二店"}, added)

	row(d, d.page.(*shops).list, added.ID.String())
	d.Press("F2")
	d.set("settings.shop.name", "二店")
	d.Press("Enter")
	d.settle()
	require.Equal(t, "二店", shopOf(t, f, "tmall2").Name)

	row(d, d.page.(*shops).list, added.ID.String())
	d.Press("Alt+D")
	d.settle()
	require.True(t, shopOf(t, f, "tmall2").Disabled)
	d.Press("Alt+D")
	d.settle()
	require.False(t, shopOf(t, f, "tmall2").Disabled)
}

func TestShops_TakenOrEmpty_StaysInTheForm(t *testing.T) {
	f := apptest.New(t)
	f.Shop("jd")
	d := at(t, f, NewShops, auth.Supervisor)
	d.Press("F9")
	d.Press("Enter")
	require.True(t, d.open(), "a shop needs a name and a code")
	d.set("settings.shop.name", "又一家")
	d.set("settings.shop.code", shopOf(t, f, "jd").Code)
	d.Press("Enter")
	require.True(t, d.open(), "the code is taken")
	d.set("settings.shop.code", "jd2")
	d.Press("Enter")
	require.False(t, d.open())
}

func TestShops_WithoutTheRight_OnlyLooked(t *testing.T) {
	f := apptest.New(t)
	f.Shop("jd")
	d := at(t, f, NewShops, auth.Warehouse)
	d.Press("F9", "F2", "Enter", "Alt+D")
	require.False(t, d.open())
	require.False(t, shopOf(t, f, "jd").Disabled)
}
