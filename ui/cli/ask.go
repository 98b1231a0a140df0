package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxAnswer is the longest line that is read as an answer, in bytes: more is
// somebody's file and no answer.
const maxAnswer = 1 << 20

// errPause says that a person has nothing more to say now: an end of input.
var errPause = errors.New("paused")

// asker puts questions in plain lines and reads the answers, one line each. It
// reads in the background, so that the end of the call ends a question too.
type asker struct {
	out   io.Writer
	lines chan string
}

func newAsker(in io.Reader, out io.Writer) *asker {
	k := &asker{out: out, lines: make(chan string)}
	go func() {
		defer close(k.lines)
		s := bufio.NewScanner(in)
		s.Buffer(nil, maxAnswer)
		for s.Scan() {
			k.lines <- s.Text()
		}
	}()
	return k
}

// say prints a line.
func (k *asker) say(s string) { _, _ = fmt.Fprintln(k.out, strings.TrimRight(s, " ")) }

// ask prints a question and reads one line without the spaces around it. At the
// end of input it gives errPause.
func (k *asker) ask(ctx context.Context, question string) (string, error) {
	if question != "" {
		k.say(question)
	}
	_, _ = io.WriteString(k.out, "> ")
	select {
	case <-ctx.Done():
		return "", ctx.Err() //nolint:wrapcheck // worded as it is
	case s, ok := <-k.lines:
		if !ok {
			_, _ = io.WriteString(k.out, "\n")
			return "", errPause
		}
		return strings.TrimSpace(s), nil
	}
}
