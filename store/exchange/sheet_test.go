package exchange

import (
	"slices"
	"strings"
	"testing"
)

func TestSheetProposals(t *testing.T) {
	for _, c := range []struct {
		sheet        *Sheet
		header, want string
	}{
		{FinanceSheet, "Debiteurnr;Naam;Omzet 2025 (EUR);Brutomarge;Openstaand bedrag;Vervaldatum", "number name revenue margin arrears since"},
		{FinanceSheet, "customer number;gross margin;direct costs;outstanding;due date;as of", "number margin direct arrears since as_of"},
		{FinanceSheet, "naam;cijfer;telefoon;plaats", "name - - -"},
		{FinanceSheet, "Klant;Omzet;Omzet vorig jaar;Datum", "name revenue - as_of"},
		{SurveySheet, "Klantnummer;Rapportcijfer;Omschrijf de samenwerking;Wat kan er beter?;Onderwerpen;Datum", "number mark describe better topics on"},
		{SurveySheet, "Timestamp;Name;Score;Suggestions;Lead time", "on name mark better felt"},
		{SurveySheet, "number;revenue;opmerking", "number - -"},
	} {
		header := strings.Split(c.header, ";")
		m := c.sheet.Propose(header)
		got := make([]string, len(header))
		for i := range got {
			got[i] = "-"
		}
		for _, l := range m {
			got[l.Column] = string(l.Field)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.header, s, c.want)
		}
	}
}

func TestSheetKnowsItsOwnFieldsAlone(t *testing.T) {
	header := []string{"a", "b"}
	if _, err := FinanceSheet.Parse("a=number,b=margin", header); err != nil {
		t.Error(err)
	}
	for _, words := range []string{"a=number,b=mark", "a=number,b=email", "a=number,b=number", "c=number", "a"} {
		if _, err := FinanceSheet.Parse(words, header); err == nil {
			t.Errorf("%q was taken", words)
		}
	}
	for _, s := range []*Sheet{FinanceSheet, SurveySheet} {
		for _, f := range s.Fields() { // each field is meant by its own name
			if m := s.Propose([]string{string(f)}); len(m) != 1 || m[0].Field != f {
				t.Errorf("%q means %v", f, m)
			}
		}
	}
}

func TestSheetWithoutHeader(t *testing.T) {
	for header, want := range map[string]bool{
		"1001;5,50": true, "Petra Jansen;2026-11-01": true, "Petra Jansen;": false, "": false, "nummer;5": false, "Klant;12": false,
	} {
		if got := FinanceSheet.Headless(strings.Split(header, ";")); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}

// FuzzSheet: whatever stands in a header, no field is proposed twice, and a
// mapping reads back as it is printed.
func FuzzSheet(f *testing.F) {
	for _, s := range []string{"nummer;marge;marge", "Omzet 2025;#3;a=b;\x00", "naam,naam;naam", "'=1+1;–;é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		header := strings.Split(line, ";")
		for _, s := range []*Sheet{FinanceSheet, SurveySheet} {
			m := s.Propose(header)
			var seen []Field
			for _, l := range m {
				if slices.Contains(seen, l.Field) || !slices.Contains(s.fields, l.Field) || l.Column < 0 || l.Column >= len(header) {
					t.Fatalf("%q: %v", line, m)
				}
				seen = append(seen, l.Field)
			}
			if len(m) == 0 {
				continue
			}
			again, err := s.Parse(m.String(), header)
			if err != nil || again.String() != m.String() {
				t.Fatalf("%q: %q read back as %q, %v", line, m, again, err)
			}
		}
	})
}
