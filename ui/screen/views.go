package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// viewsCounted is of how many views the customers are counted: the list has to
// be there at once.
const viewsCounted = 40

// views lists what is looked for often: the team's views and one's own.
type views struct {
	listing
	query string // that the desk shows, to be saved
}

// countedView is a view with how many customers it finds now.
type countedView struct {
	model.ViewLine
	found  int // -1 when they were not counted
	capped bool
	wrong  error
}

func newViews(env *Env, query string) kit.Screen {
	s := &views{query: query}
	s.listing = newListing(env, listSpec{
		title: env.T("views.title"),
		empty: []string{env.T("views.empty"), env.T("views.empty.hint")},
		work:  s.work,
		own:   s.own,
	})
	return s
}

// Title is the screen's name.
func (s *views) Title() string { return s.env.T("views.title") }

// Update takes a message.
func (s *views) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	if m, ok := msg.(done); ok {
		s.mine = true
		return s, s.env.report(m.receipt)
	}
	return s, s.update(msg)
}

func (s *views) work() listWork {
	e := s.env
	return func(ctx context.Context, progress func(done, total int)) (listContent, error) {
		all, err := e.Desk.Views()
		if err != nil {
			return listContent{}, err
		}
		team := listSection{heading: e.T("views.team")}
		own := listSection{heading: e.T("views.own")}
		for i, l := range all {
			if err := ctx.Err(); err != nil {
				return listContent{}, err //nolint:wrapcheck // worded as it is
			}
			progress(i, len(all))
			v := countedView{ViewLine: l, found: -1}
			if i < viewsCounted {
				e.countView(&v)
			}
			if l.View.Team {
				team.rows = append(team.rows, e.viewRow(v))
			} else {
				own.rows = append(own.rows, e.viewRow(v))
			}
		}
		c := listContent{}
		if len(all) > 0 {
			c.sections = []listSection{team, own}
		}
		return c, nil
	}
}

// countView finds out how many customers a view shows. What is wrong with its
// query, such as a colleague of another name by now, belongs to the view.
func (e *Env) countView(v *countedView) {
	p, err := e.Desk.Page(model.PageRequest{Filter: v.View.Query, Dir: model.PageFirst, N: 1})
	if err != nil {
		v.wrong = err
		return
	}
	v.found, v.capped = p.Found, p.Capped
}

func (e *Env) viewRow(v countedView) listRow {
	n := v.View
	query, count := e.Say.Query(n.Query), ""
	switch {
	case v.wrong != nil:
		count = "!"
	case v.capped:
		count = e.Text.N("views.count.more", v.found)
	case v.found >= 0:
		count = e.Text.N("views.count", v.found)
	}
	return listRow{key: n.ID.String(), value: v,
		draw: func(w int) string {
			cw := min(max(kit.Width(count), 14), 26)
			nw := min(max(w*2/5, 16), model.MaxViewName)
			return kit.Columns([]string{kit.Cell(n.Name, nw), kit.Fit(count, cw), kit.Cell(query, max(w-nw-cw-4, 4))},
				[]int{nw, cw, max(w-nw-cw-4, 4)})
		},
		detail: func(w int) []string {
			p := e.writer(w)
			p.para(kit.InkText, 1, query)
			if v.wrong != nil {
				p.para(kit.InkWarn, 1, e.T("views.wrong", "Why", e.Say.Error(v.wrong)))
			}
			p.gap()
			p.para(kit.InkMuted, 1, e.T("views.by", "Person", kit.Clean(clip(v.Owner, 40)), "Date", e.date(n.At)))
			return p.rows
		}}
}

func (s *views) own() []kit.Command {
	e := s.env
	cmds := []kit.Command{{ID: "views.add", Keys: []string{"a"}, Group: "change", Footer: 80, WhyNot: s.whyNoQuery, Run: s.add}}
	v, ok := listValue[countedView](&s.listing)
	if !ok {
		return cmds
	}
	why := func() string { return e.whyNotView(&v.ViewLine) }
	return append([]kit.Command{
		{ID: "views.apply", Keys: []string{"enter", "right"}, Group: "look", Footer: 100, Moves: true, Run: func() tea.Cmd {
			query := v.View.Query
			e.wanted = &query
			return kit.Send(kit.Go{Kind: KindDesk})
		}},
		{ID: "views.edit", Keys: []string{"e"}, Group: "change", Footer: 70, WhyNot: why, Run: func() tea.Cmd { return s.edit(v.View) }},
		{ID: "views.drop", Keys: []string{"d"}, Group: "change", Footer: 60, WhyNot: why, Run: func() tea.Cmd {
			return e.do("view", model.DropView{View: v.View.ID})
		}},
	}, cmds...)
}

func (s *views) whyNoQuery() string {
	if s.query == "" {
		return s.env.T("views.why.query")
	}
	return ""
}

// whyNotView lets one change one's own views, and a lead those of the team.
func (e *Env) whyNotView(l *model.ViewLine) string {
	if !l.Mine && e.Me.Role < model.RoleLead {
		return e.T("views.why.others")
	}
	return ""
}

func (s *views) add() tea.Cmd {
	return s.viewForm("view", "views.form.add", model.NoID, map[string]string{"query": s.env.Say.Query(s.query), "team": "own"}, nil)
}

func (s *views) edit(v *model.SavedView) tea.Cmd {
	who := "own"
	if v.Team {
		who = "team"
	}
	return s.viewForm("view", "views.form.edit", v.ID, map[string]string{"view": v.Name, "query": s.env.Say.Query(v.Query), "team": who}, model.ViewValues(v))
}

// viewForm opens the form of a view, a new one without an id and without what
// the book has of it.
func (s *views) viewForm(form, title string, id model.ID, values, was map[string]string) tea.Cmd {
	e, subject := s.env, ""
	if id != model.NoID {
		subject = id.String()
	}
	return s.form(formSpec{
		id: form, subject: subject, title: e.T(title), values: values, was: was,
		shown: func(id, v string) string {
			switch {
			case id == "query":
				return e.Say.Query(v)
			case id == "team" && v == "":
				return "own"
			}
			return v
		},
		fields: []kit.Field{
			{ID: "view", Label: e.Say.FieldLabel("view"), Kind: kit.TextField, Limit: model.MaxViewName, Required: true},
			{ID: "team", Label: e.T("views.form.who"), Kind: kit.ChoiceField, Options: []kit.Option{
				{Value: "own", Label: e.T("views.form.own")}, {Value: "team", Label: e.T("views.form.team")}}},
			{ID: "query", Label: e.Say.FieldLabel("query"), Hint: e.T("views.form.query.hint"), Kind: kit.TextField, Limit: model.MaxQuery, Required: true},
		},
		about: map[string]string{"error.view.name": "view", "error.view.name-long": "view", "error.view.taken": "view", "error.view.query": "query",
			"error.view.others-own": "team"},
		act: func(v map[string]string) ([]model.Action, error) {
			q, err := model.ParseQuery(v["query"], e.Say.Lexicon())
			if err != nil {
				if wrong, ok := asModel(err); ok {
					wrong.Args["Field"] = "query"
				}
				return nil, err
			}
			if was != nil && v["view"] == was["view"] && q.String() == was["query"] && (v["team"] == "team") == (was["team"] == "team") {
				return nil, nil
			}
			return []model.Action{model.SaveView{ID: id, View: v["view"], Query: q.String(), Team: v["team"] == "team", Was: was}}, nil
		},
		then: func(r model.Receipt) tea.Cmd {
			s.seek(r.Made.String())
			return nil
		},
	})
}
