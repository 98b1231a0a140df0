package store

import (
	"errors"
	"slices"
	"time"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/playbook"
)

// latestLines is how many journal lines a customer's detail shows.
const latestLines = 8

// Customer gives everything about one customer that the desk shows.
func (s *Session) Customer(id model.ID) (*model.Detail, error) {
	var d *model.Detail
	err := s.snapshot(func(v *view) error {
		row, c, ok, err := v.row(id)
		if err != nil {
			return err
		}
		if !ok || v.hidden(id) {
			return v.goneError(id)
		}
		play, _, _, err := s.book.playbookAt(v.tx)
		if err != nil {
			return err
		}
		t, err := loadTotals(v.der)
		if err != nil {
			return err
		}
		d = &model.Detail{Customer: c, Rev: model.Rev(v.tx.Rev()), Standing: row.Standing, Owner: row.Owner,
			Large: c.Large(t.Revenue, play.Thresholds.LargePercent)}
		if err := v.fillDetail(d); err != nil {
			return err
		}
		if err := v.fillDealings(d, play, s.book.now()); err != nil {
			return err
		}
		return v.nameAll(d)
	})
	return d, err
}

func (v *view) fillDetail(d *model.Detail) error {
	id := d.Customer.ID
	under := func(t model.Table) model.Key { return model.Key(string(byte(t)) + string(id[:])) }
	var e1, e2, e3, e4 error
	d.Sightings, e1 = model.FindAll[*model.Sighting](v.r, under(model.TableSighting))
	d.Assessments, e2 = model.FindAll[*model.Assessment](v.r, under(model.TableAssessment))
	d.Flags, e3 = model.FindAll[*model.Flag](v.r, under(model.TableFlag))
	d.Journal, e4 = v.customerLines(d.Customer, 0, latestLines)
	if err := errors.Join(e1, e2, e3, e4); err != nil {
		return err
	}
	slices.Reverse(d.Sightings)
	slices.Reverse(d.Assessments)
	slices.Reverse(d.Flags)
	return nil
}

// nameAll finds the names of everybody the detail mentions.
func (v *view) nameAll(d *model.Detail) error {
	ids := []model.ID{d.Customer.Owner}
	for _, g := range d.Sightings {
		ids = append(ids, g.By, g.AimedAt)
		ids = append(ids, g.Witnesses...)
		ids = append(ids, rulers(g.Confirmed, g.Contested, g.Upheld, g.Withdrawn)...)
	}
	for _, a := range d.Assessments {
		ids = append(ids, a.StartedBy, a.AnswerBy, a.Next.Who, a.Next.Contact)
		ids = append(ids, rulers(a.Proposed, a.Returned, a.Settled)...)
	}
	for _, f := range d.Flags {
		ids = append(ids, f.By)
		ids = append(ids, rulers(f.Cleared)...)
	}
	ids = append(ids, dealers(&d.Dealings)...)
	for _, id := range ids {
		if _, err := v.name(id); err != nil {
			return err
		}
	}
	d.People = v.names
	return nil
}

func rulers(all ...*model.Ruling) []model.ID {
	var ids []model.ID
	for _, r := range all {
		if r != nil {
			ids = append(ids, r.By, r.Real)
		}
	}
	return ids
}

// line words an entry with names for ids.
func (v *view) line(e *model.Entry) (model.Line, error) {
	l := model.Line{Rev: e.Rev, Group: e.Group, At: e.At, Action: e.Action, Message: e.Message, Why: e.Why, Undone: e.Undone}
	var err error
	if l.Person, err = v.name(e.Actor.Person); err == nil && e.Actor.Real != e.Actor.Person {
		l.Real, err = v.name(e.Actor.Real)
	}
	return l, err
}

// lines reads entries at revisions that a walk over a space gives, newest first.
func (v *view) lines(space engine.Space, prefix []byte, before model.Rev, limit int) ([]model.Line, error) {
	var out []model.Line
	var failed error
	j := journalOf{tx: v.tx, der: v.der}
	end := engine.PrefixEnd(prefix)
	if before != 0 {
		end = append(append([]byte(nil), prefix...), revKey(before)...)
	}
	walkBackFrom(v.der, space, prefix, end, func(k, _ []byte) bool {
		e, err := j.words(revOf(k[len(prefix):]))
		if err == nil && e != nil {
			var l model.Line
			l, err = v.line(e)
			out = append(out, l)
		}
		failed = err
		return err == nil && len(out) < limit
	})
	return out, failed
}

// linesAt words the entries at some revisions.
func (v *view) linesAt(revs []model.Rev) ([]model.Line, error) {
	out := make([]model.Line, 0, len(revs))
	j := journalOf{tx: v.tx, der: v.der}
	for _, rev := range revs {
		e, err := j.words(rev)
		if err != nil || e == nil {
			return out, err
		}
		l, err := v.line(e)
		if err != nil {
			return out, err
		}
		out = append(out, l)
	}
	return out, nil
}

// customerLines gives the newest lines of a customer. Rows of an import are not
// listed under each customer; that one line comes from the import.
func (v *view) customerLines(c *model.Customer, before model.Rev, limit int) ([]model.Line, error) {
	out, err := v.linesAt(revsOf(v.der, c.ID, before, limit))
	for i := range out {
		out[i].Message = ofOne(out[i].Message, c.Name)
	}
	if err != nil || c.Import == model.NoID || len(out) >= limit {
		return out, err
	}
	imp, err := model.Find[*model.Import](v.r, model.ImportKey(c.Import))
	if err != nil || imp == nil {
		return out, err
	}
	who, err := v.name(imp.By)
	return append(out, model.Line{At: imp.At, Person: who, Action: model.ActImportRows,
		Message: model.Say("journal.import.row", "File", imp.File)}), err
}

// ofOne words a bulk change as it touched one customer: the name in the entry is
// that of the first of many.
func ofOne(m model.Message, name string) model.Message {
	what, _ := m.Args["What"].(string)
	if m.ID != "journal.bulk" || what == "" {
		return m
	}
	one := model.Message{ID: what, Args: map[string]any{}}
	for k, a := range m.Args {
		if k != "What" && k != "Count" {
			one.Args[k] = a
		}
	}
	if _, named := one.Args["Customer"]; named {
		one.Args["Customer"] = name
	}
	return one
}

// Journal gives lines, newest first: of a customer, or of the book with
// [model.NoID]. Before 0 starts at the newest.
func (s *Session) Journal(customer model.ID, before model.Rev, limit int) ([]model.Line, error) {
	var out []model.Line
	err := s.snapshot(func(v *view) error {
		var err error
		if customer == model.NoID {
			out, err = v.lines(spaceRev, nil, before, limit)
			return err
		}
		c, err := model.Find[*model.Customer](v.r, model.CustomerKey(customer))
		if err != nil {
			return err
		}
		if c == nil {
			out, err = v.linesAt(revsOf(v.der, customer, before, limit))
			return err
		}
		out, err = v.customerLines(c, before, limit)
		return err
	})
	return out, err
}

// UndoPreview says what undo, or with redo putting back, would do now.
// Of a group it words the entry that ended it: it knows how much it was.
func (s *Session) UndoPreview(rev model.Rev, redo bool) (model.UndoPreview, error) {
	var p model.UndoPreview
	revs, err := s.book.undoGroup(s.actor, rev, redo)
	if err != nil || len(revs) == 0 {
		return p, wrap(err)
	}
	at := len(revs) - 1
	if redo {
		at = 0 // the end was taken back first
	}
	err = s.snapshot(func(v *view) error {
		e, err := journalOf{tx: v.tx, der: v.der}.words(revs[at])
		if err != nil || e == nil {
			return err
		}
		p.Count = len(revs)
		p.Line, err = v.line(e)
		return err
	})
	return p, err
}

// People lists the people of the desk in the order they joined.
func (s *Session) People() ([]*model.Person, error) {
	var out []*model.Person
	err := s.snapshot(func(v *view) error {
		var err error
		out, err = model.FindAll[*model.Person](v.r, model.Key(string(byte(model.TablePerson))))
		return err
	})
	return out, err
}

// Playbook gives the playbook in force and its calendar.
func (s *Session) Playbook() (*model.Playbook, model.Calendar, error) {
	var play *model.Playbook
	var cal model.Calendar
	err := s.snapshot(func(v *view) error {
		var err error
		play, cal, _, err = s.book.playbookAt(v.tx)
		return err
	})
	return play, cal, err
}

// PlaybookText gives the playbook as it was loaded, or the default one's text.
// Parts that a loaded one lacks follow at its end as they are in force.
func (s *Session) PlaybookText() (string, error) {
	text := string(playbook.DefaultTOML())
	err := s.snapshot(func(v *view) error {
		p, err := model.Find[*model.PlaybookText](v.r, model.PlaybookKey)
		if err == nil && p != nil {
			text = playbook.Complete(p.Text)
		}
		return err
	})
	return text, err
}

// CheckPlaybook parses a playbook and gives what is wrong with it, line by line.
func (s *Session) CheckPlaybook(name, text string) error {
	_, err := playbook.Parse(name, []byte(text))
	return err
}

// Draft gives what the person typed in a form and did not save; nil for none.
func (s *Session) Draft(form string) (*model.Draft, error) {
	var d *model.Draft
	err := s.snapshot(func(v *view) error {
		var err error
		d, err = model.Find[*model.Draft](v.r, model.DraftKey(s.actor.Person, form))
		return err
	})
	return d, err
}

// Info describes the book.
func (s *Session) Info() (*model.BookInfo, error) {
	var out *model.BookInfo
	err := s.snapshot(func(v *view) error {
		var err error
		out, err = model.Find[*model.BookInfo](v.r, model.BookKey)
		return err
	})
	return out, err
}

// Now gives the moment by the book's clock, in the zone of the desk.
func (s *Session) Now() time.Time { return s.book.now() }
