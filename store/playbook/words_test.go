package playbook

import (
	"strings"
	"testing"
)

func TestSensitiveWords(t *testing.T) {
	cases := map[string]string{
		"acts like a thief":          ProblemWordCrime,
		"Terrorist":                  ProblemWordCrime,
		"een oplichter":              ProblemWordCrime,
		"lijkt een dief-achtige":     ProblemWordCrime,
		"mentally unstable":          ProblemWordHealth,
		"PSYCHOPATH":                 ProblemWordHealth,
		"doet gék":                   ProblemWordHealth,
		"is vaak ziek":               ProblemWordHealth,
		"ps\u200bychisch":            ProblemWordHealth,
		"ｃｒａｚｙ":                      ProblemWordHealth,
		"very religious":             ProblemWordBelief,
		"gaat naar de moskee":        ProblemWordBelief,
		"joodse klant":               ProblemWordBelief,
		"of foreign descent":         ProblemWordOrigin,
		"buitenlandse klant":         ProblemWordOrigin,
		"Syriër":                     ProblemWordOrigin,
		"because of their ethnicity": ProblemWordOrigin,
		"Marokkaanse naam":           ProblemWordOrigin,
	}
	for text, want := range cases {
		if _, id, found := sensitive(text); !found || id != want {
			t.Errorf("%q: %q, want %s", text, id, want)
		}
	}
}

func TestOrdinaryWordsPass(t *testing.T) {
	for _, text := range []string{
		"still will not accept it", "kept a grip on the skill", "be patient, ask once more", "gekozen voor een gesprek",
		"geeft geen gehoor", "asked for a transfer", "trace the brace", "trok het antwoord in twijfel", "een pool van collega's",
		"threat, violence or discrimination", "bedreiging, geweld of discriminatie", "rassel", "voelt zich onheus behandeld",
		"believes the invoice is wrong", "gelooft de factuur niet", "", "…",
	} {
		if word, id, found := sensitive(text); found {
			t.Errorf("%q: %q is refused as %s", text, word, id)
		}
	}
}

func TestWordListsAreInOrder(t *testing.T) {
	seen := map[string]string{}
	for _, list := range sensitiveWords {
		for _, w := range strings.Fields(list.words) {
			if other, twice := seen[w]; twice {
				t.Errorf("%q stands in %s and in %s", w, other, list.id)
			}
			seen[w] = list.id
			if bare := strings.TrimSuffix(w, "*"); fold(bare) != bare || strings.Contains(bare, "*") {
				t.Errorf("%q is not folded, so it never matches", w)
			}
		}
	}
}

func TestHiddenSigns(t *testing.T) {
	for text, want := range map[string]bool{
		"één café, 10 % — 'ja' €5 😀": false, "a\tb": true, "a\nb": true, "a\u200bb": true, "a\u202eb": true,
		"\u2066a": true, "a\u2028b": true, "a\x7fb": true, "a\u0085b": true, " a": true, "a ": true, "a b": false,
	} {
		if _, got := hiddenSign(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
