package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/crypto/ssh"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/ui"
	"pasvorm/ui/app"
	"pasvorm/ui/cli"
	"pasvorm/ui/floor"
	"pasvorm/ui/remote"
	"pasvorm/ui/remote/settings"
	"pasvorm/ui/text"
)

// console shows the screens on a book. Who asks there for the sample is shown
// it, and comes back to the end of the call. Meanwhile the accounts that share
// the book reach it through this process.
func (l library) console(ctx context.Context, b ui.Book, o cli.Options) (err error) {
	shared := l.share(b, o.Text)
	defer shared.close()
	sample := false
	run := func(ctx context.Context, b ui.Book, seat ui.Floor, offer func() tea.Cmd) error {
		s, err := app.New(ctx, b, app.Options{Text: o.Text, Report: l.report, Sample: offer, Floor: seat})
		if err != nil {
			return err
		}
		s.Env.Book, s.Env.Files = b, localFiles{}
		return s.Run(ctx)
	}
	err = shared.run(ctx, b, func(ctx context.Context, seat ui.Floor) error {
		return run(ctx, b, seat, func() tea.Cmd { sample = true; return tea.Quit })
	})
	if err != nil || !sample {
		return err
	}
	other, err := l.OpenSample(ctx, o.Text.Lang())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, other.Close()) }()
	return run(ctx, other, nil, nil)
}

// leaving is how long others may finish when the person whose process has the
// book open quits.
const leaving = 5 * time.Second

// shared is a book that this process shows to other accounts while its own
// console is open. Where that cannot be, such as under too long a path, the
// book is shown here alone and that is no fault.
type shared struct {
	tx    *text.Text
	hub   *floor.Hub
	end   context.CancelFunc
	ended sync.WaitGroup
}

// share begins to show a book through the socket beside it.
func (l library) share(b ui.Book, tx *text.Text) *shared {
	s := &shared{tx: tx, end: func() {}}
	own, ok := b.(opened)
	if !ok || own.gone != nil {
		return s // a throw-away book is nobody else's
	}
	server, hub, err := l.sharer(own.book)
	if err != nil {
		return s
	}
	mode, gid := besideBook(own.book.Path())
	ln, err := remote.ListenSocket(own.book.Path()+".sock", mode, gid)
	if err != nil {
		return s
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.hub, s.end = hub, cancel
	s.ended.Go(func() { _ = server.Serve(ctx, ln) })
	return s
}

func (l library) sharer(book *store.Book) (*remote.Server, *floor.Hub, error) {
	key, err := remote.PassingKey()
	if err != nil {
		return nil, nil, err
	}
	set, hub := settings.Default(), floor.NewHub(l.clock())
	set.Drain = leaving
	server, err := remote.New(remote.Config{
		Host: shownBook{book, l.world}, Settings: set, HostKeys: []ssh.Signer{key}, Floor: hub, Report: l.report, Version: version(),
		CheckPlaybook: store.CheckPlaybook, DefaultPlaybook: store.DefaultPlaybook, Account: account,
	})
	return server, hub, err
}

// run runs the own console with its seat on the floor; the context ends when
// somebody ends the session, and whom that was is said afterwards.
func (s *shared) run(ctx context.Context, b ui.Book, console func(context.Context, ui.Floor) error) error {
	if s.hub == nil {
		return console(ctx, nil)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	seat := s.hub.Join(floor.Arrival{Way: "here", Me: b.Me, Customer: func(id model.ID) string {
		d, err := b.Customer(id)
		if err != nil || d.Customer == nil {
			return ""
		}
		return d.Customer.Name
	}, End: func(by string) { cancel(endedBy(by)) }})
	defer seat.Leave()
	err := console(ctx, seat)
	var by endedBy
	if errors.As(context.Cause(ctx), &by) {
		_, _ = fmt.Fprintln(os.Stderr, "pasvorm: "+remote.EndedBy(s.tx, string(by)))
	}
	return err
}

// endedBy is the name of who ended the own console.
type endedBy string

func (endedBy) Error() string { return "ended by a colleague" }

// close ends the showing. Others who are there are told and their drafts kept.
func (s *shared) close() {
	if s.hub != nil {
		if n := s.hub.Count(); n > 0 {
			_, _ = fmt.Fprintln(os.Stderr, s.tx.N("serve.others", n))
		}
	}
	s.end()
	s.ended.Wait()
}
