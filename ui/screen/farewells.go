package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// FarewellOf is the argument of [KindFarewellOf]; with no farewell named it is
// the one of the customer that goes, else the newest. A model.ID alone is of the
// customer.
type FarewellOf struct{ Customer, Farewell model.ID }

// farewells is the desk of partings: those that go, and those of the last year.
type farewells struct{ listing }

func newFarewells(env *Env) kit.Screen {
	s := &farewells{}
	s.listing = newListing(env, listSpec{
		title: env.T("farewell.title"),
		empty: []string{env.T("farewell.empty"), env.T("farewell.empty.next")},
		load:  s.load,
		own:   s.own,
	})
	return s
}

// Title is the screen's name.
func (s *farewells) Title() string { return s.env.T("farewell.title") }

// Update takes a message.
func (s *farewells) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *farewells) load() listLoad {
	e := s.env
	return func() (listContent, error) {
		all, err := e.Desk.Farewells()
		if err != nil {
			return listContent{}, err
		}
		book, err := e.referralBook()
		if err != nil {
			return listContent{}, err
		}
		var going, over []listRow
		for i := range all {
			l := all[i]
			row := listRow{key: l.Farewell.ID.String(), value: l,
				draw:   func(w int) string { return e.farewellRow(l, w) },
				detail: func(w int) []string { return e.farewellBrief(l, book, w) }}
			if l.Farewell.State == model.FarewellGoing {
				going = append(going, row)
			} else {
				over = append(over, row)
			}
		}
		if len(all) == 0 {
			return listContent{}, nil
		}
		return listContent{
			right:   e.Text.N("farewell.count", len(going)),
			columns: e.farewellColumns,
			sections: []listSection{
				{heading: e.T("farewell.section.going"), count: e.Text.Int(len(going)), none: e.T("farewell.none.going"), rows: going},
				{heading: e.T("farewell.section.over"), count: e.Text.Int(len(over)), rows: over},
			},
		}, nil
	}
}

// referralBook is the referral book by id, retired lines too.
func (e *Env) referralBook() (map[model.ID]*model.Referral, error) {
	all, err := e.Desk.Referrals()
	book := make(map[model.ID]*model.Referral, len(all))
	for _, r := range all {
		book[r.ID] = r
	}
	return book, err
}

func (s *farewells) own() []kit.Command {
	open := kit.Command{ID: "go.referrals", Group: "go", Goes: kit.Open{Kind: KindReferrals}, Keys: []string{"b"}, Footer: 50,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindReferrals}) }}
	l, ok := listValue[model.FarewellLine](&s.listing)
	if !ok {
		return []kit.Command{open}
	}
	f := l.Farewell
	return []kit.Command{
		{ID: "farewell.open", Keys: []string{"enter", "right"}, Group: "look", Footer: 100, Moves: true,
			Run: func() tea.Cmd {
				return kit.Send(kit.Open{Kind: KindFarewellOf, Arg: FarewellOf{Customer: f.Customer, Farewell: f.ID}})
			}},
		{ID: "farewell.customer", Keys: []string{"i"}, Group: "go", Footer: 60, Moves: true,
			Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCustomer, Arg: f.Customer}) }},
		open,
	}
}

// farewellWidths are those of name, what is next, who and when.
func farewellWidths(w int) []int {
	who, when := 12, 12
	if w < 60 {
		who = 0
	}
	next := min(max((w-who-when-6)/2, 10), 34)
	return []int{max(w-next-who-when-6, 8), next, who, when}
}

func (e *Env) farewellColumns(w int) string {
	return kit.Columns([]string{e.T("farewell.col.customer"), e.T("farewell.col.next"), e.T("farewell.col.contact"), e.T("farewell.col.due")}, farewellWidths(w))
}

func (e *Env) farewellRow(l model.FarewellLine, w int) string {
	cols := farewellWidths(w)
	f := l.Farewell
	next, when := e.farewellNext(f), e.farewellWhen(f)
	name := func(s string, i int) string {
		if cols[i] == 0 {
			return ""
		}
		return kit.Cell(s, cols[i])
	}
	return kit.Columns([]string{name(l.Name, 0), kit.Cell(next, cols[1]), name(l.Contact, 2), when}, cols)
}

// farewellNext words what a farewell waits for, or how it ended.
func (e *Env) farewellNext(f *model.Farewell) string {
	switch {
	case f.State != model.FarewellGoing:
		return e.T("farewell.state." + string(f.State))
	case f.Unheard():
		return "▲ " + e.T("farewell.unheard.short")
	case f.Next() == "":
		return e.T("farewell.step.end")
	}
	return e.T("farewell.step." + string(f.Next()))
}

// farewellWhen words by when, or when it was over.
func (e *Env) farewellWhen(f *model.Farewell) string {
	if c := f.Closing(); c != nil {
		return e.Text.ShortDate(e.at(c.At), e.now())
	}
	d := f.Due()
	if d == "" || f.Unheard() {
		return e.T("farewell.now")
	}
	return e.Text.Until(d.Time(e.now().Location()), e.now())
}

// farewellBrief is the checklist of a farewell beside the list.
func (e *Env) farewellBrief(l model.FarewellLine, book map[model.ID]*model.Referral, w int) []string {
	f := l.Farewell
	p := e.writer(w)
	if to := f.Refer(book); to != "" {
		p.para(kit.InkText, 0, e.T("farewell.to", "Referral", flat(clip(to, w*3))))
	}
	steps := model.FarewellSteps()
	half := len(steps)
	if w >= wideFrom/2 { // below the list: two beside each other
		half = (half + 1) / 2
	} else {
		p.gap()
	}
	for i := range half {
		row := e.stepLine(f, steps[i], min(w, 36))
		if half < len(steps) {
			row = kit.Fit(row, 36) + "  " + e.stepLine(f, steps[half+i], max(w-38, 1))
		}
		p.rows = append(p.rows, row)
	}
	if f.Unheard() {
		p.gap()
		p.para(kit.InkWarn, 0, "▲ "+e.T("farewell.unheard"))
		p.para(kit.InkText, 2, "“"+clip(f.Objection, w*6)+"”")
	}
	if c := f.Closing(); c != nil && c.Reason != "" {
		p.gap()
		p.para(kit.InkMuted, 0, "“"+clip(c.Reason, w*6)+"”")
	}
	return p.rows
}

// stepLine is a step of the checklist with the day it was done.
func (e *Env) stepLine(f *model.Farewell, s model.FarewellStep, w int) string {
	right := ""
	if d := f.Done[s]; d != nil {
		right = e.Theme.Paint(kit.InkMuted, e.Text.ShortDate(e.at(d.At), e.now()))
	}
	return kit.Ends(e.stepMark(f, s)+" "+e.T("farewell.step."+string(s)), right, min(w, 36))
}

// stepMark says by a sign whether a step is done, can be done, or waits.
func (e *Env) stepMark(f *model.Farewell, s model.FarewellStep) string {
	switch {
	case s == model.StepObjection && f.Unheard():
		return e.Theme.Paint(kit.InkWarn, "▲")
	case f.Done[s] != nil:
		return e.Theme.Paint(kit.InkGood, "●")
	case f.State == model.FarewellGoing && f.Next() == s:
		return e.Theme.Paint(kit.InkAccent, "→")
	}
	return e.Theme.Paint(kit.InkMuted, "○")
}
