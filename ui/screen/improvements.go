package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// ImproveFrom is the argument of [KindImproveFrom]: what an improvement comes
// from. All of it may be empty.
type ImproveFrom struct {
	Standard model.ID // of ours, which chafes
	Topic    string   // which chafes
	Customer model.ID // whose verdict asks for it, or who is hurt by it
	Title    string   // to begin with
}

// improveFrom reads the argument of [KindImproveFrom].
func improveFrom(arg any) *ImproveFrom {
	switch a := arg.(type) {
	case ImproveFrom:
		return &a
	case model.ID:
		return &ImproveFrom{Standard: a}
	case string:
		return &ImproveFrom{Topic: a}
	}
	return &ImproveFrom{}
}

// improvements lists what we are to repair: what is open, what is done and not
// told yet to those who were hurt by it, and the rest.
type improvements struct {
	listing
	people []*model.Person
	from   *ImproveFrom // a form to open as soon as what it needs is read
	held   []tea.Msg    // keys that came before that
}

// hurtShown is how many customers the list shows of an improvement.
const hurtShown = 8

func newImprovements(env *Env, from *ImproveFrom) kit.Screen {
	s := &improvements{from: from}
	s.listing = newListing(env, listSpec{
		title: env.T("improve.title"),
		empty: []string{env.T("improve.empty"), env.T("improve.empty.next")},
		load:  s.load,
		own:   s.own,
	})
	return s
}

// Title is the screen's name.
func (s *improvements) Title() string { return s.env.T("improve.title") }

// Init reads the page, the people and what a form begins with.
func (s *improvements) Init() tea.Cmd { return tea.Batch(s.listing.Init(), s.prepare()) }

// Typing is true as well while keys wait for a form that is about to open.
func (s *improvements) Typing() bool { return s.from != nil || s.listing.Typing() }

// Update takes a message.
func (s *improvements) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	switch m := msg.(type) {
	case improvePrepared:
		return s, s.prepared(m)
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.from != nil {
			if len(s.held) < mostHeld {
				s.held = append(s.held, msg)
			}
			return s, nil
		}
	}
	return s, s.update(msg)
}

func (s *improvements) load() listLoad {
	e := s.env
	return func() (listContent, error) {
		all, err := e.Desk.Improvements()
		if err != nil {
			return listContent{}, err
		}
		sections := []listSection{
			{heading: e.T("improve.open"), none: e.T("improve.open.none")},
			{heading: e.T("improve.tell")},
			{heading: e.T("improve.rest")},
		}
		open, tell := 0, 0
		for _, l := range all {
			at := 2
			switch {
			case l.Improvement.State == model.ImprovementOpen:
				at, open = 0, open+1
			case l.Improvement.State == model.ImprovementDone && l.Told < l.Hurt:
				at, tell = 1, tell+l.Hurt-l.Told
			}
			var hurt []model.HurtCustomer
			if at < 2 {
				if hurt, err = e.Desk.Hurt(l.Improvement.ID, hurtShown); err != nil {
					return listContent{}, err
				}
			}
			sections[at].rows = append(sections[at].rows, e.improvementRow(l, hurt))
		}
		if len(all) == 0 {
			return listContent{}, nil
		}
		for i := range sections {
			sections[i].count = e.Text.Int(len(sections[i].rows))
		}
		right := e.Text.N("improve.count", open)
		if tell > 0 {
			right += " · " + e.Text.N("improve.count.tell", tell)
		}
		return listContent{right: right, columns: e.improvementColumns, sections: sections}, nil
	}
}

// improveWidths are the columns of the list: title, owner, date, customers.
func improveWidths(w int) []int {
	owner, hurt := 10, 16
	if w < 70 {
		owner, hurt = 8, 12
	}
	return []int{max(w-owner-hurt-10-6, 12), owner, 10, hurt}
}

func (e *Env) improvementColumns(w int) string {
	return kit.Columns([]string{e.T("improve.col.title"), e.T("improve.col.owner"), e.T("improve.col.by"), e.T("improve.col.hurt")}, improveWidths(w))
}

func (e *Env) improvementRow(l model.ImprovementLine, hurt []model.HurtCustomer) listRow {
	i := l.Improvement
	return listRow{
		key: i.ID.String(), value: l,
		draw: func(w int) string {
			ws := improveWidths(w)
			date := ""
			switch {
			case i.State != model.ImprovementOpen && i.Ended != nil:
				date = e.Text.ShortDate(e.at(i.Ended.At), e.now())
			case i.By != "":
				date = e.Text.ShortDate(i.By.Time(e.now().Location()), e.now())
				if i.By < model.DayOf(e.now()) {
					date = "! " + date
				}
			}
			return kit.Columns([]string{kit.Cell(i.Title, ws[0]), kit.Cell(l.Owner, ws[1]), date, e.hurtShort(l)}, ws)
		},
		detail: func(w int) []string { return e.improvementDetail(l, hurt, w) },
	}
}

// hurtShort says in a word or two how many customers there are under an
// improvement, and how many are to be told.
func (e *Env) hurtShort(l model.ImprovementLine) string {
	switch {
	case l.Improvement.State == model.ImprovementDropped:
		return e.T("improve.state.dropped")
	case l.Hurt == 0:
		return e.T("improve.nobody")
	case l.Improvement.State == model.ImprovementOpen:
		return e.Text.N("improve.hurt", l.Hurt)
	case l.Told < l.Hurt:
		return e.T("improve.to-tell", "Count", e.Text.Int(l.Hurt-l.Told), "All", e.Text.Int(l.Hurt))
	}
	return e.T("improve.all-told")
}

// improvementDetail is all there is to say of an improvement, with the first of
// the customers hurt.
func (e *Env) improvementDetail(l model.ImprovementLine, hurt []model.HurtCustomer, w int) []string {
	p := e.writer(w)
	p.para(kit.InkAccent, 1, l.Improvement.Title)
	e.improvementFacts(p, l)
	if len(hurt) == 0 {
		return p.rows
	}
	p.head(e.T("improve.hurt.head"))
	for _, h := range hurt {
		mark := "○ "
		if h.Hurt.Told != nil {
			mark = "✓ "
		}
		p.rows = append(p.rows, "  "+kit.Cut(mark+kit.Clean(clip(h.Name, w)), max(w-2, 1)))
	}
	if more := l.Hurt - len(hurt); more > 0 {
		p.para(kit.InkMuted, 2, e.Text.N("improve.hurt.more", more))
	}
	return p.rows
}

// improvementFacts writes cause, reach and where it comes from.
func (e *Env) improvementFacts(p *writer, l model.ImprovementLine) {
	i := l.Improvement
	pair := func(id, s string) {
		switch s = clip(s, p.w*12); {
		case strings.TrimSpace(s) == "":
		case p.w < 60: // no room for labels beside it
			p.para(kit.InkText, 1, e.T(id)+": "+s)
		default:
			p.pair(e.T(id), s)
		}
	}
	pair("improve.cause", i.Cause)
	switch {
	case i.Reach != "":
		pair("improve.reach", i.Reach)
	case i.State == model.ImprovementOpen:
		p.para(kit.InkWarn, 1, "▲ "+e.T("improve.reach")+": "+e.T("improve.reach.open"))
	}
	if i.Topic != "" {
		pair("improve.topic", e.Say.Topic(i.Topic))
	}
	if l.Standard != nil {
		pair("improve.standard", l.Standard.Name)
	}
	if i.Ended != nil {
		id := "improve.ended.done"
		if i.State == model.ImprovementDropped {
			id = "improve.ended.dropped"
		}
		pair(id, e.date(i.Ended.At)+": "+i.Ended.Reason)
	}
}

func (s *improvements) own() []kit.Command {
	cmds := []kit.Command{{ID: "improve.add", Keys: []string{"n"}, Group: "change", Footer: 95, WhyNot: s.whyAdd, Run: func() tea.Cmd {
		return s.add(improveStart{})
	}}}
	l, ok := listValue[model.ImprovementLine](&s.listing)
	if !ok {
		return cmds
	}
	i := l.Improvement
	return append(cmds, kit.Command{ID: "improve.open", Keys: []string{"enter", "right"}, Group: "look", Footer: 100, Moves: true,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindImprovement, Arg: i.ID}) }},
		kit.Command{ID: "improve.edit", Keys: []string{"e"}, Group: "change", Footer: 80, WhyNot: s.whyAdd, Run: func() tea.Cmd {
			return s.form(s.env.editImprovement(i, s.people))
		}},
		kit.Command{ID: "improve.done", Keys: []string{"D"}, Group: "change", Footer: 90, WhyNot: s.env.whyEnded(i),
			Run: func() tea.Cmd { return s.form(s.env.endImprovement(l, model.ImprovementDone)) }},
		kit.Command{ID: "improve.drop", Keys: []string{"x"}, Group: "change", Footer: 70, WhyNot: s.env.whyEnded(i),
			Run: func() tea.Cmd { return s.form(s.env.endImprovement(l, model.ImprovementDropped)) }},
	)
}

// whyAdd holds a form back until the people it offers are read.
func (s *improvements) whyAdd() string {
	if s.people == nil {
		return s.env.T("listing.loading")
	}
	return ""
}

// whyEnded says that an improvement has ended already.
func (e *Env) whyEnded(i *model.Improvement) func() string {
	return func() string {
		if i.State != model.ImprovementOpen {
			return e.T("improve.why.ended")
		}
		return ""
	}
}
