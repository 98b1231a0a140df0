package kit

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Kind says what a field holds.
type Kind uint8

// The kinds of field.
const (
	TextField   Kind = iota // one line
	AreaField               // several lines; enter is a new line there
	ChoiceField             // one of numbered answers
	DateField               // a day, given back as 2006-01-02
	NumberField             // a number, given back with a decimal point
)

// Option is one answer of a choice: Value is kept, Label is shown.
type Option struct{ Value, Label string }

// Field declares one line of a [Form].
type Field struct {
	// ID names the value in [Form.Values].
	ID string
	// Label and Hint are worded already.
	Label, Hint string
	Kind        Kind
	Options     []Option // of a choice
	Required    bool
	Lines       int // rows of an area, 3 when 0
	Limit       int // characters, 0 for no limit
	// Check gives a sentence about what is wrong with a value, "" for nothing.
	// It sees dates and numbers in the form they are given back.
	Check func(value string) string
}

// entry is a field with what a person put in it.
type entry struct {
	Field
	in     *Input
	area   *Area
	choice int // index of the answer, -1 for none
	wrong  string
	first  string // the value when the form was opened, for Dirty
}

func newEntry(f Field) *entry {
	e := &entry{Field: f, choice: -1}
	switch f.Kind {
	case AreaField:
		e.area = NewArea("", f.Limit)
	case ChoiceField:
	default:
		e.in = NewInput("", f.Limit)
	}
	return e
}

func (e *entry) focus(on bool) {
	switch {
	case e.in != nil && on:
		e.in.Focus()
	case e.in != nil:
		e.in.Blur()
	case e.area != nil && on:
		e.area.Focus()
	case e.area != nil:
		e.area.Blur()
	}
}

// raw is the value as it stands in the field.
func (e *entry) raw() string {
	switch {
	case e.in != nil:
		return e.in.Value()
	case e.area != nil:
		return e.area.Value()
	case e.choice >= 0 && e.choice < len(e.Options):
		return e.Options[e.choice].Value
	}
	return ""
}

func (e *entry) set(v string) {
	switch {
	case e.in != nil:
		e.in.SetValue(v)
	case e.area != nil:
		e.area.SetValue(v)
	default:
		e.choice = -1
		for i, o := range e.Options {
			if o.Value == v {
				e.choice = i
			}
		}
	}
}

// value is what the form gives back; false when a date or number is not one.
func (e *entry) value(today time.Time) (string, bool) {
	v := e.raw()
	if strings.TrimSpace(v) == "" {
		return v, true
	}
	switch e.Kind {
	case DateField:
		d, ok := ParseDate(v, today)
		if !ok {
			return v, false
		}
		return d.Format(time.DateOnly), true
	case NumberField:
		return ParseNumber(v)
	}
	return v, true
}

// key gives a choice its keys: a digit picks, left, right and space go round.
func (e *entry) key(msg tea.KeyPressMsg) {
	n := len(e.Options)
	if n == 0 {
		return
	}
	switch k := msg.String(); k {
	case "left":
		e.choice = (max(e.choice, 0) + n - 1) % n
	case "right", "space":
		e.choice = (e.choice + 1) % n
	case "backspace", "delete":
		if !e.Required {
			e.choice = -1
		}
	default:
		if d, err := strconv.Atoi(k); err == nil && d >= 1 && d <= n {
			e.choice = d - 1
		}
	}
}

// ParseDate reads a day as people type it: 2026-11-26, 26-11-2026, 26/11/26, 26 nov,
// 26.11, or 26 for a day of this month; a year left out is the one that brings
// the day nearest to today; also words such as "tomorrow", "morgen", "thu" or
// "donderdag", where a day of the week is the next one after today. The result
// is midnight in the zone of today.
func ParseDate(s string, today time.Time) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if d, ok := dayByWord(s, today); ok {
		return d, true
	}
	if d, err := time.ParseInLocation(time.DateOnly, s, today.Location()); err == nil {
		return d, true
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '/' || r == '.' || r == ' ' })
	if len(parts) == 0 || len(parts) > 3 {
		return time.Time{}, false
	}
	nums := []int{0, int(today.Month()), 0}
	for i, p := range parts {
		if m, ok := monthWords[strings.ToLower(p)]; ok && i == 1 {
			nums[i] = int(m)
			continue
		}
		n, err := strconv.Atoi(p)
		if err != nil || n <= 0 || len(p) > 4 {
			return time.Time{}, false
		}
		nums[i] = n
	}
	if len(parts) == 3 {
		if nums[2] < 100 {
			nums[2] += 2000
		}
		return day(nums[2], nums[1], nums[0], today)
	}
	if len(parts) == 1 {
		return day(today.Year(), nums[1], nums[0], today)
	}
	var best time.Time
	for y := today.Year() - 1; y <= today.Year()+1; y++ {
		d, ok := day(y, nums[1], nums[0], today)
		if ok && (best.IsZero() || d.Sub(today).Abs() < best.Sub(today).Abs()) {
			best = d
		}
	}
	return best, !best.IsZero()
}

func day(y, m, d int, like time.Time) (time.Time, bool) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, like.Location())
	return t, t.Day() == d && int(t.Month()) == m
}

// ParseNumber reads a number with a decimal comma or point and gives it with a
// point. Marks between thousands are not read: they would be guessed at.
func ParseNumber(s string) (string, bool) {
	v := strings.Replace(strings.TrimSpace(s), ",", ".", 1)
	if v == "" || strings.Trim(v, "+-.0123456789") != "" {
		return s, false
	}
	if _, err := strconv.ParseFloat(v, 64); err != nil {
		return s, false
	}
	return strings.TrimPrefix(v, "+"), true
}
