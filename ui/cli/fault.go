package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Exit codes. They are part of what the program promises; the help of the
// program lists them.
const (
	exitOK         = 0
	exitFailure    = 1
	exitUsage      = 2
	exitInvalid    = 3
	exitNotFound   = 4
	exitAmbiguous  = 5
	exitNotAllowed = 6
	exitConflict   = 7
	exitBusy       = 8
	exitReadOnly   = 9
	exitCorrupt    = 10
	exitLost       = 11
)

// errBadLines ends a batch in which some line could not be judged; what was
// wrong has been printed in its place.
var errBadLines = errors.New("some lines could not be judged")

// errSaid ends a call whose fault has been printed already.
type errSaid struct{ kind model.ErrorKind }

func (e errSaid) Error() string { return string(e.kind) }

// exitCode gives the exit code of an error by its kind.
func exitCode(err error) int {
	if err == nil {
		return exitOK
	}
	var said errSaid
	kind := model.KindOf(err)
	if errors.As(err, &said) {
		kind = said.kind
	}
	switch kind {
	case model.KindUsage:
		return exitUsage
	case model.KindInvalid:
		return exitInvalid
	case model.KindNotFound:
		return exitNotFound
	case model.KindAmbiguous:
		return exitAmbiguous
	case model.KindNotAllowed:
		return exitNotAllowed
	case model.KindConflict:
		return exitConflict
	case model.KindBusy:
		return exitBusy
	case model.KindReadOnly:
		return exitReadOnly
	case model.KindCorrupt:
		return exitCorrupt
	case model.KindLost:
		return exitLost
	}
	return exitFailure
}

// usage makes an error about the words of a call.
func (a *app) usage(id string, kv ...any) error {
	return model.NewError(model.KindUsage, id, kv...).WithHint("cli.hint.help")
}

// silent reports whether nothing is left to say about an error.
func silent(err error) bool {
	var said errSaid
	return errors.Is(err, errBadLines) || errors.As(err, &said)
}

// sentence words an error. A fault of the program itself is kept, and its
// reference is said.
func (a *app) sentence(err error) string {
	s := a.say.Error(err)
	if model.KindOf(err) != model.KindInternal || errors.Is(err, context.Canceled) || len(problems(err)) > 0 || a.Report == nil {
		return s
	}
	if ref := a.Report(err, nil); ref != "" {
		s += " " + a.t("console.reference", "Ref", ref)
	}
	return s
}

// report prints an error, under a heading on a terminal that can be painted.
func (a *app) report(err error) {
	if !a.painted(a.ErrTerminal) || a.json {
		a.printError(err)
		return
	}
	_, _ = fmt.Fprintln(a.Err, kit.NewTheme(false).Paint(kit.InkDanger, a.t("cli.error.head")))
	_, _ = fmt.Fprintln(a.Err, a.sentence(err))
	a.printMore(a.Err, err)
}

// printError prints an error in plain lines, or as an object with --json.
func (a *app) printError(err error) {
	if a.json {
		out := errorJSON{Kind: model.KindOf(err), Error: a.sentence(err), Code: exitCode(err)}
		var e *model.Error
		if errors.As(err, &e) {
			out.Candidates = e.Candidates
			for _, f := range e.Fields {
				out.Fields = append(out.Fields, conflictJSON(f))
			}
		}
		_ = writeJSON(a.Err, out)
		return
	}
	_, _ = fmt.Fprintln(a.Err, "pasvorm: "+a.sentence(err))
	a.printMore(a.Err, err)
}

// printMore lists what an error brings: whom a text may mean, or the fields on
// which two people differ.
func (a *app) printMore(w io.Writer, err error) {
	var e *model.Error
	if !errors.As(err, &e) {
		return
	}
	rows := make([][]string, 0, len(e.Candidates))
	for _, c := range e.Candidates {
		rows = append(rows, []string{kit.Clean(c.Number), kit.Clean(c.Name), kit.Clean(c.Town), c.ID.String()})
	}
	for _, l := range append(table(rows), a.say.Clashes(e)...) {
		_, _ = fmt.Fprintln(w, "  "+l)
	}
	if len(e.Fields) > 0 {
		_, _ = fmt.Fprintln(w, a.t("cli.conflict.next"))
	}
}

// flagError words what is wrong with a flag.
func (a *app) flagError(_ *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = "-" + unknown.GetSpecifiedName()
		}
		return a.usage("cli.error.flag", "Flag", name)
	case errors.As(err, &missing):
		return a.usage("cli.error.flag_value", "Flag", "--"+missing.GetFlag().Name)
	case errors.As(err, &invalid):
		return a.usage("cli.error.flag_bad", "Flag", "--"+invalid.GetFlag().Name, "Value", invalid.GetValue())
	}
	return a.usage("cli.error.flag", "Flag", err.Error())
}

// args asks for at least low and at most high words; high below 0 is no limit.
func (a *app) args(low, high int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < low || high >= 0 && len(args) > high {
			return a.usage("cli.error.args", "Use", c.CommandPath()+strings.TrimPrefix(c.Use, c.Name()))
		}
		return nil
	}
}

// verbsOnly refuses a word that is no verb.
func (a *app) verbsOnly(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		return a.usage("cli.error.verb_near", "Verb", args[0], "Near", strings.Join(near, ", "))
	}
	return a.usage("cli.error.verb", "Verb", args[0])
}
