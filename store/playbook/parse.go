// Package playbook reads the text in which an organisation sets its playbook:
// labels, signals, causes, wizard texts, thresholds, the working calendar, topics,
// channels, rates and the text of a farewell, in TOML. A wrong text is refused with a line and a reason for each problem.
// The rules of fit are code in package model and no part of the text.
package playbook

import (
	_ "embed"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"pasvorm/model"
)

// Most characters of a text, chosen so that it keeps its place on a screen of
// 80 columns.
const (
	maxShort = 14  // beside the number in a list
	maxLabel = 72  // one line
	maxAsk   = 100 // the question on a page of the wizard
	maxProse = 300 // a definition, an approach, why we ask
)

// maxVersion is the highest version number of a playbook.
const maxVersion = 1_000_000

//go:embed default.toml
var defaultTOML []byte

// DefaultTOML returns the text of the playbook that a new book begins with.
func DefaultTOML() []byte { return slices.Clone(defaultTOML) }

var defaultPlaybook = sync.OnceValue(func() *model.Playbook {
	if p := readQuick(quickDefault, defaultTOML); p != nil {
		return p
	}
	p, err := parse("default.toml", defaultTOML, nil)
	if err != nil {
		panic(err) // the text is part of the program and held by a test
	}
	return p
})

// Default returns the playbook that a new book begins with. It is shared and
// must not be altered.
func Default() *model.Playbook { return defaultPlaybook() }

// Parse reads a playbook. The name is only used in problems. The error, if any,
// is of type Problems and the playbook is then nil: a text is taken whole or
// not at all. A text from before topics, channels, rates, the desk's days and the
// farewell were part of it lacks them: each of these that is missing is taken
// whole from the default.
func Parse(name string, data []byte) (*model.Playbook, error) {
	return parse(name, data, &Default().Desk)
}

func parse(name string, data []byte, older *model.DeskSettings) (*model.Playbook, error) {
	values, index, problem := decode(string(data))
	if problem != nil {
		problem.File = name
		return nil, Problems{problem}
	}
	r := &reader{name: name, index: index, older: older}
	p := r.playbook(&table{r: r, values: values})
	if len(r.problems) > 0 {
		return nil, r.problems.sorted()
	}
	return p, nil
}

// decode turns TOML into plain values, and finds the line of each.
func decode(src string) (map[string]any, lineIndex, *Problem) {
	if len(src) > maxBytes {
		return nil, nil, &Problem{Line: 1, ID: ProblemTooLarge, Detail: strconv.Itoa(maxBytes)}
	}
	number := 0
	for line := range strings.Lines(src) {
		if number++; len(line) > maxLine {
			return nil, nil, &Problem{Line: number, ID: ProblemLineTooLong, Detail: strconv.Itoa(maxLine)}
		}
	}
	index, line, ok, deep := indexLines(src)
	if deep {
		return nil, nil, &Problem{Line: line, ID: ProblemTooDeep, Detail: strconv.Itoa(maxDepth)}
	}
	if !ok {
		// The library words the problem. It reads no further than the line on which
		// the scan stopped, as the depth beyond it is not known to be harmless.
		src = firstLines(src, line)
	}
	var values map[string]any
	if _, err := toml.Decode(src, &values); err != nil {
		problem := &Problem{Line: line, ID: ProblemSyntax, Detail: err.Error()}
		if pe, isParse := errors.AsType[toml.ParseError](err); isParse {
			problem.Detail = pe.Message
			if pe.Position.Line > 0 {
				// A line end in the wrong place is counted to the next line.
				problem.Line = min(pe.Position.Line, line)
			}
		}
		problem.Detail = clean(problem.Detail)
		return nil, nil, problem
	}
	if !ok {
		return nil, nil, &Problem{Line: line, ID: ProblemSyntax}
	}
	return values, index, nil
}

// firstLines returns the first n lines of a text.
func firstLines(src string, n int) string {
	end := 0
	for line := range strings.Lines(src) {
		if n--; n < 0 {
			break
		}
		end += len(line)
	}
	return src[:end]
}

// clean makes the words of the TOML library fit for a screen: it may repeat
// what stands in the file.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if _, hidden := hiddenSign("x" + string(r) + "x"); hidden {
			return '·'
		}
		return r
	}, s)
	const longest = 200
	if r := []rune(s); len(r) > longest {
		s = string(r[:longest]) + "…"
	}
	return s
}

// playbook reads the whole.
func (r *reader) playbook(root *table) *model.Playbook {
	if _, tried := root.values["rules"]; tried {
		r.refuse("rules", ProblemRulesFixed, "")
		delete(root.values, "rules")
	}
	p := &model.Playbook{Version: root.number("version", 1, maxVersion)}
	p.Calendar = r.calendar(root.table("calendar"))
	p.Thresholds = r.thresholds(root.table("thresholds"))
	p.Traits = r.traits(root.table("traits"))
	p.Questions = r.questions(root.table("questions"))
	p.Verdicts = map[string]model.Bilingual{}
	verdicts := root.table("verdicts")
	for _, v := range model.FitVerdicts() {
		p.Verdicts[string(v)] = verdicts.bilingual(string(v), maxLabel)
	}
	verdicts.done()
	p.Desk = r.desk(root)
	root.done()
	return p
}

// traits reads the four traits. Ids are unique over all of them, so that a
// sighting's signal is known whatever trait it is looked up under.
func (r *reader) traits(all *table) []model.TraitPlay {
	var plays []model.TraitPlay
	signals, causes := map[string]bool{}, map[string]bool{}
	for _, trait := range model.Traits() {
		t := all.table(string(trait))
		play := model.TraitPlay{
			Trait:      trait,
			Label:      t.bilingual("label", maxLabel),
			Short:      t.bilingual("short", maxShort),
			Definition: t.bilingual("definition", maxProse),
		}
		for _, s := range t.tables("signals", model.MaxSignals) {
			play.Signals = append(play.Signals, model.Signal{
				ID:    s.id(signals),
				Step:  s.number("step", model.MinStep, model.MaxStep),
				Label: s.bilingual("label", maxLabel),
			})
			s.done()
		}
		for _, c := range t.tables("causes", model.MaxCauses) {
			play.Causes = append(play.Causes, model.Cause{
				ID:       c.id(causes),
				Label:    c.bilingual("label", maxLabel),
				Approach: c.bilingual("approach", maxProse),
			})
			c.done()
		}
		t.done()
		plays = append(plays, play)
	}
	all.done()
	return plays
}

// questions reads the wizard's texts: every question of model.FitKeys with every
// answer it has, and no other.
func (r *reader) questions(all *table) map[string]model.QuestionText {
	questions := map[string]model.QuestionText{}
	for _, key := range model.FitKeys() {
		t := all.table(string(key))
		q := model.QuestionText{
			Ask:     t.bilingual("ask", maxAsk),
			Why:     t.bilingual("why", maxProse),
			Answers: map[string]model.Bilingual{},
		}
		answers := t.table("answers")
		for _, a := range model.AnswersFor(key) {
			q.Answers[string(a)] = answers.bilingual(string(a), maxLabel)
		}
		answers.done()
		t.done()
		questions[string(key)] = q
	}
	all.done()
	return questions
}
