package boot

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlacesOf_EachSystemsOwnRules(t *testing.T) {
	t.Parallel()
	none := func(string) string { return "" }
	set := func(values map[string]string) func(string) string { return func(k string) string { return values[k] } }
	for _, c := range []struct {
		system string
		env    func(string) string
		want   Places
	}{
		{"linux", none, Places{Data: "/h/.local/share/zhanggui", Logs: "/h/.local/state/zhanggui"}},
		{"linux", set(map[string]string{"XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "/s"}), Places{Data: "/d/zhanggui", Logs: "/s/zhanggui"}},
		{"linux", set(map[string]string{"XDG_DATA_HOME": "relative"}), Places{Data: "/h/.local/share/zhanggui", Logs: "/h/.local/state/zhanggui"}},
		{"darwin", none, Places{Data: "/h/Library/Application Support/Zhanggui", Logs: "/h/Library/Logs/Zhanggui"}},
		{"windows", none, Places{Data: "/h/AppData/Local/Zhanggui", Logs: "/h/AppData/Local/Zhanggui/logs"}},
		{"windows", set(map[string]string{"LOCALAPPDATA": "/l"}), Places{Data: "/l/Zhanggui", Logs: "/l/Zhanggui/logs"}},
	} {
		got := placesOf(c.system, c.env, "/h")
		require.Equal(t, c.want, Places{Data: filepath.ToSlash(got.Data), Logs: filepath.ToSlash(got.Logs)}, c.system)
	}
	require.NotEmpty(t, HerePlaces().Data)
}

func TestDataPlace_FileURLOrDefault(t *testing.T) {
	t.Parallel()
	p := Places{Data: filepath.FromSlash("/d/zhanggui")}
	for data, want := range map[string][2]string{
		"":                     {"/d/zhanggui/shop.zhanggui", "/d/zhanggui/backups"},
		"/x/一号 店.zhanggui":     {"/x/一号 店.zhanggui", "/x/backups"},
		"postgres://u@h/db":    {"postgres://u@h/db", "/d/zhanggui/backups"},
		"postgresql://u@h/db2": {"postgresql://u@h/db2", "/d/zhanggui/backups"},
	} {
		dsn, backups, err := dataPlace(data, p)
		require.NoError(t, err)
		require.Equal(t, want, [2]string{filepath.ToSlash(dsn), filepath.ToSlash(backups)}, data)
	}
}
