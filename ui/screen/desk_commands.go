package screen

import (
	"regexp"
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
	cmds := append(s.customerCommands(), s.findCommands()...)
	cmds = append(cmds, s.markCommands()...)
	cmds = append(cmds, s.bookCommands()...)
	return append(cmds, s.moves()...)
}

// findCommands are about what the desk looks for.
func (s *desk) findCommands() []kit.Command {
	cmds := []kit.Command{
		{ID: "desk.filter", Keys: []string{"/"}, Group: "look", Footer: 60, WhyNot: s.whyEmpty, Run: s.startFilter},
		{ID: "desk.sort", Keys: []string{"s"}, Group: "look", Footer: 28, WhyNot: s.whyEmpty, Run: s.chooseSort},
		{ID: "desk.views", Keys: []string{"v"}, Group: "look", Footer: 27, WhyNot: s.whyEmpty, Moves: true,
			Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindViews, Arg: s.asked.filter}) }},
		queryHelp(),
	}
	switch {
	case len(s.asked.before) > 0:
		cmds = append(cmds, kit.Command{ID: "desk.back", Keys: []string{"esc"}, Group: "look", Footer: 95, Run: s.back})
	case s.asked.filter != "":
		cmds = append(cmds, kit.Command{ID: "desk.filter.clear", Keys: []string{"esc"}, Group: "look", Footer: 95,
			Run: func() tea.Cmd { return s.endFilter(false) }})
	}
	return cmds
}

func queryHelp() kit.Command {
	return kit.Command{ID: "desk.query.help", Keys: []string{"f1"}, Group: "look", Footer: 3, Moves: true,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindQueryHelp}) }}
}

// markCommands are about the marks for a change of several customers.
func (s *desk) markCommands() []kit.Command {
	cmds := []kit.Command{
		{ID: "desk.mark", Keys: []string{"space"}, Group: "look", Footer: 50, WhyNot: s.whyNotOne, Run: s.toggleMark},
		{ID: "desk.mark.all", Keys: []string{"*"}, Group: "look", Footer: 29, WhyNot: s.whyNobody, Run: s.markAll},
	}
	if s.marked.under != nil {
		return append(cmds, kit.Command{ID: "desk.mark.stop", Keys: []string{"-"}, Group: "look", Footer: 97, Run: func() tea.Cmd {
			s.marked.stop()
			return nil
		}})
	}
	if s.marked.len() > 0 {
		keys := []string{"-"}
		if s.asked.filter == "" {
			keys = append(keys, "esc")
		}
		cmds = append(cmds, kit.Command{ID: "desk.unmark", Keys: keys, Group: "look", Footer: 94, Run: func() tea.Cmd {
			s.marked.clear()
			return nil
		}})
	}
	return cmds
}

// filterCommands work while the filter is typed: all other keys are text.
func (s *desk) filterCommands() []kit.Command {
	cmds := []kit.Command{
		{ID: "desk.filter.keep", Keys: []string{"enter"}, Group: "look", Footer: 90, WhyNot: s.whyUnread, Run: func() tea.Cmd { return s.endFilter(true) }},
		{ID: "desk.filter.clear", Keys: []string{"esc"}, Group: "look", Footer: 80, Run: func() tea.Cmd { return s.endFilter(false) }},
		queryHelp(),
	}
	if len(s.asked.offers) > 0 {
		cmds = append(cmds, kit.Command{ID: "desk.filter.take", Keys: []string{"tab"}, Group: "look", Footer: 95, Run: s.take})
	}
	if s.newName() != "" {
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
	enter := kit.Command{ID: "desk.open", Keys: []string{"enter", "right"}, Group: "look", Footer: 70, WhyNot: s.whyNobody, Moves: true, Run: open(KindCustomer)}
	if row, ok := s.list.Selected(); ok && row.Same > 1 {
		enter = kit.Command{ID: "desk.same", Keys: []string{"enter", "right"}, Group: "look", Footer: 99, Run: s.narrow}
	}
	return []kit.Command{
		{ID: "customer.tag", Keys: []string{"1", "2", "3", "4"}, Shown: "1-4", Group: "change", Footer: 90, WhyNot: s.whyNotMarked, RunKey: s.tag},
		{ID: "customer.fit", Keys: []string{"w"}, Group: "change", Footer: 80, WhyNot: s.whyNotOne, Moves: true, Run: open(KindWizard)},
		enter,
		{ID: "customer.edit", Keys: []string{"e"}, Group: "change", Footer: 45, WhyNot: s.whyNotOne, Moves: true, Run: open(KindEdit)},
		{ID: "promise.add", Keys: []string{"o"}, Group: "change", Footer: 42, WhyNot: s.whyNotOne, Moves: true,
			Run: one(func(r model.Row) tea.Cmd { return addPromise(r.ID, r.Name) })},
		s.addCommand(40),
		{ID: "customer.flag", Keys: []string{"!"}, Group: "change", Footer: 35, WhyNot: s.whyNotMarked, Run: s.flag},
		{ID: "customer.log", Keys: []string{"c"}, Group: "change", Footer: 88, WhyNot: s.whyNotOne, Run: one(s.log)},
		{ID: "customer.banner", Keys: []string{"b"}, Group: "change", Footer: 30, WhyNot: s.whyNotOne, Run: one(s.setBanner)},
		{ID: "customer.money", Keys: []string{"$"}, Group: "change", WhyNot: s.whyNotOne, Moves: true, Run: open(KindFinance)},
		{ID: "customer.survey", Keys: []string{"V"}, Group: "change", WhyNot: s.whyNotOne, Moves: true, Run: open(KindSurvey)},
		{ID: "customer.exception", Keys: []string{"E"}, Group: "change", WhyNot: s.whyNotOne, Moves: true, Run: one(func(r model.Row) tea.Cmd {
			return openException(ExceptionAsk{Customer: r.ID, Name: r.Name})
		})},
		{ID: "customer.terms", Keys: []string{"T"}, Group: "change", WhyNot: s.whyNotOne, Moves: true, Run: one(func(r model.Row) tea.Cmd {
			return kit.Send(kit.Open{Kind: KindTerms, Arg: TermsAsk{Customer: r.ID, Name: r.Name, Assessment: s.askedTerms(r.ID)}})
		})},
		{ID: "customer.journal", Group: "look", WhyNot: s.whyNotOne, Moves: true, Run: open(KindJournal)},
		s.twinsCommand(),
	}
}

// addCommand adds a customer, under the name that was looked for in vain if any.
func (s *desk) addCommand(footer int) kit.Command {
	return kit.Command{ID: "customer.add", Keys: []string{"a", "ctrl+n"}, Group: "change", Footer: footer, Moves: true, Run: func() tea.Cmd {
		return kit.Send(kit.Open{Kind: KindEdit, Arg: newOf(s.newName())})
	}}
}

// newPostcode is a postcode as one types it, with a house number or without.
var newPostcode = regexp.MustCompile(`^([0-9]{4} ?[A-Za-z]{2})(?: +([0-9]+[^ ]*))?$`)

// newOf takes what was looked for in vain for what it looks like: a mail address,
// a postcode, a phone number, or else a name.
func newOf(text string) NewCustomer {
	digits := 0
	other := strings.ContainsFunc(text, func(r rune) bool {
		if r >= '0' && r <= '9' {
			digits++
			return false
		}
		return !strings.ContainsRune("+-()/. ", r)
	})
	switch at := newPostcode.FindStringSubmatch(text); {
	case strings.Contains(text, "@") && !strings.Contains(text, " "):
		return NewCustomer{Email: text}
	case at != nil:
		return NewCustomer{Postcode: strings.ToUpper(at[1]), HouseNo: at[2]}
	case !other && digits > 0:
		return NewCustomer{Phone: text}
	}
	return NewCustomer{Name: text}
}

// newName is what was looked for in vain: nobody has it, or only names like it
// were found.
func (s *desk) newName() string {
	if len(s.asked.query.Terms) == 0 && (s.nobody() || s.asked.heard != "") {
		return s.asked.query.Text
	}
	return ""
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
	return s.changing(func() tea.Cmd {
		p := newTag(s.env, int(key[0]-'0'), s.target(), s.targets())
		if p == nil {
			return nil
		}
		s.bottom.show(p)
		return p.load()
	})
}

func (s *desk) flag() tea.Cmd {
	return s.changing(func() tea.Cmd {
		p := newFlag(s.env, s.target(), s.targets())
		s.bottom.show(p)
		return p.keeps(draftOf("flag", s.targets()...))
	})
}

// emptyBook holds when there is no customer at all.
func (s *desk) emptyBook() bool { return s.list.Empty() && s.asked.filter == "" && s.page.Total == 0 }

// nobody holds when a filter matches nobody.
func (s *desk) nobody() bool { return s.list.Empty() && !s.asked.query.Empty() }

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

// whyNotOne asks for a row that is one customer: of several with the same name
// nobody knows which one is meant.
func (s *desk) whyNotOne() string {
	if row, ok := s.list.Selected(); ok && row.Same > 1 {
		return s.env.T("query.why.same")
	}
	return s.whyNobody()
}

// whyNotMarked asks for marked customers, or one under the cursor.
func (s *desk) whyNotMarked() string {
	if s.marked.len() > 0 {
		return ""
	}
	return s.whyNotOne()
}
