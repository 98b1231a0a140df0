package kit

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// bare is what is left without any style, one row a line.
func bare(rows []string) string { return ansi.Strip(strings.Join(rows, "\n")) }

// exact fails unless there are h rows of w cells, however cells are counted,
// with nothing in them that moves the cursor.
func exact(t rapid.TB, rows []string, w, h int) {
	t.Helper()
	if len(rows) != h {
		t.Fatalf("%d rows, want %d", len(rows), h)
	}
	for _, r := range rows {
		plain := ansi.Strip(r)
		if Width(r) != w || ansi.WcWidth.StringWidth(plain) != w || ansi.GraphemeWidth.StringWidth(plain) != w {
			t.Fatalf("row %q takes %d cells, want %d", r, Width(r), w)
		}
		if strings.ContainsAny(plain, "\n\r\t\x1b\x00") {
			t.Fatalf("row %q holds a control", r)
		}
	}
}

func someValues(max int) *rapid.Generator[[]float64] {
	hard := rapid.SampledFrom([]float64{
		0, 1, -1, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64, 5e-324, 1e-300,
	})
	return rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(-100, 100), rapid.Float64(), hard), 0, max)
}

func someValue(t *rapid.T, name string) float64 {
	v := someValues(1).Filter(func(v []float64) bool { return len(v) == 1 }).Draw(t, name)
	return v[0]
}

var someText = rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
	"", "Jan", "4.8", "article 4.8", "\x1b[31mred", "two\nrows", "日本語日本語", "a\u202eb", strings.Repeat("long ", 50),
}))

func TestSpark(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name   string
		values []float64
		gaps   []bool
		lo, hi float64
		want   string
	}{
		{"nothing", nil, nil, 0, 1, ""},
		{"all eight", []float64{0, 1, 2, 3, 4, 5, 6, 7}, nil, 0, 7, "▁▂▃▄▅▆▇█"},
		{"gap and nought", []float64{0, 0, 7}, []bool{false, true}, 0, 7, "▁·█"},
		{"outside", []float64{-5, 50}, nil, 0, 7, "▁█"},
		{"not finite", []float64{nan, inf, -inf}, nil, 0, 7, "·█▁"},
		{"one height", []float64{3, 4, 5}, nil, 4, 4, "▁▅█"},
		{"own bounds", []float64{10, 20, 30}, nil, nan, nan, "▁▅█"},
		{"bounds turned round", []float64{10, 30}, nil, 9, 1, "▁█"},
		{"own bounds leave gaps out", []float64{-1000, 10, 30}, []bool{true}, nan, nan, "·▁█"},
		{"largest numbers", []float64{-math.MaxFloat64, 0, math.MaxFloat64}, nil, nan, nan, "▁▅█"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, dark := range []bool{true, false} {
				if got := ansi.Strip(Spark(NewTheme(dark), c.values, c.gaps, c.lo, c.hi)); got != c.want {
					t.Errorf("%q, want %q", got, c.want)
				}
			}
		})
	}
}

func TestSparkProperties(t *testing.T) {
	th := NewTheme(true)
	rapid.Check(t, func(t *rapid.T) {
		values := someValues(40).Draw(t, "values")
		gaps := rapid.SliceOfN(rapid.Bool(), 0, 40).Draw(t, "gaps")
		lo, hi := someValue(t, "lo"), someValue(t, "hi")
		out := Spark(th, values, gaps, lo, hi)
		exact(t, []string{out}, len(values), 1)
		cells := []rune(ansi.Strip(out))
		for i, a := range values {
			if gap := i < len(gaps) && gaps[i] || math.IsNaN(a); gap != (cells[i] == gapMark) {
				t.Fatalf("value %d: %q", i, out)
			}
			for j, b := range values {
				if cells[i] != gapMark && cells[j] != gapMark && a > b && cells[i] < cells[j] {
					t.Fatalf("%g is drawn lower than %g: %q", a, b, out)
				}
			}
		}
	})
}

func TestBar(t *testing.T) {
	for _, c := range []struct {
		name        string
		value, full float64
		w           int
		want        string
	}{
		{"whole", 10, 10, 4, "████"},
		{"half", 5, 10, 4, "██  "},
		{"eighths", 3, 8, 1, "▍"},
		{"three and a quarter", 3.25, 4, 4, "███▎"},
		{"nought", 0, 10, 4, "    "},
		{"not a number", math.NaN(), 10, 4, "    "},
		{"too small to see", 0.0001, 10, 4, "▏   "},
		{"more than full", 99, 10, 4, "████"},
		{"below nought", -5, 10, 5, "-██  "},
		{"without a full one", 5, 0, 3, "███"},
		{"no cells", 5, 10, 0, ""},
		{"fewer than none", 5, 10, -1, ""},
		{"minus alone", -5, 10, 1, "-"},
	} {
		if got := ansi.Strip(Bar(NewTheme(true), c.value, c.full, c.w)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		v, full, w := someValue(t, "value"), someValue(t, "full"), rapid.IntRange(0, 200).Draw(t, "w")
		out := Bar(NewTheme(false), v, full, w)
		exact(t, []string{out}, w, 1)
		if seen := strings.Trim(out, " ") != ""; w > 0 && seen != (v != 0 && !math.IsNaN(v)) {
			t.Fatalf("%g of %g: %q", v, full, out)
		}
	})
}

var annoyances = []RankedRow{
	{Label: "Procedures", Value: 14, Shown: "14", Note: "9 customers"},
	{Label: "Lead time", Value: 9, Shown: "9", Note: "8 customers"},
	{Label: "Telephone", Value: 4, Shown: "4", Note: "4 customers"},
	{Label: "Opening hours on Saturday", Shown: "0"},
}

func TestRanked(t *testing.T) {
	money := []RankedRow{
		{Label: "Hulst", Value: 1240, Shown: "1,240"},
		{Label: "De Wit", Value: -430, Shown: "-430", Note: "visits"},
		{Label: "Jansen", Value: 12, Shown: "12"},
		{Label: "Bakker", Shown: "0"},
	}
	for _, c := range []struct {
		name string
		rows []RankedRow
		w    int
		want []string
	}{
		{"wide", annoyances, 66, []string{
			"Procedures                 ██████████████████████  14  9 customers",
			"Lead time                  ██████████████▏          9  8 customers",
			"Telephone                  ██████▎                  4  4 customers",
			"Opening hours on Saturday                           0             ",
		}},
		{"no room for notes", annoyances, 34, []string{
			"Procedures     ███████████████  14",
			"Lead time      █████████▋        9",
			"Telephone      ████▎             4",
			"Opening hour…                    0",
		}},
		{"no room for bars", annoyances, 16, []string{
			"Procedures    14", "Lead time      9", "Telephone      4", "Opening hou…   0",
		}},
		{"numbers alone", annoyances[:2], 2, []string{"14", " 9"}},
		{"nothing", annoyances[:2], 0, []string{"", ""}},
		{"both sides of nought", money, 50, []string{
			"Hulst          │███████████████████  1,240        ",
			"De Wit  ▐██████│                      -430  visits",
			"Jansen         │▏                       12        ",
			"Bakker         │                         0        ",
		}},
		{"losses alone", money[1:2], 30, []string{"De Wit  ███████████████│  -430"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Ranked(NewTheme(true), c.rows, c.w)
			exact(t, got, c.w, len(c.rows))
			if want := strings.Join(c.want, "\n"); bare(got) != want {
				t.Errorf("got:\n%s\nwant:\n%s", bare(got), want)
			}
		})
	}
}

func TestRankedProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) RankedRow {
			return RankedRow{
				Label: someText.Draw(t, "label"), Shown: someText.Draw(t, "shown"), Note: someText.Draw(t, "note"),
				Value: someValue(t, "value"), Max: someValue(t, "max"),
			}
		}), 0, 8).Draw(t, "rows")
		w := rapid.IntRange(0, 150).Draw(t, "w")
		exact(t, Ranked(NewTheme(true), rows, w), w, len(rows))
	})
}

// TestRankedOneScale holds that a unit is as long to the left as to the right.
func TestRankedOneScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(1, 1000).Draw(t, "value")
		w := rapid.IntRange(20, 120).Draw(t, "w")
		most := v + rapid.Float64Range(0, 1000).Draw(t, "more")
		out := Ranked(NewTheme(true), []RankedRow{{Label: "a", Value: v}, {Label: "b", Value: -v}, {Label: "c", Value: most}}, w)
		cells := func(s string) (n float64) {
			for _, r := range ansi.Strip(s) {
				switch i := slices.Index(lefts[:], r); {
				case i >= 0:
					n += float64(i+1) / 8
				case r == '▐':
					n += 0.5
				}
			}
			return n
		}
		if a, b := cells(out[0]), cells(out[1]); math.Abs(a-b) > 0.5 {
			t.Fatalf("%g and %g cells:\n%s", a, b, bare(out))
		}
	})
}
