package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/floor"
)

// bareBook is a book of which nothing is asked but the time.
type bareBook struct{ ui.Book }

var whoNow = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

func (bareBook) Now() time.Time { return whoNow }
func (bareBook) Close() error   { return nil }
func (bareBook) Playbook() (*model.Playbook, model.Calendar, error) {
	return &model.Playbook{}, nil, nil
}

// bareLibrary opens it.
type bareLibrary struct{ noLibrary }

func (bareLibrary) Open(context.Context, ui.Opening) (ui.Book, error) { return bareBook{}, nil }

// onFloor makes a call of somebody on a floor, nil for none.
func onFloor(t *testing.T, f ui.Floor, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = Run(t.Context(), args, Deps{Library: bareLibrary{noLibrary{t}}, Out: &o, Err: &e, Env: func(string) string { return "" }, Floor: f})
	return code, o.String(), e.String()
}

// whoFloor has an admin who calls, and Karin at a customer.
func whoFloor(role model.Role) (*floor.Seat, *[]string) {
	now := whoNow.Add(-25 * time.Hour)
	hub := floor.NewHub(func() time.Time { return now })
	me := func(n byte, name string, r model.Role) func() (model.Me, error) {
		return func() (model.Me, error) {
			return model.Me{Actor: model.Solo(model.ID{n}), Name: name, Role: r}, nil
		}
	}
	var ended []string
	karin := hub.Join(floor.Arrival{ID: "k7fq", Way: "ssh", From: "10.0.0.7", Me: me(1, "Karin\x1b[31m", model.RoleAgent),
		End: func(by string) { ended = append(ended, by) }})
	karin.Be(ui.Place{Customer: model.ID{9}, Typing: true})
	now = whoNow.Add(-time.Minute)
	hub.TellAll("tea")
	return hub.Join(floor.Arrival{ID: "mine", Way: "socket", Verb: "who", Me: me(2, "Robin", role),
		Customer: func(model.ID) string { return "Petra Jansen" }}), &ended
}

func TestWho(t *testing.T) {
	seat, _ := whoFloor(model.RoleAdmin)
	code, out, errs := onFloor(t, seat, "who")
	want := `k7fq  Karin·       agent  SSH 10.0.0.7  since Mon 23 Nov 09:00  last key: yesterday     Petra Jansen, typing
mine  Robin (you)  admin  this machine  since 09:59             last key: 1 minute ago  runs who

Told to all:
09:59  the server: tea
`
	if code != 0 || out != want || errs != "" {
		t.Errorf("who: %d %s\n%s, want\n%s", code, errs, out, want)
	}
	_, out, _ = onFloor(t, seat, "who", "--lang", "nl")
	if !strings.Contains(out, "Robin (jij)") || !strings.Contains(out, "de server: tea") {
		t.Errorf("in Dutch\n%s", out)
	}
	_, out, _ = onFloor(t, seat, "who", "--json")
	var all []map[string]any
	for dec := json.NewDecoder(strings.NewReader(out)); dec.More(); {
		var m map[string]any
		if err := dec.Decode(&m); err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	if len(all) != 2 || all[0]["id"] != "k7fq" || all[0]["of"] != "Petra Jansen" || all[0]["typing"] != true || all[0]["since"] != "2026-11-23T09:00:00Z" ||
		all[1]["own"] != true || all[1]["customer"] != nil || all[1]["verb"] != "who" {
		t.Errorf("--json: %s", out)
	}
}

func TestWhoEndAndTell(t *testing.T) {
	seat, ended := whoFloor(model.RoleAdmin)
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"who", "end", "k7fq"}, 0, "Session k7fq was ended."},
		{[]string{"who", "end", "k7fq", "--json"}, 0, `{"ended":"k7fq"}`},
		{[]string{"who", "end", "zzzz\x1b[2J"}, exitNotFound, "There is no session “zzzz·” now."},
		{[]string{"who", "end", "mine"}, exitInvalid, "your own session"},
		{[]string{"tell", "restart", "at five"}, 0, "Told to 1 session."},
		{[]string{"tell", "restart", "--json"}, 0, `{"sessions":1}`},
		{[]string{"tell", " "}, exitInvalid, "nothing to tell"},
		{[]string{"tell", strings.Repeat("x", 201)}, exitInvalid, "at most 200 characters; this one has 201"},
	} {
		code, out, errs := onFloor(t, seat, c.args...)
		if code != c.code || !strings.Contains(out+errs, c.want) {
			t.Errorf("%q: %d %s%s, want %d %s", c.args, code, out, errs, c.code, c.want)
		}
	}
	if strings.Join(*ended, " ") != "Robin Robin" {
		t.Errorf("ended by %q", *ended)
	}
	if told := seat.Told(); told[1].Text != "restart at five" || told[1].By != "Robin" {
		t.Errorf("told %+v", told)
	}
	agent, _ := whoFloor(model.RoleAgent)
	for _, args := range [][]string{{"who", "end", "k7fq"}, {"tell", "tea"}} {
		if code, _, errs := onFloor(t, agent, args...); code != exitNotAllowed {
			t.Errorf("%q by an agent: %d %s", args, code, errs)
		}
	}
}

// A call that opened the book by itself has nobody beside it.
func TestWhoAlone(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"who"}, 0, "Nobody else: this call opened the book by itself.\n"},
		{[]string{"who", "--json"}, 0, ""},
		{[]string{"who", "end", "k7fq"}, exitInvalid, "Nobody else is on this book"},
		{[]string{"tell", "tea"}, exitInvalid, "pasvorm serve"},
	} {
		code, out, errs := onFloor(t, nil, c.args...)
		if code != c.code || !strings.Contains(out+errs, c.want) || c.want == "" && out+errs != "" {
			t.Errorf("%q: %d %s%s", c.args, code, out, errs)
		}
	}
}
