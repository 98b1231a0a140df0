package store

import (
	"context"
	"encoding/json"
	"io"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/exchange"
)

// Formats of an export.
const (
	ExportJSON = "json" // JSON lines: one object a line, one line a customer
	ExportCSV  = "csv"  // commas, UTF-8, formulas neutralised; see [exchange.CSVWriter]
)

// exportStep is how many customers are read at a time.
const exportStep = 512

// journalBack is how many lines of the journal are looked at for an earlier
// export of the day.
const journalBack = 2000

// Export writes the customers that a filter finds, "" for all, in the order they
// were added. CSV has the fields
// of an import as its header, so that reading it in again gives the same
// customers. In JSON each customer is an object with its id, the fields that
// hold something under the same names, and the moment it was added. An owner
// stands by name.
//
// A slow reader of what is written holds up nobody: customers are read some
// hundreds at a time, and no snapshot stays open between.
func (s *Session) Export(ctx context.Context, to io.Writer, filter, format string) (model.ExportReport, error) {
	var rep model.ExportReport
	var write func(*model.Customer, string) error
	flush := func() error { return nil }
	switch format {
	case ExportJSON:
		write = jsonLines(to)
	case ExportCSV:
		columns := exportColumns()
		out, err := exchange.NewCSVWriter(to, columns)
		if err != nil {
			return rep, err
		}
		write, flush = csvRows(out, columns), out.Flush
	default:
		return rep, model.NewError(model.KindUsage, "error.export.format", "Format", format)
	}
	ids, capped, err := s.exported(ctx, filter)
	rep.Capped = capped
	if err == nil {
		err = s.noteExport(ctx, model.Exported{Format: format, Some: ids != nil})
	}
	if err != nil {
		return rep, err
	}
	each := func(c *model.Customer, owner string) error {
		rep.Customers++
		return write(c, owner)
	}
	if ids == nil {
		err = s.exportAll(ctx, each)
	} else {
		err = s.exportSome(ctx, ids, each)
	}
	if err == nil {
		err = flush()
	}
	return rep, wrap(err)
}

// noteExport writes a line in the journal, unless this person has one of today
// that says as much: one of all customers covers one of some. A book that cannot
// be written can still be read.
func (s *Session) noteExport(ctx context.Context, did model.Exported) error {
	today := model.DayOf(s.book.now())
	noted := false
	err := s.snapshot(func(v *view) error {
		if _, err := whoIs(v.r, s.actor); err != nil {
			return err
		}
		j := journalOf{tx: v.tx, der: v.der}
		n := 0
		var failed error
		walkBack(v.der, spaceRev, nil, func(k, _ []byte) bool {
			h, err := j.header(revOf(k))
			if err != nil || h == nil {
				failed = err
				return false
			}
			if n++; n > journalBack || model.DayOf(h.At.Time().In(s.book.opt.Location)) < today {
				return false
			}
			if h.Action != model.ActExport || h.Person != s.actor.Person || h.Real != s.actor.Real {
				return true
			}
			e, err := j.Entry(revOf(k))
			if err != nil || e == nil {
				failed = err
				return false
			}
			noted = did.Some || e.Message.ID != "journal.export.some"
			return !noted
		})
		return failed
	})
	if err != nil || noted {
		return err
	}
	if _, err = s.book.Do(ctx, s.actor, did); model.KindOf(err) == model.KindReadOnly {
		return nil
	}
	return err
}

// exportAll hands out the customers that can be seen, with the owner's name.
func (s *Session) exportAll(ctx context.Context, f func(*model.Customer, string) error) error {
	next := []byte{byte(model.TableCustomer)}
	end := engine.PrefixEnd(next)
	cards, owners := make([]*model.Customer, 0, exportStep), make([]string, 0, exportStep)
	for next != nil {
		if err := ctx.Err(); err != nil {
			return err
		}
		cards, owners = cards[:0], owners[:0]
		err := s.snapshot(func(v *view) error {
			from := next
			next = nil
			var failed error
			n := 0
			v.tx.Scan(from, end, 0, func(k, value []byte, _ engine.Rev) bool {
				if n++; n > exportStep {
					next = append([]byte(nil), k...)
					return false
				}
				r, err := decode(k, value)
				c, ok := r.(*model.Customer)
				if err != nil || !ok {
					failed = err
					return false
				}
				if v.hidden(c.ID) {
					return true
				}
				owner, err := v.name(c.Owner)
				cards, owners, failed = append(cards, c), append(owners, owner), err
				return err == nil
			})
			return failed
		})
		if err != nil {
			return err
		}
		for i, c := range cards {
			if err := f(c, owners[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// exportColumns are the fields of an import that a customer has.
func exportColumns() []string {
	var out []string
	for _, f := range exchange.AllFields() {
		if model.FieldByID(string(f)) != nil {
			out = append(out, string(f))
		}
	}
	return out
}

func csvRows(out *exchange.CSVWriter, columns []string) func(*model.Customer, string) error {
	fields := make([]*model.Field, len(columns))
	for i, id := range columns {
		fields[i] = model.FieldByID(id)
	}
	row := make([]string, len(columns))
	return func(c *model.Customer, owner string) error {
		for i, f := range fields {
			row[i] = f.Get(c)
			if f.Type == model.FieldPerson {
				row[i] = owner
			}
		}
		return out.Write(row)
	}
}

func jsonLines(to io.Writer) func(*model.Customer, string) error {
	enc := json.NewEncoder(to)
	enc.SetEscapeHTML(false)
	return func(c *model.Customer, owner string) error {
		line := model.FieldValues(c)
		line["id"] = c.ID.String()
		if owner != "" {
			line["owner"] = owner
		}
		if at, err := c.Added.MarshalText(); err == nil && len(at) > 0 {
			line["added"] = string(at)
		}
		return enc.Encode(line)
	}
}
