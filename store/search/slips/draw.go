package slips

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"
)

// Query is one query of a draw.
type Query struct {
	ID     string
	Class  string
	Edits  int    // letters by which the query, folded, differs from Clean
	Text   string // as typed
	Clean  string // what was meant, folded
	Target string // number of the customer it was made from
	Accept []string
}

// Class is one way of going wrong.
type Class struct {
	Name string
	// About says in a few words what goes wrong.
	About string
	// verbatim marks a class whose query may be what stands in the list.
	verbatim bool
	make     func(d *dice, p *parts) (draft, bool)
}

// draft is a query before it is known whether it is fair.
type draft struct {
	query, clean string
	kind         kind
	key          string // the target's key of that kind
	loose        bool   // an abbreviation or another name: letters are not counted
	// crowded, if set, is a last name that only a few names may have.
	crowded string

	class, target int
	edits         int
	folded        string
	verdict       verdict
	accept        []int
	names         []string // distinct names accepted, up to one more than allowed
	crowd         []string // distinct names with the last name of crowded
}

// overdraw is how many drafts are made for each query wanted.
const overdraw = 8

// tries bounds the customers looked at for one draft. A class that finds no
// target among so many makes no more.
const tries = 20_000

// Draw makes about n queries, as many of each class, from the customers. A
// class for which the list has too few targets gives fewer. Queries of all
// classes are mixed and numbered h0001 on. The customers' numbers must differ.
func Draw(customers []Customer, seed uint64, n int, classes []Class) ([]Query, Tally) {
	if len(customers) == 0 || len(classes) == 0 || n <= 0 {
		return nil, Tally{}
	}
	drafts := make([]*draft, 0, n*overdraw)
	var p parts
	for i, c := range classes {
		d := newDice(seed, c.Name)
		want := share(n, len(classes), i) * overdraw
		drafts = append(drafts, d.drafts(&p, customers, c, i, want)...)
	}
	judge(customers, drafts, classes)
	var tally Tally
	left := make([]int, len(classes))
	for i := range left {
		left[i] = share(n, len(classes), i)
	}
	var out []Query
	seen := map[string]bool{}
	for _, f := range drafts {
		if left[f.class] == 0 {
			continue
		}
		if f.verdict == fair && seen[f.folded] {
			f.verdict = repeated
		}
		tally[f.verdict]++
		if f.verdict != fair {
			continue
		}
		seen[f.folded] = true
		left[f.class]--
		q := Query{Class: classes[f.class].Name, Edits: f.edits, Text: f.query, Clean: f.clean, Target: customers[f.target].Number}
		for _, a := range f.accept {
			q.Accept = append(q.Accept, customers[a].Number)
		}
		out = append(out, q)
	}
	newDice(seed, "order").Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	for i := range out {
		out[i].ID = number(i + 1)
	}
	return out, tally
}

// share divides n over a number of classes as evenly as can be.
func share(n, classes, i int) int {
	s := n / classes
	if i < n%classes {
		s++
	}
	return s
}

// drafts makes up to n drafts of a class, no target twice.
func (d *dice) drafts(p *parts, customers []Customer, c Class, class, n int) []*draft {
	var out []*draft
	used := map[int]bool{}
	most := min(tries, 20*len(customers))
	for len(out) < n {
		before := len(out)
		for range most {
			t := d.IntN(len(customers))
			if used[t] {
				continue
			}
			p.take(&customers[t])
			if len(p.words) == 0 || !named(p) {
				continue
			}
			f, ok := c.make(d, p)
			if !ok {
				continue
			}
			used[t] = true
			f.class, f.target = class, t
			f.query = strings.Join(strings.Fields(f.query), " ")
			f.folded = Fold(f.query)
			f.edits = Edits(f.folded, f.clean)
			out = append(out, &f)
			break
		}
		if len(out) == before {
			break
		}
	}
	return out
}

// named reports whether a name is one that slips can be made of: no longer than
// a line, no word of nothing but digits, and in Latin letters.
func named(p *parts) bool {
	odd := func(w word) bool {
		return strings.Trim(w.text, "0123456789") == "" || strings.ContainsFunc(w.text, func(r rune) bool { return r >= utf8.RuneSelf })
	}
	return len(p.words) <= 8 && !slices.ContainsFunc(p.words, odd)
}

// dice makes the choices of one class.
type dice struct{ *rand.Rand }

// newDice gives the dice of a class: those of other classes do not matter.
func newDice(seed uint64, class string) *dice {
	h := fnv.New64a()
	h.Write([]byte(class))
	return &dice{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// oneIn is true once in n.
func (d *dice) oneIn(n int) bool { return d.IntN(n) == 0 }

// pick gives one of the choices.
func pick[T any](d *dice, choices []T) T { return choices[d.IntN(len(choices))] }
