package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// voicesMonths is how far back open answers are shown, voicesMost how many.
const (
	voicesMonths = 24
	voicesMost   = 500
)

// voices shows what customers said when asked for a mark: the mark is nothing
// without the two open answers beside it.
type voices struct{ listing }

func newVoices(env *Env) kit.Screen {
	s := &voices{}
	s.listing = newListing(env, listSpec{title: env.T("voices.title"),
		empty: []string{env.T("voices.empty"), env.T("silent.empty.next")}, load: s.load, own: s.own})
	return s
}

// Title is the screen's name.
func (s *voices) Title() string { return s.env.T("voices.title") }

// Update takes a message.
func (s *voices) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *voices) load() listLoad {
	e := s.env
	return func() (listContent, error) {
		all, err := e.Desk.Voices(e.Ctx, voicesMonths, voicesMost)
		if err != nil {
			return listContent{}, err
		}
		now := e.now()
		sec := listSection{}
		for i := range all {
			l := &all[i]
			mark, _ := l.Survey.Score()
			sec.rows = append(sec.rows, listRow{key: l.Survey.ID.String(), value: l,
				draw: func(w int) string {
					name := max(w/3, 10)
					date := e.Text.ShortDate(l.Survey.Day.Time(now.Location()), now)
					said := joined(" · ", strings.TrimSpace(l.Survey.Better), strings.TrimSpace(l.Survey.Describe))
					return kit.Columns([]string{date, e.Text.Int(mark), kit.Clean(clip(l.Name, w)), flat(clip(said, w*2))},
						[]int{11, 3, name, max(w-11-3-name-6, 6)})
				},
				detail: func(w int) []string { return e.voiceDetail(l, w) }})
		}
		return listContent{sections: []listSection{sec}}, nil
	}
}

func (e *Env) voiceDetail(l *model.VoiceLine, w int) []string {
	p := e.writer(w)
	mark, _ := l.Survey.Score()
	p.head(e.Text.Int(mark) + " · " + kit.Clean(clip(l.Name, 200)))
	for _, a := range []struct{ label, words string }{
		{e.T("voices.describe"), l.Survey.Describe}, {e.T("voices.better"), l.Survey.Better},
	} {
		if strings.TrimSpace(a.words) != "" {
			p.para(kit.InkMuted, 1, a.label)
			p.para(kit.InkText, 1, "“"+clip(a.words, 4000)+"”")
		}
	}
	var topics []string
	for _, t := range l.Survey.Topics {
		topics = append(topics, e.Say.Topic(t))
	}
	if len(topics) > 0 {
		p.para(kit.InkText, 1, strings.Join(topics, " · "))
	}
	return p.rows
}

func (s *voices) own() []kit.Command {
	l, ok := listValue[*model.VoiceLine](&s.listing)
	if !ok {
		return nil
	}
	return []kit.Command{{ID: "silent.open", Keys: []string{"enter"}, Group: "look", Footer: 100, Moves: true,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCustomer, Arg: l.Customer}) }}}
}
