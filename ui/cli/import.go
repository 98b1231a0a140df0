package cli

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// importFlags are how a file is read in.
type importFlags struct {
	mapping, encoding, delimiter, bad string
	dry, yes                          bool
}

// importVerb reads customers from a file.
func (a *app) importVerb() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use: "import FILE", Short: a.t("cli.import.short"), Long: a.t("cli.import.long") + "\n\n" + a.fieldHelp(), Args: a.args(1, 1),
		Example: "pasvorm import customers.csv\npasvorm import customers.csv --map \"Klantnr=number,Naam=name\" --dry-run",
	}
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		// A name that is wrong makes no book.
		in, err := a.openFile(args[0])
		if err != nil {
			return err
		}
		_ = in.Close()
		if err := a.free(f.bad); err != nil {
			return err
		}
		b, err := a.open(c.Context(), ui.Opening{Create: !f.dry, Trial: f.dry})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, b.Close()) }()
		return a.importFile(c.Context(), b, args[0], f)
	}
	c.Flags().StringVar(&f.mapping, "map", "", a.t("cli.flag.map"))
	c.Flags().StringVar(&f.encoding, "encoding", "", a.t("cli.flag.encoding"))
	c.Flags().StringVar(&f.delimiter, "delimiter", "", a.t("cli.flag.delimiter"))
	c.Flags().StringVar(&f.bad, "bad", "", a.t("cli.flag.bad"))
	c.Flags().BoolVar(&f.dry, "dry-run", false, a.t("cli.flag.dry_import"))
	c.Flags().BoolVar(&f.yes, "yes", false, a.t("cli.flag.yes"))
	return c
}

func (a *app) importOptions(file string, f importFlags) (model.ImportOptions, error) {
	o := model.ImportOptions{File: filepath.Base(a.called(file)), Mapping: f.mapping, Encoding: f.encoding, DryRun: f.dry}
	switch d := f.delimiter; {
	case d == "":
	case d == "tab" || d == `\t`:
		o.Delimiter = '\t'
	case utf8.RuneCountInString(d) == 1:
		o.Delimiter, _ = utf8.DecodeRuneInString(d)
	default:
		return o, a.usage("cli.error.delimiter", "Text", d)
	}
	return o, nil
}

func (a *app) importFile(ctx context.Context, b ui.Book, file string, f importFlags) error {
	o, err := a.importOptions(file, f)
	if err != nil {
		return err
	}
	if a.Interactive && !f.dry && !f.yes && !a.json && file != "-" {
		if o.Mapping, err = a.agree(ctx, b, file, o); err != nil {
			if errors.Is(err, errPause) {
				a.line(a.t("cli.import.left"))
				return nil
			}
			return err
		}
	}
	bad := a.badFile(file, f)
	rep, err := a.readIn(ctx, b, file, o, bad)
	if e := bad.Close(); e != nil {
		err = e // the cause of what the import met
	}
	if err != nil {
		return err
	}
	return a.readInto(rep, o, f, bad.path)
}

// readInto says what became of a file. Where standard output holds its bad
// lines, it goes to standard error.
func (a *app) readInto(rep model.ImportReport, o model.ImportOptions, f importFlags, bad string) error {
	a.parts.mapping(rep.Mapping)
	if f.bad == "-" {
		a.Out = a.Err
	}
	if a.json {
		return a.object(struct {
			model.ImportReport
			BadFile string `json:"bad_file,omitempty"`
		}{withLists(rep), bad})
	}
	a.printImport(rep, o.DryRun)
	if bad != "" {
		a.line(a.t("cli.import.bad_file", "File", kit.Clean(bad)))
	}
	return nil
}

// withLists makes lists that hold nothing lists in JSON too.
func withLists(r model.ImportReport) model.ImportReport {
	if r.LeftOut == nil {
		r.LeftOut = []string{}
	}
	if r.BadRows == nil {
		r.BadRows = []model.BadRow{}
	}
	return r
}

// readIn runs one import of the file with progress on a terminal.
func (a *app) readIn(ctx context.Context, b ui.Book, file string, o model.ImportOptions, bad io.Writer) (model.ImportReport, error) {
	in, err := a.openFile(file)
	if err != nil {
		return model.ImportReport{}, err
	}
	defer func() { _ = in.Close() }()
	o.Size = a.sizeOf(file, in)
	bar := &bar{app: a, size: o.Size}
	defer bar.end()
	return b.Import(ctx, in, bad, o, bar.draw)
}

// agree shows what would be read in and asks whether that is right. It gives
// the mapping that the person agreed to.
func (a *app) agree(ctx context.Context, b ui.Book, file string, o model.ImportOptions) (string, error) {
	return a.agreeTo(ctx, o, func(o model.ImportOptions, bad io.Writer) (model.ImportReport, error) {
		return a.readIn(ctx, b, file, o, bad)
	})
}

// agreeTo is agree for whatever kind of file read reads.
func (a *app) agreeTo(ctx context.Context, o model.ImportOptions, read func(model.ImportOptions, io.Writer) (model.ImportReport, error)) (string, error) {
	k := newAsker(a.In, a.Out)
	o.DryRun = true
	for {
		rep, err := read(o, io.Discard)
		switch {
		case err != nil && o.Mapping != "" && slices.Contains([]model.ErrorKind{model.KindInvalid, model.KindUsage}, model.KindOf(err)):
			k.say(a.say.Error(err))
		case err != nil:
			return "", err
		default:
			a.printImport(rep, true)
		}
		said, err := k.ask(ctx, a.t("cli.import.ask"))
		switch {
		case err != nil:
			return "", err
		case strings.Contains(said, "="):
			o.Mapping = said
		case strings.EqualFold(said, a.t("cli.answer.yes")) && rep.Mapping != "":
			return rep.Mapping, nil
		case strings.EqualFold(said, a.t("cli.answer.no")):
			return "", errPause
		}
	}
}

// shownRows is how many rows of a preview and how many bad lines are printed.
const shownRows, shownBad = 5, 10

func (a *app) printImport(r model.ImportReport, dry bool) {
	delimiter := r.Delimiter
	if delimiter == "\t" {
		delimiter = "tab"
	}
	a.line(a.t("cli.import.read", "Encoding", r.Encoding, "Delimiter", delimiter))
	a.line(a.t("cli.import.mapping", "Mapping", kit.Clean(r.Mapping)))
	if len(r.LeftOut) > 0 {
		a.line(a.t("cli.import.left_out", "Columns", kit.Clean(strings.Join(r.LeftOut, ", "))))
	}
	for _, n := range r.Notes {
		a.line(a.say.Message(n))
	}
	for _, row := range r.Preview[:min(len(r.Preview), shownRows)] {
		var parts []string
		for _, f := range model.Fields() {
			if v := row[f.ID]; v != "" {
				parts = append(parts, a.say.FieldLabel(f.ID)+": "+a.say.FieldValue(f.ID, v))
			}
		}
		a.line("  " + strings.Join(append(parts, a.rowPreview(row)...), " · "))
	}
	for _, l := range r.BadRows[:min(len(r.BadRows), shownBad)] {
		a.line("! " + a.t("cli.import.bad_line", "Line", l.Line, "Why", a.say.Message(l.Reason)))
	}
	done := "cli.import.done"
	if dry {
		done = "cli.import.would"
	}
	a.line(a.tx.N(done, r.Rows, "Added", a.tx.Int(r.Added), "Updated", a.tx.Int(r.Updated), "Bad", a.tx.Int(r.Bad)))
	if r.Doubles > 0 {
		a.line(a.tx.N("cli.import.doubles", r.Doubles))
	}
	if r.Resumed {
		a.line(a.t("cli.import.resumed"))
	}
}

// badFile is the file for lines that could not be read in. It is made with the
// first of them.
type badFile struct {
	make func() (io.WriteCloser, string, error) // nil: such lines are only counted
	f    io.WriteCloser
	path string
	err  error
}

// badFile gives the place for the bad lines of a file: where the person said,
// or beside it.
func (a *app) badFile(file string, f importFlags) *badFile {
	switch {
	case f.dry: // nothing is written
		return &badFile{}
	case a.over.parted:
		return &badFile{make: func() (io.WriteCloser, string, error) { return unclosed{a.parts.bad()}, "", nil }}
	case f.bad == "-":
		return &badFile{make: func() (io.WriteCloser, string, error) { return unclosed{a.Out}, "", nil }}
	case f.bad != "":
		return &badFile{make: func() (io.WriteCloser, string, error) {
			w, err := a.create(f.bad)
			return w, f.bad, err
		}}
	case file == "-":
		return &badFile{}
	}
	return &badFile{make: func() (io.WriteCloser, string, error) { return a.Beside(file) }}
}

// unclosed is a stream that others go on with.
type unclosed struct{ io.Writer }

// Close leaves it open.
func (unclosed) Close() error { return nil }

// Write keeps bad lines.
func (b *badFile) Write(p []byte) (int, error) {
	if b.make == nil {
		return len(p), nil
	}
	if b.f == nil && b.err == nil {
		b.f, b.path, b.err = b.make()
	}
	if b.err != nil {
		return 0, b.err
	}
	return b.f.Write(p) //nolint:wrapcheck // a fault of the file
}

// Close ends the file if there is one, and tells what was wrong with it.
func (b *badFile) Close() error {
	if b.err != nil || b.f == nil {
		return b.err
	}
	return b.f.Close() //nolint:wrapcheck // a fault of the file
}
