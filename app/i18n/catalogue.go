package i18n

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"sync"

	"zhanggui/assets"
)

// Lang is a language of the window.
type Lang string

// The languages, the default first.
const (
	Chinese Lang = "zh-CN"
	English Lang = "en"
)

// Langs lists the languages in the order of the settings screen.
var Langs = []Lang{Chinese, English}

// Catalogue holds the texts of all languages. It never changes once loaded.
type Catalogue struct {
	texts map[Lang]map[string]string
	twice []string // "file: key" of keys that stood in an earlier file already
}

// Load reads i18n/<language>/*.json of every language from files.
// A key that stands in two files keeps the text of the first (by file name); a
// test refuses such a key. Errors: a plain error naming the file that is no
// flat JSON object.
func Load(files fs.FS) (*Catalogue, error) {
	c := &Catalogue{texts: map[Lang]map[string]string{}}
	for _, lang := range Langs {
		names, err := fs.Glob(files, "i18n/"+string(lang)+"/*.json")
		if err != nil {
			return nil, err
		}
		c.texts[lang] = map[string]string{}
		for _, name := range names {
			if err := c.add(lang, files, name); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

func (c *Catalogue) add(lang Lang, files fs.FS, name string) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	var flat map[string]string
	if err := json.Unmarshal(data, &flat); err != nil {
		return fmt.Errorf("i18n: %s: %w", name, err)
	}
	texts := c.texts[lang]
	for key, text := range flat {
		if _, twice := texts[key]; twice {
			c.twice = append(c.twice, name+": "+key)
			continue
		}
		texts[key] = text
	}
	return nil
}

// Keys lists the keys of one language, sorted.
func (c *Catalogue) Keys(lang Lang) []string {
	keys := make([]string, 0, len(c.texts[lang]))
	for k := range c.texts[lang] {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// Areas lists the first words of all keys, sorted.
func (c *Catalogue) Areas() []string {
	seen := map[string]bool{}
	var areas []string
	for _, k := range c.Keys(Chinese) {
		area, _, _ := strings.Cut(k, ".")
		if !seen[area] {
			seen[area] = true
			areas = append(areas, area)
		}
	}
	return areas
}

// Tr gives a translator of this catalogue; an unknown language gives Chinese.
func (c *Catalogue) Tr(lang Lang) Tr {
	if _, ok := c.texts[lang]; !ok {
		lang = Chinese
	}
	return Tr{lang: lang, texts: c.texts[lang]}
}

// builtIn is the embedded catalogue, read on first use. A broken embedded file
// is a programmer's error that no run survives.
var builtIn = sync.OnceValue(func() *Catalogue {
	c, err := Load(assets.I18n)
	if err != nil {
		panic(err)
	}
	return c
})

// New gives a translator of the embedded language files; an unknown language
// gives Chinese.
func New(lang Lang) Tr { return builtIn().Tr(lang) }

// ParseLang reads a language as a person, a setting or the system writes it:
// "en", "en_US.UTF-8", "zh-Hans-CN". ok is false for any other language.
func ParseLang(s string) (Lang, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	switch {
	case strings.HasPrefix(s, "zh"):
		return Chinese, true
	case strings.HasPrefix(s, "en"):
		return English, true
	}
	return Chinese, false
}
