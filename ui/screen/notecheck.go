package screen

import (
	"slices"

	"pasvorm/model"
)

// noteCheck says of a note what does not belong in it, each sentence once, in
// the order of the text; none for most notes. Nothing is refused by it.
func (e *Env) noteCheck(text string) []string {
	var out []string
	for _, w := range model.CheckNote(text) {
		if s := e.Say.Message(w.Message()); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
