package model

// Exported notes that customers were written out. It changes no record; the
// journal has it once a day for each person.
type Exported struct {
	Format string // "json" or "csv"
	Some   bool   // those that a query finds, not all
}

// Name is [ActExport].
func (Exported) Name() ActionName { return ActExport }

// Decide writes the line.
func (a Exported) Decide(*Env, Reader) (*Change, error) {
	ch := &Change{Message: Say("journal.export", "Format", a.Format), Final: true}
	if a.Some {
		ch.Message = Say("journal.export.some", "Format", a.Format)
	}
	return ch, nil
}
