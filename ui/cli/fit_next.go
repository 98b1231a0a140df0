package cli

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// verdict shows what the answers come to, and gives the question the person
// wants to answer again; "" goes on.
func (r *run) verdict() (model.FitKey, error) {
	r.printVerdict()
	keys := model.FitKeys()
	for {
		said, err := r.k.ask(r.ctx, r.t("cli.fit.go_on", "All", len(keys)))
		if err != nil {
			return "", err
		}
		switch n, err := strconv.Atoi(said); {
		case said == "":
			return "", nil
		case strings.EqualFold(said, "p"):
			return "", errPause
		case err == nil && n >= 1 && n <= len(keys):
			return keys[n-1], nil
		}
		r.k.say(r.t("cli.fit.unclear_end"))
	}
}

// printVerdict says the verdict, what decided it, what would turn it and what
// was not used (fit.md, What the person sees).
func (r *run) printVerdict() {
	j := model.Judge(r.n.Answers, r.n.Kind, r.n.Large)
	r.k.say(r.t("cli.fit.verdict", "Verdict", r.say.Verdict(j.Verdict), "Rule", string(j.Rule), "Says", r.say.Rule(j.Rule)))
	var because []string
	for _, k := range j.Because {
		because = append(because, r.pair(k, r.n.Answers[k]))
	}
	r.k.say(r.t("cli.fit.because", "Answers", strings.Join(because, ", ")))
	for _, f := range j.Flags {
		r.k.say("! " + r.say.Flag(f))
	}
	for _, t := range model.WouldChange(r.n.Answers, r.n.Kind, r.n.Large) {
		r.k.say(r.t("cli.fit.turn", "Answer", r.pair(t.Key, t.To), "Verdict", r.say.Verdict(t.Verdict)))
	}
	r.k.say(r.t("cli.fit.unused", "Kind", r.say.FitKind(r.n.Kind)))
	r.k.say(r.t("cli.fit.asof", "Person", name(r.d.People, r.n.AnswerBy), "Date", r.tx.DateTime(r.b.Now(), r.b.Now())))
	if r.last == nil {
		return
	}
	var other []string
	for _, k := range model.FitKeys() {
		if was, now := r.last.Answers[k], r.n.Answers[k]; was != now {
			other = append(other, r.t("cli.fit.differs", "Key", r.say.Key(k), "Was", r.say.Answer(k, was), "Now", r.say.Answer(k, now)))
		}
	}
	if len(other) > 0 {
		r.k.say(r.t("cli.fit.since", "Changes", strings.Join(other, "; ")))
	}
}

// pair words a question with an answer.
func (r *run) pair(k model.FitKey, v model.Answer) string {
	return r.say.Key(k) + ": " + r.say.Answer(k, v)
}

// finish asks for the next step and closes the run. What the model refuses is
// said, and asked again.
func (r *run) finish() error {
	j := model.Judge(r.n.Answers, r.n.Kind, r.n.Large)
	for {
		next, reason, err := r.next(j)
		if err != nil {
			return err
		}
		done, err := r.b.Do(r.ctx, model.FitFinish{Customer: r.d.Customer.ID, Assessment: r.n.ID, Next: next, Reason: reason})
		if model.KindOf(err) == model.KindInvalid && err != nil {
			r.k.say(r.say.Error(err))
			continue
		}
		if err != nil {
			return err
		}
		r.k.say(r.say.Message(done.Message))
		for _, n := range done.Notes {
			r.k.say("! " + r.say.Message(n))
		}
		return r.read()
	}
}

// next asks for what the verdict wants filled in.
func (r *run) next(j model.Judgement) (model.NextStep, string, error) {
	var s model.NextStep
	var err error
	text := func(id string) (v string) {
		if err == nil {
			v, err = r.must(r.t(id))
		}
		return v
	}
	who := func(id string) (v model.ID) {
		if err == nil {
			v, err = r.who(r.t(id))
		}
		return v
	}
	by := func(id string) (v model.Day) {
		if err == nil {
			v, err = r.by(r.t(id))
		}
		return v
	}
	switch j.Verdict {
	case model.VerdictFits:
		s.What = text("cli.next.protect")
	case model.VerdictImprove:
		s.What, s.Cause, s.Who = text("cli.next.improve"), text("cli.next.cause"), who("cli.next.owner")
	case model.VerdictTerms:
		s.What, s.By = text("cli.next.limits"), by("cli.next.answer_by")
	case model.VerdictGather:
		s.What, s.Who, s.By = text("cli.next.fact"), who("cli.next.finder"), by("cli.next.by")
	case model.VerdictPart:
		s.Referral = text("cli.next.referral")
		if rest, ok := strings.CutPrefix(s.Referral, "?"); ok {
			s.Referral, s.Searched = strings.TrimSpace(rest), true
		}
		s.Text, s.Contact, s.Contract = text("cli.next.text"), who("cli.next.contact"), text("cli.next.contract")
	}
	if slices.Contains(j.Flags, model.FitFlagImpactSheet) {
		s.Impact = text("cli.next.impact")
	}
	if err != nil {
		return s, "", err
	}
	reason, err := r.k.ask(r.ctx, r.t("cli.next.reason"))
	return s, reason, err
}

// must asks until there are words; "p" pauses.
func (r *run) must(question string) (string, error) {
	for {
		s, err := r.k.ask(r.ctx, question)
		if strings.EqualFold(s, "p") {
			return "", errPause
		}
		if err != nil || s != "" {
			return s, err
		}
	}
}

// who asks for somebody of the desk.
func (r *run) who(question string) (model.ID, error) {
	for {
		s, err := r.must(question)
		if err != nil {
			return model.NoID, err
		}
		id, err := r.person(r.b, s)
		if err == nil {
			return id, nil
		}
		if model.KindOf(err) != model.KindNotFound {
			return model.NoID, err
		}
		r.k.say(r.say.Error(err))
	}
}

// by asks for a day.
func (r *run) by(question string) (model.Day, error) {
	for {
		s, err := r.must(question)
		if err != nil {
			return "", err
		}
		d, err := r.dayOf(r.b, s)
		if err == nil {
			return d, nil
		}
		r.k.say(r.say.Error(err))
	}
}

// dayOf reads a day as people write it; "" is none.
func (a *app) dayOf(b ui.Desk, s string) (model.Day, error) {
	if s == "" {
		return "", nil
	}
	d, ok := kit.ParseDate(s, b.Now())
	if !ok {
		return "", errors.Join(model.Invalid("cli.error.date", "Text", s).WithHint("cli.hint.date"))
	}
	return model.DayOf(d), nil
}

// printNext prints the next step of an assessment.
func (a *app) printNext(b ui.Desk, d *model.Detail, n *model.Assessment) {
	s := n.Next
	var rows [][]string
	add := func(label, v string) {
		if v != "" {
			rows = append(rows, []string{"  " + label, v})
		}
	}
	add(a.t("cli.label.what"), kit.Clean(s.What))
	add(a.t("cli.label.cause"), kit.Clean(s.Cause))
	add(a.t("cli.label.who"), name(d.People, s.Who))
	add(a.t("cli.label.by"), a.day(b, s.By))
	if s.Searched {
		add(a.t("cli.label.searched"), kit.Clean(s.Referral))
	} else {
		add(a.t("cli.label.referral"), kit.Clean(s.Referral))
	}
	add(a.t("cli.label.text"), kit.Clean(s.Text))
	add(a.t("cli.label.contact"), name(d.People, s.Contact))
	add(a.t("cli.label.contract"), kit.Clean(s.Contract))
	add(a.t("cli.label.impact"), kit.Clean(s.Impact))
	add(a.t("cli.label.due"), a.day(b, n.Due))
	a.rows(rows)
}
