package store

import (
	"context"
	"errors"
	"io"
	"strings"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/exchange"
)

// maxRowsRun is how many lines of such a file are written as one batch.
const maxRowsRun = 2048

// The kinds of file that [Session.ImportRows] reads.
const (
	rowsFinance = "finance"
	rowsSurveys = "surveys"
)

// rowsImport is a file about known customers on its way into the book.
type rowsImport struct {
	s        *Session
	b        *Book
	o        model.ImportOptions
	kind     string
	sheet    *exchange.Sheet
	in       *input
	bad      *badWriter
	fields   *exchange.Fields
	play     *model.Playbook
	today    model.Day
	rep      model.ImportReport
	id       model.ID // names the group
	offset   int64
	progress func(model.ImportProgress)
	known    int // surveys that were in the book already
}

// ImportRows reads marks or money from a file: kind is "surveys" or "finance".
// A line is about a customer who is in the book, by our number or else by a name
// that one customer alone bears. Lines that make no sense are reported and
// copied to bad, below the header, as they came; the rest goes on. Lines are
// written as they are read, in batches that share a group, so one undo takes the
// whole back. A file that was stopped is read in anew: money is set to the same,
// and what a customer said is not noted twice.
//
// Src is read at any place if it can be (a file), else it is copied to a
// temporary file first. Bad may be nil. Progress is called from this goroutine.
func (s *Session) ImportRows(ctx context.Context, kind string, src io.Reader, bad io.Writer, o model.ImportOptions, progress func(model.ImportProgress)) (model.ImportReport, error) {
	if progress == nil {
		progress = func(model.ImportProgress) {}
	}
	r := &rowsImport{s: s, b: s.book, o: o, kind: kind, progress: progress, id: s.book.opt.NewID()}
	switch kind {
	case rowsFinance:
		r.sheet = exchange.FinanceSheet
	case rowsSurveys:
		r.sheet = exchange.SurveySheet
	default:
		return r.rep, model.NewError(model.KindInternal, "error.internal")
	}
	in, err := openInput(ctx, src, s.book.tempDir())
	if err != nil {
		return r.rep, wrap(err)
	}
	r.in, r.bad = in, newBadWriter(in, bad)
	err = errors.Join(r.work(ctx), r.bad.out.Flush(), in.close())
	r.report()
	return r.rep, stoppedRows(err)
}

// stoppedRows words an error, and says of a file that was stopped how to go on.
func stoppedRows(err error) error {
	err = wrap(err)
	if isError(err, "error.stopped") {
		return &model.Error{Kind: model.KindOf(err), ID: "error.rows.stopped", Hint: "hint.rows.again", Cause: err}
	}
	return err
}

func (r *rowsImport) work(ctx context.Context) error {
	if err := r.plan(); err != nil {
		return err
	}
	play, _, err := r.s.Playbook()
	if err != nil {
		return err
	}
	r.play, r.today = play, model.DayOf(r.b.now())
	file, err := r.in.open(r.in.opts)
	if err != nil {
		return inputError(err)
	}
	rows, size := r.runSize()
	start, _ := file.Position()
	for end := false; !end; {
		c := &run{from: start, to: start}
		for len(c.lines) < rows && c.to-c.from < size && !c.end && c.err == nil {
			start = c.read(file, start)
		}
		start = c.to
		if c.err != nil {
			return inputError(c.err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.run(ctx, c.lines); err != nil {
			return err
		}
		r.offset, end = c.to, c.end
		r.progress(model.ImportProgress{Rows: r.rep.Added + r.rep.Updated + r.rep.Bad + r.known, Bytes: r.offset, Phase: phaseRows})
	}
	rep := file.Report()
	r.rep.Encoding, r.rep.Delimiter = rep.Encoding, string(rep.Delimiter)
	if rep.FallbackLine > 0 {
		r.rep.Notes = append(r.rep.Notes, model.Say("note.import.fallback", "Count", rep.Fallback, "Line", rep.FallbackLine))
	}
	r.progress(model.ImportProgress{Rows: r.rep.Added + r.rep.Updated + r.rep.Bad + r.known, Bytes: r.offset, Phase: phaseDone})
	return nil
}

// runSize gives how many lines a batch may have: each changes two records at
// most, and the journal adds two.
func (r *rowsImport) runSize() (rows int, size int64) {
	l := r.b.eng.Limits()
	return max(1, min(maxRowsRun, r.b.load.rows, l.Operations/2-3)), int64(max(1, min(runBytes, l.Bytes/16)))
}

// plan finds out how the file is to be read and what its columns hold.
func (r *rowsImport) plan() error {
	in := r.in
	in.opts = exchange.Options{Encoding: r.o.Encoding, Delimiter: r.o.Delimiter}
	if err := in.look(); err != nil {
		return err
	}
	if r.sheet.Headless(in.header) {
		in.opts.NoHeader = true
		if err := in.look(); err != nil {
			return err
		}
	}
	in.mapping = r.sheet.Propose(in.header)
	if strings.TrimSpace(r.o.Mapping) != "" {
		m, err := r.sheet.Parse(r.o.Mapping, in.header)
		if err != nil {
			return inputError(err)
		}
		in.mapping = m
	}
	r.rep.Mapping = in.mapping.String()
	r.fields = in.mapping.Fields()
	who, what := 0, 0
	for _, link := range in.mapping {
		switch link.Field {
		case exchange.Number, exchange.Name:
			who++
		case exchange.Since, exchange.AsOf, exchange.On: // say nothing by themselves
		default:
			what++
		}
	}
	switch {
	case who == 0:
		return model.Invalid("error.rows.no-customer", "Mapping", r.rep.Mapping).WithHint("hint.import.map")
	case what == 0:
		return model.Invalid("error.rows.no-value", "Mapping", r.rep.Mapping).WithHint("hint.import.map")
	}
	return nil
}

// line is one line with what it says of whom.
type rowsLine struct {
	*fileLine
	finance model.FinanceRow
	survey  model.SurveyRow
	name    string
}

// run takes a run of lines: finds their customers and writes what they say.
func (r *rowsImport) run(ctx context.Context, lines []fileLine) error {
	good := make([]rowsLine, 0, len(lines))
	err := r.s.snapshot(func(v *view) error {
		for i := range lines {
			l := rowsLine{fileLine: &lines[i]}
			err := r.read(v, &l)
			switch kind := model.KindOf(err); {
			case err == nil:
				good = append(good, l)
			case kind == model.KindInvalid:
				if err := r.refuse(&l, err); err != nil {
					return err
				}
			default:
				return err
			}
		}
		return nil
	})
	if err != nil || len(good) == 0 {
		return err
	}
	return r.write(ctx, good)
}

// read makes of a line what it says.
func (r *rowsImport) read(v *view, l *rowsLine) error {
	if l.bad != "" {
		return model.Invalid(l.bad)
	}
	r.fields.Row = l.cells
	c, err := v.whom(r.fields.Text(exchange.Number), r.fields.Text(exchange.Name))
	if err != nil {
		return err
	}
	l.name = c.Name
	if r.kind == rowsFinance {
		l.finance.Customer = c.ID
		if err := readFinance(r.fields, &l.finance.Account); err != nil {
			return err
		}
		return l.finance.Check(r.today)
	}
	l.survey.Customer = c.ID
	if err := readReply(r.fields, &r.play.Desk, &l.survey.Reply); err != nil {
		return err
	}
	return l.survey.Check(&r.play.Desk, r.today)
}

// write carries a run out, or only decides it. When a rule of the book refuses
// it, its halves are tried, until the line is found that it is about.
func (r *rowsImport) write(ctx context.Context, lines []rowsLine) error {
	ch, err := r.decide(ctx, lines)
	switch kind := model.KindOf(err); {
	case err == nil:
	case kind != model.KindInvalid && kind != model.KindNotFound:
		return err
	case len(lines) == 1:
		return r.refuse(&lines[0], err)
	default:
		half := len(lines) / 2
		if err := r.write(ctx, lines[:half]); err != nil {
			return err
		}
		return r.write(ctx, lines[half:])
	}
	for i := range lines {
		if len(r.rep.Preview) < maxPreview && r.o.DryRun {
			r.rep.Preview = append(r.rep.Preview, r.preview(&lines[i]))
		}
	}
	if r.kind == rowsFinance {
		r.rep.Updated += len(lines)
		return nil
	}
	r.known += ch.Left
	r.rep.Added += len(lines) - ch.Left
	return nil
}

func (r *rowsImport) decide(ctx context.Context, lines []rowsLine) (*model.Change, error) {
	var a model.Action
	file := model.BaseName(r.o.File)
	if r.kind == rowsFinance {
		rows := make([]model.FinanceRow, len(lines))
		for i := range lines {
			rows[i] = lines[i].finance
		}
		a = model.FinanceRows{Import: r.id, File: file, Rows: rows}
	} else {
		rows := make([]model.SurveyRow, len(lines))
		for i := range lines {
			rows[i] = lines[i].survey
		}
		a = model.SurveyRows{Import: r.id, File: file, Rows: rows}
	}
	if r.o.DryRun {
		w := &work{book: r.b, actor: r.s.actor, op: r.id, group: r.id}
		err := r.b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error { return w.decide(tx, der, []model.Action{a}) })
		if err != nil {
			return nil, wrap(err)
		}
		return w.changes[0], nil
	}
	w, err := r.b.doWork(ctx, r.s.actor, []model.Action{a}, r.id)
	if err != nil {
		return nil, err
	}
	return w.changes[0], nil
}

func (r *rowsImport) refuse(l *rowsLine, why error) error {
	r.rep.Bad++
	if len(r.rep.BadRows) < maxBadRows {
		r.rep.BadRows = append(r.rep.BadRows, model.BadRow{Line: l.line, Reason: reason(why)})
	}
	return r.bad.line(l.from, l.to)
}

// report completes what the person hears, also of a file that was stopped.
func (r *rowsImport) report() {
	rep := &r.rep
	rep.Rows = rep.Added + rep.Updated + rep.Bad + r.known
	if !r.o.DryRun && rep.Added+rep.Updated > 0 {
		rep.Import = r.id
	}
	if r.known > 0 {
		rep.Notes = append(rep.Notes, model.Say("note.rows.known", "Count", r.known))
	}
	for _, link := range r.in.mapping.LeftOut(r.in.header, r.in.width) {
		if link.Header != "" {
			rep.LeftOut = append(rep.LeftOut, link.Header)
		}
	}
	if rep.Delimiter == "" && r.in.opts.Delimiter != 0 {
		rep.Delimiter = string(r.in.opts.Delimiter)
	}
}
