package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// line prints one line of words; what comes from outside was cleaned before.
func (a *app) line(s string) { _, _ = fmt.Fprintln(a.Out, strings.TrimRight(s, " ")) }

// writeJSON writes one object on one line. Characters stay as they are; the
// signs that only matter within HTML are not escaped.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v) //nolint:wrapcheck // the writer's own error
}

// object prints an object for --json.
func (a *app) object(v any) error { return writeJSON(a.Out, v) }

// table puts cells in columns as wide as their widest; the last one is free.
func table(rows [][]string) []string {
	var widths []int
	for _, r := range rows {
		for i, c := range r {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], min(kit.Width(c), 48))
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
