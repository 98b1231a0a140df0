package screen

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// timeline lists the contacts of a customer, the newest first. It reads the page
// in sight and no more, so that ten thousand are as quick as ten.
type timeline struct {
	formStage
	customer model.ID
	w, h     int
	list     *kit.List[*model.Contact]
	gate     gate
	people   map[model.ID]string
	name     string
	total    int
	ended    bool // the customer is gone
	failed   bool
	cut      bool // the detail was not seen in full
	full     bool // the detail has the page
	sheet    sheet
}

// timelinePage is the answer to a request of the list.
type timelinePage struct {
	req  kit.Request
	page model.ContactPage
	name string
	err  error
}

func newTimeline(env *Env, customer model.ID) kit.Screen {
	return &timeline{formStage: newFormStage(env), customer: customer, list: kit.NewList[*model.Contact](), people: map[model.ID]string{}}
}

// Init waits: the size comes first.
func (s *timeline) Init() tea.Cmd { return nil }

// Title is the screen's name.
func (s *timeline) Title() string { return s.env.T("contacts.title") }

// Typing tells whether a form, field or panel has the keys.
func (s *timeline) Typing() bool { return s.open() }

// Update takes a message.
func (s *timeline) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case kit.Resized:
		s.w, s.h = msg.W, msg.H
		return s, s.sync()
	case kit.Changed, kit.Resumed:
		s.list.Reload()
		return s, s.sync()
	case timelinePage:
		return s, s.filled(msg)
	}
	cmd, _ := s.hear(msg)
	return s, cmd
}

func (s *timeline) filled(a timelinePage) tea.Cmd {
	if a.err != nil {
		s.list.Drop(a.req)
		if s.ended = model.KindOf(a.err) == model.KindNotFound; s.ended {
			return nil // the page says so
		}
		s.failed = true
		return kit.Fail(a.err)
	}
	s.failed, s.ended = false, false
	for id, name := range a.page.People {
		s.people[id] = name
	}
	if a.name != "" {
		s.name, s.total = a.name, a.page.Total
	}
	on := s.list.Key()
	s.list.Fill(a.req, a.page.Contacts, a.page.Places, a.page.More)
	s.full = s.full && s.list.Key() == on // another one takes no page over
	return s.sync()
}

// sync asks for the rows that are missing.
func (s *timeline) sync() tea.Cmd {
	if s.h == 0 {
		return nil
	}
	if req, ok := s.list.Need(s.lines(s.w, s.h)); ok {
		return s.load(req)
	}
	return nil
}

// load reads a page. The book reads in two directions from a place; around one
// takes both. The first page and a reading anew bring the count and the name.
func (s *timeline) load(req kit.Request) tea.Cmd {
	desk, of := s.env.Desk, s.customer
	turn := s.gate.next()
	return func() tea.Msg {
		if !s.gate.enter(turn) {
			return nil
		}
		defer s.gate.leave()
		a := timelinePage{req: req}
		if req.Dir != kit.After && req.Dir != kit.Before {
			row, err := desk.Resolve(of.String())
			if err != nil {
				a.err = err
				return a
			}
			a.name = row.Name
		}
		a.page, a.err = readTimeline(desk, of, req)
		return a
	}
}

// contactReader is the part of the desk that reads timelines.
type contactReader interface {
	Contacts(customer model.ID, from string, n int) (model.ContactPage, error)
}

func readTimeline(desk contactReader, of model.ID, req kit.Request) (model.ContactPage, error) {
	switch req.Dir {
	case kit.First:
		return desk.Contacts(of, "", req.N)
	case kit.Last:
		return desk.Contacts(of, "", -req.N)
	case kit.After:
		return desk.Contacts(of, req.Key, req.N)
	case kit.Before:
		return desk.Contacts(of, req.Key, -req.N)
	case kit.Around:
	}
	// The count comes with a page that has no place: one row is enough.
	count, err := desk.Contacts(of, "", 1)
	if err != nil || count.Total == 0 {
		return count, err
	}
	half := max(req.N/2, 1)
	newer, err := desk.Contacts(of, req.Key, -half)
	if err != nil {
		return newer, err
	}
	// From the one just before the place on: so the place itself is read, if it
	// is still there.
	from := ""
	if n := len(newer.Places); n > 0 {
		from = newer.Places[n-1]
	}
	older, err := desk.Contacts(of, from, half+1)
	if err != nil {
		return older, err
	}
	older.Contacts = slices.Concat(newer.Contacts, older.Contacts)
	older.Places = slices.Concat(newer.Places, older.Places)
	for id, name := range newer.People {
		older.People[id] = name
	}
	older.Total = count.Total
	return older, nil
}

// Closing keeps what is filled in.
func (s *timeline) Closing() tea.Cmd { return s.keepOpen() }

// Cursor is the place of the terminal's cursor.
func (s *timeline) Cursor() (x, y int, ok bool) { return s.cursor(s.h) }

// Commands are what a person can do here.
func (s *timeline) Commands() []kit.Command { return s.commands(s.own) }

func (s *timeline) own() []kit.Command {
	do := func(f func()) tea.Cmd { f(); return s.sync() }
	if s.full {
		by := func(f func(int)) func(int) tea.Cmd { return func(n int) tea.Cmd { f(n); return nil } }
		return append(movement(by(s.sheet.move), by(s.sheet.page), func() tea.Cmd { return do(s.sheet.first) }, func() tea.Cmd { return do(s.sheet.last) }),
			kit.Command{ID: "listing.close", Keys: []string{"esc", "v", "q"}, Group: "go", Footer: 95, Run: func() tea.Cmd { s.full = false; return nil }})
	}
	cmds := []kit.Command{
		{ID: "customer.log", Keys: []string{"c"}, Group: "change", Footer: 95, WhyNot: s.whyGone, Run: func() tea.Cmd {
			p := newLog(s.env, s.name, s.customer)
			s.low.show(p)
			return p.load()
		}},
		{ID: "contact.edit", Keys: []string{"e"}, Group: "change", Footer: 90, WhyNot: s.whyNot, Run: s.edit},
		{ID: "contact.withdraw", Keys: []string{"d"}, Group: "change", Footer: 85, WhyNot: s.whyNot, Run: func() tea.Cmd {
			c, _ := s.list.Selected()
			return s.ask(s.env.T("contacts.withdraw.ask"), true, func(line string) model.Action {
				return model.WithdrawContact{Customer: c.Customer, Contact: c.ID, Reason: line}
			})
		}},
	}
	if s.cut {
		cmds = append(cmds, kit.Command{ID: "listing.detail", Keys: []string{"v"}, Group: "look", Footer: 60,
			Run: func() tea.Cmd { s.full, s.sheet = true, sheet{}; return nil }})
	}
	return append(cmds, movement(
		func(n int) tea.Cmd { return do(func() { s.list.Move(n) }) },
		func(n int) tea.Cmd { return do(func() { s.list.Page(n) }) },
		func() tea.Cmd { return do(s.list.Home) },
		func() tea.Cmd { return do(s.list.End) })...)
}

func (s *timeline) whyGone() string {
	if s.ended || !s.list.Loaded() {
		return s.env.T("customer.gone")
	}
	return ""
}

func (s *timeline) whyNot() string {
	c, ok := s.list.Selected()
	if !ok {
		return s.env.T("contacts.why.none")
	}
	return s.env.whyNotOwnContact(c)
}

// edit opens a form on the contact under the cursor. What a colleague changes
// meanwhile in another field stays.
func (s *timeline) edit() tea.Cmd {
	c, _ := s.list.Selected()
	e, loc := s.env, s.env.now().Location()
	was := model.ContactValues(c, loc)
	fields := make([]kit.Field, 0, len(was))
	for _, f := range model.ContactFields() {
		fields = append(fields, e.contactField(f.ID))
	}
	return s.form(formSpec{
		id: "contact", subject: c.ID.String(), title: e.T("contacts.edit.title"), fields: fields, values: was, was: was,
		check: []string{"contact.story", "contact.missing"}, warn: e.noteCheck,
		about: map[string]string{"error.topic.unknown": "contact.topic", "error.channel.unknown": "contact.channel",
			"error.contact.minutes": "contact.service"},
		act: func(now map[string]string) ([]model.Action, error) {
			w, n := model.Diff(was, now)
			if len(n) == 0 {
				return nil, nil
			}
			return []model.Action{model.EditContact{Customer: c.Customer, Contact: c.ID, Was: w, Now: n}}, nil
		},
	})
}

// contactField declares a field of a contact for a form.
func (e *Env) contactField(id string) kit.Field {
	f := kit.Field{ID: id, Label: e.Say.FieldLabel(id)}
	lang := e.Text.Lang()
	switch id {
	case "contact.story":
		f.Kind, f.Lines = kit.AreaField, 4
	case "contact.topic":
		f.Kind, f.Required = kit.ChoiceField, true
		for _, t := range e.Play.Desk.Topics {
			f.Options = append(f.Options, kit.Option{Value: t.ID, Label: kit.Clean(t.Label.In(lang))})
		}
	case "contact.channel":
		f.Kind, f.Required = kit.ChoiceField, true
		for _, c := range e.Play.Desk.Channels {
			f.Options = append(f.Options, kit.Option{Value: c.ID, Label: kit.Clean(c.Label.In(lang))})
		}
	case "contact.out", "contact.answered", "contact.failed", "contact.told_again", "contact.number_again":
		f.Kind = kit.ChoiceField
		f.Options = []kit.Option{{Value: "yes", Label: e.T("log.yes")}, {Value: "", Label: e.T("log.no")}}
	case "contact.day":
		f.Kind, f.Required = kit.DateField, true
	case "contact.missing":
		f.Kind = kit.TextField
	default:
		f.Kind, f.Limit = kit.NumberField, 6
	}
	return f
}
