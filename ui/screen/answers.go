package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// answers lists the answers at hand, the questions without one on top.
type answers struct {
	listing
	topic string // "" for all
}

func newAnswers(env *Env, topic string) kit.Screen {
	s := &answers{topic: topic}
	s.listing = newListing(env, listSpec{
		title: env.T("answers.title"),
		empty: []string{env.T("answers.empty"), env.T("answers.empty.next")},
		load:  s.load,
		own:   s.own,
	})
	return s
}

// Title is the screen's name.
func (s *answers) Title() string { return s.env.T("answers.title") }

// Update takes a message.
func (s *answers) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *answers) load() listLoad {
	e, topic := s.env, s.topic
	return func() (listContent, error) {
		all, err := e.Desk.Answers(topic)
		if err != nil {
			return listContent{}, err
		}
		missing := listSection{heading: e.T("answers.missing"), count: e.Text.Int(len(all.Missing))}
		for _, m := range all.Missing {
			missing.rows = append(missing.rows, e.missingRow(m))
		}
		out := listContent{right: e.Text.N("answers.count", len(all.Lines)), columns: e.answerColumns, sections: []listSection{missing}}
		if topic != "" {
			out.right = e.Say.Topic(topic) + " · " + out.right
			out.empty = []string{e.T("answers.empty.topic", "Topic", e.Say.Topic(topic)), e.T("answers.empty.next")}
		}
		place := map[string]int{}
		for _, l := range all.Lines {
			n, ok := place[l.Answer.Topic]
			if !ok {
				n = len(out.sections)
				place[l.Answer.Topic] = n
				out.sections = append(out.sections, listSection{heading: strings.ToUpper(e.Say.Topic(l.Answer.Topic))})
			}
			out.sections[n].rows = append(out.sections[n].rows, e.answerRow(l))
			out.sections[n].count = e.Text.Int(len(out.sections[n].rows))
		}
		return out, nil
	}
}

// answerWidths are the columns: the question, then how often or by whom.
func answerWidths(w int) []int { return []int{max(w-26, 16), 24} }

func (e *Env) answerColumns(w int) string {
	return kit.Columns([]string{e.T("answers.col.question"), e.T("answers.col.used")}, answerWidths(w))
}

func (e *Env) answerRow(l model.AnswerLine) listRow {
	a := l.Answer
	return listRow{key: a.ID.String(), value: l,
		draw: func(w int) string {
			ws := answerWidths(w)
			used := e.T("answers.unused")
			if l.Used > 0 {
				used = e.Text.N("answers.used", l.Used)
			}
			return kit.Columns([]string{kit.Cell(a.Question, ws[0]), used}, ws)
		},
		detail: func(w int) []string {
			p := e.writer(w)
			p.para(kit.InkAccent, 1, a.Question)
			p.gap()
			p.para(kit.InkText, 1, clip(a.Words, w*40))
			return p.rows
		}}
}

func (e *Env) missingRow(m model.MissingLine) listRow {
	return listRow{key: "missing/" + m.Topic + "/" + model.FoldWords(m.Words), value: m,
		draw: func(w int) string {
			ws := answerWidths(w)
			return kit.Columns([]string{kit.Cell("? "+flat(clip(m.Words, ws[0])), ws[0]), kit.Cell(e.Say.Topic(m.Topic), ws[1])}, ws)
		},
		detail: func(w int) []string {
			p := e.writer(w)
			p.para(kit.InkAccent, 1, clip(m.Words, w*20))
			p.gap()
			p.para(kit.InkMuted, 1, e.T("answers.missing.from", "Customer", inWords(m.Name), "Date", e.date(m.On), "Topic", e.Say.Topic(m.Topic)))
			p.para(kit.InkText, 1, e.T("answers.missing.next"))
			return p.rows
		}}
}

func (s *answers) own() []kit.Command {
	e := s.env
	cmds := []kit.Command{{ID: "answers.add", Keys: []string{"n"}, Group: "change", Footer: 90, Run: func() tea.Cmd {
		return s.save(nil, model.MissingLine{Topic: s.topic})
	}}}
	if s.topic != "" {
		cmds = append(cmds, kit.Command{ID: "answers.all", Keys: []string{"a"}, Group: "look", Footer: 60, Run: func() tea.Cmd {
			s.topic = ""
			return s.reread()
		}})
	}
	if m, ok := listValue[model.MissingLine](&s.listing); ok {
		return append(cmds,
			kit.Command{ID: "answers.write", Keys: []string{"enter", "w"}, Group: "change", Footer: 100, Run: func() tea.Cmd { return s.save(nil, m) }},
			kit.Command{ID: "answers.same", Keys: []string{"="}, Group: "change", Footer: 80, WhyNot: s.whyNoSame(m), Run: func() tea.Cmd { return s.same(m) }},
			kit.Command{ID: "answers.customer", Keys: []string{"c"}, Group: "look", Footer: 50, Moves: true,
				Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCustomer, Arg: m.Customer}) }})
	}
	l, ok := listValue[model.AnswerLine](&s.listing)
	if !ok {
		return cmds
	}
	return append(cmds,
		kit.Command{ID: "answers.edit", Keys: []string{"enter", "e"}, Group: "change", Footer: 100, Run: func() tea.Cmd {
			return s.save(l.Answer, model.MissingLine{})
		}},
		kit.Command{ID: "answers.retire", Keys: []string{"d"}, Group: "change", Footer: 70, WhyNot: func() string {
			if err := model.MayDo(e.Me.Role, model.ActRetireAnswer); err != nil {
				return e.Say.Error(err)
			}
			return ""
		}, Run: func() tea.Cmd {
			return s.ask(e.T("answers.retire.ask"), false, func(line string) model.Action {
				return model.RetireAnswer{ID: l.Answer.ID, Reason: line}
			})
		}})
}

// save opens the form of an answer: of one there is, or of a new one to a
// question that had none.
func (s *answers) save(a *model.ReadyAnswer, m model.MissingLine) tea.Cmd {
	e := s.env
	spec := formSpec{
		id: "answer", title: e.T("answers.add.title"), head: []string{e.T("answers.head")},
		fields: []kit.Field{
			{ID: "question", Label: e.T("answers.field.question"), Required: true, Limit: model.MaxQuestion},
			{ID: "words", Label: e.T("answers.field.words"), Kind: kit.AreaField, Lines: 4, Required: true},
			{ID: "topic", Label: e.T("improve.topic"), Kind: kit.ChoiceField, Required: true, Options: e.topics()},
		},
		values: map[string]string{"topic": m.Topic, "question": firstWords(m.Words, model.MaxQuestion)},
		about:  improveErrors(), check: []string{"question", "words"}, warn: e.noteCheck,
		then: func(r model.Receipt) tea.Cmd { s.seek(r.Made.String()); return nil },
	}
	var id model.ID
	var was map[string]string
	switch {
	case a != nil:
		id, was = a.ID, model.AnswerValues(a)
		spec.was = was
		spec.title, spec.subject, spec.values = e.T("answers.edit.title"), a.ID.String(), model.AnswerValues(a)
	case m.Words != "":
		spec.subject = "missing-" + m.Customer.String()
		spec.head = []string{e.T("answers.missing.from", "Customer", inWords(m.Name), "Date", e.date(m.On), "Topic", e.Say.Topic(m.Topic))}
	}
	spec.act = func(v map[string]string) ([]model.Action, error) {
		if w, _ := model.Diff(was, v); was != nil && len(w) == 0 {
			return nil, nil
		}
		return []model.Action{model.SaveAnswer{ID: id, Topic: v["topic"], Question: v["question"], Words: v["words"], Was: was, Asked: m.Words}}, nil
	}
	return s.form(spec)
}

// firstWords is the beginning of a text on one line, of at most n signs.
func firstWords(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	return string(r[:min(len(r), n)])
}

// ofTopic gives the answers that are shown of a topic, as many as can be chosen
// from.
func (s *answers) ofTopic(topic string) []*model.ReadyAnswer {
	var out []*model.ReadyAnswer
	for i := range s.content.sections {
		for _, r := range s.content.sections[i].rows {
			if l, ok := r.value.(model.AnswerLine); ok && l.Answer.Topic == topic && len(out) < 9 {
				out = append(out, l.Answer)
			}
		}
	}
	return out
}

func (s *answers) whyNoSame(m model.MissingLine) func() string {
	return func() string {
		if len(s.ofTopic(m.Topic)) == 0 {
			return s.env.T("answers.why.same")
		}
		return ""
	}
}

// same says that a question is one that has an answer already.
func (s *answers) same(m model.MissingLine) tea.Cmd {
	e := s.env
	of := s.ofTopic(m.Topic)
	options := make([]kit.Option, 0, len(of))
	for _, a := range of {
		options = append(options, kit.Option{Value: a.ID.String(), Label: flat(a.Question)})
	}
	o := &overlay{choose: kit.NewChoose(e.Theme, e.T("answers.same.ask", "Words", firstWords(m.Words, 60)), options), saveID: "ask.go"}
	o.accept = func() tea.Cmd {
		for _, a := range of {
			if a.ID.String() == o.choose.Chosen() {
				return o.do(model.SaveAnswer{ID: a.ID, Topic: a.Topic, Question: a.Question, Words: a.Words, Was: model.AnswerValues(a), Asked: m.Words})
			}
		}
		return nil
	}
	return s.show(o)
}
