package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// doctorLine is what the checking process tells the one that started it: one
// object a line, of which one field is set.
type doctorLine struct {
	At     int                 `json:"at,omitempty"`
	Report *model.DoctorReport `json:"report,omitempty"`
	Failed string              `json:"failed,omitempty"` // worded
	Kind   model.ErrorKind     `json:"kind,omitempty"`
}

// doctorVerb checks the book. The walk runs in a process of its own: a file
// that is damaged in the wrong place can end the process that maps it, and
// that must not be the one with the terminal.
func (a *app) doctorVerb() *cobra.Command {
	rebuild, here, noted := false, false, ""
	c := &cobra.Command{
		Use: "doctor", Short: a.t("cli.doctor.short"), Long: a.t("cli.doctor.long"), Args: a.args(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			head, err := a.headOf(noted)
			if err != nil {
				return err
			}
			if a.Remote {
				return a.doctorServed(c.Context(), rebuild, head)
			}
			if here {
				return a.doctorHere(c.Context(), rebuild, head)
			}
			return a.doctor(c.Context(), rebuild, noted)
		},
	}
	c.Flags().BoolVar(&rebuild, "rebuild", false, a.t("cli.flag.rebuild"))
	c.Flags().StringVar(&noted, "head", "", a.t("cli.flag.head"))
	c.Flags().BoolVar(&here, "here", false, "")
	_ = c.Flags().MarkHidden("here")
	return c
}

// notedHead is the head of a journal at a revision, as doctor printed it once.
type notedHead struct {
	rev  model.Rev
	head model.Hex
}

// headOf reads REV:HEX; "" is none.
func (a *app) headOf(s string) (*notedHead, error) {
	if s == "" {
		return nil, nil //nolint:nilnil // no head was noted
	}
	rev, digits, _ := strings.Cut(s, ":")
	n, err := strconv.ParseUint(rev, 10, 64)
	h := &notedHead{rev: model.Rev(n)}
	if err != nil || n == 0 || h.head.UnmarshalText([]byte(digits)) != nil || len(h.head) == 0 {
		return nil, a.usage("cli.error.head_form", "Text", s)
	}
	return h, nil
}

// doctorHere does the work and tells it in JSON.
func (a *app) doctorHere(ctx context.Context, rebuild bool, head *notedHead) error {
	tell := func(l doctorLine) { _ = writeJSON(a.Out, l) }
	progress := func(n int) { tell(doctorLine{At: n}) }
	rep, err := a.examine(ctx, rebuild, head, progress)
	if err != nil {
		tell(doctorLine{Failed: a.sentence(err), Kind: model.KindOf(err)})
		return errSaid{model.KindOf(err)}
	}
	tell(doctorLine{Report: &rep})
	return nil
}

func (a *app) examine(ctx context.Context, rebuild bool, head *notedHead, progress func(int)) (rep model.DoctorReport, err error) {
	b, err := a.open(ctx, ui.Opening{})
	if err != nil {
		return rep, err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	if rebuild {
		if err := a.mayRebuild(b); err != nil {
			return rep, err
		}
		if err := b.Rebuild(ctx, progress); err != nil {
			return rep, err
		}
	}
	if rep, err = b.Doctor(ctx, progress); err != nil || head == nil {
		return rep, err
	}
	switch err = b.VerifyHead(head.rev, head.head); {
	case err != nil && model.KindOf(err) == model.KindCorrupt:
		rep.Faults = append(rep.Faults, model.Fault{Where: "journal/" + strconv.FormatUint(uint64(head.rev), 10), What: "doctor.fault.noted"})
		return rep, nil
	default:
		return rep, err
	}
}

// doctorServed checks the book within the process that has it open: no other can
// open it. Making indexes anew keeps a whole desk waiting, so it is for admins.
func (a *app) doctorServed(ctx context.Context, rebuild bool, head *notedHead) error {
	wait := &bar{app: a}
	rep, err := a.examine(ctx, rebuild, head, func(n int) {
		wait.show(0, 0, a.t("cli.doctor.at", "Count", a.tx.Int(n)))
	})
	wait.end()
	if err != nil {
		return err
	}
	return a.printReport(rep, rebuild)
}

// mayRebuild refuses making indexes anew over a line to all but admins.
func (a *app) mayRebuild(b ui.Book) error {
	me, err := b.Me()
	if err != nil || !a.Remote || me.Role >= model.RoleAdmin {
		return err
	}
	return model.NotAllowed("error.attach.rebuild").WithHint("hint.ask-admin")
}

// doctor starts the check and prints what it found.
func (a *app) doctor(ctx context.Context, rebuild bool, head string) error {
	args := []string{"doctor", "--here", "--book", a.path(), "--lang", a.tx.Lang()}
	if a.as != "" {
		args = append(args, "--as", a.as)
	}
	if rebuild {
		args = append(args, "--rebuild")
	}
	if head != "" {
		args = append(args, "--head", head)
	}
	cmd, err := a.Self(ctx, args...)
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err //nolint:wrapcheck // a fault of the system
	}
	cmd.Stderr = io.Discard // a crash is told below, in words
	if err := cmd.Start(); err != nil {
		return err //nolint:wrapcheck // a fault of the system
	}
	last := a.listen(out)
	_ = cmd.Wait() // what it told counts, not how it ended
	switch {
	case ctx.Err() != nil:
		return ctx.Err() //nolint:wrapcheck // worded as it is
	case last.Failed != "":
		a.printWorded(last.Kind, last.Failed)
		return errSaid{last.Kind}
	case last.Report == nil:
		return model.NewError(model.KindCorrupt, "cli.error.doctor_died").WithHint("cli.hint.restore")
	}
	return a.printReport(*last.Report, rebuild)
}

// listen follows the check to its last word.
func (a *app) listen(out io.Reader) (last doctorLine) {
	s := bufio.NewScanner(out)
	s.Buffer(nil, 16<<20)
	for s.Scan() {
		var l doctorLine
		if json.NewDecoder(bytes.NewReader(s.Bytes())).Decode(&l) != nil {
			continue
		}
		if last = l; l.At > 0 && a.ErrTerminal {
			_, _ = fmt.Fprintf(a.Err, "\r%s", kit.Fit(a.t("cli.doctor.at", "Count", a.tx.Int(l.At)), 60))
		}
	}
	if a.ErrTerminal {
		_, _ = fmt.Fprintf(a.Err, "\r%s\r", kit.Fit("", 60))
	}
	return last
}

// printWorded prints a sentence that another process made of its error.
func (a *app) printWorded(kind model.ErrorKind, s string) {
	if a.json {
		_ = writeJSON(a.Err, errorJSON{Error: s, Kind: kind, Code: exitCode(errSaid{kind})})
		return
	}
	_, _ = fmt.Fprintln(a.Err, "pasvorm: "+kit.Clean(s))
}

func (a *app) printReport(rep model.DoctorReport, rebuilt bool) error {
	if rep.Faults == nil {
		rep.Faults = []model.Fault{}
	}
	index := true
	for _, f := range rep.Faults {
		index = index && f.Index
	}
	if a.json {
		if err := a.object(rep); err != nil {
			return err
		}
	} else {
		if rebuilt {
			a.line(a.t("cli.doctor.rebuilt"))
		}
		for _, f := range rep.Faults {
			a.line("! " + kit.Clean(f.Where) + ": " + a.t(f.What))
		}
		a.line(a.t("cli.doctor.count", "Records", a.tx.Int(rep.Records), "Entries", a.tx.Int(rep.Entries)))
		a.line(a.t("cli.doctor.head", "Rev", uint64(rep.Rev), "Head", rep.Head.String()))
	}
	if len(rep.Faults) == 0 {
		if !a.json {
			a.line(a.t("cli.doctor.clean"))
		}
		return nil
	}
	err := model.NewError(model.KindCorrupt, "cli.error.faults", "Number", len(rep.Faults)).WithHint("cli.hint.restore")
	if index {
		err = err.WithHint("cli.hint.rebuild")
	}
	return err
}
