package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
)

// Groups of verbs in the help.
const (
	groupCustomer = "customer"
	groupDecide   = "decide"
	groupBook     = "book"
)

// root declares every verb, in the language of the call.
func (a *app) root() *cobra.Command {
	c := &cobra.Command{
		Use:   "pasvorm",
		Short: a.t("cli.root.short"),
		Long:  a.t("cli.root.long") + "\n\n" + a.t("cli.root.codes"),
		Args:  a.verbsOnly,
		RunE:  func(c *cobra.Command, _ []string) error { return a.console(c) },
	}
	f := c.PersistentFlags()
	f.StringVar(&a.book, "book", "", a.t("cli.flag.book"))
	f.StringVar(&a.as, "as", "", a.t("cli.flag.as"))
	f.StringVar(&a.lang, "lang", "", a.t("cli.flag.lang"))
	f.BoolVar(&a.json, "json", false, a.t("cli.flag.json"))
	f.BoolP("help", "h", false, a.t("cli.flag.help"))
	c.Flags().BoolP("version", "v", false, a.t("cli.flag.version"))
	c.SetFlagErrorFunc(a.flagError)
	c.SuggestionsMinimumDistance = 2
	c.AddGroup(&cobra.Group{ID: groupCustomer, Title: a.t("cli.group.customer")},
		&cobra.Group{ID: groupDecide, Title: a.t("cli.group.decide")},
		&cobra.Group{ID: groupBook, Title: a.t("cli.group.book")})
	add := func(group string, verbs ...*cobra.Command) {
		for _, v := range verbs {
			v.GroupID = group
			c.AddCommand(v)
		}
	}
	add(groupCustomer, a.findVerb(), a.showVerb(), a.addVerb(), a.editVerb(), a.tagVerb(), a.untagVerb(),
		a.contestVerb(), a.confirmVerb(), a.flagVerb())
	add(groupDecide, a.fitVerb(), a.reviewVerb(), a.journalVerb(), a.undoVerb(), a.redoVerb())
	add(groupBook, a.importVerb(), a.exportVerb(), a.peopleVerb(), a.playbookVerb(), a.doctorVerb(), a.initVerb(),
		a.demoVerb(), a.completionVerb(), a.versionVerb())
	c.SetHelpCommand(a.helpVerb(c))
	a.translate(c)
	return c
}

// translate puts the words that stand for arguments in the language of the call.
func (a *app) translate(c *cobra.Command) {
	r := strings.NewReplacer("CUSTOMER", a.t("cli.word.customer"), "TEXT", a.t("cli.word.text"), "TRAIT", a.t("cli.word.trait"),
		"FILE", a.t("cli.word.file"), "NAME", a.t("cli.word.name"), "ROLE", a.t("cli.word.role"), "FIELD=VALUE", a.t("cli.word.field"),
		"VERDICT", a.t("cli.word.verdict"), "REV", a.t("cli.word.rev"), "VERB", a.t("cli.word.verb"))
	c.Use = r.Replace(c.Use)
	for _, sub := range c.Commands() {
		a.translate(sub)
	}
}

// group makes a verb that only holds others; without one of them it lists.
func (a *app) group(use, short string, list func(*cobra.Command, []string) error, subs ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: a.verbsOnly, RunE: list}
	c.AddCommand(subs...)
	return c
}

// on makes the run of a verb that works on the book of the call.
func (a *app) on(create bool, do func(ctx context.Context, b ui.Book, args []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) (err error) {
		b, err := a.open(c.Context(), ui.Opening{Create: create})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, b.Close()) }()
		return do(c.Context(), b, args)
	}
}

// console shows the screens, or says what to use where there is no terminal for
// them.
func (a *app) console(c *cobra.Command) (err error) {
	if !a.screens() {
		return a.noTerminal(c.Root())
	}
	b, err := a.open(c.Context(), ui.Opening{Create: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	return a.Console(c.Context(), b, Options{Text: a.tx, Version: a.Version})
}

// screens reports whether the console can be shown here.
func (a *app) screens() bool { return a.Interactive && a.Console != nil && a.Env("TERM") != "dumb" }

// noTerminal lists the verbs: somebody called the console where there is none.
func (a *app) noTerminal(root *cobra.Command) error {
	w := a.Err
	say := func(s string) { _, _ = io.WriteString(w, s+"\n") }
	say(a.t("cli.noterminal"))
	var rows [][]string
	for _, v := range root.Commands() {
		if v.IsAvailableCommand() && v.Name() != "completion" {
			rows = append(rows, []string{v.Name(), v.Short})
		}
	}
	for _, l := range table(rows) {
		say("  " + l)
	}
	say(a.t("cli.noterminal.help"))
	return errSaid{model.KindUsage}
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

// helpWriter puts the headings of the help in the language of the call: fang
// writes them in English, each in a write of its own.
func (a *app) helpWriter(w io.Writer) io.Writer {
	f, ok := w.(*os.File)
	if a.tx.Lang() == "en" || !ok {
		return w
	}
	return &headings{File: f, words: map[string]string{
		"USAGE": a.t("cli.head.usage"), "EXAMPLES": a.t("cli.head.examples"),
		"COMMANDS": a.t("cli.head.commands"), "FLAGS": a.t("cli.head.flags"),
	}}
}

// headings is a terminal's file, so that it is known as one, that changes
// headings as they pass.
type headings struct {
	*os.File
	words map[string]string
}

// WriteString is Write: the file's own would go past it.
func (h *headings) WriteString(s string) (int, error) { return h.Write([]byte(s)) }

// Write changes a line that is a heading and nothing else.
func (h *headings) Write(p []byte) (int, error) {
	word := strings.TrimSpace(ansi.Strip(string(p)))
	to, ok := h.words[word]
	if !ok {
		return h.File.Write(p) //nolint:wrapcheck // the file's own error
	}
	if _, err := h.File.Write(bytes.Replace(p, []byte(word), []byte(to), 1)); err != nil {
		return 0, err //nolint:wrapcheck // the file's own error
	}
	return len(p), nil
}
