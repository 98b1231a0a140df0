package screen

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// thermometer shows how the desk does: each measure on a row with its months,
// and the one under the cursor drawn in full.
type thermometer struct {
	listing
	months int
	topic  string // "" for all
}

// periods are the lengths in months that one goes through.
var periods = []int{3, 6, 12, 24}

// gaugeRow is a measure on the page, topicRow a topic.
type (
	gaugeRow struct{ gauge model.Gauge }
	topicRow struct{ topic string }
)

func newThermometer(env *Env) kit.Screen {
	s := &thermometer{months: 12}
	s.listing = newListing(env, listSpec{
		title: env.T("thermometer.title"),
		empty: []string{env.T("thermometer.empty"), env.T("thermometer.empty.next")},
		work:  s.work, own: s.own,
	})
	return s
}

// Title is the screen's name.
func (s *thermometer) Title() string {
	if s.topic != "" {
		return s.env.T("thermometer.title.topic", "Topic", s.env.Say.Topic(s.topic))
	}
	return s.env.T("thermometer.title")
}

// Update takes a message.
func (s *thermometer) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *thermometer) work() listWork {
	e, req := s.env, model.ThermometerRequest{Months: s.months, Topic: s.topic}
	return func(ctx context.Context, progress func(done, total int)) (listContent, error) {
		t, err := e.Desk.Thermometer(ctx, req, progress)
		if err != nil {
			return listContent{}, err
		}
		return e.thermometerPage(&t), nil
	}
}

func (s *thermometer) own() []kit.Command {
	cmds := []kit.Command{
		{ID: "thermometer.months", Keys: []string{"m"}, Group: "look", Footer: 90, Run: s.period},
		{ID: "thermometer.silent", Keys: []string{"s"}, Group: "go", Footer: 80, Moves: true,
			Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindSilent}) }},
	}
	if s.topic != "" {
		cmds = append(cmds, kit.Command{ID: "thermometer.all", Keys: []string{"esc"}, Group: "look", Footer: 95,
			Run: func() tea.Cmd { return s.only("") }})
	}
	if g, ok := listValue[gaugeRow](&s.listing); ok && g.gauge.ID == "mark" {
		cmds = append(cmds, kit.Command{ID: "thermometer.voices", Keys: []string{"enter"}, Group: "go", Footer: 100, Moves: true,
			Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindVoices}) }})
	}
	if t, ok := listValue[topicRow](&s.listing); ok && s.topic == "" && t.topic != "" {
		cmds = append(cmds, kit.Command{ID: "thermometer.topic", Keys: []string{"enter"}, Group: "look", Footer: 100,
			Run: func() tea.Cmd { return s.only(t.topic) }})
	}
	return cmds
}

// only shows one topic alone, "" all of them.
func (s *thermometer) only(topic string) tea.Cmd {
	s.topic = topic
	return s.reread()
}

// period goes to the next length.
func (s *thermometer) period() tea.Cmd {
	next := periods[0]
	for i, n := range periods {
		if n == s.months {
			next = periods[(i+1)%len(periods)]
		}
	}
	s.months = next
	return s.reread()
}

// thermometerPage makes the page: what is measured, then topics.
func (e *Env) thermometerPage(t *model.Thermometer) listContent {
	if t.Total.Zero() {
		return listContent{}
	}
	contacts := e.Text.N("thermometer.contacts", int(t.Total[model.CountContacts]))
	c := listContent{
		right:   e.Text.N("thermometer.behind", int(t.Behind[model.CountContacts]), "Contacts", contacts),
		head:    func(w int) []string { return e.thermometerHead(t, w) },
		columns: func(w int) string { return e.gaugeColumns(w, len(t.Months)) },
	}
	gauges := listSection{heading: e.T("thermometer.section.gauges")}
	for _, g := range model.Gauges() {
		gauges.rows = append(gauges.rows, listRow{key: "gauge/" + g.ID, value: gaugeRow{g},
			draw:   func(w int) string { return e.gaugeLine(t, &g, w) },
			detail: func(w int) []string { return e.gaugeDetail(t, &g, w) }})
	}
	topics := listSection{heading: e.T("thermometer.section.topics")}
	for i := range t.Topics {
		topic := &t.Topics[i]
		if topic.Tally[model.CountContacts] == 0 {
			continue
		}
		topics.rows = append(topics.rows, listRow{key: "topic/" + topic.Key, value: topicRow{topic.Key},
			draw:   func(w int) string { return e.topicLine(topic, w) },
			detail: func(w int) []string { return e.topicDetail(topic, w) }})
	}
	c.sections = append(c.sections, gauges, e.annoyances(t), topics)
	return c
}

// annoyances ranks the topics that customers named.
func (e *Env) annoyances(t *model.Thermometer) listSection {
	out := listSection{heading: e.T("thermometer.section.annoyances")}
	all := ranked(t.Topics, model.CountAnnoyances)
	for _, topic := range all {
		n, most := topic.Tally[model.CountAnnoyances], all[0].Tally[model.CountAnnoyances]
		out.rows = append(out.rows, listRow{key: "annoys/" + topic.Key, value: topicRow{topic.Key},
			draw: func(w int) string {
				return e.rankedLine(e.Say.Topic(topic.Key), n, most, topic.Behind[model.CountAnnoyances], w)
			},
			detail: func(w int) []string { return e.topicDetail(topic, w) }})
	}
	return out
}

// ranked gives the topics that have any of a count, most first.
func ranked(all []model.TopicTally, by model.Count) []*model.TopicTally {
	var out []*model.TopicTally
	for i := range all {
		if all[i].Tally[by] == 0 {
			continue
		}
		at := len(out)
		for at > 0 && out[at-1].Tally[by] < all[i].Tally[by] {
			at--
		}
		out = append(out, nil)
		copy(out[at+1:], out[at:])
		out[at] = &all[i]
	}
	return out
}

// monthLabel names a month of the thermometer.
func (e *Env) monthLabel(m model.Month) string {
	t := model.Day(string(m) + "-01").Time(time.UTC)
	if t.IsZero() {
		return ""
	}
	return e.Text.MonthName(t.Month())
}
