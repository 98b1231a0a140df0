package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"pasvorm/model"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Petra Jansen":        "petra jansen",
		"  Jansen & Zn. B.V.": "jansen zn b v",
		"Özdemir-Şahin":       "ozdemir sahin",
		"Ĳsbrand":             "ijsbrand",
		"'t Hart":             "t hart",
		"d’Hondt":             "dhondt",
		"Łukasz Żółć":         "lukasz zolc",
		"Straße":              "strasse",
		"Ørsted Æble":         "orsted aeble",
		"日本":                  "日本",
		"a\x00b":              "a b",
		"":                    "",
		"...":                 "",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string][]string{
		"Jan van der Berg": {"jan", "berg"},
		"van der":          {"van", "der"},
		"'t Hart":          {"hart"},
		"De Wit":           {"wit"},
	} {
		if got := Words(in); !slices.Equal(got, want) {
			t.Errorf("Words(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPhone(t *testing.T) {
	for in, want := range map[string]string{
		"06-12345678":       "0612345678",
		"+31 6 12 34 56 78": "0612345678",
		"0031612345678":     "0612345678",
		"+31 (0)6 12345678": "0612345678",
		"+32 470 12 34 56":  "0470123456",
		"(030) 123 45 67":   "0301234567",
		"31612345678":       "31612345678",
		"none":              "",
	} {
		if got := Phone(in); got != want {
			t.Errorf("Phone(%q) = %q, want %q", in, got, want)
		}
	}
}

// Folding twice changes nothing, gives valid text and never a NUL, which parts
// a term from its customer.
func TestFoldProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		f := Fold(s)
		if Fold(f) != f {
			t.Fatalf("Fold(Fold(%q)): %q, then %q", s, f, Fold(f))
		}
		if strings.ContainsRune(f, 0) || !utf8.ValidString(f) {
			t.Fatalf("Fold(%q) = %q", s, f)
		}
	})
}

func FuzzTerms(f *testing.F) {
	f.Add("Jan van der Berg", "06-12345678", "a@b.nl", "1094 SX", "12,13")
	f.Add("\xff\x00", "+31", "\x00", "\x00", ",,,")
	f.Fuzz(func(t *testing.T, name, phone, mail, postcode, theirs string) {
		c := &model.Customer{Name: name, Phone: phone, Email: mail, Postcode: postcode, Theirs: theirs, Number: name}
		terms := Terms(nil, c)
		for i, term := range terms {
			if term == "" || len(term) > maxTerm || strings.ContainsRune(term, 0) {
				t.Errorf("term %q", term)
			}
			if slices.Contains(terms[:i], term) {
				t.Errorf("term %q twice", term)
			}
		}
		ParseDirect(name).Begins(theirs)
		ParseDirect(phone + " " + postcode).Begins(name)
	})
}
