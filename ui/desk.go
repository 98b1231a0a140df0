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
	// Found gives every customer that a filter finds, in no order; it ends with
	// ctx.
	Found(ctx context.Context, filter string) ([]model.ID, error)
	// Names gives the names that a text may mean, the best first: identical names
	// are one. It is what a filter's words find.
	Names(text string, limit int) ([]model.NameHit, error)
	// Twins gives customers who may be the same as a card, which need not be in
	// the book.
	Twins(card *model.Customer, limit int) ([]model.Twin, error)
	// MergePreview says what making one customer of two would do.
	MergePreview(keep, gone model.ID) (model.MergePreview, error)
	// Views gives the saved views that the person sees: the team's and their own.
	Views() ([]model.ViewLine, error)
	// Candidates gives what a text may mean; Resolve the one customer it means.
	Candidates(text string, limit int) ([]model.Row, error)
	Resolve(text string) (model.Row, error)
	Customer(model.ID) (*model.Detail, error)
	Review() (model.Queue, error)
	Journal(customer model.ID, before model.Rev, limit int) ([]model.Line, error)
	People() ([]*model.Person, error)
	// AccessKeys gives the keys to sign in with of a person, revoked ones too,
	// by when they were added; [model.NoID] for everybody's. Who is no admin gets
	// none but their own.
	AccessKeys(person model.ID) ([]*model.AccessKey, error)
	Playbook() (*model.Playbook, model.Calendar, error)
	PlaybookText() (string, error)
	CheckPlaybook(name, text string) error
	Draft(form string) (*model.Draft, error)

	// Contacts gives n contacts of a customer, newest first, after the place of
	// an earlier page; "" begins with the newest. With n below 0 they are those
	// before that place, or the oldest. Total is counted without a place only.
	Contacts(customer model.ID, from string, n int) (model.ContactPage, error)
	// Today gives what asks for attention now, of everybody or of who looks.
	Today(mine bool) (model.Today, error)
	// Promises gives promises over all customers.
	Promises(ctx context.Context, req model.PromiseRequest) (model.PromiseList, error)
	// Thermometer, Mirror, Silent, Whale and Fairness count over the book: they
	// end with ctx; progress, where given, hears how far they are.
	Thermometer(ctx context.Context, req model.ThermometerRequest, progress func(done, total int)) (model.Thermometer, error)
	Mirror(ctx context.Context, months int, progress func(done, total int)) (model.Mirror, error)
	Silent(ctx context.Context, months int) ([]model.SilentLine, error)
	Voices(ctx context.Context, months, limit int) ([]model.VoiceLine, error)
	Whale(ctx context.Context, progress func(done, total int)) (model.Whale, error)
	Fairness(ctx context.Context) (model.Fairness, error)
	Improvements() ([]model.ImprovementLine, error)
	// HurtBy gives the customers whom a standard of ours, or else a topic, hurt
	// in the last twelve months.
	HurtBy(standard model.ID, topic string) ([]model.ID, error)
	Hurt(improvement model.ID, limit int) ([]model.HurtCustomer, error)
	Standards() ([]model.StandardLine, error)
	// Week gives the seven days up to a day, "" for today; it ends with ctx.
	Week(ctx context.Context, until model.Day) (model.Week, error)
	Referrals() ([]*model.Referral, error)
	Farewells() ([]model.FarewellLine, error)
	Answers(topic string) (model.Answers, error)
	Lessons() ([]model.LessonLine, error)
}
