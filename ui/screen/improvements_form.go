package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// improveStart is what a new improvement begins with.
type improveStart struct {
	from       ImproveFrom
	title      string
	cause      string
	owner      model.ID
	assessment model.ID
	hurt       []model.ID
	name       string // of the one customer hurt
}

// improvePrepared brings what forms need.
type improvePrepared struct {
	people []*model.Person
	start  *improveStart // of the form that is to open; nil for none
	err    error
}

// prepare reads the people, and for a form that is to open what it begins with.
func (s *improvements) prepare() tea.Cmd {
	e, from := s.env, s.from
	return func() tea.Msg {
		all, err := e.Desk.People()
		if err != nil || from == nil {
			return improvePrepared{people: active(all), err: err}
		}
		start, err := e.improveStart(*from)
		return improvePrepared{people: active(all), start: start, err: err}
	}
}

// improveStart finds what an improvement begins with: what a verdict asks for,
// or what a procedure or topic of ours did to which customers.
func (e *Env) improveStart(from ImproveFrom) (*improveStart, error) {
	out := &improveStart{from: from, title: from.Title}
	if from.Customer != model.NoID {
		d, err := e.Desk.Customer(from.Customer)
		if err != nil {
			return nil, err
		}
		out.hurt, out.name = []model.ID{from.Customer}, d.Customer.Name
		if a := d.Settled(); a != nil && a.Verdict == model.VerdictImprove {
			out.title, out.cause, out.owner, out.assessment = firstLine(a.Next.What), a.Next.Cause, a.Next.Who, a.ID
		}
		return out, nil
	}
	if from.Standard != model.NoID && out.title == "" {
		all, err := e.Desk.Standards()
		if err != nil {
			return nil, err
		}
		for _, l := range all {
			if l.Standard.ID == from.Standard {
				out.title = l.Standard.Name
			}
		}
	}
	if from.Standard == model.NoID && from.Topic == "" {
		return out, nil
	}
	var err error
	out.hurt, err = e.Desk.HurtBy(from.Standard, from.Topic)
	return out, err
}

// firstLine cuts a text to what fits a title.
func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if r := []rune(s); len(r) > model.MaxTitle {
		s = string(r[:model.MaxTitle])
	}
	return s
}

// prepared opens the form that waited, and hands over the keys that were held.
func (s *improvements) prepared(m improvePrepared) tea.Cmd {
	if m.err != nil {
		s.from, s.held = nil, nil
		return kit.Fail(m.err)
	}
	s.people = m.people
	if m.start == nil || s.from == nil {
		return nil
	}
	s.from = nil
	cmds := []tea.Cmd{s.add(*m.start)}
	for _, msg := range s.held {
		cmds = append(cmds, s.update(msg))
	}
	s.held = nil
	return tea.Batch(cmds...)
}

// improveErrors names the field that each refusal is about.
func improveErrors() map[string]string {
	return map[string]string{"error.topic.unknown": "topic", "error.person.unknown": "owner", "error.reason": "reason"}
}

// improvementForm are the fields of an improvement.
func (e *Env) improvementForm(people []*model.Person) []kit.Field {
	return []kit.Field{
		{ID: "title", Label: e.T("improve.field.title"), Required: true, Limit: model.MaxTitle},
		{ID: "cause", Label: e.T("improve.cause"), Kind: kit.AreaField, Lines: 2},
		step{env: e, people: people}.person("owner", "improve.col.owner"),
		{ID: "reach", Label: e.T("improve.reach"), Kind: kit.AreaField, Lines: 2},
		{ID: "by", Label: e.T("improve.col.by"), Kind: kit.DateField, Hint: e.T("improve.by.hint")},
		{ID: "topic", Label: e.T("improve.topic"), Kind: kit.ChoiceField, Options: e.topics()},
	}
}

// topics are the topics of the playbook as answers of a choice.
func (e *Env) topics() []kit.Option {
	if e.Play == nil {
		return nil
	}
	out := make([]kit.Option, 0, len(e.Play.Desk.Topics))
	for _, t := range e.Play.Desk.Topics {
		out = append(out, kit.Option{Value: t.ID, Label: e.Say.Topic(t.ID)})
	}
	return out
}

// add opens the form of a new improvement.
func (s *improvements) add(start improveStart) tea.Cmd {
	e, people := s.env, s.people
	owner := start.owner
	if owner == model.NoID {
		owner = e.Me.Actor.Person
	}
	head := []string{e.T("improve.add.head")}
	switch n := len(start.hurt); {
	case start.name != "":
		head = append(head, e.T("improve.add.one", "Customer", inWords(start.name)))
	case n > 0:
		head = append(head, e.Text.N("improve.add.hurt", n))
	}
	subject := ""
	for _, id := range []model.ID{start.from.Standard, start.from.Customer} {
		if id != model.NoID {
			subject = id.String()
		}
	}
	if subject == "" && start.from.Topic != "" {
		subject = "topic-" + start.from.Topic
	}
	fields := e.improvementForm(people)
	if len(start.hurt) > 0 && start.name == "" {
		fields = append(fields, kit.Field{ID: "all", Label: e.T("improve.field.all"), Kind: kit.ChoiceField, Required: true, Options: []kit.Option{
			{Value: "yes", Label: e.Text.N("improve.all.yes", len(start.hurt))}, {Value: "no", Label: e.T("improve.all.no")}}})
	}
	rest := start.hurt[min(len(start.hurt), model.MaxHurtAtOnce):]
	add, linking := model.AddImprovement{}, false
	return s.form(formSpec{
		id: "improve", subject: subject, title: e.T("improve.add.title"), head: head, fields: fields,
		values: map[string]string{"title": start.title, "cause": start.cause, "owner": e.personValue(owner, people),
			"topic": start.from.Topic, "all": "yes"},
		about: improveErrors(), check: []string{"cause"}, warn: e.noteCheck,
		act: func(v map[string]string) ([]model.Action, error) {
			add = model.AddImprovement{Title: v["title"], Cause: v["cause"], Owner: e.personOf(v["owner"], people), Reach: v["reach"],
				By: model.Day(v["by"]), Topic: v["topic"], Standard: start.from.Standard, Assessment: start.assessment}
			linking = v["all"] != "no"
			if linking {
				add.Hurt = start.hurt[:len(start.hurt)-len(rest)]
			}
			return []model.Action{add}, nil
		},
		then: func(r model.Receipt) tea.Cmd {
			s.seek(r.Made.String())
			if !linking {
				return nil
			}
			return e.linkAll(r.Made, rest)
		},
	})
}

// linkAll links the customers that were too many for one action, as one change
// of its own.
func (e *Env) linkAll(improvement model.ID, customers []model.ID) tea.Cmd {
	if len(customers) == 0 {
		return nil
	}
	actions := make([]model.Action, 0, len(customers))
	for _, id := range customers {
		actions = append(actions, model.LinkHurt{Improvement: improvement, Customer: id})
	}
	return func() tea.Msg {
		r, err := e.Desk.DoAll(e.Ctx, actions)
		if err != nil {
			return kit.Failed{Err: err}
		}
		return tea.BatchMsg{e.report(r)}
	}
}

// editImprovement is the form that changes an improvement.
func (e *Env) editImprovement(i *model.Improvement, people []*model.Person) formSpec {
	was := model.ImprovementValues(i)
	values := model.ImprovementValues(i)
	values["owner"] = e.personValue(i.Owner, people)
	return formSpec{
		id: "improve", subject: i.ID.String(), title: e.T("improve.edit.title"), fields: e.improvementForm(people), values: values,
		was: was, shown: func(id, v string) string {
			if who, ok := model.ParseID(v); ok && id == "owner" {
				return e.personValue(who, people)
			}
			return v
		},
		about: improveErrors(), check: []string{"cause"}, warn: e.noteCheck,
		act: func(v map[string]string) ([]model.Action, error) {
			if id := e.personOf(v["owner"], people); id != model.NoID {
				v["owner"] = id.String()
			}
			w, n := model.Diff(was, v)
			if len(n) == 0 {
				return nil, nil
			}
			return []model.Action{model.EditImprovement{ID: i.ID, Was: w, Now: n}}, nil
		},
	}
}

// endImprovement is the form that says that an improvement is done, or that it
// will not be.
func (e *Env) endImprovement(l model.ImprovementLine, to model.ImprovementState) formSpec {
	i := l.Improvement
	spec := formSpec{
		id: "improve-" + string(to), subject: i.ID.String(), about: improveErrors(), check: []string{"reason"}, warn: e.noteCheck,
		head:   []string{paintWords(e.Theme, kit.InkAccent, kit.Clean(i.Title))},
		title:  e.T("improve.drop.title"),
		fields: []kit.Field{{ID: "reason", Label: e.T("improve.field.why"), Kind: kit.AreaField, Lines: 2, Required: true}},
		act: func(v map[string]string) ([]model.Action, error) {
			return []model.Action{model.EndImprovement{ID: i.ID, State: to, Reason: v["reason"], Reach: v["reach"]}}, nil
		},
	}
	if to == model.ImprovementDropped {
		return spec
	}
	spec.title = e.T("improve.done.title")
	if l.Hurt > 0 {
		spec.head = append(spec.head, e.Text.N("improve.done.head", l.Hurt))
	}
	spec.fields = []kit.Field{
		{ID: "reason", Label: e.T("improve.field.what"), Kind: kit.AreaField, Lines: 2, Required: true},
		{ID: "reach", Label: e.T("improve.reach"), Kind: kit.AreaField, Lines: 2, Required: true},
	}
	spec.values = map[string]string{"reach": i.Reach}
	return spec
}

// personValue is how a form of people shows one: by id where they are chosen,
// by name where a name is typed.
func (e *Env) personValue(id model.ID, people []*model.Person) string {
	if len(people) > manyPeople {
		for _, p := range people {
			if p.ID == id {
				return p.Name
			}
		}
	}
	return id.String()
}

// personOf finds who is meant by the value of a form; [model.NoID] for nobody.
func (e *Env) personOf(v string, people []*model.Person) model.ID {
	if p := (step{env: e, people: people}).find(v); p != nil {
		return p.ID
	}
	return model.NoID
}
