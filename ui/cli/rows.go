package cli

import (
	"context"
	"errors"
	"io"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// rowsFile reads a file about known customers: first, on a terminal, it shows
// what would be read and asks whether that is right.
func (a *app) rowsFile(ctx context.Context, b ui.Book, kind, file string, f importFlags) error {
	o, err := a.importOptions(file, f)
	if err != nil {
		return err
	}
	read := func(o model.ImportOptions, bad io.Writer) (model.ImportReport, error) {
		return a.readRows(ctx, b, kind, file, o, bad)
	}
	if a.Interactive && !f.dry && !f.yes && !a.json && file != "-" {
		if o.Mapping, err = a.agreeTo(ctx, o, read); err != nil {
			if errors.Is(err, errPause) {
				a.line(a.t("cli.import.left"))
				return nil
			}
			return err
		}
	}
	bad := a.badFile(file, f)
	rep, err := read(o, bad)
	if e := bad.Close(); e != nil {
		err = e // the cause of what the import met
	}
	if err != nil {
		return err
	}
	return a.readInto(rep, o, f, bad.path)
}

// readRows runs one reading of the file with progress on a terminal.
func (a *app) readRows(ctx context.Context, b ui.Book, kind, file string, o model.ImportOptions, bad io.Writer) (model.ImportReport, error) {
	in, err := a.openFile(file)
	if err != nil {
		return model.ImportReport{}, err
	}
	defer func() { _ = in.Close() }()
	o.Size = a.sizeOf(file, in)
	bar := &bar{app: a, size: o.Size}
	defer bar.end()
	return b.ImportRows(ctx, kind, in, bad, o, bar.draw)
}

// rowFields are the fields of a preview that are none of a customer, in order.
var rowFields = []string{"direct", "arrears", "since", "as_of", "mark", "describe", "better", "topics", "felt", "on"}

// rowPreview words what a row of a preview says beyond the fields of a customer.
func (a *app) rowPreview(row map[string]string) []string {
	var parts []string
	for _, id := range rowFields {
		v := row[id]
		if v == "" {
			continue
		}
		if cents, ok := model.ParseMoney(v); ok && (id == "direct" || id == "arrears") {
			v = a.tx.Money(cents)
		}
		parts = append(parts, a.say.FieldLabel(id)+": "+kit.Clean(v))
	}
	return parts
}
