package screen

import "pasvorm/model"

// Where a session is: the customer that a screen is about, see kit.Located. A
// screen that lists many is about none of them, until something is asked or
// noted of one.

// about is a customer for kit.Located, nil for none.
func about(id model.ID) any {
	if id == model.NoID {
		return nil
	}
	return id
}

// About is the customer of the page.
func (s *customer) About() any {
	if s.gone {
		return nil
	}
	return about(s.id)
}

// About is the customer of whom something is being noted in the panel below.
func (s *desk) About() any {
	row, ok := s.list.Selected()
	if s.bottom.p == nil || !ok || row.Same > 1 || s.marked.len() > 0 {
		return nil
	}
	return about(row.ID)
}

// About is the customer of the case for which something is being filled in.
func (r *review) About() any {
	if c, ok := r.selected(); ok && r.open() {
		return about(c.Customer)
	}
	return nil
}

// About is the customer that is edited; one who is being added is nobody yet.
func (s *edit) About() any { return about(s.id) }

// About is the customer who is judged.
func (w *wizard) About() any { return about(w.customer) }

// About is the customer of the case.
func (p *casePage) About() any { return about(p.c.Customer) }

// About is the customer of the journal, if it is not of the whole book.
func (j *journal) About() any { return about(j.customer) }

// About is the customer of the contacts.
func (s *timeline) About() any { return about(s.customer) }

// About is the customer of the form.
func (s *customerForm) About() any { return about(s.id) }

// About is the customer who asks the exception.
func (s *exceptionForm) About() any { return about(s.ask.Customer) }

// About is the customer who is told the terms.
func (s *termsForm) About() any { return about(s.ask.Customer) }

// About is the customer of the promise.
func (s *promiseForm) About() any { return about(s.ask.Customer) }

// About is the customer who leaves.
func (s *farewellPage) About() any { return about(s.of.Customer) }

// About is the customer who is being told that it is done.
func (s *improvement) About() any {
	if s.tell == nil {
		return nil
	}
	return about(s.tell.Customer)
}

// About is the customer for whom something is to be improved.
func (s *improvements) About() any {
	if s.from == nil {
		return nil
	}
	return about(s.from.Customer)
}

// About is the customer who taught the lesson that is being noted.
func (s *lessons) About() any {
	if s.start == nil || !s.open() {
		return nil
	}
	return about(s.start.Customer)
}

// About is the customer whose doubles are listed.
func (s *twins) About() any { return about(s.of) }

// About is the customer who stays.
func (s *merge) About() any { return about(s.ask.Keep) }

// Foot is the panel at the bottom, see kit.Footed.
func (b *bottom) Foot() int { return b.rows }

// Foot is that of the panel at the bottom.
func (s *customer) Foot() int { return s.bottom.Foot() }

// Foot is that of the panel at the bottom.
func (s *desk) Foot() int { return s.bottom.Foot() }

// Foot is that of the panel at the bottom.
func (s *stage) Foot() int {
	if s.over != nil {
		return 0
	}
	return s.low.Foot()
}
