package say

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Error words an error in a sentence, with what to do next where that is known.
// A fault of the program is worded without its inner text: that goes to the log.
func (s Speaker) Error(err error) string {
	var e *model.Error
	switch {
	case errors.As(err, &e):
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return s.Text.T("error.stopped")
	default:
		if n := len(problems(err)); n > 0 {
			return s.Text.N("error.playbook.refused", n)
		}
		return s.Text.T("error.internal")
	}
	out := s.Message(model.Message{ID: e.ID, Args: e.Args})
	if hint := s.Hint(e); hint != "" {
		out += " " + hint
	}
	return out
}

// Hint words what the person can do next; "" when that is not known.
func (s Speaker) Hint(e *model.Error) string {
	id := e.Hint
	if id == "hint.ask-lead" && e.Args["Need"] == model.RoleAdmin.String() {
		id = "hint.ask-admin" // a lead cannot do it either
	}
	if id == "" {
		return ""
	}
	return s.named("", id)
}

// Candidates words the customers that a search may have meant, each with what
// tells it from the others: number, name, town.
func (s Speaker) Candidates(e *model.Error) []string {
	out := make([]string, 0, len(e.Candidates))
	for _, c := range e.Candidates {
		parts := make([]string, 0, 3)
		for _, p := range []string{c.Number, c.Name, c.Town} {
			if p != "" {
				parts = append(parts, kit.Clean(p))
			}
		}
		out = append(out, strings.Join(parts, " · "))
	}
	return out
}

// Clashes words the fields that two people changed at once.
func (s Speaker) Clashes(e *model.Error) []string {
	out := make([]string, 0, len(e.Fields))
	for _, f := range e.Fields {
		value := func(v string) string {
			switch {
			case v == "" && isFlag(f.Field):
				return s.Text.T("field.no")
			case v == "":
				return s.Text.T("field.empty")
			}
			return "“" + s.FieldValue(f.Field, v) + "”"
		}
		out = append(out, s.Text.T("field.clash", "Field", s.FieldLabel(f.Field),
			"Was", value(f.Was), "Yours", value(f.Yours), "Stand", value(f.Stand)))
	}
	return out
}

// Problem words one reason why a playbook is refused, with its place.
func (s Speaker) Problem(p *model.PlaybookProblem) string {
	id, detail := p.ID, kit.Clean(p.Detail)
	if !s.Text.Has(id) {
		id = "playbook.problem.other"
	}
	if r, size := utf8.DecodeRuneInString(p.Detail); p.ID == "playbook.problem.text-form" && size > 0 && size == len(p.Detail) {
		detail = fmt.Sprintf("U+%04X", r) // a sign that cannot be shown
	}
	what := s.Text.T(id, "Detail", detail)
	at := "playbook.problem.at"
	if p.Key != "" {
		at = "playbook.problem.at-key"
	}
	return s.Text.T(at, "File", kit.Clean(p.File), "Line", p.Line, "Key", kit.Clean(p.Key), "What", what)
}

// Problems words every reason why a playbook is refused that an error holds;
// empty for any other error.
func (s Speaker) Problems(err error) []string {
	all := problems(err)
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = s.Problem(p)
	}
	return out
}

// problems collects the problems an error unwraps to.
func problems(err error) []*model.PlaybookProblem {
	switch e := err.(type) { //nolint:errorlint // it walks the chain itself
	case *model.PlaybookProblem:
		return []*model.PlaybookProblem{e}
	case interface{ Unwrap() []error }:
		var out []*model.PlaybookProblem
		for _, inner := range e.Unwrap() {
			out = append(out, problems(inner)...)
		}
		return out
	case interface{ Unwrap() error }:
		return problems(e.Unwrap())
	}
	return nil
}
