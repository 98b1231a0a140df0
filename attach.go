package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/ui/cli"
	"pasvorm/ui/remote/attach"
)

// systemSocket is where a server for all of a machine answers.
const systemSocket = "/run/pasvorm/pasvorm.sock"

// calling is what decides where a call is carried out.
type calling struct {
	env    func(string) string
	system string // socket of the machine
	alive  func(path string) bool
}

// attached carries a call out through a server, where one answers for its book;
// mine is false where the call is one for this process.
func attached(ctx context.Context, args []string, d cli.Deps) (code int, mine bool) {
	c := calling{env: d.Env, system: systemSocket, alive: attach.Alive}
	if c.alone(args) {
		return 0, false
	}
	p := cli.NewPlan(args, d)
	if p.Here() && !p.Attach() {
		return 0, false
	}
	socket, err := c.find(p)
	switch {
	case err != nil:
		return p.Fail(err), true
	case socket == "":
		return 0, false
	}
	via := func(ctx context.Context, s cli.Sent) (int, error) {
		return attach.Run(ctx, attach.Call{Socket: socket, Args: s.Args, In: s.In, Out: s.Out, Err: s.Err, Env: d.Env})
	}
	if !p.Attach() {
		return p.Over(ctx, via), true
	}
	// What somebody typed behind ssh goes on as they wrote it: sshd(8).
	code, err = attach.Run(ctx, attach.Call{Socket: socket, Line: d.Env("SSH_ORIGINAL_COMMAND"), In: d.In, Out: d.Out, Err: d.Err, Env: d.Env})
	if err != nil {
		code = p.Fail(err)
	}
	return code, true
}

// find gives the socket of the server that a call goes to, "" for none. A socket
// that is named must answer. A named book has its own server or none; without
// either it is that of the machine, then that of the default book. What is typed
// goes before what the environment says: who names a copy of the book means that.
func (c calling) find(p *cli.Plan) (string, error) {
	book, socket := p.Book(), p.Socket()
	if book != "" && socket != "" {
		return "", model.NewError(model.KindUsage, "error.attach.both").WithHint("cli.hint.help")
	}
	if socket == "" && book == "" {
		socket = c.env("PASVORM_SOCKET")
	}
	if socket != "" {
		return socket, nil // who it is that answers, or that nobody does, is said there
	}
	tried := c.usual()
	if book != "" {
		tried = beside(book)
	}
	for _, s := range tried {
		if c.alive(s) {
			return s, nil
		}
	}
	if p.Attach() {
		return "", cli.NoServer()
	}
	return "", nil
}

// usual gives the sockets of a call that names neither book nor socket.
func (c calling) usual() []string {
	if book := c.env("PASVORM_BOOK"); book != "" {
		return beside(book)
	}
	return append([]string{c.system}, beside(store.DefaultPath(c.env))...)
}

// beside gives the socket of whoever has a book open, by its name and by that of
// the file it leads to.
func beside(book string) []string {
	out := []string{book + ".sock"}
	if real, err := filepath.EvalSymlinks(book); err == nil && real != book {
		out = append(out, real+".sock")
	}
	return out
}

// alone reports whether no server can be meant: none is named, and there is no
// socket. Reading a call takes longer than looking for one.
func (c calling) alone(args []string) bool {
	if c.env("PASVORM_SOCKET") != "" || slices.ContainsFunc(args, func(s string) bool {
		return s == "attach" || strings.HasPrefix(s, "--book") || strings.HasPrefix(s, "--socket")
	}) {
		return false
	}
	return !slices.ContainsFunc(c.usual(), func(s string) bool {
		_, err := os.Lstat(s)
		return err == nil
	})
}
