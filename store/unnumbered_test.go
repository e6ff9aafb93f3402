package store

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestUnnumbered_OnlyWhereTheNumbersDoNotMatter(t *testing.T) {
	t.Parallel()
	require.Equal(t, "INSERT INTO a VALUES (?, ?), (?, ?)", unnumbered("INSERT INTO a VALUES ($1, $2), ($3, $4)"))
	require.Equal(t, "SELECT a WHERE b = $1 OR c = $1", unnumbered("SELECT a WHERE b = $1 OR c = $1"))
	require.Equal(t, "UPDATE a SET b = $2 WHERE c = $1", unnumbered("UPDATE a SET b = $2 WHERE c = $1"))
	require.Equal(t, "SELECT 1", unnumbered("SELECT 1"))
}
