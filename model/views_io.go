package model

import "encoding/hex"

// ImportOptions say how a file of customers is read in.
type ImportOptions struct {
	File      string // name of the file, for the journal; its base is kept
	Size      int64  // in bytes, 0 when unknown; for progress
	Mapping   string // as printed: "naam=name,tel=phone"; "" proposes one
	Encoding  string // "" finds out
	Delimiter rune   // 0 finds out
	DryRun    bool   // count and preview, write nothing
}

// ImportProgress is how far an import is.
type ImportProgress struct {
	Rows  int
	Bytes int64  // of the file
	Phase string // "rows", "index", "done"
}

// BadRow is a line of a file that could not be read in.
type BadRow struct {
	Line   int     `json:"line"`
	Reason Message `json:"reason"`
}

// ImportReport tells what became of an import.
type ImportReport struct {
	Import    ID                  `json:"import"`
	Encoding  string              `json:"encoding"`
	Delimiter string              `json:"delimiter"`
	Mapping   string              `json:"mapping"`  // can be given back as a mapping
	LeftOut   []string            `json:"left_out"` // columns without a field
	Rows      int                 `json:"rows"`
	Added     int                 `json:"added"`
	Updated   int                 `json:"updated"`
	Bad       int                 `json:"bad"`
	BadRows   []BadRow            `json:"bad_rows"` // the first of them
	Doubles   int                 `json:"doubles"`  // candidates queued for review; a note says when more were found
	Resumed   bool                `json:"resumed"`  // an import that was stopped went on
	Preview   []map[string]string `json:"preview,omitempty"`
	Notes     []Message           `json:"notes,omitempty"`
}

// ExportReport tells what was written.
type ExportReport struct {
	Customers int  `json:"customers"`
	Capped    bool `json:"capped,omitempty"` // the words of the query may mean others too
}

// Fault is one thing in a book that is not as it should be.
type Fault struct {
	Where string `json:"where"` // table and ids, or a space of derived data
	What  string `json:"what"`  // text id
	Index bool   `json:"index"` // a rebuild repairs it
}

// Hex are bytes that people see as hexadecimal digits.
type Hex []byte

// String gives two digits for each byte.
func (h Hex) String() string { return hex.EncodeToString(h) }

// MarshalText is [Hex.String].
func (h Hex) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, h), nil }

// UnmarshalText reads what [Hex.String] gives.
func (h *Hex) UnmarshalText(text []byte) (err error) {
	*h, err = hex.AppendDecode(nil, text)
	return err
}

// DoctorReport is what a check of a book found.
type DoctorReport struct {
	Records int     `json:"records"`
	Entries int     `json:"entries"` // of the journal
	Rev     Rev     `json:"rev"`
	Head    Hex     `json:"head"` // of the chain, to be kept elsewhere
	Faults  []Fault `json:"faults"`
	Cut     bool    `json:"cut"` // more faults than are listed
}
