package remote

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/remote/wire"
)

// A console over a line does what one at a desk does.
func TestConsole(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		id := h.Customer(t, "Petra Jansen", "town", "Utrecht")
		h.Customer(t, "Bas Kuipers")
		g := h.sits(karin)
		g.sees("Petra Jansen", "Bas Kuipers", "Karin (agent)")
		g.types("/pet\r")
		g.lacks("Bas Kuipers")
		g.types("23\r")
		d, err := h.As(model.Solo(h.Agent)).Customer(id)
		if err != nil || len(d.Sightings) != 1 || d.Sightings[0].By != h.Agent {
			t.Fatalf("%v %+v\n%s", err, d.Sightings, g.screen.String())
		}
		g.types("q")
		g.leaves(0)
		g.plain()
		for _, want := range []string{`"session begins"`, `"session ends"`, `"reason":"done"`, `"verb":""`, h.Agent.String(), `"way":"socket"`, `"proof":"uid 1003"`} {
			if !strings.Contains(h.log.String(), want) {
				t.Errorf("the log lacks %s:\n%s", want, h.log)
			}
		}
		if h.cfg.Floor.Count() != 0 || len(h.all()) != 0 {
			t.Error("somebody is still there")
		}
	})
}

// What a log line says never comes from a customer or a text.
func TestLogHoldsNoCustomer(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		h.Customer(t, "Petra Jansen")
		for _, call := range []string{"find jansen", "jansen", "--json jansen", "show jansen", "--lang nl show jansen", "'jansen", "pasvorm log jansen"} {
			h.asks(karin, call, "")
		}
		if s := strings.ToLower(h.log.String()); strings.Contains(s, "jansen") {
			t.Errorf("the log names a customer:\n%s", s)
		}
		for _, verb := range []string{"find", "?", "show", "log"} {
			if !strings.Contains(h.log.String(), `"verb":"`+verb+`"`) {
				t.Errorf("no verb %q in\n%s", verb, h.log)
			}
		}
	})
}

func TestVerbs(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		h.Customer(t, "Petra van der Berg")
		for _, c := range []struct {
			call string
			code int
			says string // on either stream
		}{
			{"find berg", 0, "Petra van der Berg"},
			{"pasvorm find berg", 0, "Petra van der Berg"},
			{"pasvorm  find 'van der Berg' --json", 0, `"name":"Petra van der Berg"`},
			{"--lang nl find berg", 0, "1 van 1"},
			{"show nobody", 4, "pasvorm:"},
			{"nonsense", 2, "nonsense"},
			{"find 'berg", 2, "quotation"},
			{"people add Noor --role admin", 6, "pasvorm:"},
			{"--book /etc/passwd find x", -1, ""},
			{"--as Robin find x", -1, ""},
			{"serve", 2, "pasvorm:"},
			{"init", -1, ""},
			{"demo", -1, ""},
			{"sh -c id", 2, "pasvorm:"},
			{"", 2, "find"},
			{"pasvorm", 2, "find"},
			{"version", 0, "pasvorm"},
		} {
			code, out, errs := h.asks(karin, c.call, "")
			if c.code >= 0 && code != c.code || c.code < 0 && code == 0 || !strings.Contains(out+errs, c.says) {
				t.Errorf("%q: %d, %q, %q", c.call, code, out, errs)
			}
			if strings.Contains(out+errs, "\r\n") || strings.Contains(out+errs, "\x1b") {
				t.Errorf("%q: meant for a terminal: %q %q", c.call, out, errs)
			}
		}
	})
}

// A file comes from standard input.
func TestImportFromStandardInput(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		code, out, errs := h.asks(anna, "import -", "name;town\nPetra Jansen;Utrecht\nBas Kuipers;Zwolle\n")
		if code != 0 {
			t.Fatal(code, out, errs)
		}
		if tot, err := h.As(model.Solo(h.Lead)).Totals(); err != nil || tot.Customers != 2 {
			t.Fatal(tot, err)
		}
	})
}

// At a terminal a verb writes lines as a terminal wants them, asks, and ends at
// ctrl+C even while it reads nothing.
func TestVerbAtATerminal(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		hold := make(chan struct{})
		h := newHall(t, func(c *Config) {
			c.Host = bookHost{Book: c.Host.(bookHost).Book, wrap: func(b ui.Book) ui.Book { return slow{Book: b, hold: hold} }} //nolint:errcheck // of newHall
		})
		h.Customer(t, "Petra Jansen")
		g := h.stands(karin)
		g.terminal(80, 24)
		call := "find jansen"
		g.command = &call
		h.begins(g)
		if s := g.out.String(); !strings.Contains(s, "Petra Jansen") || strings.Contains(strings.ReplaceAll(s, "\r\n", ""), "\n") {
			t.Fatalf("%q", s)
		}
		g.leaves(0)
		call = "export --csv"
		g = h.stands(robin)
		g.terminal(80, 24)
		g.command = &call
		h.begins(g)
		g.types("abc\x03")
		g.leaves(1)
		close(hold)
	})
}

// slow exports until its context ends.
type slow struct {
	ui.Book
	hold chan struct{}
}

func (s slow) Export(ctx context.Context, _ io.Writer, _, _ string) (model.ExportReport, error) {
	select {
	case <-ctx.Done():
		return model.ExportReport{}, ctx.Err()
	case <-s.hold:
		return model.ExportReport{}, errors.New("not stopped")
	}
}

// Lines typed at a terminal are shown as they are typed and given as they were
// ended.
func TestLinesAtATerminal(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		h.Customer(t, "Petra Jansen")
		g := h.stands(karin)
		g.terminal(80, 24)
		call := "fit jansen"
		g.command = &call
		h.begins(g)
		g.sees("\n>")
		g.types("zzx\x7f\r")
		g.sees("> zz")
		g.types("\x04")
		select {
		case <-g.exit:
		case <-time.After(time.Minute):
			t.Fatal("the end of input ends nothing:\n", g.screen.String())
		}
	})
}

// A window follows its size, and a size that comes as if it were typed does not
// count.
func TestWindow(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		h.Customer(t, "Petra Jansen")
		g := h.sits(karin)
		g.screen.Resize(120, 40)
		g.sizes <- wire.Window{W: 120, H: 40}
		settle()
		g.sees("Petra Jansen")
		rows := strings.Split(g.screen.String(), "\n")
		if len(strings.TrimRight(rows[39], " ")) == 0 {
			t.Errorf("nothing in the last row:\n%s", g.screen.String())
		}
		was := g.screen.String()
		g.types("\x1b[8;50000;50000t\x1b[48;60000;60000;0;0t")
		if now := g.screen.String(); now != was {
			t.Errorf("typed sizes were taken:\n%s", now)
		}
		g.types("q")
		g.leaves(0)
	})
}

// Keys that were typed ahead of the end hold nothing up: the bubble fails on a
// goroutine that waits with them.
func TestKeysAheadOfTheEnd(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		g := h.sits(karin)
		go func() { _, _ = io.WriteString(g.keys, "q"+strings.Repeat("j", 200)) }()
		g.leaves(0)
		g = h.sits(karin)
		go func() { _, _ = io.WriteString(g.keys, strings.Repeat("jk", 200)) }()
		g.cancel(wire.ErrLine)
		g.leaves(1)
	})
}

// What never becomes a key is not kept for ever.
func TestFlood(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		g := h.sits(karin)
		go func() {
			_, _ = io.WriteString(g.keys, "\x1b[200~")
			for range 2 * mostAtOnce / 1024 {
				if _, err := io.WriteString(g.keys, strings.Repeat("a", 1024)); err != nil {
					return
				}
			}
		}()
		g.leaves(1)
		g.plain()
		g.sees("More came in at once")
	})
}

// A panic ends one session, with a reference, and nothing of it is in the log.
func TestPanic(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, func(c *Config) {
			host := c.Host.(bookHost) //nolint:errcheck,forcetypeassert // of newHall
			host.wrap = func(b ui.Book) ui.Book {
				if me, err := b.Me(); err == nil && me.Name == "Sam" {
					return bursting{b}
				}
				return b
			}
			c.Host = host
		})
		h.Customer(t, "Petra Jansen")
		other := h.sits(karin)
		code, _, errs := h.asks(sam, "show jansen", "")
		if code != 1 || !strings.Contains(errs, "Something went wrong") || !strings.Contains(errs, "abcd") || strings.Contains(errs, "Petra") {
			t.Errorf("%d %q", code, errs)
		}
		g := h.sits(sam)
		g.leaves(1)
		g.plain()
		g.sees("Something went wrong", "abcd")
		if len(h.faults) != 2 || strings.Contains(h.log.String(), "Petra") || !strings.Contains(h.log.String(), `"ref":"abcd"`) {
			t.Errorf("%d faults\n%s", len(h.faults), h.log)
		}
		other.types("/pet\r")
		other.sees("Petra Jansen")
		other.types("q")
		other.leaves(0)
	})
}

type bursting struct{ ui.Book }

func (bursting) Resolve(string) (model.Row, error)           { panic("Petra Jansen") }
func (bursting) Watch() (woken <-chan struct{}, stop func()) { panic("Petra Jansen") }

// The language is the client's, else that of the settings.
func TestLanguage(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, func(c *Config) { c.Settings.Language = "nl" })
		for lang, want := range map[string]string{"": "Karin (medewerker)", "nl_NL.UTF-8": "Karin (medewerker)", "en_US.UTF-8": "Karin (agent)"} {
			g := h.stands(karin)
			g.env["LANG"] = lang
			g.terminal(80, 24)
			h.begins(g)
			g.sees(want)
			g.types("q")
			g.leaves(0)
		}
	})
}

// Exec says in JSON what it says in words.
func TestVerbJSON(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		h.Customer(t, "Petra Jansen")
		_, out, _ := h.asks(karin, "find jansen --json", "")
		var row struct{ Name string }
		if err := json.Unmarshal([]byte(out), &row); err != nil || row.Name != "Petra Jansen" {
			t.Fatal(err, out)
		}
	})
}
