package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"

	"pasvorm/model"
)

// Phases of an import, as progress names them.
const (
	phaseRows  = "rows"
	phaseIndex = "index"
	phaseDone  = "done"
)

// importer is one import at work. Rows go through four stages, each of which
// works on a run of its own at the same time: reading the file, making
// customers of rows and encoding them, writing, and sorting the index keys of
// what was written.
type importer struct {
	s        *Session
	b        *Book
	o        model.ImportOptions
	in       *input
	bad      *badWriter
	imp      *model.Import // as it stands in the book
	rep      model.ImportReport
	conv     *converter
	prep     *preparer
	progress func(model.ImportProgress)

	runs    *importRuns
	doubles *doubles
	partial atomic.Bool // the runs do not hold all of the import's customers as they stand
}

// Import reads customers from a file. Rows are written unseen, in batches that
// share a group, and become visible together at the end, so one undo takes the
// whole back. A row whose number is known changes the fields it fills of that
// customer, at once. Lines that make no sense are reported and copied to bad,
// below the header, as they came; the rest goes on.
//
// An import that was stopped, in whatever way, goes on when the same file (by
// its SHA-256) is read in again, as the book says how far it came. Until then
// none of its new customers is seen.
//
// Src is read at any place if it can be (a file), else it is copied to a
// temporary file first. Bad may be nil. Progress is called from this goroutine.
func (s *Session) Import(ctx context.Context, src io.Reader, bad io.Writer, o model.ImportOptions, progress func(model.ImportProgress)) (model.ImportReport, error) {
	if progress == nil {
		progress = func(model.ImportProgress) {}
	}
	in, err := openInput(ctx, src, s.book.tempDir())
	if err != nil {
		return model.ImportReport{}, wrap(err)
	}
	i := &importer{s: s, b: s.book, o: o, in: in, bad: newBadWriter(in, bad), progress: progress}
	err = errors.Join(i.work(ctx), i.bad.out.Flush(), in.close())
	i.report()
	return i.rep, stopped(err)
}

// stopped words an error, and says of an import that was stopped how it goes on.
func stopped(err error) error {
	err = wrap(err)
	var e *model.Error
	if errors.As(err, &e) && e.ID == "error.stopped" {
		return &model.Error{Kind: e.Kind, ID: "error.import.stopped", Hint: "hint.import.again", Cause: e.Cause}
	}
	return err
}

func (i *importer) work(ctx context.Context) error {
	if !i.o.DryRun {
		if err := i.in.sum(ctx); err != nil {
			return err
		}
		if err := i.find(); err != nil {
			return err
		}
	}
	words := i.o.Mapping
	if i.rep.Resumed && strings.TrimSpace(words) == "" {
		words = i.imp.Mapping
	}
	if err := i.in.plan(i.o, words); err != nil {
		return err
	}
	i.rep.Mapping = i.in.mapping.String()
	if i.rep.Resumed && i.rep.Mapping != i.imp.Mapping {
		return model.Invalid("error.import.mapping", "Mapping", i.imp.Mapping).WithHint("hint.import.undo")
	}
	if err := i.start(ctx); err != nil {
		return err
	}
	dir := i.b.tempDir()
	i.runs, i.doubles = newImportRuns(dir), newDoubles(dir)
	err := i.rows(ctx)
	if err == nil && !i.o.DryRun {
		err = i.finish(ctx)
	}
	return errors.Join(err, i.runs.close(), i.doubles.keys.close())
}

// find looks for an import of the same file that was not finished.
func (i *importer) find() error {
	return i.s.snapshot(func(v *view) error {
		all, err := model.FindAll[*model.Import](v.r, model.Key(string(byte(model.TableImport))))
		if err != nil {
			return err
		}
		for _, imp := range all {
			same := bytes.Equal(imp.Digest, i.in.digest)
			switch {
			case same && imp.State == model.ImportLoading:
				i.imp, i.rep.Resumed = imp, true
				i.partial.Store(true)
			case same:
				i.rep.Notes = append(i.rep.Notes, model.Say("note.import.again", "File", imp.File))
			case imp.State == model.ImportLoading:
				i.rep.Notes = append(i.rep.Notes, model.Say("note.import.unfinished", "File", imp.File))
			}
		}
		return nil
	})
}

// start opens the import, unless one goes on, and prepares the conversion.
func (i *importer) start(ctx context.Context) error {
	if i.imp == nil {
		i.imp = &model.Import{ID: i.b.opt.NewID(), File: model.BaseName(i.o.File), At: model.StampOf(i.b.now())}
		if !i.o.DryRun {
			a := model.ImportStart{ID: i.imp.ID, File: i.imp.File, Digest: i.in.digest, Mapping: i.rep.Mapping}
			if _, err := i.b.do(ctx, i.s.actor, []model.Action{a}, i.imp.ID); err != nil {
				return err
			}
			if err := i.reload(); err != nil {
				return err
			}
		}
	}
	owners := map[string]model.ID{}
	people, err := i.s.People()
	if err != nil {
		return err
	}
	for _, p := range people {
		if !p.Gone {
			owners[model.FoldPerson(p.Name)] = p.ID
		}
	}
	i.conv = newConverter(i.imp, i.in.mapping, owners)
	i.prep = &preparer{book: i.b, conv: i.conv, bad: i.bad}
	return nil
}

func (i *importer) reload() error {
	return i.s.snapshot(func(v *view) error {
		imp, err := model.Find[*model.Import](v.r, model.ImportKey(i.imp.ID))
		if err == nil && imp == nil {
			return model.NotFound("error.import.gone").WithHint("hint.again")
		}
		i.imp = imp
		return err
	})
}

// rows runs the stages until the file ends.
func (i *importer) rows(ctx context.Context) error {
	opts := i.in.opts
	opts.StartOffset, opts.StartLine = i.imp.Offset, i.imp.Line
	r, err := i.in.open(opts)
	if err != nil {
		return inputError(err)
	}
	ctx, cancel := context.WithCancel(ctx)
	size, bytes := i.b.runSize()
	read, ready, written := make(chan *run, 1), make(chan *run, 1), make(chan *run, 2)
	var wg sync.WaitGroup
	var prepErr, sortErr error
	wg.Go(func() { readRuns(ctx, r, i.imp.Offset, size, bytes, read) })
	wg.Go(func() {
		defer close(ready)
		for c := range read {
			if prepErr == nil {
				prepErr = i.prep.run(ctx, c)
			}
			if prepErr != nil {
				cancel()
				continue
			}
			select {
			case ready <- c:
			case <-ctx.Done():
				prepErr = ctx.Err() // a run that is dropped must not be followed by another
			}
		}
	})
	wg.Go(func() {
		for c := range written {
			if sortErr == nil {
				sortErr = i.sort(c)
			}
		}
	})
	var failed error
	for c := range ready {
		if failed == nil {
			if failed = i.write(ctx, c, written); failed != nil {
				cancel()
			}
		}
	}
	stop := context.Cause(ctx)
	cancel()
	close(written)
	wg.Wait()
	rep := r.Report()
	i.rep.Encoding, i.rep.Delimiter = rep.Encoding, string(rep.Delimiter)
	if rep.FallbackLine > 0 {
		i.rep.Notes = append(i.rep.Notes, model.Say("note.import.fallback", "Count", rep.Fallback, "Line", rep.FallbackLine))
	}
	switch { // what came first, before what followed from it
	case prepErr != nil && !errors.Is(prepErr, context.Canceled):
		return prepErr
	case failed != nil && !errors.Is(failed, context.Canceled):
		return failed
	case stop != nil:
		return stop
	}
	return errors.Join(prepErr, failed, sortErr)
}

// write is the third stage.
func (i *importer) write(ctx context.Context, c *run, written chan<- *run) error {
	if c.err != nil {
		return inputError(c.err)
	}
	if i.o.DryRun {
		return i.count(c)
	}
	if len(c.act.Rows) > 0 || c.act.Bad > 0 {
		w, err := i.b.doWork(ctx, i.s.actor, []model.Action{c.act}, i.imp.ID)
		if err != nil {
			return err
		}
		for _, p := range w.changes[0].Puts {
			switch rec := p.After.(type) {
			case *sealedCustomer:
				c.added = append(c.added, rec.Customer)
			case *model.Customer:
				// A row of this file that came again in a later run.
				if bytes.Equal(rec.ID[:importPrefix], i.imp.ID[:importPrefix]) {
					i.partial.Store(true)
				}
			case *model.Import:
				i.imp = rec
			}
		}
	}
	close(c.done)
	c.act, c.cards, c.slab = model.ImportRows{}, nil, nil
	i.tell(phaseRows)
	select {
	case written <- c:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

func (i *importer) tell(phase string) {
	i.progress(model.ImportProgress{Rows: i.imp.Added + i.imp.Updated + i.imp.Bad, Bytes: i.imp.Offset, Phase: phase})
}

// sort is the fourth stage.
func (i *importer) sort(c *run) error {
	for _, card := range c.added {
		if i.partial.Load() {
			return nil // all of it is read again at the end
		}
		if err := errors.Join(i.runs.add(card), i.doubles.add(card, true)); err != nil {
			return err
		}
	}
	return nil
}

// finish brings the customers into the indexes, finds the doubles among them
// and makes all of it visible with one batch.
func (i *importer) finish(ctx context.Context) error {
	i.tell(phaseIndex)
	if i.partial.Load() {
		if err := errors.Join(i.runs.close(), i.doubles.keys.close()); err != nil {
			return err
		}
		err := i.b.eachOfImport(ctx, i.imp.ID, func(c *model.Customer) error {
			return errors.Join(i.runs.add(c), i.doubles.add(c, true))
		})
		if err != nil {
			return err
		}
	}
	pairs, found, err := i.index(ctx)
	if err != nil {
		return err
	}
	i.tell(phaseIndex)
	i.rep.Doubles = len(pairs)
	if found > len(pairs) {
		i.rep.Notes = append(i.rep.Notes, model.Say("note.import.doubles", "Queued", len(pairs), "Count", found))
	}
	a := model.ImportFinish{Import: i.imp.ID, Doubles: pairs}
	if _, err := i.b.do(ctx, i.s.actor, []model.Action{a}, i.imp.ID); err != nil {
		return err
	}
	i.tell(phaseDone)
	return nil
}
