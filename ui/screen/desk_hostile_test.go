package screen

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// hostile are names that try to move what stands beside them.
var hostile = []string{
	"\x1b[2J\x1b[Hgone", "a\u202eb\u202c", "zero\u200bwidth\u200d", strings.Repeat("x", 300), "👩‍👩‍👧‍👦 family 👍🏽", "a\nb\tc\r", "\u0301" + strings.Repeat("e\u0301\u0301", 200),
	"漢字の名前がここにある", "\u009b31m\x07bell", strings.Repeat("🇳🇱", 40), "e\u0000nul", "ﷺ﷽",
}

func TestHostileNamesShiftNoRow(t *testing.T) {
	book := storetest.New(t)
	var ids []model.ID
	for _, name := range hostile {
		id := book.Customer(t, "A"+name, "town", name, "preferences", name, "note", name, "level", name, "phone", name)
		ids = append(ids, id)
		book.Must(t, book.Agent, model.Tag{Customer: id, Trait: model.TraitBrazen, Words: name, Cause: "distrust"})
		book.Must(t, book.Agent, model.RaiseFlag{Customer: id, Reason: name})
	}
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 10}} {
		r := deskRigOn(t, book, book.Lead, "nl", size[0], size[1])
		r.Screen() // the driver fails the test when a row is shifted
		for i := range ids {
			r.Screen()
			r.Keys("enter")
			r.Screen()
			r.Keys("pgdown")
			r.Screen()
			r.Keys("!")
			r.Paste(hostile[i])
			r.Screen()
			r.Keys("esc", "e")
			r.Screen()
			r.Keys("pgdown", "pgdown", "pgdown")
			r.Screen()
			r.Keys("esc", "esc", "2", "w")
			r.Paste(hostile[i])
			r.Screen()
			r.Keys("esc", "2", "esc", "esc", "j")
		}
		r.Key("/")
		r.Paste(strings.Join(hostile, " "))
		r.Screen()
	}
}

func TestVeryLongContentIsCut(t *testing.T) {
	book := storetest.New(t)
	long := strings.Repeat("as long as it gets ", 3000)
	id := book.Customer(t, "Long", "preferences", long, "note", long, "hinders", long)
	book.Must(t, book.Agent, model.Tag{Customer: id, Trait: model.TraitWronged, Words: long})
	r := deskRigOn(t, book, book.Agent, "en", 120, 40)
	r.Contains("LATEST") // nothing pushes the rest out of the pane
	r.Keys("enter", "G")
	r.Contains("LATEST")
}

// benchBook has so many customers.
func benchBook(b *testing.B, n int) *storetest.Desk {
	b.Helper()
	book := storetest.New(b)
	for from := 0; from < n; from += 500 {
		var all []model.Action
		for i := from; i < min(from+500, n); i++ {
			all = append(all, model.AddCustomer{Values: map[string]string{"name": fmt.Sprintf("Customer %06d", i), "town": "Utrecht",
				"preferences": "facts first", "owner": book.Agent.String()}})
		}
		if _, err := book.DoAll(context.Background(), model.Solo(book.Agent), all); err != nil {
			b.Fatal(err)
		}
	}
	return book
}

func BenchmarkDeskKey(b *testing.B) {
	book := benchBook(b, 2000)
	r := deskRigOn(b, book, book.Agent, "en", 120, 40)
	m := r.Model()
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		key := "j"
		if i/1500%2 == 1 {
			key = "k"
		}
		r.Key(key)
		_ = m.View()
	}
}

func BenchmarkDeskFrame(b *testing.B) {
	book := benchBook(b, 200)
	r := deskRigOn(b, book, book.Agent, "en", 120, 40)
	m := r.Model()
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		_ = m.View()
	}
}
