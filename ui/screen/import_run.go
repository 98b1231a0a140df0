package screen

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

const (
	// importPause is the time between two looks at how far a run is.
	importPause = 100 * time.Millisecond
	// importGrace is how long leaving the program waits for a run to end. The
	// book stays whole when it does not.
	importGrace = 10 * time.Second
)

// importRun reads a file once. What is above the line is used by its commands,
// the rest by Update alone.
type importRun struct {
	name, mapping string
	dry           bool
	expectBad     bool            // the look before found bad lines
	ctx           context.Context //nolint:containedctx // of this run, ended by stop
	cancel        context.CancelFunc
	news          chan importNews // one slot: only the newest matters
	over          chan struct{}

	expected int // rows, by the look before; 0 when unknown
	asked    bool
	last     importNews
	first    importNews
}

// importNews is how far a run is.
type importNews struct {
	run  *importRun
	p    model.ImportProgress
	size int64 // of the file in bytes, 0 when unknown
	at   time.Time
}

// importEnded is the outcome of a run.
type importEnded struct {
	run     *importRun
	report  model.ImportReport
	badFile string
	err     error
}

func newImportRun(env *Env, name, mapping string, dry bool) *importRun {
	r := &importRun{name: name, mapping: mapping, dry: dry, news: make(chan importNews, 1), over: make(chan struct{})}
	r.ctx, r.cancel = context.WithCancel(env.Ctx)
	return r
}

// start gives the work and the listening for how far it is.
func (r *importRun) start(env *Env) tea.Cmd {
	work := func() tea.Msg {
		defer close(r.over)
		defer r.cancel()
		out := importEnded{run: r}
		out.report, out.badFile, out.err = r.work(env)
		return out
	}
	return tea.Batch(work, r.listen(0))
}

func (r *importRun) work(env *Env) (report model.ImportReport, badFile string, err error) {
	src, size, err := env.Files.Open(r.name)
	if err != nil {
		return report, "", err
	}
	defer func() { _ = src.Close() }() // it was only read
	bad := &importBad{make: func() (io.WriteCloser, string, error) { return env.Files.Beside(r.name) }}
	var to io.Writer = bad
	if r.dry {
		to = io.Discard
	} else if r.expectBad {
		// Better to hear now than half-way that nothing can be written there.
		if err := bad.open(); err != nil {
			return report, "", err
		}
	}
	o := model.ImportOptions{File: r.name, Size: size, Mapping: r.mapping, DryRun: r.dry}
	report, err = env.Book.Import(r.ctx, src, to, o, func(p model.ImportProgress) {
		r.post(importNews{run: r, p: p, size: size, at: env.now()})
	})
	return report, bad.name, errors.Join(err, bad.close())
}

// post leaves news where listen finds it and never waits: older news that
// nobody fetched is thrown away. It is called from one goroutine at a time.
func (r *importRun) post(n importNews) {
	select {
	case <-r.news:
	default:
	}
	select {
	case r.news <- n:
	default:
	}
}

// listen waits for news, after a pause that lets a fast run go by in steps.
func (r *importRun) listen(pause time.Duration) tea.Cmd {
	return func() tea.Msg {
		if pause > 0 {
			t := time.NewTimer(pause)
			defer t.Stop()
			select {
			case <-t.C:
			case <-r.over:
				return nil
			}
		}
		select {
		case n := <-r.news:
			return n
		case <-r.over:
			return nil
		}
	}
}

// take keeps news and asks for the next.
func (r *importRun) take(n importNews) tea.Cmd {
	if r.first.at.IsZero() {
		r.first = n
	}
	r.last = n
	return r.listen(importPause)
}

// stop asks the run to end.
func (r *importRun) stop() {
	r.asked = true
	r.cancel()
}

// closing ends the run as the screen is left.
func (r *importRun) closing(env *Env) tea.Cmd {
	r.stop()
	return func() tea.Msg {
		t := time.NewTimer(importGrace)
		defer t.Stop()
		select {
		case <-r.over:
		case <-t.C:
		case <-env.Ctx.Done():
		}
		if r.dry {
			return nil
		}
		return kit.Notice{Level: kit.Caution, Text: env.T("import.stopped.short")}
	}
}

// share is how much of the file was read, from 0 to 1; false when unknown.
func (r *importRun) share() (float64, bool) {
	n := r.last
	switch {
	case n.at.IsZero():
		return 0, false
	case n.p.Phase != "rows":
		return 1, true
	case n.size > 0:
		return min(float64(n.p.Bytes)/float64(n.size), 1), true
	case r.expected > 0:
		return min(float64(n.p.Rows)/float64(r.expected), 1), true
	}
	return 0, false
}

// pace is the rows a second since the first news; 0 when it is too early to
// tell. Rows that an earlier import had read are not in it.
func (r *importRun) pace() int {
	took := r.last.at.Sub(r.first.at)
	if took < time.Second {
		return 0
	}
	return int(float64(r.last.p.Rows-r.first.p.Rows) / took.Seconds())
}

// importBad is the file for bad lines, made when the first one comes.
type importBad struct {
	make func() (io.WriteCloser, string, error)
	w    io.WriteCloser
	name string
}

func (b *importBad) open() (err error) {
	b.w, b.name, err = b.make()
	return err
}

// Write makes the file if need be.
func (b *importBad) Write(p []byte) (int, error) {
	if b.w == nil {
		if err := b.open(); err != nil {
			return 0, err
		}
	}
	return b.w.Write(p)
}

func (b *importBad) close() error {
	if b.w == nil {
		return nil
	}
	return b.w.Close()
}

var importPhases = map[string]string{"rows": "import.phase.rows", "index": "import.phase.index", "done": "import.phase.done"}

// viewRun draws how far a run is.
func (s *importScreen) viewRun(w int) []string {
	e, th, r := s.env, s.env.Theme, s.run
	room := max(w-2, 1)
	title := "import.running"
	if r.dry {
		title = "import.checking"
	}
	rows := []string{"", " " + th.Paint(kit.InkTitle, kit.Cut(e.T(title, "File", kit.Clean(clip(importBase(r.name), room))), room)), ""}
	share, known := r.share()
	rows = append(rows, " "+importBar(th, share, known, room), "")
	var parts []string
	if !r.last.at.IsZero() {
		parts = append(parts, e.Text.N("import.rows", r.last.p.Rows))
		if pace := r.pace(); pace > 0 && r.last.p.Phase == "rows" {
			parts = append(parts, e.Text.N("import.pace", pace))
		}
	}
	phase := importPhases["rows"]
	if id, ok := importPhases[r.last.p.Phase]; ok {
		phase = id
	}
	switch {
	case r.asked:
		parts = append(parts, e.T("import.stopping"))
	case !r.dry:
		parts = append(parts, e.T(phase))
	}
	rows = append(rows, " "+kit.Cut(strings.Join(parts, " · "), room), "")
	hint := "import.running.hint"
	if r.dry {
		hint = "import.checking.hint"
	}
	for _, line := range kit.Wrap(e.T(hint), room) {
		rows = append(rows, " "+th.Paint(kit.InkHint, line))
	}
	return rows
}

// importBar draws a bar with the percentage behind it, nothing filled when that
// is not known.
func importBar(th *kit.Theme, share float64, known bool, w int) string {
	long := max(min(w, 60)-6, 1)
	full := int(share * float64(long))
	bar := th.Paint(kit.InkAccent, strings.Repeat("█", full)) + th.Paint(kit.InkMuted, strings.Repeat("░", long-full))
	if !known {
		return bar
	}
	return bar + importPercent(share)
}

func importPercent(share float64) string { return fmt.Sprintf(" %3d %%", int(share*100)) }
