package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// importPick chooses the field that a column becomes. Typing narrows the list,
// for there are more fields than digits.
type importPick struct {
	env     *Env
	column  importColumn
	in      *kit.Input
	options []kit.Option // of all fields
	cur     int          // among those that match
	x, y    int
}

func newImportPick(env *Env, plan *importPlan) *importPick {
	c, _ := plan.current()
	p := &importPick{env: env, column: c, in: kit.NewInput("", 60)}
	p.in.Focus()
	by := map[string]string{}
	for _, other := range plan.columns {
		by[other.field] = other.key
	}
	for _, f := range importFields {
		label := importLabel(env, f)
		if key, taken := by[f]; taken && f != c.field {
			label += "  " + env.T("import.pick.taken", "Column", kit.Clean(clip(key, 20)))
		}
		if f == c.field {
			p.cur = len(p.options)
		}
		p.options = append(p.options, kit.Option{Value: f, Label: label})
	}
	if len(by) > 0 && c.field != "" && plan.with("") != "" {
		p.options = append(p.options, kit.Option{Value: "", Label: env.T("import.pick.out")})
	}
	return p
}

// found are the options whose label or name holds what was typed.
func (p *importPick) found() []kit.Option {
	want := strings.ToLower(strings.TrimSpace(p.in.Value()))
	var out []kit.Option
	for _, o := range p.options {
		if strings.Contains(strings.ToLower(o.Label), want) || want != "" && strings.HasPrefix(o.Value, want) {
			out = append(out, o)
		}
	}
	return out
}

func (p *importPick) update(msg tea.Msg) {
	if p.in.Update(msg) {
		p.cur = 0
	}
}

func (p *importPick) move(n int) { p.cur = max(min(p.cur+n, len(p.found())-1), 0) }

// chosen is the field under the cursor; false when nothing matches.
func (p *importPick) chosen() (string, bool) {
	found := p.found()
	if p.cur >= len(found) {
		return "", false
	}
	return found[p.cur].Value, true
}

func (p *importPick) cursor() (x, y int, ok bool) { return p.x, p.y, true }

func (p *importPick) view(w, h int) string {
	th := p.env.Theme
	inner := min(max(w-6, 10), 56)
	rows := []string{th.Paint(kit.InkInput, p.in.View(inner))}
	found := p.found()
	room := max(h-3, 1)
	top := min(max(p.cur-room+1, 0), max(len(found)-room, 0))
	for i := top; i < top+min(room, len(p.options)); i++ {
		switch {
		case i >= len(found):
			rows = append(rows, "") // the box keeps its size while one types
		case i == p.cur:
			rows = append(rows, th.Paint(kit.InkSelected, kit.Fit("▌ "+found[i].Label, inner)))
		default:
			rows = append(rows, kit.Fit("  "+found[i].Label, inner))
		}
	}
	if len(found) == 0 && len(rows) > 1 {
		rows[1] = th.Paint(kit.InkMuted, kit.Fit("  "+p.env.T("import.pick.none"), inner))
	}
	title := p.env.T("import.pick.title", "Column", kit.Clean(clip(p.column.key, 40)))
	out, x, y := kit.Box(th, title, rows, w, h)
	p.x, p.y = x+p.in.CursorX(), y
	return out
}

func (s *importScreen) pickCommands() []kit.Command {
	move := func(n int) func() tea.Cmd {
		return func() tea.Cmd { s.pick.move(n); return nil }
	}
	return []kit.Command{
		{ID: "import.choose", Keys: []string{"enter"}, Group: "change", Footer: 100, WhyNot: func() string {
			if _, ok := s.pick.chosen(); !ok {
				return s.env.T("import.pick.none")
			}
			return ""
		}, Run: s.picked},
		{ID: "import.back", Keys: []string{"esc"}, Group: "go", Footer: 90, Run: func() tea.Cmd { s.pick = nil; return nil }},
		{ID: "move.down", Keys: []string{"down"}, Group: "move", Run: move(1)},
		{ID: "move.up", Keys: []string{"up"}, Group: "move", Run: move(-1)},
		{ID: "move.pagedown", Keys: []string{"pgdown"}, Group: "move", Run: move(10)},
		{ID: "move.pageup", Keys: []string{"pgup"}, Group: "move", Run: move(-10)},
	}
}

// picked has the file looked at again with the new mapping.
func (s *importScreen) picked() tea.Cmd {
	field, ok := s.pick.chosen()
	was := s.pick.column.field
	s.pick = nil
	if !ok || field == was {
		return nil
	}
	return s.check(s.name, s.plan.with(field))
}
