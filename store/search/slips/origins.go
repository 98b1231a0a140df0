package slips

import "strings"

// originSlips gives a class for names from one language, heard by speakers of
// another: up to three rules, on the letters with their marks.
func originSlips(is func(p *parts) bool, from []rule) func(*dice, *parts) (draft, bool) {
	return func(d *dice, p *parts) (draft, bool) {
		if !p.person() || !is(p) {
			return draft{}, false
		}
		words := make([]string, len(p.words))
		for i, w := range p.words {
			words[i] = w.raw
		}
		last := len(words) - 1
		done := false
		for n := 1 + d.IntN(3); n > 0; n-- {
			i := last
			if d.oneIn(4) {
				i = 0
			}
			if w, ok := d.apply(words[i], from); ok {
				words[i] = w
				done = true
			}
		}
		clean := p.whole()
		return draft{query: Fold(strings.Join(words, " ")), clean: clean, kind: kindWhole, key: clean}, done
	}
}

// How names from a language end, begin, or are built; no more than enough to
// draw likely ones.
var (
	turkishEnds    = rules("k$> n$> l$> z$> ç$>")
	moroccanEnds   = rules("aoui$> oui$> ouzi$> ouch$> abbi$> ani$> adi$> assi$> ari$> azi$> idi$> ahi$> ami$> ach$> alla$> issi$> ali$> ouar$> oudi$> aha$>")
	moroccanFirst  = rules("^moha> ^abd> ^kha> ^fat> ^you> ^rach> ^has> ^said> ^dri> ^nab> ^yas> ^kari>")
	moroccanInfix  = set("el al ait ben ould bou")
	slavicEnds     = rules("ski$> ska$> cki$> wicz$> czyk$> vić$> ić$>")
	frisianEnds    = rules("stra$> sma$> inga$> enga$> ema$> kama$>")
	surinamesePart = rules("bhag> persad> pershad> soerj> djo> singh$> sing$> oemraw> ramd> wirjo> soemo> karijo> din$> redjo> bihar> mahab> ram$> lall$> " +
		"dihardjo> mohan> kisoen> chand> nath$> pal$> bali> jhinko> oedai> gobin>")
)

// lastRaw gives the last word as written, in lower case: origin shows in it.
func lastRaw(p *parts) string { return p.words[len(p.words)-1].raw }

func isTurkish(p *parts) bool {
	last := lastRaw(p)
	return strings.ContainsAny(last, "şğı") || strings.ContainsAny(last, "çü") && fitsAny(last, turkishEnds)
}

func isMoroccan(p *parts) bool {
	last := lastRaw(p)
	if !fitsAny(last, moroccanEnds) {
		return false
	}
	return moroccanInfix[p.words[len(p.words)-2].text] || strings.Contains(last, "ou") || strings.Contains(last, "kh") || fitsAny(p.words[0].text, moroccanFirst)
}

func isSlavic(p *parts) bool {
	last := lastRaw(p)
	return fitsAny(last, slavicEnds) || strings.ContainsAny(last, "łńżśćčšž") || strings.Contains(last, "cz") || strings.Contains(last, "sz")
}

func isFrisian(p *parts) bool { return fitsAny(lastRaw(p), frisianEnds) }

func isSurinamese(p *parts) bool { return fitsAny(lastRaw(p), surinamesePart) }
