package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// The names of encodings, as options and in reports.
const (
	encUTF8    = "utf-8"
	encUTF16   = "utf-16"
	encUTF16LE = "utf-16le"
	encUTF16BE = "utf-16be"
	enc1252    = "windows-1252"
	encLatin1  = "latin1"
)

// Encodings lists what [Options].Encoding may be, besides empty.
func Encodings() []string {
	return []string{encUTF8, encUTF16, encUTF16LE, encUTF16BE, enc1252, encLatin1}
}

// OptionError says that an option has a value it cannot have.
type OptionError struct {
	Reason  string // text id: "import.option.encoding" or "import.option.delimiter"
	Value   string
	Allowed []string // what it may be; empty for a delimiter
}

// Error names the value and what is allowed.
func (e *OptionError) Error() string {
	if len(e.Allowed) == 0 {
		return fmt.Sprintf("%s: %q", e.Reason, e.Value)
	}
	return fmt.Sprintf("%s: %q (%s)", e.Reason, e.Value, strings.Join(e.Allowed, ", "))
}

func (o *Options) check() error {
	o.Encoding = strings.ToLower(strings.TrimSpace(o.Encoding))
	switch o.Encoding {
	case "utf8":
		o.Encoding = encUTF8
	case "cp1252", "ansi":
		o.Encoding = enc1252
	case "latin-1", "iso-8859-1":
		o.Encoding = encLatin1
	}
	if o.Encoding != "" && !slices.Contains(Encodings(), o.Encoding) {
		return &OptionError{Reason: "import.option.encoding", Value: o.Encoding, Allowed: Encodings()}
	}
	if d := o.Delimiter; d < 0 || d >= utf8.RuneSelf || d == '"' || d == '\n' || d == '\r' {
		return &OptionError{Reason: "import.option.delimiter", Value: string(d)}
	}
	return nil
}

// source is the file as text: bytes of an encoding that holds ASCII as ASCII,
// so UTF-16 is turned into UTF-8 on the way and nothing else is touched.
type source struct {
	in   io.Reader    // as given
	text io.Reader    // what is scanned
	enc  string       // what it is; "" is UTF-8 with Windows-1252 where that fails
	bom  int64        // length of the byte order mark
	wide *utf16Reader // text, when the file is UTF-16
}

var boms = []struct {
	mark string
	enc  string
}{{"\xef\xbb\xbf", encUTF8}, {"\xff\xfe", encUTF16LE}, {"\xfe\xff", encUTF16BE}}

// openSource looks for a byte order mark. A mark that contradicts the encoding
// asked for is not taken as one.
func openSource(in io.Reader, enc string) (source, error) {
	head := make([]byte, 3)
	n, err := io.ReadFull(in, head)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return source{}, err
	}
	head = head[:n]
	s := source{in: in, enc: enc}
	for _, b := range boms {
		fits := enc == "" || enc == b.enc || enc == encUTF16 && b.enc != encUTF8
		if fits && bytes.HasPrefix(head, []byte(b.mark)) {
			s.enc, s.bom = b.enc, int64(len(b.mark))
			break
		}
	}
	if s.enc == encUTF16 {
		s.enc = encUTF16LE // as written by Windows, where files without a mark come from
	}
	s.attach(io.MultiReader(bytes.NewReader(head[s.bom:]), in), s.bom)
	return s, nil
}

func (s *source) attach(in io.Reader, at int64) {
	s.text = in
	if s.enc == encUTF16LE || s.enc == encUTF16BE {
		s.wide = newUTF16Reader(in, s.enc == encUTF16BE, at)
		s.text = s.wide
	}
}

func (s *source) seek(offset int64) error {
	seeker, ok := s.in.(io.Seeker)
	if !ok {
		return ErrSeek
	}
	if _, err := seeker.Seek(offset, io.SeekStart); err != nil {
		return fmt.Errorf("%w: %w", ErrSeek, err)
	}
	s.attach(s.in, offset)
	return nil
}

// after is the source offset once text was consumed at off. In UTF-16 each
// character takes two bytes, or four beyond the basic plane; a half pair was
// read as U+FFFD and counts as the two bytes it had.
func (s *source) after(off int64, text []byte) int64 {
	if s.wide == nil {
		return off + int64(len(text))
	}
	units := 0
	for i := 0; i < len(text); i++ {
		if b := text[i]; b >= 0xf0 {
			units += 2
		} else if b < 0x80 || b >= 0xc0 {
			units++
		}
	}
	// A single byte left at the very end also reads as one U+FFFD.
	return min(off+2*int64(units), s.wide.n)
}

// encodingMet is the report's word for what was read: whether characters
// beyond ASCII were met as UTF-8, and whether any field fell back.
func (s *source) encodingMet(utf8Met, fellBack bool) string {
	switch {
	case s.enc != "":
		return s.enc
	case utf8Met && fellBack:
		return encUTF8 + "+" + enc1252
	case fellBack:
		return enc1252
	}
	return encUTF8
}

// decodeRecord turns base into UTF-8. Without a mark or an option, a field
// that is not valid UTF-8 is read as Windows-1252: the first such field may
// come late in the file, long after earlier ones were handed out, so each
// field is judged by itself. With a mark or an option that says UTF-8, bytes
// that are not are kept as they came.
func (r *Reader) decodeRecord() {
	table := &windows1252
	switch r.source.enc {
	case "", enc1252:
	case encLatin1:
		table = nil
	default:
		if r.source.wide == nil && !utf8.Valid(r.base) {
			r.rep.Invalid++
		}
		return
	}
	if isASCII(r.base) {
		return
	}
	auto := r.source.enc == ""
	if auto && utf8.Valid(r.base) {
		r.utf8Met = true
		return
	}
	if auto {
		r.rep.Fallback++
		if r.rep.FallbackLine == 0 {
			r.rep.FallbackLine = r.line
		}
	}
	out := r.decoded[:0]
	for i, s := range r.spans {
		field := r.base[s.lo:s.hi]
		lo := len(out)
		switch {
		case auto && utf8.Valid(field):
			if !isASCII(field) {
				r.utf8Met = true
			}
			out = append(out, field...)
		default:
			out = appendDecoded(out, field, table)
		}
		r.spans[i] = span{lo, len(out)}
	}
	r.decoded, r.base = out, out
}

// windows1252 maps the bytes 0x80 to 0xff. The five bytes it leaves undefined
// become the control characters of the same number, so nothing is lost.
var windows1252 = func() (t [128]rune) {
	for i := range t {
		t[i] = charmap.Windows1252.DecodeByte(byte(0x80 + i))
		if t[i] == utf8.RuneError {
			t[i] = rune(0x80 + i)
		}
	}
	return t
}()

// appendDecoded appends field byte by byte; without a table as Latin-1.
func appendDecoded(out, field []byte, table *[128]rune) []byte {
	for _, b := range field {
		switch {
		case b < utf8.RuneSelf:
			out = append(out, b)
		case table == nil:
			out = utf8.AppendRune(out, rune(b))
		default:
			out = utf8.AppendRune(out, table[b-0x80])
		}
	}
	return out
}

func isASCII(b []byte) bool {
	for len(b) >= 8 {
		if b[0]|b[1]|b[2]|b[3]|b[4]|b[5]|b[6]|b[7] >= utf8.RuneSelf {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
