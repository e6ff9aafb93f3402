package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/fault"
)

// wholeFile is a closed file with sealed ledgers and its bytes.
func wholeFile(t *testing.T) []byte {
	t.Helper()
	path := newFile(t)
	s := sealable(t, path)
	for range 3 {
		addRows(t, s, 40)
		require.NoError(t, s.Seal(context.Background()))
	}
	require.NoError(t, s.Close())
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return b
}

// ledgerRows counts the rows that still carry their actor's name, -1 when they
// cannot be read: only then has a flipped bit met a row, and not the remains of
// one in the unused part of a page.
func ledgerRows(t *testing.T, path string) int {
	t.Helper()
	db, err := sql.Open("sqlite", readerURI(path, true))
	require.NoError(t, err)
	defer db.Close()
	var n int
	err = db.QueryRow(`SELECT (SELECT COUNT(seq) FROM audit_log WHERE actor = '王五') + (SELECT COUNT(seq) FROM stock_moves WHERE actor = '王五')
		+ (SELECT COUNT(seq) FROM journal_entries WHERE actor = '王五')`).Scan(&n)
	if err != nil {
		return -1
	}
	return n
}

// noticed tells whether damaged bytes are refused at opening or reported by a check.
func noticed(t *testing.T, folder string, n int, b []byte) bool {
	t.Helper()
	path := filepath.Join(folder, strconv.Itoa(n)+".zhanggui")
	require.NoError(t, os.WriteFile(path, b, 0o600))
	opt := options()
	opt.ReadOnly = true // a look; what an ordinary opening does is tested apart
	s, err := Open(context.Background(), path, opt)
	if err != nil {
		f := fault.From(err)
		require.Equal(t, fault.Unavailable, f.Code, f.Error())
		return true
	}
	list, err := s.Check(context.Background(), true, nil)
	require.NoError(t, s.Close())
	if err != nil {
		require.Equal(t, "fault.store.damaged_no_backup", fault.Key(err), err)
		return true
	}
	for _, r := range list {
		// The hand-made rows of this file break rules of the trade as well; only
		// pages, references and seals speak of damage.
		if r.Bad > 0 && (r.Name == "pages" || r.Name[:2] == "I7" || r.Name[:3] == "I10") {
			return true
		}
	}
	return false
}

func TestDamage_PagesAndBits_AreFound(t *testing.T) {
	t.Parallel()
	whole := wholeFile(t)
	folder := t.TempDir()
	require.False(t, noticed(t, folder, 0, whole), "nothing is wrong with the whole file")
	page := int(binary.BigEndian.Uint16(whole[16:]))
	pages := len(whole) / page
	r := rand.New(rand.NewPCG(3, 4))

	for n := 1; n <= 60; n++ {
		b := append([]byte(nil), whole...)
		p := r.IntN(pages)
		clear(b[p*page : (p+1)*page])
		require.True(t, noticed(t, folder, n, b), "page %d of zeros not found", p)
	}

	// Bits inside rows of the ledgers: every actor's name belongs to one.
	var spots []int
	for at := 0; ; {
		i := bytes.Index(whole[at:], []byte("王五"))
		if i < 0 {
			break
		}
		spots = append(spots, at+i)
		at += i + 1
	}
	require.Greater(t, len(spots), 300)
	for flipped := 0; flipped < 100; {
		b := append([]byte(nil), whole...)
		at := spots[r.IntN(len(spots))] + r.IntN(6)
		b[at] ^= 1 << r.IntN(8)
		path := filepath.Join(folder, "flipped.zhanggui")
		require.NoError(t, os.WriteFile(path, b, 0o600))
		if ledgerRows(t, path) == 360 {
			continue
		}
		flipped++
		require.True(t, noticed(t, folder, 100, b), "bit at %d not found", at)
	}

	for n, size := range []int{len(whole) - 1, len(whole) - page, len(whole) / 2, 5 * page, page, page / 2, 100, 50} {
		require.True(t, noticed(t, folder, 1000+n, whole[:size]), "cut to %d not found", size)
	}
}

func TestDamage_MetInUse_NamesTheLastBackup(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	s := opened(t, path, options())
	require.NoError(t, do(s, `INSERT INTO tasks (id, kind, ref_kind, ref_id, number, role, due_ms, made_ms, done_ms, outcome, args, done_by)
		VALUES (CAST('0123456789abcdef' AS BLOB), 'receipt_cost', '', '', '一号店', '', 0, 0, 0, '', '', '')`))
	require.NoError(t, s.Close())
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	page := int(binary.BigEndian.Uint16(b[16:]))
	at := bytes.Index(b, []byte("一号店")) / page
	clear(b[at*page : (at+1)*page])
	read := func(s core.Store) error {
		return s.Read(context.Background(), func(r core.Reads) error {
			_, err := r.Tasks().Open()
			return err
		})
	}

	require.NoError(t, os.WriteFile(path, b, 0o600))
	damaged := opened(t, path, options())
	requireFault(t, read(damaged), fault.Unavailable, "fault.store.damaged_no_backup")

	copied := filepath.Join(filepath.Dir(path), BackupName(path, 1))
	require.NoError(t, os.WriteFile(copied, []byte("x"), 0o600))
	require.NoError(t, os.WriteFile(copied+infoEnd, []byte(`{"sha256":"00","size_bytes":1,"at":1700000000000}`), 0o600))
	f := requireFault(t, read(damaged), fault.Unavailable, "fault.store.damaged")
	require.Equal(t, copied, f.Args["backup"])
	require.Equal(t, "2023-11-15 06:13", f.Args["at"])

	_, err = damaged.Backup(context.Background(), filepath.Join(t.TempDir(), "x"), nil)
	requireFault(t, err, fault.Unavailable, "fault.store.damaged")
}

func TestDamage_AfterUncleanEnd_RefusedAtOpening(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	s := sealable(t, path)
	addRows(t, s, 100)
	require.NoError(t, s.Close())
	other := start(t, "idle", path, 0)
	require.Equal(t, "ready", other.says(t))
	other.kill(t)
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	page := int(binary.BigEndian.Uint16(b[16:]))
	at := bytes.Index(b, []byte("王五")) / page
	clear(b[at*page : (at+1)*page])
	require.NoError(t, os.WriteFile(path, b, 0o600))
	before := digest(t, path)

	_, err = Open(context.Background(), path, options())

	requireFault(t, err, fault.Unavailable, "fault.store.damaged_no_backup")
	require.Equal(t, before, digest(t, path))
}

func TestDamage_ForeignLog_Refused(t *testing.T) {
	t.Parallel()
	path, strange := newFile(t), newFile(t)
	require.NoError(t, set(opened(t, strange, options()), "who", "stranger"))
	log, err := os.ReadFile(strange + "-wal")
	require.NoError(t, err)
	s := opened(t, path, options())
	require.NoError(t, set(s, "who", "me"))
	require.NoError(t, s.Close())
	require.NoError(t, os.WriteFile(path+"-wal", log[:len(log)-7], 0o600)) // somebody else's, and torn

	before := digest(t, path)

	_, err = Open(context.Background(), path, options())

	f := requireFault(t, err, fault.Unavailable, "fault.store.wrong_log")
	require.Equal(t, before, digest(t, path))
	require.NoError(t, os.Rename(f.Args["log"], f.Args["log"]+".aside"))
	require.Equal(t, map[string]string{"who": "me"}, settings(t, opened(t, path, options())))
}

// A large file opens at once after an unclean exit; the check in the background,
// which is not a full one, looks at every page then.
func TestDamage_UncleanLargeFile_IsFoundByTheCheck(t *testing.T) {
	t.Parallel()
	b := wholeFile(t)
	page := int(binary.BigEndian.Uint16(b[16:]))
	folder := t.TempDir()
	path := filepath.Join(folder, "shop.zhanggui")
	require.NoError(t, os.WriteFile(path, b, 0o600))
	other := start(t, "hold", path, 0)
	require.Equal(t, "ready", other.says(t))
	other.kill(t)
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	opt := options()
	opt.ReadOnly = true // opening it to write would mend the mark of the killed one
	byPages := 0
	for p := len(b)/page - 12; p < len(b)/page; p++ {
		hurt := bytes.Clone(b)
		clear(hurt[p*page : (p+1)*page])
		require.NoError(t, os.WriteFile(path, hurt, 0o600))
		opt.ExamineUpTo = 0
		_, err = Open(context.Background(), path, opt)
		requireFault(t, err, fault.Unavailable, "fault.store.damaged_no_backup")

		opt.ExamineUpTo = 1
		s, err := Open(context.Background(), path, opt)
		require.NoError(t, err)
		list, err := s.Check(context.Background(), false, nil)
		require.NoError(t, s.Close())
		if err != nil { // met by reading
			requireFault(t, err, fault.Unavailable, "fault.store.damaged_no_backup")
			continue
		}
		for _, r := range list {
			if r.Name == "pages" && r.Bad > 0 {
				byPages++
				err = fault.New(fault.Unavailable, "fault.store.damaged_no_backup")
			}
		}
		require.Error(t, err, "page %d of zeros not found", p)
	}
	require.Positive(t, byPages)
}
