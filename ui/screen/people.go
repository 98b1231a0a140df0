package screen

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// people lists who works with the book; an admin changes it here.
type people struct {
	stage
	w, h   int
	rows   []*model.Person
	loaded bool
	failed bool
	cur    int
	top    int
}

type peopleLoaded struct{ rows []*model.Person }

func newPeople(env *Env) kit.Screen { return &people{stage: newStage(env)} }

// Init loads the list.
func (p *people) Init() tea.Cmd { return p.load() }

// Title is the screen's name.
func (p *people) Title() string { return p.env.T("people.title") }

func (p *people) load() tea.Cmd {
	desk := p.env.Desk
	return func() tea.Msg {
		all, err := desk.People()
		if err != nil {
			return kit.Failed{Err: err}
		}
		return peopleLoaded{rows: all}
	}
}

// Update takes a message.
func (p *people) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case kit.Resized:
		p.w, p.h = msg.W, msg.H
		return p, nil
	case kit.Changed, kit.Resumed:
		return p, p.load()
	case kit.Failed:
		p.failed = !p.loaded
		return p, nil
	case peopleLoaded:
		p.take(msg.rows)
		return p, nil
	}
	cmd, _, _ := p.hear(msg)
	return p, cmd
}

// take shows those who work here before those who left; the cursor stays on its
// person.
func (p *people) take(all []*model.Person) {
	was, line := aroundIndex(p.rows, p.cur), p.cur-p.top
	rows := slices.Clone(all)
	slices.SortStableFunc(rows, func(a, b *model.Person) int {
		switch {
		case a.Gone == b.Gone:
			return 0
		case b.Gone:
			return -1
		}
		return 1
	})
	p.rows, p.loaded = rows, true
	for _, old := range was {
		if i := slices.IndexFunc(rows, func(q *model.Person) bool { return q.ID == old.ID }); i >= 0 {
			p.cur = i
			break
		}
	}
	p.cur = max(min(p.cur, len(rows)-1), 0)
	p.top = p.cur - line
}

func (p *people) selected() *model.Person {
	if p.cur >= len(p.rows) {
		return nil
	}
	return p.rows[p.cur]
}

// Typing tells whether a field or dialog has the keys.
func (p *people) Typing() bool { return p.open() }

// Cursor is the place of the terminal's cursor.
func (p *people) Cursor() (x, y int, ok bool) { return p.cursor(p.h) }

// Commands are what a person can do here.
func (p *people) Commands() []kit.Command { return p.commands(p.own) }

func (p *people) own() []kit.Command {
	by := func(n int) tea.Cmd { return p.move(n) }
	page := func(n int) tea.Cmd { return p.move(n * max(p.h-3, 1)) }
	cmds := movement(by, page, func() tea.Cmd { return p.move(-p.cur) }, func() tea.Cmd { return p.move(len(p.rows)) })
	why := func(name model.ActionName) func() string {
		return func() string {
			if err := model.MayDo(p.env.Me.Role, name); err != nil {
				return p.env.Say.Error(err)
			}
			if q := p.selected(); name != model.ActAddPerson && q != nil && q.Gone {
				return p.env.T("people.gone.why")
			}
			return ""
		}
	}
	return append(cmds,
		kit.Command{ID: "people.add", Keys: []string{"a"}, Group: "change", Footer: 95, WhyNot: why(model.ActAddPerson), Run: p.add},
		kit.Command{ID: "people.role", Keys: []string{"r"}, Group: "change", Footer: 90, WhyNot: why(model.ActSetRole), Run: p.role},
		kit.Command{ID: "people.remove", Keys: []string{"d"}, Group: "change", Footer: 85, Danger: true, WhyNot: why(model.ActRemovePerson), Run: p.remove},
		kit.Command{ID: "people.keys", Keys: []string{"K", "enter"}, Group: "look", Footer: 80, Moves: true, WhyNot: p.noKeys, Run: p.keys},
	)
}

// keys opens the keys and accounts of the person under the cursor.
func (p *people) keys() tea.Cmd {
	q := p.selected()
	if q == nil {
		return nil
	}
	return kit.Send(kit.Open{Kind: KindKeys, Arg: q.ID})
}

// noKeys says why they are not to be seen: they are somebody else's.
func (p *people) noKeys() string {
	if q := p.selected(); q != nil && p.env.Me.Role < model.RoleAdmin && q.ID != p.env.Me.Actor.Person {
		return p.env.T("people.keys.why")
	}
	return ""
}

func (p *people) move(n int) tea.Cmd {
	p.cur = max(min(p.cur+n, len(p.rows)-1), 0)
	return nil
}

// roles are the roles as answers of a choice.
func (e *Env) roles() []kit.Option {
	var out []kit.Option
	for _, r := range []struct {
		role model.Role
		may  string
	}{{model.RoleAgent, e.T("people.role.agent")}, {model.RoleLead, e.T("people.role.lead")}, {model.RoleAdmin, e.T("people.role.admin")}} {
		out = append(out, kit.Option{Value: r.role.String(), Label: e.Say.Role(r.role) + ": " + r.may})
	}
	return out
}

func (p *people) add() tea.Cmd {
	e := p.env
	roles := e.roles()
	for i, r := range []model.Role{model.RoleAgent, model.RoleLead, model.RoleAdmin} {
		roles[i].Label = e.Say.Role(r)
	}
	f := kit.NewForm(e.Text, e.Theme, e.now(), []kit.Field{
		{ID: "name", Label: e.T("people.name"), Required: true, Limit: 100},
		{ID: "role", Label: e.T("people.role"), Kind: kit.ChoiceField, Required: true, Options: roles},
		{ID: "uid", Label: e.T("people.accounts"), Hint: e.T("people.accounts.hint"), Check: func(v string) string {
			if _, ok := accounts(v); !ok {
				return e.T("people.accounts.wrong")
			}
			return ""
		}},
	})
	f.SetValues(map[string]string{"role": model.RoleAgent.String()})
	o := &overlay{form: f, head: []string{e.T("people.add.head")}, about: map[string]string{
		"error.person.name": "name", "error.person.taken": "name", "error.role.unknown": "role", "error.uid": "uid", "error.uid.taken": "uid"}}
	o.accept = func() tea.Cmd {
		v := f.Values()
		role, _ := model.ParseRole(v["role"])
		uids, _ := accounts(v["uid"])
		return o.do(model.AddPerson{Person: v["name"], Role: role, UIDs: uids})
	}
	return p.show(o)
}

// accounts reads numbers of accounts with commas or spaces between.
func accounts(s string) ([]int, bool) {
	var out []int
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		n, err := strconv.Atoi(w)
		if err != nil || n < 0 {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

func (p *people) role() tea.Cmd {
	q := p.selected()
	if q == nil {
		return nil
	}
	e := p.env
	o := &overlay{choose: kit.NewChoose(e.Theme, e.T("people.role.ask", "Person", flat(q.Name)), e.roles()), saveID: "ask.go"}
	o.accept = func() tea.Cmd {
		role, ok := model.ParseRole(o.choose.Chosen())
		if !ok {
			return nil
		}
		return o.do(model.SetRole{Person: q.ID, Role: role})
	}
	return p.show(o)
}

func (p *people) remove() tea.Cmd {
	q := p.selected()
	if q == nil {
		return nil
	}
	e := p.env
	o := &overlay{confirm: kit.NewConfirmName(e.Text, e.Theme, e.T("people.remove.title"), e.T("people.remove.body", "Person", flat(q.Name)), q.Name), saveID: "ask.go"}
	o.accept = func() tea.Cmd { return o.do(model.RemovePerson{Person: q.ID}) }
	return p.show(o)
}

// View draws the list.
func (p *people) View(w, h int) string {
	p.w = w
	return p.view(w, h, p.body)
}

func (p *people) body(w, h int) []string {
	e := p.env
	if !p.loaded {
		id := "people.loading"
		if p.failed {
			id = "people.failed"
		}
		return []string{"", " " + e.Theme.Paint(kit.InkMuted, e.T(id))}
	}
	widths := []int{max(w-2-2-16-2-16-2-14, 12), 16, 16, 14}
	here := 0
	for _, q := range p.rows {
		if !q.Gone {
			here++
		}
	}
	head := " " + e.Theme.Paint(kit.InkTitle, e.T("people.title"))
	rows := []string{
		kit.Ends(head, e.Theme.Paint(kit.InkMuted, e.Text.N("people.here", here))+" ", w), kit.Rule(e.Theme, w, -1),
		"  " + e.Theme.Paint(kit.InkLabel, kit.Columns([]string{e.T("people.name"), e.T("people.role"), e.T("people.accounts"), e.T("people.since")}, widths)),
	}
	room := max(h-len(rows), 1)
	p.top = max(min(p.top, p.cur), p.cur-room+1, 0)
	for i := p.top; i < len(p.rows) && i < p.top+room; i++ {
		rows = append(rows, p.row(p.rows[i], i == p.cur, widths, w))
	}
	return rows
}

func (p *people) row(q *model.Person, selected bool, widths []int, w int) string {
	e := p.env
	uids := make([]string, len(q.UIDs))
	for i, n := range q.UIDs {
		uids[i] = "uid " + strconv.Itoa(n)
	}
	role := e.Say.Role(q.Role)
	if q.Gone {
		role = e.T("people.gone")
	}
	label := kit.Cell(q.Name, widths[0])
	if q.ID == e.Me.Actor.Person {
		label = kit.Cell(q.Name+" ("+e.T("people.you")+")", widths[0])
	}
	row := "  " + kit.Columns([]string{label, role, strings.Join(uids, ", "), e.Text.ShortDate(e.at(q.Joined), e.now())}, widths)
	switch {
	case selected:
		return e.Theme.Over(kit.InkSelected, kit.Fit("▌"+row[1:], w))
	case q.Gone:
		return e.Theme.Paint(kit.InkMuted, row)
	}
	return row
}
