package screen

import (
	"pasvorm/model"
	"pasvorm/ui/kit"
)

// judged is an assessment with what is shown beside it.
type judged struct {
	n    *model.Assessment
	j    model.Judgement
	d    *model.Detail
	prev *model.Assessment
}

// judge gives the verdict as it stands: the one proposed or settled, or while
// the questions are being answered the one that the rules give now, open
// questions counted as in the contract.
func judge(n *model.Assessment, d *model.Detail) judged {
	g := judged{n: n, d: d, j: model.Judge(n.Answers.WithDefaults(), n.Kind, n.Large), prev: previous(n, d)}
	if n.State != model.FitOpen && n.State != model.FitReturned && n.Verdict != "" {
		g.j.Verdict, g.j.Rule, g.j.Flags = n.Verdict, n.Rule, n.Flags
	}
	return g
}

// previous finds the settled assessment before one.
func previous(n *model.Assessment, d *model.Detail) *model.Assessment {
	if d == nil {
		return nil
	}
	for _, a := range d.Assessments {
		if a.ID == n.Previous && n.Previous != model.NoID {
			return a
		}
	}
	return nil
}

// summary writes everything a person has to see of a verdict (fit.md, What the
// person sees); the next step comes with it once the case is decided on.
func (e *Env) summary(p *writer, g judged) {
	e.verdictRows(p, g)
	if g.n.State != model.FitOpen {
		e.nextRows(p, g.n, g.d)
	}
	e.whyRows(p, g)
	e.compareRows(p, g)
	e.answerRows(p, g.n)
	e.aboutRows(p, g)
}

// verdictRows writes verdict, rule and flags.
func (e *Env) verdictRows(p *writer, g judged) {
	p.head(e.T("wizard.verdict"))
	p.rows = append(p.rows, "  "+e.Theme.Paint(kit.InkAccent, kit.Cut(e.verdict(g.j.Verdict, g.j.Rule), p.w-2)))
	p.para(kit.InkMuted, 2, e.Say.Rule(g.j.Rule))
	for _, f := range g.j.Flags {
		p.para(kit.InkWarn, 2, "▲ "+e.Say.Flag(f))
	}
}

// whyRows writes what decided it, what would turn it and what was not used.
func (e *Env) whyRows(p *writer, g judged) {
	if len(g.j.Because) > 0 {
		p.head(e.T("wizard.because"))
		for _, k := range g.j.Because {
			p.pair(e.Say.Key(k), e.Say.Answer(k, g.n.Answers[k]))
		}
	}
	p.head(e.T("wizard.turns"))
	e.turnRows(p, model.WouldChange(g.n.Answers.WithDefaults(), g.n.Kind, g.n.Large))
	p.head(e.T("wizard.unused.head"))
	p.para(kit.InkText, 2, e.T("wizard.unused.what"))
}

// turnRows writes every single change that would give another verdict, one a
// row.
func (e *Env) turnRows(p *writer, turns []model.Turn) {
	// The arrows stand below each other.
	answer, verdict := 0, 0
	for _, t := range turns {
		answer = max(answer, kit.Width(e.Say.Answer(t.Key, t.To)))
		verdict = max(verdict, kit.Width(e.Say.Verdict(t.Verdict))+2)
	}
	room := p.w - p.labelWidth() - 4
	aligned := room-verdict >= min(answer, 30)
	answer = max(min(answer, room-verdict), 4)
	for _, t := range turns {
		if !aligned { // so narrow that each row needs its own room
			p.line(e.Say.Key(t.Key), e.Say.Answer(t.Key, t.To), e.Theme.Paint(kit.InkMuted, "→ ")+e.Say.Verdict(t.Verdict))
			continue
		}
		p.line(e.Say.Key(t.Key), kit.Fit(e.Say.Answer(t.Key, t.To), answer),
			kit.Cut(e.Theme.Paint(kit.InkMuted, "→ ")+e.Say.Verdict(t.Verdict), max(room-answer, 1)))
	}
	if len(turns) == 0 {
		p.para(kit.InkMuted, 2, e.T("wizard.turns.none"))
	}
}

// compareRows says what is another than last time.
func (e *Env) compareRows(p *writer, g judged) {
	if g.prev == nil || g.prev.Settled == nil {
		return
	}
	p.head(e.T("wizard.compare", "Date", e.date(g.prev.Settled.At)))
	s := e.T("wizard.compare.same", "Verdict", e.verdict(g.j.Verdict, g.j.Rule))
	if g.prev.Verdict != g.j.Verdict {
		s = e.verdict(g.prev.Verdict, g.prev.Rule) + " → " + e.verdict(g.j.Verdict, g.j.Rule)
	}
	p.para(kit.InkText, 2, s)
	changed := false
	for _, k := range model.FitKeys() {
		was, is := g.prev.Answers[k], g.n.Answers[k]
		if was == is || is == "" {
			continue
		}
		changed = true
		if was == "" {
			p.pair(e.Say.Key(k), e.Say.Answer(k, is))
			continue
		}
		p.pair(e.Say.Key(k), e.Say.Answer(k, was)+" → "+e.Say.Answer(k, is))
	}
	if !changed {
		p.para(kit.InkMuted, 2, e.T("wizard.compare.none"))
	}
}

// answerRows writes the ten answers with the facts noted beside them.
func (e *Env) answerRows(p *writer, n *model.Assessment) {
	p.head(e.T("wizard.answers"))
	for _, k := range model.FitKeys() {
		a := n.Answers[k]
		if a == "" {
			p.pairIn(kit.InkMuted, e.Say.Key(k), e.T("wizard.open"))
		} else {
			p.pair(e.Say.Key(k), e.Say.Answer(k, a))
		}
		if note := n.Notes[k]; note != "" {
			p.pairIn(kit.InkMuted, "", "“"+note+"”")
		}
	}
}

// aboutRows writes what is recorded beside the answers, as of when, and who ran
// it.
func (e *Env) aboutRows(p *writer, g judged) {
	p.head(e.T("wizard.beside"))
	kind := e.Say.FitKind(g.n.Kind)
	if g.n.Large {
		kind += " · " + e.T("wizard.large")
	}
	p.pair(e.T("wizard.relation"), kind)
	if c := g.d.Customer; c.ContractEnd != "" || c.Notice != "" {
		p.pair(e.T("wizard.contract"), e.contract(c))
	}
	if g.n.Stance != "" {
		p.pair(e.T("wizard.stance"), e.Say.Stance(g.n.Stance))
	}
	when := g.n.AnswerAt
	if when == 0 {
		when = g.n.StartedAt
	}
	p.pair(e.T("wizard.asof"), e.Text.DateTime(e.at(when), e.now()))
	by := who(g.d, g.n.StartedBy)
	if last := who(g.d, g.n.AnswerBy); last != by {
		by = joined(", ", by, last)
	}
	p.pair(e.T("wizard.who"), by)
}

// contract words the end of a contract and its notice.
func (e *Env) contract(c *model.Customer) string {
	switch {
	case c.ContractEnd == "":
		return flat(c.Notice)
	case c.Notice == "":
		return e.T("wizard.contract.until", "Date", e.dayText(c.ContractEnd))
	}
	return e.T("wizard.contract.until", "Date", e.dayText(c.ContractEnd)) + ", " + flat(c.Notice)
}

// nextRows writes the next step that was filled in.
func (e *Env) nextRows(p *writer, n *model.Assessment, d *model.Detail) {
	s := n.Next
	if s == (model.NextStep{}) {
		return
	}
	p.head(e.T("wizard.next"))
	put := func(id, text string) {
		if text != "" {
			p.pair(e.T(id), text)
		}
	}
	put(whatID(n.Verdict), s.What)
	put("wizard.field.cause", s.Cause)
	put(whoID(n.Verdict), who(d, s.Who))
	put("wizard.field.by", e.dayText(s.By))
	if s.Searched {
		put("wizard.field.search", s.Referral)
	} else {
		put("wizard.field.referral", s.Referral)
	}
	put("wizard.field.text", s.Text)
	put("wizard.field.contact", who(d, s.Contact))
	put("wizard.field.contract", s.Contract)
	put("wizard.field.impact", s.Impact)
}

// stateRows says how far an assessment is and what it waits for.
func (e *Env) stateRows(p *writer, n *model.Assessment, d *model.Detail) {
	say := func(ink kit.Token, id string, r *model.Ruling) {
		p.para(ink, 1, e.T(id, "Person", e.whoRuled(d, r), "Date", e.date(r.At)))
		if r.Reason != "" {
			p.para(kit.InkMuted, 3, "“"+r.Reason+"”")
		}
	}
	switch n.State {
	case model.FitProposed:
		say(kit.InkWarn, "wizard.state.proposed", n.Proposed)
		if n.Verdict == model.VerdictPart {
			from := model.ApprovableFrom(e.Cal, e.at(n.Proposed.At))
			p.para(kit.InkText, 1, e.T("wizard.state.from", "From", e.Text.DateTime(from, e.now())))
		}
	case model.FitReturned:
		say(kit.InkWarn, "wizard.state.returned", n.Returned)
	case model.FitSettled:
		id := "wizard.state.settled"
		switch n.How {
		case model.SettledApproved:
			id = "wizard.state.approved"
		case model.SettledOtherwise:
			id = "wizard.state.otherwise"
		case model.SettledAtOnce:
		}
		say(kit.InkGood, id, n.Settled)
		if n.Due != "" {
			p.para(kit.InkText, 1, e.T("wizard.state.due", "Date", e.dayText(n.Due)))
		}
	case model.FitDropped:
		p.para(kit.InkText, 1, e.T("wizard.state.dropped"))
	case model.FitOpen:
		if n.Returned != nil {
			say(kit.InkWarn, "wizard.state.returned", n.Returned)
		}
	}
}
