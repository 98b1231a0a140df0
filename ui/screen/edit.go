package screen

import (
	"errors"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// edit is the form of a customer, to change one or to add one.
type edit struct {
	env    *Env
	id     model.ID    // model.NoID adds
	start  NewCustomer // to begin with
	w, h   int
	top    int // row in which the form begins, as it was last drawn
	form   *kit.Form
	fields []kit.Field // of the form
	people []*model.Person
	was    map[string]string // the values as the book had them when the edit began
	offer  *model.Draft
	known  bool // the book holds a draft
	busy   bool
	over   bool     // saved, or gone: nothing is kept
	warned []string // said of the words, so that saving again saves them as they are
	clash  *clash
	same   []model.Twin   // customers that the new one may be
	asked  model.Customer // the card they were asked for
}

// editLoaded brings what the form needs of the book.
type editLoaded struct {
	people []*model.Person
	detail *model.Detail // nil when adding
	draft  *model.Draft
	err    error
}

// editSaved is the outcome of saving.
type editSaved struct {
	receipt model.Receipt
	err     error
}

// editSame brings the customers that a card may mean.
type editSame struct {
	card model.Customer
	rows []model.Twin
}

func newEdit(env *Env, id model.ID, start NewCustomer) kit.Screen {
	return &edit{env: env, id: id, start: start}
}

// formID names the draft in the book.
func (s *edit) formID() string {
	if s.id == model.NoID {
		return "edit/new"
	}
	return "edit/" + s.id.String()
}

func (s *edit) Init() tea.Cmd {
	id, form := s.id, s.formID()
	return func() tea.Msg {
		var a editLoaded
		var e1, e2, e3 error
		a.people, e1 = s.env.Desk.People()
		if id != model.NoID {
			a.detail, e2 = s.env.Desk.Customer(id)
		}
		a.draft, e3 = s.env.Desk.Draft(form)
		a.err = errors.Join(e1, e2, e3)
		return a
	}
}

func (s *edit) Title() string {
	if s.id == model.NoID {
		return s.env.T("edit.title.add")
	}
	return s.env.T("edit.title")
}

// Typing is true as soon as the form is there, with a dialog over it as well:
// no key that is meant for it shall run a command of elsewhere.
func (s *edit) Typing() bool { return s.form != nil }

func (s *edit) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case kit.Resized:
		s.w, s.h = msg.W, msg.H
	case editLoaded:
		return s, s.loaded(msg)
	case editSaved:
		return s, s.saved(msg)
	case editSame:
		if msg.card == s.asked {
			s.same = msg.rows
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		return s, s.typed(msg)
	}
	return s, nil
}

func (s *edit) loaded(a editLoaded) tea.Cmd {
	if a.err != nil {
		s.over = true
		var first *model.Error
		if errors.As(a.err, &first) {
			return tea.Batch(kit.Fail(first), kit.Send(kit.Back{}))
		}
		return tea.Batch(kit.Fail(a.err), kit.Send(kit.Back{}))
	}
	s.people = a.people
	s.was = map[string]string{}
	fill := map[string]string{"kind": string(model.Private), "relation": string(model.Current)}
	if a.detail != nil {
		s.was = model.FieldValues(a.detail.Customer)
		fill = s.was
	}
	s.form = s.makeForm(s.was["owner"])
	for _, f := range model.Fields() { // so that a choice stands at "no" or "nobody"
		if f.Type == model.FieldBool || f.Type == model.FieldPerson {
			s.form.SetValues(map[string]string{f.ID: ""})
		}
	}
	s.form.SetValues(s.shown(fill))
	if n := s.start; s.id == model.NoID {
		s.form.SetValues(map[string]string{"name": n.Name, "phone": n.Phone, "email": n.Email, "postcode": n.Postcode, "houseno": n.HouseNo})
	}
	s.form.Settle()
	if a.draft != nil {
		s.offer, s.known = a.draft, true
	}
	return s.askSame()
}

// typed hands keys to the form, or to the dialog over it.
func (s *edit) typed(msg tea.Msg) tea.Cmd {
	if s.form == nil || s.busy {
		return nil
	}
	switch {
	case s.clash != nil:
		s.clash.key(msg)
		return nil
	case s.offer != nil:
		return nil // first it is taken or thrown away
	}
	switch s.form.Update(msg) {
	case kit.Left:
		return kit.Send(kit.Back{})
	case kit.Saved:
		return s.save()
	}
	return s.askSame()
}

// values are those of the form as the model takes them, empty ones left out.
func (s *edit) values() map[string]string {
	out := map[string]string{}
	for k, v := range s.form.Values() {
		if f := model.FieldByID(k); f != nil && f.Type != model.FieldLong {
			v = strings.TrimSpace(v)
		}
		if v != "" {
			out[k] = v
		}
	}
	// An amount typed without cents is the same amount.
	for _, f := range model.Fields() {
		if f.Type == model.FieldMoney && out[f.ID] != "" {
			if cents, ok := model.ParseMoney(out[f.ID]); ok {
				out[f.ID] = model.FormatMoney(cents)
			}
		}
	}
	return out
}

// warns looks at the long texts that are to be saved; true when there is
// something to say of them that was not said before.
func (s *edit) warns(values map[string]string) bool {
	var all []string
	at := ""
	for _, f := range model.Fields() {
		if f.Type != model.FieldLong {
			continue
		}
		for _, w := range s.env.noteCheck(values[f.ID]) {
			if at == "" && !slices.Contains(s.warned, w) {
				at = f.ID
			}
			all = append(all, w)
		}
	}
	s.warned = slices.Compact(all)
	s.form.FocusID(at)
	return at != ""
}

// save hands the changed fields to the book, and drops the draft.
func (s *edit) save() tea.Cmd {
	now := s.values()
	var a model.Action = model.AddCustomer{Values: now}
	diff := now
	if s.id != model.NoID {
		var was map[string]string
		was, diff = model.Diff(s.was, now)
		if len(diff) == 0 {
			s.over = true
			return tea.Batch(s.drop(), kit.Send(kit.Back{}), kit.Tell(kit.Info, s.env.T("edit.nothing")))
		}
		a = model.EditCustomer{Customer: s.id, Was: was, Now: diff}
	}
	if s.warns(diff) {
		return nil
	}
	s.busy = true
	drop := s.drop()
	return func() tea.Msg {
		r, err := s.env.Desk.Do(s.env.Ctx, a)
		if err == nil && drop != nil {
			if f, failed := drop().(kit.Failed); failed {
				err = f.Err
			}
		}
		return editSaved{receipt: r, err: err}
	}
}

func (s *edit) saved(a editSaved) tea.Cmd {
	s.busy = false
	if a.err == nil {
		s.over = true
		var next tea.Msg = kit.Back{}
		if s.id == model.NoID {
			next = kit.Replace{Kind: KindCustomer, Arg: a.receipt.Made}
		}
		return tea.Batch(kit.Send(next), s.env.report(a.receipt))
	}
	var e *model.Error
	switch {
	case errors.As(a.err, &e) && len(e.Fields) > 0:
		s.clash = newClash(s.env, s.fields, e.Fields, s.clashWords)
		return nil
	case e != nil && s.fieldOf(e) != "":
		s.form.SetError(s.fieldOf(e), s.env.Say.Error(e))
		return nil
	}
	return kit.Fail(a.err)
}

// fieldOf finds the field an error is about.
func (s *edit) fieldOf(e *model.Error) string {
	if f, ok := e.Args["Field"].(string); ok && model.FieldByID(f) != nil {
		return f
	}
	switch e.ID {
	case "error.field.name":
		return "name"
	case "error.number.taken":
		return "number"
	case "error.person.unknown":
		return "owner"
	}
	return ""
}

// settle goes on after a conflict: what stands is the new beginning, so that
// the chosen values go through unless yet another colleague was first.
func (s *edit) settle() tea.Cmd {
	c, was, look := s.clash, maps.Clone(s.was), ""
	for _, f := range c.fields {
		was[f.Field] = f.Stand
		if c.pick[f.Field] != sideMine {
			s.form.SetValues(s.shown(map[string]string{f.Field: c.value(f)}))
		}
		if c.pick[f.Field] == sideBoth && look == "" {
			look = f.Field
		}
	}
	s.was, s.clash = was, nil
	if look != "" { // what was joined is read over first
		s.form.FocusID(look)
		return kit.Tell(kit.Info, s.env.T("edit.clash.look"))
	}
	return s.save()
}
