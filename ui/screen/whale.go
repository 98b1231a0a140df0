package screen

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// whalePage shows how the profit of all relations adds up, from the most to the
// least profitable: the curve rises above what remains and falls back to it.
type whalePage struct{ listing }

func newWhale(env *Env) kit.Screen {
	s := &whalePage{}
	s.listing = newListing(env, listSpec{title: env.T("whale.title"), empty: []string{env.T("whale.empty"), env.T("whale.empty.next")},
		work: s.work, own: s.own})
	return s
}

// Title is the screen's name.
func (s *whalePage) Title() string { return s.env.T("whale.title") }

// Update takes a message.
func (s *whalePage) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *whalePage) own() []kit.Command {
	l, ok := listValue[*model.WhaleLine](&s.listing)
	if !ok {
		return nil
	}
	return []kit.Command{{ID: "desk.open", Keys: []string{"enter", "right"}, Group: "look", Footer: 100, Moves: true,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCustomer, Arg: l.Customer}) }}}
}

func (s *whalePage) work() listWork {
	e := s.env
	tall := func() int { return s.h }
	return func(ctx context.Context, progress func(done, total int)) (listContent, error) {
		w, err := e.Desk.Whale(ctx, progress)
		if err != nil || w.Customers == 0 {
			return listContent{}, err
		}
		// The rows go on as the curve does, so that the end of the page is its end.
		slices.Reverse(w.Worst)
		return listContent{
			right:   e.Text.N("whale.count", w.Customers),
			head:    func(width int) []string { return e.whaleHead(&w, width, tall()) },
			columns: e.whaleColumns,
			sections: []listSection{
				{heading: e.T("whale.best"), rows: e.whaleRows(w.Best)},
				{heading: e.T("whale.worst"), rows: e.whaleRows(w.Worst)},
			},
		}, nil
	}
}

// whaleHead draws the curve under what it comes to.
func (e *Env) whaleHead(w *model.Whale, width, height int) []string {
	line := e.T("whale.total", "Total", e.euros(w.Total))
	if w.PeakAt > 0 {
		line += " · " + e.Text.N("whale.peak", w.PeakAt, "Peak", e.euros(w.Peak))
	}
	rows := []string{" " + kit.Cut(line, width-2)}
	values := make([]float64, len(w.Curve))
	for i, c := range w.Curve {
		values[i] = float64(c)
	}
	o := kit.CurveOptions{Values: values, Full: float64(w.Total), ZeroLabel: e.Text.Money(0), FullLabel: e.euros(w.Total),
		PeakLabel: e.euros(w.Peak), FromLabel: e.T("whale.from"), ToLabel: e.T("whale.to"), W: width - 2, H: min(max(height/3, 5), 16)}
	if w.Total <= 0 {
		o.FullLabel = ""
	}
	for _, r := range kit.Curve(e.Theme, o) {
		rows = append(rows, " "+r)
	}
	return rows
}

// whaleWidths are the widths of a row of w cells: name, profit, margin, cost to
// serve, owed.
func whaleWidths(w int) []int {
	const amount = 12
	out := []int{0, amount, amount, amount, amount}
	if w < 76 {
		out[4] = 0 // what is owed is on the customer's page
	}
	left := w
	for _, n := range out[1:] {
		if n > 0 {
			left -= n + 2
		}
	}
	out[0] = max(left, 8)
	return out
}

func (e *Env) whaleColumns(w int) string {
	widths := whaleWidths(w)
	cells := []string{e.T("whale.name"), e.T("whale.profit"), e.T("whale.margin"), e.T("whale.cost"), e.T("whale.owed")}
	for i := 1; i < len(cells); i++ {
		cells[i] = flushRight(cells[i], widths[i])
	}
	return kit.Columns(cells, widths)
}

// euros writes an amount in whole euros: over so many customers cents say
// nothing, and amounts stand under each other.
func (e *Env) euros(cents int64) string {
	half := int64(50)
	if cents < 0 {
		half = -half
	}
	return e.Text.Money((cents + half) / 100 * 100)
}

// flushRight puts a text at the right of w cells.
func flushRight(s string, w int) string { return kit.Ends("", s, w) }

func (e *Env) whaleRows(all []model.WhaleLine) []listRow {
	out := make([]listRow, 0, len(all))
	for i := range all {
		l := &all[i]
		out = append(out, listRow{key: l.Customer.String(), value: l, draw: func(w int) string {
			widths := whaleWidths(w)
			cells := []string{kit.Cell(l.Name, widths[0])}
			for k, cents := range []int64{l.Money.Profit, l.Money.Margin, l.Money.CostToServe(), l.Money.Arrears} {
				cells = append(cells, flushRight(e.euros(cents), widths[k+1]))
			}
			return kit.Columns(cells, widths)
		}})
	}
	return out
}
