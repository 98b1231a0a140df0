package screen

import (
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// tagAsks are the questions of the stages.
var tagAsks = [tagStages]string{"tag.ask.signal", "tag.ask.words", "tag.ask.cause", "tag.ask.date", "tag.ask.aimed", "tag.ask.serious"}

// View draws the question of the stage, its answers and, below, what will be
// noted. It never gets lower again, so that the list above stays in its place.
func (p *tagPanel) View(w int) []string {
	e, th := p.env, p.env.Theme
	lang := e.Text.Lang()
	title := strconv.Itoa(p.trait.Number()) + " " + e.Say.Trait(p.trait)
	ask := e.T(tagAsks[p.stage])
	right := th.Paint(kit.InkMuted, kit.Cell(p.name, min(nameWidth(p.name, 30), 30))) + " "
	if len(p.of) > 1 {
		right = th.Paint(kit.InkMarked, "● "+e.Text.N("tag.customers", len(p.of))) + " "
	}
	rows := []string{kit.Ends(" "+th.Paint(traitInk(p.trait.Number()-1), kit.Clean(title))+"  "+th.Paint(kit.InkTitle, ask), right, w)}
	p.cx, p.cy = -1, len(rows)
	var labels []string
	chosen := 0
	switch p.stage {
	case tagWords:
		rows = append(rows, p.typed(p.words, w, ""))
	case tagDate:
		rows = append(rows, p.typed(p.date, w, e.T("tag.date.hint", "Day", e.now().AddDate(0, 0, -1).Format("2-1"))))
	case tagSignal:
		chosen = p.signal
		for _, s := range p.play.Signals {
			labels = append(labels, s.Label.In(lang))
		}
	case tagCause:
		chosen = p.cause
		for _, c := range p.play.Causes {
			labels = append(labels, c.Label.In(lang))
		}
	case tagAimed:
		chosen = p.aimed
		for _, who := range p.people {
			labels = append(labels, who.Name)
		}
	case tagSerious:
		labels = []string{e.T("tag.serious.no"), e.T("tag.serious.yes")}
		chosen = 1
		if p.serious {
			chosen = 2
		}
	}
	rows = append(rows, numbered(th, labels, chosen, w)...)
	if p.stage == tagCause && p.cause > 0 {
		rows = append(rows, " "+th.Paint(kit.InkHint, kit.Cell("→ "+p.play.Causes[p.cause-1].Approach.In(lang), max(w-2, 1))))
	}
	rows = append(rows, p.cautionRows(w)...)
	rows = append(rows, p.summary(w))
	for len(rows) < p.height {
		rows = append(rows[:len(rows)-1], "", rows[len(rows)-1])
	}
	p.height = len(rows)
	return rows
}

// cautionRows are what the note check says of the words, and what enter does now.
func (p *tagPanel) cautionRows(w int) []string {
	return p.env.cautionRows(p.cautions(), "notecheck.again", w)
}

// typed draws a text field with a hint while it is empty.
func (p *tagPanel) typed(in *kit.Input, w int, hint string) string {
	room := max(w-2, 1)
	p.cx = 1 + in.CursorX()
	if hint == "" || in.Value() != "" {
		out := p.env.Theme.Paint(kit.InkInput, in.View(room))
		p.cx = 1 + in.CursorX()
		return " " + out
	}
	box := min(12, room)
	out := p.env.Theme.Paint(kit.InkInput, in.View(box)) + " " + p.env.Theme.Paint(kit.InkHint, kit.Cut(hint, max(room-box-1, 1)))
	p.cx = 1 + in.CursorX()
	return " " + out
}

// numbered lays numbered answers out in as few rows as they need.
func numbered(th *kit.Theme, labels []string, chosen, w int) []string {
	var rows []string
	var b strings.Builder
	used := 0
	for i, label := range labels {
		number := strconv.Itoa(i + 1)
		if i > 8 {
			number = "·" // reached with the arrows
		}
		mark, ink := " ", kit.InkText
		if i+1 == chosen {
			mark, ink = "▌", kit.InkAccent
		}
		label = kit.Cell(label, min(kit.Width(kit.Clean(clip(label, w))), max(w-6, 1)))
		n := 3 + kit.Width(label)
		if used > 0 && used+2+n > w {
			rows = append(rows, b.String())
			b.Reset()
			used = 0
		}
		if used > 0 {
			b.WriteString("  ")
			used += 2
		}
		b.WriteString(mark)
		th.Write(&b, kit.InkKey, number)
		b.WriteByte(' ')
		th.Write(&b, ink, label)
		used += n
	}
	if used > 0 {
		rows = append(rows, b.String())
	}
	return rows
}

// summary is what enter will note, or what is in its way.
func (p *tagPanel) summary(w int) string {
	e, th := p.env, p.env.Theme
	room := max(w-3, 1)
	switch {
	case p.wrong != "":
		return " " + th.Paint(kit.InkError, kit.Cut("✗ "+p.wrong, room))
	case p.offer != nil:
		at := e.Text.DateTime(e.at(p.offer.At), e.now())
		what := joined(" · ", p.draftSignal(), kit.Clean(clip(p.offer.Values["words"], 30)))
		return " " + th.Paint(kit.InkWarn, kit.Cut(e.T("tag.draft.here", "Date", at, "What", what), room))
	}
	return " " + th.Paint(kit.InkAccent, "▌") + kit.Cut(joined(" · ", p.parts()...), room)
}

// parts are what will be noted, what matters most first: at the end of a narrow
// row something may be cut.
func (p *tagPanel) parts() []string {
	e := p.env
	lang := e.Text.Lang()
	var parts []string
	if p.serious {
		parts = append(parts, e.T("desk.sighting.serious"))
	}
	words := strings.TrimSpace(p.words.Value())
	if p.signal > 0 {
		parts = append(parts, strconv.Itoa(p.signal)+" "+kit.Clean(p.play.Signals[p.signal-1].Label.In(lang)))
	}
	if words != "" {
		parts = append(parts, "“"+kit.Cut(kit.Clean(clip(words, 60)), 40)+"”")
	}
	if p.signal == 0 && words == "" {
		parts = append(parts, "…")
	}
	when := e.T("tag.now")
	if on, ok := p.on(); ok && on != 0 {
		when = e.Text.Date(e.at(on), e.now())
	}
	parts = append(parts, when)
	if p.aimed > 0 {
		parts = append(parts, e.T("desk.sighting.aimed", "Person", kit.Clean(clip(p.people[p.aimed-1].Name, 30))))
	}
	parts = append(parts, e.T("tag.by", "Person", kit.Clean(clip(e.Me.Name, 30))))
	if p.cause > 0 {
		parts = append(parts, e.T("desk.why", "Cause", kit.Clean(p.play.Causes[p.cause-1].Label.In(lang))))
	}
	return parts
}

// draftSignal names the signal of the draft that is offered.
func (p *tagPanel) draftSignal() string {
	id := p.offer.Values["signal"]
	if id == "" {
		return ""
	}
	return p.env.Say.Signal(&model.Sighting{Trait: p.trait, Signal: id})
}

// Cursor stands in the text field of the stage.
func (p *tagPanel) Cursor() (x, y int, ok bool) { return p.cx, p.cy, p.input() != nil }
