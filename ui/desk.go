// Package ui is every way in for people. It declares here what it needs of the
// book and knows nothing of how that is kept.
package ui

import (
	"context"
	"time"

	"pasvorm/model"
)

// Desk is the book as one person has it in front of them. Reading never waits
// for writing; every method may be called from several goroutines.
type Desk interface {
	// Do carries out one action; DoAll several of one kind as one change.
	Do(context.Context, model.Action) (model.Receipt, error)
	DoAll(context.Context, []model.Action) (model.Receipt, error)
	// Undo takes back the person's newest change (revision 0) or the one a
	// revision belongs to; with redo it puts the last one back.
	Undo(ctx context.Context, rev model.Rev, redo bool) (model.Receipt, error)
	// UndoPreview says what Undo would do.
	UndoPreview(rev model.Rev, redo bool) (model.UndoPreview, error)
	// Watch wakes when the book changed; stop ends it.
	Watch() (woken <-chan struct{}, stop func())

	Me() (model.Me, error)
	Now() time.Time
	Info() (*model.BookInfo, error)
	Totals() (model.Totals, error)
	Page(model.PageRequest) (model.Page, error)
	// Candidates gives what a text may mean; Resolve the one customer it means.
	Candidates(text string, limit int) ([]model.Row, error)
	Resolve(text string) (model.Row, error)
	Customer(model.ID) (*model.Detail, error)
	Review() (model.Queue, error)
	Journal(customer model.ID, before model.Rev, limit int) ([]model.Line, error)
	People() ([]*model.Person, error)
	Playbook() (*model.Playbook, model.Calendar, error)
	PlaybookText() (string, error)
	CheckPlaybook(name, text string) error
	Draft(form string) (*model.Draft, error)
}
