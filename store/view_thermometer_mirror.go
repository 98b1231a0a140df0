package store

import (
	"cmp"
	"context"
	"slices"

	"pasvorm/model"
)

// Mirror shows our own procedures as customers met them in the last months, this
// one included (0 is 12, 36 at most): article 002 has us look at what we impose
// before we look at who complains of it.
//
//   - Procedures are the lines of our register, of every kind, of which somebody
//     asked an exception in the period, by the day on which it was asked. They
//     are ranked by refused exceptions and lost deals together; one that was
//     refused and lost a deal weighs double.
//   - Topics are the friction topics of the playbook (article 001) with an
//     annoyance in a survey, a refused exception or a failed contact in the
//     period, ranked by the three together.
//   - Behind are the distinct customers behind each count over the whole period.
//     Issues that cannot be judged yet are left out as [Session.Thermometer] says.
//   - Improves are the improvements, dropped ones left out, that name the
//     standard, oldest first.
//
// Progress, where given, hears how many contacts were seen. It ends early with ctx.
func (s *Session) Mirror(ctx context.Context, months int, progress func(done, total int)) (model.Mirror, error) {
	var out model.Mirror
	err := s.snapshot(func(v *view) error {
		play, _, _, err := s.book.playbookAt(v.tx)
		if err != nil {
			return err
		}
		g, err := newGauge(ctx, v, model.DayOf(s.book.now()), model.ThermometerRequest{Months: months}, progress)
		if err != nil {
			return err
		}
		if err := g.days(); err != nil {
			return err
		}
		if err := g.customers(); err != nil {
			return err
		}
		m := model.Mirror{From: g.out.From, Until: g.out.Until, Rev: g.out.Rev, Topics: frictions(g, play)}
		if m.Procedures, err = g.procedures(); err != nil {
			return err
		}
		out = m
		return nil
	})
	return out, err
}

// frictions ranks the topics on which a relation chafes.
func frictions(g *gauge, play *model.Playbook) []model.TopicTally {
	out := []model.TopicTally{}
	weight := func(t *model.TopicTally) int64 {
		return t.Tally[model.CountAnnoyances] + t.Tally[model.CountRefused] + t.Tally[model.CountFailed]
	}
	for _, t := range g.out.Topics {
		if topic, ok := play.Desk.Topic(t.Key); ok && topic.Friction && weight(&t) > 0 {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b model.TopicTally) int {
		return cmp.Or(cmp.Compare(weight(&b), weight(&a)), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// procedures ranks what customers asked us to bend.
func (g *gauge) procedures() ([]model.ProcedureLine, error) {
	out := []model.ProcedureLine{}
	improves := map[model.ID][]*model.Improvement{}
	all, err := model.FindAll[*model.Improvement](g.v.r, model.TableKey(model.TableImprovement, model.NoID))
	if err != nil {
		return nil, err
	}
	for _, i := range all {
		if i.Standard != model.NoID && i.State != model.ImprovementDropped {
			improves[i.Standard] = append(improves[i.Standard], i)
		}
	}
	for key, tally := range g.asked {
		id, ok := model.ParseID(key)
		if !ok {
			continue
		}
		standard, err := model.Find[*model.Standard](g.v.r, model.StandardKey(id))
		if err != nil {
			return nil, err
		}
		if standard == nil {
			continue // gone, with whatever asked for it on its way out
		}
		line := model.ProcedureLine{Standard: standard, Tally: *tally, Improves: improves[id]}
		if behind := g.crowd.asked[key]; behind != nil {
			line.Behind = behind.behind
		}
		out = append(out, line)
	}
	weight := func(t *model.Tally) int64 { return t[model.CountRefused] + t[model.CountLost] }
	slices.SortFunc(out, func(a, b model.ProcedureLine) int {
		return cmp.Or(cmp.Compare(weight(&b.Tally), weight(&a.Tally)),
			cmp.Compare(b.Tally[model.CountAsked], a.Tally[model.CountAsked]), cmp.Compare(a.Standard.Name, b.Standard.Name))
	})
	return out, nil
}
