package sheet_test

import (
	"encoding/json"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
)

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

func words(t *testing.T, language string) map[string]string {
	t.Helper()
	data, err := os.ReadFile("../../../assets/i18n/" + language + "/sheet.json")
	require.NoError(t, err)
	var out map[string]string
	require.NoError(t, json.Unmarshal(data, &out))
	return out
}

// Every fault that the corpus provokes has a text in both languages, and the
// fault carries every fact that the text mentions.
func TestFaults_TextsComplete(t *testing.T) {
	t.Parallel()
	zh, en := words(t, "zh-CN"), words(t, "en")
	require.Len(t, en, len(zh))
	for _, f := range append(append(append(csvCorpus(), xlsxCorpus()...), binaryCorpus()...), markupCorpus()...) {
		lim := sheet.DefaultLimits()
		if f.lim != nil {
			f.lim(&lim)
		}
		_, err := readAll(f.data, lim)
		if err == nil {
			continue
		}
		for _, texts := range []map[string]string{zh, en} {
			text := texts[fault.Key(err)]
			require.NotEmpty(t, text, fault.Key(err))
			for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
				require.NotEmpty(t, fault.From(err).Args[m[1]], "%s: %s", f.name, text)
			}
		}
	}
}
