package store_test

import (
	"testing"

	"zhanggui/app/core"
	"zhanggui/store/pgtest"
	"zhanggui/store/storetest"
)

func TestContract_Postgres(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) core.Store { return openStore(t, pgtest.New(t)) })
}
