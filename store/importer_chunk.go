package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/exchange"
)

// runBytes is how much of the file is written as one batch, as far as the
// engine's limits allow.
const runBytes = 4 << 20

// run is a run of rows on its way through the stages of an import.
type run struct {
	from, to int64 // bytes of the file
	line     int   // that starts at to
	lines    []fileLine
	end      bool // of the file
	err      error

	act   model.ImportRows
	slab  []model.Customer
	cards []sealedCustomer
	done  chan struct{} // closed when it is in the book
	added []*model.Customer
}

// fileLine is a row, or a line that could not be read.
type fileLine struct {
	line     int
	from, to int64
	cells    []string
	bad      string // reason
}

// runSize gives how many rows a run may have.
func (b *Book) runSize() (rows int, size int64) {
	l := b.eng.Limits()
	// A row is a customer and the claim of its number; the import and the two
	// records of the journal come with each run.
	return max(1, min(b.load.rows, l.Operations/2-3)), int64(max(1, min(runBytes, l.Bytes/16)))
}

// readRuns cuts the file into runs.
func readRuns(ctx context.Context, r *exchange.Reader, from int64, rows int, size int64, out chan<- *run) {
	defer close(out)
	start, _ := r.Position()
	for at := from; ; {
		c := &run{from: at, to: at, done: make(chan struct{}), lines: make([]fileLine, 0, rows)}
		for len(c.lines) < rows && c.to-c.from < size && !c.end && c.err == nil {
			start = c.read(r, start)
		}
		at = c.to
		select {
		case out <- c:
		case <-ctx.Done():
			return
		}
		if c.end || c.err != nil {
			return
		}
	}
}

// read takes one line; it starts at from.
func (c *run) read(r *exchange.Reader, from int64) (next int64) {
	row, err := r.Next()
	var bad *exchange.BadLine
	switch {
	case err == nil:
		cells := append(make([]string, 0, len(row.Fields)), row.Fields...)
		c.lines = append(c.lines, fileLine{line: row.Line, from: from, to: row.Offset, cells: cells})
		c.to, c.line = row.Offset, row.NextLine
	case errors.As(err, &bad):
		c.lines = append(c.lines, fileLine{line: bad.Line, from: from, to: bad.Offset, bad: bad.Reason})
		c.to, c.line = bad.Offset, bad.NextLine
	case errors.Is(err, io.EOF):
		c.end = true
	default:
		c.err = err
	}
	return c.to
}

// maxBadRows is how many bad lines a report lists.
const maxBadRows = 100

// preparer is the second stage: rows become customers that are ready to write.
type preparer struct {
	book *Book
	conv *converter
	bad  *badWriter
	rows []model.BadRow
	last *run // the run before
}

// run prepares a run.
func (p *preparer) run(ctx context.Context, c *run) error {
	c.act = model.ImportRows{Import: p.conv.imp.ID, From: c.from, Offset: c.to, Line: c.line}
	c.slab = make([]model.Customer, 0, len(c.lines))
	c.cards = make([]sealedCustomer, 0, len(c.lines))
	c.act.Rows = make([]model.ImportRow, 0, len(c.lines))
	numbers := make(map[string]int, len(c.lines))
	var card model.Customer
	for i := range c.lines {
		l := &c.lines[i]
		if l.bad != "" {
			if err := p.refuse(c, l, model.Say(l.bad)); err != nil {
				return err
			}
			continue
		}
		given, err := p.conv.row(l.line, l.cells, &card)
		if err == nil {
			err = p.take(ctx, c, &card, given, numbers)
		}
		if err != nil {
			var e *model.Error
			if !errors.As(err, &e) || e.Kind != model.KindInvalid {
				return err
			}
			if err := p.refuse(c, l, reason(err)); err != nil {
				return err
			}
		}
	}
	c.lines = nil
	p.last = c
	return c.seal(numbers)
}

// take adds a customer to the run, or joins it to the one in it that has its
// number. A row without a name is of use only for a number that is known.
func (p *preparer) take(ctx context.Context, c *run, card *model.Customer, given model.FieldSet, numbers map[string]int) error {
	if at, again := numbers[card.Number]; again && card.Number != "" {
		c.act.Merged++
		c.act.Rows[at].Given |= given
		return model.CopyFields(c.cards[at].Customer, card, given)
	}
	if card.Name == "" {
		known, err := p.known(ctx, card.Number)
		if err != nil {
			return err
		}
		if !known {
			return model.Invalid("error.field.name")
		}
	}
	if card.Number != "" {
		numbers[card.Number] = len(c.cards)
	}
	c.slab = append(c.slab, *card) // never beyond its capacity, so that it stays where it is
	c.cards = append(c.cards, sealedCustomer{Customer: &c.slab[len(c.slab)-1]})
	c.act.Rows = append(c.act.Rows, model.ImportRow{Given: given})
	return nil
}

// known looks a number up, once all before it is in the book.
func (p *preparer) known(ctx context.Context, number string) (bool, error) {
	if p.last != nil {
		select {
		case <-p.last.done:
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
	found := false
	err := p.book.eng.View(func(tx engine.Tx) error {
		v, _ := tx.Get([]byte(model.GuardKey(model.SpaceNumber, number)))
		found = v != nil
		return nil
	})
	return found, err
}

func (p *preparer) refuse(c *run, l *fileLine, why model.Message) error {
	c.act.Bad++
	if len(p.rows) < maxBadRows {
		p.rows = append(p.rows, model.BadRow{Line: l.line, Reason: why})
	}
	return p.bad.line(l.from, l.to)
}

// seal encodes what the run holds.
func (c *run) seal(numbers map[string]int) error {
	var to sealer
	to.buf.Grow(len(c.cards) * 384)
	for i := range c.cards {
		s := &c.cards[i]
		if err := to.seal(&s.sealed, model.TableCustomer, s.ID[:], s.Customer); err != nil {
			return err
		}
		c.act.Rows[i].Customer = s
	}
	c.act.ByNumber = make([]int, 0, len(numbers))
	guards := make([]sealedGuard, len(numbers))
	for number, i := range numbers {
		g := &guards[len(c.act.ByNumber)]
		g.Guard = &model.Guard{Text: model.GuardText(model.SpaceNumber, number), Owner: c.cards[i].ID}
		if err := to.seal(&g.sealed, model.TableGuard, []byte(g.Text), g.Guard); err != nil {
			return err
		}
		c.act.Rows[i].Guard = g
		c.act.ByNumber = append(c.act.ByNumber, i)
	}
	key := func(i int) []byte { g, _ := c.act.Rows[i].Guard.(*sealedGuard); return g.key }
	slices.SortFunc(c.act.ByNumber, func(a, b int) int { return bytes.Compare(key(a), key(b)) })
	return nil
}
