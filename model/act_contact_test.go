package model

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// talking is an environment with topics and channels.
func talking(person ID, role Role) *Env {
	env := envOf(person, role)
	env.Playbook.Desk = DeskSettings{
		Topics:   []Topic{{ID: "invoice"}, {ID: "procedure", Friction: true}},
		Channels: []Channel{{ID: "phone"}, {ID: "mail"}},
	}
	return env
}

func number(n int) *int { return &n }

// retired and ready are answers at hand.
var (
	retired = &ReadyAnswer{ID: idOf(60), Topic: "invoice", Retired: &Ruling{By: anna}}
	ready   = &ReadyAnswer{ID: idOf(61), Topic: "invoice"}
)

func TestLogContactRefusals(t *testing.T) {
	good := LogContact{Customer: petra, Channel: "phone", Topic: "invoice", Story: "asks for the credit note", Answered: true}
	for _, c := range []struct {
		name string
		edit func(*LogContact)
		id   string
	}{
		{"common", func(*LogContact) {}, ""},
		{"no words", func(a *LogContact) { a.Story = "" }, ""},
		{"everything", func(a *LogContact) {
			a.Minutes, a.Effort, a.Waited, a.Felt = [Activities]int{1, 1440, 0}, 7, number(0), number(0)
			a.Transfers, a.Answer, a.Missing = 99, ready.ID, "when the engineer comes"
		}, ""},
		{"last year", func(a *LogContact) { a.On = StampOf(tuesday.AddDate(-1, 0, 0)) }, ""},
		{"no customer", func(a *LogContact) { a.Customer = idOf(99) }, "error.customer.gone"},
		{"no channel", func(a *LogContact) { a.Channel = "" }, "error.channel.unknown"},
		{"no topic", func(a *LogContact) { a.Topic = "weather" }, "error.topic.unknown"},
		{"tomorrow", func(a *LogContact) { a.On = StampOf(tuesday.Add(time.Second)) }, "error.date.future"},
		{"before there was a desk", func(a *LogContact) { a.On = StampOf(tuesday.AddDate(-40, 0, 0)) }, "error.contact.early"},
		{"less than no minutes", func(a *LogContact) { a.Minutes[0] = -1 }, "error.contact.minutes"},
		{"more minutes than a day has", func(a *LogContact) { a.Minutes[2] = 1441 }, "error.contact.minutes"},
		{"effort of 8", func(a *LogContact) { a.Effort = 8 }, "error.contact.count"},
		{"waited two days", func(a *LogContact) { a.Waited = number(2 * 86400) }, "error.contact.count"},
		{"waited less than nothing", func(a *LogContact) { a.Waited = number(-2) }, "error.contact.count"},
		{"felt for a lifetime", func(a *LogContact) { a.Felt = number(MaxFelt + 1) }, "error.contact.count"},
		{"put through for ever", func(a *LogContact) { a.Transfers = 100 }, "error.contact.count"},
		{"a book", func(a *LogContact) { a.Story = strings.Repeat("x", MaxWords+1) }, "error.words.long"},
		{"no such answer", func(a *LogContact) { a.Answer = idOf(99) }, "error.answer.gone"},
		{"an answer of before", func(a *LogContact) { a.Answer = retired.ID }, "error.answer.gone"},
		{"a promise of yesterday", func(a *LogContact) { a.Promise = &MakePromise{Side: Ours, Words: "x", Due: "2026-11-23"} }, "error.promise.due"},
		{"an exception of nothing", func(a *LogContact) { a.Exception = &LogException{Words: "x"} }, "error.exception.standard"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := good
			c.edit(&a)
			_, err := a.Decide(talking(karin, RoleAgent), desk(retired, ready))
			wantRefusal(t, err, c.id)
		})
	}
}

// A contact is kept as it was told, on the day it had at the desk, with what
// may be unknown kept one higher.
func TestLogContactKeeps(t *testing.T) {
	env := talking(karin, RoleAgent)
	env.Now = time.Date(2026, 11, 24, 23, 30, 0, 0, time.FixedZone("west", -5*3600))
	ch, err := LogContact{Customer: petra, Channel: "mail", Topic: "invoice", Story: "  asks \n twice ", Waited: number(0), Felt: number(3)}.Decide(env, desk())
	if err != nil {
		t.Fatal(err)
	}
	c, _ := ch.Puts[0].After.(*Contact)
	if c == nil || c.ID != ch.Made || c.Day != "2026-11-24" || c.On != env.Stamp() || c.At != c.On || c.By != karin || c.Story != "asks \n twice" ||
		c.Waited != 1 || c.Felt != 4 || c.Answered || len(ch.Puts) != 1 {
		t.Errorf("%+v", c)
	}
	if ch.Message.ID != "journal.contact.log" || ch.Message.Args["Topic"] != "invoice" || ch.Message.Args["Customer"] != "Petra Jansen" {
		t.Errorf("%+v", ch.Message)
	}
}

// What was promised and asked in a contact is one change with it and knows it.
func TestLogContactWithPromiseAndException(t *testing.T) {
	a := LogContact{Customer: petra, On: StampOf(tuesday.AddDate(0, 0, -3)), Channel: "phone", Topic: "procedure", Story: "x",
		Promise:   &MakePromise{Customer: idOf(99), Side: Ours, Words: "a call back", Due: "2026-11-26"},
		Exception: &LogException{Named: "Pay in advance", Words: "pay at the door", State: ExceptionRefused, Reason: "the rule"}}
	ch, err := a.Decide(talking(karin, RoleAgent), desk())
	if err != nil {
		t.Fatal(err)
	}
	var promise *Promise
	var exception *Exception
	var standard *Standard
	for _, p := range ch.Puts {
		switch r := p.After.(type) {
		case *Promise:
			promise = r
		case *Exception:
			exception = r
		case *Standard:
			standard = r
		}
	}
	if promise == nil || promise.Contact != ch.Made || promise.Customer != petra || promise.Topic != "procedure" || promise.Who != karin {
		t.Errorf("promise %+v", promise)
	}
	if exception == nil || standard == nil || exception.Contact != ch.Made || exception.Standard != standard.ID || exception.Day != "2026-11-21" {
		t.Errorf("exception %+v of %+v", exception, standard)
	}
	if ch.Message.ID != "journal.contact.promise" || ch.Message.Args["Date"] != "2026-11-26" {
		t.Errorf("%+v", ch.Message)
	}
	if a.Promise.Contact != NoID || a.Exception.Contact != NoID {
		t.Error("the action itself was changed")
	}
}

// talked is a contact that Karin noted.
func talked() *Contact {
	return &Contact{ID: idOf(50), Customer: petra, On: StampOf(tuesday.Add(-26 * time.Hour)), Day: "2026-11-23", Channel: "phone", Topic: "invoice",
		Story: "asks", By: karin, At: StampOf(tuesday.Add(-26 * time.Hour)), Answered: true, Minutes: [Activities]int{0, 4, 0}, Waited: 1}
}

func TestEditContact(t *testing.T) {
	env := talking(karin, RoleAgent)
	c := talked()
	was := ContactValues(c, time.UTC)
	for _, f := range ContactFields() {
		if _, ok := was[f.ID]; !ok || ContactFieldByID(strings.TrimPrefix(f.ID, "contact.")) == nil {
			t.Errorf("%s", f.ID)
		}
	}
	edit := EditContact{Customer: petra, Contact: c.ID, Was: was, Now: map[string]string{
		"contact.story": " asks again ", "contact.topic": "procedure", "contact.channel": "mail", "contact.out": "yes", "contact.day": "2026-11-20",
		"contact.answered": "", "contact.failed": "yes", "contact.service": "", "contact.complaint": "9", "contact.primary": "2", "contact.transfers": "3",
		"contact.told_again": "yes", "contact.number_again": "yes", "contact.effort": "2", "contact.waited": "", "contact.felt": "0", "contact.missing": "the date"}}
	ch, err := edit.Decide(env, desk(c))
	if err != nil {
		t.Fatal(err)
	}
	got, _ := ch.Puts[0].After.(*Contact)
	want := &Contact{ID: c.ID, Customer: petra, On: StampOf(tuesday.Add(-26*time.Hour - 72*time.Hour)), Day: "2026-11-20", Out: true, Channel: "mail",
		Topic: "procedure", Story: "asks again", By: karin, At: c.At, Minutes: [Activities]int{2, 0, 9}, Transfers: 3, ToldAgain: true,
		NumberAgain: true, Failed: true, Effort: 2, Felt: 1, Missing: "the date"}
	if *got != *want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if *c != *talked() {
		t.Error("the record of before was changed")
	}
	// Every field comes back as it was given.
	for id, v := range ContactValues(got, time.UTC) {
		if strings.TrimSpace(edit.Now[id]) != v {
			t.Errorf("%s: %q, given %q", id, v, edit.Now[id])
		}
	}
}

func TestEditContactRefusals(t *testing.T) {
	c := talked()
	gone := *c
	gone.Withdrawn = &Ruling{By: karin}
	set := func(kv ...string) map[string]string {
		m := map[string]string{}
		for i := 0; i < len(kv); i += 2 {
			m["contact."+kv[i]] = kv[i+1]
		}
		return m
	}
	was := ContactValues(c, time.UTC)
	for _, k := range []struct {
		name string
		who  ID
		role Role
		c    *Contact
		was  map[string]string
		now  map[string]string
		id   string
	}{
		{"own", karin, RoleAgent, c, was, set("story", "x"), ""},
		{"another's", sam, RoleAgent, c, was, set("story", "x"), "error.not-allowed.others-contact"},
		{"another's as lead", anna, RoleLead, c, was, set("story", "x"), ""},
		{"withdrawn", karin, RoleAgent, &gone, was, set("story", "x"), "error.contact.gone"},
		{"nothing", karin, RoleAgent, c, was, set("story", "asks"), "error.edit.nothing"},
		{"no such field", karin, RoleAgent, c, was, set("by", "x"), "error.field.unknown"},
		{"no number", karin, RoleAgent, c, was, set("effort", "much"), "error.contact.value"},
		{"no mark", karin, RoleAgent, c, was, set("effort", "8"), "error.contact.count"},
		{"no day", karin, RoleAgent, c, was, set("day", ""), "error.contact.value"},
		{"tomorrow", karin, RoleAgent, c, was, set("day", "2026-11-25"), "error.date.future"},
		{"today, before its hour has come", karin, RoleAgent, late(c), ContactValues(late(c), time.UTC), set("day", "2026-11-24"), ""},
		{"no topic", karin, RoleAgent, c, was, set("topic", "weather"), "error.topic.unknown"},
		{"changed meanwhile", karin, RoleAgent, c, set("story", "before"), set("story", "x"), "error.conflict.fields"},
		{"changed to the same meanwhile", karin, RoleAgent, c, set("story", "before", "effort", ""), set("story", "asks", "effort", "3"), ""},
	} {
		t.Run(k.name, func(t *testing.T) {
			_, err := EditContact{Customer: petra, Contact: c.ID, Was: k.was, Now: k.now}.Decide(talking(k.who, k.role), desk(k.c))
			wantRefusal(t, err, k.id)
			var e *Error
			if errors.As(err, &e) && e.Kind == KindConflict && (len(e.Fields) != 1 || e.Fields[0].Stand != "asks" || e.Fields[0].Yours != "x") {
				t.Errorf("%+v", e.Fields)
			}
		})
	}
}

// late is the contact at eleven at night.
func late(c *Contact) *Contact {
	n := *c
	n.On = StampOf(time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC))
	return &n
}

func TestWithdrawContact(t *testing.T) {
	c := talked()
	gone := *c
	gone.Withdrawn = &Ruling{By: karin}
	for _, k := range []struct {
		name   string
		who    ID
		role   Role
		c      *Contact
		reason string
		id     string
	}{
		{"own", karin, RoleAgent, c, "twice", ""},
		{"no reason", karin, RoleAgent, c, " ", "error.reason"},
		{"another's", sam, RoleAgent, c, "twice", "error.not-allowed.others-contact"},
		{"another's as lead", anna, RoleLead, c, "twice", ""},
		{"twice", karin, RoleAgent, &gone, "twice", "error.contact.gone"},
	} {
		t.Run(k.name, func(t *testing.T) {
			ch, err := WithdrawContact{Customer: petra, Contact: c.ID, Reason: k.reason}.Decide(talking(k.who, k.role), desk(k.c))
			wantRefusal(t, err, k.id)
			if err == nil {
				if after, _ := ch.Puts[0].After.(*Contact); after.Stands() || after.Withdrawn.Reason != "twice" || !c.Stands() {
					t.Errorf("%+v", after)
				}
			}
		})
	}
	// Taking back that it was taken back is no way round the rule.
	taken := Put{Before: c, After: &gone}
	if err := mayRestoreContact(talking(sam, RoleAgent), taken); err == nil {
		t.Error("another's was withdrawn by undo")
	}
	if err := errors.Join(mayRestoreContact(talking(karin, RoleAgent), taken), mayRestoreContact(talking(anna, RoleLead), taken),
		mayRestoreContact(talking(sam, RoleAgent), Put{Before: &gone, After: c})); err != nil {
		t.Error(err)
	}
}

func TestSetBanner(t *testing.T) {
	stands := &Banner{Customer: petra, Words: "call after 16:00", Until: "2026-12-01", By: karin}
	for _, k := range []struct {
		name string
		recs []Record
		a    SetBanner
		id   string
	}{
		{"new", nil, SetBanner{petra, " works \n nights ", "2026-11-24", nil}, ""},
		{"another", []Record{stands}, SetBanner{petra, "works nights", "2026-12-24", nil}, ""},
		{"away", []Record{stands}, SetBanner{petra, " ", "", nil}, ""},
		{"away where there is none", nil, SetBanner{petra, "", "", nil}, "error.banner.none"},
		{"yesterday", nil, SetBanner{petra, "x", "2026-11-23", nil}, "error.banner.until"},
		{"no day", nil, SetBanner{petra, "x", "", nil}, "error.banner.until"},
		{"long", nil, SetBanner{petra, strings.Repeat("é", MaxBanner+1), "2026-11-24", nil}, "error.banner.long"},
		{"as long as may be", nil, SetBanner{petra, strings.Repeat("é", MaxBanner), "2026-11-24", nil}, ""},
		{"as it was begun", []Record{stands}, SetBanner{petra, "works nights", "2026-12-24", new(stands.Words)}, ""},
		{"a colleague's came", []Record{stands}, SetBanner{petra, "works nights", "2026-12-24", new("")}, "error.banner.changed"},
		{"a colleague's changed", []Record{stands}, SetBanner{petra, "", "", new("older")}, "error.banner.changed"},
		{"a colleague took it away", nil, SetBanner{petra, "works nights", "2026-12-24", new("older")}, "error.banner.taken"},
		{"both wrote the same", []Record{stands}, SetBanner{petra, stands.Words, "2026-12-24", new("older")}, ""},
		{"nobody", nil, SetBanner{idOf(99), "x", "2026-11-24", nil}, "error.customer.gone"},
	} {
		t.Run(k.name, func(t *testing.T) {
			ch, err := k.a.Decide(talking(karin, RoleAgent), desk(k.recs...))
			wantRefusal(t, err, k.id)
			if err != nil {
				return
			}
			p := ch.Puts[0]
			if (p.Before != nil) != (len(k.recs) > 0) || (p.After != nil) != (strings.TrimSpace(k.a.Words) != "") {
				t.Errorf("%+v", p)
			}
			if b, ok := p.After.(*Banner); ok && strings.ContainsAny(b.Words, "\n") {
				t.Errorf("%q is more than a line", b.Words)
			}
		})
	}
}
