package storetest

import (
	"testing"

	"zhanggui/app/core"
)

// suites are the tests of the contract by repository; each test has an empty
// store of its own.
var suites = []struct {
	name  string
	tests map[string]func(h *House)
}{
	{"orders", orderTests},
	{"orders_find", findTests},
	{"recall", recallTests},
	{"stock", stockTests},
	{"parcels", parcelTests},
	{"ledger", ledgerTests},
	{"catalog", catalogTests},
	{"customers", customerTests},
	{"imports", importTests},
	{"others", otherTests},
	{"lists", listTests},
	{"reports", reportTests},
	{"cancelled", cancelledTests},
}

// Run runs the whole contract; open gives an empty, migrated store that is
// closed when the test ends.
func Run(t *testing.T, open func(t *testing.T) core.Store) {
	for _, suite := range suites {
		t.Run(suite.name, func(t *testing.T) {
			t.Parallel()
			for name, test := range suite.tests {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					test(New(t, open(t)))
				})
			}
		})
	}
}
