package screen

import (
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// traits shows each trait that was seen: how often, when last, what, and why
// with the approach that goes with it.
func (s *profile) traits() {
	now := model.StampOf(s.now)
	s.gap()
	label := s.env.T("desk.part.traits")
	for i, t := range model.Traits() {
		var all, live []*model.Sighting
		for _, g := range s.d.Sightings { // newest first
			if g.Trait != t {
				continue
			}
			all = append(all, g)
			if g.Live(now) {
				live = append(live, g)
			}
		}
		if len(live) == 0 && (!s.full || len(all) == 0) && !frozen(all) {
			continue
		}
		s.trait(label, i, t, all, live)
		label = ""
	}
}

func frozen(all []*model.Sighting) bool {
	for _, g := range all {
		if g.Frozen() {
			return true
		}
	}
	return false
}

func (s *profile) trait(label string, i int, t model.Trait, all, live []*model.Sighting) {
	e := s.env
	name := e.Theme.Paint(traitInk(i), strconv.Itoa(i+1)+" "+e.Say.TraitShort(t))
	if s.full {
		name = e.Theme.Paint(traitInk(i), strconv.Itoa(i+1)+" "+e.Say.Trait(t))
	}
	step := 0
	for _, g := range live {
		step = max(step, g.Step)
	}
	line := name
	if len(live) > 0 {
		last := live[0]
		for _, g := range live {
			if g.On > last.On {
				last = g
			}
		}
		line += " " + stepMark(step) + " · " + e.Text.N("desk.seen", len(live))
		if !s.full {
			line += ", " + e.T("desk.last", "Date", e.Text.ShortDate(e.at(last.On), s.now)) + ": " + sightingWords(e, last, s.w)
		}
	} else {
		line += " · " + e.T("desk.seen.none")
	}
	if n := countFrozen(all); n > 0 && !s.full {
		line += " · " + e.Text.N("desk.contested", n)
	}
	room := s.w - labelWidth - 1
	for j, r := range wrapPainted(line, room, s.most(2, 2)) {
		if j > 0 {
			label, r = "", "  "+r
		}
		s.add(label, r)
	}
	s.why(t, live)
	if s.full {
		days := make([]string, len(all))
		for i, g := range all {
			days[i] = e.Text.ShortDate(e.at(g.On), s.now)
		}
		for _, g := range all {
			s.sighting(g, dayColumn(days))
		}
	}
}

// dayColumn is the width of a column of days with a blank after it: that of a
// day of another year holds the year as well.
func dayColumn(days []string) int {
	w := 7
	for _, d := range days {
		w = max(w, kit.Width(d)+1)
	}
	return w
}

// wrapPainted wraps a row whose beginning is painted; only plain text follows
// its last reset, so the rows after the first hold no style.
func wrapPainted(line string, room, most int) []string {
	rows := kit.Wrap(line, room-2)
	if len(rows) > most {
		rows = rows[:most]
		rows[most-1] = kit.Cut(rows[most-1]+" …", room-2)
	}
	return rows
}

func countFrozen(all []*model.Sighting) (n int) {
	for _, g := range all {
		if g.Frozen() {
			n++
		}
	}
	return n
}

// sightingWords is what was seen: the signal, and the words that go with it.
func sightingWords(e *Env, g *model.Sighting, w int) string {
	out := e.Say.Signal(&model.Sighting{Trait: g.Trait, Signal: g.Signal, Words: clip(g.Words, w*4)})
	if g.Signal != "" && g.Words != "" {
		out += " — " + kit.Clean(clip(g.Words, w*4))
	}
	return out
}

// why names the newest cause that was given, with the approach it suggests.
func (s *profile) why(t model.Trait, live []*model.Sighting) {
	for _, g := range live {
		if g.Cause == "" {
			continue
		}
		label, approach := s.env.Say.Cause(t, g.Cause)
		text := s.env.T("desk.why", "Cause", label)
		if approach != "" {
			text += " → " + approach
		}
		for _, r := range s.wrap(text, s.w-labelWidth-3, s.most(3, 10)) {
			s.add("", "  "+r)
		}
		return
	}
}

// sighting is one dated fact on the page, with all that became of it; dw is the
// width of the day before it.
func (s *profile) sighting(g *model.Sighting, dw int) {
	e := s.env
	from := len(s.rows)
	date := kit.Fit(e.Text.ShortDate(e.at(g.On), s.now), dw)
	ink := kit.InkText
	if !g.Live(model.StampOf(s.now)) {
		ink = kit.InkMuted
	}
	room := s.w - labelWidth - 1 - 2 - dw
	for i, r := range s.wrap(sightingWords(e, g, s.w*10), room, 40) {
		if i > 0 {
			date = strings.Repeat(" ", dw)
		}
		s.add("", "  "+e.Theme.Paint(ink, date+r))
	}
	parts := []string{who(s.d, g.By), e.T("desk.sighting.step", "Step", g.Step)}
	if g.Serious {
		parts = append(parts, e.T("desk.sighting.serious"))
	}
	parts = append(parts, s.became(g)...)
	if g.AimedAt != model.NoID {
		parts = append(parts, e.T("desk.sighting.aimed", "Person", who(s.d, g.AimedAt)))
	}
	names := make([]string, 0, len(g.Witnesses))
	for _, id := range g.Witnesses {
		names = append(names, who(s.d, id))
	}
	if len(names) > 0 {
		parts = append(parts, e.T("desk.sighting.witness", "People", strings.Join(names, ", ")))
	}
	if g.Cause != "" {
		label, _ := e.Say.Cause(g.Trait, g.Cause)
		parts = append(parts, e.T("desk.why", "Cause", label))
	}
	for _, r := range s.wrap(strings.Join(parts, " · "), room, 20) {
		s.add("", strings.Repeat(" ", 2+dw)+e.Theme.Paint(kit.InkMuted, r))
	}
	s.mark(from, profileItem{sighting: g})
}

// became tells what colleagues did with a sighting, and when it lapses.
func (s *profile) became(g *model.Sighting) []string {
	e := s.env
	ruled := func(id string, r *model.Ruling) string {
		out := e.T(id, "Person", e.whoRuled(s.d, r), "Date", e.Text.ShortDate(e.at(r.At), s.now))
		if r.Reason != "" {
			out += ": “" + clip(r.Reason, s.w*4) + "”"
		}
		return out
	}
	var parts []string
	if g.Confirmed != nil {
		parts = append(parts, ruled("desk.sighting.confirmed", g.Confirmed))
	}
	if g.Contested != nil {
		parts = append(parts, ruled("desk.sighting.contested", g.Contested))
	}
	if g.Upheld != nil {
		parts = append(parts, ruled("desk.sighting.upheld", g.Upheld))
	}
	if g.Withdrawn != nil {
		return append(parts, ruled("desk.sighting.withdrawn", g.Withdrawn))
	}
	date := e.Text.ShortDate(e.at(g.Lapses), s.now)
	if g.Lapses <= model.StampOf(s.now) {
		return append(parts, e.T("desk.sighting.lapsed", "Date", date))
	}
	return append(parts, e.T("desk.sighting.lapses", "Date", date))
}

// history lists the assessments before the newest settled one.
func (s *profile) history() {
	newest, e := s.d.Settled(), s.env
	label := e.T("desk.part.history")
	for _, a := range s.d.Assessments {
		if a == newest || a.Running() {
			continue
		}
		if label != "" {
			s.gap()
		}
		from := len(s.rows)
		if a.State == model.FitSettled {
			s.fitRow(a, label)
		} else {
			s.add(label, e.Theme.Paint(kit.InkMuted, e.Text.ShortDate(e.at(a.StartedAt), s.now)+"  "+e.T("fit.state."+string(a.State))+" · "+who(s.d, a.StartedBy)))
		}
		s.mark(from, profileItem{fit: a})
		label = ""
	}
	for _, f := range s.d.Flags {
		if f.Cleared == nil {
			continue
		}
		text := e.T("flag.reason." + string(f.Reason))
		if f.Words != "" {
			text += ": " + clip(f.Words, s.w*2)
		}
		text += " · " + e.T("desk.flag.cleared", "Person", e.whoRuled(s.d, f.Cleared), "Date", e.Text.ShortDate(e.at(f.Cleared.At), s.now)) +
			": “" + clip(f.Cleared.Reason, s.w*2) + "”"
		if label != "" {
			s.gap()
			s.put("desk.part.history", kit.InkMuted, text, 3)
			label = ""
			continue
		}
		s.put("", kit.InkMuted, text, 3)
	}
}

// compare tells which answers differ from the run before.
func (s *profile) compare(a *model.Assessment) {
	var last *model.Assessment
	for _, b := range s.d.Assessments {
		if b.State == model.FitSettled && b != a {
			last = b
			break
		}
	}
	if last == nil {
		return
	}
	e := s.env
	date := e.Text.ShortDate(e.at(last.Settled.At), s.now)
	var parts []string
	if last.Verdict != a.Verdict {
		parts = append(parts, e.T("desk.compare.verdict", "Verdict", e.Say.Verdict(last.Verdict)))
	}
	for _, k := range model.FitKeys() {
		if last.Answers[k] != a.Answers[k] {
			parts = append(parts, e.Say.Key(k)+": "+e.Say.Answer(k, last.Answers[k])+" → "+e.Say.Answer(k, a.Answers[k]))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, e.T("desk.compare.same"))
	}
	s.put("", kit.InkMuted, e.T("desk.compare", "Date", date)+": "+strings.Join(parts, " · "), 8)
}
