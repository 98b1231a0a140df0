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

// draw shows how far an import is. A line that would look the same is not
// written again.
func (b *bar) draw(p model.ImportProgress) {
	if !b.ErrTerminal {
		return
	}
	line := b.tx.N("cli.import.rows", p.Rows)
	if p.Phase == "index" {
		line += " · " + b.t("cli.import.index")
	}
	if b.size > 0 {
		done := int(min(p.Bytes, b.size) * barWidth / b.size)
		line = strings.Repeat("█", done) + strings.Repeat("░", barWidth-done) + "  " + line
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
