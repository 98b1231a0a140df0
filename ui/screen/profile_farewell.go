package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// farewell shows the parting of a customer: that it goes and what is next, or
// how the last one ended. Once the customer came back nothing of it is shown
// beside the name; it is on the page.
func (s *profile) farewell() {
	f, e := s.d.Dealings.Farewell(), s.env
	if f == nil || !s.full && f.State != model.FarewellGoing && f.State != model.FarewellEnded {
		return
	}
	s.gap()
	from := len(s.rows)
	ink, line := kit.InkText, e.T("farewell.state."+string(f.State))
	if f.State == model.FarewellGoing {
		ink, line = kit.InkWarn, joined(" · ", line, e.T("farewell.next", "Step", e.farewellNext(f)))
	}
	if when := e.farewellWhen(f); when != e.T("farewell.now") {
		line = joined(" · ", line, when)
	}
	s.put("farewell.part", ink, line, 2)
	if to := f.Refer(s.d.Dealings.Referrals); to != "" {
		s.put("", kit.InkText, e.T("farewell.to", "Referral", flat(clip(to, 120))), s.most(1, 3))
	}
	if s.full {
		s.mark(from, profileItem{farewell: f})
	}
}

// farewellCommands are those of a farewell on the page of its customer.
func (s *customer) farewellCommands() []kit.Command {
	if s.detail == nil {
		return nil
	}
	e, d := s.env, s.detail
	var cmds []kit.Command
	if f := s.item().farewell; f != nil {
		cmds = append(cmds, kit.Command{ID: "farewell.open", Keys: []string{"enter"}, Group: "go", Footer: 100, Moves: true,
			Run: func() tea.Cmd {
				return kit.Send(kit.Open{Kind: KindFarewellOf, Arg: FarewellOf{Customer: s.id, Farewell: f.ID}})
			}})
	}
	if n := d.MayPart(); n != nil {
		cmds = append(cmds, kit.Command{ID: "farewell.begin", Group: "change", WhyNot: func() string { return s.whyNot(model.ActBeginFarewell) },
			Run: func() tea.Cmd {
				return e.do("farewell", model.BeginFarewell{Customer: s.id, Assessment: n.ID})
			}})
	}
	return cmds
}
