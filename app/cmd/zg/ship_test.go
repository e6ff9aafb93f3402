package main

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestShipList_BadRows_ShownGoodOnesLeave is a pasted list with every mistake.
func TestShipList_BadRows_ShownGoodOnesLeave(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded().stocked()
	d.ok("import", d.orderFile("pdd_orders", "pdd.csv", placed("260422-607198974342268", "260422-607198974342269")))
	d.ok("audit", "260422-607198974342268")
	list := d.path("list.txt")
	require.NoError(t, os.WriteFile(list, []byte("order\tcourier\twaybill\n"+
		"260422-607198974342268\tyto\tYT8800000000001\n\n260422-607198974342269\tyto\tYT8800000000002\n260422-000\tyto\tYT8800000000003\n"), 0o600))

	r := d.fails(1, "ship", "--list", list, "--json")

	var doc shippedList
	require.NoError(t, json.Unmarshal([]byte(r.out), &doc), r.out)
	require.Equal(t, 1, len(doc.Shipped))
	require.Equal(t, 2, len(doc.Refused))
	require.Equal(t, []int{4, 5}, []int{doc.Refused[0].Row, doc.Refused[1].Row})
	require.NotEmpty(t, doc.Refused[1].Error.Message)
	text := d.fails(1, "ship", "--list", list)
	require.Contains(t, text.out, "row 4")
	require.NotEmpty(t, text.err)
	d.fails(1, "ship", "--list", d.path("none.txt"))
	d.ok("check", "--full")
}

// TestOrders_OneByOne_EachRefusalIsNamed goes through the commands on orders
// that are refused.
func TestOrders_OneByOne_EachRefusalIsNamed(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded().stocked()
	const order = "260422-607198974342268"
	d.ok("import", d.orderFile("pdd_orders", "pdd.csv", placed(order)))
	for named, words := range map[string][]string{
		"none":   {"hold", "none", "--reason", "r"},
		"NOPE":   {"receive", "NOPE", "1"},
		"9":      {"ship", order, "--courier", "yto", "--waybill", "YT8800000000001", "--line", "9:1"},
		"pigeon": {"ship", order, "--courier", "pigeon", "--waybill", "YT8800000000001"},
		"SF9":    {"handover", "SF9999999999999"},
		"north":  {"waybills", "north", "--out", d.path("x.csv")},
		"doc":    {"undo", "receipt", "doc"},
		"Wu":     {"staff", "pin", "Wu"},
		"0":      {"demo", "--orders", "0", "--data", d.path("other")},
	} {
		require.Contains(t, d.fails(1, words...).err, named, "%q", words)
	}
	d.fails(1, "release", order)
	d.fails(1, "unmerge", order)
	d.fails(1, "cancel", order, "--reason", " ")
	d.fails(1, "setting", "ship.limit_hours", "0")
	d.fails(1, "report", "sales", "--from", "2026-05-01", "--to", "2026-04-01")
	d.fails(1, "report", "sales", "--out", d.path("no/such/folder.csv"))
	d.fails(1, "template", "products", d.path("no/such/folder.xlsx"))
	d.fails(1, "backup", d.data)
	d.ok("hold", order, "--reason", "later")
	require.Equal(t, "hold", d.rows("orders")[0]["stage"])
	d.ok("release", "pdd:"+order)
	require.Equal(t, "to_audit", d.rows("orders")[0]["stage"])
}
