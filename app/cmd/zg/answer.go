package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"zhanggui/app/fault"
)

// reply is what a command answers: one JSON object, and the lines for people.
type reply struct {
	doc   any
	lines []string
	told  bool // the command printed all of it itself
}

// say prints a line for people to the error stream.
func (c *call) say(line string) { _, _ = io.WriteString(c.env.err, line+"\n") } // nobody can be told that this failed

// note says something beside the answer.
func (c *call) note(key string, pairs ...any) {
	c.bar.end()
	c.say(c.tr.T(key, pairs...))
}

// ask prints a question and stays on its line.
func (c *call) ask(key string, pairs ...any) {
	_, _ = io.WriteString(c.env.err, c.tr.T(key, pairs...)+" ") // as say
}

// print writes the answer and gives the exit code.
func (c *call) print(r reply, err error) int {
	code := exitCode(err)
	if r.told {
		return code
	}
	if c.opt.json {
		c.printJSON(r.doc, err)
		return code
	}
	var text bytes.Buffer
	for _, l := range r.lines {
		text.WriteString(l + "\n")
	}
	if _, wrong := c.env.out.Write(text.Bytes()); wrong != nil && err == nil {
		code = 1 // nobody read the answer
	}
	if err != nil {
		c.say(c.tr.Fault(err))
		if code == 2 {
			c.say(c.usageLine())
		}
	}
	return code
}

func exitCode(err error) int {
	switch {
	case err == nil:
		return 0
	case fault.Is(err, codeUsage):
		return 2
	}
	return 1
}

// usageLine says how the command is written, or where to read that.
func (c *call) usageLine() string {
	if c.cmd == nil {
		return c.tr.T("cli.help.where")
	}
	return c.tr.T("cli.help.usage", "usage", "zg "+c.cmd.name+" "+c.cmd.usage)
}

// wrong is an error as JSON.
type wrong struct {
	Code    fault.Code        `json:"code"`
	Key     string            `json:"key"`
	Message string            `json:"message"`
	Fields  map[string]string `json:"fields,omitempty"`
	Usage   string            `json:"usage,omitempty"`
}

func (c *call) wrong(err error) *wrong {
	f := fault.From(err)
	w := &wrong{Code: f.Code, Key: f.Key, Message: c.tr.M(f.Key, f.Args), Fields: c.tr.Fields(err)}
	if f.Code == codeUsage && c.cmd != nil {
		w.Usage = "zg " + c.cmd.name + " " + c.cmd.usage
	}
	return w
}

// printJSON writes one document: the answer, with "error" where something was
// refused.
func (c *call) printJSON(doc any, err error) {
	data := []byte("{}")
	if doc != nil {
		data = c.encode(doc)
	}
	if err != nil {
		data = withError(data, c.encode(c.wrong(err)))
	}
	_, _ = c.env.out.Write(append(data, '\n')) // as say
}

// withError adds the member "error" to an object.
func withError(object, wrong []byte) []byte {
	body := bytes.TrimSuffix(object, []byte("}"))
	comma := ","
	if len(body) == 1 {
		comma = ""
	}
	return fmt.Appendf(body, `%s"error":%s}`, comma, wrong)
}

// encode panics on what JSON cannot hold: a mistake of the program.
func (c *call) encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("zg: answer: " + err.Error())
	}
	return bytes.TrimSpace(b.Bytes())
}
