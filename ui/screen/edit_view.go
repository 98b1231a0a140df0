package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// View draws the parts of the form, what the book has to say about it, and the
// form.
func (s *edit) View(w, h int) string {
	if s.form == nil {
		return ""
	}
	if s.clash != nil {
		return s.clash.view(w, h)
	}
	var b strings.Builder
	b.WriteString(s.groups(w))
	b.WriteByte('\n')
	lines := s.lines(w)
	for _, line := range lines {
		b.WriteString(line)
		b.WriteByte('\n')
	}
	b.WriteString(kit.Rule(s.env.Theme, w, -1))
	b.WriteByte('\n')
	s.top = 2 + len(lines)
	b.WriteString(s.form.View(w, max(h-s.top, 1)))
	return b.String()
}

// groups names the parts, the one in focus standing out.
func (s *edit) groups(w int) string {
	e, th := s.env, s.env.Theme
	at := groupOf(s.form.Focused())
	var b strings.Builder
	b.WriteByte(' ')
	for i, g := range editGroups {
		if i > 0 {
			th.Write(&b, kit.InkBorder, " · ")
		}
		if i == at {
			th.Write(&b, kit.InkAccent, "▌"+e.T(g.label))
		} else {
			th.Write(&b, kit.InkMuted, " "+e.T(g.label))
		}
	}
	return kit.Cut(b.String(), w)
}

// lines are the row for a draft on offer or for customers of the same name, or
// the rows of what there is to say of the words.
func (s *edit) lines(w int) []string {
	if rows := s.env.cautionRows(s.warned, "formbox.warned", w); len(rows) > 0 && s.offer == nil {
		return rows
	}
	return []string{s.line(w)}
}

func (s *edit) line(w int) string {
	e, th := s.env, s.env.Theme
	room := max(w-2, 1)
	switch {
	case s.offer != nil:
		at := e.Text.DateTime(e.at(s.offer.At), e.now())
		return " " + th.Paint(kit.InkWarn, kit.Cut(e.T("draft.here", "Date", at), room))
	case len(s.same) > 0:
		return " " + th.Paint(kit.InkWarn, s.sameLine(room))
	}
	return ""
}

// Cursor is that of the form.
func (s *edit) Cursor() (x, y int, ok bool) {
	if s.form == nil || s.offer != nil || s.clash != nil {
		return 0, 0, false
	}
	x, y, ok = s.form.Cursor()
	return x, y + s.top, ok
}

// Commands are those of the form; while it is filled in, keys that write are
// text.
func (s *edit) Commands() []kit.Command {
	switch {
	case s.form == nil:
		return nil
	case s.clash != nil:
		return clashCommands(s.clash.move, s.settle, func() tea.Cmd { s.clash = nil; return nil })
	case s.offer != nil:
		return []kit.Command{
			{ID: "draft.take", Keys: []string{"enter"}, Group: "change", Footer: 100, Run: s.take},
			{ID: "draft.drop", Keys: []string{"ctrl+x"}, Group: "change", Danger: true, Footer: 90, Run: s.throw},
			{ID: "panel.leave", Keys: []string{"esc"}, Group: "go", Footer: 60, Run: func() tea.Cmd { return kit.Send(kit.Back{}) }},
		}
	}
	key := func(code rune, mod tea.KeyMod) func() tea.Cmd {
		return func() tea.Cmd { return s.typed(tea.KeyPressMsg{Code: code, Mod: mod}) }
	}
	cmds := []kit.Command{
		{ID: "edit.save", Keys: []string{"ctrl+s"}, Group: "change", Footer: 100, Run: key('s', tea.ModCtrl)},
		{ID: "edit.next", Keys: []string{"tab"}, Group: "move", Footer: 80, Run: key(tea.KeyTab, 0)},
		{ID: "edit.group.next", Keys: []string{"pgdown"}, Group: "move", Footer: 70, Run: func() tea.Cmd { return s.group(1) }},
		{ID: "edit.group.previous", Keys: []string{"pgup"}, Group: "move", Run: func() tea.Cmd { return s.group(-1) }},
		{ID: "panel.leave", Keys: []string{"esc"}, Group: "go", Footer: 60, Run: func() tea.Cmd { return kit.Send(kit.Back{}) }},
	}
	if len(s.same) > 0 {
		cmds = append(cmds, kit.Command{ID: "edit.twins", Keys: []string{"ctrl+o"}, Group: "look", Footer: 75, Moves: true, Run: s.lookSame})
	}
	return cmds
}

// group goes to the first field of a neighbouring part.
func (s *edit) group(n int) tea.Cmd {
	to := groupOf(s.form.Focused()) + n
	if to < 0 || to >= len(editGroups) {
		return nil
	}
	ids := editGroups[to].ids
	// The form scrolls no further than the field in focus: by way of the last
	// field the whole part comes in sight.
	s.form.FocusID(ids[len(ids)-1])
	s.form.View(s.w, max(s.h-s.top, 1))
	s.form.FocusID(ids[0])
	return nil
}
