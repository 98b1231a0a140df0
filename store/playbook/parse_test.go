package playbook_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/playbook"
)

func TestDefaultIsComplete(t *testing.T) {
	p, err := playbook.Parse("default.toml", playbook.DefaultTOML())
	if err != nil {
		t.Fatal(err)
	}
	checkInvariants(t, p)
	for _, play := range p.Traits {
		if n := len(play.Signals); n < 4 || n > 7 {
			t.Errorf("%s has %d signals, want 4 to 7", play.Trait, n)
		}
		step := 0
		for _, s := range play.Signals {
			if s.Step < step {
				t.Errorf("%s: %s steps down; signals are listed up the path", play.Trait, s.ID)
			}
			step = s.Step
			if s.Label.EN == s.Label.NL {
				t.Errorf("%s: not translated", s.ID)
			}
		}
	}
	want := model.Thresholds{
		EvidenceEvents: 3, EvidenceDays: 2, EvidenceColleagues: 2, EvidenceWindowDays: 180,
		LapseMonths: 12, RerunMonths: 12, LargePercent: 10,
		LimboWarnHours: 24, LimboRedHours: 72, WrongedLastingDays: 14,
	}
	if p.Thresholds != want {
		t.Errorf("thresholds %+v, want %+v", p.Thresholds, want)
	}
	if c := p.Calendar; c.Country != "NL" || c.Opens != 9*60 || c.Closes != 17*60 || len(c.Days) != 5 || c.Days[0] != time.Monday {
		t.Errorf("calendar %+v", c)
	}
}

func TestDefaultCannotBeAltered(t *testing.T) {
	text := playbook.DefaultTOML()
	text[0] = '!'
	if playbook.DefaultTOML()[0] == '!' {
		t.Error("the default text can be altered from outside")
	}
	first := playbook.Default()
	if playbook.Default() != first {
		t.Error("the default playbook is read more than once")
	}
}

// change replaces the first line of the default that begins with from, or the
// whole of it if from ends in a line end, and gives the line where that was.
func change(t *testing.T, from, to string) (text string, line int) {
	t.Helper()
	text = string(playbook.DefaultTOML())
	before, after, ok := strings.Cut(text, "\n"+from)
	if !ok {
		t.Fatalf("no line begins with %q", from)
	}
	if !strings.HasSuffix(from, "\n") {
		_, after, _ = strings.Cut(after, "\n")
		after = "\n" + after
	}
	return before + "\n" + to + after, strings.Count(before, "\n") + 2
}

func TestRefusals(t *testing.T) {
	cases := []struct {
		name, from, to string
		offset         int // lines after the changed one
		key, id        string
	}{
		{"no TOML", `version`, `version = `, 0, "", playbook.ProblemSyntax},
		{"key given twice", `opens`, "opens = \"09:00\"\nopens = \"10:00\"", 1, "", playbook.ProblemSyntax},
		{"unclosed text", `label.en`, `label.en = "Used to`, 0, "", playbook.ProblemSyntax},
		{"unclosed table", `[thresholds]`, `[thresholds`, 0, "", playbook.ProblemSyntax},
		{"unknown key", `opens`, "opens = \"09:00\"\nlunch = \"12:00\"", 1, "calendar.lunch", playbook.ProblemUnknownKey},
		{"unknown table", `[thresholds]`, "[colours]\nx = 1\n[thresholds]", 0, "colours", playbook.ProblemUnknownKey},
		{"rules", `[thresholds]`, "[rules]\nR1 = \"fits\"\n[thresholds]", 0, "rules", playbook.ProblemRulesFixed},
		{"rules as list", `[thresholds]`, "[[rules]]\nid = \"R1\"\n[thresholds]", 0, "rules", playbook.ProblemRulesFixed},
		{"fifth trait", `[traits.topservice]`, "[traits.friendly]\nx = 1\n[traits.topservice]", 0, "traits.friendly", playbook.ProblemUnknownKey},
		{"unknown question", `[questions.need]`, "[questions.looks]\nx = 1\n[questions.need]", 0, "questions.looks", playbook.ProblemUnknownKey},
		{"unknown answer", `partly.en`, "perhaps.en = \"p\"\npartly.en = \"partly\"", 0, "questions.need.answers.perhaps", playbook.ProblemUnknownKey},
		{"third language", `label.nl`, "label.nl = \"Topservice gewend\"\nlabel.fr = \"x\"", 1, "traits.topservice.label.fr", playbook.ProblemUnknownKey},
		{"unknown verdict", `fits.en`, "maybe.en = \"m\"\nfits.en = \"it fits\"", 0, "verdicts.maybe", playbook.ProblemUnknownKey},
		{"missing number", `rerun_months`, ``, -6, "thresholds.rerun_months", playbook.ProblemMissingKey},
		{"missing language", `label.nl`, ``, -1, "traits.topservice.label.nl", playbook.ProblemMissingKey},
		{"version zero", `version`, `version = 0`, 0, "version", playbook.ProblemOutOfRange},
		{"version as text", `version`, `version = "1"`, 0, "version", playbook.ProblemWrongType},
		{"fraction", `large_percent`, `large_percent = 9.5`, 0, "thresholds.large_percent", playbook.ProblemWrongType},
		{"one event is enough", `evidence_events`, `evidence_events = 1`, 0, "thresholds.evidence_events", playbook.ProblemOutOfRange},
		{"never lapses", `lapse_months`, `lapse_months = 240`, 0, "thresholds.lapse_months", playbook.ProblemOutOfRange},
		{"huge number", `lapse_months`, `lapse_months = 9223372036854775807`, 0, "thresholds.lapse_months", playbook.ProblemOutOfRange},
		{"more days than events", `evidence_days`, `evidence_days = 4`, 0, "thresholds.evidence_days", playbook.ProblemNotAtMost},
		{"red before warning", `limbo_red_hours`, `limbo_red_hours = 24`, 0, "thresholds.limbo_red_hours", playbook.ProblemNotMore},
		{"step 0", `step`, `step = 0`, 0, "traits.topservice.signals[0].step", playbook.ProblemOutOfRange},
		{"step 5", `step = 3`, `step = 5`, 0, "traits.topservice.signals[4].step", playbook.ProblemOutOfRange},
		{"id with a capital", `id = "snapped"`, `id = "Snapped"`, 0, "traits.brazen.signals[4].id", playbook.ProblemBadID},
		{"id twice in a trait", `id = "irritated"`, `id = "higher-bar"`, 0, "traits.topservice.signals[2].id", playbook.ProblemDuplicateID},
		{"id twice over traits", `id = "snapped"`, `id = "irritated"`, 0, "traits.brazen.signals[4].id", playbook.ProblemDuplicateID},
		{"cause twice", `id = "insecure"`, `id = "entitled"`, 0, "traits.attention.causes[1].id", playbook.ProblemDuplicateID},
		{"id that judges", `id = "snapped"`, `id = "crazy-caller"`, 0, "traits.brazen.signals[4].id", playbook.ProblemWordHealth},
		{"empty text", `label.nl`, `label.nl = ""`, 0, "traits.topservice.label.nl", playbook.ProblemEmptyText},
		{"blank text", `label.nl`, `label.nl = " \t "`, 0, "traits.topservice.label.nl", playbook.ProblemEmptyText},
		{"text too long", `short.en`, `short.en = "much longer than short"`, 0, "traits.topservice.short.en", playbook.ProblemTextTooLong},
		{"escape in text", `label.en`, `label.en = "a\u001b[31mb"`, 0, "traits.topservice.label.en", playbook.ProblemTextForm},
		{"two lines", `label.en`, "label.en = \"\"\"a\nb\"\"\"", 0, "traits.topservice.label.en", playbook.ProblemTextForm},
		{"text turned round", `label.en`, `label.en = "a\u202eb"`, 0, "traits.topservice.label.en", playbook.ProblemTextForm},
		{"blank at the end", `label.en`, `label.en = "a "`, 0, "traits.topservice.label.en", playbook.ProblemTextForm},
		{"number as text", `label.en`, `label.en = 7`, 0, "traits.topservice.label.en", playbook.ProblemWrongType},
		{"text without languages", "label.en = \"Used to top service\"\nlabel.nl = \"Topservice gewend\"\n", "label = \"x\"\n", 0, "traits.topservice.label", playbook.ProblemWrongType},
		{"crime", `label.en`, `label.en = "behaves like a criminal"`, 0, "traits.topservice.label.en", playbook.ProblemWordCrime},
		{"the old word", `label.nl`, `label.nl = "de terroristen"`, 0, "traits.topservice.label.nl", playbook.ProblemWordCrime},
		{"health", `definition.nl`, `definition.nl = "Lijkt verslaafd."`, 0, "traits.topservice.definition.nl", playbook.ProblemWordHealth},
		{"belief", `approach.nl`, `approach.nl = "Noem het geloof niet."`, 0, "traits.topservice.causes[0].approach.nl", playbook.ProblemWordBelief},
		{"origin", `why.nl`, `why.nl = "Let op afkomst."`, 0, "questions.evidence.why.nl", playbook.ProblemWordOrigin},
		{"country", `country`, `country = "DE"`, 0, "calendar.country", playbook.ProblemBadCountry},
		{"no hour", `opens`, `opens = "25:00"`, 0, "calendar.opens", playbook.ProblemBadTime},
		{"short hour", `opens`, `opens = "9:00"`, 0, "calendar.opens", playbook.ProblemBadTime},
		{"closes first", `closes`, `closes = "09:00"`, 0, "calendar.closes", playbook.ProblemNotMore},
		{"no weekday", `days`, `days = ["mon", "maandag"]`, 0, "calendar.days[1]", playbook.ProblemBadWeekday},
		{"weekday twice", `days`, "days = [\n  \"mon\",\n  \"mon\",\n]", 2, "calendar.days[1]", playbook.ProblemDuplicateItem},
		{"no day at all", `days`, `days = []`, 0, "calendar.days", playbook.ProblemTooFew},
		{"no such date", `closed`, `closed = ["2026-02-30"]`, 0, "calendar.closed[0]", playbook.ProblemBadDate},
		{"date with a time", `closed`, `closed = [2026-02-03T10:00:00]`, 0, "calendar.closed[0]", playbook.ProblemBadDate},
		{"empty date", `closed`, `closed = [""]`, 0, "calendar.closed[0]", playbook.ProblemBadDate},
		{"far date", `closed`, `closed = [3026-02-03]`, 0, "calendar.closed[0]", playbook.ProblemBadDate},
		{"date twice", `closed`, "closed = [2026-12-24,\n\"2026-12-24\"]", 1, "calendar.closed[1]", playbook.ProblemDuplicateItem},
		{"dates as one", `closed`, `closed = 2026-12-24`, 0, "calendar.closed", playbook.ProblemWrongType},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, line := change(t, c.from, c.to)
			p, err := playbook.Parse("own.toml", []byte(text))
			problems, ok := errors.AsType[playbook.Problems](err)
			if p != nil || !ok || len(problems) != 1 {
				t.Fatalf("got %v and %v, want one problem", p != nil, err)
			}
			got := problems[0]
			if got.File != "own.toml" || got.Line != line+c.offset || got.Key != c.key || got.ID != c.id {
				t.Errorf("got %+v, want line %d, key %q, %s", *got, line+c.offset, c.key, c.id)
			}
		})
	}
}

func TestOpenAndClosedOnOneDate(t *testing.T) {
	text := strings.Replace(string(playbook.DefaultTOML()), "closed = []", "closed = [2026-05-05]", 1)
	text = strings.Replace(text, "\nopen = []", "\nopen = [2026-05-05]", 1)
	_, err := playbook.Parse("own.toml", []byte(text))
	problem, ok := errors.AsType[*playbook.Problem](err)
	if !ok || problem.ID != playbook.ProblemDuplicateItem || problem.Key != "calendar.open[0]" {
		t.Errorf("got %v", err)
	}
}

func TestAMissingTraitIsOneProblem(t *testing.T) {
	text := string(playbook.DefaultTOML())
	from := strings.Index(text, "[traits.wronged]")
	to := strings.Index(text, "[questions.evidence]")
	_, err := playbook.Parse("own.toml", []byte(text[:from]+text[to:]))
	problems, _ := errors.AsType[playbook.Problems](err)
	if len(problems) != 1 || problems[0].Key != "traits.wronged" || problems[0].ID != playbook.ProblemMissingKey {
		t.Errorf("got %v", err)
	}
}

func TestTooManySignalsAndNone(t *testing.T) {
	var many strings.Builder
	for i := range 10 {
		many.WriteString("[[traits.wronged.signals]]\nid = \"more-" + string(rune('a'+i)) +
			"\"\nstep = 1\nlabel = { en = \"seen\", nl = \"gezien\" }\n")
	}
	text := strings.Replace(string(playbook.DefaultTOML()), "[[traits.wronged.causes]]", many.String()+"[[traits.wronged.causes]]", 1)
	_, err := playbook.Parse("own.toml", []byte(text))
	problems, _ := errors.AsType[playbook.Problems](err)
	if len(problems) != 1 || problems[0].ID != playbook.ProblemTooMany || problems[0].Key != "traits.wronged.signals[9]" {
		t.Fatalf("got %v", err)
	}
	lines := strings.Split(text, "\n")
	if got := lines[problems[0].Line-1] + lines[problems[0].Line]; got != `[[traits.wronged.signals]]id = "more-d"` {
		t.Errorf("the problem points at %q", got)
	}

	from := strings.Index(text, "[[traits.wronged.signals]]")
	to := strings.Index(text, "[[traits.wronged.causes]]")
	_, err = playbook.Parse("own.toml", []byte(text[:from]+"signals = []\n"+text[to:]))
	if problem, ok := errors.AsType[*playbook.Problem](err); !ok || problem.ID != playbook.ProblemTooFew || problem.Key != "traits.wronged.signals" {
		t.Errorf("got %v", err)
	}
}

func TestSeveralProblemsComeInTheOrderOfTheFile(t *testing.T) {
	text := string(playbook.DefaultTOML())
	for _, r := range [][2]string{
		{`fits.nl = "het past gewoon"`, `fits.nl = ""`}, {`country = "NL"`, `country = "FR"`}, {"step = 3", "step = 9"},
	} {
		text = strings.Replace(text, r[0], r[1], 1)
	}
	_, err := playbook.Parse("own.toml", []byte(text))
	problems, _ := errors.AsType[playbook.Problems](err)
	if len(problems) != 3 {
		t.Fatalf("got %v", err)
	}
	for i, want := range []string{playbook.ProblemBadCountry, playbook.ProblemOutOfRange, playbook.ProblemEmptyText} {
		if problems[i].ID != want {
			t.Errorf("problem %d is %s, want %s", i, problems[i].ID, want)
		}
	}
	if got := strings.Split(err.Error(), "\n"); len(got) != 3 || !strings.HasPrefix(got[0], "own.toml:13: calendar.country: bad country (") {
		t.Errorf("the error reads %q", err)
	}
}

func TestOtherWaysToWriteIt(t *testing.T) {
	text := string(playbook.DefaultTOML())
	for _, r := range [][2]string{
		{"label.en = \"Used to top service\"\nlabel.nl = \"Topservice gewend\"\n", "label = { en = 'Used to top service', \"nl\" = \"Topservice gewend\" }\n"},
		{`[traits.brazen]`, `[ "traits" . 'brazen' ]`},
		{"\n", "\r\n"},
	} {
		text = strings.ReplaceAll(text, r[0], r[1])
	}
	got, err := playbook.Parse("own.toml", []byte("\ufeff"+text))
	if err != nil {
		t.Fatal(err)
	}
	samePlaybook(t, got, playbook.Default())
}

// Texts made to eat memory or time are refused before the TOML library sees them.
func TestHostileTexts(t *testing.T) {
	lines := func(s string, n int) string { return strings.Repeat(s+"\n", n) }
	cases := map[string]struct{ text, id string }{
		"too large":        {strings.Repeat("# x\n", 100_000), playbook.ProblemTooLarge},
		"one long line":    {"a = \"" + strings.Repeat("x", 5000) + "\"", playbook.ProblemLineTooLong},
		"deep tables":      {"a = " + strings.Repeat("{a=", 1000), playbook.ProblemTooDeep},
		"deep over lines":  {"a = " + lines("{a =", 30_000), playbook.ProblemSyntax},
		"deep lists":       {"a = " + lines("[", 100_000), playbook.ProblemTooDeep},
		"long dotted key":  {strings.Repeat("a.", 1000) + "a = 1", playbook.ProblemTooDeep},
		"long dotted head": {"[" + strings.Repeat("a.", 1000) + "a]", playbook.ProblemTooDeep},
		"dots in tables":   {"a = {" + strings.Repeat("b.c.d.e.f.g = {", 100), playbook.ProblemTooDeep},
		"no TOML at all":   {"\x00\x01\xff\xfe", playbook.ProblemSyntax},
		"bad UTF-8":        {"version = \"\xc3\x28\"", playbook.ProblemSyntax},
		"UTF-16":           {"\xff\xfev\x00=\x001\x00", playbook.ProblemSyntax},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := playbook.Parse("own.toml", []byte(c.text))
			problem, ok := errors.AsType[*playbook.Problem](err)
			if !ok || problem.ID != c.id {
				t.Errorf("got %v, want %s", err, c.id)
			}
		})
	}
}

func TestAHopelessFileGivesAShortReport(t *testing.T) {
	var text strings.Builder
	for i := range 5000 {
		text.WriteString("k" + strings.Repeat("x", i%200) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + " = 1\n")
	}
	_, err := playbook.Parse("own.toml", []byte(text.String()))
	problems, _ := errors.AsType[playbook.Problems](err)
	if len(problems) == 0 || len(problems) > 100 {
		t.Errorf("%d problems", len(problems))
	}
}
