package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

// do opens what a step asks for.
func (s *farewellPage) do(p farewellPart) tea.Cmd {
	switch p.step {
	case model.StepReferral:
		return s.stepForm(p, s.referralForm(p))
	case model.StepContract:
		return s.stepForm(p, s.contractForm(p))
	case model.StepText:
		return s.letters(p)
	case model.StepContact:
		return s.stepForm(p, s.contactForm(p))
	case model.StepSent:
		return s.sending(p)
	case model.StepWins:
		return s.stepForm(p, s.winsForm(p))
	case model.StepObjection:
		return s.stepForm(p, s.objectionForm())
	case model.StepOutcome:
		return s.stepForm(p, s.outcomeForm(p))
	}
	return nil
}

// asking is a form for a step: its fields, what they begin with, and how they
// become the step.
type asking struct {
	fields []kit.Field
	values map[string]string
	check  []string
	beside func(w int) []string
	read   func(v map[string]string, a *model.DoFarewellStep)
}

// stepForm opens the form; a step that was done before asks for a reason.
func (s *farewellPage) stepForm(p farewellPart, ask asking) tea.Cmd {
	e, f := s.env, p.f
	fields := ask.fields
	if f.Done[p.step] != nil || p.step == model.StepObjection && f.Unheard() {
		fields = append(fields, kit.Field{ID: "reason", Label: e.T("farewell.field.reason"), Required: p.step != model.StepObjection,
			Hint: e.T("farewell.field.reason.hint"), Limit: 2000})
	}
	return s.form(formSpec{
		id: "farewell/" + string(p.step), subject: f.ID.String(), title: e.T("farewell.step." + string(p.step)),
		head:   []string{e.T("farewell.about." + string(p.step))},
		fields: fields, values: ask.values, beside: ask.beside, check: append(ask.check, "reason"), warn: e.noteCheck,
		about: map[string]string{"error.farewell.unheard": "none"},
		act: func(v map[string]string) ([]model.Action, error) {
			a := model.DoFarewellStep{Customer: f.Customer, Farewell: f.ID, Step: p.step, Reason: v["reason"]}
			ask.read(v, &a)
			return []model.Action{a}, nil
		},
	})
}

func area(id, label string, lines int) kit.Field {
	return kit.Field{ID: id, Label: label, Kind: kit.AreaField, Lines: lines, Required: true, Limit: 8000}
}

// yesNo are the answers of a choice.
func (e *Env) yesNo(no, yes string) []kit.Option {
	return []kit.Option{{Value: "no", Label: e.T(no)}, {Value: "yes", Label: e.T(yes)}}
}

func (s *farewellPage) referralForm(p farewellPart) asking {
	e, f := s.env, p.f
	v := map[string]string{"searched": "no", "to": f.To}
	if f.Searched {
		v["searched"] = "yes"
	} else if name := f.Refer(p.d.Dealings.Referrals); name != "" {
		v["to"] = name
	}
	to := area("to", e.T("farewell.field.to"), 2)
	to.Hint = e.T("farewell.field.to.hint")
	return asking{
		fields: []kit.Field{{ID: "searched", Label: e.T("farewell.field.searched"), Kind: kit.ChoiceField, Required: true,
			Options: e.yesNo("farewell.field.searched.no", "farewell.field.searched.yes")}, to},
		values: v, check: []string{"to"},
		beside: func(w int) []string { return e.bookRows(p.book, w) },
		read: func(v map[string]string, a *model.DoFarewellStep) {
			a.To, a.Searched = v["to"], v["searched"] == "yes"
			if g := model.ReferralNamed(p.book, v["to"]); g != nil && !a.Searched {
				a.Referral, a.To = g.ID, ""
			}
		},
	}
}

// bookRows lists the referral book in few words.
func (e *Env) bookRows(book []*model.Referral, w int) []string {
	p := e.writer(w)
	p.para(kit.InkTitle, 0, e.T("referral.title"))
	for _, g := range book {
		p.para(kit.InkText, 0, flat(clip(g.Name, 60)))
		p.para(kit.InkMuted, 2, flat(clip(g.Serves, 120)))
	}
	if len(book) == 0 {
		p.para(kit.InkMuted, 0, e.T("referral.empty"))
	}
	return p.rows
}

func (s *farewellPage) contractForm(p farewellPart) asking {
	e, f, c := s.env, p.f, p.d.Customer
	v := map[string]string{"contract": f.Contract, "ends": string(f.Ends)}
	if f.Contract == "" {
		v["contract"] = e.contract(c)
	}
	if today := model.DayOf(e.now()); f.Ends == "" && c.ContractEnd >= today {
		v["ends"] = string(c.ContractEnd)
	}
	return asking{
		fields: []kit.Field{area("contract", e.T("farewell.field.contract"), 3), {ID: "ends", Label: e.T("farewell.field.ends"), Kind: kit.DateField,
			Required: true, Hint: e.T("farewell.field.ends.hint"), Check: func(v string) string {
				if v < e.now().Format(time.DateOnly) {
					return e.T("wizard.field.by.past")
				}
				return ""
			}}},
		values: v, check: []string{"contract"},
		beside: func(w int) []string {
			return append(append(e.partAgreed(p.farewellRead, w), ""), e.partArrears(p.farewellRead, w)...)
		},
		read: func(v map[string]string, a *model.DoFarewellStep) {
			a.Contract, a.Ends = v["contract"], model.Day(v["ends"])
		},
	}
}

// letters asks what the text begins with: as it stands, or the letter of the
// playbook in either language.
func (s *farewellPage) letters(p farewellPart) tea.Cmd {
	e := s.env
	own, other := "en", "nl"
	if e.Text.Lang() == "nl" {
		own, other = other, own
	}
	var options []kit.Option
	if p.f.Text != "" {
		options = append(options, kit.Option{Value: "kept", Label: e.T("farewell.letter.kept")})
	}
	for _, lang := range []string{own, other} {
		options = append(options, kit.Option{Value: lang, Label: e.T("farewell.letter." + lang)})
	}
	o := &overlay{choose: kit.NewChoose(e.Theme, e.T("farewell.letter.ask"), options), saveID: "ask.go"}
	o.accept = func() tea.Cmd { return s.stepForm(p, s.textForm(p, o.choose.Chosen())) }
	return s.show(o)
}

func (s *farewellPage) textForm(p farewellPart, from string) asking {
	e, f := s.env, p.f
	words := f.Text
	if from != "kept" {
		words = e.letter(p, from)
	}
	text := area("text", e.T("farewell.field.text"), 14)
	return asking{
		fields: []kit.Field{text}, values: map[string]string{"text": words}, check: []string{"text"},
		beside: func(w int) []string {
			return append(append(e.stepDetail(p.farewellRead, model.StepReferral, w), ""), e.stepDetail(p.farewellRead, model.StepContract, w)...)
		},
		read: func(v map[string]string, a *model.DoFarewellStep) { a.Text = v["text"] },
	}
}

// letter is the letter of the playbook with everything that is known filled in;
// its day is in the language of the letter.
func (e *Env) letter(p farewellPart, lang string) string {
	f := p.f
	date := ""
	if tx, err := text.Load(lang); err == nil && f.Ends != "" {
		date = tx.Date(f.Ends.Time(e.now().Location()), time.Time{})
	}
	return model.ForFarewell(e.Play.Desk.Farewell.In(lang), p.d.Customer.Name, f.Refer(p.d.Dealings.Referrals), p.d.People[f.Contact], date)
}

func (s *farewellPage) contactForm(p farewellPart) asking {
	st := step{env: s.env, people: p.people}
	v := map[string]string{}
	for _, q := range p.people {
		if q.ID == p.f.Contact {
			v["contact"] = q.ID.String()
			if len(p.people) > manyPeople {
				v["contact"] = q.Name
			}
		}
	}
	return asking{
		fields: []kit.Field{st.person("contact", "farewell.field.contact")}, values: v,
		read: func(v map[string]string, a *model.DoFarewellStep) {
			if q := st.find(v["contact"]); q != nil {
				a.Contact = q.ID
			}
		},
	}
}

// sending asks for the customer's name before it notes that the customer was
// told: that is not taken lightly.
func (s *farewellPage) sending(p farewellPart) tea.Cmd {
	e, name := s.env, p.d.Customer.Name
	o := &overlay{confirm: kit.NewConfirmName(e.Text, e.Theme, e.T("farewell.sent.title"),
		e.T("farewell.sent.body", "Customer", flat(clip(name, 200)), "Person", who(p.d, p.f.Contact)), name), saveID: "ask.go"}
	o.accept = func() tea.Cmd {
		s.over = nil
		return s.stepForm(p, s.sentForm(p))
	}
	return s.show(o)
}

func (s *farewellPage) sentForm(p farewellPart) asking {
	e, f := s.env, p.f
	channel := kit.Field{ID: "channel", Label: e.T("farewell.field.channel"), Kind: kit.ChoiceField, Required: true}
	v := map[string]string{"on": e.now().Format(time.DateOnly), "channel": f.Channel}
	for i, c := range e.Play.Desk.Channels {
		channel.Options = append(channel.Options, kit.Option{Value: c.ID, Label: e.Say.Channel(c.ID)})
		if i == 0 && f.Channel == "" {
			v["channel"] = c.ID
		}
	}
	if f.SentOn != "" {
		v["on"] = string(f.SentOn)
	}
	return asking{
		fields: []kit.Field{channel, {ID: "on", Label: e.T("farewell.field.on"), Kind: kit.DateField, Required: true}}, values: v,
		beside: func(w int) []string { return e.stepDetail(p.farewellRead, model.StepText, w) },
		read: func(v map[string]string, a *model.DoFarewellStep) {
			// The dialog before compared what was typed with what was shown.
			a.Channel, a.SentOn, a.Typed = v["channel"], model.Day(v["on"]), p.d.Customer.Name
		},
	}
}

func (s *farewellPage) winsForm(p farewellPart) asking {
	e, f := s.env, p.f
	return asking{
		fields: []kit.Field{area("theirs", e.T("farewell.win.theirs"), 2), area("ours", e.T("farewell.win.ours"), 2), area("other", e.T("farewell.win.other"), 2)},
		values: map[string]string{"theirs": f.WinTheirs, "ours": f.WinOurs, "other": f.WinOther}, check: []string{"theirs", "ours", "other"},
		read: func(v map[string]string, a *model.DoFarewellStep) {
			a.WinTheirs, a.WinOurs, a.WinOther = v["theirs"], v["ours"], v["other"]
		},
	}
}

func (s *farewellPage) objectionForm() asking {
	e := s.env
	words := area("objection", e.T("farewell.field.objection"), 4)
	words.Required, words.Hint = false, e.T("farewell.field.objection.hint")
	return asking{
		fields: []kit.Field{{ID: "none", Label: e.T("farewell.field.none"), Kind: kit.ChoiceField, Required: true,
			Options: e.yesNo("farewell.field.none.no", "farewell.field.none.yes")}, words},
		values: map[string]string{"none": "no"}, check: []string{"objection"},
		read: func(v map[string]string, a *model.DoFarewellStep) {
			if a.None = v["none"] == "yes"; !a.None {
				a.Objection = v["objection"]
			}
		},
	}
}

func (s *farewellPage) outcomeForm(p farewellPart) asking {
	return asking{
		fields: []kit.Field{area("outcome", s.env.T("farewell.field.outcome"), 4)},
		values: map[string]string{"outcome": p.f.Outcome}, check: []string{"outcome"},
		read: func(v map[string]string, a *model.DoFarewellStep) { a.Outcome = v["outcome"] },
	}
}

// hearing opens the answer to an objection.
func (s *farewellPage) hearing(p farewellPart) tea.Cmd {
	e, f := s.env, p.f
	return s.form(formSpec{
		id: "farewell/hear", subject: f.ID.String(), title: e.T("farewell.hear.title"), head: []string{e.T("farewell.hear.head")},
		fields: []kit.Field{{ID: "upheld", Label: e.T("farewell.field.upheld"), Kind: kit.ChoiceField, Required: true,
			Options: e.yesNo("farewell.field.upheld.no", "farewell.field.upheld.yes")}, area("words", e.T("farewell.field.answer"), 4)},
		check: []string{"words"}, warn: e.noteCheck,
		beside: func(w int) []string { return e.stepDetail(p.farewellRead, model.StepObjection, w) },
		act: func(v map[string]string) ([]model.Action, error) {
			return []model.Action{model.HearObjection{Customer: f.Customer, Farewell: f.ID, Upheld: v["upheld"] == "yes", Words: v["words"]}}, nil
		},
	})
}

// end asks for the customer's name and ends the farewell.
func (s *farewellPage) end(p farewellPart) tea.Cmd {
	e, name := s.env, p.d.Customer.Name
	o := &overlay{confirm: kit.NewConfirmName(e.Text, e.Theme, e.T("farewell.end.title"), e.T("farewell.end.body", "Customer", flat(clip(name, 200))), name), saveID: "ask.go"}
	o.accept = func() tea.Cmd {
		return o.do(model.EndFarewell{Customer: p.f.Customer, Farewell: p.f.ID, State: model.FarewellEnded, Typed: name})
	}
	return s.show(o)
}

// finish asks for the reason why a farewell is called off, or for what brought
// the customer back.
func (s *farewellPage) finish(p farewellPart, to model.FarewellState, ask string) tea.Cmd {
	return s.ask(s.env.T(ask, "Customer", flat(clip(p.d.Customer.Name, 40))), true, func(line string) model.Action {
		return model.EndFarewell{Customer: p.f.Customer, Farewell: p.f.ID, State: to, Reason: line}
	})
}
