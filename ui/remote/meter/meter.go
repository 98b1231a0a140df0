// Package meter measures a server for Prometheus. What it gives away are counts
// and durations: no label holds a person, a customer or anything that was typed.
package meter

import (
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// buckets are the upper bounds of durations in seconds, from what nobody feels
// to what everybody complains about.
var buckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5}

// Meter measures one server. It has a registry of its own, so that two servers
// in one process do not meet. Its methods may be called from several goroutines.
type Meter struct {
	reg   *prometheus.Registry
	store func() map[string]float64

	sessions *prometheus.GaugeVec
	begun    *prometheus.CounterVec
	ended    *prometheus.CounterVec
	refused  *prometheus.CounterVec
	events   *prometheus.CounterVec
	actions  *prometheus.CounterVec
	actTime  *prometheus.HistogramVec
	search   prometheus.Histogram
	reads    *prometheus.HistogramVec
	frames   prometheus.Histogram

	read   map[string]prometheus.Observer // one for each thing that is read
	ways   bounded
	reason bounded // of an end
	why    bounded // of a refusal
	event  bounded
	detail bounded
}

// New makes a meter. store gives figures of the book by name, as
// (*store.Book).Stats does; nil for none. Each appears as pasvorm_store_ and its
// name; one whose name ends in _total is a counter.
func New(store func() map[string]float64) *Meter {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	timer := func(name, help string) prometheus.HistogramOpts {
		return prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}
	}
	m := &Meter{
		reg: prometheus.NewRegistry(), store: store,
		sessions: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "pasvorm_sessions", Help: "Sessions that run."}, []string{"way"}),
		begun:    counter("pasvorm_sessions_total", "Sessions that began.", "way"),
		ended:    counter("pasvorm_sessions_ended_total", "Sessions that ended, by the reason.", "reason"),
		refused:  counter("pasvorm_refused_total", "Connections, sign-ins and requests that were refused, by the reason.", "reason"),
		events:   counter("pasvorm_events_total", "Other events on the line.", "event", "detail"),
		actions:  counter("pasvorm_actions_total", "Actions, by how they ended: ok or the kind of error.", "action", "outcome"),
		actTime:  prometheus.NewHistogramVec(timer("pasvorm_action_seconds", "How long an action took, writing to disk included."), []string{"action"}),
		search:   prometheus.NewHistogram(timer("pasvorm_search_seconds", "How long a page of customers or names took to find.")),
		reads:    prometheus.NewHistogramVec(timer("pasvorm_read_seconds", "How long reading something else took."), []string{"what"}),
		frames:   prometheus.NewHistogram(timer("pasvorm_frame_seconds", "From a key to the frame that answers it.")),
		read:     map[string]prometheus.Observer{},
	}
	for _, what := range whats {
		m.read[what] = m.reads.WithLabelValues(what)
	}
	m.reg.MustRegister(m.sessions, m.begun, m.ended, m.refused, m.events, m.actions, m.actTime, m.search, m.reads, m.frames,
		book{store}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Count counts an event of the wire: "refused" with its reason. "session" is not
// counted here but by [Meter.Session], which also sees it end. Labels are short
// words of the program; anything else counts as "other".
func (m *Meter) Count(event, label string) {
	switch event {
	case "refused":
		m.refused.WithLabelValues(m.why.of(label)).Inc()
	case "session":
	default:
		m.events.WithLabelValues(m.event.of(event), m.detail.of(label)).Inc()
	}
}

// Session counts a session that began, by the way it came in. Ended is to be
// called when it has ended, with the reason in a word; only the first call counts.
func (m *Meter) Session(way string) (ended func(reason string)) {
	way = m.ways.of(way)
	m.begun.WithLabelValues(way).Inc()
	live := m.sessions.WithLabelValues(way)
	live.Inc()
	var once sync.Once
	return func(reason string) {
		once.Do(func() {
			live.Dec()
			m.ended.WithLabelValues(m.reason.of(reason)).Inc()
		})
	}
}

// Frame measures the time from a key to the frame that answers it.
func (m *Meter) Frame(d time.Duration) { m.frames.Observe(d.Seconds()) }

// Handler serves /metrics in the Prometheus text format and /healthz, which is
// 200 as long as the book answers.
func (m *Meter) Handler() http.Handler { return handler(m.reg, m.store) }
