package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// A draft holds the changed fields only, each with the value it had when the
// edit began: what colleagues change meanwhile in other fields is not put back
// by it, and in the same field it shows as a conflict.
const (
	draftNow = "now."
	draftWas = "was."
)

// draft is what is kept of the form; nil when there is nothing to keep.
func (s *edit) draft() map[string]string {
	if s.form == nil || s.over || s.offer != nil || !s.form.Dirty() {
		return nil
	}
	base := s.was
	if s.id == model.NoID {
		base = map[string]string{"kind": string(model.Private), "relation": string(model.Current)}
	}
	was, now := model.Diff(base, s.values())
	out := make(map[string]string, 2*len(now))
	for k, v := range now {
		out[draftNow+k] = v
		if was[k] != "" {
			out[draftWas+k] = was[k]
		}
	}
	return out
}

// Closing keeps what is not saved.
func (s *edit) Closing() tea.Cmd {
	v := s.draft()
	if len(v) == 0 {
		return nil
	}
	form := s.formID()
	return func() tea.Msg {
		if _, err := s.env.Desk.Do(s.env.Ctx, model.SaveDraft{Form: form, Values: v}); err != nil {
			return kit.Failed{Err: err}
		}
		return kit.Notice{Level: kit.Info, Text: s.env.T("edit.draft.kept")}
	}
}

// take fills the form from the draft.
func (s *edit) take() tea.Cmd {
	fill := map[string]string{}
	for k, v := range s.offer.Values {
		if id, ok := strings.CutPrefix(k, draftNow); ok && model.FieldByID(id) != nil {
			fill[id] = v
			if s.id != model.NoID {
				s.was[id] = s.offer.Values[draftWas+id]
			}
		}
	}
	s.offer = nil
	s.form.SetValues(s.shown(fill))
	return s.askSame()
}

// throw takes the draft out of the book.
func (s *edit) throw() tea.Cmd {
	drop := s.drop()
	s.offer, s.known = nil, false
	return drop
}

// drop is the command that removes the draft; nil when there is none.
func (s *edit) drop() tea.Cmd {
	if !s.known {
		return nil
	}
	form := s.formID()
	return func() tea.Msg {
		if _, err := s.env.Desk.Do(s.env.Ctx, model.SaveDraft{Form: form}); err != nil {
			return kit.Failed{Err: err}
		}
		return nil
	}
}
