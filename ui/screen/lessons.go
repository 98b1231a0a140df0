package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// NewLesson is the argument of [KindLessons] that adds a lesson of a customer.
type NewLesson struct {
	Customer model.ID
	Name     string
}

// lessons lists what demanding customers taught us, newest first.
type lessons struct {
	listing
	start *NewLesson // a form to open at once
}

func newLessons(env *Env, start *NewLesson) kit.Screen {
	s := &lessons{start: start}
	s.listing = newListing(env, listSpec{
		title: env.T("lessons.title"),
		empty: []string{env.T("lessons.empty"), env.T("lessons.empty.next")},
		load:  s.load,
		own:   s.own,
	})
	return s
}

// Title is the screen's name.
func (s *lessons) Title() string { return s.env.T("lessons.title") }

// Init reads the page, and opens the form that was asked for.
func (s *lessons) Init() tea.Cmd {
	cmd := s.listing.Init()
	if s.start == nil {
		return cmd
	}
	return tea.Batch(cmd, s.add(*s.start))
}

// Update takes a message.
func (s *lessons) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	if m, ok := msg.(done); ok {
		return s, s.env.report(m.receipt)
	}
	return s, s.update(msg)
}

func (s *lessons) load() listLoad {
	e := s.env
	return func() (listContent, error) {
		all, err := e.Desk.Lessons()
		if err != nil {
			return listContent{}, err
		}
		rows := make([]listRow, 0, len(all))
		for _, l := range all {
			rows = append(rows, e.lessonRow(l))
		}
		return listContent{right: e.Text.N("lessons.count", len(rows)), sections: []listSection{{rows: rows}}}, nil
	}
}

func (e *Env) lessonRow(l model.LessonLine) listRow {
	n := l.Lesson
	return listRow{key: n.ID.String(), value: l,
		draw: func(w int) string {
			nw := min(max(w/4, 14), 26)
			return kit.Columns([]string{e.Text.ShortDate(e.at(n.At), e.now()), kit.Cell(flat(clip(n.Words, w)), max(w-7-nw-4, 10)), kit.Cell(l.Name, nw)},
				[]int{7, max(w-7-nw-4, 10), nw})
		},
		detail: func(w int) []string {
			p := e.writer(w)
			p.para(kit.InkText, 1, clip(n.Words, w*40))
			p.gap()
			topic := ""
			if n.Topic != "" {
				topic = e.Say.Topic(n.Topic)
			}
			p.para(kit.InkMuted, 1, joined(" · ", kit.Clean(clip(l.Name, 60)), topic, kit.Clean(clip(l.By, 40)), e.date(n.At)))
			return p.rows
		}}
}

func (s *lessons) own() []kit.Command {
	e := s.env
	l, ok := listValue[model.LessonLine](&s.listing)
	if !ok {
		return nil
	}
	return []kit.Command{
		{ID: "lessons.customer", Keys: []string{"enter", "right"}, Group: "look", Footer: 100, Moves: true,
			Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCustomer, Arg: l.Lesson.Customer}) }},
		{ID: "lessons.remove", Keys: []string{"d"}, Group: "change", Footer: 70, WhyNot: func() string { return e.whyNotLesson(l.Lesson) }, Run: func() tea.Cmd {
			return e.do("lesson", model.RemoveLesson{Customer: l.Lesson.Customer, Lesson: l.Lesson.ID})
		}},
	}
}

// whyNotLesson lets one remove one's own lessons, and a lead any.
func (e *Env) whyNotLesson(l *model.Lesson) string {
	if !e.Me.Actor.Is(l.By) && e.Me.Role < model.RoleLead {
		return e.T("lessons.why.others")
	}
	return ""
}

// add opens the form of a lesson; saved or left, it goes back to the customer.
func (s *lessons) add(of NewLesson) tea.Cmd {
	e := s.env
	return s.form(formSpec{
		id: "lesson", subject: of.Customer.String(), title: e.T("lessons.add.title", "Customer", inWords(of.Name)),
		head: []string{e.T("lessons.add.head")},
		fields: []kit.Field{
			{ID: "words", Label: e.T("lessons.field.words"), Kind: kit.AreaField, Lines: 3, Required: true},
			{ID: "topic", Label: e.T("improve.topic"), Kind: kit.ChoiceField, Options: e.topics()},
		},
		about: improveErrors(), check: []string{"words"}, warn: e.noteCheck,
		act: func(v map[string]string) ([]model.Action, error) {
			return []model.Action{model.AddLesson{Customer: of.Customer, Words: v["words"], Topic: v["topic"]}}, nil
		},
		then: func(r model.Receipt) tea.Cmd {
			s.seek(r.Made.String())
			return kit.Send(kit.Back{})
		},
	})
}
