package screen

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// side says which version of a field is to stand.
type side uint8

const (
	sideTheirs side = iota // as long as one does not say otherwise
	sideMine
	sideBoth
)

// clash is the dialog over fields that a colleague changed during the edit: both
// versions of each, and which of them is to stand.
type clash struct {
	env    *Env
	fields []model.FieldConflict
	form   map[string]kit.Field // the fields of the form, by id
	pick   map[string]side
	cur    int
	words  func(id, v string) string // shows a value as the form would
	why    string                    // why the two cannot be joined, once that was asked for
}

// newClash asks about fields, in the order of the form: the book gives them in
// none.
func newClash(env *Env, form []kit.Field, fields []model.FieldConflict, words func(id, v string) string) *clash {
	c := &clash{env: env, form: map[string]kit.Field{}, pick: map[string]side{}, words: words}
	place := map[string]int{}
	for i, f := range form {
		c.form[f.ID], place[f.ID] = f, i
	}
	c.fields = slices.Clone(fields)
	slices.SortStableFunc(c.fields, func(a, b model.FieldConflict) int { return place[a.Field] - place[b.Field] })
	return c
}

func (c *clash) move(n int) { c.cur, c.why = min(max(c.cur+n, 0), len(c.fields)-1), "" }

// key takes the digits that stand before the versions.
func (c *clash) key(msg tea.Msg) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return
	}
	switch k.String() {
	case "1":
		c.choose(sideTheirs)
	case "2":
		c.choose(sideMine)
	case "3":
		if _, c.why = c.joined(c.fields[c.cur]); c.why == "" {
			c.choose(sideBoth)
		}
	}
}

// choose says what is to stand in the field under the cursor, and goes on.
func (c *clash) choose(s side) {
	c.pick[c.fields[c.cur].Field] = s
	c.move(1)
}

// value is what was chosen for a field.
func (c *clash) value(f model.FieldConflict) string {
	switch c.pick[f.Field] {
	case sideMine:
		return f.Yours
	case sideBoth:
		v, _ := c.joined(f)
		return v
	case sideTheirs:
	}
	return f.Stand
}

// oneValue are the fields of text that hold one thing, however it is written:
// two of them in one field would be none.
var oneValue = []string{"number", "phone", "mobile", "email", "street", "houseno", "postcode", "town", "country", "theirs", "query"}

// joined is both versions of a field in one, theirs first, or why there is none.
func (c *clash) joined(f model.FieldConflict) (v, why string) {
	e, of := c.env, c.form[f.Field]
	switch {
	case of.Kind != kit.TextField && of.Kind != kit.AreaField, slices.Contains(oneValue, f.Field):
		return "", e.T("edit.clash.one")
	case strings.TrimSpace(f.Stand) == "", strings.TrimSpace(f.Yours) == "":
		return "", e.T("edit.clash.empty")
	}
	v = joinLine(f.Stand, f.Yours)
	if of.Kind == kit.AreaField {
		v = joinText(f.Was, f.Stand, f.Yours)
	}
	if of.Limit > 0 && utf8.RuneCountInString(v) > of.Limit || len(v) > model.MaxWords {
		return "", e.T("edit.clash.long")
	}
	return v, ""
}

// joinLine puts two short texts beside each other; where one holds the other it
// is enough.
func joinLine(theirs, mine string) string {
	a, b := model.FoldWords(theirs), model.FoldWords(mine)
	switch {
	case strings.Contains(a, b):
		return theirs
	case strings.Contains(b, a):
		return mine
	}
	return strings.TrimSpace(theirs) + " / " + strings.TrimSpace(mine)
}

// joinText puts under a text the lines of another that it lacks. Where both
// wrote on behind what stood, that is not said twice.
func joinText(was, theirs, mine string) string {
	if was = strings.TrimSpace(was); was != "" && strings.HasPrefix(theirs, was) {
		if more, ok := strings.CutPrefix(mine, was); ok && strings.TrimSpace(more) != "" {
			mine = strings.TrimSpace(more)
		}
	}
	has := map[string]bool{"": true}
	for _, line := range strings.Split(theirs, "\n") {
		has[model.FoldWords(line)] = true
	}
	out := strings.TrimRight(theirs, "\n")
	for _, line := range strings.Split(mine, "\n") {
		if !has[model.FoldWords(line)] {
			out += "\n" + line
		}
	}
	return out
}

// view draws the dialog in the middle of w by h cells.
func (c *clash) view(w, h int) string {
	e, th := c.env, c.env.Theme
	inner := min(max(w-6, 10), 72)
	rows := kit.Wrap(e.T("edit.clash.body"), inner)
	rows = append(rows, "")
	room := max(h-len(rows)-3, 1)
	blocks, all := c.blocks(inner, room)
	top, used := c.cur, len(blocks[c.cur])
	for top > 0 && used+len(blocks[top-1]) <= room {
		top--
		used += len(blocks[top])
	}
	// As many as fit, from the one that keeps the cursor in sight.
	used = 0
	for i := top; i < len(blocks) && (i == top || used+len(blocks[i]) <= room); i++ {
		rows = append(rows, blocks[i]...)
		used += len(blocks[i])
	}
	switch {
	case c.why != "":
		rows = append(rows, th.Paint(kit.InkWarn, kit.Cut("▲ "+c.why, inner)))
	case all > room:
		rows = append(rows, th.Paint(kit.InkMuted, e.T("edit.clash.of", "At", c.cur+1, "All", len(c.fields))))
	}
	out, _, _ := kit.Box(th, e.T("edit.clash.title"), rows, w, h)
	return out
}

// longClash is how many rows a long version has where the fields do not all fit.
const longClash = 4

// blocks are the rows of each field, and how many there are. Long versions have
// as many rows as there is room for, the same ones wherever the cursor is, so
// that one reads what is chosen and nothing moves.
func (c *clash) blocks(w, room int) (blocks [][]string, all int) {
	for _, tall := range []int{12, 8, 6, longClash, 3, 2, 1} {
		blocks, all = c.fieldRows(w, tall), 0
		for _, b := range blocks {
			all += len(b)
		}
		if all <= room {
			return blocks, all
		}
	}
	for _, tall := range []int{longClash, 3, 2} {
		more := c.fieldRows(w, tall)
		if !slices.ContainsFunc(more, func(b []string) bool { return len(b) > room }) {
			return more, all
		}
	}
	return blocks, all
}

// fieldRows are the rows of each field, a version in at most tall of them.
func (c *clash) fieldRows(w, tall int) [][]string {
	e, th := c.env, c.env.Theme
	out := make([][]string, len(c.fields))
	for i, f := range c.fields {
		head := "  "
		if i == c.cur {
			head = "▌ "
		}
		rows := []string{head + th.Paint(kit.InkTitle, kit.Cell(c.form[f.Field].Label, w-2))}
		from := differFrom(f.Stand, f.Yours)
		rows = append(rows, c.version(sideTheirs, f, e.T("edit.clash.theirs"), c.shown(f.Field, f.Stand, from), w, tall)...)
		rows = append(rows, c.version(sideMine, f, e.T("edit.clash.mine"), c.shown(f.Field, f.Yours, from), w, tall)...)
		both, why := c.joined(f)
		if why == "" {
			why = c.shown(f.Field, both, from)
		}
		// What was joined is read over in the form.
		out[i] = append(append(rows, c.version(sideBoth, f, e.T("edit.clash.both"), why, w, 1)...), "")
	}
	return out
}

// differFrom is where two long texts begin to differ, so that what was changed
// far down is seen; 0 for short ones. It falls between words.
func differFrom(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n < 40 {
		return 0
	}
	return strings.LastIndexAny(a[:n], " \n") + 1
}

// shown is a value on one line, from where it matters.
func (c *clash) shown(id, v string, from int) string {
	if of := c.form[id].Kind; from > 0 && from <= len(v) && (of == kit.AreaField || of == kit.TextField) {
		return "… " + v[from:]
	}
	return c.words(id, v)
}

// version draws one version of a field in at most tall rows.
func (c *clash) version(s side, f model.FieldConflict, label, value string, w, tall int) []string {
	th := c.env.Theme
	mark, ink := "○", kit.InkText
	if c.pick[f.Field] == s {
		mark, ink = "●", kit.InkTitle
	}
	if _, why := c.joined(f); s == sideBoth && why != "" {
		mark, ink = "–", kit.InkUnavailable
	}
	head := "    " + mark + " " + strconv.Itoa(int(s)+1) + " " + kit.Fit(label, 12) + " "
	at := kit.Width(head)
	room := max(w-at, 1)
	text := kit.Clean(strings.ReplaceAll(clip(value, room*(tall+2)), "\n", " "))
	rows := []string{text}
	if tall > 1 {
		rows = kit.Wrap(text, room)
	}
	if len(rows) > tall { // the rest is cut off, and one sees that
		rows = append(rows[:tall-1], strings.Join(rows[tall-1:], " "))
	}
	for i, row := range rows {
		rows[i] = head + th.Paint(ink, kit.Cut(row, room))
		head = strings.Repeat(" ", at)
	}
	return rows
}

// clashWords shows values as the fields of a form do.
func (e *Env) clashWords(form []kit.Field, id, v string) string {
	for _, f := range form {
		if f.ID != id {
			continue
		}
		for _, o := range f.Options {
			if o.Value == v {
				return o.Label
			}
		}
		if f.Kind == kit.DateField {
			v = e.dayText(model.Day(v))
		}
	}
	if v == "" {
		return e.T("field.empty")
	}
	return v
}

// clashCommands are the keys of the dialog; the digits are its own.
func clashCommands(move func(int), save, back func() tea.Cmd) []kit.Command {
	by := func(n int) func(string) tea.Cmd { return func(string) tea.Cmd { move(n); return nil } }
	then := func(f func() tea.Cmd) func(string) tea.Cmd { return func(string) tea.Cmd { return f() } }
	return []kit.Command{
		{ID: "move.down", Keys: []string{"down", "tab"}, Group: "move", Footer: 80, RunKey: by(1)},
		{ID: "move.up", Keys: []string{"up", "shift+tab"}, Group: "move", Footer: 79, RunKey: by(-1)},
		{ID: "clash.save", Keys: []string{"enter"}, Group: "change", Footer: 100, RunKey: then(save)},
		{ID: "clash.back", Keys: []string{"esc"}, Group: "go", Footer: 70, RunKey: then(back)},
	}
}
