package slips

import (
	"bytes"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// asked makes queries of two classes, each accepting its numbers.
func asked() []Query {
	return []Query{
		{ID: "h0001", Class: "b", Text: "jan", Clean: "jan", Target: "1", Accept: []string{"1", "11"}},
		{ID: "h0002", Class: "a", Text: "piet", Clean: "piet", Target: "2", Accept: []string{"2"}},
		{ID: "h0003", Class: "b", Edits: 1, Text: "v.d. brg", Clean: "van den berg", Target: "3", Accept: []string{"3"}},
		{ID: "h0004", Class: "b", Text: "ans", Clean: "ans", Target: "4", Accept: []string{"4"}},
	}
}

// TestScores holds the measures to results worked out by hand.
func TestScores(t *testing.T) {
	others := "91 92 93 94 95 96 97 98 99 90"
	after := func(n int, number string) string {
		return strings.Join(append(strings.Fields(others)[:n], number), " ")
	}
	tests := []struct {
		name          string
		rows          [4]string // numbers found, best first
		at1, at5, mrr float64   // of all four
		b1, b5, bmrr  float64   // of the three of class b
	}{
		{"all first", [4]string{"1 2", "2", "3 3", "4 9"}, 1, 1, 1, 1, 1, 1},
		{"nothing", [4]string{"", "", "", ""}, 0, 0, 0, 0, 0, 0},
		{"others only", [4]string{others, others, "1", "3"}, 0, 0, 0, 0, 0, 0},
		{"the best of those accepted counts", [4]string{"9 11 1", "2", "", ""}, 1. / 4, 2. / 4, (1./2 + 1) / 4, 0, 1. / 3, 1. / 2 / 3},
		{"fifth, sixth, tenth, eleventh", [4]string{after(4, "1"), after(5, "2"), after(9, "3"), after(10, "4")},
			0, 1. / 4, (1./5 + 1./6 + 1./10) / 4, 0, 1. / 3, (1./5 + 1./10) / 3},
		{"a row twice takes two places", [4]string{"9 9 1", "2", "3", "4"}, 3. / 4, 1, (1./3 + 3) / 4, 2. / 3, 1, (1./3 + 2) / 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			queries := asked()
			got := Measure(queries, func(text string, limit int) []string {
				i := slices.IndexFunc(queries, func(q Query) bool { return q.Text == text })
				if limit != 10 {
					t.Errorf("asked for %d rows", limit)
				}
				return strings.Fields(tt.rows[i])
			})
			if len(got) != 3 || got[0].Class != "ALL" || got[1].Class != "a" || got[2].Class != "b" {
				t.Fatalf("classes: %v", got)
			}
			near(t, got[0], Score{"ALL", 4, tt.at1, tt.at5, tt.mrr})
			near(t, got[2], Score{"b", 3, tt.b1, tt.b5, tt.bmrr})
		})
	}
}

func near(t *testing.T, got, want Score) {
	t.Helper()
	if got.Queries != want.Queries || math.Abs(got.At1-want.At1)+math.Abs(got.At5-want.At5)+math.Abs(got.MRR-want.MRR) > 1e-12 {
		t.Errorf("score %v, want %v", got, want)
	}
}

func TestScoreOfResults(t *testing.T) {
	tests := []struct {
		name, file string
		want       Score
	}{
		// the row at rank 2 is the first there is, so it takes the first place
		{"by id", "h0001\t1\t1\nh0002\t2\t2\n", Score{"ALL", 4, 2. / 4, 2. / 4, 2. / 4}},
		{"by line", "1\t1\t1\n2\t2\t2\n", Score{"ALL", 4, 2. / 4, 2. / 4, 2. / 4}},
		{"ranks in any order", "h0003\t7\t3\nh0003\t1\t9\n", Score{"ALL", 4, 0, 1. / 4, 1. / 2 / 4}},
		{"one rank, by number", "h0003\t1\t3\nh0003\t1\t22\n", Score{"ALL", 4, 0, 1. / 4, 1. / 2 / 4}},
		{"those run only", "#q\th0001\n#q\th0002\nh0001\t1\t1\nh0003\t1\t3\n", Score{"ALL", 2, 1. / 2, 1. / 2, 1. / 2}},
		{"unknown query", "h0009\t1\t1\n77\t1\t1\n", Score{"ALL", 4, 0, 0, 0}},
	}
	for _, tt := range tests {
		rows, ran, err := ReadResults(strings.NewReader(tt.file), asked())
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		near(t, Judge(asked(), rows, ran)[0], tt.want)
	}
	if _, _, err := ReadResults(strings.NewReader("h0001\tfirst\t1\n"), asked()); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("a rank that is no number: %v", err)
	}
}

func TestQueriesThereAndBack(t *testing.T) {
	var b bytes.Buffer
	if err := WriteQueries(&b, asked()); err != nil {
		t.Fatal(err)
	}
	if first, _, _ := strings.Cut(b.String(), "\n"); first != "query_id\tclass\tedits\tquery\tclean\ttarget_id\taccept_ids" {
		t.Errorf("header %q", first)
	}
	got, err := ReadQueries(&b)
	if err != nil || !reflect.DeepEqual(got, asked()) {
		t.Errorf("read %v, %v", got, err)
	}
	for _, bad := range []string{"h1\ta\t0\tx\n", "h1\ta\tnone\tx\tx\t1\t1\n"} {
		if _, err := ReadQueries(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestReadCustomers(t *testing.T) {
	const head = "id\tkind\tname\tfirst\tlast\tcity\tpostcode\tphone\temail\n"
	got, err := ReadCustomers(strings.NewReader(head + "7\tP\tJan Bos\tJan\tBos\tBreda\t4811 AB\t06\ta@b.nl\n8\tC\tBos B.V.\t\t\tBreda\t4811 AC\t\t\n"))
	want := []Customer{
		{Number: "7", Name: "Jan Bos", First: "Jan", Last: "Bos", Town: "Breda", Postcode: "4811 AB"},
		{Number: "8", Company: true, Name: "Bos B.V.", Town: "Breda", Postcode: "4811 AC"},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, bad := range []string{"7\tP\tJan\n", "7\tX\tJan\t\t\t\t\n"} {
		if _, err := ReadCustomers(strings.NewReader(head + bad)); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func FuzzReadResults(f *testing.F) {
	f.Add("h0001\t1\t1\n#q\t2\n3\t-4\t\n")
	f.Fuzz(func(t *testing.T, s string) {
		rows, ran, err := ReadResults(strings.NewReader(s), asked())
		if err != nil {
			return
		}
		for _, sc := range Judge(asked(), rows, ran) {
			if sc.At1 > sc.At5 || sc.MRR > 1 || sc.At1 > sc.MRR || math.IsNaN(sc.MRR) || sc.Queries > 4 {
				t.Errorf("%s: %s", strconv.Quote(s), sc)
			}
		}
	})
}
