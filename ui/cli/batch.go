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

// longestCase is how many bytes a line of a batch may have. Beyond it a line is
// bad and not kept: over a line of the server it could be without an end.
const longestCase = 1 << 20

// batch judges JSON lines (fit.md, Batch form). It opens no book. Memory holds one
// line at a time. What was judged is written before the next line is waited for,
// so that a program can talk line by line.
func (a *app) batch(ctx context.Context) error {
	in, out := bufio.NewReaderSize(a.In, 64<<10), bufio.NewWriterSize(a.Out, 64<<10)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	bad := false
	for ctx.Err() == nil {
		line, long, err := caseLine(in)
		if long {
			bad = true
			if e := enc.Encode(&model.FitLineError{Reason: "the line is longer than 1 MiB"}); e != nil {
				return e //nolint:wrapcheck // the writer's own error
			}
		} else if len(bytes.TrimSpace(line)) > 0 {
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

// caseLine reads up to the next line end or the end of input, which comes with
// io.EOF. Of one that is too long nothing is given.
func caseLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		piece, err := in.ReadSlice('\n')
		if long = long || len(line)+len(piece) > longestCase; long {
			line = nil
		} else {
			line = append(line, piece...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err //nolint:wrapcheck // worded by the caller
		}
	}
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
