package cli

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pasvorm/model"
)

// place says where a verb works. Every other works on the book: through the
// server that has it open, where there is one.
type place uint8

const (
	onBook   place = iota
	onlyHere       // with this machine, so never over a line
	anywhere       // it needs no book
)

// places are the verbs that do not work on the book, by their words.
var places = map[string]place{
	"init": onlyHere, "demo": onlyHere, "serve": onlyHere, "attach": onlyHere, "completion": onlyHere, "man": onlyHere,
	"version": anywhere, "help": anywhere, "report": anywhere, "playbook check": anywhere,
}

// reads says which argument of a verb, counted from 0, names a file to read.
var reads = map[string]int{
	"import": 0, "finance import": 0, "survey import": 0, "playbook check": 0, "playbook load": 0, "people key add": 1,
}

// writes says which flag of a verb names a file to write.
var writes = map[string]string{
	"import": "bad", "finance import": "bad", "survey import": "bad", "export": "out", "report week": "html", "report farewell": "html",
}

// asks are the verbs that may put a question to who is at a terminal, besides
// those that read a file in.
var asks = []string{"fit", "merge", "review approve", "farewell step", "farewell end"}

// lineFlags are what a client that carries a call out over a line adds to it.
// They are no part of what the program promises.
type lineFlags struct {
	name   string // what standard input is called where it lies
	size   int64  // of standard input, in bytes; 0 when it is not known
	parted bool   // standard output comes in parts
	drawn  bool   // standard error ends in a terminal
}

func (l *lineFlags) declare(f *pflag.FlagSet) {
	f.StringVar(&l.name, "file-name", "", "")
	f.Int64Var(&l.size, "file-size", 0, "")
	f.BoolVar(&l.parted, "parted", false, "")
	f.BoolVar(&l.drawn, "drawn", false, "")
	for _, name := range []string{"file-name", "file-size", "parted", "drawn"} {
		_ = f.MarkHidden(name)
	}
}

// begun is run before each verb. Over a line it refuses what only goes on this
// machine: another book, another person, another server.
func (a *app) begun(c *cobra.Command, _ []string) error {
	a.verb = verbOf(c)
	if !a.Remote {
		a.over.parted = false
		return nil
	}
	for _, f := range []string{"book", "as", "socket"} {
		if c.Root().PersistentFlags().Changed(f) {
			return model.NewError(model.KindUsage, "error.attach.flag", "Flag", "--"+f).WithHint("hint.attach.flag")
		}
	}
	a.ErrTerminal = a.ErrTerminal || a.over.drawn
	if a.over.parted {
		a.parts = &parts{w: a.Out}
		a.Out = a.parts.out()
	}
	return nil
}

// verbOf gives the words of a verb, "" for the console.
func verbOf(c *cobra.Command) string {
	return strings.TrimPrefix(strings.TrimPrefix(c.CommandPath(), c.Root().Name()), " ")
}

// notOverALine puts a sentence in the place of each verb that works on this
// machine alone, when the call came over a line.
func (a *app) notOverALine(root *cobra.Command) {
	if !a.Remote {
		return
	}
	for _, c := range root.Commands() {
		if places[verbOf(c)] != onlyHere {
			continue
		}
		name := c.Name()
		root.RemoveCommand(c)
		root.AddCommand(&cobra.Command{
			Use: name, Hidden: true, DisableFlagParsing: true, Args: cobra.ArbitraryArgs, Long: a.t("error.attach.verb", "Verb", name),
			RunE: func(*cobra.Command, []string) error { return a.usage("error.attach.verb", "Verb", name) },
		})
	}
}

// completes reports whether a call over a line asks what shells ask to complete
// words, also behind flags. The library that answers it writes to a file that the
// environment names, and what it does not understand to the standard error of the
// process, as it was typed: that is the server's log.
func completes(root *cobra.Command, args []string) bool {
	ask := &cobra.Command{Use: cobra.ShellCompRequestCmd, Aliases: []string{cobra.ShellCompNoDescRequestCmd}, Hidden: true, Run: func(*cobra.Command, []string) {}}
	root.AddCommand(ask)
	defer root.RemoveCommand(ask)
	c, _, _ := root.Find(args) // an unknown verb is none of these
	return c == ask
}

// hidden reports whether a call asks what shells ask to complete words.
func hidden(args []string) bool {
	return len(args) > 0 && slices.Contains([]string{cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd}, args[0])
}

// attachVerb is carried out by who calls [Run]: it opens no book. Where that did
// not happen there is no server to reach.
func (a *app) attachVerb() *cobra.Command {
	return &cobra.Command{
		Use: "attach", Short: a.t("attach.short"), Long: a.t("attach.long"), Args: a.args(0, 0),
		Example: "pasvorm attach\nForceCommand /usr/bin/pasvorm attach",
		RunE:    func(*cobra.Command, []string) error { return NoServer() },
	}
}

// NoServer is the error of a call that needs a server where none answers.
func NoServer() error {
	return model.NotFound("error.attach.none").WithHint("hint.attach.none")
}

// part is a piece of standard output for a client that keeps bad lines in a file:
// one object of JSON a line, of which one field is set.
type part struct {
	Out     []byte `json:"out,omitempty"`     // what is printed
	Bad     []byte `json:"bad,omitempty"`     // bad lines as they came
	Mapping string `json:"mapping,omitempty"` // by which a file was read
}

// parts writes them. Nil writes none.
type parts struct {
	mu sync.Mutex
	w  io.Writer
}

func (p *parts) write(one part) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return json.NewEncoder(p.w).Encode(one) //nolint:wrapcheck // the writer's own error
}

// mapping tells by which columns a file was read.
func (p *parts) mapping(m string) {
	if p != nil && m != "" {
		_ = p.write(part{Mapping: m}) // the writer keeps its error
	}
}

func (p *parts) out() io.Writer {
	return writer(func(b []byte) error { return p.write(part{Out: b}) })
}

func (p *parts) bad() io.Writer {
	return writer(func(b []byte) error { return p.write(part{Bad: b}) })
}

// writer makes a writer of what takes all or fails.
type writer func([]byte) error

func (w writer) Write(p []byte) (int, error) {
	if err := w(p); err != nil {
		return 0, err
	}
	return len(p), nil
}
