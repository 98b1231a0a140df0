package cli

import (
	"strings"
	"unicode"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
	"pasvorm/ui/say"
)

// queryArgs lets conditions that ask for all others, such as -kind:business,
// pass for words and not for flags. Only the verbs that take a query get it.
func queryArgs(args []string) []string {
	takes := false
	out := make([]string, len(args))
	for i, s := range args {
		out[i] = s
		switch {
		case s == "find" || s == "export" || s == "views":
			takes = true
		case s == "--":
			copy(out[i:], args[i:])
			return out
		case takes && len(s) > 2 && s[0] == '-' && s[1] != '-' && termEnd(s[1:]) > 0:
			out[i] = " " + s
		}
	}
	return out
}

// termEnd is the length of the name and colon that a condition begins with, 0
// for any other word.
func termEnd(s string) int {
	name, _, ok := strings.Cut(strings.TrimPrefix(s, "-"), ":")
	if !ok || len(name) < 2 || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return 0
	}
	return strings.IndexByte(s, ':') + 1
}

// queryText joins the words of a call to a query. A shell takes the quotation
// marks of town:"Den Haag" away: a word of the call that begins as a condition
// and holds blanks, and neither marks nor another condition, gets them back.
func queryText(args []string) string {
	out := make([]string, 0, len(args))
	for _, s := range args {
		s = strings.TrimSpace(s)
		if n := termEnd(s); n > 0 && strings.ContainsAny(s, " \t") && !strings.Contains(s, `"`) && !others(s[n:]) {
			values := strings.Split(s[n:], ",")
			for i, v := range values {
				if strings.ContainsAny(v, " \t") {
					values[i] = `"` + strings.ReplaceAll(v, `\`, `\\`) + `"`
				}
			}
			s = s[:n] + strings.Join(values, ",")
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// others reports whether a text holds conditions of its own.
func others(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if termEnd(w) > 0 {
			return true
		}
	}
	return false
}

// parse reads the query of a call: what a view looks for, if one is named, and
// the words beside it.
func (a *app) parse(b ui.Book, args []string, view string) (model.Query, error) {
	text := queryText(args)
	if view != "" {
		v, err := a.viewNamed(b, view, false)
		if err != nil {
			return model.Query{}, err
		}
		text = v.View.Query + " " + text
	}
	return model.ParseQuery(text, a.say.Lexicon())
}

// viewNamed finds a view by its name; one's own goes before the team's.
func (a *app) viewNamed(b ui.Book, name string, team bool) (*model.ViewLine, error) {
	all, err := b.Views()
	if err != nil {
		return nil, err
	}
	var found *model.ViewLine
	for i := range all {
		if v := &all[i]; model.FoldWords(v.View.Name) == model.FoldWords(name) && (!team || v.View.Team) && (found == nil || !v.View.Team) {
			found = v
		}
	}
	if found == nil {
		return nil, model.NotFound("error.view.word", "Title", name).WithHint("hint.view.list")
	}
	return found, nil
}

// explainQuery is the language of queries in lines, for help.
func (a *app) explainQuery() string {
	var b strings.Builder
	b.WriteString(a.t("cli.find.query"))
	for _, t := range say.QueryTopics() {
		b.WriteString("\n  " + a.t("query.help."+t+".example"))
		for _, r := range kit.Wrap(a.t("query.help."+t), helpWidth-4) {
			b.WriteString("\n    " + r)
		}
	}
	return b.String() + "\n" + a.t("query.help.end")
}
