package store

import (
	"zhanggui/app/core"
	"zhanggui/app/ids"
)

// FindWords is the search for words in all of history, whose bounds need more
// orders than a test of the whole list should make.
func FindWords(r core.Reads, words ...string) (found []ids.OrderID, whole bool, err error) {
	return r.Orders().(orderRepo).findWords(words)
}
