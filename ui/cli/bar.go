package cli

import (
	"io"
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// barWidth is the width of the drawn part of a progress bar, in cells.
const barWidth = 30

// bar draws progress on one line of a terminal; nothing anywhere else.
type bar struct {
	*app
	size  int64
	shown string
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
	if !b.ErrTerminal {
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

// end wipes the line.
func (b *bar) end() {
	if b.shown != "" {
		_, _ = io.WriteString(b.Err, "\r"+kit.Fit("", 72)+"\r")
	}
}
