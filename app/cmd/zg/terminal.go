package main

import (
	"bufio"
	"context"
	"io"
	"os"

	"zhanggui/app/fault"
)

// readHidden reads a line without showing it. Ctrl+C gives Cancelled, with the
// terminal as it was.
func readHidden(ctx context.Context, f *os.File) (string, error) {
	restore, err := hideTyping(f)
	if err != nil {
		return "", fault.Wrap(err, "terminal")
	}
	defer restore()
	type read struct {
		line string
		err  error
	}
	done := make(chan read, 1)
	go func() {
		line, err := bufio.NewReader(f).ReadString('\n')
		done <- read{line, err}
	}()
	select {
	case <-ctx.Done():
		return "", fault.From(ctx.Err())
	case r := <-done:
		if r.err == io.EOF {
			r.err = nil // Ctrl+D: what was typed so far
		}
		return r.line, fault.Wrap(r.err, "terminal")
	}
}
