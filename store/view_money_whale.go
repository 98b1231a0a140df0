package store

import (
	"bytes"
	"context"
	"slices"

	"pasvorm/model"
)

const (
	whalePoints = 200 // most points of the curve
	whaleLines  = 20  // most customers listed at either end
)

// whale is the work of adding up all relations.
type whale struct {
	*view
	ctx   context.Context //nolint:containedctx // lives as long as the walk
	rates model.Rates
	all   []relation
	at    map[model.ID]int // place in all
	seen  int
}

// relation is one customer with a margin. In memory are all of them.
type relation struct {
	id      model.ID
	minutes [model.Activities]int32
	profit  int64 // margin less what is not minutes, until they are known
}

// gather reads who has a margin, and then what each of them cost.
func (w *whale) gather(today model.Day, progress func(done, total int)) error {
	bad := false
	walk(w.der, spaceWorth, nil, func(k, _ []byte) bool {
		margin, _, id, ok := worthOf(k)
		if bad = !ok; bad {
			return false
		}
		if !w.hidden(id) {
			w.at[id] = len(w.all)
			w.all = append(w.all, relation{id: id, profit: margin})
		}
		return w.going()
	})
	walk(w.der, spaceAccount, nil, func(k, v []byte) bool {
		a, ok := accountOf(v)
		if bad = bad || !ok || len(k) != len(model.NoID); bad {
			return false
		}
		if r := w.of(model.ID(k)); r != nil {
			r.profit -= a.direct
		}
		return w.going()
	})
	if bad {
		return corrupt(string(spaceWorth), "key")
	}
	from := monthOf(model.MoneySince(today).Month())
	for n := range monthNumber(model.MoneyMonths) {
		if err := w.month(from + n); err != nil {
			return err
		}
		progress(int(n)+1, model.MoneyMonths)
	}
	for i := range w.all {
		r := &w.all[i]
		var minutes [model.Activities]int
		for a, m := range r.minutes {
			minutes[a] = int(m)
		}
		r.profit -= w.rates.Cost(minutes)
	}
	slices.SortFunc(w.all, func(a, b relation) int {
		switch {
		case a.profit > b.profit:
			return -1
		case a.profit < b.profit:
			return 1
		}
		return bytes.Compare(a.id[:], b.id[:])
	})
	return w.ctx.Err()
}

// month adds what one month cost. Exceptions stand under their topic as well:
// their cost is taken from the standards alone.
func (w *whale) month(m monthNumber) error {
	err := eachCell(w.der, model.ByTopic, m, m, func(_ monthNumber, _ string, id model.ID, t *model.Tally) bool {
		if r := w.of(id); r != nil {
			for a, n := range t.Minutes() {
				r.minutes[a] += int32(min(n, 1<<30)) //nolint:gosec // bounded in this line
			}
		}
		return w.going()
	})
	if err != nil {
		return err
	}
	err = eachCell(w.der, model.ByStandard, m, m, func(_ monthNumber, _ string, id model.ID, t *model.Tally) bool {
		if r := w.of(id); r != nil {
			r.profit -= t[model.CountCost]
		}
		return w.going()
	})
	if err != nil {
		return err
	}
	return w.ctx.Err()
}

func (w *whale) of(id model.ID) *relation {
	if i, ok := w.at[id]; ok {
		return &w.all[i]
	}
	return nil
}

// going looks now and then whether the work is still wanted.
func (w *whale) going() bool {
	w.seen++
	return w.seen%8192 != 0 || w.ctx.Err() == nil
}

// curve adds the profits up, the best first. The curve begins at nought, so the
// highest point of a book without any profit is there.
func (w *whale) curve() model.Whale {
	n := len(w.all)
	out := model.Whale{Customers: n}
	points := min(n, whalePoints)
	next := 1
	for i := range w.all {
		out.Total += w.all[i].profit
		if out.Total > out.Peak {
			out.Peak, out.PeakAt = out.Total, i+1
		}
		if next <= points && i+1 == next*n/points {
			out.Curve = append(out.Curve, out.Total)
			next++
		}
	}
	return out
}

// best and worst are the ends of the order. Nobody is in both: in a small book
// the middle one is among the best.
func (w *whale) best() []relation { return w.all[:min(whaleLines, (len(w.all)+1)/2)] }

func (w *whale) worst() []relation {
	out := slices.Clone(w.all[len(w.all)-min(whaleLines, len(w.all)/2):])
	slices.Reverse(out)
	return out
}

// lines reads the customers that are listed, with all of their money.
func (w *whale) lines(of []relation, play *model.Playbook, today model.Day) ([]model.WhaleLine, error) {
	out := make([]model.WhaleLine, 0, len(of))
	for _, r := range of {
		c, err := model.Find[*model.Customer](w.r, model.CustomerKey(r.id))
		if err != nil {
			return nil, err
		}
		if c == nil {
			return nil, corrupt(string(spaceWorth), "customer")
		}
		f, err := model.Find[*model.Finance](w.r, model.FinanceKey(r.id))
		if err != nil {
			return nil, err
		}
		asked, err := model.FindAll[*model.Exception](w.r, model.TableKey(model.TableException, r.id))
		if err != nil {
			return nil, err
		}
		out = append(out, model.WhaleLine{Customer: r.id, Name: c.Name, Money: w.moneyOf(c, f, asked, play, today)})
	}
	return out, nil
}
