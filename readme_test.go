package main

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/ui"
	"pasvorm/ui/cli"
)

// closed has no book for anybody.
type closed struct{}

func (closed) DefaultPath() string { return "/nowhere" }

func (closed) Open(context.Context, ui.Opening) (ui.Book, error) {
	return nil, model.NewError(model.KindBusy, "error.book.locked")
}

func (closed) OpenSample(context.Context, string) (ui.Book, error) {
	return closed{}.Open(context.Background(), ui.Opening{})
}

// TestPagesNameVerbsThatAre runs each call that README and the guide to a server
// show as far as the book: its verb, options and number of words must be those there are.
func TestPagesNameVerbsThatAre(t *testing.T) {
	var raw []byte
	for _, page := range []string{"README.md", filepath.Join("docs", "server.md")} {
		b, err := os.ReadFile(page) //nolint:gosec // a page of ours
		if err != nil {
			t.Fatal(err)
		}
		raw = append(raw, b...)
	}
	t.Chdir(t.TempDir())
	env := func(k string) string {
		return map[string]string{"TERM": "xterm", "HOME": filepath.Join(os.TempDir(), "none")}[k]
	}
	calls := 0
	for s := bufio.NewScanner(bytes.NewReader(raw)); s.Scan(); {
		line, _, _ := strings.Cut(s.Text(), " #")
		line, _, _ = strings.Cut(strings.TrimPrefix(line, "./"), " >")
		line, _, _ = strings.Cut(line, " <")
		args := strings.Fields(line)
		if len(args) == 0 || args[0] != "pasvorm" || strings.HasPrefix(s.Text(), " ") {
			continue
		}
		calls++
		var out, errs bytes.Buffer
		code := cli.Run(t.Context(), args[1:], cli.Deps{Library: closed{}, In: strings.NewReader(""), Out: &out, Err: &errs, Env: env,
			Interactive: true, Console: func(context.Context, ui.Book, cli.Options) error { return nil },
			CheckPlaybook: store.CheckPlaybook, DefaultPlaybook: store.DefaultPlaybook,
			Serve:   func(context.Context, cli.ServeOptions) error { return nil },
			Account: func(string) (int, error) { return 2000, nil }, Beside: localFiles{}.Beside, Version: "test"})
		if code == 2 {
			t.Errorf("%s: %s", line, errs.String())
		}
	}
	if calls < 15 {
		t.Errorf("only %d calls found", calls)
	}
}
