package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/when"
)

func TestFault_Server_ByState(t *testing.T) {
	t.Parallel()
	cfg, err := pgx.ParseConfig("postgres://u:secret@host/shop")
	require.NoError(t, err)
	e := &postgresEngine{cfg: cfg}
	for state, want := range map[string]struct {
		code fault.Code
		key  string
	}{
		"40001": {fault.Busy, "fault.busy"}, "40P01": {fault.Busy, "fault.busy"}, "55P03": {fault.Busy, "fault.busy"},
		"23505": {fault.Conflict, "fault.store.exists"}, "23514": {fault.Conflict, "fault.store.rule"},
		"23503": {fault.Invalid, "fault.store.reference"}, "23502": {fault.Internal, "fault.store.value"}, "22003": {fault.Internal, "fault.store.value"},
		"57014": {fault.Cancelled, "fault.cancelled"}, "25006": {fault.Unavailable, "fault.store.server_read_only"},
		"42501": {fault.Unavailable, "fault.store.server_read_only"}, "53100": {fault.Unavailable, "fault.store.server_full"},
		"53300": {fault.Unavailable, "fault.store.offline"}, "57P01": {fault.Unavailable, "fault.store.offline"}, "08006": {fault.Unavailable, "fault.store.offline"},
		"28P01": {fault.Unavailable, "fault.store.login"}, "3D000": {fault.Unavailable, "fault.store.no_database"},
		"XX001": {fault.Unavailable, "fault.store.server_damaged"}, "42601": {fault.Internal, "fault.internal"},
	} {
		f := requireFault(t, e.fault(fmt.Errorf("wrapped: %w", &pgconn.PgError{Code: state})), want.code, want.key)
		require.NotContains(t, fmt.Sprint(f.Args), "secret")
	}
	requireFault(t, e.fault(&pgconn.PgError{Code: "23514", Message: "append-only"}), fault.Conflict, "fault.store.append_only")
	for _, err := range []error{io.EOF, io.ErrUnexpectedEOF, driver.ErrBadConn, sql.ErrConnDone, &os.SyscallError{Err: syscall.ECONNREFUSED}} {
		if errors.As(err, new(*os.SyscallError)) {
			err = fmt.Errorf("dial: %w", &netError{err})
		}
		f := requireFault(t, e.fault(err), fault.Unavailable, "fault.store.offline")
		require.Equal(t, "host/shop", f.Args["place"])
	}
	requireFault(t, e.fault(errors.New("odd")), fault.Internal, "fault.internal")
}

// netError is what the network package gives.
type netError struct{ error }

func (*netError) Timeout() bool   { return false }
func (*netError) Temporary() bool { return false }

func TestFault_Common(t *testing.T) {
	t.Parallel()
	e := &sqliteEngine{path: "/x/shop.zhanggui"}
	own := fault.New(fault.Limit, "fault.own")
	for err, want := range map[error]string{
		own: "fault.own", fmt.Errorf("in %w", own): "fault.own", context.Canceled: "fault.cancelled", context.DeadlineExceeded: "fault.cancelled",
		sql.ErrNoRows: "fault.not_found", sql.ErrConnDone: "fault.store.closed", syscall.ENOSPC: "fault.store.disk_full",
		syscall.EDQUOT: "fault.store.disk_full", syscall.EROFS: "fault.store.read_only", os.ErrPermission: "fault.store.read_only",
		os.ErrNotExist: "fault.store.missing", errors.New("odd"): "fault.internal",
	} {
		require.Equal(t, want, fault.Key(e.fault(err)), err)
	}
	require.NoError(t, e.fault(nil))
}

func TestConstraintFault_ByCode(t *testing.T) {
	t.Parallel()
	for code, key := range map[int]string{
		2067: "fault.store.exists", 1555: "fault.store.exists", 2579: "fault.store.exists", 275: "fault.store.rule", 1811: "fault.store.rule",
		787: "fault.store.reference", 1299: "fault.store.value", 3091: "fault.store.value",
	} {
		require.Equal(t, key, constraintFault(code, "some text").Key)
	}
	require.Equal(t, "fault.store.append_only", constraintFault(1811, "x append-only (1811)").Key)
	require.Nil(t, constraintFault(1, ""))
}

func TestCheckWritable_FolderGone(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()

	require.NoError(t, checkWritable(filepath.Join(folder, "new"), false))
	f := requireFault(t, checkWritable(filepath.Join(folder, "none", "new"), false), fault.Unavailable, "fault.store.read_only_folder")
	require.Equal(t, filepath.Join(folder, "none"), f.Args["folder"])
	f = requireFault(t, checkWritable(filepath.Join(folder, "old"), true), fault.Unavailable, "fault.store.read_only")
	require.Equal(t, filepath.Join(folder, "old"), f.Args["file"])
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestListAudit_ConditionsSearchTotals(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())
		at := when.At(2026, 11, 22, 9, 0, 0)
		require.NoError(t, s.Write(context.Background(), func(tx core.Tx) error {
			return tx.Log().AddAudit([]core.AuditLine{
				{At: at, Actor: "王五", Role: "warehouse", Entity: "order", EntityID: "o1", Key: "audit.shipped", Args: map[string]string{"order": "SF-77"}, Desk: "d1"},
				{At: at + when.DaySpan, Actor: "李静", Role: "finance", Entity: "receipt", EntityID: "r1", Key: "audit.recosted", Desk: "d2"},
				{At: at + 2*when.DaySpan, Actor: "王五", Role: "warehouse", Entity: "order", EntityID: "o2", Key: "audit.shipped", Desk: "d1"},
			})
		}))
		list := func(q core.Query) ([]int64, int, error) {
			var page core.Paged[core.AuditLine]
			err := s.Read(context.Background(), func(r core.Reads) error {
				var err error
				page, err = r.Log().ListAudit(q)
				return err
			})
			seqs := []int64{}
			for _, l := range page.Rows {
				seqs = append(seqs, l.Seq)
			}
			return seqs, page.Total, err
		}
		cond := func(field, op, value string) core.Query {
			return core.Query{Conds: []core.Cond{{Field: field, Op: op, Value: value}}, Totals: true}
		}
		for _, c := range []struct {
			q    core.Query
			want []int64
		}{
			{core.Query{}, []int64{3, 2, 1}},
			{core.Query{Chip: "order"}, []int64{3, 1}},
			{core.Query{Search: "李"}, []int64{2}},
			{core.Query{Search: "sf-7"}, []int64{1}},
			{core.Query{Search: "o2"}, []int64{3}},
			{core.Query{Page: core.Page{Sort: "at", Limit: 2}}, []int64{1, 2}},
			{core.Query{Page: core.Page{Offset: 2}}, []int64{1}},
			{cond("actor", "=", "王五"), []int64{3, 1}},
			{cond("actor", "!=", "王五"), []int64{2}},
			{cond("key", "~", "SHIP"), []int64{3, 1}},
			{cond("at", ">=", "2026-11-23"), []int64{3, 2}},
			{cond("at", "<", "2026-11-23"), []int64{1}},
			{cond("seq", "<=", "2"), []int64{2, 1}},
			{cond("entity_id", ">", "o1"), []int64{3, 2}},
		} {
			got, total, err := list(c.q)
			require.NoError(t, err)
			require.Equal(t, c.want, got, "%+v", c.q)
			if c.q.Totals {
				require.Equal(t, len(c.want), total)
			} else {
				require.Equal(t, -1, total)
			}
		}
		for key, q := range map[string]core.Query{
			"fault.list.field": cond("pin", "=", "1"), "fault.list.op": cond("actor", "==", "x"), "fault.list.value": cond("seq", "=", "x"),
			"fault.list.sort": {Page: core.Page{Sort: "desk"}},
		} {
			_, _, err := list(q)
			require.Equal(t, key, fault.Key(err))
		}
		_, _, err := list(cond("at", "~", "2026"))
		require.Equal(t, "fault.list.op", fault.Key(err))
	})
}
