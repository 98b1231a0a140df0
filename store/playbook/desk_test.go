package playbook_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store/playbook"
)

// before is a playbook as it was stored before topics, channels, rates, the
// desk's days and the farewell were part of it.
func before(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/before-desk.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var parts = []string{"topics", "channels", "rates", "desk", "farewell"}

// part gives what stands in the default under the heading of a part, and all
// the rest without it.
func part(t testing.TB, name string) (own, rest string) {
	t.Helper()
	text := string(playbook.DefaultTOML())
	at := strings.Index(text, "\n["+name+"]\n")
	if at < 0 {
		at = strings.Index(text, "\n[["+name+"]]\n")
	}
	if at < 0 {
		t.Fatalf("no part %s", name)
	}
	from := strings.LastIndex(text[:at], "\n# ── ") + 1
	to := len(text)
	if i := strings.Index(text[at:], "\n# ── "); i >= 0 {
		to = at + i + 1
	}
	return text[from:to], text[:from] + text[to:]
}

func TestDefaultDesk(t *testing.T) {
	d := playbook.Default().Desk
	var friction, rest, channels []string
	for _, topic := range d.Topics {
		if topic.Friction {
			friction = append(friction, topic.ID)
		} else {
			rest = append(rest, topic.ID)
		}
	}
	for _, channel := range d.Channels {
		channels = append(channels, channel.ID)
	}
	if got := strings.Join(friction, " "); got != "product distribution packaging delivery-time communication procedure telephone lead-time" {
		t.Errorf("friction topics %s", got)
	}
	if got := strings.Join(rest, " "); got != "invoice order question other" {
		t.Errorf("other topics %s", got)
	}
	if got := strings.Join(channels, " "); got != "phone mail visit chat letter form" {
		t.Errorf("channels %s", got)
	}
	if d.Rates != (model.Rates{4500, 4000, 5000}) || d.LapseWarnDays != 30 || d.DueSoonDays != 5 || d.OutcomeDays != 30 {
		t.Errorf("rates %v, days %d, %d, %d", d.Rates, d.LapseWarnDays, d.DueSoonDays, d.OutcomeDays)
	}
	for _, text := range []string{d.Farewell.EN, d.Farewell.NL} {
		for _, open := range model.FarewellPlaceholders() {
			if !strings.Contains(text, open) {
				t.Errorf("the farewell does not say %s", open)
			}
		}
		if strings.Count(text, "\n\n") < 4 {
			t.Error("the farewell has lost its paragraphs")
		}
	}
}

func TestAnOldPlaybookGoesOn(t *testing.T) {
	got, err := playbook.Parse("book", []byte(before(t)))
	if err != nil {
		t.Fatal(err)
	}
	samePlaybook(t, got, playbook.Default())
}

// Each part that is missing is the default's, and the others are the text's own.
func TestAMissingPartIsTakenWhole(t *testing.T) {
	own := strings.NewReplacer(`id = "product"`, `id = "goods"`, `id = "phone"`, `id = "call"`, "service = 40", "service = 41.5",
		"due_soon_days = 5", "due_soon_days = 6", "Dear {customer}", "Good day {customer}")
	for _, missing := range parts {
		_, rest := part(t, missing)
		got, err := playbook.Parse("book", []byte(own.Replace(rest)))
		if err != nil {
			t.Fatalf("without %s: %v", missing, err)
		}
		d := got.Desk
		mine := map[string]bool{
			"topics": d.Topics[0].ID == "goods", "channels": d.Channels[0].ID == "call", "rates": d.Rates[model.ActivityService] == 4150,
			"desk": d.DueSoonDays == 6, "farewell": strings.HasPrefix(d.Farewell.EN, "Good day"),
		}
		for _, name := range parts {
			if mine[name] == (name == missing) {
				t.Errorf("without %s: %s is the text's own: %v", missing, name, mine[name])
			}
		}
	}
}

func TestDeskRefusals(t *testing.T) {
	farewell := func(s string) string { return "text.en = \"" + s + "\"\nold = \"\"\"" }
	cases := []struct {
		name, from, to string
		offset         int
		key, id        string
	}{
		{"topic id twice", `id = "packaging"`, `id = "product"`, 0, "topics[2].id", playbook.ProblemDuplicateID},
		{"topic id with a blank", `id = "packaging"`, `id = "the box"`, 0, "topics[2].id", playbook.ProblemBadID},
		{"friction as a word", "friction", `friction = "yes"`, 0, "topics[0].friction", playbook.ProblemWrongType},
		{"no friction", "friction", "", -2, "topics[0].friction", playbook.ProblemMissingKey},
		{"topic with a step", "friction", "friction = true\nstep = 1", 1, "topics[0].step", playbook.ProblemUnknownKey},
		{"topic that judges", `label.en = "packaging"`, `label.en = "fraud"`, 0, "topics[2].label.en", playbook.ProblemWordCrime},
		{"topic without words", `label.en = "packaging"`, `label.en = ""`, 0, "topics[2].label.en", playbook.ProblemEmptyText},
		{"long topic", `label.nl = "verpakking"`, `label.nl = "` + strings.Repeat("x", 33) + `"`, 0, "topics[2].label.nl", playbook.ProblemTextTooLong},
		{"topic of two lines", `label.nl = "verpakking"`, `label.nl = "a\nb"`, 0, "topics[2].label.nl", playbook.ProblemTextForm},
		{"channel id twice", `id = "mail"`, `id = "phone"`, 0, "channels[1].id", playbook.ProblemDuplicateID},
		{"channel with friction", `id = "mail"`, "id = \"mail\"\nfriction = true", 1, "channels[1].friction", playbook.ProblemUnknownKey},
		{"channel in one language", `label.nl = "bezoek"`, "", -1, "channels[2].label.nl", playbook.ProblemMissingKey},
		{"three decimals", "service", "service = 40.125", 0, "rates.service", playbook.ProblemBadAmount},
		{"nearly a cent", "service", "service = 40.0000000001", 0, "rates.service", playbook.ProblemBadAmount},
		{"below zero", "service", "service = -0.01", 0, "rates.service", playbook.ProblemOutOfRange},
		{"too dear", "service", "service = 1000.01", 0, "rates.service", playbook.ProblemOutOfRange},
		{"no number", "service", "service = nan", 0, "rates.service", playbook.ProblemOutOfRange},
		{"endless", "service", "service = inf", 0, "rates.service", playbook.ProblemOutOfRange},
		{"amount in quotes", "service", `service = "40"`, 0, "rates.service", playbook.ProblemWrongType},
		{"missing rate", "complaint", "", -3, "rates.complaint", playbook.ProblemMissingKey},
		{"fourth activity", "complaint", "complaint = 50\nidle = 1", 1, "rates.idle", playbook.ProblemUnknownKey},
		{"no days", "due_soon_days", "due_soon_days = 0", 0, "desk.due_soon_days", playbook.ProblemOutOfRange},
		{"part of a day", "due_soon_days", "due_soon_days = 1.5", 0, "desk.due_soon_days", playbook.ProblemWrongType},
		{"unknown days", "due_soon_days", "due_soon_days = 5\nrepeat_days = 7", 1, "desk.repeat_days", playbook.ProblemUnknownKey},
		{"farewell of another shape", "[farewell]", "[farewell]\nsubject = \"x\"", 1, "farewell.subject", playbook.ProblemUnknownKey},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, line := change(t, c.from, c.to)
			one(t, text, line+c.offset, c.key, c.id)
		})
	}
	for s, id := range map[string]string{
		"Dear {name}": playbook.ProblemPlaceholder, "Dear {Customer}": playbook.ProblemPlaceholder, "Dear { customer }": playbook.ProblemPlaceholder,
		"Dear {customer": playbook.ProblemPlaceholder, "Dear customer}": playbook.ProblemPlaceholder, "Dear {{customer}}": playbook.ProblemPlaceholder,
		"Dear {}": playbook.ProblemPlaceholder, `Dear {cus\ntomer}`: playbook.ProblemPlaceholder, "{date} {day}": playbook.ProblemPlaceholder,
		"": playbook.ProblemEmptyText, `\n \n`: playbook.ProblemEmptyText, `a\tb`: playbook.ProblemTextForm, `a\rb`: playbook.ProblemTextForm,
		`a\u001b[2Jb`: playbook.ProblemTextForm, `a\u2028b`: playbook.ProblemTextForm, `a\u202eb`: playbook.ProblemTextForm, "a ": playbook.ProblemTextForm,
		`a\n you are\ncrazy`: playbook.ProblemWordHealth,
	} {
		t.Run("farewell "+s, func(t *testing.T) {
			text, line := change(t, "text.en", farewell(s))
			text = dropOld(text)
			one(t, text, line, "farewell.text.en", id)
		})
	}
}

// dropOld takes out the text that stood there before.
func dropOld(text string) string {
	before, after, _ := strings.Cut(text, "old = \"\"\"")
	_, after, _ = strings.Cut(after, "\n\"\"\"\n")
	return before + after
}

func one(t *testing.T, text string, line int, key, id string) {
	t.Helper()
	p, err := playbook.Parse("own.toml", []byte(text))
	problems, ok := errors.AsType[playbook.Problems](err)
	if p != nil || !ok || len(problems) != 1 {
		t.Fatalf("got %v and %v, want one problem", p != nil, err)
	}
	if got := problems[0]; got.Line != line || got.Key != key || got.ID != id {
		t.Errorf("got %+v, want line %d, key %q, %s", *got, line, key, id)
	}
}

func TestTheLengthOfAFarewell(t *testing.T) {
	text, line := change(t, "text.en", "text.en = \"\"\"\nFAREWELL\n\"\"\"\nold = \"\"\"")
	text = dropOld(text)
	full := strings.Repeat(strings.Repeat("é", 399)+"\n", 10)
	full = full[:len(full)-1] + "é" // 4000 characters on ten lines
	p, err := playbook.Parse("own.toml", []byte(strings.Replace(text, "FAREWELL", full, 1)))
	if err != nil || p.Desk.Farewell.EN != full {
		t.Fatalf("4000 characters: %v", err)
	}
	one(t, strings.Replace(text, "FAREWELL", full+"x", 1), line, "farewell.text.en", playbook.ProblemTextTooLong)
}

func TestHowManyTopicsAndChannels(t *testing.T) {
	for _, c := range []struct {
		part string
		more string
		most int
	}{{"topics", "friction = false\n", model.MaxTopics}, {"channels", "", model.MaxChannels}} {
		list := func(n int) string {
			var b strings.Builder
			for i := range n {
				b.WriteString("[[" + c.part + "]]\nid = \"x" + string(rune('a'+i)) + "\"\n" + c.more + "label = { en = \"x\", nl = \"y\" }\n")
			}
			return b.String()
		}
		if _, err := playbook.Parse("own.toml", []byte(before(t)+list(c.most))); err != nil {
			t.Errorf("%d %s: %v", c.most, c.part, err)
		}
		_, err := playbook.Parse("own.toml", []byte(before(t)+list(c.most+1)))
		if problem, ok := errors.AsType[*playbook.Problem](err); !ok || problem.ID != playbook.ProblemTooMany || problem.Line != strings.Count(before(t)+list(c.most), "\n")+1 {
			t.Errorf("%d %s: %v", c.most+1, c.part, err)
		}
		_, err = playbook.Parse("own.toml", []byte(c.part+" = []\n"+before(t)))
		if problem, ok := errors.AsType[*playbook.Problem](err); !ok || problem.ID != playbook.ProblemTooFew || problem.Line != 1 {
			t.Errorf("no %s: %v", c.part, err)
		}
	}
}

// A playbook that is shown has everything that is in force, and what it had
// stands in it as it was.
func TestComplete(t *testing.T) {
	text := string(playbook.DefaultTOML())
	for name, c := range map[string]string{"whole": text, "no TOML": "x = = 1\n[rates", "not even UTF-8": "\xff\xfe"} {
		if got := playbook.Complete(c); got != c {
			t.Errorf("%s: it was changed", name)
		}
	}
	old, standard := before(t), map[string]string{}
	for _, name := range parts {
		standard[name], _ = part(t, name)
	}
	const rates, desk = "\n[rates]\nprimary = 1\nservice = 2\ncomplaint = 3", "\n[desk]\nlapse_warn_days = 1\ndue_soon_days = 2\noutcome_days = 3"
	for _, c := range []struct {
		has  []string
		text string
	}{
		{nil, ""}, {[]string{"rates"}, rates}, {[]string{"desk"}, desk + "\n\n\n"}, {[]string{"rates", "desk"}, desk + rates + "\r\n"},
		{[]string{"rates"}, "\n[\"rates\"] # the same\nprimary = 1\nservice = 2\ncomplaint = 3\n"},
	} {
		own := old + "\n# ours" + c.text
		want, err := playbook.Parse("own.toml", []byte(own))
		if err != nil {
			t.Fatal(err)
		}
		full := playbook.Complete(own)
		got, err := playbook.Parse("full.toml", []byte(full))
		if err != nil {
			t.Fatal(err)
		}
		samePlaybook(t, got, want)
		if !strings.HasPrefix(full, strings.TrimRight(own, "\n")) || playbook.Complete(full) != full {
			t.Error("it is not the old text and the rest")
		}
		for _, name := range parts {
			if strings.Contains(full, standard[name]) == slices.Contains(c.has, name) {
				t.Errorf("the default's part %s, own are %v", name, c.has)
			}
		}
	}
}
