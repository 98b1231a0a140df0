package columns_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/gen"
	"pasvorm/store/search/columns"
	"pasvorm/store/search/segment"
)

// invented streams n customers with what would have happened to them.
func invented(n int) columns.Rows {
	return func(yield func(*columns.Row) error) error {
		rnd := rand.New(rand.NewPCG(7, 7))
		id := model.ID{0: 1, 1: 0x9a}
		return gen.Customers(1, n, func(c *gen.Customer) error {
			binary.BigEndian.PutUint32(id[12:], binary.BigEndian.Uint32(id[12:])+1+uint32(rnd.IntN(200)/199))
			r := columns.Row{ID: id, Name: c.Name(), Number: c.Number, Town: c.Town, Postcode: c.Postcode, Kind: model.Private,
				Relation: []model.Relation{model.Suspect, model.Prospect, model.Current, model.Former}[rnd.IntN(4)],
				Owner:    person(byte(rnd.IntN(6))), Duty: rnd.IntN(50) == 0, Key: rnd.IntN(500) == 0, Flagged: rnd.IntN(300) == 0,
				Added: stamp(-24*400) + model.Stamp(rnd.IntN(3600))*1_000_000}
			if c.Kind == "C" {
				r.Kind = model.Business
			}
			for rnd.IntN(20) == 0 {
				r.Marks = append(r.Marks, columns.Mark{Trait: rnd.IntN(4), Step: 1 + rnd.IntN(4), Lapses: stamp(rnd.IntN(9000) - 500)})
			}
			if rnd.IntN(40) == 0 {
				r.Fit, r.Verdict = model.FitSettled, model.FitVerdicts()[rnd.IntN(5)]
			}
			if rnd.IntN(10) == 0 {
				r.Due = day(rnd.IntN(60) - 5)
			}
			if rnd.IntN(3) > 0 {
				r.Last = stamp(-rnd.IntN(9000))
			}
			if rnd.IntN(20) == 0 {
				r.Limbo = r.Last
			}
			return yield(&r)
		})
	}
}

// anonymous is the memory that the process holds beside mapped files, in MB.
func anonymous() float64 {
	runtime.GC()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(status), "\n") {
		var kb float64
		if n, err := fmt.Sscanf(line, "RssAnon: %f kB", &kb); n == 1 && err == nil {
			return kb / 1024
		}
	}
	return 0
}

// BenchmarkColumns measures the list over a million invented customers;
// PASVORM_BENCH_ROWS says how many instead. What it holds in memory is measured
// with an index that was made before, which PASVORM_BENCH_COLUMNS names.
//
//	go test ./store/search/columns -run '^$' -bench Columns
func BenchmarkColumns(b *testing.B) {
	n := 1_000_000
	if rows, err := strconv.Atoi(os.Getenv("PASVORM_BENCH_ROWS")); err == nil {
		n = rows
	}
	path := os.Getenv("PASVORM_BENCH_COLUMNS")
	if path == "" {
		path = filepath.Join(b.TempDir(), "x.columns")
	}
	if _, err := os.Stat(path); err != nil {
		start := cpuTime()
		if err := columns.Build(context.Background(), path, segment.Stamp{}, 0o600, invented(n)); err != nil {
			b.Fatal(err)
		}
		b.Logf("built in %v of the processor, inventing them too", cpuTime()-start)
	}
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			base, err := columns.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			if err := base.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	base, err := columns.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	live := columns.NewLive(base)
	benchQuestions(b, live)
	benchChanges(b, live)
	b.Run("memory", func(b *testing.B) {
		for b.Loop() {
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(base.Size())/(1<<20), "file-MB")
		b.ReportMetric(anonymous(), "anon-MB")
	})
	if err := base.Close(); err != nil {
		b.Fatal(err)
	}
}

// cpuTime is what the process has used of the processors: on a machine that
// others use too it says more than the clock.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measure runs f again and again and reports the shortest time too: the one in
// which nobody else used the machine.
func measure(b *testing.B, name string, f func()) {
	b.Run(name, func(b *testing.B) {
		best := time.Hour
		for b.Loop() {
			start := time.Now()
			f()
			best = min(best, time.Since(start))
		}
		b.ReportMetric(float64(best)/1e6, "best-ms")
	})
}

func compiled(b *testing.B, q model.Query) *columns.Cond {
	c, err := columns.Compile(q, contextOf())
	if err != nil {
		b.Fatal(err)
	}
	return c
}

func benchQuestions(b *testing.B, live *columns.Live) {
	term := func(f model.QueryField, v ...string) model.QueryTerm { return model.QueryTerm{Field: f, Values: v} }
	for name, terms := range map[string][]model.QueryTerm{
		"trait":     {term(model.QueryTrait, "brazen")},
		"kind+town": {term(model.QueryKind, "private"), term(model.QueryTown, "utrecht")},
		"due":       {{Field: model.QueryDue, Op: model.OpBelow, Values: []string{string(day(3))}}, term(model.QueryOwner, "me")},
		"postcode":  {{Field: model.QueryPostcode, Op: model.OpBetween, Values: []string{"1000", "1999"}}},
		"number":    {term(model.QueryNumber, "1")},
		"nothing":   {term(model.QueryName, "nobody at all")},
	} {
		q := model.Query{Terms: terms}
		found := 0
		measure(b, "filter/"+name, func() { // compiled each time, as a new filter is
			_, _, found, _ = live.Page(compiled(b, q), q.Sort, model.PageFirst, "", 40)
		})
		b.Logf("%s finds %d", name, found)
	}
	everybody := compiled(b, model.Query{})
	for _, by := range append(model.SortFields(), model.SortBest) {
		for _, desc := range []bool{false, true} {
			name := string(by)
			if desc {
				name += "-"
			}
			s := model.QuerySort{By: by, Desc: desc}
			measure(b, "sort/"+name+"/first", func() { live.Page(everybody, s, model.PageFirst, "", 40) })
			measure(b, "sort/"+name+"/last", func() { live.Page(everybody, s, model.PageLast, "", 40) })
		}
	}
	s := model.QuerySort{By: model.SortTown}
	_, keys, _, _ := live.Page(everybody, s, model.PageFirst, "", 2000)
	measure(b, "around", func() { live.Page(everybody, s, model.PageAround, keys[1999], 40) })
	private := compiled(b, model.Query{Terms: []model.QueryTerm{term(model.QueryKind, "private")}})
	measure(b, "count", func() { live.Count(private) })
	measure(b, "all", func() {
		n := 0
		if err := live.All(context.Background(), everybody, func(model.ID) bool { n++; return true }); err != nil || n != live.Total() {
			b.Fatal(n, err)
		}
	})
}

func benchChanges(b *testing.B, live *columns.Live) {
	rows := make([]columns.Row, 0, 5000)
	err := invented(5000)(func(r *columns.Row) error { rows = append(rows, *r); return nil })
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	measure(b, "put", func() { live.Put(&rows[i%len(rows)]); i++ })
	for i := range rows {
		live.Put(&rows[i])
	}
	everybody := compiled(b, model.Query{})
	measure(b, "changed/sort", func() { live.Page(everybody, model.QuerySort{By: model.SortTown}, model.PageFirst, "", 40) })
}
