package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// farewellPage is one farewell: its steps in their order, what is beside them,
// and its end.
type farewellPage struct {
	listing
	of    FarewellOf
	name  string
	begun bool               // the cursor was put on the next step
	next  model.FarewellStep // that the cursor was put on
}

// farewellRead is what the page was made of.
type farewellRead struct {
	d      *model.Detail
	f      *model.Farewell
	people []*model.Person
	book   []*model.Referral
}

// farewellPart is the value of a row: a step, or with another name what stands
// beside the steps.
type farewellPart struct {
	farewellRead
	step model.FarewellStep
	end  bool
}

func newFarewellPage(env *Env, arg any) kit.Screen {
	s := &farewellPage{}
	switch a := arg.(type) {
	case FarewellOf:
		s.of = a
	case model.ID:
		s.of.Customer = a
	}
	s.listing = newListing(env, listSpec{
		title: env.T("farewell.page.title"),
		empty: []string{env.T("farewell.page.none"), env.T("farewell.page.none.next")},
		load:  s.load,
		own:   s.own,
	})
	return s
}

// Title is the name of the customer behind that of the screen.
func (s *farewellPage) Title() string {
	return joined(" · ", s.env.T("farewell.page.title"), s.name)
}

// Update takes a message. When the page was read first the cursor goes to the
// step that is next.
func (s *farewellPage) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	cmd := s.update(msg)
	if p, ok := listValue[farewellPart](&s.listing); ok {
		s.name = flat(clip(p.d.Customer.Name, 60))
		if next := p.f.Next(); !s.begun || next != s.next {
			s.begun, s.next = true, next
			s.seek(partKey(next, next == "" && p.f.State == model.FarewellGoing))
		}
	}
	return s, cmd
}

func partKey(s model.FarewellStep, end bool) string {
	if end {
		return "end"
	}
	return string(s)
}

func (s *farewellPage) load() listLoad {
	e, of := s.env, s.of
	return func() (listContent, error) {
		var r farewellRead
		var err error
		if r.d, err = e.Desk.Customer(of.Customer); err != nil {
			return listContent{}, err
		}
		if r.f = farewellBy(r.d, of.Farewell); r.f == nil {
			return listContent{}, nil
		}
		people, err := e.Desk.People()
		if err != nil {
			return listContent{}, err
		}
		r.people = active(people)
		book, err := e.Desk.Referrals()
		if err != nil {
			return listContent{}, err
		}
		for _, g := range book {
			if g.Retired == nil {
				r.book = append(r.book, g)
			}
		}
		return e.farewellContent(r), nil
	}
}

// farewellBy finds a farewell of a customer.
func farewellBy(d *model.Detail, id model.ID) *model.Farewell {
	if id == model.NoID {
		return d.Dealings.Farewell()
	}
	for _, f := range d.Dealings.Farewells {
		if f.ID == id {
			return f
		}
	}
	return nil
}

func (e *Env) farewellContent(r farewellRead) listContent {
	var steps, beside []listRow
	for _, st := range model.FarewellSteps() {
		steps = append(steps, listRow{key: string(st), value: farewellPart{farewellRead: r, step: st},
			draw:   func(w int) string { return e.stepRow(r, st, w) },
			detail: func(w int) []string { return e.stepDetail(r, st, w) }})
	}
	if r.f.State == model.FarewellGoing || r.f.State == model.FarewellEnded {
		steps = append(steps, listRow{key: "end", value: farewellPart{farewellRead: r, end: true},
			draw:   func(w int) string { return e.endRow(r, w) },
			detail: func(w int) []string { return e.endDetail(r, w) }})
	}
	for _, b := range []struct {
		id     string
		detail func(farewellRead, int) []string
	}{
		{"farewell.beside.verdict", e.partVerdict}, {"farewell.beside.arrears", e.partArrears}, {"farewell.beside.agreed", e.partAgreed},
	} {
		beside = append(beside, listRow{key: b.id, value: farewellPart{farewellRead: r},
			draw:   func(w int) string { return "  " + kit.Cut(e.T(b.id), max(w-2, 1)) },
			detail: func(w int) []string { return b.detail(r, w) }})
	}
	return listContent{
		right:    e.T("farewell.state." + string(r.f.State)),
		head:     func(w int) []string { return e.farewellHead(r, w) },
		sections: []listSection{{heading: e.T("farewell.section.steps"), rows: steps}, {heading: e.T("farewell.section.beside"), rows: beside}},
	}
}

// farewellHead says who it is about, what must not be missed and what comes
// next.
func (e *Env) farewellHead(r farewellRead, w int) []string {
	c, th := r.d.Customer, e.Theme
	ends := ""
	if r.f.Ends != "" {
		ends = e.T("farewell.ends", "Date", e.dayText(r.f.Ends))
	}
	name := th.Paint(kit.InkAccent, kit.Cell(c.Name, min(nameWidth(c.Name, w/2), w/2)))
	rows := []string{" " + kit.Cut(joined(" · ", name, kit.Clean(clip(c.Town, w)), e.T("relation."+string(c.Relation)), ends), w-1)}
	switch f := r.f; {
	case f.Unheard():
		rows = append(rows, " "+th.Paint(kit.InkWarn, kit.Cut("▲ "+e.T("farewell.unheard"), w-1)))
	case f.State == model.FarewellGoing && f.Next() != "":
		rows = append(rows, " "+th.Paint(kit.InkText, kit.Cut(e.T("farewell.next", "Step", e.T("farewell.step."+string(f.Next()))), w-1)))
	case f.State == model.FarewellGoing:
		rows = append(rows, " "+th.Paint(kit.InkGood, kit.Cut(e.T("farewell.all"), w-1)))
	}
	return rows
}

// stepRow is a step with when and by whom it was done, and what it came to.
func (e *Env) stepRow(r farewellRead, s model.FarewellStep, w int) string {
	cols := []int{1, min(max(w/4, 19), 24), 8, 10, 0}
	cols[4] = max(w-cols[0]-cols[1]-cols[2]-cols[3]-8, 0)
	when, by := "", ""
	if d := r.f.Done[s]; d != nil {
		when, by = e.Text.ShortDate(e.at(d.At), e.now()), who(r.d, d.By)
	}
	return kit.Columns([]string{e.stepMark(r.f, s), kit.Cell(e.T("farewell.step."+string(s)), cols[1]), kit.Cell(when, cols[2]), kit.Cell(by, cols[3]),
		kit.Cell(e.stepSays(r, s), max(cols[4], 1))}, cols)
}

// stepSays is what a step came to, or what it begins with, in a line.
func (e *Env) stepSays(r farewellRead, s model.FarewellStep) string {
	f := r.f
	switch s {
	case model.StepReferral:
		if f.Searched {
			return e.T("farewell.searched") + ": " + flat(clip(f.To, 100))
		}
		return flat(clip(f.Refer(r.d.Dealings.Referrals), 100))
	case model.StepContract:
		return joined(" · ", e.dayText(f.Ends), flat(clip(f.Contract, 100)))
	case model.StepText:
		return flat(clip(f.Text, 100))
	case model.StepContact:
		return who(r.d, f.Contact)
	case model.StepSent:
		if f.SentOn != "" {
			return joined(" · ", e.Say.Channel(f.Channel), e.dayText(f.SentOn))
		}
	case model.StepWins:
		return joined(" · ", flat(clip(f.WinTheirs, 40)), flat(clip(f.WinOurs, 40)), flat(clip(f.WinOther, 40)))
	case model.StepObjection:
		switch {
		case f.Objection != "":
			return "“" + flat(clip(f.Objection, 100)) + "”"
		case f.Done[s] != nil:
			return e.T("farewell.unopposed")
		}
	case model.StepOutcome:
		if f.Outcome == "" && f.AskOutcome != "" {
			return e.T("farewell.ask", "Date", e.dayText(f.AskOutcome))
		}
		return flat(clip(f.Outcome, 100))
	}
	return ""
}

func (e *Env) endRow(r farewellRead, w int) string {
	mark := e.Theme.Paint(kit.InkMuted, "○")
	if r.f.State == model.FarewellEnded {
		mark = e.Theme.Paint(kit.InkGood, "●")
	} else if r.f.Next() == "" {
		mark = e.Theme.Paint(kit.InkAccent, "→")
	}
	return mark + "  " + kit.Cut(e.T("farewell.step.end"), max(w-3, 1))
}

func (s *farewellPage) own() []kit.Command {
	p, ok := listValue[farewellPart](&s.listing)
	if !ok {
		return nil
	}
	f := p.f
	cmds := []kit.Command{{ID: "farewell.customer", Keys: []string{"i"}, Group: "go", Footer: 60, Moves: true,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCustomer, Arg: p.d.Customer.ID}) }}}
	switch {
	case p.step != "" && f.Done[p.step] != nil && f.State == model.FarewellGoing:
		cmds = append(cmds, kit.Command{ID: "farewell.again", Keys: []string{"enter"}, Group: "change", Footer: 100,
			WhyNot: func() string { return s.whyNotStep(p) }, Run: func() tea.Cmd { return s.do(p) }})
	case p.step != "" && f.State == model.FarewellGoing:
		cmds = append(cmds, kit.Command{ID: "farewell.step", Keys: []string{"enter"}, Group: "change", Footer: 100,
			WhyNot: func() string { return s.whyNotStep(p) }, Run: func() tea.Cmd { return s.do(p) }})
	case p.end && f.State == model.FarewellGoing:
		cmds = append(cmds, kit.Command{ID: "farewell.end", Keys: []string{"enter"}, Group: "change", Danger: true, Footer: 100,
			WhyNot: func() string { return s.whyNotEnd(p) }, Run: func() tea.Cmd { return s.end(p) }})
	}
	if f.Unheard() && f.State == model.FarewellGoing {
		cmds = append(cmds, kit.Command{ID: "farewell.hear", Keys: []string{"h"}, Group: "change", Footer: 95, Run: func() tea.Cmd { return s.hearing(p) }})
	}
	switch f.State {
	case model.FarewellGoing:
		cmds = append(cmds, kit.Command{ID: "farewell.call", Keys: []string{"x"}, Group: "change", Danger: true, Footer: 70,
			WhyNot: s.whyNotLead, Run: func() tea.Cmd { return s.finish(p, model.FarewellCalled, "farewell.call.ask") }})
	case model.FarewellEnded:
		cmds = append(cmds, kit.Command{ID: "farewell.back", Keys: []string{"y"}, Group: "change", Footer: 90,
			WhyNot: s.whyNotLead, Run: func() tea.Cmd { return s.finish(p, model.FarewellBack, "farewell.back.ask") }})
	case model.FarewellBack, model.FarewellCalled:
	}
	return cmds
}

// whyNotStep says what has to be done before a step.
func (s *farewellPage) whyNotStep(p farewellPart) string {
	e, f := s.env, p.f
	switch p.step {
	case model.StepSent:
		if todo := f.Unsaid(); len(todo) > 0 {
			return e.T("farewell.why.first", "Step", e.T("farewell.step."+string(todo[0])))
		}
		if f.Unheard() {
			return e.T("farewell.unheard")
		}
	case model.StepOutcome:
		switch {
		case f.Done[model.StepSent] == nil:
			return e.T("farewell.why.first", "Step", e.T("farewell.step."+string(model.StepSent)))
		case f.AskOutcome > model.DayOf(e.now()):
			return e.T("farewell.ask", "Date", e.dayText(f.AskOutcome))
		}
	}
	return ""
}

// whyNotEnd says why a farewell cannot be ended now.
func (s *farewellPage) whyNotEnd(p farewellPart) string {
	e, f := s.env, p.f
	switch {
	case f.Unheard():
		return e.T("farewell.unheard")
	case f.Next() != "":
		return e.T("farewell.why.first", "Step", e.T("farewell.step."+string(f.Next())))
	case f.Ends > model.DayOf(e.now()):
		return e.T("farewell.ends", "Date", e.dayText(f.Ends))
	}
	return s.whyNotLead()
}

func (s *farewellPage) whyNotLead() string {
	if err := model.MayDo(s.env.Me.Role, model.ActEndFarewell); err != nil {
		return s.env.Say.Error(err)
	}
	return ""
}
