package cli

import (
	"context"
	"fmt"

	"pasvorm/model"
	"pasvorm/ui"
)

// checkNotes says on standard error what does not belong in notes that were
// just taken, each sentence once. The change stands: the note check refuses
// nothing, and a call that fails says only why it failed.
func (a *app) checkNotes(texts ...string) {
	said := map[string]bool{}
	for _, text := range texts {
		for _, w := range model.CheckNote(text) {
			if s := a.say.Message(w.Message()); !said[s] {
				said[s] = true
				_, _ = fmt.Fprintln(a.Err, "! "+s)
			}
		}
	}
}

// doNoted carries out an action like do, and then looks at the notes in it.
func (a *app) doNoted(ctx context.Context, b ui.Desk, action model.Action, notes ...string) error {
	if err := a.do(ctx, b, action); err != nil {
		return err
	}
	a.checkNotes(notes...)
	return nil
}

// longTexts are the values that go into fields of several lines, in the order
// of the fields.
func longTexts(values map[string]string) []string {
	var out []string
	for _, f := range model.Fields() {
		if f.Type == model.FieldLong && values[f.ID] != "" {
			out = append(out, values[f.ID])
		}
	}
	return out
}
