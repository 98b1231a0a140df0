package model

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var (
	bo      = idOf(11)
	repairA = idOf(20)
	repairB = idOf(21)
)

func repairDesk(recs ...Record) memory {
	return desk(&Customer{ID: bo, Name: "Bo Blom", Kind: Business, Relation: Current}).with(recs...)
}

func topicEnv(person ID, role Role) *Env {
	env := envOf(person, role)
	env.Playbook.Desk.Topics = []Topic{{ID: "invoice"}, {ID: "telephone"}}
	return env
}

// after applies a change to a book in memory.
func (m memory) after(ch *Change) memory {
	out := m.with()
	for _, p := range ch.Puts {
		if p.After == nil {
			delete(out.recs, p.Key())
		} else {
			out.recs[p.Key()] = p.After
		}
	}
	return out
}

func TestAddImprovement(t *testing.T) {
	long := strings.Repeat("x", MaxTitle+1)
	many := make([]ID, MaxHurtAtOnce+1)
	for i := range many {
		many[i] = petra
	}
	verdict := &Assessment{ID: idOf(40), Customer: petra, State: FitSettled, Verdict: VerdictImprove}
	for name, c := range map[string]struct {
		a    AddImprovement
		want string
	}{
		"plain":             {AddImprovement{Title: " Meter reading "}, ""},
		"with all":          {AddImprovement{Title: "x", Cause: "c", Owner: anna, Reach: "r", By: "2026-11-24", Topic: "invoice", Hurt: []ID{petra, bo, petra}}, ""},
		"from a verdict":    {AddImprovement{Title: "x", Assessment: idOf(40), Hurt: []ID{bo, petra}}, ""},
		"no title":          {AddImprovement{Title: "  "}, "error.improvement.title"},
		"long title":        {AddImprovement{Title: long}, "error.improvement.title-long"},
		"day past":          {AddImprovement{Title: "x", By: "2026-11-23"}, "error.improvement.by"},
		"unknown topic":     {AddImprovement{Title: "x", Topic: "looks"}, "error.topic.unknown"},
		"unknown owner":     {AddImprovement{Title: "x", Owner: idOf(99)}, "error.person.unknown"},
		"unknown customer":  {AddImprovement{Title: "x", Hurt: []ID{idOf(99)}}, "error.customer.gone"},
		"unknown standard":  {AddImprovement{Title: "x", Standard: idOf(99)}, "error.standard.gone"},
		"verdict of others": {AddImprovement{Title: "x", Assessment: idOf(40), Hurt: []ID{bo}}, "error.improvement.verdict"},
		"too many":          {AddImprovement{Title: "x", Hurt: many}, "error.improvement.many"},
		"a book of a cause": {AddImprovement{Title: "x", Cause: strings.Repeat("x", MaxWords+1)}, "error.words.long"},
	} {
		t.Run(name, func(t *testing.T) {
			ch, err := c.a.Decide(topicEnv(karin, RoleAgent), repairDesk(verdict))
			wantRefusal(t, err, c.want)
			if c.want != "" {
				return
			}
			i := ch.Puts[0].After.(*Improvement)
			if i.State != ImprovementOpen || i.Title != strings.TrimSpace(c.a.Title) || c.a.Owner == NoID && i.Owner != karin {
				t.Errorf("made %+v", i)
			}
			seen := map[ID]bool{}
			for _, p := range ch.Puts[1:] {
				h := p.After.(*Hurt)
				if h.Improvement != i.ID || h.Told != nil || seen[h.Customer] {
					t.Errorf("linked %+v", h)
				}
				seen[h.Customer] = true
			}
		})
	}
}

func TestEditImprovement(t *testing.T) {
	i := &Improvement{ID: repairA, Title: "Meter", Owner: sam, State: ImprovementDone, Reach: "talk", By: "2026-01-01", Topic: "gone-topic"}
	stand := ImprovementValues(i)
	for name, c := range map[string]struct {
		was, now map[string]string
		want     string
		fields   []string
	}{
		"one field":            {stand, map[string]string{"cause": " two systems "}, "", nil},
		"old day stays":        {stand, map[string]string{"title": "Reading", "by": "2026-01-01", "topic": "gone-topic"}, "", nil},
		"somebody else's goes": {map[string]string{"title": "Old"}, map[string]string{"title": "Mine"}, "error.conflict.words", []string{"title"}},
		"same words by both":   {map[string]string{"title": "Old"}, map[string]string{"title": "Meter"}, "error.edit.nothing", nil},
		"nothing":              {stand, stand, "error.edit.nothing", nil},
		"done needs its reach": {stand, map[string]string{"reach": ""}, "error.improvement.reach", nil},
		"nobody":               {stand, map[string]string{"owner": ""}, "error.improvement.owner", nil},
		"a stranger":           {stand, map[string]string{"owner": idOf(99).String()}, "error.person.unknown", nil},
		"no day":               {stand, map[string]string{"by": "soon"}, "error.field.day", nil},
		"another day past":     {stand, map[string]string{"by": "2026-02-01"}, "error.improvement.by", nil},
		"no such field":        {stand, map[string]string{"state": "open"}, "error.field.unknown", nil},
	} {
		t.Run(name, func(t *testing.T) {
			ch, err := EditImprovement{ID: repairA, Was: c.was, Now: c.now}.Decide(topicEnv(karin, RoleAgent), repairDesk(i))
			wantRefusal(t, err, c.want)
			var e *Error
			if errors.As(err, &e) && len(e.Fields) != len(c.fields) {
				t.Errorf("clashes %+v", e.Fields)
			}
			if c.want == "" && ch.Puts[0].After.(*Improvement).State != ImprovementDone {
				t.Errorf("left %+v", ch.Puts[0].After)
			}
		})
	}
	_, err := EditImprovement{ID: repairB, Now: map[string]string{"title": "x"}}.Decide(topicEnv(karin, RoleAgent), repairDesk(i))
	wantRefusal(t, err, "error.improvement.gone")
}

func TestEndImprovement(t *testing.T) {
	bare := &Improvement{ID: repairA, Title: "Meter", Owner: sam, State: ImprovementOpen}
	reached := &Improvement{ID: repairA, Title: "Meter", Owner: sam, State: ImprovementOpen, Reach: "talk", By: "2026-01-01"}
	ended := &Improvement{ID: repairA, Title: "Meter", State: ImprovementDropped, Ended: &Ruling{}}
	for name, c := range map[string]struct {
		of   *Improvement
		a    EndImprovement
		want string
	}{
		"done":              {reached, EndImprovement{State: ImprovementDone, Reason: "fixed"}, ""},
		"done, reach given": {bare, EndImprovement{State: ImprovementDone, Reason: "fixed", Reach: "board"}, ""},
		"done, no reach":    {bare, EndImprovement{State: ImprovementDone, Reason: "fixed", Reach: " "}, "error.improvement.reach"},
		"dropped, no reach": {bare, EndImprovement{State: ImprovementDropped, Reason: "too dear"}, ""},
		"no reason":         {reached, EndImprovement{State: ImprovementDone}, "error.reason"},
		"open":              {reached, EndImprovement{State: ImprovementOpen, Reason: "x"}, "error.improvement.state"},
		"twice":             {ended, EndImprovement{State: ImprovementDone, Reason: "x", Reach: "x"}, "error.improvement.ended"},
	} {
		t.Run(name, func(t *testing.T) {
			c.a.ID = repairA
			ch, err := c.a.Decide(topicEnv(karin, RoleAgent), repairDesk(c.of))
			wantRefusal(t, err, c.want)
			if c.want == "" {
				i := ch.Puts[0].After.(*Improvement)
				if i.State != c.a.State || i.Ended == nil || i.Ended.By != karin || c.a.State == ImprovementDone && i.Reach == "" {
					t.Errorf("left %+v", i)
				}
			}
		})
	}
}

func TestHurt(t *testing.T) {
	open := &Improvement{ID: repairA, Title: "Meter", State: ImprovementOpen}
	done := &Improvement{ID: repairB, Title: "Card", State: ImprovementDone, Reach: "r", Ended: &Ruling{}}
	dropped := &Improvement{ID: idOf(22), Title: "Mail", State: ImprovementDropped, Ended: &Ruling{}}
	told := &Hurt{Improvement: repairB, Customer: bo, Told: &Ruling{By: sam, Reason: "we shall see"}}
	sure := &Hurt{Improvement: repairB, Customer: idOf(12), Told: &Ruling{By: sam}, Confirmed: true}
	m := repairDesk(open, done, dropped, told, sure, &Customer{ID: idOf(12), Name: "Ali", Kind: Private, Relation: Current}, &Hurt{Improvement: repairA, Customer: petra}, &Hurt{Improvement: repairB, Customer: petra})
	for name, c := range map[string]struct {
		a    Action
		want string
	}{
		"link":                    {LinkHurt{repairA, bo}, ""},
		"link twice":              {LinkHurt{repairA, petra}, "error.hurt.linked"},
		"link to what is dropped": {LinkHurt{idOf(22), bo}, "error.hurt.dropped"},
		"link to nothing":         {LinkHurt{idOf(99), bo}, "error.improvement.gone"},
		"link nobody":             {LinkHurt{repairA, idOf(99)}, "error.customer.gone"},
		"unlink":                  {UnlinkHurt{repairA, petra}, ""},
		"unlink one who was told": {UnlinkHurt{repairB, bo}, "error.hurt.told"},
		"unlink nothing":          {UnlinkHurt{repairA, bo}, "error.hurt.none"},
		"tell":                    {TellHurt{repairB, petra, " thanks ", false}, ""},
		"tell without words":      {TellHurt{repairB, petra, "", false}, ""},
		"tell, confirmed":         {TellHurt{repairB, petra, "", true}, ""},
		"confirm later":           {TellHurt{repairB, bo, "", true}, ""},
		"confirm twice":           {TellHurt{repairB, idOf(12), "", true}, "error.hurt.told"},
		"take a yes back":         {TellHurt{repairB, idOf(12), "no", false}, "error.hurt.told"},
		"tell too early":          {TellHurt{repairA, petra, "", false}, "error.hurt.not-done"},
		"tell twice":              {TellHurt{repairB, bo, "", false}, "error.hurt.told"},
		"tell one not hurt":       {TellHurt{repairA, bo, "", false}, "error.hurt.none"},
		"tell a book":             {TellHurt{repairB, petra, strings.Repeat("x", MaxWords+1), false}, "error.words.long"},
	} {
		t.Run(name, func(t *testing.T) {
			ch, err := c.a.Decide(topicEnv(karin, RoleAgent), m)
			wantRefusal(t, err, c.want)
			if tell, ok := c.a.(TellHurt); ok && c.want == "" {
				words := strings.TrimSpace(tell.Words)
				if name == "confirm later" {
					words = "we shall see"
				}
				if h := ch.Puts[0].After.(*Hurt); h.Told == nil || h.Told.By != karin || h.Told.Reason != words || h.Confirmed != tell.Confirmed {
					t.Errorf("left %+v", h)
				}
			}
		})
	}
}

// TestRestoreLinks: an undo leaves no link to nothing, and nobody told of what
// is not done.
func TestRestoreLinks(t *testing.T) {
	open := &Improvement{ID: repairA, Title: "Meter", State: ImprovementOpen}
	done := &Improvement{ID: repairA, Title: "Meter", State: ImprovementDone, Ended: &Ruling{}}
	link := &Hurt{Improvement: repairA, Customer: petra}
	told := &Hurt{Improvement: repairA, Customer: petra, Told: &Ruling{}}
	for name, c := range map[string]struct {
		m    memory
		puts []Put
		want string
	}{
		"the add with its links":        {repairDesk(open, link), []Put{{Before: open}, {Before: link}}, ""},
		"the add, a link came later":    {repairDesk(open, link), []Put{{Before: open}}, "error.undo.hurt-linked"},
		"the add put back":              {repairDesk(), []Put{{After: open}, {After: link}}, ""},
		"a link put back to nothing":    {repairDesk(), []Put{{After: link}}, "error.improvement.gone"},
		"opened again, nobody told":     {repairDesk(done, link), []Put{{Before: done, After: open}}, ""},
		"opened again, somebody told":   {repairDesk(done, told), []Put{{Before: done, After: open}}, "error.undo.hurt-told"},
		"told put back to what is open": {repairDesk(open, link), []Put{{Before: link, After: told}}, "error.hurt.not-done"},
		"told put back":                 {repairDesk(done, link), []Put{{Before: link, After: told}}, ""},
		"told taken back":               {repairDesk(done, told), []Put{{Before: told, After: link}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			ch := &Change{Puts: c.puts}
			wantRefusal(t, mayRestore(topicEnv(anna, RoleLead), c.m, &Entry{Actor: Solo(anna)}, ch, true), c.want)
		})
	}
}

// TestToldOnlyWhenDone draws any sequence: nobody is told before it is done, and
// done is never without its reach.
func TestToldOnlyWhenDone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := repairDesk()
		customers, made := []ID{petra, bo}, []ID{idOf(99)}
		env := topicEnv(karin, RoleAgent)
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			i, c := rapid.SampledFrom(made).Draw(rt, "improvement"), rapid.SampledFrom(customers).Draw(rt, "customer")
			reach := rapid.SampledFrom([]string{"", "talk"}).Draw(rt, "reach")
			a := rapid.SampledFrom([]Action{
				AddImprovement{Title: "x", Reach: reach, Hurt: []ID{c}}, LinkHurt{i, c}, UnlinkHurt{i, c}, TellHurt{i, c, "so", false},
				EndImprovement{ID: i, State: rapid.SampledFrom([]ImprovementState{ImprovementDone, ImprovementDropped}).Draw(rt, "end"), Reason: "r", Reach: reach},
				EditImprovement{ID: i, Was: map[string]string{"reach": "talk"}, Now: map[string]string{"reach": reach}},
			}).Draw(rt, "action")
			ch, err := a.Decide(env, m)
			if err != nil {
				continue
			}
			m = m.after(ch)
			if a.Name() == ActAddImprovement {
				made = append(made, ch.Made)
			}
			for _, rec := range m.recs {
				switch r := rec.(type) {
				case *Hurt:
					if of, _ := m.recs[ImprovementKey(r.Improvement)].(*Improvement); of == nil || r.Told != nil && of.State != ImprovementDone {
						rt.Fatalf("%+v hangs from %+v", r, of)
					}
				case *Improvement:
					if r.State == ImprovementDone && r.Reach == "" || (r.State == ImprovementOpen) != (r.Ended == nil) {
						rt.Fatalf("%+v", r)
					}
				}
			}
		}
	})
}
