package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// standards is the register of our procedures, services and limits, with how
// often each chafed and was stated.
type standards struct {
	listing
}

func newStandards(env *Env) kit.Screen {
	s := &standards{}
	s.listing = newListing(env, listSpec{
		title: env.T("standards.title"),
		empty: []string{env.T("standards.empty"), env.T("standards.empty.next")},
		load:  s.load,
		own:   s.own,
	})
	return s
}

// Title is the screen's name.
func (s *standards) Title() string { return s.env.T("standards.title") }

// Update takes a message.
func (s *standards) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *standards) load() listLoad {
	e := s.env
	return func() (listContent, error) {
		all, err := e.Desk.Standards()
		if err != nil {
			return listContent{}, err
		}
		c := listContent{columns: e.standardColumns}
		used := 0
		for _, k := range model.StandardKinds() {
			rows := e.standardRows(all, func(l *model.StandardLine) bool { return l.Standard.Kind == k && l.Standard.Retired == nil })
			used += len(rows)
			c.sections = append(c.sections, listSection{heading: e.T("standards.part." + string(k)), count: e.Text.Int(len(rows)), rows: rows})
		}
		old := e.standardRows(all, func(l *model.StandardLine) bool { return l.Standard.Retired != nil })
		c.sections = append(c.sections, listSection{heading: e.T("standards.part.retired"), count: e.Text.Int(len(old)), rows: old})
		c.right = e.Text.N("standards.count", used)
		return c, nil
	}
}

// standardRows makes the rows of the lines that belong in a section.
func (e *Env) standardRows(all []model.StandardLine, in func(*model.StandardLine) bool) []listRow {
	var out []listRow
	for i := range all {
		l := &all[i]
		if !in(l) {
			continue
		}
		out = append(out, listRow{key: l.Standard.ID.String(), value: l,
			draw:   func(w int) string { return e.standardRow(l, w) },
			detail: func(w int) []string { return e.standardDetail(l, w) }})
	}
	return out
}

// standardWidths are the widths of the columns: name, asked, refused, lost,
// stated.
func standardWidths(w int) []int {
	n := []int{0, 8, 9, 8, 8}
	n[0] = max(w-8-9-8-8-8, 8)
	return n
}

func (e *Env) standardColumns(w int) string {
	n := standardWidths(w)
	right := func(id string, i int) string { return rightIn(e.T(id), n[i]) }
	return kit.Columns([]string{e.T("standards.col.name"), right("standards.col.asked", 1), right("standards.col.refused", 2),
		right("standards.col.lost", 3), right("standards.col.stated", 4)}, n)
}

func (e *Env) standardRow(l *model.StandardLine, w int) string {
	n := standardWidths(w)
	num := func(v, i int) string {
		if v == 0 {
			return rightIn("·", n[i])
		}
		return rightIn(e.Text.Int(v), n[i])
	}
	t := &l.Tally
	return kit.Columns([]string{kit.Cell(flat(l.Standard.Name), n[0]), num(int(t[model.CountAsked]), 1), num(int(t[model.CountRefused]), 2),
		num(int(t[model.CountLost]), 3), num(l.Stated, 4)}, n)
}

// rightIn puts a text at the right of w cells.
func rightIn(s string, w int) string { return kit.Ends("", s, w) }

func (e *Env) standardDetail(l *model.StandardLine, w int) []string {
	st, t := l.Standard, &l.Tally
	p := e.writer(w)
	p.head(flat(st.Name))
	p.para(kit.InkMuted, 1, e.kindOfStandard(st.Kind))
	if st.Retired != nil {
		p.para(kit.InkWarn, 1, e.T("standards.retired", "Date", e.date(st.Retired.At), "Reason", flat(st.Retired.Reason)))
	}
	p.gap()
	words := st.Words
	if words == "" {
		words = e.T("standards.nowords")
	}
	p.para(kit.InkText, 1, words)
	p.gap()
	if st.Price > 0 {
		p.pair(e.T("standards.price"), e.Text.Money(st.Price))
	}
	for _, c := range []struct {
		id string
		n  int64
	}{{"standards.col.asked", t[model.CountAsked]}, {"standards.col.granted", t[model.CountGranted]}, {"standards.col.refused", t[model.CountRefused]},
		{"standards.col.lost", t[model.CountLost]}, {"standards.col.stated", int64(l.Stated)}} {
		p.pair(e.T(c.id), e.Text.Int(int(c.n)))
	}
	if t[model.CountCost] > 0 {
		p.pair(e.T("standards.cost"), e.Text.Money(t[model.CountCost]))
	}
	if t[model.CountLostSum] > 0 {
		p.pair(e.T("standards.lost"), e.Text.Money(t[model.CountLostSum]))
	}
	p.para(kit.InkMuted, 1, e.T("standards.period"))
	return p.rows
}

func (s *standards) own() []kit.Command {
	why := func(a model.ActionName) func() string {
		return func() string {
			if err := model.MayDo(s.env.Me.Role, a); err != nil {
				return s.env.Say.Error(err)
			}
			return ""
		}
	}
	cmds := []kit.Command{{ID: "standards.add", Keys: []string{"n", "a"}, Group: "change", Footer: 95, WhyNot: why(model.ActSaveStandard), Run: func() tea.Cmd { return s.edit(nil) }}}
	l, ok := listValue[*model.StandardLine](&s.listing)
	if !ok {
		return cmds
	}
	retire := func() string {
		if w := why(model.ActRetireStandard)(); w != "" {
			return w
		}
		if l.Standard.Retired != nil {
			return s.env.T("standards.why.retired")
		}
		return ""
	}
	return append(cmds,
		kit.Command{ID: "standards.edit", Keys: []string{"e"}, Group: "change", Footer: 90, WhyNot: why(model.ActSaveStandard), Run: func() tea.Cmd { return s.edit(l.Standard) }},
		kit.Command{ID: "standards.retire", Keys: []string{"d"}, Group: "change", Footer: 80, WhyNot: retire, Run: func() tea.Cmd {
			return s.ask(s.env.T("standards.retire.ask", "Standard", flat(clip(l.Standard.Name, 60))), true, func(line string) model.Action {
				return model.RetireStandard{ID: l.Standard.ID, Reason: line}
			})
		}})
}

// edit opens the form for a line, nil for a new one. Saving a retired line
// brings it back.
func (s *standards) edit(st *model.Standard) tea.Cmd {
	e := s.env
	kinds := make([]kit.Option, 0, 3)
	for _, k := range model.StandardKinds() {
		kinds = append(kinds, kit.Option{Value: string(k), Label: e.kindOfStandard(k)})
	}
	spec := formSpec{
		id: "standard", title: e.T("standards.add.title"), head: []string{e.T("standards.form.head")},
		fields: []kit.Field{
			{ID: "name", Label: e.T("standards.name"), Required: true, Limit: 200},
			{ID: "kind", Label: e.T("standards.kind"), Kind: kit.ChoiceField, Required: true, Options: kinds},
			{ID: "words", Label: e.T("standards.words"), Hint: e.T("standards.words.hint"), Kind: kit.AreaField, Lines: 4, Limit: 8000},
			{ID: "price", Label: e.T("standards.price"), Hint: e.T("standards.price.hint"), Kind: kit.NumberField, Limit: 16, Check: e.moneyCheck},
		},
		values: map[string]string{"kind": string(model.StandardProcedure)},
		then: func(r model.Receipt) tea.Cmd {
			s.seek(r.Made.String())
			return nil
		},
	}
	var id model.ID
	if st != nil {
		id = st.ID
		spec.was = model.StandardValues(st)
		spec.subject, spec.title = id.String(), e.T("standards.edit.title")
		if st.Retired != nil {
			spec.head = []string{e.T("standards.form.back")}
		}
		spec.values = map[string]string{"name": st.Name, "kind": string(st.Kind), "words": st.Words, "price": model.FormatMoney(st.Price)}
	}
	spec.act = func(v map[string]string) ([]model.Action, error) {
		price, ok := model.ParseMoney(v["price"])
		if !ok {
			return nil, model.Invalid("error.money.wrong", "Field", "price")
		}
		if w := spec.was; st != nil && st.Retired == nil && v["name"] == w["name"] && v["kind"] == w["kind"] && v["words"] == w["words"] && model.FormatMoney(price) == w["price"] {
			return nil, nil
		}
		return []model.Action{model.SaveStandard{ID: id, Kind: model.StandardKind(v["kind"]), Label: v["name"], Words: v["words"], Price: price, Was: spec.was}}, nil
	}
	return s.form(spec)
}
