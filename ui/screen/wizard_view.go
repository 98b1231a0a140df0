package screen

import (
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// wideFrom is from how many columns the side panel stands beside the question.
const wideFrom = 100

func (w *wizard) wide() bool { return w.w >= wideFrom }

// View draws the page.
func (w *wizard) View(width, height int) string {
	w.w = width
	return w.view(width, height, w.body)
}

func (w *wizard) body(width, h int) []string {
	e := w.env
	if w.d == nil {
		id := "wizard.loading"
		if w.lost {
			id = "wizard.lost"
		}
		return []string{"", " " + e.Theme.Paint(kit.InkMuted, e.T(id))}
	}
	right := e.Text.T("wizard.at", "At", w.at+1, "Of", len(model.FitKeys()))
	at := -1
	switch w.page {
	case pageSummary:
		right = e.T("wizard.summary")
		if w.readonly() {
			right = e.T("wizard.readonly")
		}
	case pageQuestion:
		if w.wide() {
			at = w.left(width) + 1
		}
	}
	right = " " + e.Theme.Paint(kit.InkMuted, right) + " "
	head := " " + e.Theme.Paint(kit.InkTitle, kit.Cut(kit.Clean(e.T("wizard.heading", "Name", flat(w.d.Customer.Name))), max(width-kit.Width(right)-1, 1)))
	rows := []string{kit.Ends(head, right, width), kit.Rule(e.Theme, width, at)}
	return append(rows, w.pageRows(width, h-len(rows))...)
}

func (w *wizard) left(width int) int { return min(width/2, 80) }

func (w *wizard) pageRows(width, h int) []string {
	e := w.env
	switch w.page {
	case pageSummary:
		p := e.writer(width - 1)
		if w.run != nil {
			e.stateRows(p, w.run, w.d)
			e.summary(p, judge(w.run, w.d))
		}
		return w.sheet.view(e, p.rows, h)
	case pageFacts:
		p := e.writer(width - 1)
		p.head(e.Say.Question(w.key()))
		p.gap()
		e.factPage(p, w.facts[w.key()].Facts)
		return w.sheet.view(e, p.rows, h)
	case pagePanel:
		return w.sheet.view(e, w.panelRows(width-1, 1000), h)
	}
	if w.wide() {
		lw := w.left(width)
		return strings.Split(kit.Panes(e.Theme, w.question(lw, h), w.panelRows(width-lw-3, h), lw, width, h), "\n")
	}
	strip := w.strip(width)
	rows := w.question(width, h-len(strip))
	for len(rows) < h-len(strip) {
		rows = append(rows, "")
	}
	return append(rows, strip...)
}

// question draws the question with its answers, why we ask and what the book
// knows, in at most h rows.
func (w *wizard) question(width, h int) []string {
	e, k := w.env, w.key()
	p := e.writer(width - 1)
	if w.run != nil && w.run.Returned != nil {
		p.para(kit.InkWarn, 1, "▲ "+e.T("wizard.asks", "Person", e.whoRuled(w.d, w.run.Returned), "Question", flat(w.run.Returned.Reason)))
	}
	p.gap()
	p.para(kit.InkTitle, 2, e.Say.Question(k))
	p.gap()
	given, fact := w.answers()[k], w.facts[k]
	for i, a := range model.AnswersFor(k) {
		w.answerRow(p, i, a, given, fact)
	}
	if why := e.Say.Why(k); why != "" {
		p.gap()
		p.para(kit.InkMuted, 2, why)
	}
	p.gap()
	p.rows = append(p.rows, "  "+e.Theme.Paint(kit.InkTitle, e.T("wizard.knows")))
	facts := e.factRows(width-1, fact.Facts)
	if len(facts) == 0 {
		facts = []string{"   " + e.Theme.Paint(kit.InkMuted, e.T("wizard.facts.none"))}
	}
	return append(p.rows, cutRows(e, facts, max(h-len(p.rows), 1), "f")...)
}

func (w *wizard) answerRow(p *writer, i int, a, given model.Answer, fact model.FitFact) {
	e := w.env
	mark, ink := "○ ", kit.InkText
	if a == given {
		mark, ink = "● ", kit.InkAccent
	}
	note := ""
	if a == fact.Propose && given == "" {
		note = "  ◂ " + e.T("wizard.proposed")
	}
	rows := kit.Wrap(e.Say.Answer(w.key(), a), max(p.w-6, 8))
	head := "  " + mark + strconv.Itoa(i+1) + " "
	for n, s := range rows {
		s = e.Theme.Paint(ink, head+s)
		if n == len(rows)-1 && kit.Width(s+note) <= p.w {
			s += e.Theme.Paint(kit.InkHint, note)
			note = ""
		}
		p.rows = append(p.rows, s)
		head = "      "
	}
	if n := w.noted(); n != "" && a == given {
		p.para(kit.InkMuted, 6, "“"+n+"”")
	}
	if note != "" {
		p.rows = append(p.rows, "    "+e.Theme.Paint(kit.InkHint, note))
	}
}

// provisional gives the run, or one without an answer, for the panel.
func (w *wizard) provisional() judged {
	n := w.run
	if n == nil {
		n = &model.Assessment{State: model.FitOpen, Kind: w.d.Customer.FitKind(), Large: w.d.Large}
	}
	return judge(n, w.d)
}

// panelRows draws the side panel in at most h rows: what would turn the verdict
// gives way first.
func (w *wizard) panelRows(width, h int) []string {
	e, g := w.env, w.provisional()
	full := g.n.Answers.WithDefaults()
	p := e.writer(width)
	p.line(e.T("wizard.stands"), "", "")
	p.rows[0] = " " + e.Theme.Paint(kit.InkTitle, e.T("wizard.stands")) + "  " + e.Theme.Paint(kit.InkAccent, e.verdict(g.j.Verdict, g.j.Rule))
	p.para(kit.InkMuted, 2, e.Say.Rule(g.j.Rule))
	for _, f := range g.j.Flags {
		p.para(kit.InkWarn, 2, "▲ "+e.Say.Flag(f))
	}
	p.head(e.T("wizard.because"))
	for _, k := range g.j.Because {
		right := ""
		if g.n.Answers[k] == "" {
			right = e.Theme.Paint(kit.InkMuted, "("+e.T("wizard.open")+")")
		}
		p.line(e.Say.Key(k), e.Say.Answer(k, full[k]), right)
	}
	p.head(e.T("wizard.possible"))
	p.para(kit.InkText, 2, e.verdicts(model.StillPossible(g.n.Answers, g.n.Kind, g.n.Large)))

	turns := e.writer(width)
	e.turnRows(turns, model.WouldChange(full, g.n.Kind, g.n.Large))
	low := w.lowRows(width, g, false)
	if tall := w.lowRows(width, g, true); len(p.rows)+len(turns.rows)+len(tall)+3 <= h {
		low = tall
	}
	p.head(e.T("wizard.turns"))
	room := max(h-len(p.rows)-len(low)-1, 1)
	p.rows = append(p.rows, cutRows(e, turns.rows, room, "v")...)
	p.gap()
	return append(p.rows, low...)
}

// lowRows is the end of the panel: what was not used, what is answered (each
// with its answer where there is room) and what is open.
func (w *wizard) lowRows(width int, g judged, each bool) []string {
	e, low := w.env, w.env.writer(width)
	low.pairIn(kit.InkMuted, e.T("wizard.unused"), e.T("wizard.unused.what"))
	var done []model.FitKey
	for _, k := range model.FitKeys() {
		if g.n.Answers[k] != "" {
			done = append(done, k)
		}
	}
	if !each {
		low.pair(e.T("wizard.answered"), orNone(e, e.keys(done)))
	}
	low.pair(e.T("wizard.open"), orNone(e, e.keys(g.n.Answers.Open())))
	if g.n.Stance != "" {
		low.pair(e.T("wizard.stance"), e.Say.Stance(g.n.Stance))
	}

	if each && len(done) > 0 {
		low.head(e.T("wizard.answers"))
		for _, k := range done {
			low.line(e.Say.Key(k), e.Say.Answer(k, g.n.Answers[k]), "")
		}
	}
	return low.rows
}

func orNone(e *Env, s string) string {
	if s == "" {
		return e.T("wizard.none")
	}
	return s
}

// strip is the panel in short, for a narrow window.
func (w *wizard) strip(width int) []string {
	e, g := w.env, w.provisional()
	stands := " " + e.Theme.Paint(kit.InkTitle, e.T("wizard.stands")) + "  " + e.Theme.Paint(kit.InkAccent, e.verdict(g.j.Verdict, g.j.Rule))
	open := e.Text.N("wizard.open.n", len(g.n.Answers.Open()))
	p := e.writer(width - 1)
	p.line(e.T("wizard.because.short"), e.keys(g.j.Because), "")
	p.line(e.T("wizard.possible.short"), e.verdicts(model.StillPossible(g.n.Answers, g.n.Kind, g.n.Large)), "")
	return append([]string{kit.Rule(e.Theme, width, -1), kit.Ends(kit.Cut(stands, max(width-kit.Width(open)-2, 1)), open+" ", width)}, p.rows...)
}
