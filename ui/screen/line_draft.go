package screen

import (
	"maps"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// lineDraft is the draft of a panel of a line or two: a reason, a banner. The
// panel offers an earlier one, and keeps what was typed when it is left.
type lineDraft struct {
	env   *Env
	form  string       // names the draft in the book; "" for a panel that keeps none
	offer *model.Draft // until it is taken or thrown away
	known bool         // the book holds a draft
	saved bool         // what was typed went where it belongs
}

// lineDrafted brings the draft of a panel.
type lineDrafted struct {
	of    *lineDraft
	draft *model.Draft
	err   error
}

func (lineDrafted) news() {}

// draftOf names a draft by what it is about: one customer, or those marked.
func draftOf(what string, of ...model.ID) string {
	if len(of) == 1 {
		return what + "/" + of[0].String()
	}
	return what + "/marked"
}

// load asks the book for the draft.
func (k *lineDraft) load() tea.Cmd {
	if k.form == "" {
		return nil
	}
	return func() tea.Msg {
		d, err := k.env.Desk.Draft(k.form)
		return lineDrafted{of: k, draft: d, err: err}
	}
}

// hear takes the answer of the book; what is typed already is not put aside for
// a draft.
func (k *lineDraft) hear(m lineDrafted, touched bool) tea.Cmd {
	if m.of != k {
		return nil
	}
	if k.known = m.draft != nil; k.known && !touched {
		k.offer = m.draft
	}
	return kit.Fail(m.err)
}

// keep saves what was typed.
func (k *lineDraft) keep(v map[string]string) tea.Cmd {
	maps.DeleteFunc(v, func(_, s string) bool { return s == "" })
	if k.form == "" || k.saved || len(v) == 0 {
		return nil
	}
	return func() tea.Msg {
		if _, err := k.env.Desk.Do(k.env.Ctx, model.SaveDraft{Form: k.form, Values: v}); err != nil {
			return kit.Failed{Err: err}
		}
		return kit.Notice{Level: kit.Info, Text: k.env.T("edit.draft.kept")}
	}
}

// drop takes the draft out of the book.
func (k *lineDraft) drop() tea.Cmd {
	k.offer, k.known = nil, false
	return func() tea.Msg {
		if _, err := k.env.Desk.Do(k.env.Ctx, model.SaveDraft{Form: k.form}); err != nil {
			return kit.Failed{Err: err}
		}
		return nil
	}
}

// saving carries out what the panel is for, and drops the draft when that went
// well.
func (k *lineDraft) saving(try tea.Cmd) tea.Cmd {
	k.saved = true
	if !k.known {
		return try
	}
	form := k.form
	return func() tea.Msg {
		msg := try()
		if t, ok := msg.(tried); ok && t.err == nil {
			if _, err := k.env.Desk.Do(k.env.Ctx, model.SaveDraft{Form: form}); err != nil {
				t.err = err
				return t
			}
		}
		return msg
	}
}

// row offers the draft, words being the most of what it holds.
func (k *lineDraft) row(words string, w int) string {
	at := k.env.Text.DateTime(k.env.at(k.offer.At), k.env.now())
	return " " + k.env.Theme.Paint(kit.InkWarn, kit.Cut(k.env.T("tag.draft.here", "Date", at, "What", kit.Clean(clip(words, 60))), max(w-2, 1)))
}

// lineDraftCommands are the keys while a draft is offered.
func lineDraftCommands() []kit.Command {
	return []kit.Command{
		{ID: "draft.take", Keys: []string{"enter"}, Group: "change", Footer: 100},
		{ID: "draft.drop", Keys: []string{"ctrl+x"}, Group: "change", Danger: true, Footer: 90},
		{ID: "panel.leave", Keys: []string{"esc"}, Group: "go", Footer: 80},
	}
}
