package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/ui"
)

// TestCutIsNoFault holds that a session that was ended while its verb read keeps
// no fault and says nothing of one: the server says why it ended.
func TestCutIsNoFault(t *testing.T) {
	h := newHall(t)
	why := errors.New("access withdrawn")
	for _, call := range []string{"import -", "find --batch", "fit --batch", "playbook check -", "people key add Karin -"} {
		ctx, cancel := context.WithCancelCause(t.Context())
		var out, errs bytes.Buffer
		d := h.deps(io.MultiReader(strings.NewReader("name\nx\n"), reading(func([]byte) (int, error) {
			cancel(why)
			return 0, why
		})), &out, &errs)
		d.Report = func(fault any, _ []byte) string {
			t.Errorf("%s: kept %v", call, fault)
			return "ref"
		}
		if code := Run(ctx, strings.Fields(call), d); code == exitOK || strings.Contains(errs.String(), "pasvorm:") {
			t.Errorf("%s: %d %q", call, code, errs.String())
		}
	}
}

// TestKeystrokesEndWithTheSession holds that one line of many letters does not
// keep a session at work that was ended.
func TestKeystrokesEndWithTheSession(t *testing.T) {
	h := newHall(t)
	ctx, cancel := context.WithCancel(t.Context())
	lib := leaving{h, cancel, new(int)}
	var out, errs bytes.Buffer
	d := h.deps(strings.NewReader(strings.Repeat("n", 1000)+"\n"), &out, &errs)
	d.Library = lib
	if code := Run(ctx, []string{"find", "--keystrokes"}, d); code == exitOK || *lib.asked != 1 {
		t.Errorf("%d after %d questions", code, *lib.asked)
	}
}

// leaving is a library whose person leaves at the first question.
type leaving struct {
	hall
	leave context.CancelFunc
	asked *int
}

func (l leaving) Open(ctx context.Context, o ui.Opening) (ui.Book, error) {
	b, err := l.hall.Open(ctx, o)
	return leavingBook{b, l}, err
}

type leavingBook struct {
	ui.Book
	l leaving
}

func (b leavingBook) Names(query string, limit int) ([]model.NameHit, error) {
	*b.l.asked++
	b.l.leave()
	return b.Book.Names(query, limit)
}

// TestProblemsOfAPlaybookAreNoFault holds that what is wrong with a file that
// somebody sent is said to them and kept nowhere.
func TestProblemsOfAPlaybookAreNoFault(t *testing.T) {
	h := newHall(t)
	for _, call := range []string{"playbook check - --file-name x", "playbook load -"} {
		var out, errs bytes.Buffer
		d := h.deps(strings.NewReader("no toml"), &out, &errs)
		d.CheckPlaybook = store.CheckPlaybook
		d.Report = func(fault any, _ []byte) string {
			t.Errorf("%s: kept %v", call, fault)
			return "ref"
		}
		if code := Run(t.Context(), strings.Fields(call), d); code != exitInvalid || strings.Contains(errs.String(), "ref") {
			t.Errorf("%s: %d %q", call, code, errs.String())
		}
	}
}

type reading func([]byte) (int, error)

func (r reading) Read(p []byte) (int, error) { return r(p) }
