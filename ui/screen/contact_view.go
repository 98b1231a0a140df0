package screen

import (
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// logRows is how many rows of parts the panel has below the words.
const logRows = 4

// View draws the words, then all that is noted beside them in a few rows that
// fold, then the part in focus with its answers. It never gets lower again, so
// that what is above stays in its place.
func (p *logPanel) View(w int) []string {
	p.cx, p.cy = -1, 0
	rows := []string{p.heading(w), p.words(w)}
	for row := range logRows {
		rows = append(rows, p.cellRow(row+1, w)...)
	}
	rows = append(rows, p.ask(w, len(rows))...)
	rows = append(rows, p.ready3(w)...)
	last := p.last(w)
	for len(rows)+len(last) < p.height {
		rows = append(rows, "")
	}
	rows = append(rows, last...)
	p.height = len(rows)
	return rows
}

// heading names the customer; the clock stands at the right.
func (p *logPanel) heading(w int) string {
	e, th := p.env, p.env.Theme
	clock := th.Paint(kit.InkAccent, p.clock())
	if p.began.IsZero() {
		clock = th.Paint(kit.InkMuted, e.T("log.paused", "Clock", p.clock()))
	}
	room := max(w-kit.Width(clock)-4, 8)
	title := e.T("log.title", "Customer", kit.Cell(p.name, min(nameWidth(p.name, room), max(room-12, 4))))
	return kit.Ends(" "+th.Paint(kit.InkTitle, title), clock+" ", w)
}

func (p *logPanel) words(w int) string {
	room := max(w-2, 1)
	c := p.cell("words")
	if c.raw() == "" && p.cells[p.at] != c {
		return " " + p.env.Theme.Paint(kit.InkHint, kit.Cut(p.env.T("log.words.none"), room))
	}
	out := p.env.Theme.Paint(kit.InkInput, c.in.View(room))
	if p.cells[p.at] == c {
		p.cx, p.cy = 1+c.in.CursorX(), 1
	}
	return " " + out
}

// cellRow draws the parts of a row, folded where they are too wide.
func (p *logPanel) cellRow(row, w int) []string {
	var rows []string
	var b strings.Builder
	used := 0
	for i, c := range p.cells {
		if c.row != row || !p.there(c) {
			continue
		}
		cell, n := p.draw(c, i == p.at, w)
		if used > 0 && used+1+n > w {
			rows = append(rows, b.String())
			b.Reset()
			used = 0
		}
		if used > 0 {
			b.WriteByte(' ')
			used++
		}
		b.WriteString(cell)
		used += n
	}
	if used > 0 {
		rows = append(rows, b.String())
	}
	return rows
}

// cellRoom is the room for the value of a part, in cells.
const cellRoom = 24

// draw gives a part and its width.
func (p *logPanel) draw(c *logCell, focus bool, w int) (string, int) {
	e, th := p.env, p.env.Theme
	value, ink := p.shown(c)
	value = kit.Cut(value, min(cellRoom, max(w-16, 4)))
	mark, labelInk := " ", kit.InkLabel
	if focus {
		mark, labelInk = "▌", kit.InkAccent
	}
	label := e.T(c.label)
	if c.kind == cellYes && c.id != "answered" && !c.on {
		return mark + th.Paint(ifFocus(focus, kit.InkAccent, kit.InkMuted), label+" –"), 1 + kit.Width(label) + 2
	}
	out := mark + th.Paint(labelInk, label)
	n := 1 + kit.Width(label)
	if value != "" {
		out += " " + th.Paint(ink, value)
		n += 1 + kit.Width(value)
	}
	return out, n
}

func ifFocus(focus bool, yes, no kit.Token) kit.Token {
	if focus {
		return yes
	}
	return no
}

// shown is the value of a part as it is shown.
func (p *logPanel) shown(c *logCell) (string, kit.Token) {
	e := p.env
	switch c.kind {
	case cellYes:
		switch {
		case c.on && c.id == "failed":
			return e.T("log.yes"), kit.InkWarn
		case c.on:
			return e.T("log.yes"), kit.InkText
		}
		return e.T("log.no"), kit.InkWarn
	case cellNumber:
		if id, minutes := p.proposed(); id == c.id {
			return e.T("log.min", "N", minutes), kit.InkMuted // by the clock
		}
		switch {
		case c.n != "" && c.most == model.MaxMinutes:
			return e.T("log.min", "N", c.n), kit.InkText
		case c.n != "":
			return c.n, kit.InkText
		}
	case cellPick:
		if c.pick.value != "" {
			return kit.Clean(clip(c.pick.label(), cellRoom)), kit.InkText
		}
	case cellText:
		if c.filled() {
			return kit.Clean(clip(strings.TrimSpace(c.raw()), cellRoom)), kit.InkText
		}
		if c.id == "date" {
			return e.T("story.today"), kit.InkText
		}
	}
	return "–", kit.InkMuted
}

// ask draws the part in focus with what it can be; y is the row it comes at.
func (p *logPanel) ask(w, y int) []string {
	e, th := p.env, p.env.Theme
	c := p.cells[p.at]
	room := max(w-2, 1)
	hint := ""
	if c.hint != "" {
		hint = e.T(c.hint)
	}
	switch c.kind {
	case cellText:
		if c.label == "" {
			return nil
		}
		label := e.T(c.label)
		left := " " + th.Paint(kit.InkTitle, label) + " "
		at := kit.Width(label) + 2
		box := max(room-at, 8)
		if !c.filled() && hint != "" {
			box = min(12, box)
		}
		out := left + th.Paint(kit.InkInput, c.in.View(box))
		if !c.filled() && hint != "" {
			out += " " + th.Paint(kit.InkHint, kit.Cut(hint, max(w-at-box-2, 1)))
		}
		p.cx, p.cy = at+c.in.CursorX(), y
		return []string{out}
	case cellYes:
		chosen := 2
		if c.on {
			chosen = 1
		}
		return numbered(th, []string{e.T("log.yes"), e.T("log.no")}, chosen, w)
	case cellNumber:
		return []string{" " + th.Paint(kit.InkHint, kit.Cut(hint, room))}
	case cellPick:
		return p.choices(&c.pick, hint, w)
	}
	return nil
}

// choices draws what can be chosen, by what was typed.
func (p *logPanel) choices(k *picker, hint string, w int) []string {
	th := p.env.Theme
	hits, chosen := k.hits(), 0
	labels := make([]string, 0, len(hits))
	for i, it := range hits {
		if it.Value == k.value {
			chosen = i + 1
		}
		labels = append(labels, it.Label)
	}
	var rows []string
	if k.typed != "" {
		rows = append(rows, " "+th.Paint(kit.InkInput, kit.Cell(k.typed, max(min(w-2, 40), 1))))
		rows = append(rows, unnumbered(th, labels, chosen, w)...)
		if len(labels) == 0 && !k.free {
			rows = append(rows, " "+th.Paint(kit.InkHint, kit.Cut(p.env.T("log.nothing"), max(w-2, 1))))
		}
	} else {
		rows = numbered(th, labels, chosen, w)
	}
	const most = 3
	if len(rows) > most {
		rows = rows[:most]
	}
	if hint != "" && len(rows) < most && (len(labels) == 0 || k.free) {
		rows = append(rows, " "+th.Paint(kit.InkHint, kit.Cut(hint, max(w-2, 1))))
	}
	return rows
}

// unnumbered lays out what a typed text has found, the chosen one marked.
func unnumbered(th *kit.Theme, labels []string, chosen, w int) []string {
	var b strings.Builder
	used := 0
	for i, label := range labels {
		mark, ink := " ", kit.InkText
		if i+1 == chosen {
			mark, ink = "▌", kit.InkAccent
		}
		label = kit.Cut(kit.Clean(clip(label, w)), max(w-6, 1))
		n := 1 + kit.Width(label)
		if used > 0 && used+2+n > w {
			break
		}
		if used > 0 {
			b.WriteString("  ")
			used += 2
		}
		b.WriteString(mark)
		th.Write(&b, ink, label)
		used += n
	}
	if used == 0 {
		return nil
	}
	return []string{b.String()}
}

// ready3 are the answers at hand for the topic, the one that served marked.
func (p *logPanel) ready3(w int) []string {
	th := p.env.Theme
	rows := make([]string, 0, len(p.answers))
	for i, l := range p.answers {
		mark, ink := " ", kit.InkText
		if p.cell("answer").pick.value == l.Answer.ID.String() {
			mark, ink = "✓", kit.InkGood
		}
		text := flat(clip(l.Answer.Question, w)) + " → " + flat(clip(l.Answer.Words, w))
		rows = append(rows, " "+th.Paint(kit.InkKey, "^"+strconv.Itoa(i+1))+" "+mark+" "+th.Paint(ink, kit.Cut(text, max(w-7, 1))))
	}
	return rows
}

// last is what is in the way, what there is to say of the words, or a draft.
func (p *logPanel) last(w int) []string {
	e, th := p.env, p.env.Theme
	room := max(w-3, 1)
	say := func(ink kit.Token, mark, s string) []string {
		rows := kit.Wrap(mark+s, room)
		if len(rows) > 2 {
			rows = rows[:2]
			rows[1] = kit.Cut(rows[1]+" …", room)
		}
		for i := range rows {
			rows[i] = " " + th.Paint(ink, rows[i])
		}
		return rows
	}
	switch {
	case p.wrong != "":
		return say(kit.InkError, "✗ ", p.wrong)
	case p.offer != nil:
		return say(kit.InkWarn, "", e.T("tag.draft.here", "Date", e.Text.DateTime(e.at(p.offer.At), e.now()),
			"What", kit.Clean(clip(p.offer.Values["words"], 30))))
	case len(p.warned) > 0:
		return say(kit.InkWarn, "▲ ", strings.Join(p.warned, " · ")+" "+e.T("formbox.warned"))
	case p.busy:
		return say(kit.InkMuted, "", e.T("formbox.saving"))
	}
	return []string{""}
}

// Cursor stands in the text in focus.
func (p *logPanel) Cursor() (x, y int, ok bool) { return p.cx, p.cy, p.cx >= 0 }
