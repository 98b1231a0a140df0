package screen

import (
	"pasvorm/model"
	"pasvorm/ui/kit"
)

// View draws the queue.
func (r *review) View(w, h int) string {
	r.w = w
	return r.view(w, h, r.body)
}

func (r *review) body(w, h int) []string {
	e := r.env
	if r.queue == nil {
		id := "review.loading"
		if r.failed {
			id = "review.failed"
		}
		return []string{"", " " + e.Theme.Paint(kit.InkMuted, e.T(id))}
	}
	n := r.count()
	head := " " + e.Theme.Paint(kit.InkTitle, e.T("review.title"))
	if n.open == 0 {
		p := e.writer(min(w-2, 76))
		p.gap()
		p.para(kit.InkGood, 2, e.T("review.empty"))
		p.para(kit.InkMuted, 2, e.T("review.empty.more"))
		return append([]string{head, kit.Rule(e.Theme, w, -1), ""}, p.rows...)
	}
	right := joined(" · ", e.Text.N("review.open", n.open), e.T("review.oldest", "Age", e.age(n.oldest.Hours())))
	if n.yours > 0 {
		right = joined(" · ", right, e.Text.N("review.yours", n.yours))
	}
	if n.locked > 0 {
		right = joined(" · ", right, e.Text.N("review.locked", n.locked))
	}
	cols := reviewColumns(w)
	rows := []string{kit.Ends(head, e.Theme.Paint(kit.InkMuted, kit.Cut(right, max(w-12, 1)))+" ", w), kit.Rule(e.Theme, w, -1), " " + e.Theme.Paint(kit.InkLabel, r.heading(cols))}
	return append(rows, r.listRows(cols, w, h-len(rows))...)
}

// age words how old something is in hours or days.
func (e *Env) age(hours float64) string {
	if hours < 1 {
		return e.T("review.age.now")
	}
	if hours < 24 {
		return e.Text.N("review.age.hours", int(hours))
	}
	return e.Text.N("review.age.days", int(hours/24))
}

// reviewCols are the widths of the columns; 0 leaves one out.
type reviewCols struct{ name, verdict, rule, by, age, why int }

func reviewColumns(w int) reviewCols {
	c := reviewCols{name: 24, verdict: 24, rule: 5, by: 10, age: 5}
	if w < wideFrom {
		c = reviewCols{name: 20, verdict: 9, age: 5}
	}
	used := 2
	for _, n := range []int{c.name, c.verdict, c.rule, c.by, c.age} {
		if n > 0 {
			used += n + 2
		}
	}
	c.why = max(w-used-1, 8)
	return c
}

func (c reviewCols) widths() []int { return []int{c.name, c.verdict, c.rule, c.by, c.age, c.why} }

func (r *review) heading(c reviewCols) string {
	e := r.env
	return " " + kit.Columns([]string{e.T("review.col.customer"), e.T("review.col.verdict"), e.T("review.col.rule"),
		e.T("review.col.by"), e.T("review.col.age"), e.T("review.col.why")}, c.widths())
}

// queueLine is a heading, a case, or a word about cases that are not shown.
type queueLine struct {
	kind model.CaseKind
	i    int // of the case, -1 for a heading, -2 for what is left out
	n    int
}

func (r *review) lines() []queueLine {
	var out []queueLine
	for _, k := range caseKinds {
		shown := 0
		for i, c := range r.queue.Cases {
			if c.Kind != k {
				continue
			}
			if shown == 0 {
				out = append(out, queueLine{kind: k, i: -1, n: r.queue.Counts[k]})
			}
			shown++
			out = append(out, queueLine{i: i})
		}
		if left := r.queue.Counts[k] - shown; shown > 0 && left > 0 {
			out = append(out, queueLine{i: -2, n: left})
		}
	}
	return out
}

// listRows draws the part of the queue that is in sight.
func (r *review) listRows(c reviewCols, w, h int) []string {
	lines := r.lines()
	at := 0
	for i, l := range lines {
		if l.i == r.cur {
			at = i
		}
	}
	// The heading above the first case of a section is kept in sight with it.
	first := at
	if at > 0 && lines[at-1].i == -1 {
		first = at - 1
	}
	last := at
	if at+1 < len(lines) && lines[at+1].i == -2 {
		last = at + 1
	}
	r.top = max(min(r.top, first), last-max(h, 1)+1, 0)
	r.top = min(r.top, max(len(lines)-h, 0))
	var rows []string
	for i := r.top; i < len(lines) && len(rows) < h; i++ {
		rows = append(rows, r.row(lines[i], c, w))
	}
	return rows
}

func (r *review) row(l queueLine, c reviewCols, w int) string {
	e := r.env
	switch l.i {
	case -1:
		return " " + e.Theme.Paint(kit.InkTitle, e.kindTitle(l.kind)) + e.Theme.Paint(kit.InkMuted, " "+e.Text.Int(l.n))
	case -2:
		return "   " + e.Theme.Paint(kit.InkMuted, e.Text.N("review.left", l.n))
	}
	k := r.queue.Cases[l.i]
	rule, verdict := "–", "–" // the section says what it is
	switch a := k.Assessment; {
	case a != nil && w < wideFrom:
		verdict = word(e, verdictShort, a.Verdict)
	case a != nil:
		rule, verdict = string(a.Rule), e.Say.Verdict(a.Verdict)
	case w >= wideFrom:
		verdict = e.Say.Case(k.Kind)
	}
	cells := []string{kit.Cell(k.Name, c.name), kit.Cell(verdict, c.verdict), rule, kit.Cell(k.By, max(c.by, 1)),
		e.age(e.now().Sub(e.at(k.Since)).Hours()), kit.Cell(joined(" · ", r.holder(k), e.whyHere(k)), c.why)}
	row := "  " + kit.Columns(cells, c.widths())
	if l.i != r.cur {
		return row
	}
	return e.Theme.Over(kit.InkSelected, kit.Fit("▌"+row[1:], w))
}

// kindTitle is the name of a section of the queue.
func (e *Env) kindTitle(k model.CaseKind) string {
	switch k {
	case model.CaseFlag:
		return e.T("review.section.flags")
	case model.CaseProposal:
		return e.T("review.section.proposals")
	case model.CaseContest:
		return e.T("review.section.contests")
	case model.CaseDate:
		return e.T("review.section.dates")
	case model.CaseReturned:
		return e.T("review.section.returned")
	case model.CaseDouble:
	}
	return e.T("review.section.doubles")
}

// whyHere says in a line why a case is in the queue.
func (e *Env) whyHere(c model.Case) string {
	switch c.Kind {
	case model.CaseFlag:
		s := e.Say.Reason(c.Flag)
		if c.Flag.Step > 0 {
			s = joined(" · ", s, e.T("review.step", "Step", c.Flag.Step))
		}
		return flat(s)
	case model.CaseProposal:
		return e.whyProposed(c)
	case model.CaseContest:
		return joined(" · ", "“"+flat(clip(c.Sighting.Contested.Reason, 200))+"”", e.Say.TraitShort(c.Sighting.Trait))
	case model.CaseDate:
		return joined(" · ", e.T("review.why.date", "Date", e.dayText(c.Assessment.Due)), flat(clip(c.Assessment.Next.What, 200)))
	case model.CaseReturned:
		return "“" + flat(clip(c.Assessment.Returned.Reason, 200)) + "”"
	case model.CaseDouble:
		return joined(" · ", e.T("review.why.same", "Same", e.Say.Same(c.Double.Same)), kit.Clean(clip(c.OtherName, 60)))
	}
	return ""
}

// whyProposed names what stands in the way first, then flags and reason.
func (e *Env) whyProposed(c model.Case) string {
	var lock string
	a := c.Assessment
	switch {
	case c.Mine:
		lock = e.T("review.why.own")
	case a.Verdict == model.VerdictPart:
		if from := model.ApprovableFrom(e.Cal, e.at(a.Proposed.At)); e.now().Before(from) {
			lock = e.T("review.why.from", "From", e.Text.DateTime(from, e.now()))
		}
	}
	impact := ""
	if a.HasFlag(model.FitFlagImpactSheet) {
		impact = e.T("review.why.impact")
	}
	return joined(" · ", lock, impact, flat(clip(a.Proposed.Reason, 200)), e.Say.Rule(a.Rule))
}
