package slips

import (
	"slices"
	"strings"
)

// verdict says why a draft is kept or left out.
type verdict uint8

const (
	fair     verdict = iota
	wrong            // more than a third of the letters wrong: see tooWrong
	same             // no slip left: what was typed is what stands in the list
	taken            // exactly another customer's name
	nearer           // nearer to another customer's name
	crowdedV         // too many different names would do
	repeated         // drawn before
	verdicts
)

// Tally counts what became of the drafts that were looked at.
type Tally [verdicts]int

// String gives the counts with a word for each.
func (t Tally) String() string {
	var b strings.Builder
	for i, w := range []string{"fair", "too wrong", "no slip", "another's name", "nearer to another's", "too many names", "repeated"} {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(w + " ")
		b.WriteString(decimal(t[i]))
	}
	return b.String()
}

// tooWrong reports whether more than a third of the letters is wrong, of the
// whole or, where words can be paired, of one word (rounded up, so that a word
// of four letters may have two).
func tooWrong(typed, clean string, edits int) bool {
	if edits*3 > letters(clean) {
		return true
	}
	t, c := strings.Fields(typed), strings.Fields(clean)
	if len(t) != len(c) {
		return false
	}
	for i := range c {
		if c[i] != t[i] && len(c[i]) > 2 && Edits(t[i], c[i]) > (len(c[i])+2)/3 {
			return true
		}
	}
	return false
}

// The most different names that may be as good as the target's, and the most
// that may share a last name where only the initials tell them apart.
const (
	maxNames = 5
	maxCrowd = 4
)

// bounded tells the kinds that [maxNames] applies to: a whole name is one name.
var bounded = [kinds]bool{kindInitial: true, kindLast: true, kindLastTown: true, kindLastArea: true, kindLastPost: true,
	kindCalling: true, kindDouble: true, kindCompanyTown: true, kindPrefix: true}

// crowd looks up, for each customer, the drafts that the customer has to do with.
type crowd struct {
	wanted  map[key][]*draft    // by the key of the target
	heard   map[key][]*draft    // by what was typed, read as a key of its kind
	typed   map[string][]*draft // by what was typed
	near    map[string][]*draft // by what was typed with a letter left out
	crowded map[string][]*draft // by the last name that may not be crowded
	lengths []int               // of beginnings wanted and typed
	used    [kinds]bool
	buf     []string
	cut     []byte
	yes     []*draft // drafts that accept this customer
}

// judge fills in each draft's verdict and the customers it accepts.
func judge(customers []Customer, drafts []*draft, classes []Class) {
	w := crowd{wanted: map[key][]*draft{}, heard: map[key][]*draft{}, typed: map[string][]*draft{}, near: map[string][]*draft{}, crowded: map[string][]*draft{}}
	for _, f := range drafts {
		if !f.loose && tooWrong(f.folded, f.clean, f.edits) {
			f.verdict = wrong
			continue
		}
		w.add(f, classes[f.class].verbatim)
	}
	slices.Sort(w.lengths)
	w.lengths = slices.Compact(w.lengths)
	var p parts
	for i := range customers {
		p.take(&customers[i])
		if len(p.words) > 0 {
			w.meet(&p, i, classes)
		}
	}
	for _, f := range drafts {
		if f.verdict == fair && (bounded[f.kind] && len(f.names) > maxNames || len(f.crowd) > maxCrowd) {
			f.verdict = crowdedV
		}
	}
}

func (w *crowd) add(f *draft, verbatim bool) {
	w.used[f.kind] = true
	k := key{f.kind, f.key}
	w.wanted[k] = append(w.wanted[k], f)
	if f.kind == kindPrefix {
		w.lengths = append(w.lengths, len(f.key), len(f.folded))
	}
	w.typed[f.folded] = append(w.typed[f.folded], f)
	if !verbatim {
		h := key{f.kind, f.folded}
		w.heard[h] = append(w.heard[h], f)
		if f.kind == kindCompanyTown { // a person of that name there is as good
			h.kind = kindLastTown
			w.used[kindLastTown] = true
			w.heard[h] = append(w.heard[h], f)
		}
	}
	if f.crowded != "" {
		w.crowded[f.crowded] = append(w.crowded[f.crowded], f)
	}
	if f.edits >= 2 && (f.kind == kindWhole || f.kind == kindBare) {
		w.cuts(f.folded, func(s []byte) { w.near[string(s)] = append(w.near[string(s)], f) })
	}
}

// cuts calls f with s and with s less each of its letters. The bytes are used
// again.
func (w *crowd) cuts(s string, f func([]byte)) {
	f(append(w.cut[:0], s...))
	for i := range len(s) {
		w.cut = append(append(w.cut[:0], s[:i]...), s[i+1:]...)
		f(w.cut)
	}
}

// meet shows one customer to the drafts.
func (w *crowd) meet(p *parts, i int, classes []Class) {
	w.yes = w.yes[:0]
	whole := p.whole()
	for k := range kinds {
		if !w.used[k] || k == kindPrefix {
			continue
		}
		w.buf = p.keys(w.buf[:0], k)
		for _, text := range w.buf {
			w.accept(w.wanted[key{k, text}], i, whole)
		}
	}
	w.beginnings(whole, i)
	for k := range kinds {
		if !w.used[k] || k == kindPrefix {
			continue
		}
		w.buf = p.keys(w.buf[:0], k)
		for _, text := range w.buf {
			w.refuse(w.heard[key{k, text}], taken)
		}
	}
	w.forms(p, whole, classes)
	if len(w.crowded) > 0 && p.person() {
		for _, f := range w.crowded[p.join(lastName)] {
			f.crowd = distinct(f.crowd, whole, maxCrowd)
		}
	}
	w.cuts(whole, func(s []byte) {
		for _, f := range w.near[string(s)] {
			if f.verdict == fair && !slices.Contains(w.yes, f) && Edits(f.folded, whole) <= 1 {
				f.verdict = nearer
			}
		}
	})
}

func (w *crowd) accept(drafts []*draft, i int, whole string) {
	for _, f := range drafts {
		if slices.Contains(w.yes, f) {
			continue
		}
		w.yes = append(w.yes, f)
		f.accept = append(f.accept, i)
		f.names = distinct(f.names, whole, maxNames)
	}
}

// beginnings accepts the customer for every beginning of the name that was
// meant, and refuses the drafts where another was typed.
func (w *crowd) beginnings(whole string, i int) {
	lengths := w.lengths
	for n, l := range lengths {
		if l > len(whole) {
			lengths = lengths[:n]
			break
		}
		w.accept(w.wanted[key{kindPrefix, whole[:l]}], i, whole)
	}
	for _, l := range lengths {
		w.refuse(w.heard[key{kindPrefix, whole[:l]}], taken)
	}
}

// forms refuses drafts that are, word for word, a name that people use for this
// customer.
func (w *crowd) forms(p *parts, whole string, classes []Class) {
	w.buf = append(w.buf[:0], whole, p.join(notInfix))
	if len(p.forms) > 0 {
		w.buf = append(w.buf, p.withForms())
	}
	if !p.c.Company {
		w.buf = append(w.buf, p.reversed())
	}
	for _, text := range w.buf {
		for _, f := range w.typed[text] {
			if f.verdict == fair && slices.Contains(w.yes, f) && !classes[f.class].verbatim {
				f.verdict = same
			}
		}
		for _, f := range w.typed[text] {
			if text == whole || !classes[f.class].verbatim {
				w.refuse([]*draft{f}, taken)
			}
		}
	}
}

// refuse gives the drafts that do not accept this customer a verdict.
func (w *crowd) refuse(drafts []*draft, v verdict) {
	for _, f := range drafts {
		if f.verdict == fair && !slices.Contains(w.yes, f) {
			f.verdict = v
		}
	}
}

// distinct adds a name that is not there, up to one more than limit.
func distinct(names []string, name string, limit int) []string {
	if len(names) > limit || slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}
