package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// fairness shows how tags are used, by who noted them and by the kind of
// customer: for a talk, and no ranking of people.
type fairness struct{ listing }

func newFairness(env *Env) kit.Screen {
	s := &fairness{}
	s.listing = newListing(env, listSpec{
		title: env.T("fairness.title"),
		empty: []string{env.T("fairness.empty"), env.T("fairness.empty.next")},
		work:  s.work,
	})
	return s
}

// Title is the screen's name.
func (s *fairness) Title() string { return s.env.T("fairness.title") }

// Update takes a message.
func (s *fairness) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *fairness) work() listWork {
	e, role := s.env, s.env.Me.Role
	return func(ctx context.Context, _ func(done, total int)) (listContent, error) {
		if role < model.RoleLead {
			return listContent{empty: []string{e.T("fairness.lead"), e.T("fairness.lead.next")}}, nil
		}
		f, err := e.Desk.Fairness(ctx)
		if err != nil || len(f.Taggers) == 0 {
			return listContent{}, err
		}
		all, tagged := 0, 0
		for _, n := range f.Share {
			all += n
		}
		taggers, kinds := listSection{heading: e.T("fairness.taggers")}, listSection{heading: e.T("fairness.kinds")}
		for _, t := range f.Taggers {
			tagged += t.Sightings
			taggers.rows = append(taggers.rows, e.fairRow(t, t.Name))
		}
		shares := listSection{heading: e.T("fairness.shares")}
		for _, t := range f.Kinds {
			name := e.Say.Kind(model.CustomerKind(t.Key))
			kinds.rows = append(kinds.rows, e.fairRow(t, name))
			shares.rows = append(shares.rows, e.shareRow(t, name, e.T("fairness.share", "Tags", e.percent(t.Sightings, tagged), "Book", e.percent(f.Share[t.Key], all))))
		}
		return listContent{
			right:    e.Text.N("fairness.count", tagged),
			head:     e.fairHead,
			columns:  e.fairColumns,
			sections: []listSection{taggers, kinds, shares},
		}, nil
	}
}

// percent words a share of a whole, with one decimal below ten.
func (e *Env) percent(n, of int) string {
	if of <= 0 {
		return "–"
	}
	share := float64(n) * 100 / float64(of)
	if share < 10 && n > 0 {
		return e.Text.Decimal(share, 1) + " %"
	}
	return e.Text.Decimal(share, 0) + " %"
}

// fairHead says how to read the tables.
func (e *Env) fairHead(w int) []string {
	p := e.writer(min(w-1, 110))
	p.para(kit.InkText, 1, e.T("fairness.read"))
	return append(p.rows, "")
}

// fairWidths are the columns: the name, then what is counted.
func fairWidths(w int) []int {
	n := min(max((w-16)/6-2, 9), 14)
	return []int{max(w-6*(n+2)+3, 8), n - 3, n, n, n, n, n}
}

func (e *Env) fairColumns(w int) string {
	return kit.Columns([]string{"", e.T("fairness.sightings"), e.T("fairness.customers"), e.T("fairness.contested"), e.T("fairness.withdrawn"),
		e.T("fairness.lapsed"), e.T("fairness.own")}, fairWidths(w))
}

func (e *Env) fairRow(t model.TagFairness, name string) listRow {
	return listRow{key: t.Key, draw: func(w int) string {
		ws := fairWidths(w)
		cells := []string{kit.Cell(name, ws[0]), e.Text.Int(t.Sightings), e.Text.Int(t.Customers)}
		for _, n := range []int{t.Contested, t.Withdrawn, t.Lapsed, t.OwnWords} {
			s := "·"
			if n > 0 {
				s = e.Text.Int(n)
				if t.Sightings >= fairFew {
					s += "  " + e.percent(n, t.Sightings)
				}
			}
			cells = append(cells, s)
		}
		return kit.Columns(cells, ws)
	}}
}

// shareRow holds the tags of a kind of customer against how many of those there
// are.
func (e *Env) shareRow(t model.TagFairness, name, share string) listRow {
	if t.Sightings < fairFew {
		share += " " + e.T("fairness.few")
	}
	return listRow{key: "share/" + t.Key, draw: func(w int) string {
		nw := fairWidths(w)[0]
		return kit.Cell(name, nw) + "  " + kit.Cut(share, max(w-nw-2, 1))
	}}
}

// fairFew is below how many sightings a share says nothing.
const fairFew = 10
