package report

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/playbook"
	"pasvorm/ui/say"
	"pasvorm/ui/text"
)

var update = flag.Bool("update", false, "write the golden files")

func speaker(t testing.TB, lang string) say.Speaker {
	t.Helper()
	tx, err := text.Load(lang)
	if err != nil {
		t.Fatal(err)
	}
	return say.Speaker{Text: tx, Play: playbook.Default()}
}

// Tuesday 24 November 2026, ten o'clock.
var now = time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC)

func stamp(days int) model.Stamp { return model.StampOf(now.AddDate(0, 0, -days)) }

func day(days int) model.Day { return model.DayOf(now.AddDate(0, 0, -days)) }

func id(n byte) model.ID { return model.ID{15: n} }

var anna, karin, milan, noord = id(1), id(2), id(3), id(4)

func ruled(by model.ID, days int, why string) *model.Ruling {
	return &model.Ruling{By: by, Real: by, At: stamp(days), Reason: why}
}

// parting is an ordinary farewell that was told and heard; w changes each text
// that comes from outside.
func parting(w func(string) string) Parting {
	answers := model.FitAnswers{}.WithDefaults()
	answers[model.KeyFriction], answers[model.KeyDemand], answers[model.KeyTerms] = "theirs", "outside", "refused"
	n := &model.Assessment{ID: id(20), Customer: id(10), State: model.FitSettled, Answers: answers, Kind: model.FitCustomer, Large: true,
		Notes:   map[model.FitKey]string{model.KeyDemand: w("asks for a visit a day")},
		Verdict: model.VerdictPart, Rule: "R8", Flags: []model.FitFlag{model.FitFlagFourEyes, model.FitFlagImpactSheet},
		Proposed: ruled(karin, 40, w("terms were refused twice")), Settled: ruled(anna, 35, ""), How: model.SettledApproved,
		Next: model.NextStep{Impact: w("a tenth of the revenue, spread over three smaller customers")}}
	done := map[model.FarewellStep]*model.Ruling{}
	for _, s := range []model.FarewellStep{model.StepReferral, model.StepContract, model.StepText, model.StepContact, model.StepSent, model.StepWins, model.StepObjection} {
		done[s] = ruled(karin, 30, "")
	}
	f := &model.Farewell{ID: id(30), Customer: id(10), Assessment: n.ID, State: model.FarewellGoing, Begun: ruled(anna, 35, ""), Done: done,
		Referral: noord, Contract: w("monthly, notice of one month"), Ends: "2026-12-31", Text: w("Others serve you better."), Contact: karin,
		Channel: "phone", SentOn: day(30), WinTheirs: w("help at any hour"), WinOurs: w("a calm desk"), WinOther: w("a customer who fits"),
		Objection: w("nobody told me what it costs"), HeardBy: milan, Heard: ruled(milan, 20, w("the price was on each offer")), AskOutcome: day(-1)}
	seen := func(days int, signal, words string) *model.Sighting {
		return &model.Sighting{Trait: model.TraitBrazen, Signal: signal, Words: w(words), On: stamp(days), By: karin, Witnesses: []model.ID{milan}, Lapses: stamp(-200)}
	}
	contested := seen(50, "", "shouted")
	contested.Contested = ruled(milan, 49, "")
	return Parting{Verdict: n, Farewell: f, Now: now, By: w("Robin"), Detail: &model.Detail{
		Customer: &model.Customer{ID: id(10), Name: w("Hulst Transport"), Number: w("1042"), Town: w("Zeist"), Kind: model.Business, Relation: model.Current, Added: stamp(400)},
		Owner:    w("Sam"), Large: true, Sightings: []*model.Sighting{seen(45, "snapped", "are you deaf?"), seen(60, "", "kept the engineer out"), contested},
		Assessments: []*model.Assessment{n}, People: map[model.ID]string{anna: w("Anna"), karin: w("Karin"), milan: w("Milan")},
		Dealings: model.Dealings{
			Farewells: []*model.Farewell{f}, Referrals: map[model.ID]*model.Referral{noord: {ID: noord, Name: w("Noordhulp"), Serves: w("service around the clock")}},
			Terms:      []*model.Terms{{On: day(80), Words: w("one visit a week, more is billed"), State: model.TermsRefused, Answered: ruled(karin, 75, w("we never pay for service"))}},
			Hurts:      []model.HurtLine{{Hurt: &model.Hurt{Told: ruled(karin, 90, "")}, Improvement: &model.Improvement{Title: w("a fixed engineer"), State: model.ImprovementDone}}},
			Exceptions: []*model.Exception{{State: model.ExceptionGranted}, {State: model.ExceptionRefused}, {State: model.ExceptionRefused}},
			Finance:    &model.Finance{AsOf: day(3), Arrears: []model.Arrear{{Cents: 125000, Since: day(100)}, {Cents: 4250, Since: day(40)}}},
			Money:      model.Money{Known: true, Revenue: 1_250_000, Margin: 210_000, Time: 380_000, Direct: 20_000, Deviations: 15_000, Profit: -205_000},
		}}}
}

// week is a week with something of everything.
func week(w func(string) string) Week {
	play := playbook.Default()
	var y model.Thermometer
	for i := range 12 {
		m := model.MonthTally{Month: model.DayOf(now.AddDate(0, i-11, 0)).Month(), Customers: 10 + i}
		if i != 3 {
			m.Tally[model.CountContacts], m.Tally[model.CountIncoming] = int64(20+i), int64(18+i)
			m.Tally[model.CountIssues], m.Tally[model.CountRight] = 15, int64(8+i/2)
			m.Tally[model.CountMarks], m.Tally[model.CountMarkSum] = 4, int64(20+i)
			m.Tally[model.CountRepeat], m.Tally[model.CountRepeatService] = 4, 50
		}
		y.Months = append(y.Months, m)
		y.Total.Add(&m.Tally, 1)
	}
	y.Now, y.Then = y.Months[11].Tally, y.Months[5].Tally
	y.Behind = y.Months[11].Tally
	for i, t := range play.Desk.Topics[:3] {
		l := model.TopicTally{Key: t.ID}
		l.Tally[model.CountAnnoyances], l.Behind[model.CountAnnoyances] = int64(i*3+1), int64(i*2+1)
		y.Topics = append(y.Topics, l)
	}
	y.Silent, y.Demanding, y.AnyTrait, y.InTouch, y.RepeatCost = 5, [4]int{2, 3, 1, 1}, 6, 100, 51142
	in := Week{Now: now, Year: y, Week: model.Week{From: day(6), Until: day(0), JudgedUntil: day(8), Tally: y.Months[11].Tally, Customers: 19}}
	in.Today = model.Today{Counts: map[model.TodayKind]int{model.TodayLimbo: 12}}
	for i := range 10 {
		in.Today.Items = append(in.Today.Items, model.TodayItem{Kind: model.TodayLimbo, Name: w("De Wit"), Who: w("Karin"), Limbo: &model.Limbo{Since: stamp(4), Red: i == 0}})
	}
	hulst := parting(w).Farewell
	in.Today.Items = append(in.Today.Items,
		model.TodayItem{Kind: model.TodayPromise, Name: w("Petra Jansen"), Who: w("Sam"), Due: day(1), Promise: &model.Promise{Words: w("a credit note")}},
		model.TodayItem{Kind: model.TodayPromise, Name: w("Later"), Who: w("Sam"), Due: day(-3), Promise: &model.Promise{Words: w("not yet due")}},
		model.TodayItem{Kind: model.TodayTerms, Name: w("Bakker"), Due: day(2), Terms: &model.Terms{}},
		model.TodayItem{Kind: model.TodayFit, Name: w("Bakker"), Due: day(2), Assessment: &model.Assessment{Verdict: model.VerdictGather}},
		model.TodayItem{Kind: model.TodayTell, Name: w("Vos"), Hurt: &model.HurtLine{Improvement: &model.Improvement{Title: w("one invoice a month")}}},
		model.TodayItem{Kind: model.TodayFarewell, Name: w("Hulst Transport"), Due: day(0), Farewell: hulst})
	line := model.ProcedureLine{Standard: &model.Standard{Name: w("payment before delivery")}}
	line.Tally[model.CountAsked], line.Tally[model.CountRefused], line.Tally[model.CountLost], line.Behind[model.CountAsked] = 14, 9, 2, 9
	in.Mirror.Procedures = []model.ProcedureLine{line}
	in.Improvements = []model.ImprovementLine{
		{Improvement: &model.Improvement{Title: w("paying by card"), State: model.ImprovementDone, Ended: ruled(anna, 2, "")}, Owner: w("Anna"), Hurt: 4, Told: 1},
		{Improvement: &model.Improvement{Title: w("long done, all told"), State: model.ImprovementDone, Ended: ruled(anna, 60, "")}, Hurt: 2, Told: 2},
		{Improvement: &model.Improvement{Title: w("under way"), State: model.ImprovementOpen}}}
	in.Lessons = []model.LessonLine{{Lesson: &model.Lesson{Words: w("say what it costs before the visit"), At: stamp(3)}, Name: w("Hulst Transport")},
		{Lesson: &model.Lesson{Words: w("older"), At: stamp(30)}}}
	in.Queue = model.Queue{Counts: map[model.CaseKind]int{model.CaseProposal: 2},
		Cases: []model.Case{{Kind: model.CaseProposal, Customer: id(10), Name: w("Hulst Transport"), Since: stamp(4)}, {Kind: model.CaseProposal, Customer: id(11), Name: w("Vos"), Since: stamp(1)}}}
	return in
}

func same(s string) string { return s }

// pages are both pages in a language, their outside texts changed by w.
func pages(t testing.TB, lang string, w func(string) string) map[string]*Page {
	return map[string]*Page{"farewell": Farewell(speaker(t, lang), parting(w)), "week": Weekly(speaker(t, lang), week(w))}
}

func html(t testing.TB, p *Page) string {
	t.Helper()
	s, err := p.HTML()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestGoldens(t *testing.T) {
	for _, lang := range text.Languages() {
		for name, p := range pages(t, lang, same) {
			golden(t, name+"_"+lang+".md", p.Markdown())
			golden(t, name+"_"+lang+".html", html(t, p))
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path) //nolint:gosec // a file of the test
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs:\n%s", name, got)
	}
}

// elements reads a page strictly as XML and gives its elements with their
// attributes in order, and its words.
func elements(t interface{ Fatalf(string, ...any) }, page string) (tags []string, words string) {
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict = true
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return tags, words
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, page)
		}
		switch k := tok.(type) {
		case xml.StartElement:
			tag := k.Name.Local
			for _, a := range k.Attr {
				tag += " " + a.Name.Local
			}
			tags = append(tags, tag)
		case xml.EndElement:
			tags = append(tags, "/"+k.Name.Local)
		case xml.CharData:
			words += string(k)
		case xml.Comment, xml.ProcInst:
			t.Fatalf("a comment or instruction in the page")
		}
	}
}

// The page needs nothing from elsewhere and runs nothing.
func TestSelfContained(t *testing.T) {
	for name, p := range pages(t, "en", same) {
		page := html(t, p)
		tags, _ := elements(t, page)
		for _, tag := range tags {
			first, attrs, _ := strings.Cut(tag, " ")
			if slices.Contains([]string{"script", "link", "img", "iframe", "object", "a", "base", "form", "image", "use"}, first) {
				t.Errorf("%s holds <%s>", name, first)
			}
			for _, a := range strings.Fields(attrs) {
				if a == "src" || a == "href" || a == "style" || strings.HasPrefix(a, "on") {
					t.Errorf("%s: <%s %s>", name, first, a)
				}
			}
		}
		for _, bad := range []string{"http://", "https://", "url(", "@import", "ZgotmplZ"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s holds %s", name, bad)
			}
		}
		if name == "week" && strings.Count(page, "<svg") != 3 {
			t.Errorf("%d charts", strings.Count(page, "<svg"))
		}
	}
}

// hostile draws texts that would be markup somewhere.
var hostile = rapid.OneOf(
	rapid.SampledFrom([]string{"</style><script>alert(1)</script>", "]]>", "<!--", "{{.}}", "a|b", "# head", "- x", "1. y", "`code`", "[x](https://evil.example)",
		"<img src=x onerror=alert(1)>", "&lt;b&gt;", "\x1b[31mred\x00", "\u202eevil", "\ufffe\uffff", "a\nb\r\nc", "**x**", "~~y~~", "www.evil.example", "\xff\xfe", "\\", "+ z", "=== ", "a@b.c"}),
	rapid.StringOfN(rapid.SampledFrom([]rune("<>&\"'|`\\*_#-+=[](){}!~.:/ab1 \n\t\x07\u202e\ufffe")), 1, 30, -1),
	rapid.StringN(1, 40, -1),
)

// Whatever stands in the book, the page has the same elements as with harmless
// words, is well-formed, and says the words.
func TestHostileHTML(t *testing.T) {
	plainTags := map[string][]string{}
	for name, p := range pages(t, "en", func(string) string { return "harmless" }) {
		plainTags[name], _ = elements(t, html(t, p))
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := "x" + hostile.Draw(rt, "text") // a text that says something
		for name, p := range pages(t, "en", func(string) string { return s }) {
			out, err := p.HTML()
			if err != nil {
				rt.Fatalf("%v", err)
			}
			tags, words := elements(rt, out)
			if !slices.Equal(tags, plainTags[name]) {
				rt.Fatalf("%s has other elements with %q", name, s)
			}
			if want := most(s, 40); !strings.Contains(strings.Join(strings.Fields(words), " "), want) {
				rt.Fatalf("%s does not say %q", name, want)
			}
			if strings.ContainsAny(words, "\x00\x07\x1b\u202e\ufffe\uffff") {
				rt.Fatalf("%s lets a control through", name)
			}
		}
	})
}

// bare gives a line without what a backslash makes plain.
func bare(line string) string {
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		if line[i] == '\\' {
			i++
			continue
		}
		b.WriteByte(line[i])
	}
	return b.String()
}

// skeleton is what Markdown makes of the lines: how each begins, and its marks.
func skeleton(page string) []string {
	var out []string
	for line := range strings.SplitSeq(page, "\n") {
		s := bare(line)
		marks := strings.Map(func(r rune) rune {
			if strings.ContainsRune("|*`<>[]_~", r) {
				return r
			}
			return -1
		}, s)
		begin := ""
		if f := strings.Fields(s); len(f) > 0 && strings.Trim(f[0], "#-+=>|") == "" {
			begin = f[0]
		}
		out = append(out, begin+" "+marks)
	}
	return out
}

// Whatever stands in the book, the lines of the page begin and are marked as
// with harmless words.
func TestHostileMarkdown(t *testing.T) {
	plainLines := map[string][]string{}
	for name, p := range pages(t, "en", func(string) string { return "harmless" }) {
		plainLines[name] = skeleton(p.Markdown())
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := hostile.Draw(rt, "text")
		if one(s) == "" {
			s += "x"
		}
		for name, p := range pages(t, "en", func(string) string { return s }) {
			page := p.Markdown()
			if got := skeleton(page); !slices.Equal(got, plainLines[name]) {
				rt.Fatalf("%s is another page with %q:\n%s", name, s, page)
			}
			if strings.ContainsAny(page, "\x00\x07\x1b\r\u202e") || strings.Contains(bare(page), "://") {
				rt.Fatalf("%s lets a control or a link through", name)
			}
		}
	})
}

// A proposal is justified before anybody approves it, an empty book has a week.
func TestLittleToSay(t *testing.T) {
	in := parting(same)
	in.Detail.Dealings = model.Dealings{}
	in.Verdict.State, in.Verdict.Settled = model.FitProposed, nil
	in.Verdict.Next = model.NextStep{Referral: "asked three firms", Searched: true, Contact: karin, Contract: "monthly"}
	got, ok := PartingOf(in.Detail, now, "Robin")
	if !ok || got.Verdict != in.Verdict || got.Farewell != nil {
		t.Fatalf("%+v", got)
	}
	page := Farewell(speaker(t, "en"), got).Markdown()
	for _, want := range []string{"waits for a lead", "Searched, nobody found", "asked three firms", "Nothing is noted.", "not known"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	in.Verdict.Verdict = model.VerdictTerms
	if _, ok := PartingOf(in.Detail, now, ""); ok {
		t.Error("terms are justified as a farewell")
	}
	empty := Weekly(speaker(t, "nl"), Week{Now: now, Week: model.Week{From: day(6), Until: day(0), JudgedUntil: day(8)}})
	elements(t, html(t, empty))
	if md := empty.Markdown(); !strings.Contains(md, "Niemand wacht op bericht.") || strings.Contains(md, "[report") {
		t.Errorf("an empty week:\n%s", md)
	}
}

// The justification names what was said and done and leaves out what does not
// count: contested sightings, and the trait behind a signal.
func TestNeutral(t *testing.T) {
	page := Farewell(speaker(t, "en"), parting(same)).Markdown()
	if strings.Contains(page, "shouted") || strings.Contains(strings.ToLower(page), "brazen") {
		t.Errorf("the page labels:\n%s", page)
	}
	week := Weekly(speaker(t, "en"), week(same)).Markdown()
	if strings.Count(week, "Hulst Transport") != 1 { // where somebody is to do a step
		t.Errorf("a customer is named where nobody has to act:\n%s", week)
	}
}
