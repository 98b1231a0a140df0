package meter

import (
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

const (
	scrapeTime = 5 * time.Second // for a scrape or a look at the book's health
	scrapes    = 4               // at once
)

func handler(reg *prometheus.Registry, store func() map[string]float64) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(reg, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError, MaxRequestsInFlight: scrapes, Timeout: scrapeTime,
	}))
	mux.Handle("GET /healthz", http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if store != nil && len(store()) == 0 {
			http.Error(w, "the book gives no answer", http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, "ok\n")
	}), scrapeTime, "the book gives no answer in time\n"))
	return mux
}

// book gives the figures of the book at each scrape.
type book struct {
	store func() map[string]float64
}

// Describe says nothing: which figures there are, only the book knows.
func (book) Describe(chan<- *prometheus.Desc) {}

// Collect reads the figures.
func (b book) Collect(out chan<- prometheus.Metric) {
	if b.store == nil {
		return
	}
	for name, v := range b.store() {
		kind := prometheus.GaugeValue
		if strings.HasSuffix(name, "_total") {
			kind = prometheus.CounterValue
		}
		d := prometheus.NewDesc("pasvorm_store_"+name, "Figure of the book: "+strings.ReplaceAll(name, "_", " ")+".", nil, nil)
		if metric, err := prometheus.NewConstMetric(d, kind, v); err == nil {
			out <- metric
		}
	}
}
