package columns

import (
	"bytes"
	"slices"
	"sync/atomic"
	"time"

	"pasvorm/model"
)

// Context is what a condition depends on beside the customers: the hour, who
// asks, and what other indexes know. Nil functions know nothing.
type Context struct {
	Now      model.Stamp
	Today    model.Day
	Location *time.Location // of the desk, in which its days begin; nil for UTC

	Late  func() model.Day   // what we promised for this day or before it is overdue
	Limbo func() model.Stamp // who waits for word since then or longer is in limbo

	Me     model.ID
	Person func(name string) []model.ID // the people whom a name may mean
	Name   func(model.ID) string        // of a person; "" for none

	// Look gives the customers of a value that lies in another index, each field
	// with its own meaning: phone, mail, story.
	Look func(field model.QueryField, value string) ([]model.ID, error)
}

// Cond is what customers must meet, ready to be asked of any index. It may be
// used by several goroutines, as far as the functions of its [Context] may.
type Cond struct {
	all   []either // all must be met
	ctx   Context
	bound atomic.Pointer[bound] // what it comes to in the base that was asked last
}

// either is met when any of its tests is, or with not when none is.
type either struct {
	tests []test
	not   bool
}

// test is one condition with one value.
type test interface {
	// row tells whether a changed row meets it.
	row(r *changed) bool
	// in makes it ready for a base.
	in(b *Base) blockTest
}

// bound is a condition made ready for one base.
type bound struct {
	base *Base
	all  []boundEither
}

type boundEither struct {
	tests []blockTest
	not   bool
}

// Compile makes the conditions of a query ready; its free words and its order
// are not looked at. Errors: invalid for a value that the field cannot have, and
// whatever Look gives.
func Compile(q model.Query, ctx Context) (*Cond, error) {
	if ctx.Location == nil {
		ctx.Location = time.UTC
	}
	c := &Cond{ctx: ctx}
	for _, t := range q.Terms {
		tests, err := compileTerm(&ctx, t)
		if err != nil {
			return nil, err
		}
		c.all = append(c.all, either{tests: tests, not: t.Not})
	}
	return c, nil
}

// Among gives the same condition for some customers only, as those that another
// index found.
func (c *Cond) Among(ids []model.ID) *Cond {
	return &Cond{ctx: c.ctx, all: append(slices.Clip(c.all), either{tests: []test{newIDsTest(ids)}})}
}

// Empty reports whether every customer meets it.
func (c *Cond) Empty() bool { return len(c.all) == 0 }

// in makes the condition ready for a base, or remembers it. What few customers
// meet is asked first.
func (c *Cond) in(b *Base) *bound {
	if known := c.bound.Load(); known != nil && known.base == b {
		return known
	}
	out := &bound{base: b}
	for _, e := range c.all {
		be := boundEither{not: e.not}
		few := !e.not
		for _, t := range e.tests {
			bt := t.in(b)
			_, listed := bt.(listTest)
			few = few && listed
			be.tests = append(be.tests, bt)
		}
		if few {
			out.all = slices.Insert(out.all, 0, be)
		} else {
			out.all = append(out.all, be)
		}
	}
	c.bound.Store(out)
	return out
}

// row tells whether a changed row meets the condition.
func (c *Cond) row(r *changed) bool {
	for _, e := range c.all {
		met := false
		for _, t := range e.tests {
			if met = t.row(r); met {
				break
			}
		}
		if met == e.not {
			return false
		}
	}
	return true
}

// has tells whether a row of the base meets the condition.
func (c *bound) has(row int) bool {
	for _, e := range c.all {
		met := false
		for _, t := range e.tests {
			if met = t.has(row); met {
				break
			}
		}
		if met == e.not {
			return false
		}
	}
	return true
}

// mask leaves in m the bits of the rows that meet the condition.
func (c *bound) mask(from int, m *mask) bool {
	for i := range c.all {
		e := &c.all[i]
		var met mask
		for _, t := range e.tests {
			t.mark(from, &met)
		}
		left := uint64(0)
		for w := range m {
			if e.not {
				m[w] &^= met[w]
			} else {
				m[w] &= met[w]
			}
			left |= m[w]
		}
		if left == 0 {
			return false
		}
	}
	return true
}

func sortIDs(ids []model.ID) []model.ID {
	out := slices.Clone(ids)
	slices.SortFunc(out, func(a, b model.ID) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(out)
}

func hasID(sorted []model.ID, id model.ID) bool {
	_, ok := slices.BinarySearchFunc(sorted, id, func(a, b model.ID) int { return bytes.Compare(a[:], b[:]) })
	return ok
}
