package store

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOpen_New_MigratesAndKeeps(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())
		require.NoError(t, set(s, "shop.name", "一号店"))
		info, err := s.Info(context.Background())
		require.NoError(t, err)
		require.Equal(t, headVersion(), info.SchemaVersion)
		require.Positive(t, info.SizeBytes)
		require.Empty(t, info.Others)
		require.False(t, info.UncleanStart)
		require.NoError(t, s.Close())

		again := opened(t, dsn, options())

		require.Equal(t, map[string]string{"shop.name": "一号店"}, settings(t, again))
	})
}
