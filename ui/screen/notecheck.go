package screen

import (
	"slices"

	"pasvorm/model"
	"pasvorm/ui/kit"
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

// mostCautions is how many rows the note check takes at most: what is being
// filled in must remain to be seen.
const mostCautions = 4

// cautionRows draw what the note check said, and under it the text again, which
// tells how to save all the same; no rows where it said nothing.
func (e *Env) cautionRows(said []string, again string, w int) []string {
	if len(said) == 0 {
		return nil
	}
	room := max(w-4, 1)
	var rows []string
	for _, s := range said {
		for i, row := range kit.Wrap(s, room) {
			mark := "▲ "
			if i > 0 {
				mark = "  "
			}
			rows = append(rows, " "+e.Theme.Paint(kit.InkWarn, mark+row))
		}
	}
	if len(rows) > mostCautions {
		rows = append(rows[:mostCautions-1], " "+e.Theme.Paint(kit.InkWarn, "  …"))
	}
	return append(rows, " "+e.Theme.Paint(kit.InkText, kit.Cut(e.T(again), max(w-2, 1))))
}
