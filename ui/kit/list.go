package kit

import "slices"

// Dir says which rows a [Request] asks for.
type Dir uint8

// The directions of a request.
const (
	First  Dir = iota // the first N rows of all
	Last              // the last N rows of all
	After             // the N rows after Key
	Before            // the N rows before Key
	Around            // about N/2 rows before Key, Key itself, and rows after
)

// Request asks for a page of rows. The rows of the answer stand in the order of
// the list whatever the direction. Key need not exist any more: the answer is
// then what stands around its place.
type Request struct {
	Dir Dir
	Key string
	N   int
	seq uint64
}

// List is a virtual list: it holds a window of about three screens of rows, a
// cursor and the line the cursor is drawn on, and knows no row numbers, so that
// it works the same for one row and for millions. It does no I/O: the screen
// asks [List.Need] after every change, has the page read in a command and gives
// the answer to [List.Fill].
//
//	l.Move(1)
//	if req, ok := l.Need(h); ok { cmd = load(req) }
type List[T any] struct {
	rows  []T
	keys  []string
	cur   int // index of the cursor in rows
	line  int // screen line the cursor is drawn on
	h     int // rows on the screen
	start bool
	end   bool // whether the window reaches the first and the last row of all

	loaded  bool // an answer has come since the list was made or reset
	want    want
	key     string // where a jump goes
	owed    int    // moves asked beyond the window, done when rows arrive
	pending Request
	waiting bool
	seq     uint64
}

type want uint8

const (
	wantNothing want = iota
	wantFirst
	wantLast
	wantAround // reload, keeping cursor and line
	wantJump   // go to a key
)

// NewList makes an empty list that wants its first page.
func NewList[T any]() *List[T] { return &List[T]{h: 1, want: wantFirst} }

// Need tells which page is missing for a screen of h rows, at most one at a
// time; it is asked after every change and after every answer.
func (l *List[T]) Need(h int) (Request, bool) {
	if h > 0 && h != l.h {
		l.h = h
		l.settle()
	}
	if l.waiting {
		return Request{}, false
	}
	n := 3 * l.h
	switch {
	case l.want == wantFirst:
		return l.ask(First, "", n)
	case l.want == wantLast:
		return l.ask(Last, "", n)
	case l.want == wantJump:
		return l.ask(Around, l.key, n)
	case l.want == wantAround && len(l.rows) == 0:
		return l.ask(First, "", n)
	case l.want == wantAround:
		return l.ask(Around, l.keys[l.cur], n)
	case len(l.rows) == 0:
		return Request{}, false
	case !l.end && (l.owed > 0 || len(l.rows)-1-l.cur < l.h):
		return l.ask(After, l.keys[len(l.keys)-1], max(n, l.owed+l.h))
	case !l.start && (l.owed < 0 || l.cur < l.h):
		return l.ask(Before, l.keys[0], max(n, l.h-l.owed))
	}
	return Request{}, false
}

func (l *List[T]) ask(d Dir, key string, n int) (Request, bool) {
	l.seq++
	l.pending = Request{Dir: d, Key: key, N: n, seq: l.seq}
	l.waiting = true
	return l.pending, true
}

// Fill takes the answer to a request: the rows with their keys, and whether
// more rows lie beyond them in the direction that was asked (for [Around] it
// is not looked at). An answer to an older request is dropped; Fill tells
// whether it was taken.
func (l *List[T]) Fill(req Request, rows []T, keys []string, more bool) bool {
	if !l.waiting || req.seq != l.pending.seq || len(rows) != len(keys) {
		return false
	}
	l.waiting, l.loaded = false, true
	switch req.Dir {
	case After:
		l.rows, l.keys = append(l.rows, rows...), append(l.keys, keys...)
		l.end = !more
	case Before:
		l.rows, l.keys = append(slices.Clone(rows), l.rows...), append(slices.Clone(keys), l.keys...)
		l.cur += len(rows)
		l.start = !more
	case First:
		l.replace(rows, keys, true, !more)
		l.cur, l.line = 0, 0
	case Last:
		l.replace(rows, keys, !more, true)
		l.cur, l.line = max(len(rows)-1, 0), l.h-1
	case Around:
		at := l.find(keys)
		// An answer without rows is all there is.
		l.replace(rows, keys, len(rows) == 0, len(rows) == 0)
		l.cur = at
	}
	if req.Dir != After && req.Dir != Before {
		l.want = wantNothing
	}
	if owed := l.owed; owed != 0 {
		l.owed = 0
		l.Move(owed)
	}
	l.settle()
	l.trim()
	return true
}

func (l *List[T]) replace(rows []T, keys []string, start, end bool) {
	l.rows, l.keys = slices.Clone(rows), slices.Clone(keys)
	l.start, l.end = start, end
}

// find is where the cursor goes in a new window: on its own key, or when that
// row is gone on the nearest row that followed it, or else came before it.
func (l *List[T]) find(keys []string) int {
	at := make(map[string]int, len(keys))
	for i, k := range keys {
		at[k] = i
	}
	if l.want == wantJump {
		if i, ok := at[l.key]; ok {
			return i
		}
		return min(len(keys)/2, max(len(keys)-1, 0))
	}
	for i := l.cur; i < len(l.keys); i++ {
		if j, ok := at[l.keys[i]]; ok {
			return j
		}
	}
	for i := min(l.cur, len(l.keys)) - 1; i >= 0; i-- {
		if j, ok := at[l.keys[i]]; ok {
			return j
		}
	}
	return min(l.line, max(len(keys)-1, 0))
}

// Drop forgets a request whose page could not be read; it is asked again at
// the next reload or move.
func (l *List[T]) Drop(req Request) {
	if l.waiting && req.seq == l.pending.seq {
		l.waiting, l.owed = false, 0
		if l.want == wantNothing {
			l.want = wantAround
		}
	}
}

// settle puts cursor and line within bounds. The line gives way only where a
// blank row above the first or below the last would show.
func (l *List[T]) settle() {
	l.cur = min(max(l.cur, 0), max(len(l.rows)-1, 0))
	l.line = min(max(l.line, 0), l.h-1)
	if l.end {
		// Rows below the cursor that could fill the screen but are not there.
		l.line = max(l.line, l.h-(len(l.rows)-l.cur))
	}
	l.line = min(l.line, l.cur)
}

// trim lets go of rows further than two screens from the cursor.
func (l *List[T]) trim() {
	keep := 2*l.h + 1
	if over := l.cur - keep; over > l.h {
		l.rows, l.keys = slices.Clone(l.rows[over:]), slices.Clone(l.keys[over:])
		l.cur -= over
		l.start = false
	}
	if last := l.cur + keep; last+l.h < len(l.rows) {
		l.rows, l.keys = slices.Clone(l.rows[:last]), slices.Clone(l.keys[:last])
		l.end = false
	}
}
