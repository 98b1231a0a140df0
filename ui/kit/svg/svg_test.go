package svg

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"pasvorm/ui/kittest"

	"pgregory.net/rapid"
)

// read parses an element as XML and fails unless it is one chart: a name and a
// description first, finite coordinates within the drawing, nothing from
// elsewhere. It gives the texts that are seen.
func read(t rapid.TB, s, title, desc string) (texts []string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(s))
	var open, order []string
	var words strings.Builder
	var w, h float64
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in:\n%s", err, s)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if len(open) == 0 && len(order) > 0 {
				t.Fatalf("a second element %s", tok.Name.Local)
			}
			open = append(open, tok.Name.Local)
			order = append(order, tok.Name.Local)
			attributes(t, tok, &w, &h)
			words.Reset()
		case xml.EndElement:
			got := words.String()
			words.Reset()
			switch {
			case len(open) == 2 && tok.Name.Local == "title" && got != clean(title):
				t.Fatalf("title %q, want %q", got, title)
			case len(open) == 2 && tok.Name.Local == "desc" && got != clean(desc):
				t.Fatalf("description %q, want %q", got, desc)
			case tok.Name.Local == "text":
				texts = append(texts, got)
			}
			open = open[:len(open)-1]
		case xml.CharData:
			words.Write(tok)
		case xml.Comment, xml.ProcInst, xml.Directive:
			t.Fatalf("%T in a chart", tok)
		}
	}
	if len(order) < 3 || order[0] != "svg" || order[1] != "title" || order[2] != "desc" {
		t.Fatalf("elements: %v", order)
	}
	return texts
}

// attributes holds the attributes of one element to what a chart may have.
func attributes(t rapid.TB, e xml.StartElement, w, h *float64) {
	t.Helper()
	switch e.Name.Local {
	case "svg", "title", "desc", "g", "text", "line", "polyline", "circle", "rect":
	default:
		t.Fatalf("element %s", e.Name.Local)
	}
	role := ""
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "role":
			role = a.Value
		case "viewBox", "points":
			values := numbers(t, a.Value)
			if a.Name.Local == "viewBox" {
				*w, *h = values[2], values[3]
			}
			for i := 0; i+1 < len(values); i += 2 {
				within(t, values[i], *w)
				within(t, values[i+1], *h)
			}
		case "x", "x1", "x2", "cx":
			within(t, numbers(t, a.Value)[0], *w)
		case "y", "y1", "y2", "cy":
			within(t, numbers(t, a.Value)[0], *h)
		case "width", "height", "r":
			if numbers(t, a.Value)[0] < 0 {
				t.Fatalf("size %s", a.Value)
			}
		case "class", "fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-dasharray", "stroke-opacity",
			"text-anchor", "font-family", "font-size":
			if strings.ContainsAny(a.Value, ":()/<>&\"'") {
				t.Fatalf("%s=%q", a.Name.Local, a.Value)
			}
		default:
			t.Fatalf("attribute %s", a.Name.Local)
		}
	}
	if e.Name.Local == "svg" && role != "img" {
		t.Fatalf("role %q", role)
	}
}

func numbers(t rapid.TB, s string) (out []float64) {
	t.Helper()
	for f := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == ',' }) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			t.Fatalf("coordinate %q", f)
		}
		out = append(out, v)
	}
	return out
}

func within(t rapid.TB, v, size float64) {
	t.Helper()
	if v < 0 || v > size {
		t.Fatalf("coordinate %g outside 0 to %g", v, size)
	}
}

var hard = rapid.SampledFrom([]float64{
	0, 1, -1, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64, 5e-324, 1e-300,
})

var someValue = rapid.OneOf(rapid.Float64Range(-100, 100), rapid.Float64(), hard)

var someText = rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
	"", "Nov", `</svg><script>alert("x")</script>`, `"><img src=x onerror=alert(1)>`, "<!-- ", "]]>", "&amp; &", "' \" `",
	"\x00\x01\x1b[31m", "\xff\xfe", "\ufffe\uffff", "a\u202eb", "two\nrows", "日本語日本語", strings.Repeat("long ", 80),
}))

func someHead(t *rapid.T) Head {
	return Head{
		Title: someText.Draw(t, "title"), Desc: someText.Draw(t, "desc"),
		W: rapid.IntRange(-1, 1200).Draw(t, "w"), H: rapid.IntRange(-1, 600).Draw(t, "h"),
	}
}

func TestLineProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := LineOptions{
			Head: someHead(t), Values: rapid.SliceOfN(someValue, 0, 30).Draw(t, "values"),
			Gaps: rapid.SliceOfN(rapid.Bool(), 0, 30).Draw(t, "gaps"), Labels: rapid.SliceOfN(someText, 0, 40).Draw(t, "labels"),
			Lo: someValue.Draw(t, "lo"), Hi: someValue.Draw(t, "hi"), Ref: someValue.Draw(t, "ref"),
			LoLabel: someText.Draw(t, "lo label"), HiLabel: someText.Draw(t, "hi label"), RefLabel: someText.Draw(t, "ref label"),
		}
		out := Line(o)
		read(t, out, o.Title, o.Desc)
		if lo, hi := o.bounds(); (lo < 0 && hi > 0) != strings.Contains(out, `class="zero"`) {
			t.Fatalf("nought from %g to %g:\n%s", lo, hi, out)
		}
		gaps, seen := strings.Count(out, `class="gap"`), strings.Count(out, `class="value"`)
		if gaps+seen != len(o.Values) {
			t.Fatalf("%d gaps and %d values of %d", gaps, seen, len(o.Values))
		}
	})
}

func TestBarsProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := BarsOptions{Head: someHead(t), Rows: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Bar {
			return Bar{
				Label: someText.Draw(t, "label"), Shown: someText.Draw(t, "shown"), Note: someText.Draw(t, "note"),
				Value: someValue.Draw(t, "value"), Max: someValue.Draw(t, "max"),
			}
		}), 0, 10).Draw(t, "rows")}
		out := Bars(o)
		read(t, out, o.Title, o.Desc)
		want := 0
		for _, r := range o.Rows {
			if r.Value != 0 && !math.IsNaN(r.Value) {
				want++
			}
		}
		if got := strings.Count(out, "<rect "); got != want {
			t.Fatalf("%d bars, want %d:\n%s", got, want, out)
		}
	})
}

func TestCurveProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := CurveOptions{
			Head: someHead(t), Values: rapid.SliceOfN(someValue, 0, 600).Draw(t, "values"), Full: someValue.Draw(t, "full"),
			ZeroLabel: someText.Draw(t, "zero"), FullLabel: someText.Draw(t, "full label"), PeakLabel: someText.Draw(t, "peak"),
			FromLabel: someText.Draw(t, "from"), ToLabel: someText.Draw(t, "to"),
		}
		read(t, Curve(o), o.Title, o.Desc)
	})
}

// TestCurveStaysSmall holds that a curve of many customers keeps its peak and
// its end and takes no more room in a page than a curve of few.
func TestCurveStaysSmall(t *testing.T) {
	values := make([]float64, 100_001)
	for i := range values {
		values[i] = float64(min(i, 100_000-i))
	}
	values[70_003] = 1e6
	points := thin(values)
	if len(points) > 2*most+2 || points[0] != 0 || points[len(points)-1] != 100_000 {
		t.Fatalf("%d points from %d to %d", len(points), points[0], points[len(points)-1])
	}
	peak := false
	for i, p := range points {
		peak = peak || p == 70_003
		if i > 0 && points[i-1] >= p {
			t.Fatalf("point %d after %d", p, points[i-1])
		}
	}
	if !peak {
		t.Fatal("the peak is lost")
	}
	if n := len(Curve(CurveOptions{Values: values})); n > 8000 {
		t.Fatalf("%d bytes", n)
	}
}

// TestLongLabel holds that what is cut can still be read in full.
func TestLongLabel(t *testing.T) {
	name := "Transport " + strings.Repeat("and storage ", 10) + "Hulst"
	out := Bars(BarsOptions{Rows: []Bar{{Label: name, Value: 1, Shown: "1"}}})
	if !strings.Contains(out, "…<title>"+name+"</title>") {
		t.Errorf("the whole name is gone:\n%s", out)
	}
	if texts := read(t, out, "", ""); len(texts) != 2 || texts[1] != "1" {
		t.Errorf("%q", texts)
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		in   string
		room float64
		want string
	}{
		{"", 100, ""}, {"Jansen", 100, "Jansen"}, {"Jansen", 40, "Jan…"}, {"Jansen", 5, ""}, {"日本語", 30, "日…"}, {"x", 0, ""},
	} {
		if got := cut(c.in, c.room); got != c.want {
			t.Errorf("%q in %g: %q, want %q", c.in, c.room, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s, room := clean(someText.Draw(t, "text")), rapid.Float64Range(0, 300).Draw(t, "room")
		if got := cut(s, room); got != s && width(strings.TrimSuffix(got, "…"))+letter > room && got != "" {
			t.Fatalf("%q is wider than %g", got, room)
		}
	})
}

func TestGolden(t *testing.T) {
	var whale []float64
	sum := 0.0
	for i := range 12 {
		sum += 10 - float64(i)*1.5
		whale = append(whale, sum)
	}
	for name, got := range map[string]string{
		"line": Line(LineOptions{
			Head:   Head{Title: "Mark out of ten", Desc: "From 6.0 in December to 7.9 in November; none in February."},
			Values: []float64{6, 6.4, 0, 5.1, 4.2, 4.8, 5, 6.1, 6.6, 7, 7.2, 7.9}, Gaps: []bool{2: true},
			Labels: strings.Fields("Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov"),
			Lo:     1, Hi: 10, LoLabel: "1", HiLabel: "10", Ref: 4.8, RefLabel: "article 4.8",
		}),
		"bars": Bars(BarsOptions{
			Head: Head{Title: "Profit <by> relation", Desc: "Hulst & co earn most."},
			Rows: []Bar{
				{Label: "Hulst & co", Value: 1240, Shown: "€ 1,240"},
				{Label: "De Wit", Value: -430, Shown: "-€ 430", Note: "visits"},
				{Label: "Jansen", Value: 12, Shown: "€ 12"},
				{Label: "Bakker", Shown: "€ 0"},
			},
		}),
		"curve": Curve(CurveOptions{
			Head: Head{Title: "Whale curve", Desc: "Five of twelve customers cost money.", H: 300}, Values: whale, Full: sum,
			ZeroLabel: "0 %", FullLabel: "100 %", PeakLabel: "183 %", FromLabel: "most profitable", ToLabel: "least profitable",
		}),
	} {
		t.Run(name, func(t *testing.T) { kittest.Golden(t, name, got) })
	}
}

func TestStyleNeedsNothing(t *testing.T) {
	for _, bad := range []string{"url(", "@import", "http", "<", "font-face"} {
		if strings.Contains(Style, bad) {
			t.Errorf("the style holds %q", bad)
		}
	}
}
