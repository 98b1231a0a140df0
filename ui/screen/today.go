package screen

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// today is what asks for attention now: who waits for word, what was promised
// and by when, and what else has its day.
type today struct {
	listing
	mine bool // only what falls to who looks
}

func newToday(env *Env) kit.Screen {
	s := &today{}
	s.listing = newListing(env, listSpec{
		title: env.T("today.title"),
		empty: []string{env.T("today.empty"), env.T("today.empty.next")},
		load:  s.load, own: s.own,
	})
	return s
}

// Title is the screen's name.
func (s *today) Title() string { return s.env.T("today.title") }

// Update takes a message.
func (s *today) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

// todaySections are the headings, by kind.
var todaySections = map[model.TodayKind]string{
	model.TodayLimbo: "today.section.limbo", model.TodayPromise: "today.section.promise", model.TodayTheirs: "today.section.theirs",
	model.TodayTerms: "today.section.terms", model.TodayFit: "today.section.fit", model.TodayTell: "today.section.tell",
	model.TodayFarewell: "today.section.farewell", model.TodayLapse: "today.section.lapse",
}

// todayLine is a line with the names that it needs.
type todayLine struct {
	*model.TodayItem
	people map[model.ID]string
}

func (s *today) load() listLoad {
	e, mine := s.env, s.mine
	return func() (listContent, error) {
		t, err := e.Desk.Today(mine)
		if err != nil {
			return listContent{}, err
		}
		c := listContent{right: e.todayCount(&t)}
		for _, kind := range model.TodayKinds() {
			sec := listSection{heading: e.T(todaySections[kind])}
			for i := range t.Items {
				if t.Items[i].Kind == kind {
					sec.rows = append(sec.rows, e.todayRow(todayLine{&t.Items[i], t.People}))
				}
			}
			sec.count = e.sectionCount(len(sec.rows), t.Counts[kind], t.More[kind])
			c.sections = append(c.sections, sec)
		}
		if mine {
			c.empty = []string{e.T("today.empty.mine"), e.T("today.empty.all"), e.T("today.empty.next")}
		}
		return c, nil
	}
}

// todayCount words how many lines there are, and whose.
func (e *Env) todayCount(t *model.Today) string {
	n, more := 0, false
	for _, kind := range model.TodayKinds() {
		n += t.Counts[kind]
		more = more || t.More[kind]
	}
	whose := e.T("today.all")
	if t.Mine {
		whose = e.T("today.mine")
	}
	count := e.Text.N("today.count", n)
	if more {
		count = e.T("today.count.more", "Count", e.Text.Int(n))
	}
	return joined(" · ", count, whose)
}

// sectionCount tells how many there are, and when not all are shown.
func (e *Env) sectionCount(shown, all int, more bool) string {
	switch {
	case more:
		return e.T("today.section.more", "Shown", e.Text.Int(shown))
	case all > shown:
		return e.T("today.section.cut", "Shown", e.Text.Int(shown), "Count", e.Text.Int(all))
	}
	return e.Text.Int(all)
}

// todayRow is a line: who, what, when and who is to do it.
func (e *Env) todayRow(l todayLine) listRow {
	return listRow{key: l.key(), value: l, draw: func(w int) string { return e.todayDraw(l, w) },
		detail: func(w int) []string { return e.todayDetail(l, w) }}
}

// key tells lines apart from one reading to the next.
func (l todayLine) key() string {
	id := l.Customer
	switch {
	case l.Promise != nil:
		id = l.Promise.ID
	case l.Terms != nil:
		id = l.Terms.ID
	case l.Assessment != nil:
		id = l.Assessment.ID
	case l.Hurt != nil:
		return string(l.Kind) + l.Customer.String() + l.Hurt.Hurt.Improvement.String()
	case l.Farewell != nil:
		id = l.Farewell.ID
	case l.Sighting != nil:
		id = l.Sighting.ID
	}
	return string(l.Kind) + id.String()
}

// own are the commands: what can be done with the line under the cursor.
func (s *today) own() []kit.Command {
	whose := kit.Command{ID: "today.mine", Keys: []string{"f"}, Group: "look", Footer: 50, Run: s.turn}
	if s.mine {
		whose.ID = "today.everybody"
	}
	l, ok := listValue[todayLine](&s.listing)
	if !ok {
		return []kit.Command{whose}
	}
	open := func(kind string) func() tea.Cmd {
		return func() tea.Cmd { return kit.Send(kit.Open{Kind: kind, Arg: l.Customer}) }
	}
	cmds := []kit.Command{{ID: "today.open", Keys: []string{"enter", "right"}, Group: "look", Footer: 100, Moves: true, Run: open(KindCustomer)}}
	cmds = append(cmds, s.lineCommands(l)...)
	return append(cmds, whose,
		kit.Command{ID: "customer.log", Keys: []string{"c"}, Group: "change", Footer: contactFooter(l.Kind), Run: func() tea.Cmd { return s.log(l) }},
		kit.Command{ID: "promise.add", Keys: []string{"o"}, Group: "change", Footer: promiseFooter(l.Kind), Moves: true,
			Run: func() tea.Cmd { return addPromise(l.Customer, l.Name) }},
		kit.Command{ID: "customer.fit", Keys: []string{"w"}, Group: "go", Footer: fitFooter(l.Kind), Moves: true, Run: open(KindWizard)})
}

// log opens the noting of a contact with the customer of a line.
func (s *today) log(l todayLine) tea.Cmd {
	p := newLog(s.env, l.Name, l.Customer)
	s.low.show(p)
	return p.load()
}

// contactFooter puts a contact in the footer where somebody waits for word.
func contactFooter(k model.TodayKind) int {
	if k == model.TodayLimbo {
		return 92
	}
	return 45
}

// promiseFooter puts a promise in the footer where a date is what lacks.
func promiseFooter(k model.TodayKind) int {
	if k == model.TodayLimbo {
		return 90
	}
	return 20
}

func fitFooter(k model.TodayKind) int {
	if k == model.TodayFit {
		return 90
	}
	return 0
}

// lineCommands are those of one kind of line.
func (s *today) lineCommands(l todayLine) []kit.Command {
	cmd := func(id, key string, footer int, run func() tea.Cmd) kit.Command {
		return kit.Command{ID: id, Keys: []string{key}, Group: "change", Footer: footer, Run: run}
	}
	do := func(a model.Action) func() tea.Cmd { return func() tea.Cmd { return s.env.act(a) } }
	switch {
	case l.Promise != nil:
		return s.promiseCommands(l)
	case l.Terms != nil:
		answer := func(state model.TermsState, id string) func() tea.Cmd {
			return func() tea.Cmd {
				return s.ask(s.env.T(id, "Customer", flat(clip(l.Name, nameInWords))), true, func(line string) model.Action {
					return model.AnswerTerms{Customer: l.Customer, Terms: l.Terms.ID, State: state, Words: line}
				})
			}
		}
		return []kit.Command{cmd("today.accepted", "y", 95, answer(model.TermsAccepted, "today.ask.accepted")),
			cmd("today.refused", "x", 94, answer(model.TermsRefused, "today.ask.refused"))}
	case l.Hurt != nil:
		return []kit.Command{cmd("today.told", "y", 95, func() tea.Cmd {
			return s.form(s.env.tellForm(l.Hurt.Improvement, l.Customer, l.Name))
		})}
	case l.Farewell != nil:
		return []kit.Command{{ID: "today.farewell", Keys: []string{"s"}, Group: "go", Footer: 95, Moves: true, Run: func() tea.Cmd {
			return kit.Send(kit.Open{Kind: KindFarewellOf, Arg: FarewellOf{Customer: l.Customer, Farewell: l.Farewell.ID}})
		}}}
	case l.Sighting != nil:
		return []kit.Command{cmd("today.confirm", "y", 95, do(model.Confirm{Customer: l.Customer, Sighting: l.Sighting.ID}))}
	}
	return nil
}

// promiseCommands say what became of a promise.
func (s *today) promiseCommands(l todayLine) []kit.Command {
	p := l.Promise
	closing := func(state model.PromiseState) func() tea.Cmd {
		return func() tea.Cmd {
			return s.ask(s.env.closeTitle(p, state), true, func(line string) model.Action {
				return model.ClosePromise{Customer: p.Customer, Promise: p.ID, State: state, Reason: line}
			})
		}
	}
	return []kit.Command{
		{ID: "promise.kept", Keys: []string{"y"}, Group: "change", Footer: 95, Run: func() tea.Cmd {
			return s.env.act(model.ClosePromise{Customer: p.Customer, Promise: p.ID, State: model.PromiseKept})
		}},
		{ID: "promise.broken", Keys: []string{"x"}, Group: "change", Footer: 94, Run: closing(model.PromiseBroken)},
		{ID: "promise.move", Keys: []string{"m"}, Group: "change", Footer: 93, Run: func() tea.Cmd { return s.form(s.env.moveSpec(p, l.Name)) }},
		{ID: "promise.drop", Keys: []string{"d"}, Group: "change", Footer: 40, Run: closing(model.PromiseDropped)},
	}
}

// turn goes between everybody's lines and one's own.
func (s *today) turn() tea.Cmd {
	s.mine = !s.mine
	return s.reread()
}

// late tells whether a line is overdue, or in the red.
func (l todayLine) late() bool {
	return l.Limbo != nil && l.Limbo.Red || l.Late > 0 && slices.Contains([]model.TodayKind{model.TodayPromise,
		model.TodayTheirs, model.TodayTerms, model.TodayFit, model.TodayFarewell}, l.Kind)
}
