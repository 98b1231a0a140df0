package meter

import (
	"context"
	"errors"
	"io"
	"time"

	"pasvorm/model"
	"pasvorm/ui"
)

// whats are the values of the label of what is read.
var whats = []string{
	"answers", "contacts", "customer", "fairness", "farewells", "hurt", "improvements", "journal", "lessons", "mirror", "promises",
	"referrals", "review", "silent", "standards", "thermometer", "today", "twins", "views", "voices", "week", "whale",
}

// outcomes are the kinds of error that are counted apart.
var outcomes = map[model.ErrorKind]bool{
	model.KindUsage: true, model.KindInvalid: true, model.KindNotFound: true, model.KindAmbiguous: true, model.KindNotAllowed: true,
	model.KindConflict: true, model.KindBusy: true, model.KindReadOnly: true, model.KindCorrupt: true, model.KindInternal: true,
}

// Book measures what is done and read in a book; all else goes to it unseen.
func (m *Meter) Book(b ui.Book) ui.Book { return measured{Book: b, m: m} }

// measured is a book whose actions, searches and readings are timed.
type measured struct {
	ui.Book
	m *Meter
}

// acted counts one action.
func (m *Meter) acted(name model.ActionName, began time.Time, err error) {
	action := string(name)
	if _, known := model.RoleFor(name); !known {
		action = other
	}
	m.actTime.WithLabelValues(action).Observe(time.Since(began).Seconds())
	m.actions.WithLabelValues(action, outcome(err)).Inc()
}

func outcome(err error) string {
	if err == nil {
		return "ok"
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return "stopped"
	}
	if kind := model.KindOf(err); outcomes[kind] {
		return string(kind)
	}
	return other
}

// looked times a reading; to be deferred with the moment at which it began.
func (m *Meter) looked(what string, began time.Time) {
	m.read[what].Observe(time.Since(began).Seconds())
}

func (m *Meter) searched(began time.Time) { m.search.Observe(time.Since(began).Seconds()) }

// Do times an action.
func (b measured) Do(ctx context.Context, a model.Action) (model.Receipt, error) {
	began := time.Now()
	r, err := b.Book.Do(ctx, a)
	b.m.acted(a.Name(), began, err)
	return r, err
}

// DoAll times several actions as one.
func (b measured) DoAll(ctx context.Context, all []model.Action) (model.Receipt, error) {
	began := time.Now()
	r, err := b.Book.DoAll(ctx, all)
	if len(all) > 0 {
		b.m.acted(all[0].Name(), began, err)
	}
	return r, err
}

// Undo times an undo.
func (b measured) Undo(ctx context.Context, rev model.Rev, redo bool) (model.Receipt, error) {
	began := time.Now()
	r, err := b.Book.Undo(ctx, rev, redo)
	b.m.acted(model.ActUndo, began, err)
	return r, err
}

// UndoWith times an undo.
func (b measured) UndoWith(ctx context.Context, rev model.Rev, redo bool, progress func(done, total int)) (model.Receipt, error) {
	began := time.Now()
	r, err := b.Book.UndoWith(ctx, rev, redo, progress)
	b.m.acted(model.ActUndo, began, err)
	return r, err
}

// Import times a whole import, as the action that completes it.
func (b measured) Import(ctx context.Context, src io.Reader, bad io.Writer, o model.ImportOptions, progress func(model.ImportProgress)) (model.ImportReport, error) {
	began := time.Now()
	r, err := b.Book.Import(ctx, src, bad, o, progress)
	b.m.acted(model.ActImportDone, began, err)
	return r, err
}

// ImportRows times an import of marks or money.
func (b measured) ImportRows(ctx context.Context, kind string, src io.Reader, bad io.Writer, o model.ImportOptions, progress func(model.ImportProgress)) (model.ImportReport, error) {
	began := time.Now()
	r, err := b.Book.ImportRows(ctx, kind, src, bad, o, progress)
	name := model.ActSurveyRows
	if kind == "finance" {
		name = model.ActFinanceRows
	}
	b.m.acted(name, began, err)
	return r, err
}

// Export times an export.
func (b measured) Export(ctx context.Context, to io.Writer, filter, format string) (model.ExportReport, error) {
	began := time.Now()
	r, err := b.Book.Export(ctx, to, filter, format)
	b.m.acted(model.ActExport, began, err)
	return r, err
}

// Page times a page of customers. One of no rows is no search: it only asks how
// the book stands.
func (b measured) Page(req model.PageRequest) (model.Page, error) {
	if req.N != 0 {
		defer b.m.searched(time.Now())
	}
	return b.Book.Page(req)
}

// Found times a search.
func (b measured) Found(ctx context.Context, filter string) ([]model.ID, error) {
	defer b.m.searched(time.Now())
	return b.Book.Found(ctx, filter)
}

// Names times a search.
func (b measured) Names(text string, limit int) ([]model.NameHit, error) {
	defer b.m.searched(time.Now())
	return b.Book.Names(text, limit)
}
