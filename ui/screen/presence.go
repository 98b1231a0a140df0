package screen

import (
	"slices"
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// company is who else is on a customer, as the floor said last. It answers at
// once, so a screen asks it in Update: when it opens, comes back on top, and
// hears of a kit.FloorChanged.
type company struct {
	of   model.ID
	here []ui.Presence
}

// look asks about a customer.
func (c *company) look(e *Env, of model.ID) {
	c.of, c.here = of, nil
	if e.Floor != nil && of != model.NoID {
		c.here = e.Floor.Here(of)
	}
}

// nameAmongOthers is the room one name has among several, in cells.
const nameAmongOthers = 16

// namesShown is how many names are said; the others are counted.
const namesShown = 3

// on puts who is here at the right of a row of w cells, over what stands there:
// it has a place of its own, so that nothing moves when somebody comes or goes.
func (c *company) on(e *Env, row string, w int) string {
	line := e.company(c.here, w*2/3)
	if line == "" {
		return row
	}
	return kit.Ends(kit.Cut(row, max(w-kit.Width(line)-2, 0)), line, w)
}

// company words who is here in at most w cells: who types before who looks.
func (e *Env) company(here []ui.Presence, w int) string {
	if len(here) == 0 {
		return ""
	}
	at := slices.IndexFunc(here, func(p ui.Presence) bool { return !p.Typing })
	if at < 0 {
		at = len(here)
	}
	if len(here) == 1 && at == 1 {
		return e.Theme.Paint(kit.InkWarn, kit.Cut(e.T("floor.here.typing", "Person", PersonNames(here, 1)), w))
	}
	out := ""
	for most := namesShown; most > 0; most-- {
		out = ""
		if at > 0 {
			out = e.Theme.Paint(kit.InkWarn, e.Text.N("floor.types", at, "Persons", PersonNames(here[:at], most)))
		}
		if rest := here[at:]; len(rest) > 0 {
			out = joined(" · ", out, e.Theme.Paint(kit.InkAccent, e.Text.N("floor.looks", len(rest), "Persons", PersonNames(rest, most))))
		}
		if kit.Width(out) <= w {
			return out
		}
	}
	if at > 0 && len(here) > 1 {
		out = e.Theme.Paint(kit.InkWarn, e.Text.N("floor.types.short", len(here)-1, "Person", PersonNames(here[:1], 1)))
	}
	return kit.Cut(out, w)
}

// PersonNames gives the first names of a list, cleaned, and how many there are
// more: "Karin, Sam +3".
func PersonNames(all []ui.Presence, most int) string {
	var out []string
	for _, p := range all[:min(len(all), most)] {
		name := kit.Clean(clip(p.Name, nameAmongOthers))
		out = append(out, strings.TrimSpace(kit.Cut(name, nameAmongOthers)))
	}
	s := strings.Join(out, ", ")
	if more := len(all) - most; more > 0 {
		s += " +" + strconv.Itoa(more)
	}
	return s
}

// TypingThere says who types on a customer while one begins to do so too; ""
// for nobody.
func (e *Env) TypingThere(customer model.ID) string {
	if e.Floor == nil || customer == model.NoID {
		return ""
	}
	here := e.Floor.Here(customer)
	here = slices.DeleteFunc(here, func(p ui.Presence) bool { return !p.Typing })
	if len(here) == 0 {
		return ""
	}
	return e.Text.N("floor.types.too", len(here), "Persons", PersonNames(here, namesShown))
}
