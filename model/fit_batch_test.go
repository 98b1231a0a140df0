package model

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

const fitGoodAnswers = `"answers":{"evidence":"enough","grievance":"none","need":"yes","demand":"within",` +
	`"friction":"nobody","our_win":"now","their_win":"yes","will":"mutual","conduct":"within","terms":"none"}`

const fitGoodLine = `{"id":"S6",` + fitGoodAnswers + `,"kind":"customer","large":false}`

func TestParseFitLineGood(t *testing.T) {
	for _, line := range []string{
		fitGoodLine,
		" \t" + fitGoodLine + "\r\n",
		`{"large":false,"kind":"customer",` + fitGoodAnswers + `,"id":"S6"}`,
	} {
		c, err := ParseFitLine([]byte(line))
		if err != nil || c.ID != "S6" || c.Kind != FitCustomer || c.Large || !c.Answers.Complete() {
			t.Errorf("%s: %+v %v", line, c, err)
		}
	}
}

func TestFitResultJSON(t *testing.T) {
	swap := strings.NewReplacer(`"S6"`, `"S1"`, `"enough"`, `"thin"`)
	for _, c := range []struct{ line, want string }{
		{
			swap.Replace(fitGoodLine),
			`{"id":"S1","verdict":"gather","rule":"R3","flags":[],"would_change":[` +
				`{"key":"evidence","to":"enough","verdict":"fits"},{"key":"grievance","to":"open","verdict":"improve"}]}`,
		},
		{
			strings.Replace(strings.Replace(fitGoodLine, `"grievance":"none"`, `"grievance":"unchecked"`, 1), `"enough"`, `"thin"`, 1),
			`{"id":"S6","verdict":"gather","rule":"R1","flags":[],"would_change":[` +
				`{"key":"grievance","to":"open","verdict":"improve"}]}`,
		},
	} {
		parsed, err := ParseFitLine([]byte(c.line))
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(parsed.Result())
		if err != nil || string(got) != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.line, got, c.want)
		}
	}
	empty, err := json.Marshal(FitCase{}.Result())
	if err != nil || strings.Contains(string(empty), "null") {
		t.Errorf("a list is null: %s", empty)
	}
}

func TestParseFitLineBad(t *testing.T) {
	edit := func(old, with string) string {
		out := strings.Replace(fitGoodLine, old, with, 1)
		if out == fitGoodLine {
			t.Fatalf("nothing to edit: %s", old)
		}
		return out
	}
	for _, c := range []struct{ name, line, id, want string }{
		{"empty", ``, `null`, `not valid JSON`},
		{"no JSON", `S1 thin`, `null`, `not valid JSON`},
		{"cut off", fitGoodLine[:40], `null`, `not valid JSON`},
		{"not UTF-8", edit(`S6`, "S\xff"), `null`, `UTF-8`},
		{"a list", `["S6"]`, `null`, `not a JSON object`},
		{"null", `null`, `null`, `not a JSON object`},
		{"trailing object", fitGoodLine + `{}`, `"S6"`, `more after`},
		{"trailing rubbish", fitGoodLine + ` }`, `"S6"`, `more after`},
		{"no id", edit(`"id":"S6",`, ``), `null`, `missing field \"id\"`},
		{"id is a number", edit(`"S6"`, `6`), `null`, `field \"id\" must be a string`},
		{"id is null", edit(`"S6"`, `null`), `null`, `field \"id\" must be a string`},
		{"two ids", edit(`"id":"S6",`, `"id":"S6","id":"S7",`), `null`, `duplicate field \"id\"`},
		{"id in capitals", edit(`"id"`, `"ID"`), `null`, `unknown field \"ID\"`},
		{"unknown field", edit(`"kind"`, `"since":1,"kind"`), `"S6"`, `unknown field \"since\"`},
		{"two kinds", edit(`"kind"`, `"kind":"duty","kind"`), `"S6"`, `duplicate field \"kind\"`},
		{"no large", edit(`,"large":false`, ``), `"S6"`, `missing field \"large\"`},
		{"large is text", edit(`false`, `"no"`), `"S6"`, `field \"large\" must be true or false`},
		{"large is null", edit(`false`, `null`), `"S6"`, `field \"large\" must be true or false`},
		{"unknown kind", edit(`"customer"`, `"friend"`), `"S6"`, `unknown kind \"friend\"`},
		{"kind is a number", edit(`"customer"`, `1`), `"S6"`, `field \"kind\" must be a string`},
		{"answers is null", edit(fitGoodAnswers, `"answers":null`), `"S6"`, `field \"answers\" must be an object`},
		{"no answers", edit(fitGoodAnswers+`,`, ``), `"S6"`, `missing field \"answers\"`},
		{"missing key", edit(`,"terms":"none"`, ``), `"S6"`, `missing key \"terms\" in answers`},
		{"unknown key", edit(`"need"`, `"needs"`), `"S6"`, `unknown key \"needs\" in answers`},
		{"duplicate key", edit(`"need":"yes"`, `"need":"yes","need":"no"`), `"S6"`, `duplicate key \"need\" in answers`},
		{"unknown value", edit(`"mutual"`, `"maybe"`), `"S6"`, `unknown value \"maybe\" for \"will\"`},
		{"empty value", edit(`"mutual"`, `""`), `"S6"`, `unknown value \"\" for \"will\"`},
		{"null value", edit(`"mutual"`, `null`), `"S6"`, `the value of \"will\" must be a string`},
		{"bad before id", `{"x":1,"id":"late"}`, `"late"`, `unknown field \"x\"`},
		{"long name", edit(`"need"`, `"`+strings.Repeat("n", 500)+`"`), `"S6"`, strings.Repeat("n", 40) + `…`},
	} {
		_, err := ParseFitLine([]byte(c.line))
		var bad *FitLineError
		if !errors.As(err, &bad) {
			t.Errorf("%s: no line error but %v", c.name, err)
			continue
		}
		got, err := json.Marshal(bad)
		if err != nil || !strings.HasPrefix(string(got), `{"id":`+c.id+`,"error":"`) ||
			!strings.Contains(string(got), c.want) || len(got) > 200 {
			t.Errorf("%s: %s, want id %s and %s", c.name, got, c.id, c.want)
		}
	}
}

// FuzzParseFitLine: a line is either refused with a reason, or a case that the
// rules judge and that reads back the same.
func FuzzParseFitLine(f *testing.F) {
	f.Add([]byte(fitGoodLine))
	f.Add([]byte(fitGoodLine + "x"))
	f.Add([]byte(`{"id":"\ud800","answers":{"need":["yes"]},"kind":null}`))
	f.Add([]byte(`{"id":1e999,"id":{}}`))
	f.Add([]byte("\xef\xbb\xbf{}"))
	f.Fuzz(func(t *testing.T, line []byte) {
		c, err := ParseFitLine(line)
		if err != nil {
			var bad *FitLineError
			if !errors.As(err, &bad) || bad.Reason == "" || len(bad.Reason) > 600 {
				t.Fatalf("%q: %v", line, err)
			}
			return
		}
		r := c.Result()
		if r.Verdict == "" || r.Rule == "" || r.ID != c.ID || r.Flags == nil || r.WouldChange == nil {
			t.Fatalf("%q: %+v", line, r)
		}
		again, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := ParseFitLine(again); err != nil || back.ID != c.ID || back.Kind != c.Kind || back.Large != c.Large {
			t.Fatalf("%s: %+v %v", again, back, err)
		}
	})
}
