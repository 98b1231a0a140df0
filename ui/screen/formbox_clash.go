package screen

import (
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// clashes opens the dialog over the fields that a colleague changed meanwhile;
// false for any other refusal, and for a form that cannot settle it.
func (b *formbox) clashes(err error) bool {
	e, ok := asModel(err)
	if !ok || len(e.Fields) == 0 || b.spec.was == nil {
		return false
	}
	b.over.busy = false
	b.heads()
	form := b.spec.fields
	b.clash = newClash(b.env, form, e.Fields, func(id, v string) string { return b.env.clashWords(form, id, b.show(id, v)) })
	return true
}

// show gives a value of the book as the form has it.
func (b *formbox) show(id, v string) string {
	if b.spec.shown == nil {
		return v
	}
	return b.spec.shown(id, v)
}

// settle goes on after the dialog: what stands is the new beginning, so that the
// chosen values go through unless yet another colleague was first. What was
// joined is read over before it is saved.
func (s *formStage) settle() tea.Cmd {
	b := s.box
	c, look := b.clash, ""
	b.clash = nil
	for _, f := range c.fields {
		b.spec.was[f.Field], b.first[f.Field] = f.Stand, b.show(f.Field, f.Stand)
		if c.pick[f.Field] != sideMine {
			b.over.form.SetValues(map[string]string{f.Field: b.show(f.Field, c.value(f))})
		}
		if c.pick[f.Field] == sideBoth && look == "" {
			look = f.Field
		}
	}
	if look != "" {
		b.over.form.FocusID(look)
		return kit.Tell(kit.Info, b.env.T("edit.clash.look"))
	}
	return s.save(b)
}

// draft is what was filled in otherwise than the form opened with: what others
// change meanwhile in other fields is not put back by it.
func (b *formbox) draft() map[string]string {
	v := b.over.form.Values()
	maps.DeleteFunc(v, func(k, s string) bool { return s == b.first[k] })
	return b.dated(v)
}

// dated adds to a draft what stood in its fields when the edit began: in a field
// that a colleague changes meanwhile it shows as a conflict.
func (b *formbox) dated(v map[string]string) map[string]string {
	if b.spec.was == nil {
		return v
	}
	for _, id := range slices.Collect(maps.Keys(v)) {
		v[draftWas+id] = b.spec.was[id]
	}
	return v
}

// take fills the form from a draft.
func (b *formbox) take(draft map[string]string) {
	fill := map[string]string{}
	for k, v := range draft {
		if id, ok := strings.CutPrefix(k, draftWas); ok && b.spec.was != nil {
			b.spec.was[id] = v
			continue
		}
		fill[k] = v
	}
	b.over.form.SetValues(fill)
}
