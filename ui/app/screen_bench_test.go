package app_test

import (
	"os"
	"slices"
	"testing"

	"pasvorm/store/storetest"
	"pasvorm/ui"
	"pasvorm/ui/kittest"
)

// BenchmarkScreen measures what a person waits for at a big book, in a window
// of 120 by 40. PASVORM_BENCH_ROWS says how many invented customers (20,000
// unless told), PASVORM_BENCH_FILE names a file to take instead, which may be
// gzipped.
//
// PASVORM_BENCH_BOOK names a file with customers and contacts, see storetest.Busy.
//
//	PASVORM_BENCH_ROWS=1000000 go test ./ui/app -run '^$' -bench Screen
func BenchmarkScreen(b *testing.B) {
	big := bigBook(b)
	book := big.Open(b)
	if err := book.As(big.Actor).Prepare(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	desk := func() ui.Desk { return book.As(big.Actor) }
	b.Run("frame", func(b *testing.B) { benchFrame(b, newDriver(b, desk())) })
	for _, k := range keyCases {
		b.Run("key/"+k.name, func(b *testing.B) { k.bench(b, newDriver(b, desk())) })
	}
	for _, k := range keyCases {
		if k.sent != "" {
			b.Run("bytes/"+k.name, func(b *testing.B) { k.benchBytes(b, desk) })
		}
	}
	first := newDriver(b, desk()).Model().View().Content
	if err := book.Close(); err != nil {
		b.Fatal(err)
	}
	b.Run("first", func(b *testing.B) { benchFirst(b, big, first) })
}

// bigBook is the book that is measured: customers alone, or with contacts and all
// that comes of them where PASVORM_BENCH_BOOK names the file for that.
func bigBook(b *testing.B) *storetest.Big {
	if os.Getenv("PASVORM_BENCH_BOOK") != "" {
		return storetest.Busy(b, 1_000_000, 1_000_000)
	}
	return storetest.Fill(b, b.TempDir(), 20_000)
}

// benchFrame draws the desk with a customer beside the list.
func benchFrame(b *testing.B, d *kittest.Driver) {
	d.Keys("j", "j", "j")
	m := d.Model()
	b.ReportAllocs()
	for b.Loop() {
		if v := m.View(); v.Content == "" {
			b.Fatal("nothing is drawn")
		}
	}
}

// keyCase is a key that is pressed again and again. One operation is that key:
// what it decides, what is read from the book for it, and the frame that shows
// it. Before and back are keys that are not counted.
type keyCase struct {
	name   string
	before []string
	key    string
	back   []string // after every press, so that the next does the same again
	every  int      // presses between which back is pressed
	sent   string   // what a terminal sends for the key; "" where its bytes are not measured
}

var keyCases = []keyCase{
	{name: "j", key: "j", back: []string{"g"}, every: 30, sent: "j"},
	{name: "j_scroll", before: slices.Repeat([]string{"j"}, 40), key: "j", back: []string{"g"}, every: 10_000, sent: "j"},
	{name: "pgdown", key: "pgdown", back: []string{"g"}, every: 250, sent: "\x1b[6~"},
	{name: "G", key: "G", back: []string{"g"}, every: 1, sent: "G"},
	{name: "g", before: []string{"G"}, key: "g", back: []string{"G"}, every: 1, sent: "g"},
	{name: "filter_1", before: []string{"/"}, key: "j", back: []string{"backspace", "z", "backspace"}, every: 1}, // the last answer is remembered
	{name: "filter_2", before: []string{"/", "j"}, key: "a", back: []string{"backspace"}, every: 1},
	{name: "filter_3", before: []string{"/", "j", "a"}, key: "n", back: []string{"backspace"}, every: 1},
	{name: "filter_6", before: []string{"/", "j", "a", "n", "s", "e"}, key: "n", back: []string{"backspace"}, every: 1},
	{name: "trait", before: []string{"/", "t", "r", "a", "i", "t", ":"}, key: "3", back: []string{"backspace"}, every: 1},
	{name: "sort_town", before: []string{"s"}, key: "2", back: []string{"s", "1", "s"}, every: 1},
	{name: "sort_step", before: []string{"s"}, key: "7", back: []string{"s", "1", "s"}, every: 1},
	{name: "sort_last", before: []string{"s"}, key: "a", back: []string{"s", "1", "s"}, every: 1},
	{name: "sorted_G", before: []string{"s", "a"}, key: "G", back: []string{"g"}, every: 1},
	{name: "mark_all", key: "*", back: []string{"esc"}, every: 1},
}

func (k *keyCase) bench(b *testing.B, d *kittest.Driver) {
	d.Keys(k.before...)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		d.Key(k.key)
		if v := d.Model().View(); v.Content == "" {
			b.Fatal("nothing is drawn")
		}
		if n++; n%k.every == 0 {
			b.StopTimer()
			d.Keys(k.back...)
			b.StartTimer()
		}
	}
}

// benchBytes presses keys in a running program and counts what reaches the
// terminal. A second console on the same book, which no program runs, knows
// what is to be seen after each key.
func (k *keyCase) benchBytes(b *testing.B, desk func() ui.Desk) {
	oracle := newDriver(b, desk())
	picture := func() string { return oracle.Model().View().Content }
	l := goLive(b, desk(), picture())
	defer l.close()
	press := func(name, sent string) {
		oracle.Key(name)
		l.press(sent, picture())
	}
	for _, name := range k.before {
		press(name, name)
	}
	l.out.bytes()
	total, n := 0, 0
	for b.Loop() {
		press(k.key, k.sent)
		total += l.out.bytes()
		if n++; n%k.every == 0 {
			for _, name := range k.back {
				press(name, name)
			}
			l.out.bytes()
		}
	}
	b.ReportMetric(float64(total)/float64(n), "bytes/key")
}

// benchFirst opens the book, and ends when its first customers were sent to the
// terminal.
func benchFirst(b *testing.B, big *storetest.Big, first string) {
	for b.Loop() {
		book := big.Open(b)
		l := goLive(b, book.As(big.Actor), first)
		b.StopTimer()
		l.close()
		if err := book.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
