package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// casePage shows one case of the queue with everything a lead decides on.
type casePage struct {
	deciding
	w, h    int
	c       model.Case
	d       *model.Detail
	other   *model.Detail // of a double
	facts   map[model.FitKey]model.FitFact
	seq     int
	gone    bool // no longer in the queue
	arrived bool // the case was taken, or is not for who looks
	leave   bool // back from merging: if that was done nothing is left here
	failed  bool
	sheet   sheet
}

type caseLoaded struct {
	seq      int
	c        model.Case
	gone     bool
	d, other *model.Detail
	people   []*model.Person
}

func newCase(env *Env, c model.Case) kit.Screen { return &casePage{deciding: newDeciding(env), c: c} }

// Init loads the evidence.
func (p *casePage) Init() tea.Cmd { return p.load() }

// Title is the screen's name.
func (p *casePage) Title() string {
	return joined(" · ", p.env.Say.Case(p.c.Kind), flat(clip(p.c.Name, 60)))
}

func (p *casePage) load() tea.Cmd {
	p.seq++
	m, desk := caseLoaded{seq: p.seq, c: p.c, gone: true}, p.env.Desk
	old := caseLoaded{d: p.d, other: p.other, people: p.people}
	return func() tea.Msg {
		q, err := desk.Review()
		if err != nil {
			return kit.Failed{Err: err}
		}
		for _, c := range q.Cases {
			if c.ID == m.c.ID && c.Kind == m.c.Kind {
				m.c, m.gone = c, false
			}
		}
		// Longer queues than are shown hold cases that were not looked at.
		m.gone = m.gone && q.Counts[m.c.Kind] <= len(q.Cases)
		if m.d, err = desk.Customer(m.c.Customer); err == nil && m.c.Double != nil {
			m.other, err = desk.Customer(m.c.Double.A)
		}
		if old.d != nil && mergedInto(err) != model.NoID { // the two are one: what was seen of them stays
			m.gone, m.d, m.other, m.people = true, old.d, old.other, old.people
			return m
		}
		if err != nil {
			return kit.Failed{Err: err}
		}
		people, err := desk.People()
		if err != nil {
			return kit.Failed{Err: err}
		}
		m.people = active(people)
		return m
	}
}

// Update takes a message.
func (p *casePage) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case kit.Resized:
		p.w, p.h = msg.W, msg.H
		return p, nil
	case kit.Changed:
		return p, p.load()
	case kit.Resumed:
		p.leave = msg.Kind == KindMerge
		return p, p.load()
	case kit.Failed:
		p.failed = p.d == nil
		return p, nil
	case caseLoaded:
		if msg.seq == p.seq {
			p.c, p.gone, p.d, p.other, p.people = msg.c, msg.gone, msg.d, msg.other, msg.people
			p.facts = model.FitFacts(p.d, p.env.Play, p.env.now())
			if p.gone && p.leave { // the two are one: on to what waits next
				return p, kit.Send(kit.Back{})
			}
			return p, tea.Batch(p.lost(p.c), p.arrive())
		}
		return p, nil
	case caseTaken:
		return p, tea.Batch(p.tookCase(msg), p.load())
	}
	cmd, done := p.hear(msg)
	if done {
		// Decided: the queue has what comes next.
		return p, tea.Sequence(cmd, kit.Send(kit.Back{}))
	}
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		cmd = tea.Batch(cmd, p.stay())
	}
	return p, cmd
}

// arrive takes the case for who came to decide it, once: who only looks on, or
// finds it in other hands, leaves it there.
func (p *casePage) arrive() tea.Cmd {
	if p.arrived || p.gone {
		return nil
	}
	p.arrived = true
	return p.begin(p.c)
}

// Typing tells whether a field or dialog has the keys.
func (p *casePage) Typing() bool { return p.open() }

// Cursor is the place of the terminal's cursor.
func (p *casePage) Cursor() (x, y int, ok bool) { return p.cursor(p.h) }

// Commands are what a person can do with the case.
func (p *casePage) Commands() []kit.Command { return also(p.commands(p.own), p.stay) }

func (p *casePage) own() []kit.Command {
	by := func(f func(int)) func(int) tea.Cmd { return func(n int) tea.Cmd { f(n); return nil } }
	end := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
	cmds := movement(by(p.sheet.move), by(p.sheet.page), end(p.sheet.first), end(p.sheet.last))
	if p.d == nil || p.gone {
		return cmds
	}
	return append(cmds, p.caseKeys(p.c)...)
}

// View draws the page.
func (p *casePage) View(w, h int) string {
	p.w = w
	return p.view(w, h, p.body)
}

func (p *casePage) body(w, h int) []string {
	e := p.env
	if p.d == nil {
		id := "review.loading"
		if p.failed {
			id = "review.failed"
		}
		return []string{"", " " + e.Theme.Paint(kit.InkMuted, e.T(id))}
	}
	right := " " + e.Theme.Paint(kit.InkMuted, e.Say.Case(p.c.Kind)) + " "
	head := " " + e.Theme.Paint(kit.InkTitle, kit.Cell(p.c.Name, max(w-kit.Width(right)-1, 1)))
	rows := []string{kit.Ends(head, right, w), kit.Rule(e.Theme, w, -1)}
	out := e.writer(min(w-1, 110))
	if p.gone {
		out.para(kit.InkWarn, 1, e.T("review.gone"))
	} else if why := p.held(p.c); why != "" {
		out.para(kit.InkWarn, 1, "▲ "+why)
	}
	p.evidence(out)
	return append(rows, p.sheet.view(e, out.rows, h-len(rows))...)
}

func (p *casePage) evidence(out *writer) {
	e := p.env
	switch p.c.Kind {
	case model.CaseProposal, model.CaseReturned, model.CaseDate:
		p.assessment(out)
	case model.CaseFlag:
		out.head(e.T("review.flag.why"))
		out.para(kit.InkWarn, 2, "▲ "+e.Say.FlagReason(p.c.Flag.Reason))
		if p.c.Flag.Words != "" {
			out.para(kit.InkText, 2, "“"+p.c.Flag.Words+"”")
		}
		p.raised(out)
		p.sightings(out)
	case model.CaseContest:
		p.contest(out)
	case model.CaseDouble:
		p.double(out)
	}
}

// raised says who brought the case, and when.
func (p *casePage) raised(out *writer) {
	out.pair(p.env.T("review.col.by"), joined(" · ", flat(p.c.By), p.env.date(p.c.Since)))
	if p.c.Step > 0 {
		out.pair(p.env.T("review.ladder"), p.env.Say.Step(p.c.Step))
	}
}

func (p *casePage) assessment(out *writer) {
	e, a := p.env, p.c.Assessment
	e.stateRows(out, a, p.d)
	// That a parting waits a working day stands in the rows above already.
	if b := p.c.Blocked; b != nil && p.c.Kind == model.CaseProposal && b.ID != "error.not-allowed.too-early" {
		out.para(kit.InkWarn, 1, "▲ "+e.Say.Error(p.c.Blocked))
	}
	e.summary(out, judge(a, p.d))
	p.flags(out)
	out.head(e.T("wizard.knows"))
	for _, k := range model.FitKeys() {
		var own []model.Fact
		for _, f := range p.facts[k].Facts {
			if !fromLastTime(f) {
				own = append(own, f)
			}
		}
		if len(own) > 0 {
			out.para(kit.InkLabel, 2, e.Say.Key(k))
			e.factPage(out, own)
		}
	}
}

// fromLastTime tells a fact that is an answer given before: the page of a case
// shows those as a comparison.
func fromLastTime(f model.Fact) bool {
	return f.Message.ID == "fit.fact.last" || f.Message.ID == "fit.fact.note"
}

// flags lists the flags on the customer that nobody cleared.
func (p *casePage) flags(out *writer) {
	first := true
	for _, f := range p.d.Flags {
		if f.Cleared != nil {
			continue
		}
		if first {
			out.head(p.env.T("review.section.flags"))
			first = false
		}
		out.para(kit.InkWarn, 2, "▲ "+joined(" · ", p.env.Say.Reason(f), who(p.d, f.By), p.env.date(f.At)))
	}
}

// sightings lists what was seen and counts now, the newest first.
func (p *casePage) sightings(out *writer) {
	out.head(p.env.T("review.sightings"))
	n := 0
	for _, s := range p.d.Sightings {
		if s.Live(model.StampOf(p.env.now())) {
			p.sighting(out, s)
			n++
		}
	}
	if n == 0 {
		out.para(kit.InkMuted, 2, p.env.T("review.sightings.none"))
	}
}

func (p *casePage) sighting(out *writer, s *model.Sighting) {
	e := p.env
	line := joined(" · ", e.date(s.On), e.Say.TraitShort(s.Trait), e.Say.Signal(s), who(p.d, s.By))
	if s.Serious {
		line = "▲ " + e.T("review.serious") + " · " + line
	}
	out.para(kit.InkText, 2, line)
	if s.Signal != "" && s.Words != "" {
		out.para(kit.InkMuted, 4, "“"+s.Words+"”")
	}
	if aimed := who(p.d, s.AimedAt); aimed != "" {
		out.para(kit.InkMuted, 4, e.T("review.aimed", "Person", aimed))
	}
	var saw string
	for _, id := range s.Witnesses {
		saw = joined(", ", saw, who(p.d, id))
	}
	if saw != "" {
		out.para(kit.InkMuted, 4, e.T("review.witnesses", "People", saw))
	}
}

func (p *casePage) contest(out *writer) {
	e, s := p.env, p.c.Sighting
	out.head(e.T("review.contested"))
	p.sighting(out, s)
	out.pair(e.T("review.ladder"), e.Say.Step(s.Step))
	if label, _ := e.Say.Cause(s.Trait, s.Cause); label != "" {
		out.pair(e.T("review.cause"), label)
	}
	out.head(e.T("review.contest.why", "Person", e.whoRuled(p.d, s.Contested), "Date", e.date(s.Contested.At)))
	out.para(kit.InkText, 2, "“"+s.Contested.Reason+"”")
	if why := p.mayRule(p.c); why != "" {
		out.para(kit.InkWarn, 1, "▲ "+why)
	}
	p.sightings(out)
}

// double shows both customers beside each other, field by field.
func (p *casePage) double(out *writer) {
	e := p.env
	out.para(kit.InkText, 1, e.T("review.why.same", "Same", e.Say.Same(p.c.Double.Same)))
	if p.other == nil {
		return
	}
	lw := out.labelWidth()
	col := max((out.w-lw-8)/2, 8)
	put := func(ink kit.Token, mark, label, a, b string) {
		out.rows = append(out.rows, " "+mark+e.Theme.Paint(kit.InkLabel, kit.Cell(label, lw))+" "+
			e.Theme.Paint(ink, kit.Cell(a, col)+"  "+kit.Cell(b, col)))
	}
	out.gap()
	put(kit.InkTitle, " ", "", p.other.Customer.Name, p.d.Customer.Name)
	a, b := model.FieldValues(p.other.Customer), model.FieldValues(p.d.Customer)
	for _, f := range model.Fields() {
		va, vb := a[f.ID], b[f.ID]
		if va == "" && vb == "" {
			continue
		}
		mark := " "
		if va == vb {
			mark = "="
		}
		put(kit.InkText, mark, e.Say.FieldLabel(f.ID), p.fieldText(p.other, f.ID, va), p.fieldText(p.d, f.ID, vb))
	}
}

func (p *casePage) fieldText(d *model.Detail, id, v string) string {
	if id == "owner" {
		return d.Owner
	}
	return p.env.Say.FieldValue(id, flat(clip(v, 200)))
}
