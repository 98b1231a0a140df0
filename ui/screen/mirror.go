package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// mirror shows our own procedures as customers meet them (article 002), ranked
// by what they cost us, and where it chafes.
type mirror struct {
	listing
	months int
}

func newMirror(env *Env) kit.Screen {
	s := &mirror{months: 12}
	s.listing = newListing(env, listSpec{title: env.T("mirror.title"), work: s.work, own: s.own})
	return s
}

// Title is the screen's name.
func (s *mirror) Title() string { return s.env.T("mirror.title") }

// Update takes a message.
func (s *mirror) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *mirror) work() listWork {
	e, months := s.env, s.months
	return func(ctx context.Context, progress func(done, total int)) (listContent, error) {
		m, err := e.Desk.Mirror(ctx, months, progress)
		if err != nil {
			return listContent{}, err
		}
		return e.mirrorPage(&m, months), nil
	}
}

func (e *Env) mirrorPage(m *model.Mirror, months int) listContent {
	n := e.Text.Int(months)
	c := listContent{right: e.T("mirror.months", "Count", n),
		empty: []string{e.T("mirror.empty", "Count", n), e.T("mirror.empty.next")}}
	procedures := listSection{heading: e.T("mirror.section.procedures")}
	for i := range m.Procedures {
		p := &m.Procedures[i]
		procedures.rows = append(procedures.rows, listRow{key: "s/" + p.Standard.ID.String(), value: p,
			draw: func(w int) string { return e.procedureLine(p, w) }, detail: func(w int) []string { return e.procedureDetail(p, w) }})
	}
	topics := listSection{heading: e.T("mirror.section.topics")}
	most := float64(1)
	for i := range m.Topics {
		most = max(most, float64(chafes(&m.Topics[i].Tally)))
	}
	for i := range m.Topics {
		t := &m.Topics[i]
		topics.rows = append(topics.rows, listRow{key: "t/" + t.Key, value: topicRow{t.Key},
			draw: func(w int) string {
				return e.rankedLine(e.topicName(t.Key), chafes(&t.Tally), int64(most), chafedCustomers(&t.Behind), w)
			},
			detail: func(w int) []string {
				p := e.writer(w)
				p.head(e.topicName(t.Key))
				p.para(kit.InkText, 1, e.T("mirror.topic", "Annoyances", e.Text.N("mirror.times", int(t.Tally[model.CountAnnoyances])),
					"Refused", e.Text.Int(int(t.Tally[model.CountRefused])), "Failed", e.Text.N("mirror.times", int(t.Tally[model.CountFailed])),
					"Customers", e.Text.N("thermometer.customers", int(chafedCustomers(&t.Behind)))))
				return p.rows
			}})
	}
	if len(procedures.rows) > 0 {
		c.columns = func(w int) string {
			n := procedureWidths(w)
			return kit.Columns([]string{e.T("mirror.column.name"), rightIn(e.T("mirror.column.asked"), n[1]), rightIn(e.T("mirror.column.refused"), n[2]),
				rightIn(e.T("mirror.column.lost"), n[3]), rightIn(e.T("mirror.column.customers"), n[4])}, n)
		}
	}
	c.sections = []listSection{procedures, topics}
	return c
}

// chafes is by what friction topics are ranked.
func chafes(t *model.Tally) int64 {
	return t[model.CountAnnoyances] + t[model.CountRefused] + t[model.CountFailed]
}

// chafedCustomers is the least number of distinct customers behind a topic.
func chafedCustomers(behind *model.Tally) int64 {
	return max(behind[model.CountAnnoyances], behind[model.CountRefused], behind[model.CountFailed])
}

func procedureWidths(w int) []int {
	return []int{max(w-4*9-8, 10), 9, 9, 9, 9}
}

func (e *Env) procedureLine(p *model.ProcedureLine, w int) string {
	widths := procedureWidths(w)
	n := func(c model.Count) string { return rightIn(e.Text.Int(int(p.Tally[c])), widths[1]) }
	return kit.Columns([]string{kit.Clean(clip(p.Standard.Name, w)), n(model.CountAsked), n(model.CountRefused), n(model.CountLost),
		rightIn(e.Text.Int(int(p.Behind[model.CountAsked])), widths[4])}, widths)
}

func (e *Env) procedureDetail(l *model.ProcedureLine, w int) []string {
	n := func(c model.Count) string { return e.Text.Int(int(l.Tally[c])) }
	p := e.writer(w)
	p.head(kit.Clean(clip(l.Standard.Name, 200)))
	if l.Standard.Words != "" {
		p.para(kit.InkMuted, 1, l.Standard.Words)
	}
	p.para(kit.InkText, 1, e.Text.N("mirror.detail", int(l.Tally[model.CountAsked]), "Customers", e.Text.N("thermometer.customers", int(l.Behind[model.CountAsked])),
		"Granted", n(model.CountGranted), "Refused", n(model.CountRefused)))
	if l.Tally[model.CountLost] > 0 {
		p.para(kit.InkDanger, 1, e.Text.N("mirror.lost", int(l.Tally[model.CountLost]), "Cents", e.Text.Money(l.Tally[model.CountLostSum])))
	}
	if l.Tally[model.CountCost] > 0 {
		p.para(kit.InkText, 1, e.T("mirror.cost", "Cents", e.Text.Money(l.Tally[model.CountCost])))
	}
	for _, i := range l.Improves {
		p.para(kit.InkGood, 1, e.T("mirror.improves", "Title", kit.Clean(clip(i.Title, 200))))
	}
	if len(l.Improves) == 0 {
		p.para(kit.InkMuted, 1, e.T("mirror.improves.none"))
	}
	return p.rows
}

func (s *mirror) own() []kit.Command {
	cmds := []kit.Command{{ID: "thermometer.months", Keys: []string{"m"}, Group: "look", Footer: 80, Run: func() tea.Cmd {
		next := periods[0]
		for i, n := range periods {
			if n == s.months {
				next = periods[(i+1)%len(periods)]
			}
		}
		s.months = next
		return s.reread()
	}}}
	var from any
	if p, ok := listValue[*model.ProcedureLine](&s.listing); ok {
		from = p.Standard.ID
	} else if t, ok := listValue[topicRow](&s.listing); ok {
		from = t.topic
	} else {
		return cmds
	}
	return append(cmds, kit.Command{ID: "mirror.improve", Keys: []string{"enter"}, Group: "change", Footer: 100, Moves: true,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindImproveFrom, Arg: from}) }})
}

// rankedLine is a row of a ranking: what, a bar, how often, how many customers.
func (e *Env) rankedLine(label string, n, most, customers int64, w int) string {
	widths := []int{max(min(w/4, 24), 10), 0, 6, 14}
	widths[1] = max(w-widths[0]-widths[2]-widths[3]-6, 4)
	return kit.Columns([]string{label, kit.Bar(e.Theme, float64(n), float64(most), widths[1]), e.Text.Int(int(n)),
		e.Text.N("thermometer.customers", int(customers))}, widths)
}
