package store

import (
	"context"
	"encoding/binary"
	"time"

	"pasvorm/model"
)

// fillMoney makes the relation in money of a customer.
func (v *view) fillMoney(d *model.Detail, play *model.Playbook, now time.Time) error {
	d.Dealings.Money = v.moneyOf(d.Customer, d.Dealings.Finance, d.Dealings.Exceptions, play, model.DayOf(now))
	return nil
}

// moneyOf adds up what is known of a customer's money.
func (v *view) moneyOf(c *model.Customer, fin *model.Finance, asked []*model.Exception, play *model.Playbook, today model.Day) model.Money {
	since := model.MoneySince(today)
	f := model.MoneyFacts{Revenue: c.Revenue, Margin: c.Margin, Included: c.Minutes}
	if fin != nil {
		f.Direct, f.Arrears = fin.Direct, fin.Arrears
	}
	for _, x := range asked {
		if x.State == model.ExceptionGranted && x.Withdrawn == nil && x.Day >= since {
			f.Deviations += x.Cost
		}
	}
	v.spent(&f, c.ID, numberOf(since))
	return model.MoneyOf(&f, play.Desk.Rates)
}

// spent adds the minutes that a customer took since a day, and of those the
// minutes of repeat traffic. Whether the first contacts of that time are repeat
// traffic depends on those in the window before.
func (v *view) spent(f *model.MoneyFacts, id model.ID, since dayNumber) {
	const zones = 2 // days by which a moment may lie off its day at the desk
	from := model.StampOf((since - model.RepeatDays - zones).day().Time(time.UTC))
	threads := map[string][]trace{}
	walkFrom(v.der, spaceTimeline, binary.BigEndian.AppendUint64(id[:], uint64(from)), func(k, val []byte) bool { //nolint:gosec // as in timelineKey
		if !hasPrefix(k, id[:]) {
			return false
		}
		t, ok := traceOf(k, val)
		if !ok || t.day < since-model.RepeatDays {
			return true // damage is for the doctor to tell
		}
		threads[t.topic] = append(threads[t.topic], t)
		if t.day >= since {
			for a, m := range t.minutes {
				f.Minutes[a] += m
			}
		}
		return true
	})
	for _, thread := range threads {
		issues(thread, model.RepeatDays, func(run []int) {
			for _, i := range run[1:] {
				if thread[i].day < since {
					continue
				}
				for a, m := range thread[i].minutes {
					f.Repeat[a] += m
				}
			}
		})
	}
}

// Whale gives the profit of all relations with a margin over the months of
// [model.MoneySince], the most profitable first (article 001). Customers are
// told apart by what the applier keeps of their money and their minutes; only
// those that are listed are read. It ends with ctx.
func (s *Session) Whale(ctx context.Context, progress func(done, total int)) (model.Whale, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	var out model.Whale
	err := s.snapshot(func(v *view) error {
		play, _, _, err := s.book.playbookAt(v.tx)
		if err != nil {
			return err
		}
		w := &whale{view: v, ctx: ctx, rates: play.Desk.Rates, at: map[model.ID]int{}}
		today := model.DayOf(s.book.now())
		if err := w.gather(today, progress); err != nil {
			return err
		}
		out = w.curve()
		out.Rev = model.Rev(v.tx.Rev())
		if out.Best, err = w.lines(w.best(), play, today); err != nil {
			return err
		}
		out.Worst, err = w.lines(w.worst(), play, today)
		return err
	})
	return out, err
}
