package fault_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
)

func TestNew_KeepsCodeKeyAndArguments(t *testing.T) {
	t.Parallel()
	err := fault.New(fault.Conflict, "fault.shipping.already_shipped", "order", "4012345678901234567", "pieces", 3)

	require.Equal(t, fault.Conflict, err.Code)
	require.Equal(t, "fault.shipping.already_shipped", err.Key)
	require.Equal(t, map[string]string{"order": "4012345678901234567", "pieces": "3"}, err.Args)
	require.Nil(t, fault.New(fault.Busy, "fault.busy").Args)
}

func TestNew_OddArguments_Panics(t *testing.T) {
	t.Parallel()
	odd := []any{"row"}
	require.PanicsWithValue(t, "fault: odd number of arguments", func() { _ = fault.New(fault.Invalid, "fault.x", odd...) })
}

func TestError_PrintsForTheLog_SortedAndWithCause(t *testing.T) {
	t.Parallel()
	err := fault.New(fault.Invalid, "fault.catalog.sku", "row", 5, "file", "a.csv").
		Field("code", "fault.required").Field("barcode", "fault.taken").
		Because(errors.New("unique index"))

	require.Equal(t, `invalid fault.catalog.sku file="a.csv" row="5" barcode:fault.taken code:fault.required: unique index`, err.Error())
	require.Empty(t, err.Place())
}

func TestWrap_AddsPlacesOutermostFirst_KeepsTheRest(t *testing.T) {
	t.Parallel()
	inner := fault.New(fault.NotFound, "fault.orders.none", "order", "A1")

	err := fault.Wrap(fault.Wrap(inner, "row 5"), "settlement 12")

	require.Equal(t, `settlement 12: row 5: not_found fault.orders.none order="A1"`, err.Error())
	require.Equal(t, "settlement 12: row 5", fault.From(err).Place())
	require.True(t, fault.Is(err, fault.NotFound))
	require.Equal(t, "fault.orders.none", fault.Key(err))
	require.Empty(t, inner.Place(), "the wrapped fault itself stays as it was")
}

func TestWrap_Nil_StaysNil(t *testing.T) {
	t.Parallel()
	require.NoError(t, fault.Wrap(nil, "anywhere"))
	require.Nil(t, fault.From(nil))
	require.Empty(t, fault.Key(nil))
	require.False(t, fault.Is(nil, fault.Internal))
}

func TestFrom_OtherErrors(t *testing.T) {
	t.Parallel()
	disk := errors.New("disk on fire")
	for _, c := range []struct {
		name string
		err  error
		code fault.Code
		key  string
	}{
		{"plain", disk, fault.Internal, "fault.internal"},
		{"cancelled", fmt.Errorf("reading: %w", context.Canceled), fault.Cancelled, "fault.cancelled"},
		{"deadline", context.DeadlineExceeded, fault.Cancelled, "fault.cancelled"},
		{"a fault inside a plain error", fmt.Errorf("row 2: %w", fault.New(fault.Limit, "fault.money.too_large")), fault.Limit, "fault.money.too_large"},
	} {
		got := fault.From(c.err)
		require.Equal(t, c.code, got.Code, c.name)
		require.Equal(t, c.key, got.Key, c.name)
	}
	require.ErrorIs(t, fault.Wrap(disk, "saving"), disk, "the technical cause can still be found")
}
