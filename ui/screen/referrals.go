package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// referrals is the referral book: who serves what better than we do.
type referrals struct {
	listing
	find string // shows the lines that hold it
}

func newReferrals(env *Env) kit.Screen {
	s := &referrals{}
	s.listing = newListing(env, listSpec{
		title: env.T("referral.title"),
		empty: []string{env.T("referral.empty"), env.T("referral.empty.next")},
		load:  s.load,
		own:   s.own,
	})
	return s
}

// Title is the screen's name.
func (s *referrals) Title() string { return s.env.T("referral.title") }

// Update takes a message.
func (s *referrals) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	if m, ok := msg.(referralFind); ok {
		s.find = m.words
		return s, s.reread()
	}
	return s, s.update(msg)
}

// referralFind shows the lines that hold some words; "" shows all.
type referralFind struct{ words string }

func (s *referrals) load() listLoad {
	e, find := s.env, s.find
	return func() (listContent, error) {
		all, err := e.Desk.Referrals()
		if err != nil {
			return listContent{}, err
		}
		var use, retired []listRow
		for _, g := range model.ReferralsFor(all, find) {
			row := listRow{key: g.ID.String(), value: g,
				draw:   func(w int) string { return e.referralRow(g, w) },
				detail: func(w int) []string { return e.referralPage(g, w) }}
			if g.Retired == nil {
				use = append(use, row)
			} else {
				retired = append(retired, row)
			}
		}
		c := listContent{right: e.Text.N("referral.count", len(use)),
			columns: func(w int) string {
				return kit.Columns([]string{e.T("referral.col.name"), e.T("referral.col.serves"), e.T("referral.col.reach")}, referralWidths(w))
			},
			sections: []listSection{{rows: use}, {heading: e.T("referral.section.retired"), count: e.Text.Int(len(retired)), rows: retired}}}
		if find != "" {
			c.empty = []string{e.T("referral.found.none", "Text", kit.Clean(clip(find, 40))), e.T("referral.found.none.next")}
			c.head = func(w int) []string {
				return []string{" " + e.Theme.Paint(kit.InkAccent, kit.Cut("/ "+kit.Clean(clip(find, w)), max(w-1, 1)))}
			}
		}
		return c, nil
	}
}

func referralWidths(w int) []int {
	reach := min(w/4, 26)
	if w < 60 {
		reach = 0
	}
	name := min(w/3, 28)
	return []int{name, max(w-name-reach-4, 8), reach}
}

func (e *Env) referralRow(g *model.Referral, w int) string {
	cols := referralWidths(w)
	reach := ""
	if cols[2] > 0 {
		reach = kit.Cell(flat(clip(g.Reach, cols[2])), cols[2])
	}
	row := kit.Columns([]string{kit.Cell(g.Name, cols[0]), kit.Cell(flat(clip(g.Serves, cols[1])), cols[1]), reach}, cols)
	if g.Retired != nil {
		return e.Theme.Paint(kit.InkMuted, row)
	}
	return row
}

func (e *Env) referralPage(g *model.Referral, w int) []string {
	p := e.writer(w)
	p.para(kit.InkAccent, 0, g.Name)
	p.para(kit.InkText, 0, joined("\n", g.Serves, g.Reach))
	if g.Note != "" {
		p.gap()
		p.para(kit.InkText, 0, g.Note)
	}
	if g.Retired != nil {
		p.gap()
		p.para(kit.InkWarn, 0, "▲ "+e.T("referral.retired.on", "Date", e.date(g.Retired.At), "Reason", g.Retired.Reason))
	}
	return p.rows
}

func (s *referrals) own() []kit.Command {
	e := s.env
	cmds := []kit.Command{
		{ID: "referral.add", Keys: []string{"n"}, Group: "change", Footer: 95, Run: func() tea.Cmd { return s.edit(&model.Referral{}) }},
		{ID: "referral.find", Keys: []string{"/"}, Group: "look", Footer: 85, Run: s.search},
	}
	if s.find != "" {
		cmds = append(cmds, kit.Command{ID: "referral.all", Keys: []string{"esc"}, Group: "look", Footer: 96,
			Run: func() tea.Cmd { return kit.Send(referralFind{}) }})
	}
	g, ok := listValue[*model.Referral](&s.listing)
	if !ok {
		return cmds
	}
	cmds = append(cmds, kit.Command{ID: "referral.edit", Keys: []string{"e", "enter"}, Group: "change", Footer: 94, Run: func() tea.Cmd { return s.edit(g) }})
	if g.Retired == nil {
		cmds = append(cmds, kit.Command{ID: "referral.retire", Keys: []string{"d"}, Group: "change", Footer: 80, WhyNot: func() string {
			if err := model.MayDo(e.Me.Role, model.ActRetireReferral); err != nil {
				return e.Say.Error(err)
			}
			return ""
		}, Run: func() tea.Cmd {
			return s.ask(e.T("referral.retire.ask", "Referral", flat(clip(g.Name, 40))), true, func(line string) model.Action {
				return model.RetireReferral{Referral: g.ID, Reason: line}
			})
		}})
	}
	return cmds
}

// search asks what is to be served.
func (s *referrals) search() tea.Cmd {
	e := s.env
	f := kit.NewForm(e.Text, e.Theme, e.now(), []kit.Field{{ID: "find", Label: e.T("referral.field.find"), Hint: e.T("referral.field.find.hint"), Limit: 200}})
	f.SetValues(map[string]string{"find": s.find})
	o := &overlay{form: f, head: []string{e.T("referral.title")}, saveID: "ask.go"}
	o.accept = func() tea.Cmd {
		s.over = nil
		return kit.Send(referralFind{words: strings.TrimSpace(f.Values()["find"])})
	}
	return s.show(o)
}

func (s *referrals) edit(g *model.Referral) tea.Cmd {
	e := s.env
	title, subject := e.T("referral.add.title"), ""
	if g.ID != model.NoID {
		title, subject = e.T("referral.edit.title"), g.ID.String()
	}
	head := []string{e.T("referral.edit.head")}
	if g.Retired != nil {
		head = []string{e.T("referral.edit.back")}
	}
	note := area("note", e.T("referral.field.note"), 3)
	note.Required = false
	var was map[string]string
	if g.ID != model.NoID {
		was = model.ReferralValues(g)
	}
	return s.form(formSpec{
		was: was,
		id:  "referral", subject: subject, title: title, head: head,
		fields: []kit.Field{{ID: "name", Label: e.T("referral.field.name"), Required: true, Limit: 200}, area("serves", e.T("referral.field.serves"), 2),
			{ID: "reach", Label: e.T("referral.field.reach"), Limit: 400}, note},
		values: map[string]string{"name": g.Name, "serves": g.Serves, "reach": g.Reach, "note": g.Note},
		about:  map[string]string{"error.referral.taken": "name"},
		check:  []string{"serves", "note"}, warn: e.noteCheck,
		then: func(r model.Receipt) tea.Cmd { s.seek(r.Made.String()); return nil },
		act: func(v map[string]string) ([]model.Action, error) {
			if g.ID != model.NoID && g.Retired == nil && v["name"] == was["name"] && v["serves"] == was["serves"] && v["reach"] == was["reach"] && v["note"] == was["note"] {
				return nil, nil
			}
			return []model.Action{model.SaveReferral{ID: g.ID, Firm: v["name"], Serves: v["serves"], Reach: v["reach"], Note: v["note"], Was: was}}, nil
		},
	})
}
