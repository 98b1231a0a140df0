package screen

import (
	"errors"
	"strings"
	"time"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

func asModel(err error) (*model.Error, bool) {
	var e *model.Error
	return e, errors.As(err, &e)
}

// sheet is the scroll of a page of rows that may be longer than the screen.
type sheet struct{ top, rows, h int }

func (s *sheet) move(n int) { s.top = min(max(s.top+n, 0), max(s.rows-s.h, 0)) }
func (s *sheet) page(n int) { s.move(n * max(s.h-1, 1)) }
func (s *sheet) first()     { s.top = 0 }
func (s *sheet) last()      { s.move(s.rows) }

// view cuts the rows in sight; the last one says how many follow.
func (s *sheet) view(e *Env, rows []string, h int) []string {
	s.rows, s.h = len(rows), max(h, 1)
	s.move(0)
	return cutRows(e, rows[s.top:], s.h, "")
}

// cutRows gives at most h rows; when some are left out the last one says how
// many, and key, if any, where they can be seen.
func cutRows(e *Env, rows []string, h int, key string) []string {
	if len(rows) <= h {
		return rows
	}
	if h <= 0 {
		return nil
	}
	more := e.Text.N("wizard.more", len(rows)-h+1)
	if key != "" {
		more += " (" + key + ")"
	}
	return append(rows[:h-1:h-1], " "+e.Theme.Paint(kit.InkMuted, more))
}

// writer lays a text out in rows of w cells.
type writer struct {
	e    *Env
	w    int
	rows []string
}

func (e *Env) writer(w int) *writer { return &writer{e: e, w: max(w, 12)} }

// gap puts a blank row, never two and never at the top.
func (p *writer) gap() {
	if n := len(p.rows); n > 0 && p.rows[n-1] != "" {
		p.rows = append(p.rows, "")
	}
}

// head starts a section.
func (p *writer) head(s string) {
	p.gap()
	p.rows = append(p.rows, " "+p.e.Theme.Paint(kit.InkTitle, kit.Cut(s, p.w-1)))
}

// para writes a text indented by so many cells; it may hold line feeds.
func (p *writer) para(ink kit.Token, indent int, s string) {
	for _, r := range kit.Wrap(kit.CleanLines(s), max(p.w-indent, 8)) {
		p.rows = append(p.rows, strings.Repeat(" ", indent)+p.e.Theme.Paint(ink, r))
	}
}

// labelWidth is the width of labels beside a text.
func (p *writer) labelWidth() int { return min(max(p.w/4, 10), 22) }

// pair writes a label with a text beside it.
func (p *writer) pair(label, s string) { p.pairIn(kit.InkText, label, s) }

func (p *writer) pairIn(ink kit.Token, label, s string) {
	lw := p.labelWidth()
	head := "  " + p.e.Theme.Paint(kit.InkLabel, kit.Cell(label, lw)) + " "
	for _, r := range kit.Wrap(kit.CleanLines(s), max(p.w-lw-3, 8)) {
		p.rows = append(p.rows, head+p.e.Theme.Paint(ink, r))
		head = strings.Repeat(" ", lw+3)
	}
}

// line writes one row, cut: a label, a text and what stands at the right.
func (p *writer) line(label, s, right string) {
	lw := p.labelWidth()
	left := "  " + p.e.Theme.Paint(kit.InkLabel, kit.Cell(label, lw)) + " "
	if right == "" {
		p.rows = append(p.rows, left+kit.Cut(kit.Clean(s), max(p.w-lw-3, 1)))
		return
	}
	room := max(p.w-lw-4-kit.Width(right), 1)
	p.rows = append(p.rows, left+kit.Cut(kit.Clean(s), room)+" "+right)
}

// at gives a moment in the zone of the desk.
func (e *Env) at(s model.Stamp) time.Time { return s.Time().In(e.now().Location()) }

// date words the day of a moment, "" for none.
func (e *Env) date(s model.Stamp) string {
	if s == 0 {
		return ""
	}
	return e.Text.Date(e.at(s), e.now())
}

// dayText words a day, "" for none.
func (e *Env) dayText(d model.Day) string {
	if d == "" {
		return ""
	}
	t := d.Time(e.now().Location())
	if t.IsZero() {
		return string(d)
	}
	return e.Text.Date(t, e.now())
}

// flat puts a text of several lines on one.
func flat(s string) string { return strings.Join(strings.Fields(kit.CleanLines(s)), " ") }
