package kit

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// shelf is the plain slice a list is held against: sorted keys, each its own
// row.
type shelf []string

func (s shelf) page(r Request) (rows []string, more bool) {
	i, found := slices.BinarySearch(s, r.Key)
	switch r.Dir {
	case First:
		return s[:min(r.N, len(s))], r.N < len(s)
	case Last:
		from := max(len(s)-r.N, 0)
		return s[from:], from > 0
	case After:
		if found {
			i++
		}
		to := min(i+r.N, len(s))
		return s[i:to], to < len(s)
	case Before:
		from := max(i-r.N, 0)
		return s[from:i], from > 0
	case Around:
		from := max(i-r.N/2, 0)
		return s[from:min(from+r.N, len(s))], false
	}
	return nil, false
}

// fill answers every request, as a quick book would.
func fill(t testing.TB, l *List[string], s shelf, h int) {
	t.Helper()
	for range 50 {
		req, ok := l.Need(h)
		if !ok {
			return
		}
		rows, more := s.page(req)
		if !l.Fill(req, rows, rows, more) {
			t.Fatal("an answer in time was dropped")
		}
	}
	t.Fatal("the list never has enough")
}

func numbered(n int) shelf {
	s := make(shelf, n)
	for i := range s {
		s[i] = strconv.Itoa(10_000_000 + i*10)[1:] // seven digits
	}
	return s
}

func TestListAgainstSlice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := numbered(rapid.SampledFrom([]int{0, 1, 2, 5, 30, 200}).Draw(rt, "rows"))
		h := rapid.IntRange(1, 12).Draw(rt, "height")
		l := NewList[string]()
		at := 0 // the place the cursor belongs at
		fresh := true
		rt.Repeat(map[string]func(*rapid.T){
			"": func(rt *rapid.T) {
				if fresh {
					fill(t, l, s, h)
					checkList(rt, l, s, h, at)
				}
			},
			"move": func(rt *rapid.T) {
				n := rapid.IntRange(-40, 40).Draw(rt, "n")
				l.Move(n)
				at = min(max(at+n, 0), max(len(s)-1, 0))
			},
			"page": func(rt *rapid.T) {
				n := rapid.IntRange(-3, 3).Draw(rt, "n")
				l.Page(n)
				at = min(max(at+n*max(h-1, 1), 0), max(len(s)-1, 0))
			},
			"home": func(*rapid.T) { l.Home(); at = 0 },
			"end":  func(*rapid.T) { l.End(); at = max(len(s)-1, 0) },
			"goto": func(rt *rapid.T) {
				if len(s) == 0 {
					return
				}
				at = rapid.IntRange(0, len(s)-1).Draw(rt, "to")
				l.GoTo(s[at])
			},
			"others": func(rt *rapid.T) {
				_, _, before := l.Visible(h)
				key := l.Key()
				s, at = others(rt, s, at)
				l.Reload()
				fill(t, l, s, h)
				if got := slices.Index(s, l.Key()); key != "" && !slices.Contains(s, key) && len(s) > 0 {
					if got < at-4 || got > at+4 {
						rt.Fatalf("the row at %d is gone, the cursor went to %d", at, got)
					}
					at = got
				}
				checkList(rt, l, s, h, at)
				_, _, after := l.Visible(h)
				if len(s) > 0 && s[at] == key && before != after && at >= before && at+h-before <= len(s) {
					rt.Fatalf("the cursor's row moved from line %d to %d", before, after)
				}
			},
			"height": func(rt *rapid.T) { h = rapid.IntRange(1, 12).Draw(rt, "height") },
		})
	})
}

// others adds and removes at most three rows as other people do and gives the
// place of the cursor's key, also when its row is gone.
func others(rt *rapid.T, s shelf, at int) (shelf, int) {
	key := ""
	if len(s) > 0 {
		key = s[at]
	}
	next := slices.Clone(s)
	for range rapid.IntRange(0, 3).Draw(rt, "changes") {
		if len(next) > 0 && rapid.Bool().Draw(rt, "remove") {
			i := rapid.IntRange(0, len(next)-1).Draw(rt, "which")
			next = slices.Delete(next, i, i+1)
			continue
		}
		k := fmt.Sprintf("%07d", rapid.IntRange(0, 3000).Draw(rt, "new"))
		if i, found := slices.BinarySearch(next, k); !found {
			next = slices.Insert(next, i, k)
		}
	}
	if key == "" {
		return next, 0
	}
	i, _ := slices.BinarySearch(next, key)
	return next, i
}

type fataler interface {
	Fatalf(string, ...any)
}

func checkList(t fataler, l *List[string], s shelf, h, at int) {
	rows, keys, cur := l.Visible(h)
	if !slices.Equal(rows, keys) {
		t.Fatalf("rows %v have the keys %v", rows, keys)
	}
	if len(s) == 0 {
		if len(rows) != 0 || !l.Empty() || l.Key() != "" {
			t.Fatalf("an empty list shows %v", rows)
		}
		return
	}
	got, ok := l.Selected()
	if !ok || got != s[at] || rows[cur] != got {
		t.Fatalf("the cursor is on %q, it belongs on %q (%d of %d)", got, s[at], at, len(s))
	}
	top := at - cur
	if top < 0 || top+len(rows) > len(s) || !slices.Equal(rows, s[top:top+len(rows)]) {
		t.Fatalf("shown %v, there is %v", rows, s)
	}
	if len(rows) < min(h, len(s)) {
		t.Fatalf("%d of %d lines filled although there are %d rows", len(rows), h, len(s))
	}
	if l.Len() > 6*12 { // of the highest screen here
		t.Fatalf("%d rows kept for a screen of %d", l.Len(), h)
	}
	if l.AtStart() != (at == 0) && l.AtStart() {
		t.Fatalf("at the start on row %d", at)
	}
	if l.AtEnd() && at != len(s)-1 {
		t.Fatalf("at the end on row %d of %d", at, len(s))
	}
}

func TestListDropsLateAnswers(t *testing.T) {
	s := numbered(100)
	l := NewList[string]()
	old, _ := l.Need(5)
	if _, ok := l.Need(5); ok {
		t.Error("the same page is asked twice")
	}
	l.Reset()
	req, ok := l.Need(5)
	if !ok {
		t.Fatal("nothing asked after a reset")
	}
	if l.Fill(old, []string{"old"}, []string{"old"}, false) {
		t.Error("a late answer was taken")
	}
	rows, more := s.page(req)
	if !l.Fill(req, rows, rows, more) || l.Key() != s[0] {
		t.Errorf("the cursor is on %q", l.Key())
	}
	if l.Fill(req, rows, rows, more) {
		t.Error("the same answer was taken twice")
	}
}

func TestListKeepsOldRowsUntilTheAnswer(t *testing.T) {
	s := numbered(100)
	l := NewList[string]()
	if l.Loaded() || l.Empty() {
		t.Error("an unread list is not known to be empty")
	}
	fill(t, l, s, 5)
	l.Move(30)
	fill(t, l, s, 5)
	l.Reset()
	if rows, _, _ := l.Visible(5); len(rows) != 5 {
		t.Errorf("the screen went blank: %v", rows)
	}
	fill(t, l, s[:0], 5)
	if !l.Empty() {
		t.Error("the list is not empty")
	}
}

func TestListAsksAgainAfterAFailure(t *testing.T) {
	l := NewList[string]()
	req, _ := l.Need(5)
	l.Drop(req)
	again, ok := l.Need(5)
	if !ok || again.Dir != First {
		t.Errorf("asked %v, %v", again, ok)
	}
	rows, more := numbered(50).page(again)
	l.Fill(again, rows, rows, more)
	l.Move(12)
	after, ok := l.Need(5)
	if !ok || after.Dir != After {
		t.Fatalf("asked %v, %v", after, ok)
	}
	l.Drop(after)
	fill(t, l, numbered(50), 5)
	if l.Key() != numbered(50)[12] {
		t.Errorf("the cursor is on %q", l.Key())
	}
}

func TestListOfAMillionReadsThreePages(t *testing.T) {
	s := numbered(1_000_000)
	l := NewList[string]()
	read := 0
	step := func() {
		for {
			req, ok := l.Need(40)
			if !ok {
				return
			}
			rows, more := s.page(req)
			read += len(rows)
			l.Fill(req, rows, rows, more)
		}
	}
	step()
	l.End()
	step()
	if l.Key() != s[len(s)-1] {
		t.Errorf("the end is %q", l.Key())
	}
	l.Home()
	step()
	if read > 3*3*40 {
		t.Errorf("%d rows read for three screens", read)
	}
}
