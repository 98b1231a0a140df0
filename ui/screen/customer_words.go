package screen

import (
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Words of one column in the list. A word that is not listed is shown as it is
// stored.
var (
	kindShort = map[model.CustomerKind]string{
		model.Private: "desk.kind.private", model.Business: "desk.kind.business", model.Internal: "desk.kind.internal",
	}
	fitShort = map[model.FitState]string{
		model.FitOpen: "desk.fit.open", model.FitProposed: "desk.fit.proposed", model.FitReturned: "desk.fit.returned",
	}
	verdictShort = map[model.Verdict]string{
		model.VerdictFits: "desk.verdict.fits", model.VerdictImprove: "desk.verdict.improve", model.VerdictTerms: "desk.verdict.terms",
		model.VerdictPart: "desk.verdict.part", model.VerdictGather: "desk.verdict.gather",
	}
)

// word gives the text of a fixed word.
func word[K ~string](e *Env, words map[K]string, k K) string {
	if id, ok := words[k]; ok {
		return e.T(id)
	}
	return kit.Clean(string(k))
}

// fitShort is the state of a customer's assessment in one word, for a list.
func (e *Env) fitShort(s model.Standing) string {
	switch s.Fit {
	case "", model.FitDropped:
		return ""
	case model.FitSettled:
		return word(e, verdictShort, s.Verdict)
	}
	return word(e, fitShort, s.Fit)
}

// stepMarks grow with the step on the ladder, so that it is seen without
// reading and without colour.
var stepMarks = [...]string{"  ", "▁1", "▃2", "▅3", "▇4"}

func stepMark(step int) string { return stepMarks[min(max(step, 0), len(stepMarks)-1)] }

// traitInk is the colour of a trait.
func traitInk(i int) kit.Token { return kit.InkTrait1 + kit.Token(i) }

// who gives a person's name from a detail.
func who(d *model.Detail, id model.ID) string { return kit.Clean(d.People[id]) }

// whoRuled names who made a ruling, and who really sat there.
func (e *Env) whoRuled(d *model.Detail, r *model.Ruling) string {
	if r.Real != r.By && r.Real != model.NoID {
		return e.T("desk.as", "Real", who(d, r.Real), "Person", who(d, r.By))
	}
	return who(d, r.By)
}

// joined puts the parts that say something behind each other.
func joined(sep string, parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		if p == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(sep)
		}
		b.WriteString(p)
	}
	return b.String()
}

// clip gives the beginning of a text that is certain to hold what fits n cells
// when read, so that a very long one costs no more than what is seen.
func clip(s string, n int) string {
	if most := n * 4; len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
