package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

func (s *importScreen) doneCommands() []kit.Command {
	own := []kit.Command{{ID: "import.desk", Keys: []string{"enter"}, Group: "go", Footer: 100, Run: s.leave}}
	return append(own, movement(
		func(n int) tea.Cmd { return s.scrollTo(s.scroll + n) },
		func(n int) tea.Cmd { return s.scrollTo(s.scroll + n*max(s.page-1, 1)) },
		func() tea.Cmd { return s.scrollTo(0) },
		func() tea.Cmd { return s.scrollTo(1 << 30) })...)
}

// scrollTo puts a row of the report at the top; the view holds it to the last.
func (s *importScreen) scrollTo(row int) tea.Cmd {
	s.scroll = max(row, 0)
	return nil
}

// viewDone draws the report. What does not fit is scrolled to; how to take it
// all back is always in sight.
func (s *importScreen) viewDone(w, h int) []string {
	e, th := s.env, s.env.Theme
	room := max(w-2, 1)
	hint := []string{""}
	for _, line := range kit.Wrap(e.T("import.done.undo"), room) {
		hint = append(hint, " "+th.Paint(kit.InkHint, line))
	}
	rows := s.reportRows(room, h < 16)
	s.page = max(h-len(hint), 1)
	s.scroll = min(s.scroll, max(len(rows)-s.page, 0))
	out := make([]string, 0, h)
	for _, r := range rows[s.scroll:min(s.scroll+s.page, len(rows))] {
		out = append(out, " "+r)
	}
	if s.scroll+s.page < len(rows) {
		hint[0] = " " + th.Paint(kit.InkMuted, "↓ …")
	}
	return append(out, hint...)
}

// reportRows is the whole report in rows of w cells; tight leaves blank rows
// out.
func (s *importScreen) reportRows(w int, tight bool) (rows []string) {
	e, th, r := s.env, s.env.Theme, &s.report
	gap := func() {
		if !tight {
			rows = append(rows, "")
		}
	}
	label := 16
	if w < 60 {
		label = 13
	}
	put := func(labelID, value string) {
		for i, line := range kit.Wrap(value, max(w-label, 10)) {
			l := ""
			if i == 0 {
				l = e.T(labelID)
			}
			rows = append(rows, th.Paint(kit.InkLabel, kit.Fit(l, label))+kit.Cut(line, max(w-label, 1)))
		}
	}
	gap()
	rows = append(rows, th.Paint(kit.InkGood, kit.Cut("✓ "+e.T("import.done", "File", kit.Clean(clip(importBase(s.name), w))), w)))
	gap()
	put("import.done.added", e.Text.N("import.customers", r.Added))
	put("import.done.updated", e.Text.N("import.customers", r.Updated))
	if r.Bad > 0 {
		where := e.Text.N("import.lines", r.Bad)
		if s.badFile != "" {
			where += ", " + e.T("import.done.written", "File", kit.Clean(clip(s.badFile, 400)))
		}
		put("import.done.bad", where)
	}
	if r.Doubles > 0 {
		put("import.done.doubles", e.Text.N("import.done.doubles.n", r.Doubles))
	}
	put("import.done.encoding", importEncoding(r.Encoding))
	if r.Resumed {
		gap()
		rows = append(rows, importWrap(th, kit.InkText, e.T("import.done.resumed"), w, 2)...)
	}
	for _, n := range r.Notes {
		gap()
		rows = append(rows, importWrap(th, kit.InkWarn, "! "+e.Say.Message(n), w, 3)...)
	}
	if r.Bad > 0 {
		gap()
		rows = append(rows, s.viewBad(r, w, len(r.BadRows))...)
	}
	return rows
}

// viewStopped says where an import stands that was stopped.
func (s *importScreen) viewStopped(w int) []string {
	e, th := s.env, s.env.Theme
	room := max(w-2, 1)
	rows := []string{"", " " + th.Paint(kit.InkTitle, kit.Cut(e.T("import.stopped", "File", kit.Clean(clip(importBase(s.name), room))), room)), ""}
	if n := s.run.last.p.Rows; n > 0 {
		rows = append(rows, " "+kit.Cut(e.Text.N("import.rows", n), room), "")
	}
	for _, line := range kit.Wrap(e.T("import.stopped.hint"), room) {
		rows = append(rows, " "+line)
	}
	return rows
}
