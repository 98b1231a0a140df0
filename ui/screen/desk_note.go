package screen

import (
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// writeNote draws the line under the field. It says what matters now: what is
// off, what is proposed, why the row under the cursor is here.
func (s *desk) writeNote(b *strings.Builder, w, cross int) {
	th := s.env.Theme
	note := kit.Cut(s.note(w-2), max(w-2, 0))
	if note == "" {
		b.WriteString(kit.Rule(th, w, cross))
		return
	}
	used := kit.Width(note) + 2
	b.WriteString(" " + note + " ")
	if cross -= used; cross < 0 {
		cross = -1
	}
	b.WriteString(kit.Rule(th, w-used, cross))
}

func (s *desk) note(w int) string {
	e, th, a := s.env, s.env.Theme, &s.asked
	switch {
	case len(a.offers) > 0:
		return s.offered(w)
	case a.wrong != "":
		say := a.wrong
		if kit.Width(say) > w-2 && a.short != "" {
			say = a.short
		}
		return th.Paint(kit.InkWarn, "! ") + kit.Cut(say, max(w-2, 0))
	case s.page.Partly && a.query.Text != "":
		return th.Paint(kit.InkHint, e.T("query.partly"))
	}
	if row, ok := s.list.Selected(); ok {
		return s.whyRow(&row, w)
	}
	return ""
}

// offered shows what tab takes, and what else may be meant.
func (s *desk) offered(w int) string {
	th, offers := s.env.Theme, s.asked.offers
	out := th.Paint(kit.InkKey, s.env.T("query.propose")) + " " + kit.Cut(kit.Clean(offers[0]), max(w-4, 0))
	if len(offers) == 1 {
		return out
	}
	rest := make([]string, 0, len(offers)-1)
	for _, o := range offers[1:min(len(offers), 12)] {
		rest = append(rest, kit.Clean(o))
	}
	return kit.Cut(out+"  "+th.Paint(kit.InkHint, s.env.T("query.propose.also", "Words", strings.Join(rest, " "))), w)
}

// whyIDs word why a word fits that differs from what it fits.
var whyIDs = map[model.MatchKind]string{
	model.MatchSound: "query.why.sound", model.MatchSlip: "query.why.slip", model.MatchInitial: "query.why.initial",
	model.MatchVariant: "query.why.variant", model.MatchGlued: "query.why.glued",
}

// foundIDs name what a row was found in.
var foundIDs = map[model.MatchField]string{
	model.FoundName: "query.found.name", model.FoundTown: "query.found.town", model.FoundPostcode: "query.found.postcode",
	model.FoundNumber: "query.found.number", model.FoundPhone: "query.found.phone", model.FoundMail: "query.found.mail",
	model.FoundStory: "query.found.story",
}

// whyRow says why a row is found where that cannot be seen from its name alone.
func (s *desk) whyRow(r *model.Row, w int) string {
	e := s.env
	var out []string
	for i := range r.Matches {
		m := &r.Matches[i]
		found := strings.TrimSpace(kit.Cut(kit.Clean(clip(matched(r, m), 40)), 40))
		typed := strings.TrimSpace(kit.Cut(kit.Clean(clip(m.Typed, 30)), 30))
		id, other := whyIDs[m.Kind]
		switch {
		case other && !strings.EqualFold(strings.Trim(typed, "."), strings.Trim(found, ".")):
			out = append(out, e.T(id, "Typed", typed, "Found", found))
		case m.Field != model.FoundName && m.Field != model.FoundTown:
			label := e.T(foundIDs[m.Field]) + ": "
			out = append(out, label+strings.TrimRight(e.around(r, m, max(w*2/3-kit.Width(label), 10)), " "))
		}
	}
	return strings.Join(out, " · ")
}

// side is what stands beside the list: the customer under the cursor, or how
// many bear the same name.
func (s *desk) side(w int) []string {
	row, ok := s.list.Selected()
	if !ok || row.Same < 2 {
		return s.pane.view(w)
	}
	e := s.env
	var rows []string
	for _, r := range kit.Wrap(e.T("query.same", "N", e.Text.Int(row.Same), "Name", inWords(row.Name)), max(w-1, 1)) {
		rows = append(rows, e.Theme.Paint(kit.InkTitle, r))
	}
	rows = append(rows, "")
	return append(rows, kit.Wrap(e.T("query.same.hint"), max(w-1, 1))...)
}
