package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

// event is one outcome of Next, with everything copied.
type event struct {
	Line, Next int
	Offset     int64
	Fields     []string
	Bad        string
	Raw        string
}

func readAll(t reporter, r *Reader) []event {
	t.Helper()
	var all []event
	for {
		row, err := r.Next()
		var bad *BadLine
		switch {
		case errors.Is(err, io.EOF):
			return all
		case errors.As(err, &bad):
			all = append(all, event{bad.Line, bad.NextLine, bad.Offset, nil, bad.Reason, bad.Raw})
		case err != nil:
			t.Fatalf("after %d records: %v", len(all), err)
		default:
			all = append(all, event{row.Line, row.NextLine, row.Offset, append([]string(nil), row.Fields...), "", ""})
		}
	}
}

func mustOpen(t testing.TB, in string, o Options) *Reader {
	t.Helper()
	r, err := Open(strings.NewReader(in), o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return r
}

// brief prints events as "line|field|field" or "line!reason!raw".
func brief(all []event) []string {
	var out []string
	for _, e := range all {
		if e.Bad != "" {
			out = append(out, fmt.Sprintf("%d!%s!%s", e.Line, strings.TrimPrefix(e.Bad, "import.bad."), e.Raw))
			continue
		}
		out = append(out, fmt.Sprintf("%d|%s", e.Line, strings.Join(e.Fields, "|")))
	}
	return out
}

func wide(s string, bigEndian, mark bool) string {
	var out []byte
	put := func(u uint16) {
		if bigEndian {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	if mark {
		put(0xfeff)
	}
	for _, u := range utf16.Encode([]rune(s)) {
		put(u)
	}
	return string(out)
}

func TestMessyFiles(t *testing.T) {
	const sample = "naam;plaats\nZoë;Luik\n𝄞;Genève\n"
	want := []string{"2|Zoë|Luik", "3|𝄞|Genève"}
	tests := []struct {
		name, in string
		o        Options
		want     []string
		encoding string
		delim    rune
	}{
		{"semicolons and decimal commas", "naam;omzet\nA;1.234,56\nB;7,5\n", Options{}, []string{"2|A|1.234,56", "3|B|7,5"}, "utf-8", ';'},
		{"commas and quoted semicolons", "name,note\nA,\"x;y;z\"\nB,\"p;q\"\n", Options{}, []string{"2|A|x;y;z", "3|B|p;q"}, "utf-8", ','},
		{"tabs", "a\tb\n1,2\t3,4\n", Options{}, []string{"2|1,2|3,4"}, "utf-8", '\t'},
		{"bars", "a|b\n1|2\n", Options{}, []string{"2|1|2"}, "utf-8", '|'},
		{"colons", "a:b\n1:2\n", Options{}, []string{"2|1|2"}, "utf-8", ':'},
		{"times and addresses are no colon file", "naam;tijd\nA;10:30\nB;11:45\n", Options{}, []string{"2|A|10:30", "3|B|11:45"}, "utf-8", ';'},
		{"one column with commas in it", "naam\nJansen, Piet\nVries, Els\n", Options{}, []string{"2|Jansen, Piet", "3|Vries, Els"}, "utf-8", ';'},
		{"delimiter given", "a;b,c\n1;2,3\n", Options{Delimiter: ';'}, []string{"2|1|2,3"}, "utf-8", ';'},
		{"excel's hint", "sep=|\r\na;b|c\r\n1|2\r\n", Options{}, []string{"3|1|2"}, "utf-8", '|'},
		{"mixed line ends", "a;b\r\n1;2\r3;4\n5;6\r\n", Options{}, []string{"2|1|2", "3|3|4", "4|5|6"}, "utf-8", ';'},
		{"blank lines", "\n\na;b\n\r\n1;2\n\n\n3;4\n\n", Options{}, []string{"5|1|2", "8|3|4"}, "utf-8", ';'},
		{"no last line end", "a;b\n1;2", Options{}, []string{"2|1|2"}, "utf-8", ';'},
		{"last line ends in a quote", "a;b\n1;\"2\"", Options{}, []string{"2|1|2"}, "utf-8", ';'},
		{"short and over-long by nothing", "a;b;c\n1\n1;2;\n1;2;3;;\n", Options{}, []string{"2|1||", "3|1|2|", "4|1|2|3"}, "utf-8", ';'},
		{"header with a trailing delimiter", "a;b;\n1;2\n3;4;\n", Options{}, []string{"2|1|2|", "3|3|4|"}, "utf-8", ';'},
		{"too wide", "a;b\n1;2;3\n4;5\n", Options{}, []string{"2!wide!1;2;3", "3|4|5"}, "utf-8", ';'},
		{"quoted line ends", "a;b\n\"x\r\ny\nz\";1\n2;3\n", Options{}, []string{"2|x\r\ny\nz|1", "5|2|3"}, "utf-8", ';'},
		{"doubled quotes", "a;b\n\"\"\"x\"\"\";\"\"\n", Options{}, []string{"2|\"x\"|"}, "utf-8", ';'},
		{"unclosed, to the end", "a;b\n1;\"2\n3;4\n5;6\n", Options{}, []string{"2!quote!1;\"2", "3|3|4", "4|5|6"}, "utf-8", ';'},
		{"unclosed, closed by a later quote", "a;b\n1;\"2\n3;4\n5;\"6\"\n7;8\n", Options{}, []string{"2!quote!1;\"2", "3|3|4", "4|5|6", "5|7|8"}, "utf-8", ';'},
		{"unclosed in the second of two quoted", "a;b\n\"x\ny\";\"2\n3;4\n", Options{}, []string{"2!quote!\"x\ny\";\"2", "4|3|4"}, "utf-8", ';'},
		{"stray quotes", "a;b\n1;2\"\n\"3\"x;4\n5;6\n", Options{}, []string{"2!stray!1;2\"", "3!stray!\"3\"x;4", "4|5|6"}, "utf-8", ';'},
		{"stray after a good long field", "a;b;c\n\"x\ny\";1;2\"\n3;4;5\n", Options{}, []string{"2!quote!\"x", "3!stray!y\";1;2\"", "4|3|4|5"}, "utf-8", ';'},
		{"stray after two long fields", "a;b;c\n\"x\ny\";\"p\nq\"z\n3;4;5\n", Options{}, []string{"2!quote!\"x", "3!stray!y\";\"p", "4!stray!q\"z", "5|3|4|5"}, "utf-8", ';'},
		{"nul stays", "a;b\n1\x00;\x002\n", Options{}, []string{"2|1\x00|\x002"}, "utf-8", ';'},
		{"no header", "1;2\n3\n4;5;6\n", Options{NoHeader: true}, []string{"1|1|2", "2|3|", "3!wide!4;5;6"}, "utf-8", ';'},
		{"windows-1252", "naam;plaats\nZo\xeb;\x80\x81\n", Options{}, []string{"2|Zoë|€\u0081"}, "windows-1252", ';'},
		{"windows-1252 after utf-8, field by field", "naam;plaats\nZoë;Luik\nZo\xeb;Genève\n", Options{}, []string{"2|Zoë|Luik", "3|Zoë|Genève"}, "utf-8+windows-1252", ';'},
		{"halves of one character in neighbouring fields", "a;b\n\"\xc3\";\"\xa9\"\n", Options{}, []string{"2|Ã|©"}, "windows-1252", ';'},
		{"latin1 given", "a;b\n\xe9;\x80\n", Options{Encoding: "Latin-1"}, []string{"2|é|\u0080"}, "latin1", ';'},
		{"windows-1252 given for utf-8", "a;b\né;x\n", Options{Encoding: "windows-1252"}, []string{"2|Ã©|x"}, "windows-1252", ';'},
		{"utf-8", sample, Options{}, want, "utf-8", ';'},
		{"utf-8 with mark", "\xef\xbb\xbf" + sample, Options{}, want, "utf-8", ';'},
		{"utf-8 with mark keeps what is not", "\xef\xbb\xbfa;b\nx\xff;y\n", Options{}, []string{"2|x\xff|y"}, "utf-8", ';'},
		{"utf-8 given keeps what is not", "a;b\nx\xff;y\n", Options{Encoding: "utf-8"}, []string{"2|x\xff|y"}, "utf-8", ';'},
		{"utf-16le with mark", wide(sample, false, true), Options{}, want, "utf-16le", ';'},
		{"utf-16be with mark", wide(sample, true, true), Options{}, want, "utf-16be", ';'},
		{"utf-16 given with mark", wide(sample, true, true), Options{Encoding: "utf-16"}, want, "utf-16be", ';'},
		{"utf-16 given without mark", wide(sample, false, false), Options{Encoding: "utf-16"}, want, "utf-16le", ';'},
		{"utf-16be given without mark", wide(sample, true, false), Options{Encoding: "utf-16be"}, want, "utf-16be", ';'},
		{"utf-16 with a byte left over", wide("a;b\n1;2", false, true) + "x", Options{}, []string{"2|1|2\ufffd"}, "utf-16le", ';'},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := mustOpen(t, tt.in, tt.o)
			all := readAll(t, r)
			if got := brief(all); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			rep := r.Report()
			if rep.Encoding != tt.encoding || rep.Delimiter != tt.delim {
				t.Errorf("report %+v, want %s %q", rep, tt.encoding, tt.delim)
			}
			if last := all[len(all)-1]; strings.TrimRight(tt.in[last.Offset:], "\r\n") != "" {
				t.Errorf("last offset %d of %d", last.Offset, len(tt.in))
			}
			if int(rep.Rows+rep.Bad) != len(all) {
				t.Errorf("report counts %d+%d, events %d", rep.Rows, rep.Bad, len(all))
			}
			o := tt.o
			slow, err := open(iotest.OneByteReader(strings.NewReader(tt.in)), o, limits{MaxField, MaxRecord, MaxColumns, len(tt.in) + 8})
			if err != nil {
				t.Fatal(err)
			}
			if got := readAll(t, slow); !reflect.DeepEqual(got, all) {
				t.Errorf("byte by byte: %+v", got)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	field := func(n int) string { return strings.Repeat("x", n) }
	columns := func(n int) string { return strings.Repeat("c;", n-1) + "c" }
	var record strings.Builder // four fields within the limit, the record beyond it
	for range 5 {
		record.WriteString(field(MaxField) + ";")
	}
	tests := []struct{ name, line, want string }{
		{"largest field", field(MaxField), ""},
		{"field too large", field(MaxField + 1), ReasonField},
		{"quoted field too large", `"` + field(MaxField+1) + `"`, ReasonField},
		{"largest quoted field", `"` + field(MaxField) + `"`, ""},
		{"512 columns", columns(512), ""},
		{"513 columns", columns(513), ReasonColumns},
		{"513 columns, one quoted", `"x";` + columns(512), ReasonColumns},
		{"record too large", record.String(), ReasonRecord},
		{"record too large, one quoted", `"x";` + record.String(), ReasonRecord},
		{"one endless line", field(3 * MaxRecord), ReasonRecord},
		{"unclosed, endless line", `"` + field(3*MaxRecord), ReasonUnclosed},
		{"unclosed, closed too far on", `"` + field(MaxRecord) + `"`, ReasonUnclosed},
	}
	head := columns(512) + "\n1;2\n"
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := readAll(t, mustOpen(t, head+tt.line+"\r\n3;4\n", Options{Delimiter: ';'}))
			if len(all) != 3 || all[1].Bad != tt.want || all[1].Line != 3 {
				t.Fatalf("%d records, second %.80q", len(all), fmt.Sprint(all[1].Bad, all[1].Line))
			}
			if last := all[2]; last.Line != 4 || last.Fields[0] != "3" || last.Fields[1] != "4" {
				t.Errorf("reading went on with line %d %.40q", last.Line, last.Fields[:2])
			}
			if n := len(all[1].Raw); tt.want != "" && n != min(len(tt.line), MaxRecord) {
				t.Errorf("raw of %d bytes, line of %d", n, len(tt.line))
			}
		})
	}
	t.Run("513 columns in the header", func(t *testing.T) {
		_, err := Open(strings.NewReader(columns(513)+"\n"), Options{Delimiter: ';'})
		var bad *BadLine
		if !errors.As(err, &bad) || bad.Reason != ReasonColumns {
			t.Errorf("got %v", err)
		}
	})
}

// Each unclosed quote looks ahead, but never twice over the same lines: a file
// made of little else takes time in proportion to its size. If every one of
// these looked 4 MiB ahead, this test would read a quarter of a terabyte.
func TestUnclosedQuotesStayLinear(t *testing.T) {
	const n = 60000
	in := "a;b\n" + strings.Repeat("\"y\n\"\"\"\"\n\"\"\"\"\n\"x\n\"z\"\n", n)
	bad := 0
	for _, e := range readAll(t, mustOpen(t, in, Options{})) {
		if e.Bad == ReasonUnclosed {
			bad++
		}
	}
	if bad != 2*n {
		t.Errorf("%d unclosed, want %d", bad, 2*n)
	}
}

// Where the buffer happens to end means nothing, a CR before its LF included.
func TestBufferEndsMeanNothing(t *testing.T) {
	const in = "a;b\r\n1;2\"\r\n\"x\r\ny\";3\r\n\r\n4\"\r\n\"5\r\n6;7\r8;9\r\n0123456789012345678901234567890123456789;\r\n\"01234567890123456789\r\n"
	lim := limits{field: 12, record: 30, columns: 5}
	var want []event
	for lim.buffer = len(in) + 1; lim.buffer >= 8; lim.buffer-- {
		r, err := open(strings.NewReader(in), Options{Delimiter: ';'}, lim)
		if err != nil {
			t.Fatal(err)
		}
		got := readAll(t, r)
		if want == nil {
			want = got
			lines := []string{"2!stray!1;2\"", "3|x\r\ny|3", "6!stray!4\"", "7!quote!\"5", "8|6|7", "9|8|9", "10!record!012345678901234567890123456789", "11!quote!\"01234567890123456789"}
			if !reflect.DeepEqual(brief(got), lines) {
				t.Fatalf("got %q", brief(got))
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("buffer of %d: %q", lim.buffer, brief(got))
		}
	}
}

func TestMemoryStaysBounded(t *testing.T) {
	line := []byte(strings.Repeat("y", 1<<16))
	in := io.MultiReader(strings.NewReader("a;b\n1;2\n"), io.LimitReader(repeat(line), 64<<20), strings.NewReader("\n3;4\n"))
	r, err := Open(in, Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := readAll(t, r)
	if len(all) != 3 || all[1].Bad != ReasonRecord || len(r.buf) > MaxRecord+8192 {
		t.Errorf("%d records, buffer of %d bytes", len(all), len(r.buf))
	}
}

type repeat []byte

func (p repeat) Read(b []byte) (int, error) { return copy(b, p), nil }

func TestOpenRefuses(t *testing.T) {
	for _, in := range []string{"", "\n\r\n", "\xef\xbb\xbf", "\xff\xfe"} {
		for _, none := range []bool{false, true} {
			if _, err := Open(strings.NewReader(in), Options{NoHeader: none}); !errors.Is(err, ErrEmpty) {
				t.Errorf("%q: %v", in, err)
			}
		}
	}
	var option *OptionError
	for _, o := range []Options{{Encoding: "ebcdic"}, {Delimiter: '"'}, {Delimiter: '\n'}, {Delimiter: 'é'}, {Delimiter: -1}} {
		if _, err := Open(strings.NewReader("a"), o); !errors.As(err, &option) || option.Error() == "" {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if _, err := Open(bytes.NewBufferString("a;b\n1;2\n3;4\n"), Options{StartOffset: 8}); !errors.Is(err, ErrSeek) {
		t.Errorf("resuming a pipe: %v", err)
	}
	broken := errors.New("disk on fire")
	for _, in := range []string{"", "a", "a;b\n1;2"} {
		r, err := Open(io.MultiReader(strings.NewReader(in), iotest.ErrReader(broken)), Options{})
		for err == nil {
			_, err = r.Next()
		}
		if !errors.Is(err, broken) {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func TestHeaderAndReport(t *testing.T) {
	r := mustOpen(t, "\xef\xbb\xbf Naam ;\"Tel\";\nA;1\nB\xff;2\n\"x\n", Options{})
	if got := r.Header(); !reflect.DeepEqual(got, []string{"Naam", "Tel", ""}) {
		t.Errorf("header %q", got)
	}
	readAll(t, r)
	if msg := (&BadLine{Line: 7, Reason: ReasonStray, Raw: "Jansen"}).Error(); msg != "line 7: import.bad.stray" {
		t.Errorf("an error with more than line and reason: %q", msg)
	}
	want := Report{Encoding: "utf-8", BOM: true, Delimiter: ';', Rows: 2, Bad: 1, Invalid: 1}
	if got := r.Report(); got != want {
		t.Errorf("report %+v", got)
	}
	r = mustOpen(t, "a;b\nx;y\n\xe9;\xeb\nx;\xe9\n", Options{})
	readAll(t, r)
	if got := r.Report(); got.Fallback != 2 || got.FallbackLine != 3 {
		t.Errorf("report %+v", got)
	}
}
