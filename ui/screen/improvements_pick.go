package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// pick is a panel that asks for a customer by what one types, as heard or by
// number.
type pick struct {
	env   *Env
	title string
	in    *kit.Input
	act   func(model.Row) model.Action
	asked uint64 // readings asked for; only the newest answer counts
	found []model.Row
	ready bool // found is of what is typed
	cur   int
	busy  bool
	wrong string
}

// pickFound is the answer to what was typed.
type pickFound struct {
	of    *pick
	asked uint64
	rows  []model.Row
	err   error
}

func (pickFound) news() {}

// pickRows is how many customers the panel offers.
const pickRows = 5

func newPick(env *Env, title string, act func(model.Row) model.Action) *pick {
	p := &pick{env: env, title: title, in: kit.NewInput("", 200), act: act}
	p.in.Focus()
	return p
}

// Key moves through what was found, takes it or leaves.
func (p *pick) Key(key string) (kit.Result, tea.Cmd) {
	switch {
	case key == "esc":
		return kit.Left, nil
	case p.busy:
		return kit.Going, nil
	case key == "down":
		p.cur = max(min(p.cur+1, len(p.found)-1), 0)
		return kit.Going, nil
	case key == "up":
		p.cur = max(p.cur-1, 0)
		return kit.Going, nil
	}
	switch {
	case strings.TrimSpace(p.in.Value()) == "":
		p.wrong = p.env.T("prompt.empty")
	case !p.ready:
		p.wrong = p.env.T("listing.loading")
	case len(p.found) == 0:
		p.wrong = p.env.T("pick.nobody")
	default:
		p.busy, p.wrong = true, ""
		return kit.Going, p.env.try(p, p.act(p.found[p.cur]))
	}
	return kit.Going, nil
}

// Update takes what is typed, and what was found.
func (p *pick) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(pickFound); ok {
		if m.of == p && m.asked == p.asked {
			p.found, p.ready, p.cur = m.rows, true, 0
			return kit.Fail(m.err)
		}
		return nil
	}
	if !p.in.Update(msg) {
		return nil
	}
	p.asked++
	p.wrong, p.ready = "", false
	e, asked, text := p.env, p.asked, p.in.Value()
	if strings.TrimSpace(text) == "" {
		p.found = nil
		return nil
	}
	return func() tea.Msg {
		rows, err := e.Desk.Candidates(text, pickRows)
		return pickFound{of: p, asked: asked, rows: rows, err: err}
	}
}

// Fail shows why the book refused.
func (p *pick) Fail(sentence string) { p.busy, p.wrong = false, sentence }

// Keep keeps nothing.
func (p *pick) Keep() tea.Cmd { return nil }

// View draws the question, the field and what was found.
func (p *pick) View(w int) []string {
	th, room := p.env.Theme, max(w-2, 1)
	rows := []string{" " + th.Paint(kit.InkTitle, kit.Cut(kit.Clean(p.title), room)),
		" " + th.Paint(kit.InkInput, p.in.View(room))}
	for i := range pickRows {
		row := ""
		if i < len(p.found) {
			r := p.found[i]
			row = "   " + kit.Columns([]string{kit.Cell(r.Name, min(w/2, 40)), kit.Clean(clip(r.Town, 20)), kit.Clean(clip(r.Number, 12))},
				[]int{min(w/2, 40), 20, 12})
			row = kit.Cut(row, w)
			if i == p.cur {
				row = th.Over(kit.InkSelected, kit.Fit(" ▌"+row[2:], w))
			}
		}
		rows = append(rows, row)
	}
	switch {
	case p.wrong != "":
		rows[2+pickRows-1] = " " + th.Paint(kit.InkError, kit.Cut(p.wrong, room))
	case p.ready && len(p.found) == 0:
		rows[2] = "   " + th.Paint(kit.InkMuted, kit.Cut(p.env.T("pick.nobody"), max(room-2, 1)))
	}
	return rows
}

// Cursor is in the field.
func (p *pick) Cursor() (x, y int, ok bool) { return 1 + p.in.CursorX(), 1, true }

// Commands are the keys of the panel.
func (p *pick) Commands() []kit.Command {
	return []kit.Command{
		{ID: "pick.take", Keys: []string{"enter"}, Group: "change", Footer: 100},
		{ID: "panel.leave", Keys: []string{"esc"}, Group: "go", Footer: 90},
		{ID: "move.down", Keys: []string{"down"}, Group: "move"},
		{ID: "move.up", Keys: []string{"up"}, Group: "move"},
	}
}
