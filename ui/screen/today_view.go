package screen

import (
	"strings"
	"time"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Widths of the columns of Today; what is to be done takes the rest.
const (
	todayNameWidth = 20
	todayWhenWidth = 17
	todayWhoWidth  = 8
)

// todayDraw is a line in one row. What is late has a mark before it and words
// behind it, so that no colour is needed to see it.
func (e *Env) todayDraw(l todayLine, w int) string {
	mark, ink := " ", kit.InkText
	if l.late() {
		mark, ink = "!", kit.InkWarn
	}
	name, who := todayNameWidth, todayWhoWidth
	if w < 60 {
		name, who = 14, 0
	}
	left := max(w-2-name-todayWhenWidth-4, 8)
	if who > 0 {
		left = max(left-who-2, 8)
	}
	cells := []string{kit.Cell(l.Name, name), kit.Cell(e.todayWhat(l, left), left), kit.Cell(e.todayWhen(l), todayWhenWidth), kit.Cell(l.Who, max(who, 1))}
	return e.Theme.Paint(ink, mark+" "+kit.Columns(cells, []int{name, left, todayWhenWidth, who}))
}

// todayWhat says what it is about.
func (e *Env) todayWhat(l todayLine, w int) string {
	switch {
	case l.Limbo != nil:
		return e.T("today.what.limbo", "Date", e.date(l.Limbo.Since))
	case l.Promise != nil:
		return flat(clip(l.Promise.Words, w))
	case l.Terms != nil:
		if s := flat(clip(l.Terms.Words, w)); s != "" {
			return s
		}
		return e.T("today.what.terms")
	case l.Assessment != nil:
		return joined(" · ", e.Say.Verdict(l.Assessment.Verdict), flat(clip(l.Assessment.Next.What, w)))
	case l.Hurt != nil:
		return flat(clip(l.Hurt.Improvement.Title, w))
	case l.Farewell != nil:
		return e.farewellStep(l.Farewell.Next())
	case l.Sighting != nil:
		return joined(": ", e.Say.TraitShort(l.Sighting.Trait), sightingWords(e, l.Sighting, w))
	}
	return ""
}

// farewellStep names the step of a farewell that is next.
func (e *Env) farewellStep(step model.FarewellStep) string {
	if id := "farewell.step." + string(step); e.Text.Has(id) {
		return e.T(id)
	}
	return kit.Clean(string(step))
}

// todayWhen says when, in few words.
func (e *Env) todayWhen(l todayLine) string {
	switch {
	case l.Limbo != nil:
		return e.T("today.waits", "Time", e.waited(l.Limbo.Waited))
	case l.Hurt != nil:
		return e.Text.Ago(e.at(l.Hurt.Improvement.Ended.At), e.now())
	case l.Sighting != nil:
		return e.Text.Until(l.Due.Time(e.now().Location()), e.now())
	case l.Farewell != nil && l.Due == "":
		return e.T("today.when.next")
	case len(l.Stale) > 0 && l.Late <= 0 && l.Due > model.DayOf(e.now()):
		return e.T("today.when.stale")
	case l.Late > 0:
		return e.Text.N("text.until.late", l.Late)
	}
	return e.dueWords(l.Due, l.Late)
}

// waited words how long somebody waits: hours up to two days, then days of 24
// hours on which somebody works.
func (e *Env) waited(d time.Duration) string {
	const day = 24 * time.Hour
	if d < 2*day {
		return e.Text.N("today.hours", int(d/time.Hour))
	}
	return e.Text.N("today.days", int(d/day))
}

// todayDetail tells more of a line: the whole words, the facts in the order in
// which one would read them aloud, and who is to do it.
func (e *Env) todayDetail(l todayLine, w int) []string {
	p := e.writer(w)
	p.para(kit.InkAccent, 0, flat(clip(l.Name, 200)))
	switch {
	case l.Limbo != nil:
		e.limboDetail(p, l)
	case l.Promise != nil:
		e.promiseDetail(p, l)
	case l.Terms != nil:
		p.para(kit.InkText, 0, clip(l.Terms.Words, 2000))
		p.para(kit.InkMuted, 0, e.T("today.terms.stated", "Person", kit.Clean(l.people[l.Terms.By]), "Date", e.dayText(l.Terms.On), "Due", e.dayText(l.Terms.AnswerBy)))
	case l.Assessment != nil:
		e.verdictDetail(p, l)
	case l.Hurt != nil:
		i := l.Hurt.Improvement
		p.para(kit.InkText, 0, e.T("today.tell.head", "Title", flat(clip(i.Title, 400))))
		if i.Ended.Reason != "" {
			p.para(kit.InkText, 0, "“"+clip(i.Ended.Reason, 1000)+"”")
		}
		p.para(kit.InkMuted, 0, e.T("today.tell.by", "Person", kit.Clean(l.people[i.Ended.By]), "Date", e.date(i.Ended.At)))
	case l.Farewell != nil:
		p.para(kit.InkText, 0, e.T("today.farewell.next", "Step", e.farewellStep(l.Farewell.Next())))
		if l.Due != "" {
			p.para(kit.InkMuted, 0, joined(" · ", e.dayText(l.Due), e.dueWords(l.Due, l.Late)))
		}
	case l.Sighting != nil:
		g := l.Sighting
		p.para(kit.InkText, 0, e.Say.Trait(g.Trait)+": "+sightingWords(e, g, 400))
		p.para(kit.InkMuted, 0, e.T("today.lapse.seen", "Person", kit.Clean(l.people[g.By]), "Date", e.date(g.On), "Due", e.date(g.Lapses)))
	}
	who := l.Who
	if who == "" {
		who = e.T("today.nobody")
	}
	p.para(kit.InkMuted, 0, joined(" · ", e.T("today.who", "Person", kit.Clean(clip(who, 60))), e.ownerWords(l)))
	return p.rows
}

// ownerWords names the owner where another is to do it.
func (e *Env) ownerWords(l todayLine) string {
	if l.Owner == "" || l.Owner == l.Who {
		return ""
	}
	return e.T("desk.owner", "Person", kit.Clean(clip(l.Owner, 60)))
}

func (e *Env) limboDetail(p *writer, l todayLine) {
	ink, id := kit.InkWarn, "today.limbo.warn"
	if l.Limbo.Red {
		ink, id = kit.InkDanger, "today.limbo.red"
	}
	p.para(ink, 0, e.T(id, "Date", e.Text.DateTime(e.at(l.Limbo.Since), e.now()), "Time", e.waited(l.Limbo.Waited)))
	p.para(kit.InkText, 0, e.T("today.limbo.next"))
}

func (e *Env) promiseDetail(p *writer, l todayLine) {
	x := l.Promise
	id := "today.promise.theirs"
	if x.Side == model.Ours {
		id = "today.promise.ours"
	}
	made := e.T(id, "Person", kit.Clean(l.people[x.By]), "Date", e.date(x.At))
	p.para(kit.InkText, 0, "“"+clip(x.Words, 2000)+"”")
	ink := kit.InkText
	if l.Late > 0 {
		ink = kit.InkWarn
	}
	p.para(ink, 0, joined(" · ", strings.TrimSpace(lateMark(l.Late)+" "+e.dayText(x.Due)), e.dueWords(x.Due, l.Late)))
	topic := ""
	if x.Topic != "" {
		topic = e.Say.Topic(x.Topic)
	}
	p.para(kit.InkMuted, 0, joined(" · ", made, topic))
	for i := len(x.Moves) - 1; i >= 0; i-- {
		m := x.Moves[i]
		p.para(kit.InkMuted, 0, e.T("promise.moved.last", "Date", e.dayText(m.From), "Person", kit.Clean(l.people[m.Ruling.By]), "Reason", flat(clip(m.Ruling.Reason, 400))))
	}
}

func (e *Env) verdictDetail(p *writer, l todayLine) {
	a := l.Assessment
	p.para(kit.InkText, 0, e.T("today.fit.head", "Verdict", e.Say.Verdict(a.Verdict), "Rule", string(a.Rule),
		"Person", kit.Clean(l.people[a.Settled.By]), "Date", e.date(a.Settled.At)))
	if a.Next.What != "" {
		p.para(kit.InkText, 0, "→ "+clip(a.Next.What, 1000))
	}
	if l.Due != "" && l.Due <= model.DayOf(e.now()) {
		p.para(kit.InkWarn, 0, e.T("today.fit.due", "Date", e.dayText(l.Due)))
	}
	for _, f := range l.Stale {
		p.para(kit.InkWarn, 0, "! "+e.T("promise.stale")+" · "+e.Say.Fact(f)+", "+e.date(f.At))
	}
}
