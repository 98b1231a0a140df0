package screen

import (
	"strings"
	"time"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// profile is what the book says about one customer, laid out in rows of w cells:
// first who it is, then what must not be missed, then what comes next, and only
// then the rest. The desk shows its beginning, the customer's page all of it.
type profile struct {
	env   *Env
	now   time.Time
	d     *model.Detail
	w     int
	full  bool
	rows  []string
	items []profileItem // in full only
}

// profileItem is a part of a profile that commands work on.
type profileItem struct {
	from, to int // rows
	improveItem

	exception *model.Exception
	terms     *model.Terms

	sighting *model.Sighting
	flag     *model.Flag
	fit      *model.Assessment
	farewell *model.Farewell
	survey   *model.Survey

	promise *model.Promise
	contact *model.Contact
}

// id tells items apart when the profile is made again.
func (i *profileItem) id() model.ID {
	switch {
	case i.sighting != nil:
		return i.sighting.ID
	case i.flag != nil:
		return i.flag.ID
	case i.fit != nil:
		return i.fit.ID
	case i.farewell != nil:
		return i.farewell.ID
	case i.contact != nil:
		return i.contact.ID
	case i.hurt != nil:
		return i.hurt.Improvement.ID
	case i.lesson != nil:
		return i.lesson.ID
	case i.exception != nil:
		return i.exception.ID
	case i.terms != nil:
		return i.terms.ID
	case i.survey != nil:
		return i.survey.ID
	case i.promise != nil:
		return i.promise.ID
	}
	return model.NoID
}

// labelWidth is the room for the name of a part.
const labelWidth = 8

// newProfile lays out a customer; full for the page of its own.
func newProfile(env *Env, d *model.Detail, w int, full bool) *profile {
	s := &profile{env: env, now: env.now(), d: d, w: max(w, 20), full: full}
	s.head()
	s.banner()
	s.story()
	s.flags()
	s.running()
	s.owed()
	s.fit()
	s.farewell()
	s.termsPart()
	s.improves()
	s.likes()
	s.traits()
	s.agreed()
	s.exceptionsPart()
	if full {
		s.contacts()
		s.reach()
		s.money()
		s.surveys()
		s.put("desk.part.note", kit.InkText, d.Customer.Note, 40)
		s.lessons()
		s.history()
		s.closedPromises()
	}
	s.journal()
	return s
}

// most is the number of rows that one text may take.
func (s *profile) most(pane, page int) int {
	if s.full {
		return page
	}
	return pane
}

// add appends a row that may be painted, beside a label when there is one.
func (s *profile) add(label, row string) {
	room := s.w - labelWidth - 1
	if label != "" {
		label = s.env.Theme.Paint(kit.InkLabel, kit.Fit(label, labelWidth))
	} else {
		label = strings.Repeat(" ", labelWidth)
	}
	s.rows = append(s.rows, label+" "+kit.Cut(row, room))
}

// put wraps an outside text beside the label with a text id; nothing for an
// empty text.
func (s *profile) put(labelID string, ink kit.Token, text string, most int) {
	if strings.TrimSpace(text) == "" {
		return
	}
	label := ""
	if labelID != "" {
		label = s.env.T(labelID)
	}
	room := s.w - labelWidth - 1
	for i, r := range s.wrap(text, room, most) {
		if i > 0 {
			label = ""
		}
		s.add(label, s.env.Theme.Paint(ink, r))
	}
}

// wrap breaks an outside text into at most so many rows.
func (s *profile) wrap(text string, room, most int) []string {
	rows := kit.Wrap(kit.CleanLines(strings.TrimSpace(clip(text, room*(most+1)))), room)
	if len(rows) > most {
		rows = rows[:most]
		rows[most-1] = kit.Cut(rows[most-1]+" …", room)
	}
	return rows
}

// gap puts a blank row between parts of the page; the pane has no room for it.
func (s *profile) gap() {
	if s.full && len(s.rows) > 0 && s.rows[len(s.rows)-1] != "" {
		s.rows = append(s.rows, "")
	}
}

// mark makes the rows since from an item.
func (s *profile) mark(from int, it profileItem) {
	it.from, it.to = from, len(s.rows)
	s.items = append(s.items, it)
}

func (s *profile) head() {
	c, th, e := s.d.Customer, s.env.Theme, s.env
	right := ""
	if s.d.Owner != "" {
		right = th.Paint(kit.InkMuted, e.T("desk.owner", "Person", kit.Cell(s.d.Owner, min(kit.Width(kit.Clean(clip(s.d.Owner, 20))), 20))))
	}
	name := th.Paint(kit.InkAccent, kit.Cell(c.Name, min(nameWidth(c.Name, s.w), s.w)))
	s.rows = append(s.rows, kit.Ends(name, right, s.w))
	line := joined(" · ", kit.Clean(clip(c.Town, s.w)), e.T("kind."+string(c.Kind)), e.T("relation."+string(c.Relation)))
	if c.Duty {
		line += " · " + e.T("desk.duty")
	}
	if s.d.Large {
		line += " · " + e.T("desk.large")
	}
	s.rows = append(s.rows, kit.Cut(line, s.w))
}

// nameWidth is the width of a name when it does not fill the row.
func nameWidth(name string, w int) int { return kit.Width(kit.Clean(clip(name, w))) }

func (s *profile) flags() {
	e := s.env
	for _, f := range s.d.Flags {
		if f.Cleared != nil {
			continue
		}
		from := len(s.rows)
		text := e.T("flag.reason." + string(f.Reason))
		if f.Reason == model.FlagStep {
			text = e.T("desk.flag.step.to", "Step", f.Step)
		}
		if f.Words != "" {
			text = joined(": ", text, clip(f.Words, s.w*10))
		}
		text = "! " + text + " · " + who(s.d, f.By) + ", " + e.Text.Ago(e.at(f.At), s.now)
		s.wide(kit.InkWarn, text, s.most(2, 10))
		if s.full {
			s.mark(from, profileItem{flag: f})
		}
	}
}

// wide wraps a text over the whole width, its later rows indented.
func (s *profile) wide(ink kit.Token, text string, most int) {
	for i, r := range s.wrap(text, s.w-2, most) {
		if i > 0 {
			r = "  " + r
		}
		s.rows = append(s.rows, s.env.Theme.Paint(ink, r))
	}
}

func (s *profile) running() {
	a := s.d.Running()
	if a == nil {
		return
	}
	from := len(s.rows)
	e := s.env
	var text string
	switch a.State {
	case model.FitProposed:
		text = e.T("desk.running.proposed", "Verdict", e.Say.Verdict(a.Verdict), "Rule", string(a.Rule),
			"Person", e.whoRuled(s.d, a.Proposed), "Ago", e.Text.Ago(e.at(a.Proposed.At), s.now))
	case model.FitReturned:
		text = e.T("desk.running.returned", "Person", e.whoRuled(s.d, a.Returned), "Reason", clip(a.Returned.Reason, s.w*4))
	default:
		text = e.T("desk.running.open", "Answered", len(a.Answers), "All", len(model.FitKeys()),
			"Person", who(s.d, a.StartedBy), "Ago", e.Text.Ago(e.at(a.StartedAt), s.now))
	}
	s.wide(kit.InkWarn, "? "+text, s.most(2, 10))
	if s.full {
		s.mark(from, profileItem{fit: a})
	}
}

// fit shows the newest settled assessment and the step it asks for.
func (s *profile) fit() {
	s.gap()
	a := s.d.Settled()
	e := s.env
	if a == nil {
		if s.d.Running() == nil {
			s.put("desk.part.fit", kit.InkMuted, e.T("desk.fit.none"), 1)
		}
		return
	}
	from := len(s.rows)
	s.fitRow(a, e.T("desk.part.fit"))
	s.stale()
	if next := s.next(a); next != "" {
		s.put("", kit.InkText, "→ "+next, s.most(2, 10))
	}
	if s.full {
		s.compare(a)
		s.mark(from, profileItem{fit: a})
	}
}

func (s *profile) fitRow(a *model.Assessment, label string) {
	e := s.env
	line := e.Theme.Paint(kit.InkAccent, e.Say.Verdict(a.Verdict)) + " (" + string(a.Rule) + ") · " +
		e.Text.ShortDate(e.at(a.Settled.At), s.now) + " · " + e.whoRuled(s.d, a.Settled)
	s.add(label, line)
}

// next is what the verdict asks for: what, who, by when.
func (s *profile) next(a *model.Assessment) string {
	e := s.env
	n := a.Next
	what := n.What
	if a.Verdict == model.VerdictPart {
		what = n.Referral
	}
	person := who(s.d, n.Who)
	if a.Verdict == model.VerdictPart {
		person = who(s.d, n.Contact)
	}
	by := ""
	if day := n.By; day != "" {
		t := day.Time(s.now.Location())
		by = e.T("desk.next.by", "Date", e.Text.Date(t, s.now), "Until", e.Text.Until(t, s.now))
	}
	return joined(" · ", clip(strings.ReplaceAll(what, "\n", " "), s.w*10), person, by)
}

func (s *profile) likes() {
	c := s.d.Customer
	s.gap()
	parts := []struct{ id, text string }{
		{"desk.likes.preferences", c.Preferences}, {"desk.likes.helps", c.Helps}, {"desk.likes.hinders", c.Hinders},
		{"desk.likes.channel", joined(", ", c.Channel, c.Tone)}, {"desk.likes.expectations", c.Expectations}, {"desk.likes.drives", c.Drives},
	}
	label := "desk.part.likes"
	for _, p := range parts {
		if strings.TrimSpace(p.text) == "" {
			continue
		}
		text := p.text
		if p.id != "desk.likes.preferences" {
			text = s.env.T(p.id) + ": " + p.text
		}
		s.put(label, kit.InkText, text, s.most(2, 40))
		label = ""
	}
}

func (s *profile) agreed() {
	c, e := s.d.Customer, s.env
	minutes := ""
	if c.Minutes > 0 {
		minutes = e.Text.N("desk.minutes", c.Minutes)
	}
	if used := e.usedText(s.d); used != "" {
		minutes = used
	}
	end := ""
	if c.ContractEnd != "" {
		end = e.T("desk.contract", "Date", e.Text.Date(c.ContractEnd.Time(s.now.Location()), s.now))
	}
	notice := c.Notice
	if notice != "" {
		notice = e.T("desk.notice", "Notice", notice)
	}
	text := joined(" · ", c.Level, c.Channels, c.Response, minutes, end, notice)
	if text != "" {
		s.gap()
		s.put("desk.part.agreed", kit.InkText, text, s.most(2, 20))
	}
}

func (s *profile) reach() {
	c, e := s.d.Customer, s.env
	s.gap()
	s.put("desk.part.reach", kit.InkText, joined(" · ", c.Phone, c.Mobile, c.Email), 4)
	s.put("", kit.InkText, joined(", ", joined(" ", c.Street, c.HouseNo), joined(" ", c.Postcode, c.Town), c.Country), 4)
	numbers := joined(" · ", c.Number, c.Theirs)
	if c.Formerly != "" {
		numbers = joined(" · ", numbers, e.T("customer.formerly", "Numbers", flat(clip(c.Formerly, 200))))
	}
	if numbers != "" {
		s.put("desk.part.number", kit.InkText, numbers, 4)
	}
	if c.Added != 0 {
		s.put("desk.part.added", kit.InkMuted, e.Text.Date(e.at(c.Added), s.now), 1)
	}
}

func (s *profile) journal() {
	if len(s.d.Journal) == 0 {
		return
	}
	s.gap()
	e := s.env
	label := e.T("desk.part.journal")
	whose := kit.Clean(s.d.Customer.Name) + ": " // goes without saying here
	for _, l := range s.d.Journal {
		text := kit.Clean(clip(l.Person, 30)) + "  " + strings.TrimPrefix(e.Say.Message(l.Message), whose)
		if l.Undone {
			text += " " + e.T("desk.undone")
		}
		ink := kit.InkText
		if l.Undone {
			ink = kit.InkMuted
		}
		s.add(label, e.Theme.Paint(ink, kit.Cut(e.Text.ShortDate(e.at(l.At), s.now)+"  "+text, s.w-labelWidth-1)))
		if s.full && l.Why != "" {
			s.put("", kit.InkMuted, "“"+clip(l.Why, s.w*3)+"”", 2)
		}
		label = ""
	}
}
