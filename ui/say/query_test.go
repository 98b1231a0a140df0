package say

import (
	"slices"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/ui/text"
)

func querySpeakers(t *testing.T) map[string]Speaker {
	t.Helper()
	out := map[string]Speaker{}
	for _, lang := range text.Languages() {
		tx, err := text.Load(lang)
		if err != nil {
			t.Fatal(err)
		}
		out[lang] = Speaker{Text: tx}
	}
	return out
}

// Every field, value, column and day has a word in each language, and no word
// means two things.
func TestQueryWords(t *testing.T) {
	fields, days := map[string]string{}, map[string]string{}
	values := map[string]string{}
	put := func(m map[string]string, word, means string) {
		if was, ok := m[word]; ok && was != means {
			t.Errorf("%q means %s and %s", word, was, means)
		}
		m[word] = means
	}
	for lang, s := range querySpeakers(t) {
		for _, f := range append(model.QueryFields(), model.QueryOrder) {
			words := queryWords(s.Text, fieldID(f))
			if len(words) == 0 {
				t.Errorf("%s has no word for the field %s", lang, f)
			}
			for _, w := range append(words, string(f)) {
				put(fields, w, string(f))
			}
			for _, v := range queryKnown(f) {
				if f == model.QueryStep {
					continue
				}
				words := queryWords(s.Text, valueID(f, v))
				if len(words) == 0 {
					t.Errorf("%s has no word for %s:%s", lang, f, v)
				}
				for _, w := range append(words, v) {
					put(values, string(f)+":"+w, v)
				}
			}
		}
		for _, d := range model.QueryDays() {
			words := queryWords(s.Text, dayID(d))
			if len(words) == 0 {
				t.Errorf("%s has no word for %s", lang, d)
			}
			for _, w := range append(words, d) {
				put(days, w, d)
			}
		}
	}
}

// Each word is read as what it stands for, in whatever language the screen is.
func TestQueryIsReadInBothLanguages(t *testing.T) {
	for lang, s := range querySpeakers(t) {
		for in, want := range map[string]string{
			"eigenaar:mij beloofd:<vr sorteer:-beloofd": "owner:me due:<fri sort:-due",
			"owner:me due:<friday sort:-due":            "owner:me due:<fri sort:-due",
			"kenmerk:brutaal,onheus trek:2":             "trait:brazen,wronged trait:attention",
			"tel:06 email:jan@ is:te-laat":              "phone:06 mail:jan@ is:overdue",
			"-relatie:oud laatst:nooit":                 "-relation:former last:none",
			"past:geen,bezig soort:zakelijk":            "fit:none,open kind:business",
		} {
			q, err := model.ParseQuery(in, s.Lexicon())
			if err != nil || q.String() != want {
				t.Errorf("%s: %q is %q, %v", lang, in, q.String(), err)
			}
		}
	}
}

func TestProposals(t *testing.T) {
	people := []string{"Anna", "Karin", "Karin de Wit"}
	for _, c := range []struct {
		lang, in string
		want     string
	}{
		{"en", "jansen ow", "owner:"}, {"nl", "jansen ei", "eigenaar:"}, {"nl", "jansen ow", "owner:"}, {"en", "o", ""},
		{"en", "po", "postcode:"}, {"en", "-ki", "kind:"}, {"en", "qq", ""},
		{"en", "owner:", "me none Anna Karin \"Karin de Wit\""}, {"en", "owner:ka", "Karin \"Karin de Wit\""}, {"en", "owner:karin", "\"Karin de Wit\""},
		{"nl", "eigenaar:ni", "niemand"}, {"en", "trait:b", "brazen"}, {"en", "trait:brazen,w", "wronged"}, {"en", "trait:brazen", ""},
		{"nl", "beloofd:<v", "vandaag vr"}, {"en", "due:a", "any"}, {"en", "due:<n", ""}, {"en", "last:fri..a", ""}, {"nl", "laatst:n", "nooit"},
		{"en", "due:t", "today tomorrow tue thu"}, {"en", "sort:-d", "-due"}, {"nl", "sorteer:pl", "plaats"}, {"en", "town:utr", ""},
		{"en", "step:", "0 1 2 3 4 5"},
	} {
		s := querySpeakers(t)[c.lang]
		spot, ok := model.QueryAt(c.in, len(c.in), s.Lexicon())
		got := ""
		if ok {
			got = strings.Join(s.Proposals(spot, people), " ")
		}
		if got != c.want {
			t.Errorf("%s %q: %q, want %q", c.lang, c.in, got, c.want)
		}
	}
}

// What is proposed is understood once it is taken.
func TestProposalsAreUnderstood(t *testing.T) {
	for lang, s := range querySpeakers(t) {
		for _, f := range append(model.QueryFields(), model.QueryOrder) {
			in := s.QueryField(f) + ":"
			spot, ok := model.QueryAt(in, len(in), s.Lexicon())
			if !ok || spot.Field != f {
				t.Fatalf("%s %q: %+v", lang, in, spot)
			}
			for _, p := range s.Proposals(spot, []string{"Jan \"de\" Wit, senior"}) {
				q, err := model.ParseQuery(in+p, s.Lexicon())
				if err != nil || len(q.Terms) != 1 && f != model.QueryOrder {
					t.Errorf("%s %s%s: %+v %v", lang, in, p, q, err)
				}
			}
		}
	}
	if !slices.Contains(QueryTopics(), "sort") {
		t.Error("sorting is not explained")
	}
}

// A query in the words of a language is read back as the same query.
func TestQueryInOwnWords(t *testing.T) {
	for line, want := range map[string]map[string]string{
		"jansen owner:me due:<fri sort:-due":           {"en": "jansen owner:me due:<fri sort:-due", "nl": "jansen eigenaar:mij beloofd:<vr sorteer:-beloofd"},
		"trait:brazen,wronged -kind:business":          {"nl": "kenmerk:brutaal,onheus -soort:zakelijk"},
		"name:\"Jan de Wit\" town:Utrecht step:>2":     {"nl": "naam:\"Jan de Wit\" plaats:Utrecht trede:>2"},
		"due:today..+3d last:none fit:gather is:limbo": {"nl": "beloofd:vandaag..+3d laatst:nooit past:nog-niet is:geen-bericht"},
		"\"owner:me\" sort:name":                       {"nl": "\"owner:me\" sorteer:naam"},
		"ower:me":                                      {"nl": "ower:me"},
		"":                                             {"nl": ""},
	} {
		for lang, own := range want {
			if got := querySpeakers(t)[lang].Query(line); got != own {
				t.Errorf("%s %q: %q, not %q", lang, line, got, own)
			}
		}
	}
	for lang, s := range querySpeakers(t) {
		for _, f := range model.QueryFields() {
			for _, v := range append(queryKnown(f), model.QueryDays()...) {
				line := string(f) + ":" + v
				q, err := model.ParseQuery(line, nil)
				if err != nil {
					continue
				}
				back, err := model.ParseQuery(s.Query(q.String()), s.Lexicon())
				if err != nil || back.String() != q.String() {
					t.Errorf("%s %q: %q, %v", lang, line, s.Query(q.String()), err)
				}
			}
		}
	}
}
