package names

import (
	"context"
	"fmt"
	"io/fs"
	"math"
	"sync"

	"pasvorm/model"
	"pasvorm/store/search"
	"pasvorm/store/search/segment"
)

// Entries gives every customer once, in any order, until yield fails.
type Entries func(yield func(Entry) error) error

// Build writes an index of customers to a path with the permissions of a mode;
// what was there is replaced when all is written. It stops with the context's error when that ends. Progress is
// told now and then how many customers were read; it may be nil. Errors: those
// of the entries and of writing, and one for a customer given twice.
func Build(ctx context.Context, path string, stamp segment.Stamp, mode fs.FileMode, entries Entries, progress func(done int)) error {
	sections, err := build(ctx, entries, progress)
	if err != nil {
		return err
	}
	return segment.Write(path, kind, stamp, mode, sections)
}

// Memory makes an index on the heap, for small books and for what changed since
// an index was written.
func Memory(stamp segment.Stamp, entries Entries) (*Index, error) {
	sections, err := build(context.Background(), entries, nil)
	if err != nil {
		return nil, err
	}
	return newIndex(segment.Memory(stamp, sections))
}

// chunkSize is how many customers are folded at a time.
const chunkSize = 4096

// chunk is some customers, first as given, then folded into one text.
type chunk struct {
	at    int // how many came before
	in    []Entry
	names []byte // folded names after each other
	ends  []uint32
	town  []string
	code  []string
}

func (c *chunk) fold() {
	c.names = make([]byte, 0, 24*len(c.in))
	c.ends = make([]uint32, len(c.in))
	c.town = make([]string, len(c.in))
	c.code = make([]string, len(c.in))
	towns := map[string]string{}
	for i := range c.in {
		e := &c.in[i]
		c.names = append(c.names, search.Fold(e.Name)...)
		c.ends[i] = uint32(len(c.names)) // #nosec G115 -- names of a few thousand customers
		town, known := towns[e.Town]
		if !known {
			town = search.Fold(e.Town)
			towns[e.Town] = town
		}
		c.town[i] = town
		c.code[i] = foldPostcode(e.Postcode)
	}
}

// people is all customers, folded, in the order given.
type people struct {
	ids   []model.ID
	names []byte
	at    []uint32 // where each name begins, and the end
	town  []uint32 // number of the town in the order in which they came
	towns map[string]uint32
	list  []string // towns by their number
	code  []uint32
	codes map[string]uint32
	other []string // postcodes of another form
}

func (p *people) name(i uint32) []byte { return p.names[p.at[i]:p.at[i+1]] }

// take adds a folded chunk.
func (p *people) take(c *chunk) error {
	if len(p.names)+len(c.names) > math.MaxUint32 {
		return fmt.Errorf("names: the names of %d customers are too long for an index", len(p.ids))
	}
	base := uint32(len(p.names)) // #nosec G115 -- checked above
	p.names = append(p.names, c.names...)
	for i := range c.in {
		p.ids = append(p.ids, c.in[i].ID)
		p.at = append(p.at, base+c.ends[i])
		town, known := p.towns[c.town[i]]
		if !known {
			town = uint32(len(p.list)) // #nosec G115 -- at most the customers
			p.towns[c.town[i]] = town
			p.list = append(p.list, c.town[i])
		}
		p.town = append(p.town, town)
		code, ok := packPostcode(c.code[i])
		if !ok {
			at, known := p.codes[c.code[i]]
			if !known {
				at = uint32(len(p.other)) // #nosec G115 -- at most the customers
				p.codes[c.code[i]] = at
				p.other = append(p.other, c.code[i])
			}
			code = codeOther + at
		}
		p.code = append(p.code, code)
	}
	return nil
}

// read takes in all entries; two workers fold them meanwhile.
func read(ctx context.Context, entries Entries, progress func(int)) (*people, error) {
	p := &people{at: []uint32{0}, towns: map[string]uint32{"": 0}, list: []string{""}, codes: map[string]uint32{}}
	if progress == nil {
		progress = func(int) {}
	}
	in, out := make(chan *chunk, 2), make(chan *chunk, 2)
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for c := range in {
				c.fold()
				out <- c
			}
		})
	}
	failed := make(chan error, 1)
	go func() { // puts the chunks back in order
		var err error
		waiting, next := map[int]*chunk{}, 0
		for c := range out {
			waiting[c.at] = c
			for c := waiting[next]; c != nil && err == nil; c = waiting[next] {
				delete(waiting, next)
				next += len(c.in)
				err = p.take(c)
			}
		}
		failed <- err
	}()
	now, done := &chunk{}, 0
	err := entries(func(e Entry) error {
		now.in = append(now.in, e)
		done++
		if len(now.in) == chunkSize {
			if err := ctx.Err(); err != nil {
				return err
			}
			in <- now
			now = &chunk{at: done, in: make([]Entry, 0, chunkSize)}
			progress(done)
		}
		return nil
	})
	if len(now.in) > 0 {
		in <- now
	}
	close(in)
	workers.Wait()
	close(out)
	if failure := <-failed; err == nil {
		err = failure
	}
	if err == nil {
		err = ctx.Err()
	}
	progress(done)
	return p, err
}
