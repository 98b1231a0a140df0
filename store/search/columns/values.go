package columns

import (
	"strings"
	"time"

	"pasvorm/model"
	"pasvorm/store/search"
)

// The numbers in the columns. They are in the order in which a list sorted by
// the column shows them, and 0 is nothing.

var (
	kinds     = []model.CustomerKind{model.Private, model.Business, model.Internal}
	relations = []model.Relation{model.Suspect, model.Prospect, model.Current, model.Former}
	fitStates = []model.FitState{model.FitSettled, model.FitOpen, model.FitProposed, model.FitReturned}
)

// codeOf gives one more than the place in a list; 0 for what is not in it.
func codeOf[T comparable](list []T, v T) uint32 {
	for i := range list {
		if list[i] == v {
			return uint32(i + 1)
		}
	}
	return 0
}

// Bits of the column of flags.
const (
	bitFlagged = 1 << iota
	bitWaiting
	bitDuty
	bitKey
)

func flagsOf(r *Row) (bits uint32) {
	for i, on := range []bool{r.Flagged, r.Waiting, r.Duty, r.Key} {
		if on {
			bits |= 1 << i
		}
	}
	return bits
}

// noVerdict stands after the verdicts: an assessment that did not come to one.
var noVerdict = uint32(len(model.FitVerdicts()) + 1)

// fitOf orders by the verdict, and within it by how far the assessment is.
func fitOf(state model.FitState, verdict model.Verdict) uint32 {
	s := codeOf(fitStates, state)
	if s == 0 {
		return 0
	}
	v := codeOf(model.FitVerdicts(), verdict)
	if v == 0 {
		v = noVerdict
	}
	return v<<3 | s
}

// stands reports whether the verdict of a fit stands: it was settled, or was so
// before the question was asked again.
func fitStands(fit uint32) bool {
	return fit>>3 != noVerdict && (fit&7 == codeOf(fitStates, model.FitSettled) || fit&7 == codeOf(fitStates, model.FitOpen))
}

var firstDay = time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400

// dayOf counts days from 1 on 1 January of the year 1; 0 for no day.
func dayOf(d model.Day) uint32 {
	t := d.Time(time.UTC)
	if t.IsZero() || t.Year() < 1 {
		return 0
	}
	return uint32(t.Unix()/86400 - firstDay + 1)
}

// dayAt is the day of such a number.
func dayAt(n int64) model.Day { return model.DayOf(time.Unix((n-1+firstDay)*86400, 0).UTC()) }

// latest is the highest number that a moment can have.
const latest = 1<<32 - 16

// secondOf counts whole seconds since 1970; 0 for none. What lies before or after
// what 32 bits hold counts as the first or the last of them.
func secondOf(s model.Stamp) uint32 {
	if s == 0 {
		return 0
	}
	return uint32(max(1, min(latest, int64(s)/1_000_000)))
}

// compactly folds a text and takes its spaces out: 1094 SX becomes 1094sx.
func compactly(s string) string { return strings.ReplaceAll(search.SortName(s), " ", "") }

// naturally gives the text by which numbers are ordered: a run of digits by how
// much it is, so that 9 stands before 10. A run begins with its length, which
// sorts before every letter.
func naturally(number string) string {
	s := compactly(number)
	var b strings.Builder
	for i := 0; i < len(s); {
		end := i
		for end < len(s) && s[end] >= '0' && s[end] <= '9' {
			end++
		}
		if end == i {
			b.WriteByte(s[i])
			i++
			continue
		}
		run := strings.TrimLeft(s[i:end], "0")
		b.WriteByte(byte(1 + min(len(run), 'Z')))
		b.WriteString(run)
		i = end
	}
	return b.String()
}

// numbersOf gives the beginnings by which a customer's numbers are found.
func numbersOf(r *Row) []string {
	out := make([]string, 0, 4)
	add := func(s string) {
		if s = compactly(s); s != "" {
			out = append(out, s)
		}
	}
	add(r.Number)
	for _, list := range []string{r.Theirs, r.Formerly} {
		for list != "" {
			one, rest, _ := strings.Cut(list, ",")
			add(one)
			list = rest
		}
	}
	return out
}

// digitsOf gives the first run of digits in a postcode as a number; 0 for none.
func digitsOf(postcode string) (n uint32) {
	at := strings.IndexAny(postcode, "0123456789")
	if at < 0 {
		return 0
	}
	for _, c := range []byte(postcode[at:min(len(postcode), at+9)]) {
		if c < '0' || c > '9' {
			break
		}
		n = n*10 + uint32(c-'0')
	}
	return n
}

// numbers gives what a row has in the columns that need no dictionary.
func numbersIn(r *Row) (out [colOwner]uint32) {
	out[colKind] = codeOf(kinds, r.Kind)
	out[colRelation] = codeOf(relations, r.Relation)
	out[colFit] = fitOf(r.Fit, r.Verdict)
	out[colFlags] = flagsOf(r)
	out[colDue] = dayOf(r.Due)
	out[colLast] = secondOf(r.Last)
	out[colAdded] = secondOf(r.Added)
	return out
}
