package benchtest

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
)

// BenchmarkB11_Backup makes a complete, verified backup beside VACUUM INTO with
// a quick_check of the copy (DECIDED 27).
func BenchmarkB11_Backup(b *testing.B) {
	once(b, func(b *testing.B, s *shop) {
		folder := b.TempDir()
		a, z := turns(rounds, nil, func(i int) {
			path := filepath.Join(folder, "ours-"+strconv.Itoa(i)+".zgbackup")
			_, err := s.Backup.Make(s.as(auth.Finance), path, nil)
			require.NoError(b, err)
			require.NoError(b, os.Remove(path))
		}, func(i int) {
			path := filepath.Join(folder, "floor-"+strconv.Itoa(i))
			vacuumAndCheck(b, s.dsn, path)
			require.NoError(b, os.Remove(path))
		})
		o, f := median(cpus(a)), median(cpus(z))
		figures.add(b, s.of, row{
			id: "B11", work: "backup; CPU", ours: ms(o) + ", " + ms(median(walls(a))) + " wall", floor: ms(f) + ", " + ms(median(walls(z))) + " wall",
			ratio: times(ratio(o, f)), goal: "≤ 1.3 × VACUUM INTO + quick_check",
		}.judged(ratio(o, f), 1.3))
	})
}

func vacuumAndCheck(b *testing.B, dsn, path string) {
	db, err := connect(dsn)
	require.NoError(b, err)
	_, err = db.ExecContext(context.Background(), "VACUUM INTO ?", path)
	require.NoError(b, err)
	require.NoError(b, db.Close())
	made, err := sql.Open("sqlite", "file:"+path+"?mode=ro&immutable=1")
	require.NoError(b, err)
	var verdict string
	require.NoError(b, made.QueryRow("PRAGMA quick_check").Scan(&verdict))
	require.Equal(b, "ok", verdict)
	require.NoError(b, made.Close())
}

// BenchmarkB11_Scan scans orders while a backup runs.
func BenchmarkB11_Scan(b *testing.B) {
	once(b, func(b *testing.B, s *shop) {
		path := filepath.Join(b.TempDir(), "beside.zgbackup")
		s.beside(b, "B11", "scan an order while a backup runs", s.toShip(1500), func() {
			_, err := s.Backup.Make(s.as(auth.Finance), path, nil)
			require.NoError(b, err)
		})
	})
}
