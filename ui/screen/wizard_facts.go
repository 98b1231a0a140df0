package screen

import (
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
	"pasvorm/ui/say"
)

// FactWords words a fact without its date: signals by their labels, amounts as
// money, texts of several lines on one.
func FactWords(s say.Speaker, f model.Fact) string {
	args := make(map[string]any, len(f.Message.Args))
	for k, v := range f.Message.Args {
		switch v := v.(type) {
		case string:
			args[k] = flat(v)
			if trait, ok := f.Message.Args["Trait"].(string); ok && k == "Signal" {
				args[k] = s.Signal(&model.Sighting{Trait: model.Trait(trait), Signal: v})
			}
		case int64:
			args[k] = v
			if k == "Cents" {
				args[k] = s.Text.Money(v)
			}
		default:
			args[k] = v
		}
	}
	return s.Message(model.Message{ID: f.Message.ID, Args: args})
}

// factRows writes facts one a row, cut, the date at the right.
func (e *Env) factRows(w int, facts []model.Fact) []string {
	rows := make([]string, 0, len(facts))
	for _, f := range facts {
		right := ""
		if f.At != 0 {
			right = " " + e.Theme.Paint(kit.InkMuted, e.Text.ShortDate(e.at(f.At), e.now()))
		}
		rows = append(rows, kit.Ends("   "+kit.Cut(FactWords(e.Say, f), max(w-4-kit.Width(right), 1)), right, w))
	}
	return rows
}

// factPage writes facts in full.
func (e *Env) factPage(p *writer, facts []model.Fact) {
	for _, f := range facts {
		s := FactWords(e.Say, f)
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
