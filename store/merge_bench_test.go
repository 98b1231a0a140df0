package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// BenchmarkMerge merges a customer of ten thousand contacts, on one matter and
// on some.
func BenchmarkMerge(b *testing.B) {
	for _, topics := range [][]string{{"invoice"}, {"invoice", "lead-time", "procedure", "telephone"}} {
		b.Run(fmt.Sprintf("topics=%d", len(topics)), func(b *testing.B) {
			d := storetest.New(b)
			ids := [2]model.ID{d.Customer(b, "Petra Jansen"), d.Customer(b, "P. Jansen")}
			var all []model.Action
			for i := range 10_000 {
				on := d.Clock.Now().Add(-time.Duration(i+1) * 5 * time.Hour)
				all = append(all, model.LogContact{Customer: ids[1], On: model.StampOf(on), Channel: "phone", Topic: topics[i%len(topics)],
					Minutes: [3]int{3, 2, 1}, Story: strings.Repeat("words ", 30), Answered: i%3 == 0})
			}
			if _, err := d.DoAll(context.Background(), model.Solo(d.Agent), all); err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			for range b.N {
				mergeOf(b, d, d.Agent, ids[0], ids[1])
				b.StopTimer()
				start := time.Now()
				if _, err := d.Undo(context.Background(), model.Solo(d.Agent), 0, false); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(time.Since(start).Milliseconds()), "undo-ms")
				b.StartTimer()
			}
		})
	}
}
