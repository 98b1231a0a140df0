package screen

import (
	"slices"
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// register is the part of our register that a form picks from, numbered.
type register []model.StandardLine

// registerOf takes the lines in use, those that chafed or were stated most
// first, so that the low numbers are the usual ones.
func registerOf(all []model.StandardLine, first model.StandardKind) register {
	var out register
	for _, l := range all {
		if l.Standard.Retired == nil {
			out = append(out, l)
		}
	}
	rank := func(l model.StandardLine) (kind, uses int) {
		if l.Standard.Kind != first {
			kind = 1
		}
		if first == model.StandardLimit {
			return kind, l.Stated
		}
		return kind, int(l.Tally[model.CountAsked])
	}
	slices.SortStableFunc(out, func(a, b model.StandardLine) int {
		ka, ua := rank(a)
		kb, ub := rank(b)
		if ka != kb {
			return ka - kb
		}
		return ub - ua
	})
	return out
}

// find gives the line that a text means: by its name, its number, or the
// beginning of a name that only one line has. None and several are told apart.
func (r register) find(text string) (s *model.Standard, several bool) {
	want := model.FoldPerson(text)
	if want == "" {
		return nil, false
	}
	var begins *model.Standard
	for i := range r {
		name := model.FoldPerson(r[i].Standard.Name)
		switch {
		case name == want:
			return r[i].Standard, false
		case strings.HasPrefix(name, want):
			several = begins != nil
			begins = r[i].Standard
		}
	}
	if n, err := strconv.Atoi(want); err == nil && n >= 1 && n <= len(r) {
		return r[n-1].Standard, false
	}
	if several {
		return nil, true
	}
	return begins, false
}

// all reads several lines: numbers with blanks or commas between, or names with
// commas between. bad is the first that means none, or more than one.
func (r register) all(text string) (ids []model.ID, bad string) {
	sep := func(c rune) bool { return c == ',' || c == ';' }
	if strings.Trim(text, "0123456789 ,;") == "" {
		sep = func(c rune) bool { return c == ',' || c == ';' || c == ' ' }
	}
	for _, part := range strings.FieldsFunc(text, sep) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		s, _ := r.find(part)
		if s == nil {
			return nil, strings.TrimSpace(part)
		}
		if !slices.Contains(ids, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	return ids, ""
}

// named gives the name of a line, "" for one that is not here.
func (r register) named(id model.ID) string {
	for i := range r {
		if r[i].Standard.ID == id {
			return flat(r[i].Standard.Name)
		}
	}
	return ""
}

// line lists the register in one sentence, for a window that has no room for it
// beside the form.
func (r register) line(e *Env, most int) string {
	var parts []string
	for i := range r {
		if i == most {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, strconv.Itoa(i+1)+" "+kit.Cut(flat(r[i].Standard.Name), 30))
	}
	if len(parts) == 0 {
		return e.T("standards.pick.none")
	}
	return e.T("standards.pick.line", "Lines", strings.Join(parts, " · "))
}

// beside lists the register with its numbers; those that are picked bear a mark.
func (r register) beside(e *Env, w int, picked func() []model.ID) []string {
	p := e.writer(w)
	p.head(e.T("standards.pick.head"))
	if len(r) == 0 {
		p.para(kit.InkMuted, 2, e.T("standards.pick.none"))
	}
	ids := picked()
	for i := range r {
		s := r[i].Standard
		mark, ink := "  ", kit.InkText
		if slices.Contains(ids, s.ID) {
			mark, ink = "✓ ", kit.InkAccent
		}
		head := " " + mark + kit.Pad(strconv.Itoa(i+1), 2) + " "
		p.rows = append(p.rows, e.Theme.Paint(ink, kit.Cut(head+flat(s.Name), w)))
		if about := joined(" · ", e.kindOfStandard(s.Kind), e.usesOf(&r[i])); about != "" {
			p.para(kit.InkMuted, 6, about)
		}
	}
	return p.rows
}

// usesOf says how often a line chafed and was stated, "" for never.
func (e *Env) usesOf(l *model.StandardLine) string {
	var parts []string
	if n := int(l.Tally[model.CountAsked]); n > 0 {
		parts = append(parts, e.Text.N("standards.asked", n))
	}
	if n := int(l.Tally[model.CountRefused]); n > 0 {
		parts = append(parts, e.Text.N("standards.refused", n))
	}
	if l.Stated > 0 {
		parts = append(parts, e.Text.N("standards.stated", l.Stated))
	}
	return strings.Join(parts, " · ")
}

// kindOfStandard names a kind of the register.
func (e *Env) kindOfStandard(k model.StandardKind) string { return e.T("standards.kind." + string(k)) }
