package kit

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func marks() SeriesOptions {
	return SeriesOptions{
		Values: []float64{6, 6.4, 0, 5.1, 4.2, 4.8, 5, 6.1, 6.6, 7, 7.2, 7.9}, Gaps: []bool{2: true},
		Labels: strings.Fields("Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov"),
		Lo:     1, Hi: 10, LoLabel: "1", HiLabel: "10", Ref: 4.8, RefLabel: "article 4.8", W: 80, H: 8,
	}
}

func TestSeries(t *testing.T) {
	narrow, tiny, onlyMonths := marks(), marks(), marks()
	narrow.W, narrow.H = 40, 6
	tiny.W, tiny.H = 8, 4
	onlyMonths.LoLabel, onlyMonths.HiLabel, onlyMonths.RefLabel = "", "", ""
	onlyMonths.W, onlyMonths.H = 36, 4
	money := SeriesOptions{
		Values: []float64{6, -6.4, 0, 5, -2, math.NaN()}, Labels: strings.Fields("Dec Jan Feb Mar Apr May"),
		Lo: -10, Hi: 10, LoLabel: "-10", HiLabel: "10", Ref: -5, RefLabel: "worst", W: 60, H: 9,
	}
	for _, c := range []struct {
		name string
		o    SeriesOptions
		want []string
	}{
		{"80 cells", marks(), []string{
			"10 ┤                                                                            ",
			"   │                                                       ▃▃▃▃                 ",
			"   │     ▂▂▂▂                               ▃▃▃▃ ▅▅▅▅ ▇▇▇▇ ████                 ",
			"   │▇▇▇▇ ████      ▂▂▂▂           ▁▁▁▁ ████ ████ ████ ████ ████                 ",
			"   ├████┄████┄┄┄┄┄┄████┄▄▄▄▄┄████┄████┄████┄████┄████┄████┄████┄┄┄ article 4.8  ",
			"   │████ ████      ████ ████ ████ ████ ████ ████ ████ ████ ████                 ",
			" 1 ┤████ ████  ·   ████ ████ ████ ████ ████ ████ ████ ████ ████                 ",
			"    Dec  Jan  Feb  Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov                  ",
		}},
		{"40 cells", narrow, []string{
			"10 ┤                                    ",
			"   │        ▁▃▄▇                        ",
			"   ├▆█┄▂┄▁▂▇████┄┄ article 4.8          ",
			"   │██ █▆███████                        ",
			" 1 ┤██·█████████                        ",
			"       Mar Jul Nov                      ",
		}},
		{"newest alone", tiny, []string{
			"      ▁▂",
			"┄┄┄┄┄┄┄┄",
			"████████",
			" May Nov",
		}},
		{"no scale", onlyMonths, []string{
			"                              ▁▁ ▂▂ ",
			"▅▅ ▆▆    ▃▃ ▁▁ ▂▂ ▃▃ ▆▆ ▇▇ ██ ██ ██ ",
			"██ ██ ·  ██ ██ ██ ██ ██ ██ ██ ██ ██ ",
			"   Jan   Mar   May   Jul   Sep   Nov",
		}},
		{"both sides of nought", money, []string{
			" 10 ┤                                                       ",
			"    │▃▃▃▃▃▃                                                 ",
			"    │██████               ██████                            ",
			"  0 ┤██████        ▁▁▁▁▁▁ ██████          ·                 ",
			"    │       ██████               ▀▀▀▀▀▀                     ",
			"    ├┄┄┄┄┄┄┄██████┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ worst     ",
			"    │       ▀▀▀▀▀▀                                          ",
			"-10 ┤                                                       ",
			"     Dec    Jan    Feb    Mar    Apr    May                 ",
		}},
		{"nothing to show", SeriesOptions{W: 5, H: 2}, []string{"     ", "     "}},
		{"one month, one height", SeriesOptions{Values: []float64{4}, Labels: []string{"Nov"}, LoLabel: "0", HiLabel: "8", Lo: 4, Hi: 4, W: 16, H: 3}, []string{
			"8 ┤             ", "0 ┤███████      ", "   Nov          ",
		}},
		{"hanging alone", SeriesOptions{Values: []float64{-1, -2, -4, 0}, Lo: -4, Hi: 0, W: 12, H: 2}, []string{
			"▀▀ ██ ██ ▔▔ ", "      ██    ",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Series(NewTheme(true), c.o)
			exact(t, got, c.o.W, c.o.H)
			if want := strings.Join(c.want, "\n"); bare(got) != want {
				t.Errorf("got:\n%s\nwant:\n%s", bare(got), want)
			}
		})
	}
}

func someSeries(t *rapid.T) SeriesOptions {
	return SeriesOptions{
		Values: someValues(30).Draw(t, "values"), Gaps: rapid.SliceOfN(rapid.Bool(), 0, 30).Draw(t, "gaps"),
		Labels: rapid.SliceOfN(someText, 0, 30).Draw(t, "labels"),
		Lo:     someValue(t, "lo"), Hi: someValue(t, "hi"), Ref: someValue(t, "ref"),
		LoLabel: someText.Draw(t, "lo label"), HiLabel: someText.Draw(t, "hi label"), RefLabel: someText.Draw(t, "ref label"),
		W: rapid.IntRange(0, 120).Draw(t, "w"), H: rapid.IntRange(0, 20).Draw(t, "h"),
	}
}

func TestSeriesProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := someSeries(t)
		exact(t, Series(NewTheme(true), o), o.W, o.H)
	})
}

// TestSeriesLineIsSeen holds that the line shows without colour whatever the
// columns, and that each month with data has a column.
func TestSeriesLineIsSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := SeriesOptions{
			Values: rapid.SliceOfN(rapid.Float64Range(-50, 50), 1, 24).Draw(t, "values"),
			Lo:     -50, Hi: 50, Ref: rapid.Float64Range(-50, 50).Draw(t, "ref"), RefLabel: "line",
			W: rapid.IntRange(24, 120).Draw(t, "w"), H: rapid.IntRange(1, 20).Draw(t, "h"),
		}
		got := bare(Series(NewTheme(true), o))
		if !strings.Contains(got, "┄") {
			t.Fatalf("no line:\n%s", got)
		}
		o.RefLabel = ""
		rows := strings.Split(bare(Series(NewTheme(true), o)), "\n")
		if strings.Contains(strings.Join(rows, ""), "┄") {
			t.Fatalf("a line nobody asked for:\n%s", strings.Join(rows, "\n"))
		}
		step := min(o.W/len(o.Values), maxStep)
		for i, v := range o.Values {
			if !slices.ContainsFunc(rows, func(r string) bool { return []rune(r)[i*step] != ' ' }) {
				t.Fatalf("month %d of %g has no column:\n%s", i, v, strings.Join(rows, "\n"))
			}
		}
	})
}

// TestSeriesMonths holds that names never touch and the newest is among them.
func TestSeriesMonths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 24).Draw(t, "months")
		o := SeriesOptions{Values: make([]float64, n), Hi: 1, W: rapid.IntRange(7, 120).Draw(t, "w"), H: 3}
		for range n {
			o.Labels = append(o.Labels, rapid.StringMatching(`[A-Z][a-z]{2,6}`).Draw(t, "label"))
		}
		out := ansi.Strip(Series(NewTheme(true), o)[2])
		names := strings.Fields(out)
		if len(names) == 0 || names[len(names)-1] != o.Labels[n-1] {
			t.Fatalf("the newest of %q is not named: %q", o.Labels, out)
		}
		at := 0
		for _, name := range names {
			i := slices.Index(o.Labels[at:], name)
			if i < 0 {
				t.Fatalf("%q is no month of %q: %q", name, o.Labels, out)
			}
			at += i + 1
		}
	})
}

func TestCurve(t *testing.T) {
	var whale []float64
	sum := 0.0
	for i := range 30 {
		sum += 10 - float64(i)*0.6
		whale = append(whale, sum)
	}
	for _, c := range []struct {
		name string
		o    CurveOptions
		want []string
	}{
		{"whale", CurveOptions{
			Values: whale, Full: sum, ZeroLabel: "0 %", FullLabel: "100 %", PeakLabel: "226 %",
			FromLabel: "best", ToLabel: "worst", W: 50, H: 9,
		}, []string{
			"226 % ┤                ⢀⡠⠤⠔⠒⠊⠉⠉⠉⠉⠉⠑⠒⠒⠤⢄⡀          ",
			"      │            ⢀⡠⠔⠊⠁               ⠈⠉⠒⢄⡀      ",
			"      │          ⡠⠒⠁                       ⠈⠑⢄⡀   ",
			"      │       ⢀⠔⠉                             ⠈⠢⣀ ",
			"100 % ┼┄┄┄┄┄⢀⠔⠁┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⠑",
			"      │   ⢀⠔⠁                                     ",
			"      │ ⢀⠔⠁                                       ",
			"  0 % ┼⡠⠊─────────────────────────────────────────",
			"       best                                  worst",
		}},
		{"ends in loss", CurveOptions{Values: []float64{10, 12, 9, 0, -12}, Full: -12, ZeroLabel: "0", PeakLabel: "€ 12", W: 30, H: 6}, []string{
			"€ 12 ┤    ⡠⠤⠒⠒⠊⠉⠑⠒⠤⢄⡀         ",
			"     │  ⡠⠊          ⠈⠒⢄       ",
			"     │⢠⠊               ⠑⢄     ",
			"   0 ┼⠁──────────────────⠑⢄───",
			"     │                    ⠈⠢⡀ ",
			"     │                      ⠘⢄",
		}},
		{"one customer", CurveOptions{Values: []float64{5}, Full: 5, ZeroLabel: "0", FullLabel: "100 %", W: 20, H: 4}, []string{
			"100 % ┼┄┄┄┄┄┄┄┄┄┄⡠⠔⠊",
			"      │      ⢀⡠⠒⠉   ",
			"      │   ⣀⠤⠊⠁      ",
			"    0 ┼⡠⠔⠊──────────",
		}},
		{"nobody", CurveOptions{ZeroLabel: "0", W: 12, H: 3}, []string{
			"  │         ",
			"  │         ",
			"0 ┼─────────",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Curve(NewTheme(true), c.o)
			exact(t, got, c.o.W, c.o.H)
			if want := strings.Join(c.want, "\n"); bare(got) != want {
				t.Errorf("got:\n%s\nwant:\n%s", bare(got), want)
			}
		})
	}
}

func TestCurveProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := CurveOptions{
			Values: someValues(300).Draw(t, "values"), Full: someValue(t, "full"),
			ZeroLabel: someText.Draw(t, "zero"), FullLabel: someText.Draw(t, "full label"), PeakLabel: someText.Draw(t, "peak"),
			FromLabel: someText.Draw(t, "from"), ToLabel: someText.Draw(t, "to"),
			W: rapid.IntRange(0, 120).Draw(t, "w"), H: rapid.IntRange(0, 20).Draw(t, "h"),
		}
		exact(t, Curve(NewTheme(true), o), o.W, o.H)
	})
}

// TestCurveWhole holds that the curve has no hole from the left to the right,
// and reaches its highest point however many customers share a cell.
func TestCurveWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 3000).Draw(t, "customers")
		values := make([]float64, n)
		peak := rapid.IntRange(0, n-1).Draw(t, "peak")
		values[peak] = 100
		c := newCanvas(rapid.IntRange(1, 60).Draw(t, "w"), rapid.IntRange(2, 20).Draw(t, "h"))
		drawCurve(c, CurveOptions{Values: values})
		top := false
		for x := range c.w {
			seen := false
			for y := range c.h {
				dotted := c.runes[y*c.w+x] > 0x2800
				seen = seen || dotted
				top = top || dotted && y == 0
			}
			if !seen {
				t.Fatalf("nothing in column %d", x)
			}
		}
		if !top {
			t.Fatalf("the peak of customer %d of %d is not reached", peak, n)
		}
	})
}
