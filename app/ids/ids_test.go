package ids_test

import (
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/app/ids"
)

func TestID_TextAndBytes_RoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		src := ids.NewSeeded(rapid.Uint64().Draw(t, "seed"))
		id := ids.OrderID(ids.New[struct{}](src))

		byText, err := ids.Parse[struct{}](id.String())
		require.NoError(t, err)
		require.Equal(t, [16]byte(id), [16]byte(byText))

		stored, err := id.Value()
		require.NoError(t, err)
		require.Len(t, stored, 16)
		var read ids.OrderID
		require.NoError(t, read.Scan(stored))
		require.Equal(t, id, read)

		doc, err := json.Marshal(map[string]ids.OrderID{"order": id})
		require.NoError(t, err)
		var back map[string]ids.OrderID
		require.NoError(t, json.Unmarshal(doc, &back))
		require.Equal(t, id, back["order"])
	})
}

func TestID_None_IsEmptyEverywhere(t *testing.T) {
	t.Parallel()
	var none ids.SKUID
	require.True(t, none.Zero())
	require.Empty(t, none.String())
	stored, err := none.Value()
	require.NoError(t, err)
	require.Nil(t, stored)

	id := ids.SKUID(ids.Random{}.NewID())
	require.NoError(t, id.Scan(nil))
	require.True(t, id.Zero())

	id = ids.SKUID(ids.Random{}.NewID())
	require.NoError(t, id.UnmarshalText(nil))
	require.True(t, id.Zero())
}

func TestID_WrongInput_Refused(t *testing.T) {
	t.Parallel()
	var id ids.ParcelID
	require.Error(t, id.Scan([]byte("too short")))
	require.Error(t, id.Scan("text"))
	require.Error(t, id.UnmarshalText([]byte("not-a-uuid")))
	_, err := ids.Parse[struct{}]("4012345678901234567")
	require.Error(t, err)
}

func TestRandom_MakesRisingUUIDv7(t *testing.T) {
	t.Parallel()
	src := ids.Random{}
	last := ""
	for range 1000 {
		id := src.NewID()
		require.Equal(t, uuid.Version(7), uuid.UUID(id).Version())
		require.Greater(t, string(id[:]), last)
		last = string(id[:])
	}
}

func TestSeeded_RepeatsItself_RisesAndLooksLikeV7(t *testing.T) {
	t.Parallel()
	one, two, other := ids.NewSeeded(7), ids.NewSeeded(7), ids.NewSeeded(8)
	last := ""
	for range 10_000 { // past the 12-bit counter in the middle of the id
		id := one.NewID()

		require.Equal(t, id, two.NewID())
		require.NotEqual(t, id, other.NewID())
		require.Equal(t, uuid.Version(7), uuid.UUID(id).Version())
		require.Equal(t, uuid.RFC4122, uuid.UUID(id).Variant())
		require.Greater(t, string(id[:]), last)
		last = string(id[:])
	}
}
