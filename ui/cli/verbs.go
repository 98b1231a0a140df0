package cli

import (
	"errors"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"pasvorm/ui"
)

// initVerb makes a book and says who its admin is.
func (a *app) initVerb() *cobra.Command {
	group := ""
	c := &cobra.Command{
		Use: "init", Short: a.t("cli.init.short"), Long: a.t("cli.init.long"), Args: a.args(0, 0),
		RunE: func(c *cobra.Command, _ []string) (err error) {
			b, err := a.open(c.Context(), ui.Opening{Create: true, Fresh: true, Group: group})
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, b.Close()) }()
			me, err := b.Me()
			if err != nil {
				return err
			}
			if a.json {
				return a.object(map[string]string{"book": a.path(), "admin": me.Name, "group": group})
			}
			a.line(a.t("cli.init.done", "Path", a.path(), "Person", me.Name))
			return nil
		},
	}
	c.Flags().StringVar(&group, "group", "", a.t("cli.flag.group"))
	return c
}

// demoVerb opens a throw-away book of invented customers.
func (a *app) demoVerb() *cobra.Command {
	return &cobra.Command{
		Use: "demo", Short: a.t("cli.demo.short"), Long: a.t("cli.demo.long"), Args: a.args(0, 0),
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if !a.screens() {
				return a.usage("cli.error.demo")
			}
			_, _ = fmt.Fprintln(a.Err, a.t("cli.demo.making"))
			b, err := a.Library.OpenSample(c.Context(), a.tx.Lang())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, b.Close()) }()
			return a.Console(c.Context(), b, Options{Text: a.tx, Version: a.Version})
		},
	}
}

func (a *app) versionVerb() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: a.t("cli.version.short"), Args: a.args(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if a.json {
				return a.object(map[string]string{"version": a.Version, "go": runtime.Version()})
			}
			a.line("pasvorm " + a.Version)
			return nil
		},
	}
}

// completionVerb prints what a shell needs to complete words.
func (a *app) completionVerb() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use: "completion bash|zsh|fish|powershell", Short: a.t("cli.completion.short"), Args: a.args(1, 1), ValidArgs: shells,
		RunE: func(c *cobra.Command, args []string) error {
			root := c.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.Out, true) //nolint:wrapcheck // the writer's own error
			case "zsh":
				return root.GenZshCompletion(a.Out) //nolint:wrapcheck // the writer's own error
			case "fish":
				return root.GenFishCompletion(a.Out, true) //nolint:wrapcheck // the writer's own error
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(a.Out) //nolint:wrapcheck // the writer's own error
			}
			return a.usage("cli.error.shell", "Shell", args[0])
		},
	}
}
