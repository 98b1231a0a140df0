package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"pasvorm/model"
	"pasvorm/ui"
)

// batchLimit is how many names are printed for a line where nothing is said.
const batchLimit = 10

// prepare waits for the index of names, and says so where that takes a while.
func (a *app) prepare(ctx context.Context, b ui.Book) error {
	wait := bar{app: a}
	defer wait.end()
	return b.Prepare(ctx, func(done, total int) {
		wait.show(int64(done), int64(total), a.t("cli.find.preparing"))
	})
}

// findBatch reads a query a line and prints for each name found the line's
// number, the rank and the customer's number, parted by tabs. A customer
// without a number is named by its id. With keystrokes it also types each query
// letter by letter and tells how long the answers took.
func (a *app) findBatch(ctx context.Context, b ui.Book, limit int, keystrokes bool) error {
	if err := a.prepare(ctx, b); err != nil {
		return err
	}
	out := bufio.NewWriter(a.Out)
	said := a.lines()
	var took []time.Duration
	line := 0
	in := bufio.NewScanner(a.In)
	for in.Scan() {
		if err := ctx.Err(); err != nil {
			return err
		}
		line++
		if keystrokes {
			var err error
			if took, err = typed(ctx, b, in.Text(), limit, took); err != nil {
				return err
			}
		}
		if err := a.findLine(b, out, line, in.Text(), limit); err != nil {
			return err
		}
		said.show(0, 0, a.tx.N("attach.queries", line))
	}
	switch err := in.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return model.Invalid("error.find.batch", "Line", line+1).WithHint("hint.find.batch")
	case err != nil:
		return err //nolint:wrapcheck // worded as a fault of reading
	}
	if err := out.Flush(); err != nil {
		return err
	}
	said.end()
	if keystrokes {
		fmt.Fprintln(a.Err, percentiles(took))
	}
	return nil
}

func (a *app) findLine(b ui.Book, out io.Writer, line int, query string, limit int) error {
	hits, err := b.Names(query, limit)
	if err != nil {
		return err
	}
	for i, h := range hits {
		number := h.Number
		if number == "" {
			number = h.ID.String()
		}
		if _, err := fmt.Fprintf(out, "%d\t%d\t%s\n", line, i+1, number); err != nil {
			return err
		}
	}
	return nil
}

// typed types a query letter by letter and adds how long each answer took.
func typed(ctx context.Context, b ui.Book, query string, limit int, took []time.Duration) ([]time.Duration, error) {
	for i := 0; i < len(query); {
		// A line of many letters takes long, and whoever asked may have gone.
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		_, n := utf8.DecodeRuneInString(query[i:])
		i += n
		start := time.Now() //nolint:forbidigo // how long a search takes, not what time it is
		if _, err := b.Names(query[:i], limit); err != nil {
			return nil, err
		}
		took = append(took, time.Since(start))
	}
	return took, nil
}

// percentiles words how long answers took, in milliseconds: by nearest rank, the
// smallest time that at least so many of them did not exceed.
func percentiles(took []time.Duration) string {
	if len(took) == 0 {
		return "p50=0 p95=0 p99=0 p99.9=0"
	}
	slices.Sort(took)
	at := func(permille int) string {
		rank := (len(took)*permille + 999) / 1000
		ms := float64(took[max(1, rank)-1].Microseconds()) / 1000
		return strconv.FormatFloat(ms, 'f', 3, 64)
	}
	return "p50=" + at(500) + " p95=" + at(950) + " p99=" + at(990) + " p99.9=" + at(999)
}
