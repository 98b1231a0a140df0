package store

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"

	"pasvorm/model"
	"pasvorm/store/exchange"
)

// sampleRows is how many rows a mapping is proposed from.
const sampleRows = 100

// input is the file that is read in: something that can be read at any place,
// for it is read more than once and goes on where it was stopped.
type input struct {
	at     io.ReaderAt
	size   int64
	digest []byte
	temp   *os.File // holds what came through a pipe

	opts     exchange.Options
	header   []string
	width    int
	sample   [][]string
	mapping  exchange.Mapping
	headSize int64 // bytes of the header
}

// openInput takes a file as it is, and puts what comes through a pipe into a
// temporary file first.
func openInput(ctx context.Context, src io.Reader, dir string) (*input, error) {
	at, ok := src.(io.ReaderAt)
	seeker, seeks := src.(io.Seeker)
	if ok && seeks {
		if size, err := seeker.Seek(0, io.SeekEnd); err == nil {
			return &input{at: at, size: size}, nil
		}
	}
	f, err := tempFile(dir)
	if err != nil {
		return nil, err
	}
	size, err := io.Copy(f, contextReader{ctx: ctx, in: src})
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &input{at: f, size: size, temp: f}, nil
}

func (in *input) close() error {
	if in.temp == nil {
		return nil
	}
	return in.temp.Close()
}

func (in *input) open(o exchange.Options) (*exchange.Reader, error) {
	return exchange.Open(io.NewSectionReader(in.at, 0, in.size), o)
}

// sum computes the digest by which a file is known again: of all of it, for a
// cheaper one would take another file for the same.
func (in *input) sum(ctx context.Context) error {
	h := sha256.New()
	if _, err := io.Copy(h, contextReader{ctx: ctx, in: io.NewSectionReader(in.at, 0, in.size)}); err != nil {
		return err
	}
	in.digest = h.Sum(nil)
	return nil
}

type contextReader struct {
	ctx context.Context //nolint:containedctx // lives as long as one copy
	in  io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.in.Read(p)
}

// plan finds out how the file is to be read: encoding, delimiter, whether it
// has a header, and what its columns hold. Words is a mapping as a person or an
// earlier run wrote it, "" proposes one.
func (in *input) plan(o model.ImportOptions, words string) error {
	in.opts = exchange.Options{Encoding: o.Encoding, Delimiter: o.Delimiter}
	if err := in.look(); err != nil {
		return err
	}
	if headless(in.header) {
		in.opts.NoHeader = true
		if err := in.look(); err != nil {
			return err
		}
	}
	if strings.TrimSpace(words) == "" {
		in.mapping = exchange.ProposeMapping(in.header, in.sample)
	} else {
		m, err := exchange.ParseMapping(words, in.header)
		if err != nil {
			return inputError(err)
		}
		in.mapping = m
	}
	for _, f := range []exchange.Field{exchange.Name, exchange.First, exchange.Last, exchange.Company, exchange.Number} {
		if in.mapping.Column(f) >= 0 {
			return nil
		}
	}
	return model.Invalid("error.import.no-name", "Mapping", in.mapping.String()).WithHint("hint.import.map")
}

// look reads the header and some rows.
func (in *input) look() error {
	r, err := in.open(in.opts)
	if err != nil {
		return inputError(err)
	}
	in.header, in.sample, in.width = r.Header(), nil, len(r.Header())
	in.headSize, _ = r.Position()
	in.opts.Delimiter = r.Report().Delimiter
	for len(in.sample) < sampleRows {
		row, err := r.Next()
		var bad *exchange.BadLine
		switch {
		case errors.As(err, &bad):
			continue
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return inputError(err)
		}
		in.sample = append(in.sample, append([]string(nil), row.Fields...))
		in.width = max(in.width, len(row.Fields))
	}
	return nil
}

var valueForm = regexp.MustCompile(`^([^@\s]+@[^@\s]+\.[^@\s.]+|[1-9][0-9]{3} ?[A-Za-z]{2}|\+?[0-9][0-9 ().,/-]{2,})$`)

// headless reports whether what stands first is a customer already: none of its
// cells is the name of a column, and one is a number, a mail address or a
// postcode.
func headless(header []string) bool {
	if len(exchange.ProposeMapping(header, nil)) > 0 {
		return false
	}
	for _, cell := range header {
		if valueForm.MatchString(strings.TrimSpace(cell)) {
			return true
		}
	}
	return false
}

// inputError turns errors of reading a file into errors for people.
func inputError(err error) error {
	var opt *exchange.OptionError
	var m *exchange.MapError
	var bad *exchange.BadLine
	switch {
	case errors.Is(err, exchange.ErrEmpty):
		return model.Invalid("error.import.empty")
	case errors.As(err, &opt):
		return model.NewError(model.KindUsage, "error."+opt.Reason, "Value", opt.Value, "Allowed", strings.Join(opt.Allowed, ", "))
	case errors.As(err, &m):
		return model.NewError(model.KindUsage, "error."+m.Reason, "Word", m.Word, "Allowed", strings.Join(m.Allowed, ", "))
	case errors.As(err, &bad):
		return model.Invalid("error.import.header", "Line", bad.Line)
	}
	return wrap(err)
}

// badWriter writes lines that could not be read in, as they came, below the
// header as it came: once corrected, the file can be read in itself.
type badWriter struct {
	in      *input
	out     *bufio.Writer
	started bool
}

func newBadWriter(in *input, out io.Writer) *badWriter {
	if out == nil {
		out = io.Discard
	}
	return &badWriter{in: in, out: bufio.NewWriter(out)}
}

// line copies the bytes of the file from one place to another.
func (w *badWriter) line(from, to int64) error {
	if !w.started {
		w.started = true
		if err := w.copy(0, w.in.headSize); err != nil {
			return err
		}
	}
	return w.copy(max(from, w.in.headSize), to)
}

func (w *badWriter) copy(from, to int64) error {
	if to <= from {
		return nil
	}
	_, err := io.Copy(w.out, io.NewSectionReader(w.in.at, from, to-from))
	if err != nil || to < w.in.size {
		return err
	}
	last := make([]byte, 1) // a last line may lack its end
	if _, err := w.in.at.ReadAt(last, to-1); err != nil {
		return err
	}
	if last[0] != '\n' && last[0] != '\r' && last[0] != 0 {
		return w.out.WriteByte('\n')
	}
	return nil
}
