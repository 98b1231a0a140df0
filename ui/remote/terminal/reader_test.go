package terminal

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// pieces gives one piece for each read.
type pieces [][]byte

func (p *pieces) Read(b []byte) (int, error) {
	if len(*p) == 0 {
		return 0, io.EOF
	}
	n := copy(b, (*p)[0])
	if (*p)[0] = (*p)[0][n:]; len((*p)[0]) == 0 {
		*p = (*p)[1:]
	}
	return n, nil
}

func TestReader(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"abc\r\x1b[A", "abc\r\x1b[A"},
		{"Zo\xeb", "Zoë"},
		{"\xe9", "é"}, // one key, which could begin a rune of three bytes
		{"\x80 12 \x93q\x94", "€ 12 “q”"},
		{"Zoë – €", "Zoë – €"},
		{"\xc3\xab\xeb", "ëë"},
	} {
		in := pieces{[]byte(c.in)}
		got, err := io.ReadAll(NewReader(&in, modernASCII))
		if err != nil || string(got) != c.want {
			t.Errorf("%q gives %q, %v, want %q", c.in, got, err, c.want)
		}
	}
}

// TestReaderHoldsNothing reads key by key: each is given before the next comes.
func TestReaderHoldsNothing(t *testing.T) {
	from, to := io.Pipe()
	r := NewReader(from, modernASCII)
	buf := make([]byte, 16)
	for _, key := range []string{"a", "\xe9", "\xc3", "\x1b[A", "\xe2\x82\xac"} {
		go func() { _, _ = io.WriteString(to, key) }()
		n, err := r.Read(buf)
		if n == 0 || err != nil || !utf8.Valid(buf[:n]) {
			t.Errorf("%q gives %q, %v", key, buf[:n], err)
		}
	}
}

// TestReaderLong reads a paste of UTF-8 that is cut anywhere by the buffer.
func TestReaderLong(t *testing.T) {
	want := strings.Repeat("Zoë 日本 €", 200)
	for shift := range 4 {
		s := strings.Repeat("x", shift) + want
		got, err := io.ReadAll(NewReader(strings.NewReader(s), modernASCII))
		if err != nil || string(got) != s {
			t.Errorf("shifted by %d: %v, %d bytes of %d", shift, err, len(got), len(s))
		}
	}
}

func TestReaderErrors(t *testing.T) {
	broken := errors.New("broken")
	got, err := io.ReadAll(NewReader(io.MultiReader(strings.NewReader("Zo\xeb"), iotest.ErrReader(broken)), modernASCII))
	if string(got) != "Zoë" || !errors.Is(err, broken) {
		t.Errorf("%q, %v", got, err)
	}
	// Data and error at once: the data first, all of it.
	got, err = io.ReadAll(iotest.OneByteReader(NewReader(iotest.DataErrReader(strings.NewReader("\xeb\xe2\x82")), modernASCII)))
	if string(got) != "ëâ‚" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if n, err := NewReader(strings.NewReader("x"), modernASCII).Read(nil); n != 0 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

// FuzzReader wants UTF-8 of anything, and UTF-8 unchanged.
func FuzzReader(f *testing.F) {
	for _, s := range []string{"", "é", "\xe9", "\xf0\x9f\x98", "\x1b[\xff"} {
		f.Add([]byte(s), 1)
	}
	f.Fuzz(func(t *testing.T, in []byte, small int) {
		r := NewReader(bytes.NewReader(in), modernASCII)
		if small%2 == 1 {
			r = iotest.OneByteReader(r)
		}
		got, err := io.ReadAll(r)
		if err != nil || !utf8.Valid(got) {
			t.Fatalf("%q gives %q, %v", in, got, err)
		}
		if utf8.Valid(in) && !bytes.Equal(got, in) {
			t.Fatalf("%q gives %q", in, got)
		}
		if utf8.RuneCount(got) > len(in) {
			t.Fatalf("%q gives %q", in, got)
		}
	})
}
