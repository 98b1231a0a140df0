package cli

import (
	"io"
	"strings"
	"time"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// barWidth is the width of the drawn part of a progress bar, in cells.
const barWidth = 30

// sayEvery is how often progress is said in lines.
const sayEvery = 2 * time.Second

// bar draws progress on one line of a terminal. Over a line that ends in none it
// is said in plain lines, now and then and at the end; anywhere else not at all.
type bar struct {
	*app
	size  int64
	shown string

	spoken string    // the last line that was said
	since  time.Time // when, or when the work began
}

// lines is a bar that never draws: what it is about stands on the same terminal.
// Nil says nothing.
func (a *app) lines() *bar {
	if !a.Remote || a.ErrTerminal {
		return nil
	}
	return &bar{app: a}
}

// draw shows how far an import is.
func (b *bar) draw(p model.ImportProgress) {
	line := b.tx.N("cli.import.rows", p.Rows)
	if p.Phase == "index" {
		line += " · " + b.t("cli.import.index")
	}
	b.show(p.Bytes, b.size, line)
}

// step shows how far a change of several steps is; of one step nothing.
func (b *bar) step(done, total int) {
	if total > 1 {
		b.show(int64(done), int64(total), b.tx.Int(done)+" / "+b.tx.Int(total))
	}
}

// show draws a line, with a bar where the size is known. One that would look
// the same is not written again.
func (b *bar) show(done, size int64, line string) {
	if b == nil || !b.ErrTerminal {
		b.tell(done, size, line)
		return
	}
	if size > 0 {
		full := int(min(done, size) * barWidth / size)
		line = strings.Repeat("█", full) + strings.Repeat("░", barWidth-full) + "  " + line
	}
	if line == b.shown {
		return
	}
	b.shown = line
	_, _ = io.WriteString(b.Err, "\r"+kit.Fit(line, 72))
}

// tell says a line of progress when it is time for one.
func (b *bar) tell(done, size int64, line string) {
	if b == nil || !b.Remote {
		return
	}
	if size > 0 {
		line += " · " + b.t("gauge.unit.percent", "Value", b.tx.Int(int(min(done, size)*100/size)))
	}
	b.shown = line
	now := time.Now() //nolint:forbidigo // how often to speak, not what time it is
	if b.since.IsZero() {
		b.since = now
	}
	if now.Sub(b.since) >= sayEvery {
		b.speak(now)
	}
}

func (b *bar) speak(now time.Time) {
	if b.shown != b.spoken {
		_, _ = io.WriteString(b.Err, b.shown+"\n")
		b.spoken = b.shown
	}
	b.since = now
}

// end wipes the line, or says the last one.
func (b *bar) end() {
	switch {
	case b == nil:
	case !b.ErrTerminal:
		b.speak(b.since)
	case b.shown != "":
		_, _ = io.WriteString(b.Err, "\r"+kit.Fit("", 72)+"\r")
	}
}
