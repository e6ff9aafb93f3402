package value_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var refusal = regexp.MustCompile(`refuse\(fault\.\w+, "(\w+)"`)

// Every fault of the package has a text in both languages.
func TestFaults_TextsComplete(t *testing.T) {
	t.Parallel()
	used := map[string]bool{"fault.value.precision_lost": true}
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		source, err := os.ReadFile(f.Name())
		require.NoError(t, err)
		for _, m := range refusal.FindAllStringSubmatch(string(source), -1) {
			used["fault.value."+m[1]] = true
		}
	}
	for _, language := range []string{"zh-CN", "en"} {
		data, err := os.ReadFile("../../../assets/i18n/" + language + "/value.json")
		require.NoError(t, err)
		var texts map[string]string
		require.NoError(t, json.Unmarshal(data, &texts))
		require.Len(t, texts, len(used), language)
		for key := range used {
			require.NotEmpty(t, texts[key], key)
		}
	}
}
