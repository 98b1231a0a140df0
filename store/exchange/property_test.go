package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// anyText draws texts in which all that matters to a file is frequent.
func anyText() *rapid.Generator[string] {
	parts := rapid.SampledFrom([]string{"", "a", "Zoë", "'", "''", "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "\"", "\"\"",
		",", ";", "|", ":", " ", "\x00", "\ufeff", "＝", "＋", "－", "＠", "12,5", "1.234", "𝄞", "\u0301", "\u202e", "sep=", "t Hart"})
	return rapid.Custom(func(t *rapid.T) string {
		s := strings.Join(rapid.SliceOfN(parts, 0, 6).Draw(t, "parts"), "")
		if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
			s += rapid.String().Draw(t, "tail")
		}
		return s
	})
}

// A file that encoding/csv writes is read as encoding/csv reads it, whatever
// the chunks it arrives in.
func TestReadsLikeEncodingCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 6).Draw(t, "columns")
		records := rapid.SliceOfN(rapid.SliceOfN(anyText(), columns, columns), 1, 8).Draw(t, "records")
		var file bytes.Buffer
		w := csv.NewWriter(&file)
		w.Comma = rapid.SampledFrom([]rune(delimiters)).Draw(t, "delimiter")
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		if err := w.WriteAll(records); err != nil {
			t.Fatal(err)
		}
		if bytes.HasPrefix(file.Bytes(), []byte("\ufeff")) || bytes.HasPrefix(file.Bytes(), []byte("sep=")) {
			return // it starts with a mark that is not data
		}
		ref := csv.NewReader(bytes.NewReader(file.Bytes()))
		ref.Comma = w.Comma
		want, err := ref.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		o := Options{Delimiter: w.Comma, NoHeader: true, Encoding: "utf-8"}
		lim := limits{MaxField, MaxRecord, MaxColumns, rapid.IntRange(8, 64).Draw(t, "buffer")}
		r, err := open(iotest.HalfReader(bytes.NewReader(file.Bytes())), o, lim)
		if len(want) == 0 {
			if !errors.Is(err, ErrEmpty) {
				t.Fatalf("no records, yet %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		var got [][]string
		for {
			row, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%v in %q", err, file.String())
			}
			// encoding/csv turns CRLF inside a field into LF; here it stays.
			fields := make([]string, len(row.Fields))
			for i, f := range row.Fields {
				fields[i] = strings.ReplaceAll(f, "\r\n", "\n")
			}
			got = append(got, fields)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("file %q\ngot  %q\nwant %q", file.String(), got, want)
		}
	})
}

// What was written is read back: import(export(x)) = x.
func TestExportImport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := []string{"number", "name", "note", "town"}[:rapid.IntRange(1, 4).Draw(t, "columns")]
		text := anyText()
		mark := rapid.Bool().Draw(t, "mark")
		if mark {
			text = rapid.Custom(func(t *rapid.T) string { // bytes that are no text at all
				return anyText().Draw(t, "text") + string(rapid.SliceOfN(rapid.Byte(), 0, 4).Draw(t, "bytes"))
			})
		}
		rows := rapid.SliceOfN(rapid.SliceOfN(text, len(columns), len(columns)), 0, 8).Draw(t, "rows")
		var file bytes.Buffer
		w, err := NewCSVWriter(&file, columns, CSVOptions{
			Mark:      mark,
			Delimiter: rapid.SampledFrom([]rune{0, ';', '\t', '|'}).Draw(t, "delimiter"),
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		r, err := Open(&file, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(r.Header(), columns) {
			t.Fatalf("header %q", r.Header())
		}
		for _, want := range rows {
			row, err := r.Next()
			if err != nil {
				t.Fatal(err)
			}
			for i, cell := range row.Fields {
				if Restore(cell) != want[i] {
					t.Fatalf("cell %q read as %q, was %q", cell, Restore(cell), want[i])
				}
			}
		}
		if _, err := r.Next(); !errors.Is(err, io.EOF) {
			t.Fatalf("after the last row: %v", err)
		}
	})
}

// reporter is what *testing.T and *rapid.T share.
type reporter interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkReading holds any input against what reading promises: it ends, lines
// and offsets only grow, bad lines and rows together cover the file, chunking
// changes nothing, and resuming anywhere gives the same rest.
func checkReading(t reporter, in []byte, o Options, lim limits) {
	r, err := open(bytes.NewReader(in), o, lim)
	if err != nil {
		var bad *BadLine
		if !errors.Is(err, ErrEmpty) && !errors.As(err, &bad) {
			t.Fatalf("open: %v", err)
		}
		return
	}
	start := event{Next: r.line, Offset: r.off}
	all := readAll(t, r)
	before := start
	for _, e := range all {
		if e.Line < before.Next || e.Next < e.Line || e.Offset <= before.Offset || e.Offset > int64(len(in)) {
			t.Fatalf("after %+v comes %+v", before, e)
		}
		if len(e.Fields) > lim.columns || r.width > 0 && e.Bad == "" && len(e.Fields) != r.width {
			t.Fatalf("%d fields, width %d", len(e.Fields), r.width)
		}
		before = e
	}
	if r.Report().Rows+r.Report().Bad != int64(len(all)) {
		t.Fatalf("report %+v, %d events", r.Report(), len(all))
	}
	slow, err := open(struct{ io.Reader }{iotest.OneByteReader(bytes.NewReader(in))}, o, lim)
	if err != nil {
		t.Fatalf("byte by byte: %v", err)
	}
	if got := readAll(t, slow); !reflect.DeepEqual(got, all) {
		t.Fatalf("byte by byte: %+v\nat once: %+v", got, all)
	}
	for i, e := range all {
		if i > 40 && i < len(all)-4 {
			continue
		}
		ro := o
		ro.StartOffset, ro.StartLine = e.Offset, e.Next
		again, err := open(bytes.NewReader(in), ro, lim)
		if err != nil {
			t.Fatalf("resuming: %v", err)
		}
		if got := readAll(t, again); !reflect.DeepEqual(got, append([]event(nil), all[i+1:]...)) {
			t.Fatalf("resumed at %d: %+v\nwant %+v", e.Offset, got, all[i+1:])
		}
	}
}

func FuzzReader(f *testing.F) {
	for _, s := range []string{
		"a;b\n1;2\n", "a,b\r\n\"1\n\",2\r\n", "a;b\n\"x\n1;2\n3;\"4\"\n", "\xef\xbb\xbfa\tb\n1\t\xff\n", "sep=;\na;b\n",
		"a;b\r1;\"2\"\r\r\n3;4", "a;b\n1;2;3\n\"\"\"\"x\n", "a\x00b;c\n;;;;;;;;;;;\n", wide("a;b\nZoë;\"𝄞\n\"\n", false, true), wide("a|b\n1|2", true, true) + "\xd8",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nb\n\"ccccccccccccccccccccccccccccccccccccccccccccccccccccccc\nd\n",
	} {
		for mode := range byte(8) {
			f.Add([]byte(s), mode)
		}
	}
	f.Fuzz(func(t *testing.T, in []byte, mode byte) {
		o := Options{NoHeader: mode&1 != 0}
		if mode&2 != 0 {
			o.Delimiter = rune(delimiters[int(mode>>4)%len(delimiters)])
		}
		if mode&8 != 0 {
			o.Encoding = Encodings()[int(mode>>4)%len(Encodings())]
		}
		lim := standardLimits()
		if mode&4 != 0 { // small enough for a fuzzer to reach
			lim = limits{field: 12, record: 40, columns: 5, buffer: 16}
		}
		checkReading(t, in, o, lim)
	})
}

func TestAnyBytesAreRead(t *testing.T) {
	token := rapid.SampledFrom([]string{"a", "bb", ";", ";", "\"", "\"", "\"\"", "\n", "\n", "\r", "\r\n", "\xe9", "é", "\x00", "xxxxxxxxxxxxxx", ","})
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Join(rapid.SliceOfN(token, 0, 60).Draw(t, "in"), "")
		lim := limits{field: 12, record: 40, columns: 5, buffer: rapid.IntRange(8, 80).Draw(t, "buffer")}
		checkReading(t, []byte(in), Options{NoHeader: rapid.Bool().Draw(t, "none"), Delimiter: ';'}, lim)
	})
}
