package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// MergeAsk is the argument of [KindMerge]: who stays, and who goes into them.
// They can still be swapped.
type MergeAsk struct{ Keep, Gone model.ID }

// merge lays two customers beside each other, field by field, to make one of
// them.
type merge struct {
	listing
	ask     MergeAsk
	preview *model.MergePreview
	take    map[string]bool
}

// mergeRead is the value of every row: what the page was made of.
type mergeRead struct {
	p     *model.MergePreview
	field string // that can be chosen; "" for a row that is none
}

func newMerge(env *Env, ask MergeAsk) kit.Screen {
	s := &merge{ask: ask, take: map[string]bool{}}
	s.listing = newListing(env, listSpec{title: env.T("merge.title"), empty: []string{env.T("merge.gone")}, load: s.load, own: s.own})
	return s
}

// Title is the screen's name.
func (s *merge) Title() string { return s.env.T("merge.title") }

// Update takes a message. What was chosen stays chosen when the book changes;
// what is new is as it is proposed.
func (s *merge) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	if m, ok := msg.(mergeDone); ok {
		return s, tea.Sequence(kit.Send(kit.Back{}), m.report)
	}
	if a, ok := msg.(answered); ok && a.err == nil && a.of == s.over {
		s.over = nil
		return s, kit.Send(mergeDone{report: s.env.merged(a.receipt)})
	}
	cmd := s.update(msg)
	if r, ok := listValue[mergeRead](&s.listing); ok && r.p != s.preview {
		s.took(r.p)
	}
	return s, cmd
}

// mergeDone says that the two are one.
type mergeDone struct{ report tea.Cmd }

// merged tells that two became one, and how they become two again.
func (e *Env) merged(r model.Receipt) tea.Cmd {
	return tea.Batch(kit.Tell(kit.Done, e.message(r.Message)+" · "+e.T("merge.done")), kit.Send(kit.Changed{Rev: uint64(r.Rev)}))
}

// took begins with what is proposed, and keeps what was chosen of the same two.
func (s *merge) took(p *model.MergePreview) {
	was := s.preview
	known := map[string]bool{}
	if was != nil && was.Keep.ID == p.Keep.ID {
		for _, f := range was.Fields {
			known[f.Field] = true
		}
	}
	take := map[string]bool{}
	for _, f := range p.Fields {
		take[f.Field] = f.Take
		if known[f.Field] {
			take[f.Field] = s.take[f.Field]
		}
	}
	s.take, s.preview = take, p
}

// taken are the fields of the one that goes, in the order of the page.
func (s *merge) taken(p *model.MergePreview) []string {
	var out []string
	for _, f := range p.Fields {
		if s.take[f.Field] {
			out = append(out, f.Field)
		}
	}
	return out
}

func (s *merge) load() listLoad {
	e, ask := s.env, s.ask
	return func() (listContent, error) {
		p, err := e.Desk.MergePreview(ask.Keep, ask.Gone)
		switch {
		case err == nil:
			return s.content(&p), nil
		case model.KindOf(err) == model.KindNotFound: // the page says so
			err = nil
		}
		return listContent{}, err
	}
}

func (s *merge) content(p *model.MergePreview) listContent {
	e := s.env
	right := ""
	if p.Same != "" {
		right = e.T("merge.why", "Same", e.Say.Same(p.Same))
	}
	return listContent{
		right:   right,
		head:    func(w int) []string { return e.mergeHead(p, w) },
		columns: e.mergeColumns,
		sections: []listSection{
			{heading: e.T("merge.section.choose"), none: e.T("merge.none.choose"), rows: s.choices(p)},
			{heading: e.T("merge.section.together"), rows: s.together(p)},
			{heading: e.T("merge.section.moves"), none: e.T("merge.none.moves"), rows: e.mergeMoves(p)},
		},
	}
}

func (s *merge) own() []kit.Command {
	r, ok := listValue[mergeRead](&s.listing)
	if !ok && s.preview != nil && s.loaded && len(s.lines) > 0 {
		r, ok = mergeRead{p: s.preview}, true
	}
	if !ok {
		return nil
	}
	set := func(to func(bool) bool) func() tea.Cmd {
		return func() tea.Cmd { s.take[r.field] = to(s.take[r.field]); return nil }
	}
	cmds := []kit.Command{
		{ID: "merge.go", Keys: []string{"enter"}, Group: "change", Danger: true, Footer: 100, WhyNot: func() string { return s.blocked(r.p) },
			Run: func() tea.Cmd { return s.confirm(r.p) }},
		{ID: "merge.swap", Keys: []string{"s"}, Group: "change", Footer: 80, Run: s.swap},
		{ID: "merge.open", Keys: []string{"i"}, Group: "go", Footer: 40, Moves: true,
			Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCustomer, Arg: r.p.Gone.ID}) }},
	}
	if r.field == "" {
		return cmds
	}
	return append(cmds,
		kit.Command{ID: "merge.keep", Keys: []string{"left"}, Group: "change", Footer: 95, Run: set(func(bool) bool { return false })},
		kit.Command{ID: "merge.take", Keys: []string{"right"}, Group: "change", Footer: 94, Run: set(func(bool) bool { return true })},
		kit.Command{ID: "merge.flip", Keys: []string{"space"}, Group: "change", Footer: 60, Run: set(func(b bool) bool { return !b })})
}

// swap lets the other one stay; what was chosen begins anew.
func (s *merge) swap() tea.Cmd {
	s.ask.Keep, s.ask.Gone = s.ask.Gone, s.ask.Keep
	s.preview = nil
	return s.reread()
}

// blocked says why it cannot be done, with what to do.
func (s *merge) blocked(p *model.MergePreview) string {
	if p.Blocked != nil {
		return s.env.Say.Error(p.Blocked)
	}
	if _, err := model.MergeCard(p.Keep, p.Gone, s.taken(p)); err != nil {
		return s.env.Say.Error(err)
	}
	return ""
}

// confirm asks for the name of who goes: it is not done by a key alone.
func (s *merge) confirm(p *model.MergePreview) tea.Cmd {
	e := s.env
	body := e.T("merge.ask.body", "Customer", inWords(p.Keep.Name), "Other", inWords(p.Gone.Name))
	o := &overlay{confirm: kit.NewConfirmName(e.Text, e.Theme, e.T("merge.ask.title"), body, p.Gone.Name), saveID: "ask.go"}
	a := model.Merge{Keep: p.Keep.ID, Gone: p.Gone.ID, Take: s.taken(p), Typed: p.Gone.Name}
	o.accept = func() tea.Cmd { return o.do(a) }
	return s.show(o)
}

// choices are the fields in which the two differ.
func (s *merge) choices(p *model.MergePreview) []listRow {
	e := s.env
	var out []listRow
	for _, f := range p.Fields {
		out = append(out, listRow{key: "field/" + f.Field, value: mergeRead{p: p, field: f.Field},
			draw:   func(w int) string { return e.mergeRow(f, s.take[f.Field], w) },
			detail: func(w int) []string { return e.mergeDetail(f, s.take[f.Field], w) }})
	}
	return out
}

// joinedFields are the fields that may come of both cards, in the order of a
// card.
var joinedFields = []string{"phone", "mobile", "email", "formerly", "theirs", "note"}

// cardText is a field of a card, or its old numbers.
func cardText(c *model.Customer, id string) string {
	if id == "formerly" {
		return c.Formerly
	}
	return model.FieldByID(id).Get(c)
}

// together are the fields that come of both: what they will hold.
func (s *merge) together(p *model.MergePreview) []listRow {
	e := s.env
	var out []listRow
	for _, id := range joinedFields {
		if !comesOfBoth(p, id) {
			continue
		}
		value := func() string {
			card, err := model.MergeCard(p.Keep, p.Gone, s.taken(p))
			if err != nil {
				return ""
			}
			return cardText(card, id)
		}
		out = append(out, listRow{key: "joined/" + id, value: mergeRead{p: p},
			draw:   func(w int) string { return e.joinedRow(id, value(), w) },
			detail: func(w int) []string { return e.joinedDetail(id, value(), w) }})
	}
	return out
}

// comesOfBoth reports whether a field may hold something else than either was
// chosen to give: with nothing taken, or with all of it.
func comesOfBoth(p *model.MergePreview, id string) bool {
	var all []string
	differs := false
	for _, f := range p.Fields {
		all = append(all, f.Field)
		differs = differs || f.Field == id
	}
	for _, take := range [][]string{nil, all} {
		of := p.Keep
		if take != nil && differs {
			of = p.Gone
		}
		if card, err := model.MergeCard(p.Keep, p.Gone, take); err == nil && cardText(card, id) != cardText(of, id) {
			return true
		}
	}
	return false
}
