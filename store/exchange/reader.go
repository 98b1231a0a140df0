package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The limits of one file, in bytes of its text (UTF-16 counts as UTF-8).
const (
	MaxField   = 1 << 20 // one field, without its quotes
	MaxRecord  = 4 << 20 // one record, and how far a closing quote is looked for
	MaxColumns = 512     // fields in one record
)

// The reasons of a [BadLine]; each is the id of a text shown to the user.
const (
	ReasonUnclosed = "import.bad.quote"   // a quote opened and not properly closed
	ReasonStray    = "import.bad.stray"   // a quote in the middle of a field
	ReasonField    = "import.bad.field"   // a field larger than MaxField
	ReasonRecord   = "import.bad.record"  // a record larger than MaxRecord
	ReasonColumns  = "import.bad.columns" // more than MaxColumns fields
	ReasonWide     = "import.bad.wide"    // more filled fields than the header has
)

var (
	// ErrEmpty says that a file holds no record at all, not even a header.
	ErrEmpty = errors.New("exchange: the file holds no records")
	// ErrSeek says that a start further on was asked of something that is not
	// an [io.Seeker].
	ErrSeek = errors.New("exchange: only a file can be resumed")
)

// Options say how a file is read. The zero value finds everything out itself.
type Options struct {
	// Encoding is one of [Encodings]; empty detects it. "utf-16" follows the
	// byte order mark and without one is little-endian.
	Encoding string
	// Delimiter between fields, one ASCII character; 0 detects comma,
	// semicolon, tab, bar or colon.
	Delimiter rune
	// NoHeader says that the first record is data. Its number of fields is
	// then what further records are held against.
	NoHeader bool
	// StartOffset and StartLine resume at a Row's Offset and NextLine. The
	// header is still read from the start, so the source must be an
	// [io.Seeker] whose offset 0 is the start of the file.
	StartOffset int64
	StartLine   int
}

// Row is one good record.
type Row struct {
	Line     int   // physical line on which it starts, from 1
	NextLine int   // physical line that starts at Offset
	Offset   int64 // bytes of the source up to and with this record's line end
	// Fields is filled up to the header's width with empty fields. The slice
	// is used again by the next call; its strings may be kept.
	Fields []string
}

// BadLine is the error for one record that could not be used. Reading can go
// on: the next call continues at Offset.
type BadLine struct {
	Line     int    // physical line on which the record starts, from 1
	NextLine int    // physical line that starts at Offset
	Offset   int64  // bytes of the source up to where reading goes on
	Reason   string // text id, one of the Reason constants
	Raw      string // what is passed over, undecoded, without its line end, at most MaxRecord bytes
}

// Error names line and reason, never the content: it may end up in a log.
func (b *BadLine) Error() string { return fmt.Sprintf("line %d: %s", b.Line, b.Reason) }

// Report tells what a Reader found out so far.
type Report struct {
	// Encoding is the encoding met: "utf-8", "utf-16le", "utf-16be",
	// "windows-1252", "latin1", or "utf-8+windows-1252" when both occurred.
	Encoding  string
	BOM       bool // the file starts with a byte order mark
	Delimiter rune
	Rows      int64 // good records returned
	Bad       int64 // bad lines returned
	// Fallback counts records with at least one field that is no valid UTF-8
	// and was read as Windows-1252; FallbackLine is the first one's line.
	Fallback     int64
	FallbackLine int
	// Invalid counts records that hold bytes which are no valid UTF-8 although
	// the file (by its BOM) or the caller says it is; they are kept as they are.
	Invalid int64
}

// limits are the bounds in force; tests make them small.
type limits struct{ field, record, columns, buffer int }

func standardLimits() limits {
	return limits{field: MaxField, record: MaxRecord, columns: MaxColumns, buffer: 256 << 10}
}

// Reader reads records one by one. It is not safe for concurrent use.
type Reader struct {
	source source
	delim  byte
	header []string
	width  int // fields a record should have; 0 when unknown
	lim    limits
	rep    Report

	buf      []byte // buf[pos:end] is read and not yet consumed
	pos, end int
	eof      bool  // source has no more
	inErr    error // what else ended reading from it
	off      int64 // source offset of buf[pos]
	line     int   // physical line of buf[pos]
	utf8Met  bool  // a character beyond ASCII was met as UTF-8

	lf, cr, quote finder
	special       [256]bool // bytes that end an unquoted field

	base    []byte // bytes the spans of the record last scanned point into
	spans   []span
	scratch []byte // unquoted content of a record with quotes
	decoded []byte
	fields  []string
}

// Open starts reading r: it finds encoding and delimiter from the first lines
// and reads the header. It fails with [ErrEmpty], a *[BadLine] when the header
// itself is unusable, an *[OptionError], [ErrSeek] or an error of r.
func Open(r io.Reader, o Options) (*Reader, error) {
	return open(r, o, standardLimits())
}

func open(in io.Reader, o Options, lim limits) (*Reader, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	src, err := openSource(in, o.Encoding)
	if err != nil {
		return nil, err
	}
	r := newReader(src, lim)
	r.off = src.bom
	r.rep.BOM = src.bom > 0
	if err := r.fill(); err != nil {
		return nil, err
	}
	delim := byte(o.Delimiter)
	if hint := r.excelHint(); hint != 0 && delim == 0 {
		delim = hint
	}
	if delim == 0 {
		delim = sniffDelimiter(r.sample(), lim)
	}
	r.setDelimiter(delim)
	if err := r.readHeader(o.NoHeader); err != nil {
		return nil, err
	}
	if o.StartOffset > r.off {
		if err := r.seek(o.StartOffset, o.StartLine); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func newReader(src source, lim limits) *Reader {
	r := &Reader{source: src, lim: lim, line: 1, buf: make([]byte, lim.buffer)}
	r.resetFinders()
	return r
}

func (r *Reader) setDelimiter(d byte) {
	r.delim = d
	r.special = [256]bool{'"': true, '\n': true, '\r': true}
	r.special[d] = true
	r.rep.Delimiter = rune(d)
}

// readHeader takes the first record as the header, or only its width.
func (r *Reader) readHeader(none bool) error {
	if none {
		return r.peekWidth()
	}
	row, err := r.Next()
	if errors.Is(err, io.EOF) {
		return ErrEmpty
	}
	if err != nil {
		return err
	}
	r.header = make([]string, len(row.Fields))
	for i, name := range row.Fields {
		r.header[i] = strings.TrimSpace(name)
	}
	r.width = len(r.header)
	r.rep.Rows = 0
	return nil
}

// peekWidth looks at the first record without consuming it. A first record
// that is bad leaves the width unknown: then nothing is filled up or too wide.
func (r *Reader) peekWidth() error {
	for {
		f := r.scan()
		switch f.kind {
		case foundBlank:
			r.advance(f.n, 1)
		case foundMore:
			if err := r.fill(); err != nil {
				return err
			}
		case foundEnd:
			return ErrEmpty
		case foundRecord:
			if len(r.spans) <= r.lim.columns {
				r.width = len(r.spans)
			}
			return nil
		case foundBad:
			return nil
		}
	}
}

// seek moves to a record's start further on.
func (r *Reader) seek(offset int64, line int) error {
	if err := r.source.seek(offset); err != nil {
		return err
	}
	r.pos, r.end, r.eof, r.inErr = 0, 0, false, nil
	r.resetFinders()
	r.off, r.line = offset, max(line, 1)
	return nil
}

// Header is the header as it came, trimmed of white space; nil without one.
func (r *Reader) Header() []string { return r.header }

// Position is where reading stands: bytes of the source, and the physical line
// that starts there. After Open it is the end of the header.
func (r *Reader) Position() (offset int64, line int) { return r.off, r.line }

// Report tells what was found so far; it is complete after the last record.
func (r *Reader) Report() Report {
	rep := r.rep
	rep.Encoding = r.source.encodingMet(r.utf8Met, rep.Fallback > 0)
	return rep
}

// Next returns the next record, a *[BadLine] for one that cannot be used (call
// again for the one after it), [io.EOF] at the end, or an error of the source.
func (r *Reader) Next() (Row, error) {
	for {
		f := r.scan()
		switch f.kind {
		case foundRecord:
			return r.row(f)
		case foundBlank:
			r.advance(f.n, 1)
		case foundMore:
			if err := r.fill(); err != nil {
				return Row{}, err
			}
		case foundEnd:
			return Row{}, io.EOF
		case foundBad:
			return Row{}, r.passOver(f)
		}
	}
}

// row hands out the record just scanned, unless it breaks a limit.
func (r *Reader) row(f found) (Row, error) {
	if reason := r.checkRecord(); reason != "" {
		bad := &BadLine{Line: r.line, Reason: reason, Raw: string(r.buf[r.pos : r.pos+f.content])}
		r.advance(f.n, f.lines)
		bad.NextLine, bad.Offset = r.line, r.off
		r.rep.Bad++
		return Row{}, bad
	}
	r.decodeRecord()
	text := string(r.base)
	r.fields = r.fields[:0]
	for _, s := range r.spans {
		r.fields = append(r.fields, text[s.lo:s.hi])
	}
	for len(r.fields) < r.width {
		r.fields = append(r.fields, "")
	}
	row := Row{Line: r.line, Fields: r.fields}
	r.advance(f.n, f.lines)
	row.NextLine, row.Offset = r.line, r.off
	r.rep.Rows++
	return row, nil
}

// checkRecord holds the spans against the limits, and drops empty fields that
// a spreadsheet left behind the last column.
func (r *Reader) checkRecord() string {
	if len(r.spans) > r.lim.columns {
		return ReasonColumns
	}
	for _, s := range r.spans {
		if s.hi-s.lo > r.lim.field {
			return ReasonField
		}
	}
	if r.width > 0 && len(r.spans) > r.width {
		for _, s := range r.spans[r.width:] {
			if s.hi > s.lo {
				return ReasonWide
			}
		}
		r.spans = r.spans[:r.width]
	}
	return ""
}

// passOver consumes the physical lines up to the line end at or after
// buf[pos+f.from] and describes them.
func (r *Reader) passOver(f found) error {
	bad := &BadLine{Line: r.line, Reason: f.reason}
	var raw bytes.Buffer
	keep := func(b []byte) { raw.Write(b[:min(len(b), r.lim.record-raw.Len())]) }
	from := f.from
	for {
		data := r.buf[r.pos:r.end]
		at, size := lineEnd(data, from)
		if at < len(data) && (r.eof || data[at] == '\n' || at+1 < len(data)) || r.eof {
			keep(data[:at])
			r.advance(at+size, countLines(data[:at+size]))
			break
		}
		// The line goes on beyond the buffer; a CR at its very end waits for
		// the LF that may follow.
		keep(data[:at])
		r.advance(at, countLines(data[:at]))
		from = 0
		if err := r.fill(); err != nil {
			return err
		}
	}
	bad.NextLine, bad.Offset, bad.Raw = r.line, r.off, raw.String()
	r.rep.Bad++
	return bad
}
