package report

import (
	"strings"
	"time"

	"pasvorm/model"
	"pasvorm/ui/say"
	"pasvorm/ui/text"
)

// mostFacts is how many dated facts the justification shows: an ordinary case
// stays within a page of A4.
const mostFacts = 8

// Parting is what the justification of a farewell is made from.
type Parting struct {
	Detail   *model.Detail
	Verdict  *model.Assessment // to part, proposed or settled
	Farewell *model.Farewell   // nil before it is approved
	Now      time.Time         // in the zone of the desk
	By       string            // who had it made
}

// PartingOf finds what there is to justify of a customer: the newest farewell,
// or without one the proposal to part; false for neither.
func PartingOf(d *model.Detail, now time.Time, by string) (Parting, bool) {
	p := Parting{Detail: d, Farewell: d.Dealings.Farewell(), Now: now, By: by}
	if n := d.Running(); p.Farewell == nil && n != nil && n.State == model.FitProposed && n.Verdict == model.VerdictPart {
		p.Verdict = n
	}
	for _, n := range d.Assessments {
		if p.Farewell != nil && n.ID == p.Farewell.Assessment {
			p.Verdict = n
		}
	}
	return p, p.Verdict != nil
}

// maker puts a page together in one language.
type maker struct {
	tx  *text.Text
	say say.Speaker
	now time.Time
}

func (m *maker) t(id string, kv ...any) string { return m.tx.T(id, kv...) }

func (m *maker) stamp(s model.Stamp) string {
	if s == 0 {
		return ""
	}
	return m.tx.Date(s.Time().In(m.now.Location()), m.now)
}

func (m *maker) day(d model.Day) string {
	if _, ok := model.ParseDay(string(d)); !ok || d == "" {
		return ""
	}
	return m.tx.Date(d.Time(m.now.Location()), m.now)
}

// partingMaker makes the justification of a farewell.
type partingMaker struct {
	maker
	Parting
}

// Farewell makes the one-page justification of a farewell for management: who,
// which verdict and why, on which facts, what was tried, what it comes to in
// money, which safeguards were kept, and how the customer is helped. It names
// what was said and done, never what somebody is.
func Farewell(sp say.Speaker, in Parting) *Page {
	m := partingMaker{maker{sp.Text, sp, in.Now}, in}
	c := in.Detail.Customer
	p := &Page{Lang: sp.Text.Lang(), Title: m.t("report.farewell.title", "Customer", one(c.Name)), About: m.who()}
	p.add(m.verdict())
	p.add(m.evidence())
	p.add(m.tried())
	p.add(m.money())
	p.add(m.safeguards())
	p.add(m.helped())
	p.Foot = m.t("report.farewell.foot", "Date", m.tx.Date(in.Now, time.Time{}), "Person", one(in.By))
	return p
}

func (m *partingMaker) person(id model.ID) string { return one(m.Detail.People[id]) }

// ruled names who made a ruling and when, and who really sat there.
func (m *partingMaker) ruled(r *model.Ruling) string {
	if r == nil {
		return ""
	}
	who := m.person(r.By)
	if r.Real != r.By && m.person(r.Real) != "" {
		who = m.t("report.as", "Real", m.person(r.Real), "Person", who)
	}
	return joined(", ", who, m.stamp(r.At))
}

// who says in a line who the customer is.
func (m *partingMaker) who() string {
	c := m.Detail.Customer
	number, owner, duty := "", "", ""
	if c.Number != "" {
		number = m.t("report.number", "Number", one(c.Number))
	}
	if m.Detail.Owner != "" {
		owner = m.t("report.owner", "Person", one(m.Detail.Owner))
	}
	if c.Duty {
		duty = m.say.FieldLabel("duty")
	}
	since := ""
	if c.Added != 0 {
		since = m.t("report.since", "Date", m.stamp(c.Added))
	}
	return joined(" · ", number, one(c.Town), m.say.Kind(c.Kind), m.say.Relation(c.Relation), duty, since, owner)
}

func (m *partingMaker) verdict() Section {
	n := m.Verdict
	s := Section{Heading: m.t("report.verdict")}
	s.loud(m.say.Verdict(n.Verdict) + " (" + string(n.Rule) + ")")
	s.say(m.say.Rule(n.Rule))
	if n.Proposed != nil {
		s.say(quote(most(n.Proposed.Reason, 240)))
	}
	j := model.Judge(n.Answers, n.Kind, n.Large)
	var because [][2]string
	for _, k := range j.Because {
		because = append(because, [2]string{m.say.Key(k), joined(" · ", m.say.Answer(k, n.Answers[k]), quote(most(n.Notes[k], 120)))})
	}
	s.pairs(because...)
	s.pairs(append(m.turns(), [2]string{m.t("report.unused"), m.t("report.unused.what")})...)
	return s
}

// turns lists every single other answer that would give another verdict, by
// verdict.
func (m *partingMaker) turns() [][2]string {
	n := m.Verdict
	all := model.WouldChange(n.Answers, n.Kind, n.Large)
	var out [][2]string
	for _, v := range model.FitVerdicts() {
		var answers []string
		for _, t := range all {
			if t.Verdict == v {
				answers = append(answers, m.say.Key(t.Key)+" “"+m.say.Answer(t.Key, t.To)+"”")
			}
		}
		if len(answers) > 0 {
			out = append(out, [2]string{m.t("report.turn", "Verdict", m.say.Verdict(v)), strings.Join(answers, "; ")})
		}
	}
	if len(out) == 0 {
		out = append(out, [2]string{m.t("report.turns"), m.t("report.turn.none")})
	}
	return out
}

// evidence lists dated facts: what was said and done, and who saw it. What is
// contested or was withdrawn is none.
func (m *partingMaker) evidence() Section {
	s := Section{Heading: m.t("report.evidence")}
	t := Table{Head: []string{m.t("report.col.date"), m.t("report.col.said"), m.t("report.col.seen")}}
	now, more := model.StampOf(m.Now), 0
	for _, g := range m.Detail.Sightings {
		if !g.Live(now) {
			continue
		}
		if len(t.Rows) == mostFacts {
			more++
			continue
		}
		said := m.say.Signal(g)
		if g.Signal != "" && g.Words != "" {
			said = joined(": ", said, quote(most(g.Words, 140)))
		} else {
			said = most(said, 180)
		}
		if g.Serious {
			said = m.t("report.serious") + " · " + said
		}
		saw := m.person(g.By)
		for _, w := range g.Witnesses {
			saw = joined(", ", saw, m.person(w))
		}
		t.Rows = append(t.Rows, []string{m.stamp(g.On), said, saw})
	}
	s.table(t)
	switch {
	case len(t.Rows) == 0:
		s.say(m.t("report.evidence.none"))
	case more > 0:
		s.say(m.tx.N("report.evidence.more", more))
	}
	return s
}

// tried lists what was done before: terms, repairs, exceptions.
func (m *partingMaker) tried() Section {
	s := Section{Heading: m.t("report.tried"), Half: true}
	d := &m.Detail.Dealings
	var lines []string
	for _, x := range d.Terms {
		if x.Withdrawn != nil {
			continue
		}
		answer := m.say.Text.T("report.terms." + string(x.State))
		if x.Answered != nil {
			answer = joined(" ", answer, m.stamp(x.Answered.At), quote(most(x.Answered.Reason, 80)))
		}
		lines = append(lines, m.t("report.tried.terms", "Date", m.day(x.On), "Words", most(x.Words, 110), "Answer", answer))
	}
	for _, h := range d.Hurts {
		told := ""
		if h.Hurt.Told != nil {
			told = m.t("report.told", "Date", m.stamp(h.Hurt.Told.At))
		}
		lines = append(lines, joined(" · ", m.t("report.tried.repair", "Title", most(h.Improvement.Title, 90), "State",
			m.t("report.improvement."+string(h.Improvement.State))), told))
	}
	granted, refused := 0, 0
	for _, x := range d.Exceptions {
		switch {
		case x.Withdrawn != nil:
		case x.State == model.ExceptionGranted:
			granted++
		case x.State == model.ExceptionRefused:
			refused++
		}
	}
	if granted+refused > 0 {
		lines = append(lines, m.t("report.tried.exceptions", "Granted", m.tx.Int(granted), "Refused", m.tx.Int(refused)))
	}
	if len(lines) > 6 {
		lines = append(lines[:6], m.tx.N("report.more", len(lines)-6))
	}
	s.list(lines...)
	if len(lines) == 0 {
		s.say(m.t("report.tried.none"))
	}
	return s
}

// ageIDs name how long money has been due.
var ageIDs = [model.ArrearAges]string{"farewell.arrears.30", "farewell.arrears.60", "farewell.arrears.90", "farewell.arrears.old"}

// money shows the relation in money over a year, and what is outstanding by age.
func (m *partingMaker) money() Section {
	s := Section{Heading: m.t("report.money"), Half: true}
	x, d := &m.Detail.Dealings.Money, &m.Detail.Dealings
	amount := func(id string, cents int64, known bool) [2]string {
		if !known {
			return [2]string{m.t(id), m.t("report.unknown")}
		}
		return [2]string{m.t(id), m.tx.Money(cents)}
	}
	s.pairs(amount("report.revenue", x.Revenue, x.Revenue != 0), amount("report.margin", x.Margin, x.Known),
		amount("report.cost", x.CostToServe(), true), amount("report.profit", x.Profit, x.Known))
	if d.Finance == nil {
		s.pairs([2]string{m.t("report.arrears"), m.t("report.unknown")})
		return s
	}
	owed := ""
	for age, cents := range model.AgedArrears(d.Finance.Arrears, model.DayOf(m.Now)) {
		if cents != 0 {
			owed = joined("; ", owed, m.tx.Money(cents)+" ("+m.t(ageIDs[age])+")")
		}
	}
	if owed == "" {
		owed = m.t("report.arrears.none")
	}
	s.pairs([2]string{m.t("report.arrears"), owed}, [2]string{m.t("report.asof"), m.day(d.Finance.AsOf)})
	return s
}

// safeguards says of each whether and how it was kept.
func (m *partingMaker) safeguards() Section {
	n, f := m.Verdict, m.Farewell
	s := Section{Heading: m.t("report.safeguards"), Half: true}
	approved := m.t("report.safe.waits")
	if n.State == model.FitSettled {
		approved = m.ruled(n.Settled)
	}
	rows := [][2]string{{m.t("report.safe.proposed"), m.ruled(n.Proposed)}, {m.t("report.safe.approved"), approved}}
	if n.State == model.FitSettled && n.Proposed != nil && n.Settled != nil && n.Proposed.By != n.Settled.By {
		rows = append(rows, [2]string{m.t("report.safe.two"), m.t("report.safe.two.kept")})
	}
	if n.HasFlag(model.FitFlagImpactSheet) || n.Next.Impact != "" {
		rows = append(rows, [2]string{m.t("report.safe.impact"), most(n.Next.Impact, 160)})
	}
	heard := m.t("report.safe.unasked")
	switch {
	case f == nil:
	case f.Heard != nil:
		id := "report.safe.stands"
		if f.Upheld {
			id = "report.safe.upheld"
		}
		heard = joined(" · ", quote(most(f.Objection, 90)), m.t(id, "Person", m.ruled(f.Heard)), quote(most(f.Heard.Reason, 90)))
	case f.Objection != "":
		heard = joined(" · ", quote(most(f.Objection, 120)), m.t("report.safe.unheard"))
	case f.Done[model.StepObjection] != nil:
		heard = joined(" · ", m.t("report.safe.none"), m.ruled(f.Done[model.StepObjection]))
	}
	s.pairs(append(rows, [2]string{m.t("report.safe.objection"), heard})...)
	return s
}

// helped says who serves the customer from now on and what each side wins.
func (m *partingMaker) helped() Section {
	f := m.Farewell
	s := Section{Heading: m.t("report.helped"), Half: true}
	if f == nil {
		n := m.Verdict.Next
		label := "report.referral"
		if n.Searched {
			label = "report.search"
		}
		s.pairs([2]string{m.t(label), most(n.Referral, 160)}, [2]string{m.t("report.contract"), most(n.Contract, 160)},
			[2]string{m.t("report.contact"), m.person(n.Contact)})
		return s
	}
	referral := [2]string{m.t("report.referral"), most(f.Refer(m.Detail.Dealings.Referrals), 120)}
	if g := m.Detail.Dealings.Referrals[f.Referral]; g != nil {
		referral[1] = joined(" · ", referral[1], most(g.Serves, 100))
	}
	if f.Searched {
		referral = [2]string{m.t("report.search"), most(f.To, 160)}
	}
	sent := ""
	if f.Done[model.StepSent] != nil {
		sent = joined(", ", m.say.Channel(f.Channel), m.day(f.SentOn))
	}
	outcome := most(f.Outcome, 140)
	if outcome == "" && f.AskOutcome != "" {
		outcome = m.t("report.asked", "Date", m.day(f.AskOutcome))
	}
	closing := ""
	if c := f.Closing(); c != nil {
		closing = joined(" · ", m.t("farewell.state."+string(f.State)), m.ruled(c), quote(most(c.Reason, 100)))
	}
	s.pairs(referral, [2]string{m.t("report.contract"), joined(" · ", m.day(f.Ends), most(f.Contract, 120))},
		[2]string{m.t("report.contact"), m.person(f.Contact)}, [2]string{m.t("report.sent"), sent},
		[2]string{m.t("farewell.win.theirs"), most(f.WinTheirs, 90)}, [2]string{m.t("farewell.win.ours"), most(f.WinOurs, 90)},
		[2]string{m.t("farewell.win.other"), most(f.WinOther, 90)}, [2]string{m.t("report.outcome"), outcome}, [2]string{m.t("report.closed"), closing})
	return s
}
