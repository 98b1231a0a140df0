package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Globals are the commands that work on every screen: take back, put back, and
// the ways to other screens.
func Globals(env *Env) []kit.Command {
	undo := func(redo bool) func() tea.Cmd {
		return func() tea.Cmd { return env.undo(redo) }
	}
	lead := func(c kit.Command, to kit.Open) kit.Command {
		c.Group, c.Goes = "go", to
		c.Run = func() tea.Cmd { return kit.Send(kit.Go(to)) }
		return c
	}
	return []kit.Command{
		{ID: "undo", Keys: []string{"u"}, Group: "change", Danger: true, Footer: 30, Run: undo(false)},
		{ID: "redo", Keys: []string{"U"}, Group: "change", Danger: true, Run: undo(true)},
		lead(kit.Command{ID: "go.desk"}, kit.Open{Kind: KindDesk}),
		lead(kit.Command{ID: "go.today", Keys: []string{"t"}, Footer: 26}, kit.Open{Kind: KindToday}),
		lead(kit.Command{ID: "go.review", Keys: []string{"r"}, Footer: 25}, kit.Open{Kind: KindReview}),
		lead(kit.Command{ID: "go.thermometer", Keys: []string{"p"}, Footer: 20}, kit.Open{Kind: KindThermometer}),
		lead(kit.Command{ID: "go.mirror", Keys: []string{"M"}, Footer: 6}, kit.Open{Kind: KindMirror}),
		lead(kit.Command{ID: "go.whale"}, kit.Open{Kind: KindWhale}),
		lead(kit.Command{ID: "go.silent"}, kit.Open{Kind: KindSilent}),
		lead(kit.Command{ID: "go.voices"}, kit.Open{Kind: KindVoices}),
		lead(kit.Command{ID: "go.farewell", Keys: []string{"F"}, Footer: 5}, kit.Open{Kind: KindFarewell}),
		lead(kit.Command{ID: "go.referrals"}, kit.Open{Kind: KindReferrals}),
		lead(kit.Command{ID: "go.journal", Keys: []string{"J"}, Footer: 8}, kit.Open{Kind: KindJournal, Arg: model.NoID}),
		lead(kit.Command{ID: "go.standards"}, kit.Open{Kind: KindStandards}),
		lead(kit.Command{ID: "go.improvements", Keys: []string{"I"}, Footer: 5}, kit.Open{Kind: KindImprovements}),
		lead(kit.Command{ID: "go.answers", Keys: []string{"A"}, Footer: 4}, kit.Open{Kind: KindAnswers}),
		lead(kit.Command{ID: "go.lessons"}, kit.Open{Kind: KindLessons}),
		lead(kit.Command{ID: "go.fairness"}, kit.Open{Kind: KindFairness}),
		lead(kit.Command{ID: "go.views"}, kit.Open{Kind: KindViews}),
		lead(kit.Command{ID: "go.query.help"}, kit.Open{Kind: KindQueryHelp}),
		lead(kit.Command{ID: "go.people", Keys: []string{"P"}, Footer: 7}, kit.Open{Kind: KindPeople}),
		lead(kit.Command{ID: "go.who", Keys: []string{"W"}}, kit.Open{Kind: KindWho}),
	}
}

// UndoAsk is the argument of [KindUndo]: a change that is not taken back, or put
// back, without asking.
type UndoAsk struct {
	Preview model.UndoPreview
	Redo    bool
}

// undo takes back the newest change at once when it is one small thing, which
// U puts back as easily; of many at once it first says what that would be.
func (e *Env) undo(redo bool) tea.Cmd {
	return func() tea.Msg {
		p, err := e.Desk.UndoPreview(0, redo)
		switch {
		case err != nil:
			return kit.Failed{Err: err}
		case p.Count > 1 || isBulk(&p.Line):
			return kit.Open{Kind: KindUndo, Arg: UndoAsk{Preview: p, Redo: redo}}
		}
		return e.undoNow(0, redo)()
	}
}

// isBulk holds for a change of many customers in one entry.
func isBulk(l *model.Line) bool {
	switch l.Action {
	case model.ActImportStart, model.ActImportRows, model.ActImportDone, model.ActFinanceRows, model.ActSurveyRows:
		return true
	}
	m := l.Message
	if m.ID == "journal.undo" || m.ID == "journal.redo" {
		m.ID, _ = m.Args["What"].(string)
	}
	return m.ID == "journal.bulk"
}

// undoNow takes back a change, 0 for the newest, says in words what it was, and
// has every screen read again.
func (e *Env) undoNow(rev model.Rev, redo bool) tea.Cmd {
	return func() tea.Msg {
		r, err := e.Desk.Undo(e.Ctx, rev, redo)
		if err != nil {
			return kit.Failed{Err: err}
		}
		return e.undone(r, redo)
	}
}

// undone says what was taken back, or put back.
func (e *Env) undone(r model.Receipt, redo bool) tea.Msg {
	level, words := kit.Done, e.message(r.Message)
	if r.Count > 1 {
		words += " · " + e.Text.N("undo.changes", r.Count)
	}
	for _, n := range r.Notes {
		level = kit.Caution
		words += " · " + e.message(n)
	}
	if redo {
		words += " · " + e.T("undo.again")
	} else {
		words += " · " + e.T("undo.back")
	}
	return tea.BatchMsg{kit.Tell(level, words), kit.Send(kit.Changed{Rev: uint64(r.Rev)})}
}
