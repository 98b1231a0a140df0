package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// sortKeys stand for the columns in the order of [model.SortFields], the last
// one for the order without any.
const sortKeys = "123456789abc"

// sortPanel chooses the column that the desk is sorted by.
type sortPanel struct {
	env  *Env
	by   model.QuerySort
	cur  int
	pick func(model.QuerySort) tea.Cmd
}

func sortChoices() []model.SortField { return append(model.SortFields(), model.SortBest) }

// chooseSort opens the chooser, on the column that counts now.
func (s *desk) chooseSort() tea.Cmd {
	p := &sortPanel{env: s.env, by: s.asked.query.Sort, pick: s.sortBy}
	for i, f := range sortChoices() {
		if f == p.by.By {
			p.cur = i
		}
	}
	s.bottom.show(p)
	return nil
}

// sortBy puts the order in the query, so that a view keeps it.
func (s *desk) sortBy(by model.QuerySort) tea.Cmd {
	s.bottom.p = nil
	q := s.asked.query
	q.Sort = by
	text := s.field.Value()
	if _, err := model.ParseQuery(text, s.asked.lex); err != nil { // what is typed cannot be read
		text = s.asked.filter
	}
	s.field.SetValue(withSort(text, q, s))
	return s.refilter(s.field.Value())
}

// withSort gives the text of a query with another order. The words stay as they
// were typed.
func withSort(text string, q model.Query, s *desk) string {
	var kept []string
	for _, w := range model.QueryParts(text) {
		if one, err := model.ParseQuery(w, s.asked.lex); err == nil && one.Empty() {
			continue // the order before, and what says nothing
		}
		kept = append(kept, w)
	}
	if q.Sort.By != model.SortBest {
		kept = append(kept, s.env.Say.Order(q.Sort))
	}
	return strings.Join(kept, " ")
}

func (p *sortPanel) Key(key string) (kit.Result, tea.Cmd) {
	n := len(sortChoices())
	switch key {
	case "esc":
		return kit.Left, nil
	case "left", "h", "up", "k":
		p.cur = (p.cur + n - 1) % n
	case "right", "l", "down", "j", "tab":
		p.cur = (p.cur + 1) % n
	case "enter":
		return kit.Going, p.choose()
	default:
		if i := strings.Index(sortKeys, key); i >= 0 && len(key) == 1 {
			p.cur = i
			return kit.Going, p.choose()
		}
	}
	return kit.Going, nil
}

// choose takes the column under the cursor; the one that counts already is
// turned round.
func (p *sortPanel) choose() tea.Cmd {
	by := model.QuerySort{By: sortChoices()[p.cur]}
	if by.By == p.by.By && by.By != model.SortBest {
		by.Desc = !p.by.Desc
	}
	return p.pick(by)
}

// Update takes the keys that would write something in a field: here they are
// the keys of columns.
func (p *sortPanel) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	_, cmd := p.Key(key.String())
	return cmd
}

func (p *sortPanel) Fail(string) {}

func (p *sortPanel) Keep() tea.Cmd { return nil }

// View draws the columns in as many rows as they need, what the one under the
// cursor means below.
func (p *sortPanel) View(w int) []string {
	e, th := p.env, p.env.Theme
	row, used := "", 0
	var rows []string
	for i, f := range sortChoices() {
		name := e.Say.SortField(f)
		if f == p.by.By && f != model.SortBest {
			name += " " + sortMark(p.by.Desc)
		}
		plain := 4 + kit.Width(name)
		if used+plain > w-2 {
			rows, row, used = append(rows, row), "", 0
		}
		item := " " + th.Paint(kit.InkKey, sortKeys[i:i+1]) + " "
		if i == p.cur {
			item += th.Paint(kit.InkSelected, name)
		} else {
			item += name
		}
		row, used = row+item+" ", used+plain
	}
	rows = append(rows, row)
	f := sortChoices()[p.cur]
	title := " " + th.Paint(kit.InkTitle, e.T("query.sort.title")) + "  " + th.Paint(kit.InkHint, e.Say.SortField(f)+": "+p.means(f))
	return append([]string{kit.Cut(title, w)}, rows...)
}

// means says what choosing a column does.
func (p *sortPanel) means(f model.SortField) string {
	e := p.env
	if f == model.SortBest {
		return e.T("query.sort.best")
	}
	if f != p.by.By {
		return e.T("query.sort.up")
	}
	id := "query.sort.down"
	if p.by.Desc {
		id = "query.sort.up"
	}
	return e.T(id) + " · " + e.T("query.sort.hint")
}

func (p *sortPanel) Cursor() (x, y int, ok bool) { return 0, 0, false }

func (p *sortPanel) Commands() []kit.Command {
	keys := []string{"enter"}
	for i := range sortKeys {
		keys = append(keys, sortKeys[i:i+1])
	}
	return []kit.Command{
		{ID: "desk.sort.pick", Keys: keys, Group: "look", Footer: 100},
		{ID: "desk.sort.leave", Keys: []string{"esc"}, Group: "go", Footer: 90},
		{ID: "move.down", Keys: []string{"right", "down", "j", "l", "tab"}, Group: "move"},
		{ID: "move.up", Keys: []string{"left", "up", "k", "h"}, Group: "move"},
	}
}

// sortMark shows the direction of the column that is sorted by.
func sortMark(desc bool) string {
	if desc {
		return "▼"
	}
	return "▲"
}
