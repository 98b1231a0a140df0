package screen

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// marks are the customers marked for a change of several at once: those marked
// by hand, and all that a filter found, which may be very many.
type marks struct {
	hand map[model.ID]string // names by customer
	all  []model.ID          // sorted
	off  map[model.ID]bool   // of all, those unmarked again

	under  context.CancelFunc // ends the marking that is under way; nil for none
	marker int                // of the newest marking
}

// deskMarked is the outcome of marking all.
type deskMarked struct {
	marker int
	ids    []model.ID
	err    error
}

func compareIDs(a, b model.ID) int { return bytes.Compare(a[:], b[:]) }

func (m *marks) len() int { return len(m.hand) + len(m.all) - len(m.off) }

func (m *marks) has(id model.ID) bool {
	if _, ok := m.hand[id]; ok {
		return true
	}
	_, ok := slices.BinarySearchFunc(m.all, id, compareIDs)
	return ok && !m.off[id]
}

func (m *marks) toggle(id model.ID, name string) {
	_, ofAll := slices.BinarySearchFunc(m.all, id, compareIDs)
	_, byHand := m.hand[id]
	switch {
	case byHand:
		delete(m.hand, id)
	case ofAll && m.off[id]:
		delete(m.off, id)
	case ofAll:
		if m.off == nil {
			m.off = map[model.ID]bool{}
		}
		m.off[id] = true
	default:
		if m.hand == nil {
			m.hand = map[model.ID]string{}
		}
		m.hand[id] = name
	}
}

// add marks many more.
func (m *marks) add(ids []model.ID) {
	all := append(m.ids(), ids...)
	slices.SortFunc(all, compareIDs)
	all = slices.Compact(all)
	if len(all) == len(m.hand) { // all of them had been marked by hand
		return
	}
	m.hand, m.off, m.all = nil, nil, all
}

// ids gives all that are marked, in order.
func (m *marks) ids() []model.ID {
	out := make([]model.ID, 0, m.len())
	for _, id := range m.all {
		if !m.off[id] {
			out = append(out, id)
		}
	}
	for id := range m.hand {
		out = append(out, id)
	}
	slices.SortFunc(out, compareIDs)
	return out
}

// stop ends the marking that is under way.
func (m *marks) stop() {
	if m.under != nil {
		m.under()
		m.under = nil
	}
}

func (m *marks) clear() {
	m.stop()
	m.hand, m.all, m.off = nil, nil, nil
}

// targets are the customers that a command works on: the marked ones, else the
// one under the cursor.
func (s *desk) targets() []model.ID {
	if s.marked.len() == 0 {
		if row, ok := s.list.Selected(); ok {
			return []model.ID{row.ID}
		}
		return nil
	}
	return s.marked.ids()
}

// target names the customer that a command works on when it is one.
func (s *desk) target() string {
	for _, name := range s.marked.hand {
		return name
	}
	row, _ := s.list.Selected()
	return row.Name
}

func (s *desk) toggleMark() tea.Cmd {
	row, ok := s.list.Selected()
	if !ok {
		return nil
	}
	s.marked.toggle(row.ID, row.Name)
	s.list.Move(1)
	return s.sync()
}

// markAll marks everybody that the filter finds.
func (s *desk) markAll() tea.Cmd {
	s.marked.stop()
	ctx, cancel := context.WithCancel(s.env.Ctx)
	s.marked.under = cancel
	s.marked.marker++
	filter, marker := s.asked.filter, s.marked.marker
	return func() tea.Msg {
		defer cancel()
		ids, err := s.env.Desk.Found(ctx, filter)
		return deskMarked{marker: marker, ids: ids, err: err}
	}
}

func (s *desk) markedAll(m deskMarked) tea.Cmd {
	if m.marker != s.marked.marker || s.marked.under == nil {
		return nil // stopped
	}
	s.marked.under = nil
	if m.err != nil {
		if errors.Is(m.err, context.Canceled) {
			return nil
		}
		return kit.Fail(m.err)
	}
	if len(m.ids) == 1 { // it has a name
		if row, ok := s.list.Selected(); ok && row.ID == m.ids[0] {
			if !s.marked.has(row.ID) {
				s.marked.toggle(row.ID, row.Name)
			}
			return nil
		}
	}
	s.marked.add(m.ids)
	return nil
}

// manyMarked is from how many marked customers on a change of them asks for
// their number first.
const manyMarked = 100

// changing opens what changes the marked customers, and first asks for their
// number where they are many.
func (s *desk) changing(open func() tea.Cmd) tea.Cmd {
	n := s.marked.len()
	if n < manyMarked {
		return open()
	}
	p := &manyAsk{env: s.env, n: n, in: kit.NewInput("", 12), then: open}
	p.in.Focus()
	s.bottom.show(p)
	return nil
}

// manyAsk asks for the number of customers before very many are changed: no key
// pressed twice does that.
type manyAsk struct {
	env   *Env
	n     int
	in    *kit.Input
	wrong bool
	row   int            // of the field in the last view
	then  func() tea.Cmd // opens the panel that takes this one's place
}

func (p *manyAsk) Key(key string) (kit.Result, tea.Cmd) {
	if key == "esc" {
		return kit.Left, nil
	}
	typed := strings.Map(func(r rune) rune {
		if r == '.' || r == ',' || r == ' ' || r == '\u00a0' {
			return -1
		}
		return r
	}, p.in.Value())
	if typed != strconv.Itoa(p.n) {
		p.wrong = true
		return kit.Going, nil
	}
	return kit.Going, p.then()
}

func (p *manyAsk) Update(msg tea.Msg) tea.Cmd {
	if p.in.Update(msg) {
		p.wrong = false
	}
	return nil
}

func (p *manyAsk) Fail(string) {}

func (p *manyAsk) Keep() tea.Cmd { return nil }

func (p *manyAsk) View(w int) []string {
	th := p.env.Theme
	var rows []string
	for _, r := range kit.Wrap(p.env.Text.N("desk.many.ask", p.n), max(w-2, 1)) {
		rows = append(rows, " "+th.Paint(kit.InkTitle, r))
	}
	p.row = len(rows)
	rows = append(rows, " "+th.Paint(kit.InkInput, p.in.View(min(max(w-2, 1), 14))))
	if p.wrong {
		return append(rows, " "+th.Paint(kit.InkError, kit.Cut(p.env.T("desk.many.wrong"), max(w-2, 1))))
	}
	return append(rows, "")
}

func (p *manyAsk) Cursor() (x, y int, ok bool) { return 1 + p.in.CursorX(), p.row, true }

func (p *manyAsk) Commands() []kit.Command {
	return []kit.Command{
		{ID: "desk.many.go", Keys: []string{"enter"}, Group: "change", Footer: 100},
		{ID: "panel.leave", Keys: []string{"esc"}, Group: "go", Footer: 90},
	}
}
