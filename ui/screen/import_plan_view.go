package screen

import (
	"slices"
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

var (
	importEncodings = map[string]string{
		"utf-8": "UTF-8", "utf-16": "UTF-16", "utf-16le": "UTF-16 LE", "utf-16be": "UTF-16 BE",
		"windows-1252": "Windows-1252", "latin1": "ISO 8859-1", "utf-8+windows-1252": "UTF-8 + Windows-1252",
	}
	importDelimiters = map[string]string{
		",": "import.delimiter.comma", ";": "import.delimiter.semicolon", "\t": "import.delimiter.tab",
		"|": "import.delimiter.bar", ":": "import.delimiter.colon",
	}
)

func importEncoding(name string) string {
	if s, ok := importEncodings[name]; ok {
		return s
	}
	return kit.Clean(clip(name, 30))
}

func importDelimiter(e *Env, d string) string {
	if id, ok := importDelimiters[d]; ok {
		return e.T(id)
	}
	return "“" + kit.Clean(clip(d, 3)) + "”"
}

// viewPlan draws what was found. The columns have what room the rest leaves:
// of that the first rows of the file give way first.
func (s *importScreen) viewPlan(w, h int) []string {
	room := max(w-2, 1)
	head := s.viewFound(room)
	const least = 5 // rows for the columns, their heading with them
	preview := s.viewPreview(room, min(max(h-len(head)-least-2, 0), 5))
	if len(head) > h-least {
		head = head[:max(h-least, 1)]
	}
	rows := make([]string, 0, h)
	for _, r := range head {
		rows = append(rows, " "+r)
	}
	rows = append(rows, s.viewColumns(w, h-len(head)-len(preview))...)
	for len(rows) < h-len(preview) {
		rows = append(rows, "")
	}
	for _, r := range preview {
		rows = append(rows, " "+r)
	}
	return rows
}

// viewFound is the file in numbers, what is wrong with it, and what is wrong
// with the last change of the mapping.
func (s *importScreen) viewFound(w int) []string {
	e, th, r := s.env, s.env.Theme, &s.plan.report
	facts := importEncoding(r.Encoding) + " · " + importDelimiter(e, r.Delimiter) + " · " + e.Text.N("import.rows", r.Rows)
	name := importBase(s.name)
	title := th.Paint(kit.InkTitle, kit.Cut(kit.Clean(clip(name, w)), max(w-kit.Width(facts)-2, 8)))
	rows := []string{kit.Ends(title, facts, w)}
	if w < 60 { // no room for both
		rows = []string{th.Paint(kit.InkTitle, kit.Cell(name, w)), kit.Cut(facts, w)}
	}
	var parts []string
	if r.Added > 0 {
		parts = append(parts, e.Text.N("import.plan.added", r.Added))
	}
	if r.Updated > 0 {
		parts = append(parts, e.Text.N("import.plan.updated", r.Updated))
	}
	if r.Doubles > 0 {
		parts = append(parts, e.Text.N("import.plan.doubles", r.Doubles))
	}
	if len(parts) > 0 {
		rows = append(rows, kit.Cut(strings.Join(parts, " · "), w))
	}
	for _, n := range r.Notes[:min(len(r.Notes), 3)] {
		rows = append(rows, importWrap(th, kit.InkWarn, "! "+e.Say.Message(n), w, 2)...)
	}
	rows = append(rows, s.viewBad(r, w, 3)...)
	if s.wrong != "" {
		rows = append(rows, importWrap(th, kit.InkError, s.wrong, w, 3)...)
	}
	return append(rows, "")
}

// viewBad lists the first bad lines, with how many there are.
func (s *importScreen) viewBad(r *model.ImportReport, w, most int) []string {
	if r.Bad == 0 {
		return nil
	}
	e, th := s.env, s.env.Theme
	rows := []string{th.Paint(kit.InkWarn, kit.Cut("! "+e.Text.N("import.bad", r.Bad), w))}
	shown := r.BadRows[:min(len(r.BadRows), most)]
	for _, b := range shown {
		rows = append(rows, kit.Cut("  "+e.T("import.bad.line", "Line", b.Line, "Reason", e.Say.Message(b.Reason)), w))
	}
	if more := r.Bad - len(shown); more > 0 && len(shown) > 0 {
		rows = append(rows, th.Paint(kit.InkMuted, kit.Cut("  "+e.Text.N("import.bad.more", more), w)))
	}
	return rows
}

func importWrap(th *kit.Theme, ink kit.Token, s string, w, most int) []string {
	rows := kit.Wrap(s, w)
	if len(rows) > most {
		rows = append(rows[:most-1:most-1], kit.Cut(rows[most-1]+" "+rows[most], w))
	}
	for i := range rows {
		rows[i] = th.Paint(ink, rows[i])
	}
	return rows
}

// viewColumns lists the columns with what they become and an example.
func (s *importScreen) viewColumns(w, room int) []string {
	e, th, p := s.env, s.env.Theme, &s.plan
	cw := min(max((w-5)/3, 10), 32)
	widths := []int{cw, cw, max(w-2*cw-7, 0)}
	rows := []string{" " + th.Paint(kit.InkLabel, kit.Cut("  "+kit.Columns([]string{
		e.T("import.column"), e.T("import.becomes"), e.T("import.example")}, widths), max(w-1, 1)))}
	p.page = max(room-1, 1)
	p.top = min(max(min(p.top, p.cur), p.cur-p.page+1), max(len(p.columns)-p.page, 0))
	for i := p.top; i < min(p.top+p.page, len(p.columns)); i++ {
		c := p.columns[i]
		becomes, example := e.T("import.leftout"), ""
		if c.field != "" {
			becomes = importLabel(e, c.field)
			example = importExample(e, p.report.Preview, c.field)
		}
		key := kit.Cell(c.key, cw)
		if c.key == "" {
			key = kit.Fit(e.T("import.unnamed"), cw)
		}
		row := kit.Columns([]string{key, becomes, kit.Cell(example, max(widths[2], 1))}, widths)
		switch {
		case i == p.cur:
			rows = append(rows, " "+th.Paint(kit.InkSelected, kit.Fit("▌ "+row, max(w-1, 1))))
		case c.field == "":
			rows = append(rows, "   "+th.Paint(kit.InkMuted, row))
		default:
			rows = append(rows, "   "+row)
		}
	}
	return rows
}

// importFilled is the field of the book that a field of a file goes into.
func importFilled(field string) string {
	switch field {
	case "first", "infix", "last", "company":
		return "name"
	}
	return field
}

// importExample is the first value that the preview has for a field. What only
// goes into the name is not in it by itself.
func importExample(e *Env, preview []map[string]string, field string) string {
	if importFilled(field) != field {
		return e.T("import.part")
	}
	for _, row := range preview {
		if row[field] != "" {
			return importValue(e, row, field)
		}
	}
	return ""
}

// importValue words a value as the book will show it.
func importValue(e *Env, row map[string]string, field string) string {
	return e.Say.FieldValue(field, clip(row[field], 40))
}

// viewPreview draws the first rows as they would come in, in at most n rows
// with a heading above and a blank one before.
func (s *importScreen) viewPreview(w, n int) []string {
	e, th := s.env, s.env.Theme
	preview := s.plan.report.Preview
	n = min(n, len(preview))
	if n <= 0 {
		return nil
	}
	keys := importKeys(preview, s.plan.columns)
	widths := make([]int, len(keys))
	for i, k := range keys {
		widths[i] = kit.Width(importLabel(e, k))
		for _, row := range preview[:n] {
			widths[i] = max(widths[i], kit.Width(importValue(e, row, k)))
		}
		widths[i] = min(max(widths[i], 4), 20)
	}
	keys, widths = importFit(keys, widths, s.selected(keys), w)
	heads := make([]string, len(keys))
	for i, k := range keys {
		heads[i] = importLabel(e, k)
	}
	rows := []string{"", th.Paint(kit.InkLabel, kit.Cut(kit.Columns(heads, widths), w))}
	for _, row := range preview[:n] {
		cells := make([]string, len(keys))
		for i, k := range keys {
			cells[i] = kit.Cell(importValue(e, row, k), widths[i])
		}
		rows = append(rows, kit.Cut(kit.Columns(cells, widths), w))
	}
	return rows
}

// selected is the place among the keys of the column under the cursor.
func (s *importScreen) selected(keys []string) int {
	c, _ := s.plan.current()
	return max(slices.Index(keys, importFilled(c.field)), 0)
}

// importKeys are the fields that the preview has anything for, first in the
// order of the columns, then in that of the form.
func importKeys(preview []map[string]string, columns []importColumn) []string {
	filled := map[string]bool{}
	for _, row := range preview {
		for k, v := range row {
			filled[k] = filled[k] || v != ""
		}
	}
	var keys []string
	take := func(k string) {
		if filled[k] {
			keys = append(keys, k)
			delete(filled, k)
		}
	}
	for _, c := range columns {
		take(importFilled(c.field))
	}
	for _, k := range importFields {
		take(k)
	}
	rest := make([]string, 0, len(filled))
	for k, v := range filled {
		if v {
			rest = append(rest, k)
		}
	}
	slices.Sort(rest)
	return append(keys, rest...)
}

// importFit drops columns that do not fit in w cells: those at the left until
// the selected one is in sight, then those at the right.
func importFit(keys []string, widths []int, selected, w int) ([]string, []int) {
	if len(keys) == 0 {
		return nil, nil
	}
	total := func(ws []int) (n int) {
		for _, x := range ws {
			n += x + 2
		}
		return n - 2
	}
	from := 0
	for from < selected && total(widths[from:selected+1]) > w {
		from++
	}
	to := from + 1
	for to < len(keys) && total(widths[from:to+1]) <= w {
		to++
	}
	return keys[from:to], widths[from:to]
}
