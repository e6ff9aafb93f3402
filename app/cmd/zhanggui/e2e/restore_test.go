//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRestore makes a copy, changes something, and has the copy put back: all by
// keys, and the program goes on with the restored data.
func TestRestore(t *testing.T) {
	w := newHome(t)
	data := w.data("shop.zhanggui")
	w.zg(data, nil, "init", "--shop", "山岚日用", "--owner", supervisor.name)
	kept := func() string {
		var set struct{ Value string }
		w.zg(data, &set, "setting", "backup.keep")
		return set.Value
	}
	w.start("--data", data, "--lang", "zh-CN")
	w.signIn(supervisor)
	w.press("ctrl+comma")
	w.until("the settings", func(v view) bool { return v.Screen == "settings" })
	for _, tab := range []string{"settings.shops", "settings.couriers", "settings.fees", "settings.staff", "settings.backup"} {
		w.press("ctrl+Next")
		w.until(tab, func(v view) bool { return v.Screen == tab })
	}
	w.press("F9")
	w.until("the copy", func(v view) bool { return strings.Contains(v.text("settings.copies"), ".zgbackup") })
	w.shot("backup")
	w.zg(data, nil, "setting", "backup.keep", "9")

	w.press("alt+t")
	w.until("what the test found", func(v view) bool { return v.Over == 1 && v.has("settings.tested.ok") })
	w.shot("backup-tested")
	w.press("Return")
	w.until("the page again", func(v view) bool { return v.Over == 0 })
	w.press("alt+r")
	w.until("what would be lost", func(v view) bool { return v.has("settings.restore.ok") })
	w.shot("backup-restore")
	w.press("Return")
	w.until("it is restored", func(v view) bool { return v.Page == "signin" && v.has("restored.ok") })
	w.shot("restored")
	w.press("Return")
	w.until("the names", func(v view) bool { return v.Page == "signin" && v.Over == 0 })
	w.signIn(supervisor)
	require.Equal(t, "14", kept(), "what came after the copy is gone")
	w.zg(data, nil, "check", "--full")
	aside, err := filepath.Glob(data + ".replaced-*")
	require.NoError(t, err)
	require.NotEmpty(t, aside, "and the file before is kept")
	_, err = os.Stat(aside[0])
	require.NoError(t, err)
	w.close()
}
