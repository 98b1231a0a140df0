package screen

import (
	"strings"
	"time"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// manyPeople is from how many people on a name is typed instead of chosen.
const manyPeople = 9

// step is the form for the next step that a verdict asks for.
type step struct {
	env     *Env
	verdict model.Verdict
	impact  bool // a large customer: the impact sheet is asked for
	must    bool // a reason is asked for
	people  []*model.Person
	card    *model.Customer
}

// stepErrors names the field that each refusal of a next step is about.
func stepErrors() map[string]string {
	return map[string]string{
		"error.next.protect": "what", "error.next.improve": "what", "error.next.limits": "what", "error.next.fact": "what",
		"error.next.cause": "cause", "error.next.owner": "who", "error.next.finder": "who", "error.next.date": "by",
		"error.next.referral": "referral", "error.next.text": "text", "error.next.contact": "contact",
		"error.next.contract": "contract", "error.next.impact": "impact", "error.reason": "reason", "error.field.day": "by",
	}
}

// whatID is the label of the first field by verdict.
func whatID(v model.Verdict) string {
	switch v {
	case model.VerdictImprove:
		return "wizard.field.improve"
	case model.VerdictTerms:
		return "wizard.field.limits"
	case model.VerdictGather:
		return "wizard.field.fact"
	case model.VerdictFits, model.VerdictPart:
	}
	return "wizard.field.protect"
}

func whoID(v model.Verdict) string {
	if v == model.VerdictGather {
		return "wizard.field.finder"
	}
	return "wizard.field.owner"
}

// form makes the form: which fields there are follows from the verdict
// (domain.md, After the verdict).
func (s step) form() *kit.Form {
	e := s.env
	area := func(id, label string) kit.Field {
		return kit.Field{ID: id, Label: e.T(label), Kind: kit.AreaField, Lines: 2, Required: true}
	}
	var fields []kit.Field
	if s.verdict != model.VerdictPart {
		fields = append(fields, area("what", whatID(s.verdict)))
	}
	switch s.verdict {
	case model.VerdictImprove:
		fields = append(fields, kit.Field{ID: "cause", Label: e.T("wizard.field.cause"), Required: true}, s.person("who", whoID(s.verdict)))
	case model.VerdictTerms:
		fields = append(fields, s.date())
	case model.VerdictGather:
		fields = append(fields, s.person("who", whoID(s.verdict)), s.date())
	case model.VerdictPart:
		contract := area("contract", "wizard.field.contract")
		fields = append(fields,
			kit.Field{ID: "searched", Label: e.T("wizard.field.searched"), Kind: kit.ChoiceField, Required: true, Options: []kit.Option{
				{Value: "no", Label: e.T("wizard.field.searched.no")}, {Value: "yes", Label: e.T("wizard.field.searched.yes")}}},
			area("referral", "wizard.field.who.serves"), area("text", "wizard.field.text"),
			s.person("contact", "wizard.field.contact"), contract)
	case model.VerdictFits:
	}
	if s.impact {
		fields = append(fields, area("impact", "wizard.field.impact"))
	}
	fields = append(fields, kit.Field{ID: "reason", Label: e.T("wizard.field.reason"), Required: s.must, Hint: s.reasonHint()})
	f := kit.NewForm(e.Text, e.Theme, e.now(), fields)
	f.SetValues(s.start())
	f.Settle()
	return f
}

func (s step) reasonHint() string {
	if s.must {
		return ""
	}
	return s.env.T("wizard.field.optional")
}

// start is what a new form begins with.
func (s step) start() map[string]string {
	v := map[string]string{"searched": "no"}
	if s.card != nil && (s.card.ContractEnd != "" || s.card.Notice != "") {
		v["contract"] = s.env.contract(s.card)
	}
	return v
}

// person asks for somebody of the desk: a choice by name, or where there are
// many the name itself.
func (s step) person(id, label string) kit.Field {
	f := kit.Field{ID: id, Label: s.env.T(label), Required: true}
	if len(s.people) > manyPeople {
		f.Hint = s.env.T("wizard.field.name")
		f.Check = func(v string) string {
			if s.find(v) == nil {
				return s.env.T("wizard.field.nobody")
			}
			return ""
		}
		return f
	}
	f.Kind = kit.ChoiceField
	for _, p := range s.people {
		f.Options = append(f.Options, kit.Option{Value: p.ID.String(), Label: p.Name})
	}
	return f
}

func (s step) date() kit.Field {
	return kit.Field{ID: "by", Label: s.env.T("wizard.field.by"), Kind: kit.DateField, Required: true,
		Hint: s.env.T("wizard.field.by.hint"),
		Check: func(v string) string {
			if v <= s.env.now().Format(time.DateOnly) {
				return s.env.T("wizard.field.by.past")
			}
			return ""
		}}
}

// find gives the person a value of the form means; nil for nobody.
func (s step) find(v string) *model.Person {
	var found *model.Person
	for _, p := range s.people {
		folded, want := model.FoldPerson(p.Name), model.FoldPerson(v)
		switch {
		case want == "":
			return nil
		case p.ID.String() == v || folded == want:
			return p
		case strings.HasPrefix(folded, want) && found != nil:
			return nil // two it may be
		case strings.HasPrefix(folded, want):
			found = p
		}
	}
	return found
}

// values fills a form from a next step as it was kept.
func (s step) values(n model.NextStep) map[string]string {
	v := map[string]string{"what": n.What, "cause": n.Cause, "by": string(n.By), "referral": n.Referral,
		"text": n.Text, "contract": n.Contract, "impact": n.Impact, "searched": "no"}
	if n.Searched {
		v["searched"] = "yes"
	}
	for id, p := range map[string]model.ID{"who": n.Who, "contact": n.Contact} {
		v[id] = p.String()
		if len(s.people) <= manyPeople {
			continue
		}
		for _, q := range s.people {
			if q.ID == p {
				v[id] = q.Name
			}
		}
	}
	return v
}

// read gives the next step of a form, and the reason.
func (s step) read(v map[string]string) (model.NextStep, string) {
	id := func(key string) model.ID {
		if p := s.find(v[key]); p != nil {
			return p.ID
		}
		return model.NoID
	}
	text := func(key string) string { return strings.TrimSpace(v[key]) } // enter in a field of lines leaves empty ones
	n := model.NextStep{What: text("what"), Cause: text("cause"), By: model.Day(v["by"]), Text: text("text"),
		Referral: text("referral"), Contract: text("contract"), Impact: text("impact"), Who: id("who"), Contact: id("contact")}
	n.Searched = s.verdict == model.VerdictPart && v["searched"] == "yes"
	return n, text("reason")
}

// active are the people who still work here.
func active(all []*model.Person) []*model.Person {
	out := make([]*model.Person, 0, len(all))
	for _, p := range all {
		if !p.Gone {
			out = append(out, p)
		}
	}
	return out
}
