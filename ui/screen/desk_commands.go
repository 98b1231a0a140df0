package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Commands are what can be done on the desk now.
func (s *desk) Commands() []kit.Command {
	switch {
	case s.bottom.p != nil:
		return s.bottom.commands()
	case s.typing:
		return s.filterCommands()
	}
	cmds := s.customerCommands()
	cmds = append(cmds, kit.Command{ID: "desk.filter", Keys: []string{"/"}, Group: "look", Footer: 60, WhyNot: s.whyEmpty, Run: s.startFilter})
	if s.filter != "" {
		cmds = append(cmds, kit.Command{ID: "desk.filter.clear", Keys: []string{"esc"}, Group: "look", Footer: 95,
			Run: func() tea.Cmd { return s.endFilter(false) }})
	}
	if len(s.marked) > 0 {
		keys := []string{"-"}
		if s.filter == "" {
			keys = append(keys, "esc")
		}
		cmds = append(cmds, kit.Command{ID: "desk.unmark", Keys: keys, Group: "look", Footer: 94, Run: func() tea.Cmd {
			clear(s.marked)
			return nil
		}})
	}
	cmds = append(cmds, s.bookCommands()...)
	return append(cmds, s.moves()...)
}

// filterCommands work while the filter is typed: all other keys are text.
func (s *desk) filterCommands() []kit.Command {
	cmds := []kit.Command{
		{ID: "desk.filter.keep", Keys: []string{"enter"}, Group: "look", Footer: 90, Run: func() tea.Cmd { return s.endFilter(true) }},
		{ID: "desk.filter.clear", Keys: []string{"esc"}, Group: "look", Footer: 80, Run: func() tea.Cmd { return s.endFilter(false) }},
	}
	if s.nobody() {
		cmds = append(cmds, s.addCommand(85))
	}
	return append(cmds, inField(s.moves())...)
}

func (s *desk) customerCommands() []kit.Command {
	one := func(f func(model.Row) tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			row, ok := s.list.Selected()
			if !ok {
				return nil
			}
			return f(row)
		}
	}
	open := func(kind string) func() tea.Cmd {
		return one(func(r model.Row) tea.Cmd { return kit.Send(kit.Open{Kind: kind, Arg: r.ID}) })
	}
	return []kit.Command{
		{ID: "customer.tag", Keys: []string{"1", "2", "3", "4"}, Shown: "1-4", Group: "change", Footer: 90, WhyNot: s.whyNobody, RunKey: s.tag},
		{ID: "customer.fit", Keys: []string{"w"}, Group: "change", Footer: 80, WhyNot: s.whyNobody, Moves: true, Run: open(KindWizard)},
		{ID: "desk.open", Keys: []string{"enter", "right"}, Group: "look", Footer: 70, WhyNot: s.whyNobody, Moves: true, Run: open(KindCustomer)},
		{ID: "desk.mark", Keys: []string{"space"}, Group: "look", Footer: 50, WhyNot: s.whyNobody, Run: s.toggleMark},
		{ID: "customer.edit", Keys: []string{"e"}, Group: "change", Footer: 45, WhyNot: s.whyNobody, Moves: true, Run: open(KindEdit)},
		{ID: "promise.add", Keys: []string{"o"}, Group: "change", Footer: 42, WhyNot: s.whyNobody, Moves: true,
			Run: one(func(r model.Row) tea.Cmd { return addPromise(r.ID, r.Name) })},
		s.addCommand(40),
		{ID: "customer.flag", Keys: []string{"!"}, Group: "change", Footer: 35, WhyNot: s.whyNobody, Run: one(func(model.Row) tea.Cmd {
			s.bottom.show(newFlag(s.env, s.target(), s.targets()))
			return nil
		})},
		{ID: "customer.log", Keys: []string{"c"}, Group: "change", Footer: 88, WhyNot: s.whyNobody, Run: one(s.log)},
		{ID: "customer.banner", Keys: []string{"b"}, Group: "change", Footer: 30, WhyNot: s.whyNobody, Run: one(s.setBanner)},
		{ID: "customer.money", Keys: []string{"$"}, Group: "change", WhyNot: s.whyNobody, Moves: true, Run: open(KindFinance)},
		{ID: "customer.survey", Keys: []string{"V"}, Group: "change", WhyNot: s.whyNobody, Moves: true, Run: open(KindSurvey)},
		{ID: "customer.exception", Keys: []string{"E"}, Group: "change", WhyNot: s.whyNobody, Moves: true, Run: one(func(r model.Row) tea.Cmd {
			return openException(ExceptionAsk{Customer: r.ID, Name: r.Name})
		})},
		{ID: "customer.terms", Keys: []string{"T"}, Group: "change", WhyNot: s.whyNobody, Moves: true, Run: one(func(r model.Row) tea.Cmd {
			return kit.Send(kit.Open{Kind: KindTerms, Arg: TermsAsk{Customer: r.ID, Name: r.Name, Assessment: s.askedTerms(r.ID)}})
		})},
		{ID: "customer.journal", Group: "look", WhyNot: s.whyNobody, Moves: true, Run: open(KindJournal)},
	}
}

// addCommand adds a customer, under the name that was looked for in vain.
func (s *desk) addCommand(footer int) kit.Command {
	return kit.Command{ID: "customer.add", Keys: []string{"a", "ctrl+n"}, Group: "change", Footer: footer, Moves: true, Run: func() tea.Cmd {
		name := ""
		if s.nobody() {
			name = strings.TrimSpace(s.filter)
		}
		return kit.Send(kit.Open{Kind: KindEdit, Arg: NewCustomer{Name: name}})
	}}
}

// bookCommands are the ways on from an empty book.
func (s *desk) bookCommands() []kit.Command {
	footer := 0
	if s.emptyBook() {
		footer = 75
	}
	cmds := []kit.Command{{ID: "desk.import", Keys: []string{"i"}, Group: "go", Footer: footer, Moves: true,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindImport}) }}}
	if s.env.Sample != nil && s.emptyBook() {
		cmds = append(cmds, kit.Command{ID: "desk.sample", Keys: []string{"s"}, Group: "go", Footer: footer, Run: s.env.Sample})
	}
	return cmds
}

func (s *desk) moves() []kit.Command {
	do := func(f func()) tea.Cmd {
		f()
		return s.sync()
	}
	return movement(
		func(n int) tea.Cmd { return do(func() { s.list.Move(n) }) },
		func(n int) tea.Cmd { return do(func() { s.list.Page(n) }) },
		func() tea.Cmd { return do(s.list.Home) },
		func() tea.Cmd { return do(s.list.End) })
}

func (s *desk) tag(key string) tea.Cmd {
	p := newTag(s.env, int(key[0]-'0'), s.target(), s.targets())
	if p == nil {
		return nil
	}
	s.bottom.show(p)
	return p.load()
}

// emptyBook holds when there is no customer at all.
func (s *desk) emptyBook() bool { return s.list.Empty() && s.filter == "" && s.page.Total == 0 }

// nobody holds when a filter matches nobody.
func (s *desk) nobody() bool { return s.list.Empty() && s.filter != "" }

func (s *desk) whyEmpty() string {
	if s.emptyBook() {
		return s.env.T("desk.why.empty")
	}
	return ""
}

func (s *desk) whyNobody() string {
	if _, ok := s.list.Selected(); !ok {
		return s.env.T("desk.why.nobody")
	}
	return ""
}
