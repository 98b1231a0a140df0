package ui

import (
	"context"
	"io"

	"pasvorm/model"
)

// Book is the desk with the work on the book as a whole.
type Book interface {
	Desk
	// Import reads customers from a file; bad lines go to bad as they came.
	Import(ctx context.Context, src io.Reader, bad io.Writer, o model.ImportOptions, progress func(model.ImportProgress)) (model.ImportReport, error)
	// ImportRows reads marks or money from a file: kind is "surveys" or "finance".
	ImportRows(ctx context.Context, kind string, src io.Reader, bad io.Writer, o model.ImportOptions, progress func(model.ImportProgress)) (model.ImportReport, error)
	// Export writes the customers that a filter finds, "" for all: "json" is one
	// object a line, "csv" has a header that Import knows.
	Export(ctx context.Context, to io.Writer, filter, format string) (model.ExportReport, error)
	// UndoWith is Undo with progress, in steps of how many.
	UndoWith(ctx context.Context, rev model.Rev, redo bool, progress func(done, total int)) (model.Receipt, error)
	// Doctor checks every record, index and the journal's chain.
	Doctor(ctx context.Context, progress func(int)) (model.DoctorReport, error)
	// VerifyHead holds the journal against a head that was noted elsewhere: an
	// error of kind corrupt says that it was changed or cut off since.
	VerifyHead(rev model.Rev, head []byte) error
	// Prepare waits until names can be searched as heard: where the index of names
	// is missing or does not fit the book it is made.
	Prepare(ctx context.Context, progress func(done, total int)) error
	// Rebuild makes the indexes anew.
	Rebuild(ctx context.Context, progress func(int)) error
	// Sample fills an empty book with invented customers.
	// Its words are in the language given.
	Sample(ctx context.Context, lang string) error
	Close() error
}

// Opening says which book to open, and as whom.
type Opening struct {
	Path   string // "" is the default book
	As     string // name of a person; for an admin only
	Group  string // Unix group that shares a new book
	Create bool   // make the book when there is none
	Trial  bool   // where there is none, work on one that goes when it is closed
	Fresh  bool   // make it, and refuse when there is one
}

// Library opens books. Main gives one that works on files; a throw-away book
// lives in a directory of its own that goes with it.
type Library interface {
	DefaultPath() string
	Open(context.Context, Opening) (Book, error)
	OpenSample(ctx context.Context, lang string) (Book, error)
}
