package cli

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// helpWidth is how wide the help is, in cells: what the smallest screen shows.
const helpWidth = 80

// printHelp prints the help of a verb in plain lines. The terminal is asked
// nothing, not even for its background: one that gives no answer would hold the
// help up for seconds, and a dumb one would show the question.
func (a *app) printHelp(c *cobra.Command, _ []string) {
	about := c.Long
	if about == "" {
		about = c.Short
	}
	for l := range strings.SplitSeq(ansi.Wordwrap(about, helpWidth, ""), "\n") {
		a.line(l)
	}
	a.heading(a.t("cli.head.usage"))
	use, flags := c.UseLine(), "["+a.t("cli.word.flags")+"]"
	if c.HasAvailableSubCommands() {
		flags = "[" + a.t("cli.word.verb") + "] " + flags
	}
	a.line("  " + strings.Replace(use, "[flags]", flags, 1))
	if c.Example != "" {
		a.heading(a.t("cli.head.examples"))
		for l := range strings.SplitSeq(c.Example, "\n") {
			a.line("  " + l)
		}
	}
	groups := c.Groups()
	if len(groups) == 0 {
		groups = []*cobra.Group{{Title: a.t("cli.head.commands")}}
	}
	for _, g := range groups {
		var rows [][2]string
		for _, v := range c.Commands() {
			if v.IsAvailableCommand() && v.GroupID == g.ID {
				rows = append(rows, [2]string{v.Use, v.Short})
			}
		}
		a.helpList(g.Title, rows)
	}
	var rows [][2]string
	add := func(f *pflag.Flag) {
		if !f.Hidden {
			rows = append(rows, [2]string{flagName(f), flagSays(f)})
		}
	}
	c.LocalFlags().VisitAll(add)
	c.InheritedFlags().VisitAll(add)
	a.helpList(a.t("cli.head.flags"), rows)
}

func flagName(f *pflag.Flag) string {
	if f.Shorthand != "" {
		return "-" + f.Shorthand + ", --" + f.Name
	}
	return "--" + f.Name
}

// flagSays words a flag with the value it has when nobody gives one.
func flagSays(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "0", "false", "[]":
		return f.Usage
	}
	return f.Usage + " (" + f.DefValue + ")"
}

func (a *app) heading(s string) {
	a.line("")
	s = strings.ToUpper(s)
	if a.painted(a.Interactive) {
		s = kit.NewTheme(false).Paint(kit.InkTitle, s)
	}
	a.line(s)
}

// helpList prints names with what they say beside them.
func (a *app) helpList(title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	a.heading(title)
	wide := 0
	for _, r := range rows {
		wide = max(wide, kit.Width(r[0]))
	}
	for _, r := range rows {
		name := kit.Fit(r[0], wide)
		for l := range strings.SplitSeq(ansi.Wordwrap(r[1], max(helpWidth-wide-4, 20), ""), "\n") {
			a.line("  " + name + "  " + l)
			name = kit.Fit("", wide)
		}
	}
}

// painted reports whether a terminal may be painted: colour is a second voice,
// and NO_COLOR (https://no-color.org) or a dumb terminal ends it.
func (a *app) painted(terminal bool) bool {
	return terminal && a.Env("NO_COLOR") == "" && a.Env("TERM") != "dumb"
}

// helpVerb is help in the language of the call.
func (a *app) helpVerb(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help [VERB]", Short: a.t("cli.help.short"), GroupID: groupBook,
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil || c == nil || len(rest) > 0 {
				return a.usage("cli.error.verb", "Verb", strings.Join(args, " "))
			}
			c.InitDefaultHelpFlag()
			return c.Help() //nolint:wrapcheck // help has no error of its own
		},
	}
}

// manVerb prints the manual page, in roff.
func (a *app) manVerb() *cobra.Command {
	return &cobra.Command{
		Use: "man", Short: a.t("cli.man.short"), Args: a.args(0, 0), Example: "pasvorm man | man -l -",
		RunE: func(c *cobra.Command, _ []string) error {
			page, err := mango.NewManPage(1, c.Root())
			if err != nil {
				return err //nolint:wrapcheck // a fault of the program
			}
			_, err = io.WriteString(a.Out, page.Build(roff.NewDocument()))
			return err //nolint:wrapcheck // worded as a fault of writing
		},
	}
}

// noTerminal lists the verbs: somebody called the console where there is none.
func (a *app) noTerminal(root *cobra.Command) error {
	w := a.Err
	say := func(s string) { _, _ = io.WriteString(w, s+"\n") }
	say(a.t("cli.noterminal"))
	var rows [][]string
	for _, v := range root.Commands() {
		if v.IsAvailableCommand() && v.Name() != "completion" && v.Name() != "demo" {
			rows = append(rows, []string{v.Name(), v.Short})
		}
	}
	for _, l := range table(rows) {
		say("  " + l)
	}
	say(a.t("cli.noterminal.help"))
	return errSaid{model.KindUsage}
}
