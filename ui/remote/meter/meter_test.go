package meter

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/ui"
)

// answering is a book that answers at once, with an error where one is set.
type answering struct {
	ui.Book // nil: whatever is not expected panics
	err     error
}

func (b answering) Do(context.Context, model.Action) (model.Receipt, error) {
	return model.Receipt{}, b.err
}
func (b answering) DoAll(context.Context, []model.Action) (model.Receipt, error) {
	return model.Receipt{}, b.err
}
func (b answering) Undo(context.Context, model.Rev, bool) (model.Receipt, error) {
	return model.Receipt{}, b.err
}
func (b answering) Page(model.PageRequest) (model.Page, error)        { return model.Page{}, b.err }
func (b answering) Names(string, int) ([]model.NameHit, error)        { return nil, b.err }
func (b answering) Customer(model.ID) (*model.Detail, error)          { return nil, b.err }
func (b answering) Today(bool) (model.Today, error)                   { return model.Today{}, b.err }
func (b answering) Review() (model.Queue, error)                      { return model.Queue{}, b.err }
func (b answering) Found(context.Context, string) ([]model.ID, error) { return nil, b.err }
func (b answering) Thermometer(context.Context, model.ThermometerRequest, func(done, total int)) (model.Thermometer, error) {
	return model.Thermometer{}, b.err
}
func (b answering) Me() (model.Me, error) { return model.Me{Name: "Karin"}, nil }

// scrape gives the figures by name and labels as Prometheus reads them.
func scrape(t testing.TB, h http.Handler) map[string]float64 {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
		t.Fatalf("%d %v\n%s", w.Code, w.Header(), w.Body)
	}
	out := map[string]float64{}
	for s := bufio.NewScanner(w.Body); s.Scan(); {
		if line := s.Text(); !strings.HasPrefix(line, "#") {
			i := strings.LastIndexByte(line, ' ')
			v, err := strconv.ParseFloat(line[i+1:], 64)
			if err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			out[line[:i]] = v
		}
	}
	return out
}

func want(t *testing.T, got map[string]float64, all map[string]float64) {
	t.Helper()
	for name, v := range all {
		if g, ok := got[name]; !ok || g != v {
			t.Errorf("%s is %v, %v; want %v", name, g, ok, v)
		}
	}
}

// theAction is any action with a name.
type theAction struct {
	model.Action
	name model.ActionName
}

func (a theAction) Name() model.ActionName { return a.name }

func TestFigures(t *testing.T) {
	m := New(func() map[string]float64 { return map[string]float64{"file_bytes": 4096, "writes_total": 7} })
	ctx := context.Background()
	tag := theAction{name: model.ActTag}
	good, bad := m.Book(answering{}), m.Book(answering{err: model.NotAllowed("error.not-allowed.role")})
	for range 3 {
		_, _ = good.Do(ctx, tag)
	}
	_, _ = bad.Do(ctx, tag)
	_, _ = good.DoAll(ctx, []model.Action{tag, tag})
	_, _ = good.DoAll(ctx, nil)
	_, _ = bad.Undo(ctx, 0, false)
	_, _ = m.Book(answering{err: fmt.Errorf("wrapped: %w", context.Canceled)}).Do(ctx, tag)
	_, _ = m.Book(answering{err: errors.New("a fault")}).Do(ctx, tag)
	_, _ = good.Do(ctx, theAction{name: "de heer Jansen"})
	_, _ = good.Page(model.PageRequest{N: 20})
	_, _ = good.Page(model.PageRequest{}) // asks only how the book stands
	_, _ = bad.Names("Jansen", 3)
	_, _ = good.Found(ctx, "")
	_, _ = good.Customer(model.NoID)
	_, _ = good.Today(true)
	_, _ = good.Review()
	_, _ = good.Thermometer(ctx, model.ThermometerRequest{}, nil)
	if me, err := good.Me(); err != nil || me.Name != "Karin" {
		t.Errorf("what is not measured gives %v, %v", me, err)
	}

	ended := m.Session("ssh")
	m.Session("ssh")
	m.Session("socket")("quit")
	ended("idle")
	ended("idle") // counts once
	m.Count("session", "ssh")
	m.Count("refused", "unknown-key")
	m.Count("refused", "unknown-key")
	m.Count("refused", "Karin Jansen <k@example.org>")
	m.Count("panic", "view")
	m.Frame(3 * time.Millisecond)

	got := scrape(t, m.Handler())
	want(t, got, map[string]float64{
		`pasvorm_actions_total{action="tag",outcome="ok"}`:           4,
		`pasvorm_actions_total{action="tag",outcome="not-allowed"}`:  1,
		`pasvorm_actions_total{action="tag",outcome="stopped"}`:      1,
		`pasvorm_actions_total{action="tag",outcome="internal"}`:     1,
		`pasvorm_actions_total{action="undo",outcome="not-allowed"}`: 1,
		`pasvorm_actions_total{action="other",outcome="ok"}`:         1,
		`pasvorm_action_seconds_count{action="tag"}`:                 7,
		`pasvorm_search_seconds_count`:                               3,
		`pasvorm_read_seconds_count{what="customer"}`:                1,
		`pasvorm_read_seconds_count{what="today"}`:                   1,
		`pasvorm_read_seconds_count{what="review"}`:                  1,
		`pasvorm_read_seconds_count{what="thermometer"}`:             1,
		`pasvorm_read_seconds_count{what="week"}`:                    0,
		`pasvorm_sessions{way="ssh"}`:                                1,
		`pasvorm_sessions{way="socket"}`:                             0,
		`pasvorm_sessions_total{way="ssh"}`:                          2,
		`pasvorm_sessions_total{way="socket"}`:                       1,
		`pasvorm_sessions_ended_total{reason="idle"}`:                1,
		`pasvorm_sessions_ended_total{reason="quit"}`:                1,
		`pasvorm_refused_total{reason="unknown-key"}`:                2,
		`pasvorm_refused_total{reason="other"}`:                      1,
		`pasvorm_events_total{detail="view",event="panic"}`:          1,
		`pasvorm_frame_seconds_bucket{le="0.0025"}`:                  0,
		`pasvorm_frame_seconds_bucket{le="0.005"}`:                   1,
		`pasvorm_frame_seconds_bucket{le="2.5"}`:                     1,
		`pasvorm_store_file_bytes`:                                   4096,
		`pasvorm_store_writes_total`:                                 7,
	})
	for _, name := range []string{"go_goroutines", "go_memstats_heap_alloc_bytes", "process_resident_memory_bytes"} {
		if got[name] <= 0 {
			t.Errorf("%s is missing", name)
		}
	}
	for name := range got {
		if strings.Contains(name, "ansen") || strings.Contains(name, "Karin") {
			t.Errorf("a figure names somebody: %s", name)
		}
	}
}

// TestLabelsStayFew floods every label: the figures must not grow with it.
func TestLabelsStayFew(t *testing.T) {
	m := New(nil)
	b := m.Book(answering{})
	for i := range 1000 {
		word := "w" + strings.Repeat("x", i%30) + string(rune('a'+i%26)) + strings.Repeat("y", i%7)
		m.Count("refused", word)
		m.Count(word, word)
		m.Session(word)(word)
		_, _ = b.Do(context.Background(), theAction{name: model.ActionName(word)})
	}
	n := 0
	for name := range scrape(t, m.Handler()) {
		if strings.HasPrefix(name, "pasvorm_") {
			n++
		}
	}
	if most := 6*(labelMost+1) + (labelMost+1)*(labelMost+1) + 16*(len(whats)+4); n > most {
		t.Errorf("%d figures, at most %d", n, most)
	}
	for _, bad := range []string{"", "Upper", "two words", "a=b", "é", "x1", strings.Repeat("x", labelLen+1)} {
		if l := new(bounded).of(bad); l != other {
			t.Errorf("%q is %q", bad, l)
		}
	}
}

// TestTwoServers: two meters in one process do not meet.
func TestTwoServers(t *testing.T) {
	a, b := New(nil), New(nil)
	a.Session("ssh")
	if got := scrape(t, b.Handler()); got[`pasvorm_sessions{way="ssh"}`] != 0 {
		t.Error("one counts for the other")
	}
}

func TestHealth(t *testing.T) {
	look := func(store func() map[string]float64) (int, string) {
		s := httptest.NewServer(New(store).Handler())
		defer s.Close()
		r, err := s.Client().Get(s.URL + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = r.Body.Close() }()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r.StatusCode, string(body)
	}
	if code, body := look(nil); code != 200 || body != "ok\n" {
		t.Errorf("%d %q", code, body)
	}
	if code, body := look(func() map[string]float64 { return map[string]float64{"revision": 1} }); code != 200 || body != "ok\n" {
		t.Errorf("%d %q", code, body)
	}
	if code, body := look(func() map[string]float64 { return nil }); code != 503 || !strings.Contains(body, "no answer") {
		t.Errorf("a closed book: %d %q", code, body)
	}
	h := New(nil).Handler()
	for _, r := range []*http.Request{httptest.NewRequest(http.MethodPost, "/metrics", nil), httptest.NewRequest(http.MethodGet, "/debug/pprof/", nil), httptest.NewRequest(http.MethodGet, "/", nil)} {
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code/100 != 4 {
			t.Errorf("%s %s: %d", r.Method, r.URL, w.Code)
		}
	}
}

// TestAtOnce uses everything from several goroutines; it is for -race.
func TestAtOnce(t *testing.T) {
	m := New(func() map[string]float64 { return map[string]float64{"revision": 1} })
	b, h := m.Book(answering{}), m.Handler()
	var wg sync.WaitGroup
	const each = 50
	for g := range 4 {
		wg.Go(func() {
			for i := range each {
				end := m.Session("ssh")
				_, _ = b.Do(context.Background(), theAction{name: model.ActTag})
				_, _ = b.Customer(model.NoID)
				m.Count("refused", strings.Repeat("x", 1+(g+i)%40))
				m.Frame(time.Millisecond)
				end("quit")
				if i%10 == 0 {
					scrape(t, h)
				}
			}
		})
	}
	wg.Wait()
	want(t, scrape(t, h), map[string]float64{`pasvorm_sessions{way="ssh"}`: 0, `pasvorm_sessions_ended_total{reason="quit"}`: 4 * each, `pasvorm_frame_seconds_count`: 4 * each})
}

func BenchmarkBook(b *testing.B) {
	ctx, tag := context.Background(), theAction{name: model.ActTag}
	for name, book := range map[string]ui.Book{"plain": answering{}, "measured": New(nil).Book(answering{})} {
		b.Run("do/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = book.Do(ctx, tag)
			}
		})
		b.Run("customer/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = book.Customer(model.NoID)
			}
		})
	}
}
