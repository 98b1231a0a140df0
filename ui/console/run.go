package console

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// Program is a running console. Its Send is safe from any goroutine; the
// watcher of the book sends kit.Changed through it.
type Program struct {
	p    *tea.Program
	root *Root
}

// NewProgram makes the program of a session; it ends with ctx. Options such as
// tea.WithInput and tea.WithOutput are for sessions that are not on the
// program's own terminal.
func NewProgram(ctx context.Context, root *Root, opts ...tea.ProgramOption) *Program {
	all := append([]tea.ProgramOption{tea.WithContext(ctx)}, opts...)
	return &Program{p: tea.NewProgram(root, all...), root: root}
}

// Send delivers a message to the console; after its end it does nothing.
func (p *Program) Send(msg tea.Msg) { p.p.Send(msg) }

// Run shows the console until the person quits or the context ends; a context
// that ended is no error. However it ends, every screen has kept what it wants
// to keep.
func (p *Program) Run() error {
	_, err := p.p.Run()
	p.root.Keep()
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, tea.ErrInterrupted) {
		return nil
	}
	return fmt.Errorf("console: %w", err)
}

// Run is NewProgram and Run in one, for a session nobody sends to.
func Run(ctx context.Context, root *Root, opts ...tea.ProgramOption) error {
	return NewProgram(ctx, root, opts...).Run()
}
