package model

// Exported notes that all customers were written out. It changes no record; the
// journal has it once a day for each person (safety.md, Journal).
type Exported struct {
	Format string // "json" or "csv"
}

// Name is [ActExport].
func (Exported) Name() ActionName { return ActExport }

// Decide writes the line.
func (a Exported) Decide(*Env, Reader) (*Change, error) {
	return &Change{Message: Say("journal.export", "Format", a.Format), Final: true}, nil
}
