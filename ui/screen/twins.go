package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// mostTwins is how many customers are shown that may be the same.
const mostTwins = 50

// TwinsAsk is the argument of [KindTwins] for a card that is not in the book.
type TwinsAsk struct{ Card *model.Customer }

// twins lists the customers who may be the same as one: of the book, to be
// merged, or as it is being added, to be looked at.
type twins struct {
	listing
	of   model.ID
	card *model.Customer // of one that is being added

	merged bool // back from the page that merges
}

func newTwins(env *Env, arg any) kit.Screen {
	s := &twins{}
	switch a := arg.(type) {
	case model.ID:
		s.of = a
	case TwinsAsk:
		s.card = a.Card
	}
	if s.card == nil && s.of == model.NoID {
		s.card = &model.Customer{}
	}
	s.listing = newListing(env, listSpec{title: env.T("twins.title"), empty: []string{env.T("twins.none"), env.T("twins.none.next")},
		load: s.load, own: s.own})
	return s
}

// Title is the screen's name.
func (s *twins) Title() string { return s.env.T("twins.title") }

// Update takes a message. Back from merging, with nobody left to look at, the
// page has done its work.
func (s *twins) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	if r, ok := msg.(kit.Resumed); ok {
		s.merged = r.Kind == KindMerge
	}
	cmd := s.update(msg)
	if _, ok := msg.(listRead); ok && s.merged && len(s.lines) == 0 {
		return s, tea.Batch(cmd, kit.Send(kit.Back{}))
	}
	return s, cmd
}

func (s *twins) load() listLoad {
	e, of, card := s.env, s.of, s.card
	return func() (listContent, error) {
		if card == nil {
			d, err := e.Desk.Customer(of)
			if err != nil && model.KindOf(err) == model.KindNotFound {
				return listContent{empty: []string{e.Say.Error(err)}}, nil
			}
			if err != nil {
				return listContent{}, err
			}
			card = d.Customer
		}
		all, err := e.Desk.Twins(card, mostTwins)
		if err != nil || len(all) == 0 {
			return listContent{}, err
		}
		var rows []listRow
		for _, t := range all {
			rows = append(rows, listRow{key: t.Row.ID.String(), value: t, draw: func(w int) string { return e.twinRow(&t, w) }})
		}
		return listContent{right: e.Text.N("twins.count", len(all)),
			head: func(w int) []string {
				return []string{" " + e.Theme.Paint(kit.InkMuted, kit.Cut(e.T("twins.head", "Customer", inWords(card.Name)), w-2))}
			},
			columns: e.twinColumns, sections: []listSection{{rows: rows}}}, nil
	}
}

func twinWidths(w int) []int {
	out := []int{0, min(max(w/6, 8), 18), min(max(w/8, 6), 12), min(max(w/3, 12), 30)}
	out[0] = max(w-out[1]-out[2]-out[3]-6, 6)
	return out
}

func (e *Env) twinColumns(w int) string {
	return kit.Columns([]string{e.T("twins.col.name"), e.T("twins.col.town"), e.T("twins.col.number"), e.T("twins.col.same")}, twinWidths(w))
}

func (e *Env) twinRow(t *model.Twin, w int) string {
	cols := twinWidths(w)
	return kit.Columns([]string{kit.Cell(t.Row.Name, cols[0]), kit.Cell(t.Row.Town, cols[1]), kit.Cell(t.Row.Number, cols[2]), kit.Cell(e.Say.Same(t.Same), cols[3])}, cols)
}

func (s *twins) own() []kit.Command {
	t, ok := listValue[model.Twin](&s.listing)
	if !ok {
		return nil
	}
	open := kit.Command{ID: "twins.open", Keys: []string{"i", "right"}, Group: "look", Footer: 60, Moves: true,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCustomer, Arg: t.Row.ID}) }}
	if s.of == model.NoID {
		open.Keys, open.Footer = []string{"enter", "right"}, 100
		return []kit.Command{open}
	}
	return []kit.Command{{ID: "twins.merge", Keys: []string{"enter"}, Group: "change", Footer: 100, Moves: true,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindMerge, Arg: MergeAsk{Keep: s.of, Gone: t.Row.ID}}) }}, open}
}

// twinsCommand lays two marked customers beside each other, and shows of one who
// may be the same.
func (s *desk) twinsCommand() kit.Command {
	return kit.Command{ID: "customer.twins", Keys: []string{"D"}, Group: "look", Moves: true,
		WhyNot: func() string {
			switch s.marked.len() {
			case 0:
				return s.whyNotOne()
			case 1, 2:
				return ""
			}
			return s.env.T("twins.why.two")
		},
		Run: func() tea.Cmd {
			switch ids := s.targets(); len(ids) {
			case 1:
				return kit.Send(kit.Open{Kind: KindTwins, Arg: ids[0]})
			case 2:
				return kit.Send(kit.Open{Kind: KindMerge, Arg: MergeAsk{Keep: ids[0], Gone: ids[1]}})
			}
			return nil
		}}
}
