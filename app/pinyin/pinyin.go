// Package pinyin makes the search key of a Chinese text: the initials of its
// characters' readings, so that "yscb" finds 雨伞长柄. Keys are for finding, never
// for showing: the library reads characters singly (重 of 重庆 is zhong to it), so
// every reading of a character counts. It may import level 0 and 1.
package pinyin

import (
	"strings"
	"unicode"

	gopinyin "github.com/mozillazg/go-pinyin"

	"zhanggui/app/domain"
)

// Bounds of a search key. A stretch of Chinese longer than window is indexed in
// overlapping windows, so that any search of up to window-step characters is
// found; one window has at most variants spellings.
const (
	window   = 12
	step     = 6
	variants = 64
)

// Key gives the initials of a text in lower case, blank between stretches:
// 长柄雨伞 is found by cbys and by zbys, because 长 is chang or zhang. Letters and
// digits inside a stretch of Chinese stand for themselves.
func Key(text string) string {
	var keys []string
	seen := map[string]bool{}
	for _, stretch := range stretches(text) {
		for _, key := range spellings(stretch) {
			if !seen[key] {
				seen[key] = true
				keys = append(keys, key)
			}
		}
	}
	return strings.Join(keys, " ")
}

// stretches cuts a text into runs of Chinese characters, letters and digits;
// a character is the list of its initials. Runs without Chinese are left out:
// they are found by the text itself.
func stretches(text string) [][]string {
	var all [][]string
	var run []string
	han := false
	end := func() {
		if han {
			all = append(all, run)
		}
		run, han = nil, false
	}
	for _, r := range domain.NormalCode(text) {
		switch {
		case unicode.Is(unicode.Han, r):
			if letters := initials(r); len(letters) > 0 {
				run, han = append(run, strings.Join(letters, "")), true
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			run = append(run, string(r))
		default:
			end()
		}
	}
	end()
	return all
}

// initials lists the first letters of all readings, the usual one first.
func initials(r rune) []string {
	args := gopinyin.NewArgs()
	args.Style, args.Heteronym = gopinyin.FirstLetter, true
	var list []string
	for _, letter := range gopinyin.SinglePinyin(r, args) {
		known := false
		for _, have := range list {
			known = known || have == letter
		}
		if letter != "" && !known {
			list = append(list, letter)
		}
	}
	return list
}

// spellings lists the ways to type a stretch, window by window.
func spellings(run []string) []string {
	var all []string
	for from := 0; ; from += step {
		to := min(from+window, len(run))
		all = append(all, product(run[from:to])...)
		if to == len(run) {
			return all
		}
	}
}

// product combines the readings; past the bound a character keeps its usual one.
func product(run []string) []string {
	keys := []string{""}
	for _, letters := range run {
		choices := []rune(letters)
		if !unicode.Is(unicode.Latin, choices[0]) || len(keys)*len(choices) > variants {
			choices = choices[:1]
		}
		next := make([]string, 0, len(keys)*len(choices))
		for _, key := range keys {
			for _, c := range choices {
				next = append(next, key+string(c))
			}
		}
		keys = next
	}
	return keys
}

// Begins tells whether a text may be spelled by these initials from its
// beginning: 李明 and 黎曼 by lm, 长孙 by cs and zs. Letters and digits stand for
// themselves. It stops at the first character that does not fit: thousands of
// names are asked at every key.
func Begins(text, with string) bool {
	rest := with
	for _, r := range domain.NormalCode(text) {
		if rest == "" {
			break
		}
		fits := false
		switch {
		case unicode.Is(unicode.Han, r):
			for _, letter := range initials(r) {
				fits = fits || letter[0] == rest[0]
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			fits = string(r) == rest[:1]
		default:
			continue
		}
		if !fits {
			return false
		}
		rest = rest[1:]
	}
	return rest == "" && with != ""
}
