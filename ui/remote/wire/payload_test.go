package wire

import (
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

func FuzzPayloads(f *testing.F) {
	for _, seed := range [][]byte{nil, {0}, join("xterm", uint32(80), uint32(24), uint32(0), uint32(0), ""),
		join(uint32(1<<31), uint32(0), uint32(0), uint32(0)), join("LANG", "nl_NL.UTF-8"), join("TERM", "a\x1b[2J"), join("find jansen"), {0xff, 0xff, 0xff, 0xff}} {
		f.Add(seed)
	}
	size := func(t *testing.T, w Window) {
		if w.W < 1 || w.W > mostCells || w.H < 1 || w.H > mostCells {
			t.Fatal(w)
		}
	}
	f.Fuzz(func(t *testing.T, p []byte) {
		if term, w, err := parsePTY(p); err == nil {
			size(t, w)
			if len(term) > longestTerm || plain(term) != term {
				t.Fatalf("%q", term)
			}
		}
		if w, err := parseWindow(p); err == nil {
			size(t, w)
		}
		if name, value, err := parseEnv(p, 256); err == nil && name != "" {
			if !wanted[name] || len(value) > 256 || plain(value) != value {
				t.Fatalf("%q %q", name, value)
			}
		}
		if line, err := parseCommand(p, 100); err == nil && (len(line) > 100 || string(join(line)) != string(p)) {
			t.Fatalf("%q", line)
		}
		if s := sentence(string(p), "\r\n"); s != "" && (!strings.HasSuffix(s, "\r\n") || strings.ContainsAny(strings.ReplaceAll(s, "\r\n", ""), "\x00\x07\x1b\r\u009b")) {
			t.Fatalf("%q", s)
		}
	})
}

// FuzzMeter finds the same packets however the stream is cut.
func FuzzMeter(f *testing.F) {
	hello := "SSH-2.0-x\r\n"
	plain := func(kind byte) string { return string(join(uint32(12), 4, kind, make([]byte, 10))) }
	sealed := string(join(uint32(16), make([]byte, 32)))
	for _, s := range []string{"", hello, hello + plain(20) + plain(newKeys) + sealed + sealed, hello + plain(newKeys) + strings.Repeat(sealed, 20), "GET /\r\n"} {
		f.Add([]byte(s), byte(3))
	}
	f.Fuzz(func(t *testing.T, p []byte, step byte) {
		var whole, cut meter
		errWhole := whole.feed(p)
		var errCut error
		for rest := p; len(rest) > 0 && errCut == nil; {
			n := min(1+int(step%7), len(rest))
			errCut = cut.feed(rest[:n])
			rest = rest[n:]
		}
		if (errWhole == nil) != (errCut == nil) {
			t.Fatal(errWhole, errCut)
		}
		if errWhole == nil && (whole.packets != cut.packets || whole.left != cut.left || whole.sealed != cut.sealed) {
			t.Fatalf("%+v %+v", whole, cut)
		}
		if whole.packets > mostPackets+1 {
			t.Fatal(whole.packets)
		}
	})
}

func TestMeterCounts(t *testing.T) {
	var m meter
	stream := "SSH-2.0-x\r\n" + string(join(uint32(12), 4, 20, make([]byte, 10), uint32(2), 0, newKeys))
	if err := m.feed([]byte(stream)); err != nil || !m.sealed || m.packets != 0 {
		t.Fatalf("%v %+v", err, m)
	}
	for i := range mostPackets {
		if err := m.feed(join(uint32(16), make([]byte, 32))); err != nil {
			t.Fatal(i, err)
		}
	}
	if m.feed(join(uint32(16), make([]byte, 32))) == nil {
		t.Error("one too many")
	}
}

func TestUnmarshalIsStrict(t *testing.T) {
	for _, p := range [][]byte{join("xterm", uint32(1)), append(ssh.Marshal(struct{ A string }{"x"}), 0)} {
		if _, err := parseCommand(p, 100); err == nil {
			t.Errorf("%q", p)
		}
	}
	if _, _, err := parsePTY(join(strings.Repeat("x", 65), uint32(1), uint32(1), uint32(0), uint32(0), "")); err == nil {
		t.Error("a long name of a terminal")
	}
}
