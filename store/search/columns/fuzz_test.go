package columns

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/search/segment"
)

// few are rows that have something in every part of the file.
func few(yield func(*Row) error) error {
	for n := range byte(40) {
		r := Row{ID: model.ID{0: 1, 14: n / 7, 15: n}, Name: "Jan " + strings.Repeat("x", int(n)), Number: "10" + string('0'+n%10), Theirs: "7,8",
			Town: string('A' + n%9), Postcode: "10" + string('0'+n%7) + "1 AB", Kind: model.Private, Relation: model.Current, Owner: model.ID{n % 4},
			Flagged: n%3 == 0, Fit: model.FitSettled, Verdict: model.VerdictTerms, Due: "2026-12-0" + model.Day('1'+n%9), Added: model.Stamp(n) * 1e9, Last: 9e15}
		if n%5 == 0 {
			r.Marks, r.Limbo = []Mark{{Trait: int(n % 4), Step: 2, Lapses: 1 << 60}, {Trait: 1, Step: 1, Lapses: 1}}, model.Stamp(n)
		}
		if err := yield(&r); err != nil {
			return err
		}
	}
	return nil
}

// askAll asks everything that can be asked, whatever the answers are.
func askAll(t *testing.T, b *Base) {
	live := NewLive(b)
	live.Put(&Row{ID: model.ID{0: 1, 15: 3}, Name: "Jan xx", Town: "B", Number: "5"})
	live.Remove(model.ID{0: 1, 15: 4})
	ctx := Context{Now: 1e15, Today: "2026-11-24", Limbo: func() model.Stamp { return 1e15 }, Late: func() model.Day { return "2026-12-03" },
		Name: func(id model.ID) string { return string('a' + id[0]%26) }, Person: func(string) []model.ID { return []model.ID{{1}} }}
	for n, text := range []string{"", "trait:any,brazen step:>0", "is:limbo,overdue,flagged", "town:b", "postcode:101", "-postcode:1000..2000", "number:10",
		"name:\"jan xx\"", "owner:x,none", "fit:terms", "due:any", "last:<2026-01-01 added:>=1970-01-01"} {
		q, err := model.ParseQuery(text, nil)
		if err != nil {
			t.Fatal(err)
		}
		c, err := Compile(q, ctx)
		if err != nil {
			t.Fatal(err)
		}
		live.Count(c)
		live.Match(c, model.ID{0: 1, 15: 7})
		if err := live.All(context.Background(), c, func(model.ID) bool { return true }); err != nil {
			t.Fatal(err)
		}
		by := model.QuerySort{By: model.SortFields()[n%len(model.SortFields())], Desc: n%3 == 0}
		_, keys, _, _ := live.Page(c, by, model.PageFirst, "", 3)
		for _, key := range append(keys, "x") {
			live.Page(c, by, model.PageAround, key, 5)
		}
	}
}

// Bytes that are not as they were written give odd answers at most.
func FuzzDamage(f *testing.F) {
	parts, err := build(context.Background(), few)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(byte(0), uint16(0), byte(255), []byte{})
	f.Add(byte(3), uint16(4), byte(255), []byte{1, 2, 3, 4})
	for i, p := range parts {
		f.Add(byte(i), uint16(len(p.Data)/2), byte(255), []byte{0xff, 0xff, 0xff, 0xff})
		f.Add(byte(i), uint16(len(p.Data)), byte(i+1), []byte{0, 0xff})
	}
	f.Fuzz(func(t *testing.T, part byte, at uint16, other byte, over []byte) {
		bad := slices.Clone(parts)
		p := &bad[int(part)%len(bad)]
		p.Data = bytes.Clone(p.Data)
		if int(at) <= len(p.Data) {
			copy(p.Data[at:], over)
		}
		if other != 255 { // a part in place of another
			bad[int(other)%len(bad)].Data = p.Data
		}
		b, err := newBase(segment.Memory(segment.Stamp{}, bad))
		if err == nil {
			askAll(t, b)
		}
	})
}

// Texts are found as in a sorted list, and keys of any bytes are read.
func TestTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("aabcé\u00ff")), 0, 6, -1)
		list := rapid.SliceOfN(word, 0, 60).Draw(t, "texts")
		slices.Sort(list)
		var m textsMaker
		for _, s := range list {
			m.add([]byte(s))
		}
		var have texts
		if at, data := m.parts(); !have.open(at, data) || have.n != len(list) {
			t.Fatalf("%d texts do not open", len(list))
		}
		for n, s := range list {
			if have.text(n) != s {
				t.Fatalf("text %d is %q, not %q", n, have.text(n), s)
			}
		}
		want := word.Draw(t, "wanted")
		at, _ := slices.BinarySearch(list, want)
		if got := have.search(want); got != at {
			t.Fatalf("%q is at %d, not %d of %q", want, got, at, list)
		}
		begins, same := 0, 0
		for _, s := range list {
			if strings.HasPrefix(s, want) {
				begins++
			}
			if s == want {
				same++
			}
		}
		if from, to := have.beginning(want); from != at || to-from != begins {
			t.Fatalf("%q begins [%d, %d), not %d from %d of %q", want, from, to, begins, at, list)
		}
		if from, to := have.exactly(want); from != at || to-from != same {
			t.Fatalf("%q is [%d, %d), not %d from %d of %q", want, from, to, same, at, list)
		}
	})
}

// Numbers in columns of every width come back.
func TestColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Uint32().Draw(t, "low")
		wide := rapid.SampledFrom([]uint32{1, 254, 255, 256, 65534, 65535, 65536, 1<<32 - 1}).Draw(t, "wide")
		list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) uint32 {
			if rapid.Bool().Draw(t, "nothing") {
				return 0
			}
			return low + min(rapid.Uint32Range(0, wide).Draw(t, "n"), ^uint32(0)-low)
		}), 0, 200).Draw(t, "numbers")
		var c column
		if !c.open(packColumn(list), len(list)) {
			t.Fatalf("%v do not open", list)
		}
		out := make([]uint32, len(list))
		if c.fill(0, out); !slices.Equal(out, list) {
			t.Fatalf("%v come back as %v", list, out)
		}
		for n, v := range list {
			if c.at(n) != v {
				t.Fatalf("number %d is %d, not %d", n, c.at(n), v)
			}
		}
	})
}
