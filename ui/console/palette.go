package console

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/cases"

	"pasvorm/ui/kit"
)

// palette is the overlay in which a command is found by typing.
type palette struct {
	in  *kit.Input
	cur int
}

func (r *Root) openPalette() {
	in := kit.NewInput("", 100)
	in.Focus()
	r.palette = &palette{in: in}
}

func (r *Root) paletteKey(msg tea.KeyPressMsg) tea.Cmd {
	p := r.palette
	found := r.found()
	switch msg.String() {
	case "esc", "ctrl+p":
		r.palette = nil
	case "up":
		p.cur = max(p.cur-1, 0)
	case "down", "tab":
		p.cur = min(p.cur+1, max(len(found)-1, 0))
	case "enter":
		if p.cur >= len(found) {
			return nil
		}
		r.palette = nil
		c := found[p.cur]
		return r.run(c.of, &c.Command, "", msg.IsRepeat)
	default:
		if p.in.Update(msg) {
			p.cur = 0
		}
	}
	return nil
}

// found are the commands whose title or id holds every word typed, those that
// work now first.
func (r *Root) found() []offered {
	fold := cases.Fold()
	words := strings.Fields(fold.String(r.palette.in.Value()))
	var now, later []offered
	for _, c := range r.all() {
		if c.ID == "palette" {
			continue
		}
		hay := fold.String(c.Title(r.tx) + " " + c.ID)
		hit := true
		for _, w := range words {
			hit = hit && strings.Contains(hay, w)
		}
		switch {
		case !hit:
		case c.Reason() == "":
			now = append(now, c)
		default:
			later = append(later, c)
		}
	}
	return append(now, later...)
}

func (r *Root) viewPalette() string {
	w, h := r.body()
	p := r.palette
	rows := []string{" " + r.th.Paint(kit.InkAccent, ":") + " " + r.th.Paint(kit.InkInput, p.in.View(max(w-4, 1)))}
	found := r.found()
	if len(found) == 0 {
		return rows[0] + "\n   " + r.th.Paint(kit.InkMuted, r.tx.T("console.palette.none"))
	}
	room := max(h-1, 1)
	top := max(p.cur-room+1, 0)
	keyWidth := min(14, w/4)
	for i := top; i < min(top+room, len(found)); i++ {
		c := &found[i]
		keys := keyList(r.tx, &c.Command)
		title := c.Title(r.tx)
		ink := kit.InkText
		if why := c.Reason(); why != "" {
			title, ink = title+" — "+kit.Clean(why), kit.InkUnavailable
		}
		mark := "   "
		if i == p.cur {
			mark, ink = " ▌ ", kit.InkSelected
		}
		rows = append(rows, r.th.Paint(ink, mark+kit.Fit(title, max(w-keyWidth-5, 1))+"  "+kit.Fit(keys, keyWidth)))
	}
	return strings.Join(rows, "\n")
}
