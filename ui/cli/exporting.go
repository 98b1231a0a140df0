package cli

import (
	"bytes"
	"io"
)

// exporting writes an export and says how far it is.
type exporting struct {
	io.Writer
	said   *bar
	quotes bool // lines may stand within quotation marks (RFC 4180)
	inside bool
	lines  int
}

func (a *app) exporting(format string) *exporting {
	e := &exporting{Writer: a.Out, said: a.lines(), quotes: format == "csv"}
	if e.quotes {
		e.lines = -1 // the header is nobody
	}
	return e
}

// Write passes on what is exported and counts the customers in it.
func (e *exporting) Write(p []byte) (int, error) {
	n, err := e.Writer.Write(p)
	if e.said == nil {
		return n, err //nolint:wrapcheck // the writer's own error
	}
	if !e.quotes {
		e.lines += bytes.Count(p[:n], []byte("\n"))
	} else {
		for _, c := range p[:n] {
			switch {
			case c == '"':
				e.inside = !e.inside
			case c == '\n' && !e.inside:
				e.lines++
			}
		}
	}
	if e.lines > 0 {
		e.said.show(0, 0, e.said.tx.N("attach.exported", e.lines))
	}
	return n, err //nolint:wrapcheck // the writer's own error
}

// end says how many there were.
func (e *exporting) end(customers int) {
	if e.said != nil {
		e.said.show(0, 0, e.said.tx.N("attach.exported", customers))
		e.said.end()
	}
}
