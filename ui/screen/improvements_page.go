package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// improvement is the page of one improvement: what it is, and who is to be told.
type improvement struct {
	listing
	id     model.ID
	line   *model.ImprovementLine // nil until it is read
	people []*model.Person
	came   *improvementRead // of the reading under way
	tell   *TellAsk         // a form to open at once
}

// improvementRead is what a reading brings beside the rows.
type improvementRead struct {
	line   *model.ImprovementLine
	people []*model.Person
}

// TellAsk is the argument of [KindImprovement] that tells a customer that it is
// done, and goes back.
type TellAsk struct {
	Improvement *model.Improvement
	Customer    model.ID
	Name        string // of the customer
}

// hurtListed is how many customers the page lists of an improvement.
const hurtListed = 1000

// newImprovement opens an improvement by its id, or tells somebody of it.
func newImprovement(env *Env, arg any) kit.Screen {
	s := &improvement{}
	switch a := arg.(type) {
	case model.ID:
		s.id = a
	case TellAsk:
		s.id, s.tell = a.Improvement.ID, &a
	}
	s.listing = newListing(env, listSpec{
		title: env.T("improve.page"),
		empty: []string{env.T("improve.gone")},
		load:  s.load,
		own:   s.own,
	})
	return s
}

// Title is that of the improvement.
func (s *improvement) Title() string {
	if s.line == nil {
		return s.env.T("improve.page")
	}
	return kit.Clean(clip(s.line.Improvement.Title, 60))
}

// Init reads the page, and opens the form that was asked for.
func (s *improvement) Init() tea.Cmd {
	cmd := s.listing.Init()
	if s.tell == nil {
		return cmd
	}
	spec := s.env.tellForm(s.tell.Improvement, s.tell.Customer, s.tell.Name)
	spec.then = func(model.Receipt) tea.Cmd { return kit.Send(kit.Back{}) }
	return tea.Batch(cmd, s.form(spec))
}

// Update takes a message.
func (s *improvement) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	if m, ok := msg.(done); ok {
		return s, s.env.report(m.receipt)
	}
	cmd := s.update(msg)
	if _, ok := msg.(listRead); ok && s.run == nil && !s.failed {
		s.line, s.people = s.came.line, s.came.people
	}
	return s, cmd
}

func (s *improvement) load() listLoad {
	e, id, came := s.env, s.id, &improvementRead{}
	s.came = came
	return func() (listContent, error) {
		all, err := e.Desk.Improvements()
		if err != nil {
			return listContent{}, err
		}
		for i := range all {
			if all[i].Improvement.ID == id {
				came.line = &all[i]
			}
		}
		if came.line == nil {
			return listContent{}, nil
		}
		people, err := e.Desk.People()
		if err != nil {
			return listContent{}, err
		}
		came.people = active(people)
		hurt, err := e.Desk.Hurt(id, hurtListed)
		if err != nil {
			return listContent{}, err
		}
		return e.improvementPage(*came.line, hurt, names(people)), nil
	}
}

// names gives the names of people by id.
func names(people []*model.Person) map[model.ID]string {
	out := make(map[model.ID]string, len(people))
	for _, p := range people {
		out[p.ID] = p.Name
	}
	return out
}

func (e *Env) improvementPage(l model.ImprovementLine, hurt []model.HurtCustomer, people map[model.ID]string) listContent {
	tell := listSection{heading: e.T("improve.hurt.open"), none: e.T("improve.hurt.none")}
	told := listSection{heading: e.T("improve.told")}
	if l.Improvement.State == model.ImprovementDone {
		tell.heading, tell.none = e.T("improve.tell"), e.T("improve.told.all")
	}
	if l.Hurt == 0 {
		tell.none = e.T("improve.hurt.none")
	}
	for _, h := range hurt {
		row := e.hurtRow(h, people)
		if h.Hurt.Told != nil {
			told.rows = append(told.rows, row)
		} else {
			tell.rows = append(tell.rows, row)
		}
	}
	tell.count, told.count = e.Text.Int(l.Hurt-l.Told), e.Text.Int(l.Told)
	return listContent{
		right:    e.improvementState(l),
		head:     func(w int) []string { return e.improvementHead(l, w) },
		sections: []listSection{tell, told},
	}
}

// improvementState says how far an improvement is, in a word or two.
func (e *Env) improvementState(l model.ImprovementLine) string {
	switch l.Improvement.State {
	case model.ImprovementOpen:
		return e.T("improve.state.open")
	case model.ImprovementDone:
		return e.T("improve.state.done") + " · " + e.hurtShort(l)
	case model.ImprovementDropped:
	}
	return e.T("improve.state.dropped")
}

// improvementHead is what stands above the customers.
func (e *Env) improvementHead(l model.ImprovementLine, w int) []string {
	i := l.Improvement
	p := e.writer(w - 1)
	p.para(kit.InkAccent, 1, i.Title)
	by := ""
	if i.By != "" {
		day := i.By.Time(e.now().Location())
		by = e.T("improve.by", "Date", e.Text.Date(day, e.now()))
		if i.State == model.ImprovementOpen {
			by += ", " + e.Text.Until(day, e.now())
		}
	}
	p.pair(e.T("improve.col.owner"), joined(" · ", kit.Clean(clip(l.Owner, 40)), by))
	e.improvementFacts(p, l)
	return append(p.rows, "")
}

func (e *Env) hurtRow(h model.HurtCustomer, people map[model.ID]string) listRow {
	return listRow{key: h.Customer.String(), value: h, draw: func(w int) string {
		nw := min(max(w/3, 20), 34)
		if t := h.Hurt.Told; t != nil {
			words := e.toldWords(h.Hurt, clip(people[t.By], 30))
			if t.Reason != "" {
				words += ": “" + strings.Join(strings.Fields(kit.CleanLines(clip(t.Reason, w))), " ") + "”"
			}
			return kit.Cell(h.Name, nw) + "  " + kit.Cut(words, max(w-nw-2, 1))
		}
		return kit.Cell(h.Name, nw) + "  " + kit.Cut(e.T("improve.linked", "Person", kit.Clean(clip(people[h.Hurt.By], 30)),
			"Date", e.Text.ShortDate(e.at(h.Hurt.At), e.now())), max(w-nw-2, 1))
	}}
}

func (s *improvement) own() []kit.Command {
	if s.line == nil {
		return nil
	}
	e, l := s.env, *s.line
	i := l.Improvement
	var cmds []kit.Command
	if h, ok := listValue[model.HurtCustomer](&s.listing); ok {
		told := func(why string) func() string {
			return func() string {
				if h.Hurt.Told != nil {
					return e.T(why)
				}
				return ""
			}
		}
		cmds = append(cmds,
			kit.Command{ID: "improve.tell", Keys: []string{"y"}, Group: "change", Footer: 100, WhyNot: e.whyNotTell(i, h.Hurt), Run: func() tea.Cmd {
				spec, next := e.tellForm(i, h.Customer, h.Name), s.nextToTell()
				spec.then = func(model.Receipt) tea.Cmd { s.seek(next); return nil }
				return s.form(spec)
			}},
			kit.Command{ID: "improve.customer", Keys: []string{"enter", "right"}, Group: "look", Footer: 95, Moves: true,
				Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCustomer, Arg: h.Customer}) }},
			kit.Command{ID: "improve.unlink", Keys: []string{"d"}, Group: "change", Footer: 60, WhyNot: told("improve.why.told"), Run: func() tea.Cmd {
				return e.do("unlink", model.UnlinkHurt{Improvement: i.ID, Customer: h.Customer})
			}})
	}
	return append(cmds,
		kit.Command{ID: "improve.link", Keys: []string{"+", "n"}, Group: "change", Footer: 85, WhyNot: func() string {
			if i.State == model.ImprovementDropped {
				return e.T("improve.why.ended")
			}
			return ""
		}, Run: func() tea.Cmd {
			s.low.show(newPick(e, e.T("improve.link.ask"), func(r model.Row) model.Action {
				return model.LinkHurt{Improvement: i.ID, Customer: r.ID}
			}))
			return nil
		}},
		kit.Command{ID: "improve.done", Keys: []string{"D"}, Group: "change", Footer: 90, WhyNot: e.whyEnded(i),
			Run: func() tea.Cmd { return s.form(e.endImprovement(l, model.ImprovementDone)) }},
		kit.Command{ID: "improve.edit", Keys: []string{"e"}, Group: "change", Footer: 70,
			Run: func() tea.Cmd { return s.form(e.editImprovement(i, s.people)) }},
		kit.Command{ID: "improve.drop", Keys: []string{"x"}, Group: "change", Footer: 50, WhyNot: e.whyEnded(i),
			Run: func() tea.Cmd { return s.form(e.endImprovement(l, model.ImprovementDropped)) }},
	)
}

// nextToTell is the key of the customer to be told after the one under the
// cursor; the cursor stays when there is none.
func (s *improvement) nextToTell() string {
	at := s.selected().key
	first := ""
	for _, r := range s.content.sections[0].rows {
		if first == "" && r.key != at {
			first = r.key
		}
		if at == "" {
			return r.key
		}
		if r.key == at {
			at = ""
		}
	}
	return first
}

// whyNotTell says why a customer cannot be told now.
func (e *Env) whyNotTell(i *model.Improvement, h *model.Hurt) func() string {
	return func() string {
		switch {
		case h.Told != nil && h.Confirmed:
			return e.T("improve.why.told")
		case i.State != model.ImprovementDone:
			return e.T("improve.why.open")
		}
		return ""
	}
}

// toldWords say by whom and when a customer was told, and whether the customer
// confirmed that it is repaired.
func (e *Env) toldWords(h *model.Hurt, by string) string {
	out := e.T("improve.told.by", "Person", kit.Clean(by), "Date", e.Text.ShortDate(e.at(h.Told.At), e.now()))
	if h.Confirmed {
		out += ", " + e.T("improve.confirmed")
	}
	return out
}

// tellForm notes that a customer was told, with what the customer said, and
// whether the customer confirms that it is repaired.
func (e *Env) tellForm(i *model.Improvement, customer model.ID, name string) formSpec {
	head := []string{paintWords(e.Theme, kit.InkAccent, kit.Clean(i.Title))}
	if i.Ended != nil {
		head = append(head, kit.Clean(clip(i.Ended.Reason, 300)))
	}
	return formSpec{
		id: "tell", subject: i.ID.String() + customer.String(), title: e.T("improve.tell.title", "Customer", inWords(name)), head: head,
		fields: []kit.Field{{ID: "words", Label: e.T("improve.field.said"), Kind: kit.AreaField, Lines: 3, Hint: e.T("improve.field.optional")},
			{ID: "confirmed", Label: e.T("improve.field.confirmed"), Hint: e.T("improve.field.confirmed.hint"), Kind: kit.ChoiceField, Required: true,
				Options: []kit.Option{{Value: "no", Label: e.T("field.no")}, {Value: "yes", Label: e.T("field.yes")}}}},
		values: map[string]string{"confirmed": "no"},
		check:  []string{"words"}, warn: e.noteCheck,
		act: func(v map[string]string) ([]model.Action, error) {
			return []model.Action{model.TellHurt{Improvement: i.ID, Customer: customer, Words: v["words"], Confirmed: v["confirmed"] == "yes"}}, nil
		},
	}
}
