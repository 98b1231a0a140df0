package exchange

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDecimal(t *testing.T) {
	good := map[string]int64{
		"1.234,56": 123456, "1,234.56": 123456, "€ 12": 1200, "-5": -500, "1234": 123400, "0": 0, "0,05": 5, ",5": 50, ".5": 50,
		"1.234": 123400, "1,234": 123400, "0,234": 23, "0.235": 24, "-0,235": -24, "1234,567": 123457, "1234.5": 123450, "12,3": 1230, "12.": 1200,
		"1.234.567": 123456700, "1.234.567,8": 123456780, "1 234,56": 123456, "1\u00a0234,56": 123456, "1\u202f234": 123400, "1'234.50": 123450,
		"€ -5,00": -500, "-€5": -500, "5,00-": -500, "+7": 700, "EUR 1.000": 100000, "12 eur": 1200, "12,-": 1200, "€ 12,--": 1200, "−3": -300,
		" 3 ": 300, "92233720368547757": 9223372036854775700,
	}
	for in, want := range good {
		if got, err := ParseDecimal(in); err != nil || got != want {
			t.Errorf("%q: %d %v, want %d", in, got, err, want)
		}
	}
	for _, in := range []string{"", " ", "-", "€", ",", ".,", "abc", "1a", "1,2,3", "1.23.456", "12.34,5,6", "1..2", "1,.5", "1.,5", "--5", "1e5", "12%", "1.2345,6", "922337203685477580", "99999999999999999999"} {
		if got, err := ParseDecimal(in); !errors.Is(err, errNumber) {
			t.Errorf("%q: %d %v", in, got, err)
		}
	}
}

// Every amount is read back from each way of writing it.
func TestParseDecimalReadsWhatPeopleWrite(t *testing.T) {
	group := func(n int64, mark string) string {
		s := fmt.Sprint(n)
		for i := len(s) - 3; i > 0; i -= 3 {
			s = s[:i] + mark + s[i:]
		}
		return s
	}
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(0, 1e15).Draw(t, "cents")
		marks := rapid.SampledFrom([][2]string{{".", ","}, {",", "."}, {" ", ","}, {"", ","}, {"", "."}, {"'", "."}}).Draw(t, "marks")
		s := group(cents/100, marks[0]) + marks[1] + fmt.Sprintf("%02d", cents%100)
		if rapid.Bool().Draw(t, "euro") {
			s = "€ " + s
		}
		want := cents
		if rapid.Bool().Draw(t, "negative") {
			s, want = "-"+s, -cents
		}
		if got, err := ParseDecimal(s); err != nil || got != want {
			t.Fatalf("%q: %d %v, want %d", s, got, err, want)
		}
	})
}

func TestParseWhole(t *testing.T) {
	for in, want := range map[string]int64{"120": 120, "1.200": 1200, "60,00": 60, "-3": -3, "7\u00a0": 7} {
		if got, err := ParseWhole(in); err != nil || got != want {
			t.Errorf("%q: %d %v", in, got, err)
		}
	}
	for _, in := range []string{"", "1,5", "x", "99999999999999999"} {
		if got, err := ParseWhole(in); !errors.Is(err, errNumber) {
			t.Errorf("%q: %d %v", in, got, err)
		}
	}
}

func TestParseDate(t *testing.T) {
	want := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for _, in := range []string{"2026-11-22", "22-11-2026", "22/11/2026", "22.11.2026", "2026/11/22", "20261122", " 22 nov 2026 ", "22 november 2026", "22-NOV-2026",
		"Nov 22, 2026", "November 22 2026", "22 nov. 2026", "2026-11-22T00:00:00", "2026-11-22T10:11:12Z", "22-11-2026 00:00", "22/11/2026 0:00:00"} {
		if got, err := ParseDate(in); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v %v", in, got, err)
		}
	}
	for in, month := range map[string]time.Month{"1 mrt 2026": 3, "1 maart 2026": 3, "1 March 2026": 3, "1 mei 2026": 5, "1 may 2026": 5, "1 okt 2026": 10, "1 oct 2026": 10, "1 augustus 2026": 8, "1-2-2026": 2} {
		if got, err := ParseDate(in); err != nil || got.Month() != month || got.Day() != 1 {
			t.Errorf("%q: %v %v", in, got, err)
		}
	}
	for _, in := range []string{"", "11/22/2026", "31-02-2026", "2026-13-01", "2026-00-10", "2026-11-00", "22-11-26", "22 november", "22 novembre 2026", "1 ma 2026", "0000-01-01",
		"2026-11-22-1", "morgen", "123456789", "2026-1a-01", "-1-2-2026x", "29-02-2025", "10:30"} {
		if got, err := ParseDate(in); !errors.Is(err, errDate) {
			t.Errorf("%q: %v %v", in, got, err)
		}
	}
}

func TestParseWords(t *testing.T) {
	for in, want := range map[string]string{"P": "private", "c": "business", "Particulier": "private", "Privé": "private", "ZAKELIJK": "business", "bedrijf": "business", "Intern": "internal",
		"internal": "internal", "leverancier": "internal", "business.": "business"} {
		if got, err := ParseKind(in); err != nil || got != want {
			t.Errorf("kind %q: %q %v", in, got, err)
		}
	}
	for in, want := range map[string]string{"Klant": "customer", "prospect": "prospect", "Oud-klant": "former", "former customer": "former", "suspect": "suspect"} {
		if got, err := ParseRelation(in); err != nil || got != want {
			t.Errorf("relation %q: %q %v", in, got, err)
		}
	}
	for in, want := range map[string]bool{"ja": true, "Nee": false, "YES": true, "no": false, "j": true, "n": false, "y": true, "1": true, "0": false, "x": true, "true": true, "✓": true, "onwaar": false} {
		if got, err := ParseBool(in); err != nil || got != want {
			t.Errorf("bool %q: %v %v", in, got, err)
		}
	}
	for _, in := range []string{"", "misschien", "2"} {
		_, kind := ParseKind(in)
		_, relation := ParseRelation(in)
		_, yes := ParseBool(in)
		for _, err := range []error{kind, relation, yes} {
			var value *ValueError
			if !errors.As(err, &value) || !strings.HasPrefix(value.Error(), "import.value.") {
				t.Errorf("%q: %v", in, err)
			}
		}
	}
}

func TestNeutralise(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+cmd": "'+cmd", "-2+3": "'-2+3", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\rx": "'\rx", "＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠a": "'＠a",
		"'=1": "''=1", "''@x": "'''@x", "-": "'-", "+": "'+", "--5": "'--5", "-5%": "'-5%", "+31-6-1234": "'+31-6-1234", "-1\n=2": "'-1\n=2",
		"-12,5": "-12,5", "+31 6 1234 5678": "+31 6 1234 5678", "-1.234,56": "-1.234,56", "'t Hart": "'t Hart", "'": "'", "''": "''", "": "", "'-5": "'-5",
		"a=b": "a=b", " =1": " =1", "\x00=1": "\x00=1", "’s Gravenmade": "’s Gravenmade",
	} {
		got := Neutralise(in)
		if got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
		if back := Restore(got); back != in {
			t.Errorf("%q came back as %q", in, back)
		}
	}
}

func TestNeutraliseKeepsEveryText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(anyText(), rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "s")
		out := Neutralise(s)
		if Restore(out) != s {
			t.Fatalf("%q became %q, restored %q", s, out, Restore(out))
		}
		for _, start := range []string{"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"} {
			if strings.HasPrefix(out, start) && strings.Trim(out[1:], "0123456789., ") != "" {
				t.Fatalf("%q became %q", s, out)
			}
		}
		if len(out) > len(s)+1 {
			t.Fatalf("%q grew to %q", s, out)
		}
	})
}
