package model

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"unicode/utf8"
)

// FitCase is one line of the batch form: a complete set of answers to judge.
type FitCase struct {
	ID      string     `json:"id"`
	Answers FitAnswers `json:"answers"`
	Kind    FitKind    `json:"kind"`
	Large   bool       `json:"large"`
}

// FitResult is what the batch form prints for a case. Lists are never nil, so
// that JSON shows [] and not null.
type FitResult struct {
	ID          string    `json:"id"`
	Verdict     Verdict   `json:"verdict"`
	Rule        FitRule   `json:"rule"`
	Flags       []FitFlag `json:"flags"` // sorted
	WouldChange []Turn    `json:"would_change"`
}

// Result judges the case. One that did not come from [ParseFitLine] and is
// incomplete gets an empty verdict, as from [Judge].
func (c FitCase) Result() FitResult {
	j := Judge(c.Answers, c.Kind, c.Large)
	return FitResult{
		ID: c.ID, Verdict: j.Verdict, Rule: j.Rule, Flags: j.Flags,
		WouldChange: WouldChange(c.Answers, c.Kind, c.Large),
	}
}

// FitLineError is what the batch form prints for a bad line: the id where it
// could be read (nil, JSON null, where not) and a short English sentence.
type FitLineError struct {
	ID     *string `json:"id"`
	Reason string  `json:"error"`
}

// Error gives the reason.
func (e *FitLineError) Error() string { return e.Reason }

// ParseFitLine reads one line of the batch form: a JSON object with exactly id
// (text), answers (all ten, each one of [AnswersFor]), kind (one of
// [FitKinds]) and large (true or false), names spelt exactly so and none
// twice. Every error is a [*FitLineError].
func ParseFitLine(line []byte) (FitCase, error) {
	members, reason := fitLineMembers(line)
	id, idReason := fitLineID(members)
	if reason == "" {
		reason = fitNames(members, "field", "id", "answers", "kind", "large")
	}
	if reason == "" {
		reason = idReason
	}
	var c FitCase
	if reason == "" {
		c.ID = *id
		reason = fitFill(&c, members)
	}
	if reason != "" {
		return FitCase{}, &FitLineError{ID: id, Reason: reason}
	}
	return c, nil
}

// fitMember is one name and value of a JSON object, in the order as written.
type fitMember struct {
	name  string
	value json.RawMessage
}

// fitLineMembers splits a line into the members of its one object. The reason
// is empty when the line is one JSON object; members that could be read are
// given also when something follows the object.
func fitLineMembers(line []byte) (members []fitMember, reason string) {
	// The decoder would mend bad UTF-8 in silence and so echo another id.
	if !utf8.Valid(line) {
		return nil, "the line is not valid UTF-8"
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	var object json.RawMessage
	if dec.Decode(&object) != nil {
		return nil, "the line is not valid JSON"
	}
	members, ok := fitMembers(object)
	if !ok {
		return nil, "the line is not a JSON object"
	}
	if _, err := dec.Token(); err != io.EOF {
		return members, "there is more after the JSON object"
	}
	return members, ""
}

// fitMembers splits a valid JSON value into members; false when it is not an
// object. Unlike a map it keeps names that are there twice.
func fitMembers(value json.RawMessage) ([]fitMember, bool) {
	dec := json.NewDecoder(bytes.NewReader(value))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, false
	}
	var members []fitMember
	for dec.More() {
		t, err := dec.Token()
		name, ok := t.(string)
		if err != nil || !ok {
			return nil, false
		}
		m := fitMember{name: name}
		if dec.Decode(&m.value) != nil {
			return nil, false
		}
		members = append(members, m)
	}
	return members, true
}

// fitNames gives a reason when a name is unknown, there twice or missing; what
// tells "field" from "key".
func fitNames(members []fitMember, what string, wanted ...string) string {
	seen := map[string]bool{}
	for _, m := range members {
		switch {
		case !slices.Contains(wanted, m.name):
			return "unknown " + what + " " + fitQuote(m.name)
		case seen[m.name]:
			return "duplicate " + what + " " + fitQuote(m.name)
		}
		seen[m.name] = true
	}
	for _, name := range wanted {
		if !seen[name] {
			return "missing " + what + " " + fitQuote(name)
		}
	}
	return ""
}

// fitLineID reads the id, also from a line that is bad elsewhere; nil and a
// reason when there is none, more than one, or one that is not text.
func fitLineID(members []fitMember) (*string, string) {
	var id *string
	for _, m := range members {
		if m.name != "id" {
			continue
		}
		if id != nil {
			return nil, `duplicate field "id"`
		}
		text, ok := fitText(m.value)
		if !ok {
			return nil, `field "id" must be a string`
		}
		id = &text
	}
	if id == nil {
		return nil, `missing field "id"`
	}
	return id, ""
}

// fitText reads a JSON string; false for any other value, null too.
func fitText(value json.RawMessage) (string, bool) {
	var text *string
	if json.Unmarshal(value, &text) != nil || text == nil {
		return "", false
	}
	return *text, true
}

// fitFill reads answers, kind and large, whose names were checked before.
func fitFill(c *FitCase, members []fitMember) string {
	for _, m := range members {
		reason := ""
		switch m.name {
		case "answers":
			c.Answers, reason = fitLineAnswers(m.value)
		case "kind":
			text, ok := fitText(m.value)
			c.Kind = FitKind(text)
			if !ok {
				reason = `field "kind" must be a string`
			} else if !slices.Contains(FitKinds(), c.Kind) {
				reason = "unknown kind " + fitQuote(text)
			}
		case "large":
			var large *bool
			if json.Unmarshal(m.value, &large) != nil || large == nil {
				reason = `field "large" must be true or false`
			} else {
				c.Large = *large
			}
		}
		if reason != "" {
			return reason
		}
	}
	return ""
}

// fitLineAnswers reads the ten answers.
func fitLineAnswers(value json.RawMessage) (FitAnswers, string) {
	members, ok := fitMembers(value)
	if !ok {
		return nil, `field "answers" must be an object`
	}
	names := make([]string, 0, len(fitQuestions))
	for _, k := range FitKeys() {
		names = append(names, string(k))
	}
	if reason := fitNames(members, "key", names...); reason != "" {
		return nil, reason + " in answers"
	}
	answers := make(FitAnswers, len(members))
	for _, m := range members {
		text, ok := fitText(m.value)
		if !ok {
			return nil, "the value of " + fitQuote(m.name) + " must be a string"
		}
		// An empty text is an open question inside a run, but no answer here.
		if text == "" {
			return nil, (&FitAnswerError{Key: FitKey(m.name)}).Error()
		}
		answers[FitKey(m.name)] = Answer(text)
	}
	if err := answers.Check(); err != nil {
		return nil, err.Error()
	}
	return answers, ""
}
