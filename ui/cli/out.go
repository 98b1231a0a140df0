package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// answer is standard output that remembers whether it took everything: half an
// answer must not pass for a whole one.
type answer struct {
	io.Writer
	err error
}

// Write writes until the first error.
func (o *answer) Write(p []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.Writer.Write(p)
	o.err = err
	return n, err //nolint:wrapcheck // the writer's own error
}

// line prints one line of words; what comes from outside was cleaned before.
func (a *app) line(s string) { _, _ = fmt.Fprintln(a.Out, strings.TrimRight(s, " ")) }

// writeJSON writes one object on one line. Letters stay as they are, the signs
// that only matter within HTML too; what a terminal would obey or hide is
// written as an escape of JSON (RFC 8259 section 7).
func writeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err //nolint:wrapcheck // a fault of the program
	}
	_, err := w.Write(escaped(b.Bytes()))
	return err //nolint:wrapcheck // the writer's own error
}

// escaped escapes controls, marks of direction and what has no width in JSON,
// which holds such signs within its texts alone.
func escaped(line []byte) []byte {
	harmless := func(r rune) bool {
		return r == '\n' || r < unicode.MaxASCII || unicode.IsGraphic(r) && !unicode.In(r, unicode.Zl, unicode.Zp)
	}
	if bytes.IndexFunc(line, func(r rune) bool { return !harmless(r) }) < 0 {
		return line
	}
	out := make([]byte, 0, len(line)+64)
	for _, r := range string(line) {
		if harmless(r) {
			out = utf8.AppendRune(out, r)
			continue
		}
		for _, u := range utf16.AppendRune(nil, r) {
			out = fmt.Appendf(out, "\\u%04x", u)
		}
	}
	return out
}

// object prints an object for --json.
func (a *app) object(v any) error { return writeJSON(a.Out, v) }

// widest is how wide a column of a table is at most, in cells: what people
// write fits, and no name of 300 signs pushes the rest away.
const widest = 100

// table puts cells in columns as wide as their widest; the last one is free.
func table(rows [][]string) []string {
	var widths []int
	for _, r := range rows {
		for i, c := range r {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], min(kit.Width(c), widest))
		}
	}
	out := make([]string, 0, len(rows))
	for _, r := range rows {
		cells := make([]string, 0, len(r))
		for i, c := range r {
			switch {
			case widths[i] == 0: // a column nobody fills
			case i == len(r)-1:
				cells = append(cells, c)
			default:
				cells = append(cells, kit.Fit(c, widths[i]))
			}
		}
		out = append(out, strings.TrimRight(strings.Join(cells, "  "), " "))
	}
	return out
}

// lines prints rows as a table.
func (a *app) rows(rows [][]string) {
	for _, l := range table(rows) {
		a.line(l)
	}
}

// do carries out an action and prints what became of it.
func (a *app) do(ctx context.Context, b ui.Desk, action model.Action) error {
	r, err := b.Do(ctx, action)
	if err != nil {
		return err
	}
	return a.receipt(r)
}

// receipt prints what became of an action.
func (a *app) receipt(r model.Receipt) error {
	if a.json {
		out := receiptJSON{Rev: r.Rev, Group: r.Group, Made: r.Made, Count: r.Count,
			Message: a.say.Message(r.Message), Notes: []string{}}
		for _, n := range r.Notes {
			out.Notes = append(out.Notes, a.say.Message(n))
		}
		return a.object(out)
	}
	a.line(a.say.Message(r.Message))
	for _, n := range r.Notes {
		a.line("! " + a.say.Message(n))
	}
	return nil
}

// clock is the moment and the zone of the desk.
type clock interface{ Now() time.Time }

// date words a moment as a day at the desk.
func (a *app) date(c clock, s model.Stamp) string {
	if s == 0 {
		return ""
	}
	now := c.Now()
	return a.tx.Date(s.Time().In(now.Location()), now)
}

// day words a calendar day.
func (a *app) day(c clock, d model.Day) string {
	now := c.Now()
	if d == "" {
		return ""
	}
	return a.tx.Date(d.Time(now.Location()), now)
}

// name gives the cleaned name of a person by id.
func name(people map[model.ID]string, id model.ID) string { return kit.Clean(people[id]) }

// list joins what is not empty.
func list(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}
