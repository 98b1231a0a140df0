package screen

import (
	"slices"
	"strings"
	"unicode/utf8"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// deskShape is what the columns are made for: a width, and what the column shows
// that is there at times only.
type deskShape struct {
	w     int
	extra deskExtra
}

// deskExtra is a column that takes the place of less needed ones.
type deskExtra string

const (
	extraNone     deskExtra = ""
	extraWhy      deskExtra = "why" // where what is looked for was found
	extraDue      deskExtra = deskExtra(model.SortDue)
	extraLast     deskExtra = deskExtra(model.SortLast)
	extraNumber   deskExtra = deskExtra(model.SortNumber)
	extraRelation deskExtra = deskExtra(model.SortRelation)
)

// extra is the column that the list needs now: where something was found that no
// column shows, else what it is sorted by.
func (s *desk) extra() deskExtra {
	if s.asked.tells {
		return extraWhy
	}
	switch by := s.asked.query.Sort.By; by {
	case model.SortDue, model.SortLast, model.SortNumber, model.SortRelation:
		return deskExtra(by)
	case model.SortBest, model.SortName, model.SortTown, model.SortKind, model.SortOwner, model.SortStep, model.SortFit, model.SortAdded:
	}
	if slices.ContainsFunc(s.asked.query.Terms, func(t model.QueryTerm) bool { return t.Field == model.QueryName && !t.Not }) {
		return extraNumber // of one name, perhaps of one town: the number tells them apart
	}
	return extraNone
}

// deskCols are the widths of the columns; 0 leaves one out.
type deskCols struct{ name, town, kind, traits, step, fit, owner, extra int }

// deskColumns shares out the cells: the name gets what the others leave, which
// grow only when it has enough.
func deskColumns(shape deskShape) deskCols {
	const enough = 24 // cells for a name
	w := shape.w
	c := deskCols{town: 10, traits: 7, step: 5, fit: 8}
	switch shape.extra {
	case extraNone:
		if w >= 64 {
			c.kind = 4
		}
		if w >= 66 {
			c.town, c.owner = 9, 6
		}
	case extraWhy:
		c.fit, c.extra = 0, min(max(w/4, 14), 40)
	default:
		c.extra = 12
	}
	c.name = w - c.rest()
	if more := (c.name - enough) / 3; more > 0 && c.owner > 0 {
		c.town += min(more, 5)
		c.owner += min(more, 4)
		c.name = w - c.rest()
	}
	if c.name < 12 {
		c.name += c.town + 1
		c.town = 0
	}
	c.name = max(c.name, 1)
	return c
}

// rest is what all but the name take.
func (c *deskCols) rest() int {
	rest := rowMark + 1 // and the blank after the name
	for _, n := range []int{c.town, c.kind, c.traits, c.step, c.fit, c.owner, c.extra} {
		if n > 0 {
			rest += n + 1
		}
	}
	return rest
}

// heading names the columns; the one that is sorted by has a mark.
func (s *desk) heading() string {
	e, by := s.env, s.asked.query.Sort
	var b strings.Builder
	b.WriteString("    ")
	for _, c := range []struct {
		name string
		w    int
		sort model.SortField
	}{{e.T("desk.col.name"), s.cols.name, model.SortName}, {e.T("desk.col.town"), s.cols.town, model.SortTown},
		{e.T("desk.col.kind"), s.cols.kind, model.SortKind}, {e.T("desk.col.traits"), s.cols.traits, ""},
		{e.T("desk.col.step"), s.cols.step, model.SortStep}, {e.T("desk.col.fit"), s.cols.fit, model.SortFit},
		{e.T("desk.col.owner"), s.cols.owner, model.SortOwner}, {s.extraName(), s.cols.extra, model.SortField(s.colsFor.extra)}} {
		if c.w <= 0 {
			continue
		}
		name := kit.Fit(c.name, c.w)
		if c.sort != "" && c.sort == by.By {
			name = kit.Fit(kit.Cut(c.name, c.w-1)+sortMark(by.Desc), c.w)
		}
		b.WriteString(name)
		b.WriteByte(' ')
	}
	return kit.Fit(b.String(), s.listWidth())
}

func (s *desk) extraName() string {
	switch s.colsFor.extra {
	case extraWhy:
		return s.env.T("query.col.why")
	case extraDue:
		return s.env.T("query.col.due")
	case extraLast:
		return s.env.T("query.col.last")
	case extraNumber:
		return s.env.T("query.col.number")
	case extraRelation:
		return s.env.T("query.col.relation")
	case extraNone:
	}
	return ""
}

// writeRow draws a customer. Each cell is fitted, so that no name shifts what
// follows it.
func (s *desk) writeRow(b *strings.Builder, r *model.Row, selected bool) {
	e, th, c := s.env, s.env.Theme, &s.cols
	cursor, ink := " ", kit.InkText
	if selected {
		cursor = "▌"
	}
	b.WriteString(cursor)
	if s.marked.has(r.ID) {
		ink = kit.InkMarked
		th.Write(b, ink, "●")
	} else {
		b.WriteByte(' ')
	}
	if r.Standing.Flagged {
		th.Write(b, kit.InkWarn, "!")
	} else {
		b.WriteByte(' ')
	}
	b.WriteByte(' ')
	s.writeName(b, r, ink)
	b.WriteByte(' ')
	if c.town > 0 {
		s.writeFound(b, r.Town, r.Matches, model.FoundTown, c.town, kit.InkMuted)
		b.WriteByte(' ')
	}
	if c.kind > 0 {
		th.Write(b, kit.InkMuted, kit.Fit(word(e, kindShort, r.Kind), c.kind))
		b.WriteByte(' ')
	}
	for i, n := range r.Standing.Traits {
		if i > 0 {
			b.WriteByte(' ')
		}
		if n > 0 {
			th.Write(b, traitInk(i), string(rune('1'+i)))
		} else {
			th.Write(b, kit.InkMuted, "·")
		}
	}
	b.WriteByte(' ')
	th.Write(b, kit.InkStep, stepMark(r.Standing.Step))
	b.WriteString("    ") // the column is 5 wide, its mark 2, a blank follows
	if c.fit > 0 {
		b.WriteString(kit.Fit(e.fitShort(r.Standing), c.fit))
		b.WriteByte(' ')
	}
	if c.owner > 0 {
		th.Write(b, kit.InkMuted, kit.Cell(r.Owner, c.owner))
		b.WriteByte(' ')
	}
	if c.extra > 0 {
		s.writeExtra(b, r)
		b.WriteByte(' ')
	}
}

// writeName draws the name with the letters that fitted, and how many bear it.
func (s *desk) writeName(b *strings.Builder, r *model.Row, ink kit.Token) {
	w, same := s.cols.name, ""
	if r.Same > 1 {
		same = " ×" + s.env.Text.Int(r.Same)
		w = max(w-kit.Width(same), 1)
	}
	s.writeFound(b, r.Name, r.Matches, model.FoundName, w, ink)
	s.env.Theme.Write(b, kit.InkAccent, kit.Cut(same, s.cols.name-w))
}

// writeFound draws a text of a row in w cells, with what fitted in it made to
// stand out.
func (s *desk) writeFound(b *strings.Builder, text string, all []model.Match, of model.MatchField, w int, ink kit.Token) {
	th := s.env.Theme
	var fits []model.Match
	for i := range all {
		if all[i].Field == of && all[i].Text == "" {
			fits = append(fits, all[i])
		}
	}
	if painted, ok := paintFound(th, text, fits, ink); ok && len(fits) > 0 {
		b.WriteString(kit.Fit(painted, w))
		return
	}
	th.Write(b, ink, kit.Cell(text, w))
}

// paintFound paints a text with the stretches that fitted; false where cleaning
// it as a whole gives another text than cleaning its parts.
func paintFound(th *kit.Theme, text string, fits []model.Match, ink kit.Token) (string, bool) {
	hit := make([]bool, len(text))
	for i := range fits {
		from, to, ok := stretch(text, &fits[i])
		if !ok {
			return "", false
		}
		for j := from; j < to; j++ {
			hit[j] = true
		}
	}
	var plain, b strings.Builder
	for from := 0; from < len(text); {
		to := from + 1
		for to < len(text) && hit[to] == hit[from] {
			to++
		}
		part := kit.Clean(text[from:to])
		plain.WriteString(part)
		if hit[from] {
			th.Write(&b, kit.InkFound, part)
		} else {
			th.Write(&b, ink, part)
		}
		from = to
	}
	return b.String(), plain.String() == kit.Clean(text)
}

// writeExtra draws the column that is there at times.
func (s *desk) writeExtra(b *strings.Builder, r *model.Row) {
	e, th, w := s.env, s.env.Theme, s.cols.extra
	switch s.colsFor.extra {
	case extraWhy:
		b.WriteString(kit.Fit(s.foundIn(r, w), w))
	case extraDue:
		due := ""
		if r.Due != "" {
			due = e.Text.ShortDate(r.Due.Time(e.now().Location()), e.now())
		}
		b.WriteString(kit.Fit(due, w))
	case extraLast:
		last := ""
		if r.Last != 0 {
			last = e.Text.ShortDate(e.at(r.Last), e.now())
		}
		b.WriteString(kit.Fit(last, w))
	case extraNumber:
		th.Write(b, kit.InkMuted, kit.Cell(r.Number, w))
	case extraRelation:
		th.Write(b, kit.InkMuted, kit.Fit(e.Say.Relation(r.Relation), w))
	case extraNone:
	}
}

// foundIn shows where a row was found that no other column shows: the number,
// the address, the line of a story around the word.
func (s *desk) foundIn(r *model.Row, w int) string {
	m := hidden(r)
	if m == nil {
		return ""
	}
	return s.env.around(r, m, w)
}

// around paints what a row was found in, in at most w cells, with the word that
// fitted in sight.
func (e *Env) around(r *model.Row, m *model.Match, w int) string {
	text := m.Text
	if text == "" && m.Field == model.FoundNumber {
		text = r.Number
	}
	if text == "" {
		text = m.Typed
	}
	from, to, ok := stretch(text, m)
	if !ok || m.Text == "" || m.Field == model.FoundStory && from == 0 && to == len(text) {
		return kit.Cell(text, w)
	}
	th := e.Theme
	pre, hit, post := kit.Clean(text[:from]), kit.Clean(text[from:to]), kit.Clean(text[to:])
	if room := max((w-kit.Width(hit))/2, 0); kit.Width(pre)+kit.Width(hit) > w-1 && kit.Width(pre) > room {
		pre = keepEnd(pre, room)
	}
	return kit.Cut(th.Paint(kit.InkMuted, pre)+th.Paint(kit.InkFound, hit)+th.Paint(kit.InkMuted, post), w)
}

// keepEnd gives the end of a text in at most w cells, with a sign that something
// stands before it.
func keepEnd(s string, w int) string {
	for s != "" && kit.Width(s) > w-1 {
		_, n := utf8.DecodeRuneInString(s)
		s = s[n:]
	}
	return kit.Cut("…", w) + s
}
