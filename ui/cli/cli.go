// Package cli is the same book as verbs: one call, one answer in plain lines or
// JSON, and an exit code by the kind of error. It works on a [ui.Library] and
// never on files of the book itself.
package cli

import (
	"context"
	"errors"
	"io"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/say"
	"pasvorm/ui/text"
)

// Deps is what a call works with. Main gives the real world, tests another.
type Deps struct {
	Library ui.Library
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
	Env     func(string) string

	// Interactive says that In and Out are a terminal: questions may be asked.
	Interactive bool
	// ErrTerminal says that Err is a terminal: progress may be drawn on it.
	ErrTerminal bool

	// Console shows the screens on a book until the person quits; nil for none.
	Console func(context.Context, ui.Book, Options) error
	// CheckPlaybook gives what is wrong with the text of a playbook, as the desk's
	// own check does; it needs no book.
	CheckPlaybook func(name, text string) error
	// DefaultPlaybook is the text of the playbook that comes with the program.
	DefaultPlaybook func() string
	// Self makes a call of this program, for what must not run in this process.
	Self func(ctx context.Context, args ...string) (*exec.Cmd, error)
	// Account gives the number of an account by its name.
	Account func(name string) (int, error)
	// Report keeps a fault of the program and gives its reference; nil keeps none.
	Report func(fault any, stack []byte) string
	// Beside makes the file for the bad lines of another, and gives its name.
	Beside  func(name string) (io.WriteCloser, string, error)
	Version string

	// Remote says that the call came to a server: no argument names a file, input
	// is -, output goes to Out, and who calls is fixed.
	Remote bool
	// Floor is who else works on the book; nil where nobody else can.
	Floor ui.Floor
	// Serve serves the book until ctx ends; nil where that is not offered.
	Serve func(context.Context, ServeOptions) error
}

// ServeOptions are what `serve` is called with; "" leaves it to the settings.
type ServeOptions struct {
	Text     *text.Text
	Book     string
	Listen   string // TCP address for SSH
	Socket   string // path of the Unix socket
	Settings string // file
	HostKey  string // file
	Print    bool   // print the documented settings instead
	Out      io.Writer
}

// Options are what a console needs to know of the call.
type Options struct {
	Text    *text.Text
	Version string
}

// app is one call.
type app struct {
	Deps
	tx  *text.Text
	say say.Speaker

	book, as, lang, socket string
	json                   bool

	verb  string // the words of the verb, once it is found
	over  lineFlags
	parts *parts
}

// Run carries out one call, prints its answer and gives the exit code.
func Run(ctx context.Context, args []string, d Deps) int {
	out := &answer{Writer: d.Out}
	d.Out = out
	a, err := begin(args, d)
	if err != nil {
		a.printError(err)
		return exitCode(err)
	}
	args = queryArgs(args)
	root := a.root()
	if d.Remote && completes(root, args) {
		err = a.usage("error.attach.verb", "Verb", cobra.ShellCompRequestCmd)
		a.printError(err)
		return exitCode(err)
	}
	root.SetArgs(args)
	root.SetIn(d.In)
	root.SetOut(d.Out)
	root.SetErr(d.Err)
	err = root.ExecuteContext(ctx)
	if out.err != nil {
		err = model.NewError(model.KindReadOnly, "cli.error.output")
	}
	if err != nil && !silent(err) && !a.cut(ctx, err) {
		a.report(err)
	}
	return exitCode(err)
}

// cut reports whether an error is that of a session which was ended: that is no
// fault of the program, and the server says why.
func (a *app) cut(ctx context.Context, err error) bool {
	cause := context.Cause(ctx)
	return a.Remote && cause != nil && !errors.Is(cause, context.Canceled) && errors.Is(err, cause)
}

// begin makes a call in the language that it asks for. The call is there with an
// error too, to word it.
func begin(args []string, d Deps) (*app, error) {
	lang := flagOf(args, "--lang")
	tx, err := text.Load(text.Pick(lang, d.Env))
	if err != nil {
		tx, _ = text.Load("en")
	}
	a := &app{Deps: d, tx: tx, say: say.Speaker{Text: tx}}
	if lang != "" && lang != "en" && lang != "nl" {
		return a, a.usage("cli.error.lang", "Lang", lang)
	}
	return a, nil
}

// flagOf finds the value of a flag before the command line is parsed: the
// language decides in which words the verbs are declared.
func flagOf(args []string, name string) string {
	for i, s := range args {
		if s == "--" {
			break
		}
		if v, ok := strings.CutPrefix(s, name+"="); ok {
			return v
		}
		if s == name && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}

// t words a text.
func (a *app) t(id string, kv ...any) string { return a.tx.T(id, kv...) }

// existing is how most verbs open: the book must be there.
const existing, making = false, true

// open opens the book of the call and takes its playbook's words.
func (a *app) open(ctx context.Context, o ui.Opening) (ui.Book, error) {
	o.Path, o.As = a.path(), a.as
	b, err := a.Library.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	if play, _, err := b.Playbook(); err == nil {
		a.say.Play = play
	} else if model.KindOf(err) != model.KindCorrupt {
		_ = b.Close()
		return nil, err
	}
	return b, nil
}

// path is the book of the call: the flag, then PASVORM_BOOK, then the default.
func (a *app) path() string {
	if a.Remote {
		return "" // the one that is served
	}
	if a.book != "" {
		return a.book
	}
	if p := a.Env("PASVORM_BOOK"); p != "" {
		return p
	}
	return a.Library.DefaultPath()
}
