package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
)

// Groups of verbs in the help.
const (
	groupCustomer = "customer"
	groupDecide   = "decide"
	groupLearn    = "learn"
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

		Version: a.Version, SilenceUsage: true, SilenceErrors: true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	f := c.PersistentFlags()
	f.StringVar(&a.book, "book", "", a.t("cli.flag.book"))
	f.StringVar(&a.as, "as", "", a.t("cli.flag.as"))
	f.StringVar(&a.socket, "socket", "", a.t("attach.flag.socket"))
	f.StringVar(&a.lang, "lang", "", a.t("cli.flag.lang"))
	f.BoolVar(&a.json, "json", false, a.t("cli.flag.json"))
	f.BoolP("help", "h", false, a.t("cli.flag.help"))
	a.over.declare(f)
	c.PersistentPreRunE = a.begun
	c.Flags().BoolP("version", "v", false, a.t("cli.flag.version"))
	c.SetFlagErrorFunc(a.flagError)
	c.SuggestionsMinimumDistance = 2
	c.AddGroup(&cobra.Group{ID: groupCustomer, Title: a.t("cli.group.customer")},
		&cobra.Group{ID: groupDecide, Title: a.t("cli.group.decide")},
		&cobra.Group{ID: groupLearn, Title: a.t("cli.group.learn")},
		&cobra.Group{ID: groupBook, Title: a.t("cli.group.book")})
	add := func(group string, verbs ...*cobra.Command) {
		for _, v := range verbs {
			v.GroupID = group
			c.AddCommand(v)
		}
	}
	add(groupCustomer, a.findVerb(), a.viewsVerb(), a.showVerb(), a.addVerb(), a.editVerb(), a.tagVerb(), a.untagVerb(),
		a.contestVerb(), a.confirmVerb(), a.flagVerb())
	add(groupCustomer, a.logVerb(), a.storyVerb(), a.contactsVerb(), a.contactVerb(), a.bannerVerb())
	add(groupCustomer, a.promiseVerb())
	add(groupDecide, a.todayVerb(), a.fitVerb(), a.reviewVerb(), a.journalVerb(), a.undoVerb(), a.redoVerb())
	add(groupLearn, a.thermometerVerb(), a.mirrorVerb(), a.silentVerb())
	add(groupLearn, a.improvementVerb(), a.answerVerb(), a.lessonVerb(), a.fairnessVerb())
	add(groupCustomer, a.moneyVerb(), a.financeVerb(), a.surveyVerb())
	add(groupLearn, a.whaleVerb())
	add(groupCustomer, a.twinsVerb(), a.mergeVerb())
	add(groupCustomer, a.exceptionVerb(), a.termsVerb())
	add(groupDecide, a.standardVerb())
	add(groupDecide, a.farewellVerb(), a.referralVerb())
	add(groupLearn, a.reportVerb())
	add(groupBook, a.importVerb(), a.exportVerb(), a.peopleVerb(), a.whoVerb(), a.tellVerb(), a.playbookVerb(), a.doctorVerb(), a.initVerb(),
		a.demoVerb(), a.serveVerb(), a.completionVerb(), a.manVerb(), a.versionVerb())
	add(groupBook, a.attachVerb())
	c.SetHelpCommand(a.helpVerb(c))
	c.SetHelpFunc(a.printHelp)
	a.translate(c)
	a.notOverALine(c)
	complete(c)
	return c
}

// complete says what a shell may offer: the keys of traits and verdicts, and
// files only where a file is named.
func complete(c *cobra.Command) {
	if c.ValidArgsFunction == nil && len(c.ValidArgs) == 0 && !slices.Contains([]string{"import", "check", "load"}, c.Name()) {
		var second []string
		switch c.Name() {
		case "tag", "untag", "contest", "confirm", "stands", "goes":
			for _, t := range model.Traits() {
				second = append(second, string(t))
			}
		case "otherwise":
			for _, v := range model.FitVerdicts() {
				second = append(second, string(v))
			}
		}
		c.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 1 {
				return second, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
	}
	for _, sub := range c.Commands() {
		complete(sub)
	}
}

// translate puts the words that stand for arguments in the language of the call.
func (a *app) translate(c *cobra.Command) {
	r := strings.NewReplacer("CUSTOMER", a.t("cli.word.customer"), "TEXT", a.t("cli.word.text"), "TRAIT", a.t("cli.word.trait"),
		"FILE", a.t("cli.word.file"), "NAME", a.t("cli.word.name"), "ROLE", a.t("cli.word.role"), "FIELD=VALUE", a.t("cli.word.field"),
		"VERDICT", a.t("cli.word.verdict"), "IMPROVEMENT", a.t("cli.word.improvement"), "ANSWER", a.t("cli.word.answer"), "LESSON", a.t("cli.word.lesson"), "WORDS", a.t("cli.word.words"), "NUMBER", a.t("cli.word.number"), "REV", a.t("cli.word.rev"), "VERB", a.t("cli.word.verb"), "QUERY", a.t("cli.word.query"), "STEP", a.t("cli.word.step"))
	var each func(*cobra.Command)
	each = func(c *cobra.Command) {
		c.Use = r.Replace(c.Use)
		for _, sub := range c.Commands() {
			each(sub)
		}
	}
	each(c)
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
