// Pasvorm is a console for service desks: it knows the few demanding customers,
// keeps what they did as facts, and answers together whether a customer fits.
package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"os/user"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"

	"pasvorm/store"
	"pasvorm/ui/cli"
)

func main() { os.Exit(run(os.Args[1:], world{uid: os.Getuid()})) }

// world is what identity and time come from. Nothing in the environment changes
// either of them.
type world struct {
	now  func() time.Time // nil is the clock of this machine
	uid  int
	name string // of the account; "" looks it up
}

// run carries out one call and gives its exit code.
func run(args []string, w world) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	lib := library{world: w, env: os.Getenv}
	d := cli.Deps{
		Library: lib, In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.Getenv,
		Interactive: terminal(os.Stdin) && terminal(os.Stdout), ErrTerminal: terminal(os.Stderr),
		Console: lib.console, CheckPlaybook: store.CheckPlaybook, DefaultPlaybook: store.DefaultPlaybook,
		Self: self, Account: account, Beside: localFiles{}.Beside,
		Report: lib.report, Version: version(), Serve: lib.serve,
	}
	if code, mine := attached(ctx, args, d); mine {
		return code
	}
	return cli.Run(ctx, args, d)
}

func terminal(f interface{ Fd() uintptr }) bool { return term.IsTerminal(f.Fd()) }

// self makes a call of this program in a process of its own.
func self(ctx context.Context, args ...string) (*exec.Cmd, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, exe, args...) //nolint:gosec // this very program
	cmd.Args[0], cmd.Stdin, cmd.Stderr = os.Args[0], nil, io.Discard
	return cmd, nil
}

func account(name string) (int, error) {
	u, err := user.Lookup(name)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(u.Uid)
}

// version is the version of the module, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "unknown"
	}
	return info.Main.Version
}
