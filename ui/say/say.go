// Package say words what the model has to say: messages, errors and the names
// of things that the playbook may rename. Everything it gives is one line,
// cleaned for a terminal.
package say

import (
	"maps"
	"strings"
	"time"

	"pasvorm/model"
	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

// Speaker words in one language by one playbook. It may be shared by any
// number of sessions.
type Speaker struct {
	Text *text.Text
	Play *model.Playbook // nil words keys as they are
}

// Ids of messages that hold another message, and of what stands in for them.
const (
	msgBulk     = "journal.bulk"
	msgBulkSome = "journal.bulk.some" // a bulk change that lost what it was about
	msgAnswer   = "journal.fit.answer"
	msgUnanswer = "journal.fit.unanswer" // an answer that was taken back
)

// Message words a message of the model. One that counts, by its argument
// Count, has plural forms; {{.N}} in it is the count.
func (s Speaker) Message(m model.Message) string {
	id, args := m.ID, m.Args
	n, counts := count(args["Count"])
	switch id {
	case msgBulk:
		// The entry speaks of its first change; the others are like it.
		if args["What"] == nil {
			id = msgBulkSome
		} else {
			n--
		}
	case msgAnswer:
		if args["Answer"] == "" {
			id = msgUnanswer
		}
	}
	switch {
	case !s.Text.Has(id):
		return "[" + kit.Clean(id) + "]"
	case counts:
		return s.Text.N(id, n, s.args(args)...)
	}
	return s.Text.T(id, s.args(args)...)
}

// args words those arguments that are keys of something with a name, and adds
// what sentences need besides: About is the question in a word or two,
// StepName the name of the step that was come to.
func (s Speaker) args(in map[string]any) []any {
	out := make([]any, 0, 2*len(in)+4)
	for k, v := range in {
		switch v := v.(type) {
		case string:
			out = append(out, k, s.arg(k, v, in))
			if k == "Question" {
				out = append(out, "About", s.Key(model.FitKey(v)))
			}
		default:
			out = append(out, k, v)
			if n, ok := count(v); ok && (k == "Step" || k == "To") {
				out = append(out, "StepName", s.Step(n))
			}
		}
	}
	return out
}

// arg words one argument. Values by which records are known become names; all
// else stays as it came, cleaned.
func (s Speaker) arg(name, v string, all map[string]any) string {
	switch name {
	case "Trait":
		return s.Trait(model.Trait(v))
	case "Verdict", "Was":
		return s.Verdict(model.Verdict(v))
	case "Role", "Need":
		return s.named("role.", v)
	case "Question":
		return s.Question(model.FitKey(v))
	case "Answer":
		if q, ok := all["Question"].(string); ok {
			return s.Answer(model.FitKey(q), model.Answer(v))
		}
	case "Field":
		return s.FieldLabel(v)
	case "Topic":
		return s.Topic(v)
	case "Channel":
		return s.Channel(v)
	case "Date":
		// A day, as the model keeps it.
		if day, err := time.Parse(time.DateOnly, v); err == nil {
			return s.Text.Date(day, time.Time{})
		}
	case "What":
		return s.inner(v, all)
	case "From", "At":
		// The model writes moments so, in the zone of the desk.
		if at, err := time.Parse("2006-01-02 15:04", v); err == nil {
			return s.Text.DateTime(at, time.Time{})
		}
	}
	return kit.Clean(v)
}

// inner words the message that another one speaks of; it shares the arguments.
// What a taken back bulk change was about stands in Of.
func (s Speaker) inner(id string, all map[string]any) string {
	args := make(map[string]any, len(all))
	for k, v := range all {
		if k != "What" && k != "Of" {
			args[k] = v
		}
	}
	if of, ok := all["Of"].(string); ok && of != id {
		args["What"] = of
	}
	return s.Message(model.Message{ID: id, Args: args})
}

// count gives a whole number that an argument holds; a message that was read
// back from the book may hold another type than was written.
func count(v any) (int, bool) {
	switch n := v.(type) {
	case int:
		return n, true
	case int64:
		return int(n), true
	case uint64:
		return int(min(n, 1<<31)), true //nolint:gosec // bounded in this line
	}
	return 0, false
}

// named gives the name of a key under a prefix of the catalogue, the cleaned
// key itself where it has none.
func (s Speaker) named(prefix, key string) string {
	if s.Text.Has(prefix + key) {
		return s.Text.T(prefix + key)
	}
	return kit.Clean(key)
}

// words gives a text of the playbook in the language, cleaned.
func (s Speaker) words(b model.Bilingual) string { return kit.Clean(b.In(s.Text.Lang())) }

// Fact words what the book knows, without its date: a signal by its label, an
// amount as money, a text of several lines on one.
func (s Speaker) Fact(f model.Fact) string {
	args := maps.Clone(f.Message.Args)
	for k, v := range args {
		switch v := v.(type) {
		case string:
			args[k] = strings.Join(strings.Fields(kit.CleanLines(v)), " ")
			if trait, ok := f.Message.Args["Trait"].(string); ok && k == "Signal" {
				args[k] = s.Signal(&model.Sighting{Trait: model.Trait(trait), Signal: v})
			}
		case int64:
			if k == "Cents" {
				args[k] = s.Text.Money(v)
			}
		}
	}
	return s.Message(model.Message{ID: f.Message.ID, Args: args})
}
