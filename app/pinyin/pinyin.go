// Package pinyin makes the search key of a Chinese text: the initials of its
// characters' readings, every reading of a character with several, so that
// "yscb" finds 雨伞长柄 whichever way 长 is read. Keys are for finding, never
// for showing (the readings are per character, TECH E).
package pinyin

import (
	"strings"
	"unicode"

	gopinyin "github.com/mozillazg/go-pinyin"
)

// variants is the most keys one text gets: 2 readings in three places make 8.
const variants = 8

// Key gives the initials of a text, lower case, one word per combination of
// readings, with a blank between: "yscb yszb". Letters and digits stand for themselves.
func Key(text string) string {
	keys := []string{""}
	args := gopinyin.NewArgs()
	args.Style, args.Heteronym = gopinyin.FirstLetter, true
	for _, r := range text {
		keys = extend(keys, initials(r, args))
	}
	seen := map[string]bool{}
	var out []string
	for _, k := range keys {
		if k != "" && !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	return strings.Join(out, " ")
}

// initials are the first letters a character may stand for.
func initials(r rune, args gopinyin.Args) []string {
	if r < 128 {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return []string{string(unicode.ToLower(r))}
		}
		return nil
	}
	if !unicode.Is(unicode.Han, r) {
		return nil
	}
	var list []string
	for _, p := range gopinyin.SinglePinyin(r, args) {
		if p != "" && !contains(list, p[:1]) {
			list = append(list, p[:1])
		}
	}
	return list
}

func extend(keys, letters []string) []string {
	if len(letters) == 0 {
		return keys
	}
	if len(keys)*len(letters) > variants {
		letters = letters[:1]
	}
	next := make([]string, 0, len(keys)*len(letters))
	for _, l := range letters {
		for _, k := range keys {
			next = append(next, k+l)
		}
	}
	return next
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}
