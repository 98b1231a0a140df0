package screen

import (
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// stepDetail is everything a step holds, with when, by whom and why.
func (e *Env) stepDetail(r farewellRead, s model.FarewellStep, w int) []string {
	f, p := r.f, e.writer(w)
	p.para(kit.InkTitle, 0, e.T("farewell.step."+string(s)))
	if d := f.Done[s]; d != nil {
		p.para(kit.InkMuted, 0, e.T("farewell.done", "Person", e.whoRuled(r.d, d), "Date", e.date(d.At)))
		if d.Reason != "" && s != model.StepObjection {
			p.para(kit.InkMuted, 0, "“"+d.Reason+"”")
		}
	} else {
		p.para(kit.InkMuted, 0, e.T("farewell.about."+string(s)))
	}
	p.gap()
	switch s {
	case model.StepReferral:
		e.referralDetail(p, r)
	case model.StepText:
		p.para(kit.InkText, 0, f.Text)
	case model.StepContract:
		p.para(kit.InkText, 0, joined("\n", e.endsText(f), f.Contract))
	case model.StepWins:
		for _, x := range []struct{ id, words string }{{"farewell.win.theirs", f.WinTheirs}, {"farewell.win.ours", f.WinOurs}, {"farewell.win.other", f.WinOther}} {
			if x.words != "" {
				p.para(kit.InkLabel, 0, e.T(x.id))
				p.para(kit.InkText, 2, x.words)
			}
		}
	case model.StepObjection:
		e.objectionDetail(p, r)
	case model.StepContact, model.StepSent, model.StepOutcome:
		p.para(kit.InkText, 0, joined("\n", e.stepSays(r, s)))
	}
	return p.rows
}

func (e *Env) endsText(f *model.Farewell) string {
	if f.Ends == "" {
		return ""
	}
	return e.T("farewell.ends", "Date", e.dayText(f.Ends))
}

// referralDetail shows the line of the referral book, or the words.
func (e *Env) referralDetail(p *writer, r farewellRead) {
	f := r.f
	if f.Searched {
		p.para(kit.InkLabel, 0, e.T("farewell.searched"))
	}
	if g := r.d.Dealings.Referrals[f.Referral]; g != nil {
		p.para(kit.InkAccent, 0, g.Name)
		p.para(kit.InkText, 0, joined("\n", g.Serves, g.Reach, g.Note))
		if g.Retired != nil {
			p.para(kit.InkWarn, 0, "▲ "+e.T("referral.retired"))
		}
		if f.To == "" {
			return
		}
	}
	p.para(kit.InkText, 0, f.To)
}

// objectionDetail shows the objection and its answer.
func (e *Env) objectionDetail(p *writer, r farewellRead) {
	f := r.f
	if f.Objection == "" {
		if f.Done[model.StepObjection] != nil {
			p.para(kit.InkText, 0, e.T("farewell.unopposed"))
		}
		return
	}
	p.para(kit.InkText, 0, "“"+f.Objection+"”")
	p.gap()
	if f.Heard == nil {
		p.para(kit.InkWarn, 0, "▲ "+e.T("farewell.unheard"))
		return
	}
	id := "farewell.heard.stands"
	if f.Upheld {
		id = "farewell.heard.upheld"
	}
	p.para(kit.InkAccent, 0, e.T(id, "Person", e.whoRuled(r.d, f.Heard), "Date", e.date(f.Heard.At)))
	p.para(kit.InkText, 2, "“"+f.Heard.Reason+"”")
}

// endDetail says what ending does, or did.
func (e *Env) endDetail(r farewellRead, w int) []string {
	p := e.writer(w)
	p.para(kit.InkTitle, 0, e.T("farewell.step.end"))
	if c := r.f.Closing(); c != nil {
		p.para(kit.InkMuted, 0, e.T("farewell.done", "Person", e.whoRuled(r.d, c), "Date", e.date(c.At)))
		p.gap()
		p.para(kit.InkText, 0, e.T("farewell.about.back"))
		return p.rows
	}
	p.para(kit.InkMuted, 0, e.T("farewell.about.end"))
	p.gap()
	p.para(kit.InkText, 0, e.endsText(r.f))
	return p.rows
}

// partVerdict shows the verdict the farewell follows from.
func (e *Env) partVerdict(r farewellRead, w int) []string {
	p := e.writer(w)
	for _, n := range r.d.Assessments {
		if n.ID == r.f.Assessment {
			e.summary(p, judge(n, r.d))
			return p.rows
		}
	}
	p.para(kit.InkMuted, 0, e.T("farewell.page.none"))
	return p.rows
}

// arrearIDs name how long money has been due.
var arrearIDs = [model.ArrearAges]string{"farewell.arrears.30", "farewell.arrears.60", "farewell.arrears.90", "farewell.arrears.old"}

// partArrears is the page of what the customer still owes, by age: a farewell
// settles it and never hides it.
func (e *Env) partArrears(r farewellRead, w int) []string {
	p := e.writer(w)
	p.para(kit.InkTitle, 0, e.T("farewell.beside.arrears"))
	fin := r.d.Dealings.Finance
	if fin == nil {
		p.para(kit.InkMuted, 0, e.T("farewell.arrears.unknown"))
		return p.rows
	}
	p.para(kit.InkMuted, 0, e.T("farewell.arrears.asof", "Date", e.dayText(fin.AsOf)))
	if len(fin.Arrears) == 0 {
		p.para(kit.InkGood, 0, e.T("farewell.arrears.none"))
		return p.rows
	}
	p.gap()
	put := func(label, money string) {
		p.rows = append(p.rows, kit.Ends(kit.Cut(label, max(p.w-14, 6)), money, min(p.w, 44)))
	}
	var sum int64
	for age, cents := range model.AgedArrears(fin.Arrears, model.DayOf(e.now())) {
		sum += cents
		put(e.T(arrearIDs[age]), e.Text.Money(cents))
	}
	put(strings.ToUpper(e.T("farewell.arrears.all")), e.Text.Money(sum))
	return p.rows
}

// partAgreed shows what was agreed: contract and notice are checked against it.
func (e *Env) partAgreed(r farewellRead, w int) []string {
	p, c := e.writer(w), r.d.Customer
	p.para(kit.InkTitle, 0, e.T("farewell.beside.agreed"))
	any := false
	for _, id := range []string{"level", "channels", "response", "minutes", "contract_end", "notice"} {
		if v := model.FieldByID(id).Get(c); v != "" {
			p.pair(e.Say.FieldLabel(id), e.Say.FieldValue(id, v))
			any = true
		}
	}
	if !any {
		p.para(kit.InkMuted, 0, e.T("farewell.agreed.none"))
	}
	return p.rows
}
