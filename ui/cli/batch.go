package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"

	"pasvorm/model"
)

// batch judges JSON lines (fit.md, Batch form). It opens no book. A line is as
// long as it is: memory holds one at a time. What was judged is written before
// the next line is waited for, so that a program can talk line by line.
func (a *app) batch(ctx context.Context) error {
	in, out := bufio.NewReaderSize(a.In, 64<<10), bufio.NewWriterSize(a.Out, 64<<10)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	bad := false
	for ctx.Err() == nil {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if e := judgeLine(enc, line, &bad); e != nil {
				return e
			}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err //nolint:wrapcheck // worded as a fault of reading
		}
		if err != nil || in.Buffered() == 0 {
			if e := out.Flush(); e != nil {
				return e //nolint:wrapcheck // worded as a fault of writing
			}
		}
		if err != nil {
			break
		}
	}
	if bad {
		return errBadLines
	}
	return ctx.Err() //nolint:wrapcheck // worded as it is
}

func judgeLine(enc *json.Encoder, line []byte, bad *bool) error {
	c, err := model.ParseFitLine(line)
	if err == nil {
		return enc.Encode(c.Result()) //nolint:wrapcheck // the writer's own error
	}
	*bad = true
	var wrong *model.FitLineError
	if !errors.As(err, &wrong) {
		return err
	}
	return enc.Encode(wrong) //nolint:wrapcheck // the writer's own error
}
