package cli

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// maxPlaybook is the most that is read of a playbook, in bytes; the check says
// what is too large.
const maxPlaybook = 4 << 20

func (a *app) playbookVerb() *cobra.Command {
	show := func(c *cobra.Command, _ []string) error { return a.playbookShow(c.Context()) }
	return a.group("playbook", a.t("cli.playbook.short"), show,
		&cobra.Command{Use: "show", Short: a.t("cli.playbook_show.short"), Args: a.args(0, 0), RunE: show},
		&cobra.Command{Use: "check FILE", Short: a.t("cli.playbook_check.short"), Args: a.args(1, 1), RunE: a.playbookCheck},
		&cobra.Command{Use: "load FILE", Short: a.t("cli.playbook_load.short"), Args: a.args(1, 1),
			RunE: a.on(existing, a.playbookLoad)})
}

// playbookShow prints the text in force, or the one that comes with the program
// where there is no book yet. It is printed as it is: it is a file to edit.
func (a *app) playbookShow(ctx context.Context) (err error) {
	var text string
	b, err := a.open(ctx, ui.Opening{})
	switch {
	case model.KindOf(err) == model.KindNotFound && err != nil:
		text = a.DefaultPlaybook()
	case err != nil:
		return err
	default:
		defer func() { err = errors.Join(err, b.Close()) }()
		if text, err = b.PlaybookText(); err != nil {
			return err
		}
	}
	if a.json {
		return a.object(map[string]string{"toml": text})
	}
	_, err = io.WriteString(a.Out, text)
	return err //nolint:wrapcheck // worded as a fault of writing
}

// playbookCheck says what is wrong with a file, line by line; it needs no book.
func (a *app) playbookCheck(_ *cobra.Command, args []string) error {
	_, err := a.checked(args[0])
	if err != nil {
		return err
	}
	if a.json {
		return a.object(map[string]any{"file": a.called(args[0]), "problems": []string{}})
	}
	a.line(a.t("cli.playbook.good", "File", kit.Clean(filepath.Base(a.called(args[0])))))
	return nil
}

func (a *app) playbookLoad(ctx context.Context, b ui.Book, args []string) error {
	text, err := a.checked(args[0])
	if err != nil {
		return err
	}
	return a.do(ctx, b, model.LoadPlaybook{Text: text})
}

// checked reads and checks a playbook. What is wrong is printed here, each
// reason on a line that begins with file and line, as editors understand it.
func (a *app) checked(file string) (string, error) {
	raw, err := a.readFile(file, maxPlaybook)
	if err != nil {
		return "", err
	}
	file = a.called(file)
	err = a.CheckPlaybook(file, string(raw))
	if err == nil {
		return string(raw), nil
	}
	all := problems(err)
	if len(all) == 0 {
		return "", err
	}
	if a.json {
		out := make([]problemJSON, 0, len(all))
		for _, p := range all {
			out = append(out, problemJSON{p.Line, p.Key, strings.TrimPrefix(p.ID, "playbook.problem."), p.Detail})
		}
		return "", errors.Join(a.object(map[string]any{"file": file, "problems": out}), errSaid{model.KindInvalid})
	}
	for _, p := range all {
		a.line(a.problem(p))
	}
	a.printError(err)
	return "", errSaid{model.KindInvalid}
}

// problem words one reason with its place in the form that editors follow:
// file, line and what is wrong, with colons between.
func (a *app) problem(p *model.PlaybookProblem) string {
	at, key := "playbook.problem.at", ""
	if p.Key != "" {
		at, key = "playbook.problem.at-key", kit.Clean(p.Key)+": "
	}
	place := a.t(at, "File", kit.Clean(p.File), "Line", p.Line, "Key", kit.Clean(p.Key), "What", "")
	return kit.Clean(p.File) + ":" + strconv.Itoa(p.Line) + ": " + key + strings.TrimPrefix(a.say.Problem(p), place)
}

// problemJSON is one reason why a playbook is refused.
type problemJSON struct {
	Line   int    `json:"line"`
	Key    string `json:"key"`
	Reason string `json:"reason"`
	Detail string `json:"detail"`
}

// problems gives the reasons that an error holds, in the order of the file.
func problems(err error) []*model.PlaybookProblem {
	all, ok := err.(interface{ Unwrap() []error }) //nolint:errorlint // the error itself holds the list
	if !ok {
		return nil
	}
	var out []*model.PlaybookProblem
	for _, e := range all.Unwrap() {
		var p *model.PlaybookProblem
		if errors.As(e, &p) {
			out = append(out, p)
		}
	}
	return out
}
