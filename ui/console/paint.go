package console

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// painter brings a terminal from one picture to the next. Of what it shows it
// keeps the drawn text alone, some kilobytes: rows that did not change are
// compared as texts, and only those that did are taken apart into cells. With
// hundreds of sessions in one process that is a tenth of what buffers of cells
// for each of them take, in memory and in time.
//
// It writes what every terminal since the VT220 knows, and ECH.
type painter struct {
	w       io.Writer
	profile colorprofile.Profile
	width   int // of the window
	height  int

	rows   []string // what is shown; nil when that is not known
	title  string
	cursor struct {
		shown bool
		x, y  int
	}
	begun bool
	err   error
	frame
}

// frame is what is needed while a frame is written, and not between frames.
type frame struct {
	out     []byte
	x, y    int // where the terminal's cursor is; x is -1 when that is not known
	ink     ink
	scratch *scratch
}

// scratch is lent to a frame.
type scratch struct {
	out   []byte
	cells []cell
}

var scratches = sync.Pool{New: func() any { return &scratch{out: make([]byte, 0, 4<<10)} }}

func (s *scratch) rows(w int) (a, b []cell) {
	if len(s.cells) < 2*w {
		s.cells = make([]cell, 2*w)
	}
	return s.cells[:w], s.cells[w : 2*w]
}

// What is asked of a terminal when a console begins, and taken back at its end:
// another screen, pasted text told apart, keys told apart (xterm's
// modifyOtherKeys and the keyboard protocol of kitty).
const (
	paintBegin = ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable + ansi.SetModeBracketedPaste +
		ansi.SetModifyOtherKeys2 + "\x1b[>1u"
	paintEnd = ansi.ResetModifyOtherKeys + "\x1b[<1u" + ansi.ResetModeBracketedPaste + ansi.ResetStyle + ansi.EraseEntireScreen +
		ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable
)

// resize forgets what is shown: a terminal may do anything with it.
func (p *painter) resize(w, h int) { p.width, p.height, p.rows = w, h, nil }

// paint shows a picture. A terminal that cannot be written to any more is left
// alone; that its line ended is noticed elsewhere.
func (p *painter) paint(v tea.View) {
	if p.err != nil || p.width <= 0 || p.height <= 0 {
		return
	}
	s, _ := scratches.Get().(*scratch)
	p.frame = frame{out: s.out[:0], x: -1, scratch: s}
	p.picture(v)
	if len(p.out) > 0 {
		_, p.err = p.w.Write(p.out)
	}
	s.out = p.out[:0]
	// Cells hold on to the texts they were read from.
	clear(s.cells)
	scratches.Put(s)
	p.frame = frame{}
}

func (p *painter) picture(v tea.View) {
	if !p.begun {
		p.out, p.begun = append(p.out, paintBegin...), true
	}
	if v.WindowTitle != p.title {
		p.out, p.title = append(p.out, ansi.SetWindowTitle(v.WindowTitle)...), v.WindowTitle
	}
	rows := rowsOf(v.Content, p.height)
	before := len(p.out)
	if p.rows == nil {
		p.out = append(p.out, ansi.ResetStyle+ansi.EraseEntireScreen...)
		p.rows = make([]string, p.height)
	}
	p.scroll(rows)
	for y, row := range rows {
		if row != p.rows[y] {
			p.changedRow(y, p.rows[y], row)
		}
	}
	p.rows = rows
	p.pen(ink{})
	p.whole(before, v.Cursor)
}

// whole keeps the cursor from being seen while it writes, and puts it where the
// picture has it.
func (p *painter) whole(before int, at *tea.Cursor) {
	changed := len(p.out) > before
	was := p.cursor
	p.cursor.shown = at != nil
	if at != nil {
		p.cursor.x, p.cursor.y = min(at.X, p.width-1), min(at.Y, p.height-1)
		if changed || p.cursor != was {
			p.move(p.cursor.x, p.cursor.y)
		}
	}
	begin, end := "", ""
	if was.shown && (changed || !p.cursor.shown) {
		begin = ansi.ResetModeTextCursorEnable
	}
	if p.cursor.shown && (changed || !was.shown) {
		end = ansi.SetModeTextCursorEnable
	}
	p.out = slices.Insert(p.out, before, []byte(begin)...)
	p.out = append(p.out, end...)
}

// close takes back what was asked of the terminal.
func (p *painter) close() {
	if p.err != nil || !p.begun {
		return
	}
	end := paintEnd
	if p.title != "" {
		end += ansi.SetWindowTitle("")
	}
	_, p.err = io.WriteString(p.w, end)
}

// rowsOf cuts a picture into the rows of a window; those it does not have are
// blank.
func rowsOf(content string, h int) []string {
	rows := make([]string, h)
	for y := range rows {
		rows[y], content, _ = strings.Cut(content, "\n")
	}
	return rows
}

// move brings the terminal's cursor to a cell.
func (p *painter) move(x, y int) {
	if p.x == x && p.y == y {
		return
	}
	if p.y == y && p.x >= 0 && p.x < x && p.x < p.width { // at the edge the cursor may stand beyond it
		p.csi(x-p.x, 'C') // CUF
	} else {
		p.out = append(p.out, "\x1b["...)
		p.out = strconv.AppendInt(p.out, int64(y+1), 10)
		if x > 0 {
			p.out = append(p.out, ';')
			p.out = strconv.AppendInt(p.out, int64(x+1), 10)
		}
		p.out = append(p.out, 'H') // CUP
	}
	p.x, p.y = x, y
}

// csi writes a control sequence with one number.
func (p *painter) csi(n int, final byte) {
	p.out = append(p.out, "\x1b["...)
	if n > 1 {
		p.out = strconv.AppendInt(p.out, int64(n), 10)
	}
	p.out = append(p.out, final)
}

func (p *painter) pen(k ink) {
	p.out = k.appendTo(p.out, p.ink)
	p.ink = k
}
