package model

import (
	"fmt"
	"strings"
)

// PlaybookProblem is one reason why a playbook is refused. It is an error of
// its own; a refused playbook is an error that unwraps to all of them.
type PlaybookProblem struct {
	File   string // name of the text as it was given
	Line   int    // line, counted from 1
	Key    string // dotted key, such as traits.brazen.signals[2].step; "" for the text as a whole
	ID     string // text id, "playbook.problem." and the reason
	Detail string // what the words of the id need; foreign text, quoted and cut short
}

// Error gives file, line, key and reason in short English, for logs.
func (p *PlaybookProblem) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d: ", p.File, p.Line)
	if p.Key != "" {
		b.WriteString(p.Key + ": ")
	}
	b.WriteString(strings.ReplaceAll(strings.TrimPrefix(p.ID, "playbook.problem."), "-", " "))
	if p.Detail != "" {
		b.WriteString(" (" + p.Detail + ")")
	}
	return b.String()
}
