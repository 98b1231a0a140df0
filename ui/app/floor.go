package app

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
	"pasvorm/ui/screen"
)

// toldKeys is how many keys a sentence to all outlasts: it may come in the middle
// of a word. It can be read later on the screen of who is here.
const toldKeys = 12

// typesKeys is how many keys the word that somebody else types outlasts.
const typesKeys = 2

// toldLately is how old a sentence to all may be to be said to who comes in.
const toldLately = 30 * time.Minute

// meChanged brings who sits here as the book has it now.
type meChanged struct{ me model.Me }

// before takes messages that are for the session itself, in the console's own
// goroutine.
func (s *Session) before(msg tea.Msg) (tea.Cmd, bool) {
	switch m := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		if f, ok := s.Env.Floor.(interface{ Touch() }); ok {
			f.Touch()
		}
	case meChanged:
		return s.become(m.me), true
	}
	return nil, false
}

// becoming says what one is from now on.
var becoming = map[model.Role]string{model.RoleAgent: "floor.you.agent", model.RoleLead: "floor.you.lead", model.RoleAdmin: "floor.you.admin"}

// become has every screen go by the rights that one has now.
func (s *Session) become(me model.Me) tea.Cmd {
	was := s.Env.Me.Role
	s.Env.Me = me
	id := becoming[me.Role]
	if me.Role == was || id == "" {
		return nil
	}
	return kit.Send(kit.Notice{Level: kit.Caution, Text: s.Env.T(id), Keys: typesKeys})
}

// recognise asks again who sits here, and by which playbook. It is called when
// the book changed, by the goroutine that watches it. Who may not be here any
// more is sent away; [Session.Run] gives the reason.
func (s *Session) recognise() {
	switch me, err := s.desk.Me(); {
	case err != nil && model.KindOf(err) == model.KindNotAllowed:
		s.dismissed.Store(&err)
		s.leave()
		return
	case err == nil && me != s.me:
		s.me = me
		s.send(meChanged{me: me})
	}
	play, _, err := s.desk.Playbook()
	if err == nil && play != s.play {
		other := !reflect.DeepEqual(play, s.play)
		s.play = play
		if other {
			s.send(kit.Notice{Level: kit.Caution, Text: s.Env.T("floor.playbook"), Keys: typesKeys})
		}
	}
}

// where tells the floor where the session is, and the person who types there
// already.
func (s *Session) where(about any, typing bool) tea.Cmd {
	id, _ := about.(model.ID)
	s.Env.Floor.Be(ui.Place{Customer: id, Typing: typing})
	if !typing {
		return nil
	}
	words := s.Env.TypingThere(id)
	if words == "" {
		return nil
	}
	return kit.Send(kit.Notice{Level: kit.Caution, Text: words, Keys: typesKeys})
}

// attend tells the console what happens on the floor, until ctx ends. Every wake
// has the screen on top ask again: the floor wakes it for nothing else before.
func (s *Session) attend(ctx context.Context, woken <-chan struct{}, send func(tea.Msg)) {
	heard := s.desk.Now().Add(-toldLately)
	for first := true; ; first = false {
		s.look()
		if !first {
			send(kit.FloorChanged{})
		}
		for _, t := range s.Env.Floor.Told() {
			if t.At.After(heard) {
				heard = t.At
				send(s.telling(t))
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-woken:
		}
	}
}

// look asks who else is here, for the header.
func (s *Session) look() {
	all := s.Env.Floor.Here(model.NoID)
	slices.SortFunc(all, func(a, b ui.Presence) int { return strings.Compare(a.Name, b.Name) })
	s.others.Store(&all)
}

// telling is a sentence to all as a notice.
func (s *Session) telling(t ui.Telling) kit.Notice {
	e, by := s.Env, t.By
	if by == "" {
		by = e.T("floor.server")
	}
	at := t.At.In(s.desk.Now().Location()).Format("15:04")
	return kit.Notice{Level: kit.Caution, Text: e.T("floor.told.notice", "Person", kit.Clean(by), "Time", at, "Words", kit.Clean(t.Text)), Keys: toldKeys}
}

// namesInHeader is how many colleagues the header names at most.
const namesInHeader = 6

// here words who else is on the floor with so many names, "" for nobody.
func (s *Session) here(names int) string {
	all := s.others.Load()
	if all == nil || len(*all) == 0 {
		return ""
	}
	return s.Env.T("floor.header", "Persons", screen.PersonNames(*all, names))
}
