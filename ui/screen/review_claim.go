package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// longerAfter is how soon a case is kept longer for who goes on working on it. It
// goes by the keys that are pressed: a screen that nobody touches lets it lapse.
const longerAfter = time.Minute

// hold is the case that a screen took for who works on it.
type hold struct {
	c       model.Case    // NoID in it for none
	at      time.Time     // when it was taken or kept longer
	ended   chan struct{} // closed when the book has answered
	between bool          // from one dialog to the next
	asked   bool          // it was taken over on purpose: no list gives it back by itself
	sure    bool          // the book has said that it is taken
}

// caseTaken is what became of taking a case.
type caseTaken struct {
	id  model.ID
	err error
	ask bool // it was asked for: what stands in the way is said
}

// involved tells a proposal that who looks has to leave to another, whatever the
// day.
func involved(c model.Case) bool {
	return c.Blocked != nil && (c.Blocked.ID == "error.not-allowed.own-proposal" || c.Blocked.ID == "error.not-allowed.aimed-at")
}

// mayTake tells whether who looks could decide a case, and so may hold it.
func (d *deciding) mayTake(c model.Case) bool {
	switch {
	case d.may(model.ActClaim) != "", c.Kind == model.CaseReturned, c.Kind == model.CaseProposal && involved(c):
		return false
	}
	return d.mayRule(c) == ""
}

// standing tells whether somebody holds a case now.
func (d *deciding) standing(c model.Case) bool {
	return c.Reviewer != "" && d.env.now().Before(c.Until.Time())
}

func (d *deciding) heldByOther(c model.Case) bool { return !c.ReviewerIs && d.standing(c) }

// held says who else holds a case and until when; "" when nobody does.
func (d *deciding) held(c model.Case) string {
	if !d.heldByOther(c) {
		return ""
	}
	return d.env.Say.Error(model.HeldBy(c.Reviewer, d.env.at(c.Until)))
}

// holder names in a few words who holds a case; "" for nobody.
func (d *deciding) holder(c model.Case) string {
	if !d.standing(c) {
		return ""
	}
	until := d.env.at(c.Until).Format("15:04")
	if c.ReviewerIs {
		return d.env.T("review.held.you", "Time", until)
	}
	return d.env.T("review.held", "Person", flat(clip(c.Reviewer, 24)), "Time", until)
}

// begin takes a case for who is about to decide it. What stands in the way is
// shown with the case itself.
func (d *deciding) begin(c model.Case) tea.Cmd {
	if !d.mayTake(c) || d.heldByOther(c) || d.hold.c.ID == c.ID {
		return nil
	}
	return d.takeCase(c, false, false)
}

func (d *deciding) takeCase(c model.Case, over, ask bool) tea.Cmd {
	e, ended := d.env, make(chan struct{})
	var before tea.Cmd
	if d.hold.c.ID != c.ID {
		d.hold.between = false
		before = d.release()
	}
	d.hold.c, d.hold.at, d.hold.ended = c, e.now(), ended
	d.hold.asked = d.hold.asked || ask
	return tea.Batch(before, func() tea.Msg {
		defer close(ended)
		_, err := e.Desk.Do(e.Ctx, model.TakeCase{Kind: c.Kind, Case: c.ID, Customer: c.Customer, Over: over})
		return caseTaken{id: c.ID, err: err, ask: ask}
	})
}

// tookCase hears what became of it. That the case could not be taken unasked is
// no fault: the evidence can be read, and the book refuses a decision that is not
// to be.
func (d *deciding) tookCase(m caseTaken) tea.Cmd {
	if m.err == nil {
		d.hold.sure = d.hold.sure || d.hold.c.ID == m.id
		return nil
	}
	if d.hold.c.ID == m.id {
		d.hold = hold{between: d.hold.between}
	}
	if m.ask {
		return kit.Fail(m.err)
	}
	return nil
}

// lost says that a colleague took over the case that was held here: a form that
// is open covers the page that shows it. c is the case as the book has it now.
func (d *deciding) lost(c model.Case) tea.Cmd {
	if !d.hold.sure || d.hold.c.ID != c.ID || !d.heldByOther(c) {
		return nil
	}
	d.hold = hold{}
	if !d.open() {
		return nil
	}
	return kit.Tell(kit.Caution, d.held(c))
}

// stay keeps the case longer, at most once a minute.
func (d *deciding) stay() tea.Cmd {
	if d.hold.c.ID == model.NoID || d.env.now().Sub(d.hold.at) < longerAfter {
		return nil
	}
	return d.takeCase(d.hold.c, false, false)
}

// release gives the case back. It waits for the taking to end, and what a
// colleague took over meanwhile is theirs.
func (d *deciding) release() tea.Cmd {
	c, ended := d.hold.c, d.hold.ended
	if c.ID == model.NoID || d.hold.between {
		return nil
	}
	d.hold = hold{}
	e := d.env
	return func() tea.Msg {
		select {
		case <-ended:
		case <-e.Ctx.Done():
			return nil
		}
		if _, err := e.Desk.Do(e.Ctx, model.ReleaseCase{Case: c.ID}); err != nil && model.KindOf(err) != model.KindConflict {
			return kit.Failed{Err: err}
		}
		return nil
	}
}

// askOver asks whether a case is to be taken over from who holds it.
func (d *deciding) askOver(c model.Case) tea.Cmd {
	e := d.env
	who := flat(clip(c.Reviewer, 60))
	o := &overlay{choose: kit.NewChoose(e.Theme, e.T("review.over.ask", "Person", who), []kit.Option{
		{Value: "no", Label: e.T("review.over.no", "Person", who)}, {Value: "yes", Label: e.T("review.over.yes")}}), saveID: "ask.go"}
	o.accept = func() tea.Cmd {
		if o.choose.Chosen() != "yes" {
			return nil
		}
		return d.takeCase(c, true, true)
	}
	return d.show(o)
}

// also has something done after each command, but for those that only open a
// screen.
func also(cmds []kit.Command, then func() tea.Cmd) []kit.Command {
	for i := range cmds {
		c := &cmds[i]
		if c.Moves || c.Goes.Kind != "" {
			continue
		}
		if run := c.Run; run != nil {
			c.Run = func() tea.Cmd { return tea.Batch(run(), then()) }
		}
		if run := c.RunKey; run != nil {
			c.RunKey = func(key string) tea.Cmd { return tea.Batch(run(key), then()) }
		}
	}
	return cmds
}
