package screen

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// clash is the dialog over fields that a colleague changed during the edit:
// both versions of each, and which of them is to stand. The colleague's does
// unless one says otherwise.
type clash struct {
	env    *Env
	fields []model.FieldConflict
	mine   map[string]bool
	cur    int
	person func(id string) string
}

func newClash(env *Env, fields []model.FieldConflict, person func(string) string) *clash {
	c := &clash{env: env, fields: fields, mine: map[string]bool{}, person: person}
	// In the order of the form: the book gives them in none.
	place := map[string]int{}
	for i, f := range model.Fields() {
		place[f.ID] = i
	}
	sorted := make([]model.FieldConflict, 0, len(fields))
	for at := range model.Fields() {
		for _, f := range fields {
			if place[f.Field] == at {
				sorted = append(sorted, f)
			}
		}
	}
	c.fields = sorted
	return c
}

func (c *clash) move(n int) { c.cur = min(max(c.cur+n, 0), len(c.fields)-1) }

// key takes the digits that stand before the versions.
func (c *clash) key(msg tea.Msg) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return
	}
	switch k.String() {
	case "1":
		c.choose(false)
	case "2":
		c.choose(true)
	}
}

// choose lets the field under the cursor be the own one, and goes on.
func (c *clash) choose(mine bool) {
	c.mine[c.fields[c.cur].Field] = mine
	c.move(1)
}

// words shows a value as the form would.
func (c *clash) words(id, v string) string {
	e := c.env
	f := model.FieldByID(id)
	switch {
	case v == "" && f.Type == model.FieldBool:
		return e.T("field.no")
	case v == "":
		return e.T("field.empty")
	case f.Type == model.FieldBool:
		return e.T("field.yes")
	case f.Type == model.FieldChoice:
		return e.T(id + "." + v)
	case f.Type == model.FieldPerson:
		return c.person(v)
	}
	return v
}

// view draws the dialog in the middle of w by h cells.
func (c *clash) view(w, h int) string {
	e, th := c.env, c.env.Theme
	inner := min(max(w-6, 10), 72)
	rows := kit.Wrap(e.T("edit.clash.body"), inner)
	rows = append(rows, "")
	per := 4
	room := max((h-len(rows)-3)/per, 1)
	top := min(max(c.cur-room+1, 0), max(len(c.fields)-room, 0))
	for i := top; i < min(top+room, len(c.fields)); i++ {
		f := c.fields[i]
		head := "  "
		if i == c.cur {
			head = "▌ "
		}
		rows = append(rows, head+th.Paint(kit.InkTitle, kit.Cell(e.T("field."+f.Field), inner-2)))
		rows = append(rows, c.version(1, !c.mine[f.Field], e.T("edit.clash.theirs"), c.words(f.Field, f.Stand), inner),
			c.version(2, c.mine[f.Field], e.T("edit.clash.mine"), c.words(f.Field, f.Yours), inner), "")
	}
	if len(c.fields) > room {
		rows = append(rows, th.Paint(kit.InkMuted, e.T("edit.clash.of", "At", c.cur+1, "All", len(c.fields))))
	}
	out, _, _ := kit.Box(th, e.T("edit.clash.title"), rows, w, h)
	return out
}

func (c *clash) version(n int, chosen bool, label, value string, w int) string {
	mark, ink := "○", kit.InkText
	if chosen {
		mark, ink = "●", kit.InkTitle
	}
	head := "    " + mark + " " + strconv.Itoa(n) + " " + kit.Fit(label, 12) + " "
	value = strings.ReplaceAll(clip(value, w), "\n", " ")
	return head + c.env.Theme.Paint(ink, kit.Cut(kit.Clean(value), max(w-kit.Width(head), 1)))
}
