package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// silentMonths is how far back silent customers are looked for.
const silentMonths = 12

// silent lists the customers whom service failed and who still gave a 6, 7 or 8
// (article 000): nobody hears them.
type silent struct{ listing }

func newSilent(env *Env) kit.Screen {
	s := &silent{}
	n := env.Text.Int(silentMonths)
	s.listing = newListing(env, listSpec{title: env.T("silent.title"),
		empty: []string{env.T("silent.empty", "Count", n), env.T("silent.empty.next")}, load: s.load, own: s.own})
	return s
}

// Title is the screen's name.
func (s *silent) Title() string { return s.env.T("silent.title") }

// Update takes a message.
func (s *silent) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *silent) load() listLoad {
	e := s.env
	return func() (listContent, error) {
		all, err := e.Desk.Silent(e.Ctx, silentMonths)
		if err != nil {
			return listContent{}, err
		}
		sec := listSection{}
		for i := range all {
			l := &all[i]
			sec.rows = append(sec.rows, listRow{key: l.Customer.String(), value: l,
				draw: func(w int) string {
					name := max(w*2/5, 12)
					mark, _ := l.Survey.Score()
					return kit.Columns([]string{kit.Clean(clip(l.Name, w)), e.T("silent.mark", "Mark", e.Text.Int(mark)),
						e.Text.N("silent.failed", l.Times)}, []int{name, 10, max(w-name-14, 6)})
				},
				detail: func(w int) []string { return e.silentDetail(l, w) }})
		}
		return listContent{right: e.Text.N("thermometer.customers", len(all)), sections: []listSection{sec}}, nil
	}
}

func (e *Env) silentDetail(l *model.SilentLine, w int) []string {
	p := e.writer(w)
	p.head(kit.Clean(clip(l.Name, 200)))
	now := e.now()
	mark, _ := l.Survey.Score()
	failed := time.Time{}
	if l.Failed != nil {
		failed = e.at(l.Failed.On)
	}
	p.para(kit.InkText, 1, e.T("silent.when", "Mark", e.Text.Int(mark), "Date", e.Text.ShortDate(l.Survey.Day.Time(now.Location()), now),
		"Failed", e.Text.ShortDate(failed, now)))
	if l.Failed != nil && l.Failed.Story != "" {
		p.para(kit.InkMuted, 1, "“"+clip(l.Failed.Story, 600)+"”")
	}
	for _, words := range []string{l.Survey.Describe, l.Survey.Better} {
		if words != "" {
			p.para(kit.InkText, 1, "“"+clip(words, 600)+"”")
		}
	}
	return p.rows
}

func (s *silent) own() []kit.Command {
	l, ok := listValue[*model.SilentLine](&s.listing)
	if !ok {
		return nil
	}
	return []kit.Command{{ID: "silent.open", Keys: []string{"enter"}, Group: "look", Footer: 100, Moves: true,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCustomer, Arg: l.Customer}) }}}
}
