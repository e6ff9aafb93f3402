package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/store/storetest"
)

func TestContract_SQLite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) core.Store {
		file, err := sqliteTemplate()
		require.NoError(t, err)
		path := filepath.Join(t.TempDir(), "shop.zhanggui")
		require.NoError(t, os.WriteFile(path, file, 0o600))
		return openStore(t, path)
	})
}
