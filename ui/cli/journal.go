package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// journalVerb lists what was done, newest first.
func (a *app) journalVerb() *cobra.Command {
	limit, before := 0, uint64(0)
	c := &cobra.Command{
		Use: "journal [CUSTOMER]", Short: a.t("cli.journal.short"), Args: a.args(0, -1),
		RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error {
			id := model.NoID
			if len(args) > 0 {
				row, err := b.Resolve(strings.Join(args, " "))
				if err != nil {
					return err
				}
				id = row.ID
			}
			lines, err := b.Journal(id, model.Rev(before), max(1, limit))
			if err != nil {
				return err
			}
			return a.printLines(b, lines)
		}),
	}
	c.Flags().IntVar(&limit, "limit", 50, a.t("cli.flag.limit"))
	c.Flags().Uint64Var(&before, "before", 0, a.t("cli.flag.before"))
	return c
}

func (a *app) printLines(b ui.Desk, lines []model.Line) error {
	now := b.Now()
	for _, l := range lines {
		words := a.say.Message(l.Message)
		if a.json {
			if err := a.object(lineJSON{l, words}); err != nil {
				return err
			}
			continue
		}
		who := kit.Clean(l.Person)
		if l.Real != "" {
			who = a.t("cli.journal.as", "Real", kit.Clean(l.Real), "Person", who)
		}
		undone, why := "", ""
		if l.Undone {
			undone = a.t("cli.journal.undone")
		}
		if l.Why != "" {
			why = a.t("cli.journal.why", "Why", kit.Clean(l.Why))
		}
		rev := ""
		if l.Rev > 0 {
			rev = strconv.FormatUint(uint64(l.Rev), 10)
		}
		a.line(kit.Fit(rev, 6) + "  " + list(" · ", a.tx.DateTime(l.At.Time().In(now.Location()), now), who, words, why, undone))
	}
	return nil
}

func (a *app) undoVerb() *cobra.Command {
	return a.undoLike("undo [REV]", a.t("cli.undo.short"), a.t("cli.undo.long"), false)
}

func (a *app) redoVerb() *cobra.Command {
	return a.undoLike("redo [REV]", a.t("cli.redo.short"), "", true)
}

func (a *app) undoLike(use, short, long string, redo bool) *cobra.Command {
	dry := false
	c := &cobra.Command{
		Use: use, Short: short, Long: long, Args: a.args(0, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			rev := uint64(0)
			if len(args) > 0 {
				var err error
				if rev, err = strconv.ParseUint(args[0], 10, 64); err != nil || rev == 0 {
					return a.usage("cli.error.rev", "Text", args[0])
				}
			}
			if dry {
				return a.undoDry(b, model.Rev(rev), redo)
			}
			bar := &bar{app: a}
			r, err := b.UndoWith(ctx, model.Rev(rev), redo, bar.step)
			bar.end()
			if err != nil {
				return err
			}
			return a.receipt(r)
		}),
	}
	c.Flags().BoolVar(&dry, "dry-run", false, a.t("cli.flag.dry_undo"))
	return c
}

func (a *app) undoDry(b ui.Desk, rev model.Rev, redo bool) error {
	p, err := b.UndoPreview(rev, redo)
	if err != nil {
		return err
	}
	return a.printLines(b, []model.Line{p.Line})
}
