package names

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/search/segment"
)

func few() []Entry {
	return []Entry{
		{numbered(3), "J.P. van der Berg", "Utrecht", "3511 AB"},
		{numbered(1), "Petra Jansen", "Den Haag", "2500"},
		{numbered(2), "Bakkerij De Zwaan B.V.", "Oss", "BE-12"},
		{numbered(4), "", "", ""},
		{numbered(5), "petra  JANSEN", "Oss", "1094sx"},
	}
}

func written(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.names")
	done := 0
	if err := Build(context.Background(), path, segment.Stamp{Rev: 9}, 0o600, all(few()), func(n int) { done = n }); err != nil || done != len(few()) {
		t.Fatal(err, done)
	}
	return path
}

func TestIndexKeepsEverything(t *testing.T) {
	x, err := Open(written(t))
	if err != nil {
		t.Fatal(err)
	}
	if x.Stamp().Rev != 9 || x.Len() != 5 || x.Names() != 4 || x.Verify() != nil || x.Has(numbered(6)) {
		t.Errorf("stamp %+v, %d customers, %d names", x.Stamp(), x.Len(), x.Names())
	}
	want := map[model.ID]Entry{}
	for _, e := range few() {
		want[e.ID] = Folded(e)
	}
	last := model.ID{}
	x.Each(func(e Entry) bool {
		if e != want[e.ID] || !x.Has(e.ID) || string(e.ID[:]) < string(last[:]) {
			t.Errorf("%+v, not %+v", e, want[e.ID])
		}
		delete(want, e.ID)
		last = e.ID
		return true
	})
	if len(want) > 0 {
		t.Errorf("%d are missing", len(want))
	}
	hits := NewLive(x).NewSession().Search("petra jansn oss", 3)
	if len(hits) == 0 || hits[0].ID != numbered(5) || hits[0].Count != 2 || !hits[0].Town {
		t.Errorf("hits %+v", hits)
	}
	if err := x.Close(); err != nil {
		t.Error(err)
	}
}

func TestBuildErrors(t *testing.T) {
	twice := append(few(), few()[0])
	if _, err := Memory(segment.Stamp{}, all(twice)); !errors.Is(err, ErrTwice) {
		t.Errorf("a customer twice: %v", err)
	}
	path := filepath.Join(t.TempDir(), "x")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Build(ctx, path, segment.Stamp{}, 0o600, all(few()), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	broken := errors.New("no more")
	if err := Build(context.Background(), path, segment.Stamp{}, 0o600, func(func(Entry) error) error { return broken }, nil); !errors.Is(err, broken) {
		t.Errorf("a failure to read: %v", err)
	}
	if _, err := Open(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was written: %v", err)
	}
}

// However an index is damaged, searching it ends without a panic.
func FuzzOpen(f *testing.F) {
	f.Add([]byte{0, 100, 1, 255}, "petra jansen oss")
	f.Add([]byte{}, "jp berg")
	plain, err := Open(written(f))
	if err != nil {
		f.Fatal(err)
	}
	names := []string{secSize, secWord, secWordAt, secClass, secNames, secNameAt, secPost, secPostAt, secMember, secMembAt, secID, secOfName,
		secOfTown, secOfCode, secCode, secCodeAt, secTown, secTownAt, secTownPost, secTownPostAt,
		"wsym", "wdepth", "wskip", "wfirst", "tsym", "tdepth", "tskip", "tfirst"}
	f.Fuzz(func(t *testing.T, change []byte, typed string) {
		if len(typed) > 60 {
			return
		}
		var sections []segment.Section
		for i, n := range names {
			data := append([]byte(nil), plain.table.file.Section(n)...)
			for at := 0; at+2 < len(change); at += 3 {
				if int(change[at])%len(names) == i && len(data) > 0 {
					data[int(change[at+1])%len(data)] ^= change[at+2]
				}
			}
			sections = append(sections, segment.Section{Name: n, Data: data})
		}
		x, err := newIndex(segment.Memory(segment.Stamp{}, sections))
		if err != nil {
			if !errors.Is(err, segment.ErrDamaged) {
				t.Error(err)
			}
			return
		}
		x.Each(func(Entry) bool { return true })
		l := NewLive(x)
		s := l.NewSession()
		for i := range typed {
			for _, h := range s.Search(typed[:i], 5) {
				l.Members(h.ID, 5)
			}
		}
		l.Put(Entry{ID: numbered(2), Name: "Piet"})
		s.Search(typed, 5)
	})
}

// A name that stands in the book is found by its own words, first of all.
func TestExactIsFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		have := map[model.ID]Entry{}
		for n := range rapid.IntRange(1, 60).Draw(t, "customers") {
			e := drawEntry(t, n)
			have[e.ID] = e
		}
		s := NewLive(memory(t, have)).NewSession()
		e := have[numbered(uint64(rapid.IntRange(0, len(have)-1).Draw(t, "who")))] // #nosec G115 -- small
		hits := s.Search(e.Name, 5)
		if len(hits) == 0 || hits[0].Cost != 0 || Folded(have[hits[0].ID]).Name != Folded(e).Name {
			t.Fatalf("%q gives\n%s", e.Name, told(hits, have))
		}
	})
}
