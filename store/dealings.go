package store

import (
	"errors"
	"slices"
	"time"

	"pasvorm/model"
)

// latestContacts is how many contacts a customer's detail shows; the timeline
// has them all.
const latestContacts = 20

// fillDealings reads what a customer's detail holds beyond traits and verdicts.
func (v *view) fillDealings(d *model.Detail, play *model.Playbook, now time.Time) error {
	id, out := d.Customer.ID, &d.Dealings
	var e [10]error
	out.Promises, e[0] = model.FindAll[*model.Promise](v.r, model.TableKey(model.TablePromise, id))
	out.Exceptions, e[1] = model.FindAll[*model.Exception](v.r, model.TableKey(model.TableException, id))
	out.Terms, e[2] = model.FindAll[*model.Terms](v.r, model.TableKey(model.TableTerms, id))
	out.Surveys, e[3] = model.FindAll[*model.Survey](v.r, model.TableKey(model.TableSurvey, id))
	out.Farewells, e[4] = model.FindAll[*model.Farewell](v.r, model.TableKey(model.TableFarewell, id))
	out.Lessons, e[5] = model.FindAll[*model.Lesson](v.r, model.TableKey(model.TableLesson, id))
	out.Banner, e[6] = model.Find[*model.Banner](v.r, model.BannerKey(id))
	out.Finance, e[7] = model.Find[*model.Finance](v.r, model.FinanceKey(id))
	out.Hurts, e[8] = v.hurtLines(id)
	out.Contacts, e[9] = v.latest(id, latestContacts)
	if err := errors.Join(e[:]...); err != nil {
		return err
	}
	if out.Banner != nil && out.Banner.Until < model.DayOf(now) {
		out.Banner = nil
	}
	slices.SortStableFunc(out.Promises, promiseOrder)
	slices.Reverse(out.Exceptions)
	slices.Reverse(out.Terms)
	slices.Reverse(out.Surveys)
	slices.Reverse(out.Farewells)
	slices.Reverse(out.Lessons)
	if err := v.nameStandards(out); err != nil {
		return err
	}
	out.UsedMinutes = v.usedMinutes(id, now)
	if err := v.fillStory(d, play, now); err != nil {
		return err
	}
	return v.fillMoney(d, play, now)
}

// promiseOrder puts open promises first by date, then closed ones, newest first.
func promiseOrder(a, b *model.Promise) int {
	ao, bo := a.State == model.PromiseOpen, b.State == model.PromiseOpen
	switch {
	case ao && !bo:
		return -1
	case bo && !ao:
		return 1
	case ao && a.Due < b.Due, !ao && a.ClosedOn > b.ClosedOn:
		return -1
	case ao && a.Due > b.Due, !ao && a.ClosedOn < b.ClosedOn:
		return 1
	}
	return 0
}

// hurtLines gives the improvements that are for a customer.
func (v *view) hurtLines(id model.ID) ([]model.HurtLine, error) {
	hurts, err := model.FindAll[*model.Hurt](v.r, model.TableKey(model.TableHurt, id))
	if err != nil {
		return nil, err
	}
	out := make([]model.HurtLine, 0, len(hurts))
	for _, h := range hurts {
		i, err := model.Find[*model.Improvement](v.r, model.ImprovementKey(h.Improvement))
		if err != nil {
			return nil, err
		}
		if i != nil {
			out = append(out, model.HurtLine{Hurt: h, Improvement: i})
		}
	}
	return out, nil
}

// nameStandards finds the standards and referrals that the dealings mention.
func (v *view) nameStandards(d *model.Dealings) error {
	d.Standards, d.Referrals = map[model.ID]*model.Standard{}, map[model.ID]*model.Referral{}
	standards := make([]model.ID, 0, len(d.Exceptions))
	for _, x := range d.Exceptions {
		standards = append(standards, x.Standard)
	}
	for _, t := range d.Terms {
		standards = append(standards, t.Standards...)
	}
	for _, id := range standards {
		s, err := model.Find[*model.Standard](v.r, model.StandardKey(id))
		if err != nil {
			return err
		}
		if s != nil {
			d.Standards[id] = s
		}
	}
	for _, f := range d.Farewells {
		if f.Referral == model.NoID {
			continue
		}
		g, err := model.Find[*model.Referral](v.r, model.ReferralKey(f.Referral))
		if err != nil {
			return err
		}
		if g != nil {
			d.Referrals[f.Referral] = g
		}
	}
	return nil
}

// dealers lists everybody the dealings mention.
func dealers(d *model.Dealings) []model.ID {
	var ids []model.ID
	for _, c := range d.Contacts {
		ids = append(ids, c.By)
		ids = append(ids, rulers(c.Withdrawn)...)
	}
	if d.Story.Last != nil {
		ids = append(ids, d.Story.Last.By)
	}
	for _, p := range d.Promises {
		ids = append(ids, p.By, p.Who)
		ids = append(ids, rulers(p.Closed)...)
	}
	for _, x := range d.Exceptions {
		ids = append(ids, x.By)
		ids = append(ids, rulers(x.Withdrawn)...)
	}
	for _, t := range d.Terms {
		ids = append(ids, t.By)
		ids = append(ids, rulers(t.Answered, t.Withdrawn)...)
	}
	for _, s := range d.Surveys {
		ids = append(ids, s.By)
	}
	for _, l := range d.Lessons {
		ids = append(ids, l.By)
	}
	if d.Banner != nil {
		ids = append(ids, d.Banner.By)
	}
	for _, h := range d.Hurts {
		ids = append(ids, h.Improvement.Owner)
		ids = append(ids, rulers(h.Hurt.Told, h.Improvement.Ended)...)
	}
	for _, f := range d.Farewells {
		ids = append(ids, f.Contact, f.HeardBy)
		ids = append(ids, rulers(f.Begun, f.Heard, f.Back, f.Closed)...)
		for _, r := range f.Done {
			ids = append(ids, rulers(r)...)
		}
	}
	return ids
}
