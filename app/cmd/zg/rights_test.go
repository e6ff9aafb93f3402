package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// staffed is a shop with one person per post; everybody has an order to work on.
func staffed(t *testing.T) *desk {
	d := newDesk(t).founded().stocked()
	for name, who := range map[string][2]string{
		"Shen": {"service", "5820"}, "Wang": {"warehouse", "8163"}, "Li": {"finance", "739146"}, "Zhou": {"promotion", "4097"},
	} {
		d.newPIN = who[1]
		d.ok("staff", "add", name, "--role", who[0])
	}
	d.ok("import", d.orderFile("pdd_orders", "pdd.csv", placed("260422-607198974342268")))
	return d
}

var pinOf = map[string]string{owner: ownerPIN, "Shen": "5820", "Wang": "8163", "Li": "739146", "Zhou": "4097"}

// TestRights_WrongPost_ExitOneNamesTheRight: the same rights as in the window.
func TestRights_WrongPost_ExitOneNamesTheRight(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	const order = "260422-607198974342268"
	for _, c := range []struct {
		who   string
		words []string
	}{
		{"Wang", []string{"import", d.orderFile("pdd_orders", "new.csv", placed("260422-607198974342269"))}},
		{"Wang", []string{"audit", "--all"}},
		{"Wang", []string{"hold", order, "--reason", "r"}},
		{"Wang", []string{"cancel", order, "--reason", "r"}},
		{"Wang", []string{"opening", "CUP-1", "1", "--value", "1"}},
		{"Wang", []string{"receive", "CUP-1", "1", "--cost", "100"}},
		{"Wang", []string{"adjust", "CUP-1", "-100", "--reason", "lost"}},
		{"Wang", []string{"list", "entries"}},
		{"Wang", []string{"list", "customers"}},
		{"Wang", []string{"list", "staff"}},
		{"Wang", []string{"list", "audit"}},
		{"Wang", []string{"staff", "add", "Wu", "--role", "service"}},
		{"Wang", []string{"setting", "ship.limit_hours", "40"}},
		{"Wang", []string{"seal"}},
		{"Wang", []string{"backup", d.path("no.zhanggui")}},
		{"Shen", []string{"ship", order, "--courier", "yto", "--waybill", "YT8800000000001"}},
		{"Shen", []string{"receive", "CUP-1", "1"}},
		{"Zhou", []string{"audit"}},
		{"Zhou", []string{"check"}},
		{"Zhou", []string{"map", "pdd", "X", "CUP-1"}},
		{"Li", []string{"merge", order, order}},
		{"Li", []string{"split", order, "1:1", "2:1"}},
		{"Li", []string{"restore", d.path("pdd.csv")}},
	} {
		d.as, d.pin = c.who, pinOf[c.who]
		r := d.fails(1, append(c.words, "--json")...)
		var doc struct{ Error wrong }
		require.NoError(t, json.Unmarshal([]byte(r.out), &doc), r.out)
		if c.words[0] != "restore" {
			require.Equal(t, "denied", string(doc.Error.Code), "%s %q: %s", c.who, c.words, r.out)
		}
		require.NotEmpty(t, d.fails(1, c.words...).err)
	}
	d.as, d.pin = owner, ownerPIN
	require.NotEmpty(t, d.rows("audit", "--where", "key = audit.denied"))
	require.Len(t, d.rows("orders", "--where", "stage = to_audit"), 1)
	d.ok("check", "--full")
}

func TestRights_GrantAndWithdraw_CountAtOnce(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	wang := func(code int, words ...string) {
		d.as, d.pin = "Wang", "8163"
		d.fails(code, words...)
		d.as, d.pin = owner, ownerPIN
	}
	wang(1, "list", "customers")
	d.ok("staff", "grant", "Wang", "customers.view")
	wang(0, "list", "customers")
	d.ok("staff", "grant", "Wang", "customers.view", "--withdraw")
	wang(1, "list", "customers")
	d.ok("staff", "grant", "Wang", "stock.view", "--withdraw")
	wang(1, "list", "stock")
	d.ok("staff", "grant", "Wang", "stock.view", "customers.view", "--default")
	wang(0, "list", "stock")
	d.ok("staff", "disable", "Wang")
	wang(1, "list", "stock")
	d.ok("staff", "enable", "Wang")
	wang(0, "list", "stock")
	d.fails(1, "staff", "disable", owner) // nobody could manage the team
}

func TestSignIn_WrongMissingAndChangedPIN(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	d.as, d.pin = "", ownerPIN
	d.ok("list", "stock") // the only supervisor may leave out the name
	d.pin = "000000"
	d.fails(1, "list", "stock")
	d.as = "Nobody"
	d.fails(1, "list", "stock")
	d.as, d.pin = "Wang", ""
	require.Contains(t, d.fails(1, "list", "stock").err, envPIN)

	d.pin, d.newPIN = "8163", "7094"
	d.ok("staff", "pin", "Wang")
	d.fails(1, "list", "stock")
	d.pin = "7094"
	d.ok("list", "stock")

	d.as, d.pin, d.newPIN = owner, ownerPIN, "12" // too short
	require.NotEmpty(t, d.fails(1, "staff", "pin", "Wang").err)
	d.newPIN = "915204"
	d.ok("staff", "add", "Qian", "--role", "supervisor")
	d.as = ""
	require.Contains(t, d.fails(2, "list", "stock").err, "--as")
}

func TestData_NoneEmptyForeign_Refused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.Contains(t, d.fails(1, "list", "orders").err, "zg init")
	require.NoFileExists(t, d.data)
	d.pin = "12"
	d.fails(1, "init", "--shop", "S", "--owner", "Zhao")
	d.pin = ownerPIN
	d.fails(1, "init", "--shop", "S", "--owner", "Zhao", "--currency", "yuan")
	require.NoFileExists(t, d.data)
	d.founded()
	d.fails(1, "demo", "--orders", "5")
	d.fails(1, "demo", "--orders", "5", "--data", d.path("missing")+"/shop.zhanggui")
}
