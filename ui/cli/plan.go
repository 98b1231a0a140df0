package cli

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Plan is a call that was read and not yet carried out: what it works on, and
// how it would be said over a line.
type Plan struct {
	a     *app
	c     *cobra.Command
	verb  string
	words []string // arguments of the verb
	here  bool
}

// NewPlan reads a call. It prints nothing: a call that is wrong is one for this
// machine, where [Run] says what is wrong with it.
func NewPlan(args []string, d Deps) *Plan {
	a, err := begin(args, d)
	p := &Plan{a: a, here: true}
	if err != nil || hidden(args) {
		return p
	}
	c, rest, err := a.root().Find(queryArgs(args))
	if err != nil {
		return p
	}
	p.c, p.verb = c, verbOf(c)
	c.InitDefaultHelpFlag()
	if c.ParseFlags(rest) != nil {
		return p
	}
	p.words = c.Flags().Args()
	switch {
	case p.on("help"), p.on("version"), p.on("batch") && p.verb == "fit", places[p.verb] != onBook, !c.Runnable(), c.ValidateArgs(p.words) != nil:
	case p.verb == "" && !a.screens():
	default:
		p.here = false
	}
	return p
}

// Here reports whether the call works on this machine and opens no book.
func (p *Plan) Here() bool { return p.here }

// Attach reports whether the call asks for a server and nothing else.
func (p *Plan) Attach() bool {
	return p.verb == "attach" && !p.on("help") && len(p.words) == 0 && p.c.Flags().Parsed()
}

// Book and Socket are what the call names with --book and --socket, "" for none.
func (p *Plan) Book() string { return p.a.book }

// Socket is the socket that the call names.
func (p *Plan) Socket() string { return p.a.socket }

// Fail prints why a call was not carried out and gives its exit code.
func (p *Plan) Fail(err error) int {
	p.a.report(err)
	return exitCode(err)
}

// on tells whether a flag without a value was given.
func (p *Plan) on(flag string) bool {
	f := p.c.Flags().Lookup(flag)
	return f != nil && f.Value.Type() == "bool" && f.Value.String() == "true"
}

// text is the value of a flag.
func (p *Plan) text(flag string) string {
	if f := p.c.Flags().Lookup(flag); f != nil {
		return f.Value.String()
	}
	return ""
}

// atTerminal reports whether who calls can be asked something.
func (p *Plan) atTerminal() bool { return p.a.Interactive && p.a.ErrTerminal }

// listens reports whether the verb reads standard input: no other is given it, for
// it may be meant for whatever comes after this call.
func (p *Plan) listens() bool {
	switch {
	case p.verb == "fit", p.verb == "find" && (p.on("batch") || p.on("keystrokes")):
		return true
	case slices.Contains(asks, p.verb):
		return p.atTerminal()
	}
	return slices.Contains(p.words, "-")
}

// args says the call anew: the verb, then every flag that was given but for some,
// then what is added, and the words behind two dashes, where none is taken for a
// flag. Which book, who and which server are not said to a server.
func (p *Plan) args(words []string, without []string, add ...string) []string {
	out := strings.Fields(p.verb)
	without = append([]string{"book", "as", "socket"}, without...)
	p.c.Flags().Visit(func(f *pflag.Flag) {
		if slices.Contains(without, f.Name) {
			return
		}
		values := []string{f.Value.String()}
		if many, ok := f.Value.(pflag.SliceValue); ok {
			values = many.GetSlice()
			if f.Value.Type() == "stringSlice" { // written as a line of CSV in brackets
				values = []string{strings.TrimSuffix(strings.TrimPrefix(f.Value.String(), "["), "]")}
			}
		}
		for _, v := range values {
			out = append(out, "--"+f.Name+"="+v)
		}
	})
	out = append(out, add...)
	if len(words) > 0 {
		out = append(append(out, "--"), words...)
	}
	return out
}

// told are the flags that tell a server of the file that it reads.
func told(name string, size int64) []string {
	out := []string{"--file-name=" + name}
	if size > 0 {
		out = append(out, "--file-size="+strconv.FormatInt(size, 10))
	}
	return out
}
