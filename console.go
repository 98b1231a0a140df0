package main

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui"
	"pasvorm/ui/app"
	"pasvorm/ui/cli"
)

// console shows the screens on a book. Who asks there for the sample is shown
// it, and comes back to the end of the call.
func (l library) console(ctx context.Context, b ui.Book, o cli.Options) (err error) {
	sample := false
	run := func(b ui.Book, offer func() tea.Cmd) error {
		s, err := app.New(ctx, b, app.Options{Text: o.Text, Report: l.report, Sample: offer})
		if err != nil {
			return err
		}
		s.Env.Book, s.Env.Files = b, localFiles{}
		return s.Run(ctx)
	}
	err = run(b, func() tea.Cmd { sample = true; return tea.Quit })
	if err != nil || !sample {
		return err
	}
	other, err := l.OpenSample(ctx, o.Text.Lang())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, other.Close()) }()
	return run(other, nil)
}
