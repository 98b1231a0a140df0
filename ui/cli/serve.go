package cli

import (
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"pasvorm/ui/say"
	"pasvorm/ui/text"
)

// serveVerb has this process own the book, for everybody who comes over SSH or
// through its socket.
func (a *app) serveVerb() *cobra.Command {
	o := ServeOptions{}
	c := &cobra.Command{
		Use: "serve", Short: a.t("cli.serve.short"), Long: a.t("cli.serve.long"), Args: a.args(0, 0),
		Example: "pasvorm serve\npasvorm serve --listen 127.0.0.1:2222\npasvorm serve --print-settings > pasvorm.toml",
		RunE: func(c *cobra.Command, _ []string) error {
			if a.Remote || a.Serve == nil {
				return a.usage("cli.error.serve")
			}
			o.Text, o.Book, o.Out = a.tx, a.path(), a.Out
			return a.Serve(c.Context(), o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.Listen, "listen", "", a.t("cli.flag.serve_listen"))
	f.StringVar(&o.Socket, "socket", "", a.t("cli.flag.serve_socket"))
	f.StringVar(&o.Settings, "settings", "", a.t("cli.flag.serve_settings"))
	f.StringVar(&o.HostKey, "host-key", "", a.t("cli.flag.serve_key"))
	f.BoolVar(&o.Print, "print-settings", false, a.t("cli.flag.serve_print"))
	return c
}

// verbs holds the name of every verb.
var verbs = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	tx, err := text.Load("en")
	if err != nil {
		return out
	}
	a := &app{tx: tx, say: say.Speaker{Text: tx}}
	for _, c := range a.root().Commands() {
		out[c.Name()] = true
	}
	return out
})

// VerbOf names the verb of a call, "?" for one that is none: what else stands in
// a call is not for logs.
func VerbOf(args []string) string {
	for i, s := range args {
		if verbs()[s] {
			return s
		}
		// A word that is neither the first nor follows a flag is an argument.
		if !strings.HasPrefix(s, "-") && (i == 0 || !strings.HasPrefix(args[i-1], "-")) {
			break
		}
	}
	return "?"
}
