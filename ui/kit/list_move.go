package kit

import "slices"

// Move moves the cursor by n rows, up when negative. Rows not yet here are
// counted when they arrive.
func (l *List[T]) Move(n int) {
	if len(l.rows) == 0 {
		return
	}
	to := l.cur + n
	switch {
	case to < 0:
		if !l.start {
			l.owed = to
		}
		to = 0
	case to >= len(l.rows):
		if !l.end {
			l.owed = to - (len(l.rows) - 1)
		}
		to = len(l.rows) - 1
	default:
		l.owed = 0
	}
	l.line += to - l.cur
	l.cur = to
	l.settle()
	if l.start && l.line > l.cur {
		l.line = l.cur
	}
}

// Page moves by n screens, keeping the cursor on its line; one row of the
// screen before stays in sight.
func (l *List[T]) Page(n int) {
	line, cur := l.line, l.cur
	l.Move(n * max(l.h-1, 1))
	if l.owed == 0 && l.cur != cur {
		l.line = line
		l.settle()
	}
}

// Home goes to the first row of all, End to the last.
func (l *List[T]) Home() { l.jump(l.start, wantFirst, 0) }

// End goes to the last row of all.
func (l *List[T]) End() { l.jump(l.end, wantLast, len(l.rows)-1) }

func (l *List[T]) jump(here bool, w want, to int) {
	l.owed = 0
	if here && l.want == wantNothing {
		l.Move(to - l.cur)
		l.owed = 0
		return
	}
	l.want, l.waiting = w, false
}

// Reload asks for the rows around the cursor again: it stays on its row and its
// screen line whatever others have added or removed.
func (l *List[T]) Reload() {
	if l.want == wantNothing {
		l.want = wantAround
	}
	l.waiting = false
}

// Reset asks for the first page, as after a new filter. What is shown stays
// until the answer is here, so that nothing flickers.
func (l *List[T]) Reset() { l.want, l.waiting, l.owed = wantFirst, false, 0 }

// GoTo asks for the rows around a key and puts the cursor on it.
func (l *List[T]) GoTo(key string) {
	l.owed = 0
	if i := slices.Index(l.keys, key); i >= 0 && l.want == wantNothing {
		l.Move(i - l.cur)
		return
	}
	l.want, l.key, l.waiting = wantJump, key, false
}

// Selected is the row under the cursor; false when there is none.
func (l *List[T]) Selected() (T, bool) {
	if len(l.rows) == 0 {
		var zero T
		return zero, false
	}
	return l.rows[l.cur], true
}

// Key is the key of the row under the cursor, "" when there is none.
func (l *List[T]) Key() string {
	if len(l.keys) == 0 {
		return ""
	}
	return l.keys[l.cur]
}

// Visible gives the rows on a screen of h rows with their keys, and the index
// among them of the cursor. The slices are the list's own: not to be changed.
func (l *List[T]) Visible(h int) (rows []T, keys []string, cursor int) {
	top := max(l.cur-min(l.line, max(h-1, 0)), 0)
	bottom := min(top+max(h, 0), len(l.rows))
	return l.rows[top:bottom], l.keys[top:bottom], l.cur - top
}

// Loaded tells whether an answer has come at all; before, an empty list is not
// yet known to be empty.
func (l *List[T]) Loaded() bool { return l.loaded }

// Empty tells whether the list is known to hold no rows.
func (l *List[T]) Empty() bool { return l.loaded && len(l.rows) == 0 }

// Len is the number of rows held, not of all.
func (l *List[T]) Len() int { return len(l.rows) }

// AtStart tells whether the cursor is on the first row of all, AtEnd whether it
// is on the last.
func (l *List[T]) AtStart() bool { return l.start && l.cur == 0 }

// AtEnd tells whether the cursor is on the last row of all.
func (l *List[T]) AtEnd() bool { return l.end && l.cur >= len(l.rows)-1 }
