package cli

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// fitVerb asks the ten questions in plain lines, or judges a batch.
func (a *app) fitVerb() *cobra.Command {
	batch, stance := false, ""
	c := &cobra.Command{
		Use: "fit CUSTOMER", Short: a.t("cli.fit.short"), Long: a.t("cli.fit.long"),
		Example: "pasvorm fit \"petra jansen\"\npasvorm fit --batch < cases.jsonl",
		Args:    func(c *cobra.Command, args []string) error { return a.fitArgs(c, args, batch) },
	}
	run := a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
		return a.fit(ctx, b, strings.Join(args, " "), model.Stance(stance))
	})
	c.RunE = func(c *cobra.Command, args []string) error {
		if batch {
			return a.batch(c.Context())
		}
		switch model.Stance(stance) {
		case "", model.StanceMaker, model.StanceCustomer:
		default:
			return a.usage("cli.error.flag_bad", "Flag", "--stance", "Value", stance)
		}
		return run(c, args)
	}
	c.Flags().BoolVar(&batch, "batch", false, a.t("cli.flag.batch"))
	c.Flags().StringVar(&stance, "stance", "", a.t("cli.flag.stance"))
	return c
}

func (a *app) fitArgs(c *cobra.Command, args []string, batch bool) error {
	if batch {
		return a.args(0, 0)(c, args)
	}
	return a.args(1, -1)(c, args)
}

// run is one way through the questions with one customer.
type run struct {
	*app
	ctx  context.Context //nolint:containedctx // of one call
	b    ui.Book
	k    *asker
	d    *model.Detail
	n    *model.Assessment
	last *model.Assessment // settled before; nil for none
	know map[model.FitKey]model.FitFact

	stance model.Stance // to be noted beside the answers; "" keeps the one there is
}

// fit walks through the questions. Each answer is kept at once, so that a run
// can stop anywhere and go on later.
func (a *app) fit(ctx context.Context, b ui.Book, text string, stance model.Stance) error {
	d, err := a.detail(b, text)
	if err != nil {
		return err
	}
	out := a.Out
	if a.json {
		out = a.Err // the talk; the answer goes to standard output
	}
	r := &run{app: a, ctx: ctx, b: b, k: newAsker(a.In, out), d: d, last: d.Settled(), stance: stance}
	if err := r.begin(); err != nil {
		return err
	}
	if r.n.State == model.FitProposed {
		r.k.say(a.running(r.n))
		return r.result()
	}
	err = r.questions()
	if err == nil {
		err = r.finish()
	}
	if errors.Is(err, errPause) {
		if err = r.read(); err == nil {
			r.k.say(a.t("cli.fit.paused", "Done", len(model.FitKeys())-len(r.n.Answers.Open()), "All", len(model.FitKeys())))
		}
	}
	if err != nil {
		return err
	}
	return r.result()
}

// begin resumes the running assessment or starts one.
func (r *run) begin() error {
	r.k.say(r.t("cli.fit.title", "Customer", kit.Clean(r.d.Customer.Name)))
	play, _, err := r.b.Playbook()
	if err != nil {
		return err
	}
	r.know = model.FitFacts(r.d, play, r.b.Now())
	if r.last != nil {
		r.k.say(r.t("cli.fit.last", "Verdict", r.say.Verdict(r.last.Verdict), "Rule", string(r.last.Rule), "Date", r.date(r.b, r.last.Settled.At)))
	}
	if r.n = r.d.Running(); r.n != nil {
		if r.n.State != model.FitProposed {
			r.k.say(r.running(r.n))
		}
		return nil
	}
	done, err := r.b.Do(r.ctx, model.FitStart{Customer: r.d.Customer.ID})
	if err != nil {
		return err
	}
	return r.readAs(done.Made)
}

// read reads the assessment as it stands.
func (r *run) read() error { return r.readAs(r.n.ID) }

func (r *run) readAs(id model.ID) error {
	d, err := r.b.Customer(r.d.Customer.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(d.Assessments, func(n *model.Assessment) bool { return n.ID == id })
	if at < 0 {
		return model.NotFound("error.fit.gone")
	}
	r.d, r.n = d, d.Assessments[at]
	return nil
}

// result prints the assessment for --json.
func (r *run) result() error {
	if !r.json {
		return nil
	}
	return r.object(assessmentOf(r.n, r.d.People))
}

// questions asks what is open, shows the verdict, and asks again what the
// person wants to change.
func (r *run) questions() error {
	r.k.say(r.t("cli.fit.how"))
	for {
		for _, key := range r.n.Answers.Open() {
			if err := r.question(key); err != nil {
				return err
			}
			if r.n.Answers[key] == "" { // sent back to an earlier one
				break
			}
		}
		if !r.n.Answers.Complete() {
			continue
		}
		again, err := r.verdict()
		if err != nil || again == "" {
			return err
		}
		if err := r.question(again); err != nil {
			return err
		}
	}
}

// question asks one question until there is an answer, and keeps it.
func (r *run) question(key model.FitKey) error {
	keys, answers := model.FitKeys(), model.AnswersFor(key)
	var parts []string
	for i, v := range answers {
		parts = append(parts, strconv.Itoa(i+1)+" "+r.say.Answer(key, v))
	}
	text := r.t("cli.fit.question", "At", slices.Index(keys, key)+1, "All", len(keys), "Question", r.say.Question(key),
		"Answers", strings.Join(parts, ", "))
	if known := r.known(key); known != "" {
		text += " " + known
	}
	for {
		said, err := r.k.ask(r.ctx, text)
		if err != nil {
			return err
		}
		first, note, _ := strings.Cut(said, " ")
		switch strings.ToLower(first) {
		case "", "p":
			return errPause
		case "?":
			r.k.say(r.say.Why(key))
			continue
		case "b":
			at := slices.Index(keys, key)
			if at > 0 {
				return r.question(keys[at-1])
			}
			continue
		}
		v, ok := r.answer(key, answers, said, first)
		if !ok {
			r.k.say(r.t("cli.fit.unclear", "High", len(answers)))
			continue
		}
		_, err = r.b.Do(r.ctx, model.FitAnswer{Customer: r.d.Customer.ID, Assessment: r.n.ID, Question: key, Answer: v, Note: note, Stance: r.stance})
		if err != nil {
			return err
		}
		return r.read()
	}
}

// answer reads a number, the stored word or the label.
func (r *run) answer(key model.FitKey, answers []model.Answer, said, first string) (model.Answer, bool) {
	for i, v := range answers {
		if first == strconv.Itoa(i+1) || strings.EqualFold(first, string(v)) || strings.EqualFold(said, r.say.Answer(key, v)) {
			return v, true
		}
	}
	return "", false
}

// known words what the book knows about a question, and the answer it gives
// cause to.
func (r *run) known(key model.FitKey) string {
	k := r.know[key]
	var facts []string
	for _, f := range k.Facts[:min(len(k.Facts), 5)] {
		facts = append(facts, list(", ", r.say.Fact(f), r.date(r.b, f.At)))
	}
	if k.Propose != "" {
		facts = append(facts, r.t("cli.fit.proposes", "Answer", r.say.Answer(key, k.Propose)))
	}
	if len(facts) == 0 {
		return ""
	}
	return r.t("cli.fit.known", "Facts", strings.Join(facts, "; "))
}
