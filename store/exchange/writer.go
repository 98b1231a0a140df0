package exchange

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// CSVOptions say how a file is written. The zero value is meant for pipes and
// for reading back: commas and no byte order mark.
type CSVOptions struct {
	// Delimiter between fields; 0 is a comma. A semicolon is what spreadsheets
	// expect where the comma is the decimal sign.
	Delimiter rune
	// Mark starts the file with a UTF-8 byte order mark, from which a
	// spreadsheet knows the encoding.
	Mark bool
}

// CSVWriter writes rows of text as CSV (RFC 4180) in UTF-8 with formulas
// neutralised (see [Neutralise]). Read back by a [Reader] and restored with
// [Restore], each text is what it was, with one exception: bytes that are no
// valid UTF-8 are written as U+FFFD, unless the file has a mark. Without one
// they would be taken for Windows-1252, and the valid rest of their field too.
//
// Lines end in LF although the RFC has CRLF: every reader takes it, and the
// tools that such output is piped through (sort, cut, diff) take nothing else.
type CSVWriter struct {
	out     *bufio.Writer
	columns int
	delim   byte
	keep    bool   // keep invalid UTF-8
	quoted  string // characters that make a field quoted
	row     []byte
}

// NewCSVWriter writes the header at once. Column names are not neutralised:
// they are the program's own.
func NewCSVWriter(w io.Writer, columns []string, opts ...CSVOptions) (*CSVWriter, error) {
	var o CSVOptions
	for _, given := range opts {
		o = given
	}
	if o.Delimiter == 0 {
		o.Delimiter = ','
	}
	check := Options{Delimiter: o.Delimiter}
	if err := check.check(); err != nil {
		return nil, err
	}
	c := &CSVWriter{out: bufio.NewWriterSize(w, 64<<10), columns: len(columns), delim: byte(o.Delimiter), keep: o.Mark}
	c.quoted = "\"\r\n" + string(o.Delimiter)
	if o.Mark {
		if _, err := c.out.WriteString("\ufeff"); err != nil {
			return nil, err
		}
	}
	return c, c.write(columns, false)
}

// Write writes one row, which has one text per column.
func (c *CSVWriter) Write(row []string) error {
	if len(row) != c.columns {
		return fmt.Errorf("exchange: a row of %d fields for %d columns", len(row), c.columns)
	}
	return c.write(row, true)
}

func (c *CSVWriter) write(row []string, neutralise bool) error {
	line := c.row[:0]
	for i, s := range row {
		if i > 0 {
			line = append(line, c.delim)
		}
		if neutralise {
			s = Neutralise(s)
		}
		if !c.keep && !utf8.ValidString(s) {
			s = strings.ToValidUTF8(s, "\ufffd")
		}
		line = c.appendField(line, s)
	}
	if len(line) == 0 {
		line = append(line, `""`...) // an empty line would be no record
	}
	line = append(line, '\n')
	c.row = line
	_, err := c.out.Write(c.row)
	return err
}

func (c *CSVWriter) appendField(line []byte, s string) []byte {
	// Some readers trim blanks at the ends of a field that is not quoted.
	blank := s != "" && (s[0] == ' ' || s[len(s)-1] == ' ')
	if !blank && !strings.ContainsAny(s, c.quoted) {
		return append(line, s...)
	}
	line = append(line, '"')
	for {
		k := strings.IndexByte(s, '"')
		if k < 0 {
			break
		}
		line = append(line, s[:k+1]...)
		line = append(line, '"')
		s = s[k+1:]
	}
	line = append(line, s...)
	return append(line, '"')
}

// Flush hands everything written so far to the underlying writer.
func (c *CSVWriter) Flush() error { return c.out.Flush() }
