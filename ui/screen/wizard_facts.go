package screen

import (
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// factRows writes facts one a row, cut, the date at the right.
func (e *Env) factRows(w int, facts []model.Fact) []string {
	rows := make([]string, 0, len(facts))
	for _, f := range facts {
		right := ""
		if f.At != 0 {
			right = " " + e.Theme.Paint(kit.InkMuted, e.Text.ShortDate(e.at(f.At), e.now()))
		}
		rows = append(rows, kit.Ends("   "+kit.Cut(e.Say.Fact(f), max(w-4-kit.Width(right), 1)), right, w))
	}
	return rows
}

// factPage writes facts in full.
func (e *Env) factPage(p *writer, facts []model.Fact) {
	for _, f := range facts {
		s := e.Say.Fact(f)
		if d := e.date(f.At); d != "" {
			s += " · " + d
		}
		p.para(kit.InkText, 3, s)
	}
	if len(facts) == 0 {
		p.para(kit.InkMuted, 3, e.T("wizard.facts.none"))
	}
}

// keys lists questions by their short names.
func (e *Env) keys(keys []model.FitKey) string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = e.Say.Key(k)
	}
	return strings.Join(out, ", ")
}

// verdict words a verdict with its rule.
func (e *Env) verdict(v model.Verdict, r model.FitRule) string {
	if r == "" {
		return e.Say.Verdict(v)
	}
	return e.Say.Verdict(v) + " (" + string(r) + ")"
}

func (e *Env) verdicts(all []model.Verdict) string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = e.Say.Verdict(v)
	}
	return strings.Join(out, " · ")
}
