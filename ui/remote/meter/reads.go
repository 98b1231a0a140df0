package meter

import (
	"context"
	"time"

	"pasvorm/model"
)

// Twins times the reading.
func (b measured) Twins(card *model.Customer, limit int) ([]model.Twin, error) {
	defer b.m.looked("twins", time.Now())
	return b.Book.Twins(card, limit)
}

// Views times the reading.
func (b measured) Views() ([]model.ViewLine, error) {
	defer b.m.looked("views", time.Now())
	return b.Book.Views()
}

// Customer times the reading.
func (b measured) Customer(id model.ID) (*model.Detail, error) {
	defer b.m.looked("customer", time.Now())
	return b.Book.Customer(id)
}

// Contacts times the reading.
func (b measured) Contacts(customer model.ID, from string, n int) (model.ContactPage, error) {
	defer b.m.looked("contacts", time.Now())
	return b.Book.Contacts(customer, from, n)
}

// Review times the reading.
func (b measured) Review() (model.Queue, error) {
	defer b.m.looked("review", time.Now())
	return b.Book.Review()
}

// Journal times the reading.
func (b measured) Journal(customer model.ID, before model.Rev, limit int) ([]model.Line, error) {
	defer b.m.looked("journal", time.Now())
	return b.Book.Journal(customer, before, limit)
}

// Today times the reading.
func (b measured) Today(mine bool) (model.Today, error) {
	defer b.m.looked("today", time.Now())
	return b.Book.Today(mine)
}

// Promises times the reading.
func (b measured) Promises(ctx context.Context, req model.PromiseRequest) (model.PromiseList, error) {
	defer b.m.looked("promises", time.Now())
	return b.Book.Promises(ctx, req)
}

// Thermometer times the reading.
func (b measured) Thermometer(ctx context.Context, req model.ThermometerRequest, progress func(done, total int)) (model.Thermometer, error) {
	defer b.m.looked("thermometer", time.Now())
	return b.Book.Thermometer(ctx, req, progress)
}

// Mirror times the reading.
func (b measured) Mirror(ctx context.Context, months int, progress func(done, total int)) (model.Mirror, error) {
	defer b.m.looked("mirror", time.Now())
	return b.Book.Mirror(ctx, months, progress)
}

// Silent times the reading.
func (b measured) Silent(ctx context.Context, months int) ([]model.SilentLine, error) {
	defer b.m.looked("silent", time.Now())
	return b.Book.Silent(ctx, months)
}

// Voices times the reading.
func (b measured) Voices(ctx context.Context, months, limit int) ([]model.VoiceLine, error) {
	defer b.m.looked("voices", time.Now())
	return b.Book.Voices(ctx, months, limit)
}

// Whale times the reading.
func (b measured) Whale(ctx context.Context, progress func(done, total int)) (model.Whale, error) {
	defer b.m.looked("whale", time.Now())
	return b.Book.Whale(ctx, progress)
}

// Fairness times the reading.
func (b measured) Fairness(ctx context.Context) (model.Fairness, error) {
	defer b.m.looked("fairness", time.Now())
	return b.Book.Fairness(ctx)
}

// Improvements times the reading.
func (b measured) Improvements() ([]model.ImprovementLine, error) {
	defer b.m.looked("improvements", time.Now())
	return b.Book.Improvements()
}

// HurtBy times the reading.
func (b measured) HurtBy(standard model.ID, topic string) ([]model.ID, error) {
	defer b.m.looked("hurt", time.Now())
	return b.Book.HurtBy(standard, topic)
}

// Hurt times the reading.
func (b measured) Hurt(improvement model.ID, limit int) ([]model.HurtCustomer, error) {
	defer b.m.looked("hurt", time.Now())
	return b.Book.Hurt(improvement, limit)
}

// Standards times the reading.
func (b measured) Standards() ([]model.StandardLine, error) {
	defer b.m.looked("standards", time.Now())
	return b.Book.Standards()
}

// Week times the reading.
func (b measured) Week(ctx context.Context, until model.Day) (model.Week, error) {
	defer b.m.looked("week", time.Now())
	return b.Book.Week(ctx, until)
}

// Referrals times the reading.
func (b measured) Referrals() ([]*model.Referral, error) {
	defer b.m.looked("referrals", time.Now())
	return b.Book.Referrals()
}

// Farewells times the reading.
func (b measured) Farewells() ([]model.FarewellLine, error) {
	defer b.m.looked("farewells", time.Now())
	return b.Book.Farewells()
}

// Answers times the reading.
func (b measured) Answers(topic string) (model.Answers, error) {
	defer b.m.looked("answers", time.Now())
	return b.Book.Answers(topic)
}

// Lessons times the reading.
func (b measured) Lessons() ([]model.LessonLine, error) {
	defer b.m.looked("lessons", time.Now())
	return b.Book.Lessons()
}
