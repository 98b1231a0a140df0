package model

import (
	"slices"
	"testing"
)

// registerDesk is a desk with a register: a procedure, a limit and a retired
// line, with an exception and terms of petra's.
func registerDesk() (memory, *Exception, *Terms) {
	prepay := &Standard{ID: idOf(40), Kind: StandardProcedure, Name: "Prepayment"}
	calm := &Standard{ID: idOf(41), Kind: StandardLimit, Name: "No shouting"}
	old := &Standard{ID: idOf(42), Kind: StandardService, Name: "Fax", Retired: &Ruling{By: anna}}
	x := &Exception{ID: idOf(50), Customer: petra, Standard: prepay.ID, Words: "pay afterwards", State: ExceptionOpen, Day: "2026-11-20", By: karin}
	terms := &Terms{ID: idOf(60), Customer: petra, Standards: []ID{calm.ID}, Words: "calm on the phone", On: "2026-11-20", AnswerBy: "2026-12-01",
		State: TermsStated, By: karin}
	guard := func(s *Standard) Record {
		return &Guard{Text: GuardText(SpaceStandard, FoldPerson(s.Name)), Owner: s.ID}
	}
	return desk(prepay, calm, old, guard(prepay), guard(calm), guard(old), x, terms), x, terms
}

func termsEnv(person ID, role Role) *Env {
	env := envOf(person, role)
	env.Playbook.Desk.Channels = []Channel{{ID: "phone"}}
	return env
}

// refuses runs an action and wants a refusal, "" for none.
func refuses(t *testing.T, env *Env, r Reader, a Action, id string) *Change {
	t.Helper()
	ch, err := a.Decide(env, r)
	wantRefusal(t, err, id)
	return ch
}

func TestLogExceptionRefusals(t *testing.T) {
	r, _, _ := registerDesk()
	good := LogException{Customer: petra, Named: "prepayment", Words: "pay afterwards"}
	for _, c := range []struct {
		name string
		edit func(*LogException)
		id   string
	}{
		{"open, by name", func(*LogException) {}, ""},
		{"by id", func(a *LogException) { a.Named, a.Standard = "", idOf(41) }, ""},
		{"refused with a reason", func(a *LogException) { a.State, a.Reason = ExceptionRefused, "the rule" }, ""},
		{"lost", func(a *LogException) { a.Followed, a.Lost = FollowedLost, 100 }, ""},
		{"no customer", func(a *LogException) { a.Customer = idOf(99) }, "error.customer.gone"},
		{"no standard", func(a *LogException) { a.Named = "  " }, "error.exception.standard"},
		{"unknown id", func(a *LogException) { a.Standard = idOf(99) }, "error.standard.gone"},
		{"no words", func(a *LogException) { a.Words = " " }, "error.exception.words"},
		{"no reason", func(a *LogException) { a.State = ExceptionGranted }, "error.reason"},
		{"odd state", func(a *LogException) { a.State = "maybe" }, "error.exception.state"},
		{"odd pays", func(a *LogException) { a.Pays = "maybe" }, "error.exception.pays"},
		{"odd end", func(a *LogException) { a.Followed = "rain" }, "error.exception.followed"},
		{"cost below nought", func(a *LogException) { a.Cost = -1 }, "error.money.negative"},
		{"lost without a loss", func(a *LogException) { a.Lost = 5 }, "error.exception.lost"},
		{"tomorrow", func(a *LogException) { a.On = "2026-11-25" }, "error.date.future"},
		{"no day", func(a *LogException) { a.On = "2026-11-1" }, "error.field.day"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := good
			c.edit(&a)
			refuses(t, termsEnv(karin, RoleAgent), r, a, c.id)
		})
	}
}

// A name that the register lacks becomes a procedure of it, with a claim on the
// name; one that it has is found whatever its capitals and blanks.
func TestLogExceptionFindsOrAdds(t *testing.T) {
	r, _, _ := registerDesk()
	ch := refuses(t, termsEnv(karin, RoleAgent), r, LogException{Customer: petra, Named: " NO   shouting ", Words: "x"}, "")
	if len(ch.Puts) != 1 || ch.Puts[0].After.(*Exception).Standard != idOf(41) || len(ch.Notes) != 0 {
		t.Errorf("not found: %v", ch.Puts)
	}
	ch = refuses(t, termsEnv(karin, RoleAgent), r, LogException{Customer: petra, Named: " Home visit ", Words: "x"}, "")
	s, ok := ch.Puts[0].After.(*Standard)
	if !ok || s.Name != "Home visit" || s.Kind != StandardProcedure || ch.Puts[1].Key() != GuardKey(SpaceStandard, "home visit") {
		t.Errorf("not added: %v", ch.Puts)
	}
	if x := ch.Puts[2].After.(*Exception); x.Standard != s.ID || x.State != ExceptionOpen || x.Day != "2026-11-24" || ch.Made != x.ID {
		t.Errorf("exception: %+v", x)
	}
	if len(ch.Notes) != 1 || ch.Notes[0].ID != "note.standard.new" {
		t.Errorf("notes: %v", ch.Notes)
	}
}

func TestSettleException(t *testing.T) {
	r, x, _ := registerDesk()
	good := SettleException{Customer: petra, Exception: x.ID, State: ExceptionRefused, Reason: "the rule"}
	for _, c := range []struct {
		name string
		edit func(*SettleException)
		id   string
	}{
		{"refused", func(*SettleException) {}, ""},
		{"granted", func(a *SettleException) { a.State, a.Cost, a.Pays = ExceptionGranted, 1200, PaysYes }, ""},
		{"open again", func(a *SettleException) { a.State = ExceptionOpen }, "error.exception.settle"},
		{"no reason", func(a *SettleException) { a.Reason = "" }, "error.reason"},
		{"another", func(a *SettleException) { a.Exception = idOf(99) }, "error.exception.gone"},
		{"a loss alone", func(a *SettleException) { a.Lost = 1 }, "error.exception.lost"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := good
			c.edit(&a)
			refuses(t, termsEnv(sam, RoleAgent), r, a, c.id)
		})
	}
	env := termsEnv(sam, RoleAgent)
	ch := refuses(t, env, r, good, "")
	if ch.Message.ID != "journal.exception.settle.refused" || ch.Message.Args["Standard"] != "Prepayment" {
		t.Errorf("message %v", ch.Message)
	}
	settled := ch.Puts[0].After.(*Exception)
	if settled.Words != x.Words || settled.By != karin {
		t.Errorf("what was asked changed: %+v", settled)
	}
	r = r.with(settled)
	refuses(t, env, r, good, "error.edit.nothing")
	good.Followed, good.Lost = FollowedLost, 50000
	if ch = refuses(t, env, r, good, ""); ch.Message.ID != "journal.exception.more" {
		t.Errorf("message %v", ch.Message)
	}
}

func TestWithdrawExceptionAndTerms(t *testing.T) {
	r, x, terms := registerDesk()
	for _, c := range []struct {
		name string
		who  ID
		role Role
		why  string
		x, t string
	}{
		{"own", karin, RoleAgent, "twice", "", ""},
		{"a colleague", sam, RoleAgent, "twice", "error.not-allowed.others-exception", "error.not-allowed.others-terms"},
		{"a lead", anna, RoleLead, "twice", "", ""},
		{"no reason", karin, RoleAgent, " ", "error.reason", "error.reason"},
	} {
		t.Run(c.name, func(t *testing.T) {
			env := termsEnv(c.who, c.role)
			if ch := refuses(t, env, r, WithdrawException{Customer: petra, Exception: x.ID, Reason: c.why}, c.x); ch != nil {
				gone := r.with(ch.Puts[0].After)
				refuses(t, env, gone, WithdrawException{Customer: petra, Exception: x.ID, Reason: c.why}, "error.exception.gone")
				refuses(t, env, gone, SettleException{Customer: petra, Exception: x.ID, State: ExceptionGranted, Reason: "x"}, "error.exception.gone")
			}
			if ch := refuses(t, env, r, WithdrawTerms{Customer: petra, Terms: terms.ID, Reason: c.why}, c.t); ch != nil {
				gone := r.with(ch.Puts[0].After)
				refuses(t, env, gone, AnswerTerms{Customer: petra, Terms: terms.ID, State: TermsAccepted}, "error.terms.gone")
			}
		})
	}
}

func TestSaveStandard(t *testing.T) {
	r, _, _ := registerDesk()
	env := termsEnv(anna, RoleLead)
	good := SaveStandard{Kind: StandardLimit, Label: "One channel"}
	for _, c := range []struct {
		name string
		edit func(*SaveStandard)
		id   string
	}{
		{"new", func(*SaveStandard) {}, ""},
		{"a name that is taken", func(a *SaveStandard) { a.Label = " prepayment " }, "error.standard.taken"},
		{"a name that a retired line has", func(a *SaveStandard) { a.Label = "fax" }, "error.standard.taken"},
		{"no name", func(a *SaveStandard) { a.Label = " " }, "error.standard.name"},
		{"no kind", func(a *SaveStandard) { a.Kind = "rule" }, "error.standard.kind"},
		{"price below nought", func(a *SaveStandard) { a.Price = -5 }, "error.money.negative"},
		{"unknown", func(a *SaveStandard) { a.ID = idOf(99) }, "error.standard.gone"},
		{"unchanged", func(a *SaveStandard) { *a = SaveStandard{ID: idOf(41), Kind: StandardLimit, Label: "No shouting"} }, "error.edit.nothing"},
		{"renamed to a taken name", func(a *SaveStandard) { *a = SaveStandard{ID: idOf(41), Kind: StandardLimit, Label: "Fax"} }, "error.standard.taken"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := good
			c.edit(&a)
			refuses(t, env, r, a, c.id)
		})
	}
	ch := refuses(t, env, r, SaveStandard{ID: idOf(40), Kind: StandardProcedure, Label: "Pay first"}, "")
	var keys []Key
	for _, p := range ch.Puts {
		if p.After == nil {
			keys = append(keys, "-"+p.Key())
		} else {
			keys = append(keys, p.Key())
		}
	}
	want := []Key{StandardKey(idOf(40)), "-" + GuardKey(SpaceStandard, "prepayment"), GuardKey(SpaceStandard, "pay first")}
	if !slices.Equal(keys, want) {
		t.Errorf("renaming puts %q, want %q", keys, want)
	}
	if ch = refuses(t, env, r, SaveStandard{ID: idOf(40), Kind: StandardProcedure, Label: "PREPAYMENT"}, ""); len(ch.Puts) != 1 {
		t.Errorf("capitals alone move no claim: %v", ch.Puts)
	}
	ch = refuses(t, env, r, SaveStandard{ID: idOf(42), Kind: StandardService, Label: "Fax"}, "")
	if s := ch.Puts[0].After.(*Standard); s.Retired != nil || ch.Message.ID != "journal.standard.back" {
		t.Errorf("not brought back: %+v %v", s, ch.Message)
	}
	refuses(t, env, r, RetireStandard{ID: idOf(42), Reason: "x"}, "error.standard.retired")
	refuses(t, env, r, RetireStandard{ID: idOf(40)}, "error.reason")
	if ch = refuses(t, env, r, RetireStandard{ID: idOf(40), Reason: "nobody pays first"}, ""); ch.Puts[0].After.(*Standard).Retired == nil {
		t.Error("not retired")
	}
}

// A line that something speaks of does not go by an undo of how it came.
func TestStandardStaysWhileSpokenOf(t *testing.T) {
	r, x, terms := registerDesk()
	gone := func(id ID, with ...Record) error {
		s := r.recs[StandardKey(id)].(*Standard)
		ch := &Change{}
		ch.Remove(s)
		for _, rec := range with {
			ch.Remove(rec)
		}
		return mayRestoreStandard(r, ch.Puts[0], ch)
	}
	wantRefusal(t, gone(idOf(40)), "error.undo.standard")
	wantRefusal(t, gone(idOf(40), x), "")
	wantRefusal(t, gone(idOf(41)), "error.undo.standard")
	wantRefusal(t, gone(idOf(41), terms), "")
	wantRefusal(t, gone(idOf(42)), "")
	r = r.with(&Improvement{ID: idOf(70), Standard: idOf(42)})
	wantRefusal(t, gone(idOf(42)), "error.undo.standard")
}

func TestStateTerms(t *testing.T) {
	r, _, _ := registerDesk()
	run := &Assessment{ID: idOf(80), Customer: petra, State: FitSettled, Verdict: VerdictImprove, Flags: []FitFlag{FitFlagRepairFirst}}
	good := StateTerms{Customer: petra, Words: "calm on the phone", AnswerBy: "2026-12-01"}
	for _, c := range []struct {
		name string
		edit func(*StateTerms)
		id   string
	}{
		{"words", func(*StateTerms) {}, ""},
		{"a limit alone", func(a *StateTerms) { a.Words, a.Standards = "", []ID{idOf(41)} }, ""},
		{"today", func(a *StateTerms) { a.AnswerBy = "2026-11-24" }, ""},
		{"nothing", func(a *StateTerms) { a.Words = " " }, "error.terms.words"},
		{"no day", func(a *StateTerms) { a.AnswerBy = "" }, "error.terms.answer"},
		{"yesterday", func(a *StateTerms) { a.AnswerBy = "2026-11-23" }, "error.terms.answer"},
		{"odd day", func(a *StateTerms) { a.AnswerBy = "soon" }, "error.field.day"},
		{"told tomorrow", func(a *StateTerms) { a.On = "2026-11-25" }, "error.date.future"},
		{"price below nought", func(a *StateTerms) { a.Price = -1 }, "error.money.negative"},
		{"a channel", func(a *StateTerms) { a.Channel = "phone" }, ""},
		{"no channel of ours", func(a *StateTerms) { a.Channel = "pigeon" }, "error.terms.channel"},
		{"a retired line", func(a *StateTerms) { a.Standards = []ID{idOf(42)} }, "error.standard.retired"},
		{"no such line", func(a *StateTerms) { a.Standards = []ID{idOf(99)} }, "error.standard.gone"},
		{"no such verdict", func(a *StateTerms) { a.Assessment = idOf(81) }, "error.fit.gone"},
		{"nobody", func(a *StateTerms) { a.Customer = idOf(99) }, "error.customer.gone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := good
			c.edit(&a)
			refuses(t, termsEnv(karin, RoleAgent), r, a, c.id)
		})
	}
	good.Standards, good.Assessment = []ID{idOf(41), idOf(40), idOf(41)}, run.ID
	ch := refuses(t, termsEnv(karin, RoleAgent), r.with(run), good, "")
	made := ch.Puts[0].After.(*Terms)
	if !slices.Equal(made.Standards, []ID{idOf(41), idOf(40)}) || made.On != "2026-11-24" || made.State != TermsStated || made.Assessment != run.ID {
		t.Errorf("terms: %+v", made)
	}
	if len(ch.Notes) != 1 || ch.Notes[0].ID != "note.terms.repair" {
		t.Errorf("nothing said of the repair: %v", ch.Notes)
	}
}

// The whole table of what may be answered to terms in which state.
func TestAnswerTerms(t *testing.T) {
	r, _, terms := registerDesk()
	may := map[TermsState]map[TermsState]string{
		TermsStated:   {TermsAccepted: "", TermsRefused: "", TermsBroken: "error.terms.not-accepted", TermsStated: "error.terms.state"},
		TermsAccepted: {TermsAccepted: "error.terms.answered", TermsRefused: "error.terms.answered", TermsBroken: "", TermsStated: "error.terms.state"},
		TermsRefused:  {TermsAccepted: "", TermsRefused: "error.terms.answered", TermsBroken: "error.terms.not-accepted", TermsStated: "error.terms.state"},
		TermsBroken:   {TermsAccepted: "error.terms.answered", TermsRefused: "error.terms.answered", TermsBroken: "error.terms.not-accepted", TermsStated: "error.terms.state"},
	}
	for from, row := range may {
		for to, id := range row {
			now := *terms
			now.State = from
			r := r.with(&now)
			ch := refuses(t, termsEnv(sam, RoleAgent), r, AnswerTerms{Customer: petra, Terms: terms.ID, State: to, Words: "said so"}, id)
			if id != "" {
				continue
			}
			after := ch.Puts[0].After.(*Terms)
			if after.State != to || after.Answered.By != sam || after.Answered.Reason != "said so" {
				t.Errorf("%s to %s: %+v", from, to, after)
			}
			silent := ""
			if to != TermsAccepted {
				silent = "error.terms.said"
			}
			refuses(t, termsEnv(sam, RoleAgent), r, AnswerTerms{Customer: petra, Terms: terms.ID, State: to, Words: " "}, silent)
		}
	}
}

// An undo that would withdraw what a colleague noted asks for a lead.
func TestRestoreWithdrawnAsksForALead(t *testing.T) {
	_, x, terms := registerDesk()
	gone, away := *x, *terms
	gone.Withdrawn, away.Withdrawn = &Ruling{}, &Ruling{}
	for _, c := range []struct {
		who  ID
		role Role
		x, t string
	}{{karin, RoleAgent, "", ""}, {sam, RoleAgent, "error.not-allowed.others-exception", "error.not-allowed.others-terms"}, {sam, RoleLead, "", ""}} {
		env := termsEnv(c.who, c.role)
		wantRefusal(t, mayRestoreException(env, Put{Before: x, After: &gone}), c.x)
		wantRefusal(t, mayRestoreException(env, Put{Before: &gone, After: x}), "")
		wantRefusal(t, mayRestoreTerms(env, Put{Before: terms, After: &away}), c.t)
		wantRefusal(t, mayRestoreTerms(env, Put{After: terms}), "")
	}
}
