package screen

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
)

// costly is a customer who costs more than there is margin, with all there is
// to be said of it.
func costly(t testing.TB) *fitBench {
	t.Helper()
	b := newFitBench(t, "Hulst Transport", "number", "1002", "kind", "business", "revenue", "84000", "margin", "1250.50", "minutes", "10")
	day := func(ago int) model.Stamp { return model.StampOf(b.Clock.Now().AddDate(0, 0, -ago)) }
	for i, ago := range []int{60, 58, 55, 20} {
		a := model.LogContact{Customer: b.customer, On: day(ago), Channel: "phone", Topic: "invoice", Story: "the meter was counted twice"}
		a.Minutes = [model.Activities]int{120, 240 * i, 45}
		b.Must(t, b.Agent, a)
	}
	b.Must(t, b.Agent, model.LogException{Customer: b.customer, Named: "no card at the door", Words: "pay by card", State: model.ExceptionGranted,
		Reason: "was stuck", Cost: 18_000})
	direct := int64(24_050)
	b.Must(t, b.Agent, model.SetFinance{Customer: b.customer, Account: model.Account{Direct: &direct, Arrears: []model.Arrear{
		{Cents: 48_000, Since: "2026-08-03"}, {Cents: 12_025, Since: "2026-10-30"}, {Cents: 900, Since: "2026-09-20"}, {Cents: 100, Since: "2026-09-21"}}}})
	mark, felt := 7, 4
	b.Must(t, b.Agent, model.AddSurvey{Customer: b.customer, Reply: model.Reply{Describe: "friendly, and slow", Better: "call back as was said",
		Mark: &mark, Topics: []string{"telephone", "lead-time"}, Felt: &felt, On: "2026-11-12"}})
	b.Must(t, b.Agent2, model.AddSurvey{Customer: b.customer, Reply: model.Reply{Better: "nothing"}})
	return b
}

// onlyRows is a screen of given rows.
type onlyRows []string

func (onlyRows) Init() tea.Cmd                          { return nil }
func (r onlyRows) Update(tea.Msg) (kit.Screen, tea.Cmd) { return r, nil }
func (r onlyRows) View(_, _ int) string                 { return strings.Join(r, "\n") }
func (onlyRows) Title() string                          { return "rows" }
func (onlyRows) Commands() []kit.Command                { return nil }

// moneyPart lays out the money and the surveys of a customer.
func moneyPart(t testing.TB, b *fitBench, lang string, w int) *profile {
	t.Helper()
	e := b.env(b.Agent, lang)
	p := &profile{env: e, now: e.now(), d: b.detail(), w: w - 3, full: true}
	p.money()
	p.surveys()
	return p
}

func TestMoneyPartGolden(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := costly(t)
		p := moneyPart(t, b, lang, w)
		rows := onlyRows(p.rows)
		money := slices.Index(rows, "")
		if money < 5 || money > 13 { // a loss with levers and arrears is the longest there is
			t.Errorf("the money part has %d rows", money)
		}
		goldenRows(t, "money_part"+name, rows, w, h)
		if len(p.items) != 2 || p.items[0].survey == nil || p.items[0].id() != p.items[0].survey.ID {
			t.Errorf("items %+v", p.items)
		}
	})
}

func costlyEnv(t testing.TB) *Env {
	b := newFitBench(t, "Petra Jansen")
	return b.env(b.Agent, "en")
}

// goldenRows compares rows with a golden screen.
func goldenRows(t *testing.T, name string, rows onlyRows, w, h int) {
	t.Helper()
	e := costlyEnv(t)
	kittest.New(t, console.New(console.Config{Text: e.Text, Theme: e.Theme, Start: kit.Open{Kind: KindDesk}, Word: e.Say.Error,
		Makers: map[string]func(any) kit.Screen{KindDesk: func(any) kit.Screen { return rows }}}), w, h).Golden(name)
}

func TestMoneyPartSaysNoMoreThanIsKnown(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	if p := moneyPart(t, b, "en", 80); len(p.rows) != 0 {
		t.Errorf("rows of nothing: %q", p.rows)
	}
	b = newFitBench(t, "Petra Jansen", "revenue", "100")
	p := moneyPart(t, b, "en", 80)
	if text := strings.Join(p.rows, "\n"); len(p.rows) != 2 || !strings.Contains(text, "margin is not known") || strings.Contains(text, "profit €") {
		t.Errorf("rows without a margin:\n%s", text)
	}
	b = newFitBench(t, "Petra Jansen", "margin", "100")
	if text := strings.Join(moneyPart(t, b, "nl", 80).rows, "\n"); !strings.Contains(text, "winst € 100") {
		t.Errorf("rows of a profit:\n%s", text)
	}
}

func TestFinanceForm(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := costly(t)
		d := openScreens(t, b.env(b.Agent, lang), w, h, kit.Open{Kind: KindCustomer, Arg: b.customer})
		d.Key("$")
		d.Golden("finance" + name)
		d.Keys("tab", "tab", "tab", "ctrl+u")
		d.Type("-5")
		d.Key("ctrl+s")
		d.Golden("finance_wrong" + name)
		d.Keys("backspace", "backspace")
		d.Type("60")
		if lang == "nl" {
			d.Type(",5")
		}
		d.Key("ctrl+s")
		f := b.detail().Dealings.Finance
		want := int64(6_000)
		if lang == "nl" {
			want = 6_050
		}
		if len(f.Arrears) != 4 || f.Arrears[0] != (model.Arrear{Cents: want, Since: "2026-08-03"}) || f.Direct != 24_050 || f.Arrears[3].Cents != 12_025 {
			t.Errorf("account %+v", f)
		}
		if c := b.detail().Customer; c.Margin != 125_050 {
			t.Errorf("margin %d", c.Margin)
		}
		// Nothing that changed is no change.
		rev := b.detail().Rev
		d.Keys("$", "ctrl+s")
		if now := b.detail().Rev; now != rev {
			t.Errorf("revision %d after %d", now, rev)
		}
	})
}

// TestFinanceFormFields: amounts without a day and days without an amount are
// refused at their field; clearing all of it says that nothing is owed.
func TestFinanceFormFields(t *testing.T) {
	c := &model.Customer{Revenue: 100}
	f := &model.Finance{Direct: 5, Arrears: []model.Arrear{{Cents: 7, Since: "2026-01-01"}}}
	v := func(kv ...string) map[string]string {
		out := map[string]string{"revenue": "1.00", "margin": "", "direct": "0.05", "owed1": "0.07", "since1": "2026-01-01"}
		for i := 0; i < len(kv); i += 2 {
			out[kv[i]] = kv[i+1]
		}
		return out
	}
	for name, c2 := range map[string]struct {
		v     map[string]string
		id    string
		field string
		owed  int // -1 for as it was
	}{
		"as it was":      {v(), "", "", -1},
		"no day":         {v("owed2", "3"), "error.finance.since", "since2", 0},
		"no amount":      {v("since3", "2026-02-02"), "error.finance.arrear", "owed3", 0},
		"none":           {v("owed1", "", "since1", ""), "", "", 0},
		"one more":       {v("owed3", "3", "since3", "2026-02-02"), "", "", 2},
		"no number":      {v("margin", "x"), "error.field.money", "margin", 0},
		"no number owed": {v("owed1", "x"), "error.field.money", "owed1", 0},
	} {
		all, err := setFinance(c, f, c2.v)
		var e *model.Error
		switch {
		case c2.id != "":
			if !errors.As(err, &e) || e.ID != c2.id || e.Args["Field"] != c2.field {
				t.Errorf("%s: %v", name, err)
			}
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case c2.owed < 0:
			if len(all) != 0 {
				t.Errorf("%s: %v", name, all)
			}
		default:
			a := all[0].(model.SetFinance)
			if a.Arrears == nil || len(a.Arrears) != c2.owed || a.Revenue != nil || a.Margin != nil || a.Direct != nil {
				t.Errorf("%s: %+v", name, a)
			}
		}
	}
}

func TestSurveyForm(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		d := openScreens(t, b.env(b.Agent, lang), w, h, kit.Open{Kind: KindCustomer, Arg: b.customer})
		d.Key("V")
		d.Golden("survey" + name)
		d.Key("ctrl+s") // nothing at all
		d.Keys("tab", "tab")
		d.Type("11")
		d.Key("tab")
		d.Type("8 weather")
		d.Key("ctrl+s")
		d.Golden("survey_wrong" + name)
		d.Key("backspace")
		d.Type("0")
		d.Key("tab")
		for range len("8 weather") {
			d.Key("backspace")
		}
		d.Type("8 7 8")
		d.Key("tab")
		d.Type("4")
		d.Key("ctrl+s")
		all := b.detail().Dealings.Surveys
		if len(all) != 1 || all[0].Mark != 11 || all[0].Felt != 5 || !slices.Equal(all[0].Topics, []string{"lead-time", "telephone"}) {
			t.Fatalf("surveys %+v", all)
		}
	})
}

// TestSurveyOnThePage: noted, warned about, withdrawn with a reason, taken back.
func TestSurveyOnThePage(t *testing.T) {
	b := costly(t)
	d := openScreens(t, b.env(b.Agent, "en"), 120, 40, kit.Open{Kind: KindCustomer, Arg: b.customer})
	d.Key("V")
	d.Type("they always complain")
	d.Key("ctrl+s")
	d.Contains("always complain")
	if n := len(b.detail().Dealings.Surveys); n != 2 {
		t.Fatalf("%d surveys: the warning stopped nothing", n)
	}
	d.Key("esc")
	d.Lacks("Answer to 1")
	if b.draft("survey/"+b.customer.String()) != nil {
		t.Error("a draft of somebody else") // kept for the agent alone
	}
	standing := func() (n int) {
		for _, s := range b.detail().Dealings.Surveys {
			if s.Withdrawn == nil {
				n++
			}
		}
		return n
	}
	d.Key("G") // the last part of the page with a cursor on it
	for i := 0; i < 30 && !strings.Contains(d.Screen(), "▌          “friendly, and slow”"); i++ {
		d.Key("k")
	}
	d.Key("d")
	d.Contains("Why does this survey go?")
	d.Type("another customer said it")
	d.Key("enter")
	if n := standing(); n != 1 {
		t.Fatalf("%d surveys stand", n)
	}
	d.Key("u")
	if n := standing(); n != 2 {
		t.Errorf("%d surveys stand after it was taken back", n)
	}
}

// TestKeysAheadOfTheForm: what is typed before the customer has been read goes
// into the form, and a form about nobody goes away.
func TestKeysAheadOfTheForm(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	e := b.env(b.Agent, "en")
	s := newSurvey(e, b.customer).(*customerForm)
	read := s.Init()
	for _, r := range "soon" {
		s.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	var take func(tea.Msg)
	take = func(msg tea.Msg) {
		if all, ok := msg.(tea.BatchMsg); ok {
			for _, cmd := range all {
				if cmd != nil {
					take(cmd())
				}
			}
			return
		}
		if _, cmd := s.Update(msg); cmd != nil {
			take(cmd())
		}
	}
	take(read())
	if v := s.box.over.form.Values()["describe"]; v != "soon" {
		t.Errorf("the form holds %q", v)
	}
	d := openScreens(t, e, 80, 24, kit.Open{Kind: KindPeople})
	d.Send(kit.Open{Kind: KindFinance, Arg: model.ID{1}})
	d.Contains("Robin") // back where one came from
}

// whaleBook is a book with a whale curve.
func whaleBook(t testing.TB, n int) *fitBench {
	t.Helper()
	b := newFitBench(t, "Hulst Transport", "margin", "9000")
	var all []model.Action
	for i := range n {
		all = append(all, model.AddCustomer{Values: map[string]string{"name": fmt.Sprintf("Customer %02d", i), "margin": model.FormatMoney(int64(4000-i*i*9) * 100)}})
	}
	if _, err := b.DoAll(context.Background(), model.Solo(b.Agent), all); err != nil {
		t.Fatal(err)
	}
	b.Must(t, b.Agent, model.SetFinance{Customer: b.customer, Account: model.Account{Arrears: []model.Arrear{{Cents: 1234, Since: "2026-10-01"}}}})
	return b
}

func TestWhaleGolden(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := whaleBook(t, 30)
		e := b.env(b.Lead, lang)
		d := openScreens(t, e, w, h, kit.Open{Kind: KindPeople})
		d.Send(kit.Go{Kind: KindWhale})
		d.Golden("whale" + name)
		d.Key("G")
		d.Golden("whale_end" + name)
		d.Keys("g", "enter")
		d.Contains("Hulst Transport")
		d.Lacks(e.T("whale.best"))
	})
}

func TestWhaleOfNobodyGolden(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		d := openScreens(t, b.env(b.Lead, lang), w, h, kit.Open{Kind: KindPeople})
		d.Send(kit.Go{Kind: KindWhale})
		d.Golden("whale_empty" + name)
	})
}

// TestWhaleAtALoss: a curve that only falls has no line of all, and does not
// trip over one customer.
func TestWhaleAtALoss(t *testing.T) {
	b := newFitBench(t, "Petra Jansen", "margin", "-12.34")
	d := openScreens(t, b.env(b.Lead, "en"), 80, 24, kit.Open{Kind: KindPeople})
	d.Send(kit.Go{Kind: KindWhale})
	d.Golden("whale_loss")
	d.Resize(40, 10)
	d.Contains("Petra")
}

// waitingDesk answers when told, and hears when it is stopped.
type waitingDesk struct {
	ui.Desk
	stopped chan struct{}
}

func (w *waitingDesk) Whale(ctx context.Context, progress func(done, total int)) (model.Whale, error) {
	progress(3, 12)
	<-ctx.Done()
	close(w.stopped)
	return model.Whale{}, ctx.Err() //nolint:wrapcheck // as the book gives it
}

func TestWhaleStops(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	e := b.env(b.Lead, "en")
	desk := &waitingDesk{Desk: e.Desk, stopped: make(chan struct{})}
	e.Desk = desk
	s := newWhale(e).(*whalePage)
	s.Update(kit.Resized{W: 80, H: 22})
	cmds, _ := s.Init()().(tea.BatchMsg)
	heard := make(chan tea.Msg, 1)
	go func() { heard <- cmds[0]() }()
	s.Update(cmds[1]()) // the moment after which it says how far it is
	s.run.progress(3, 12)
	if view := s.View(80, 22); !strings.Contains(view, "3") || !strings.Contains(view, "12") {
		t.Errorf("no progress:\n%s", view)
	}
	for _, c := range s.Commands() {
		if c.ID == "listing.stop" {
			c.Run()
		}
	}
	<-desk.stopped
	s.Update(<-heard)
	if view := s.View(80, 22); strings.Contains(view, "€") {
		t.Errorf("something was shown:\n%s", view)
	}
}
