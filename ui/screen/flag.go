package screen

import (
	"pasvorm/model"
)

// newFlag asks why customers are flagged for the lead.
func newFlag(env *Env, name string, of []model.ID) *prompt {
	title := env.T("flag.ask", "Customer", name)
	if len(of) > 1 {
		title = env.Text.N("flag.ask.several", len(of))
	}
	return newPrompt(env, title, true, func(line string) []model.Action {
		out := make([]model.Action, len(of))
		for i, id := range of {
			out[i] = model.RaiseFlag{Customer: id, Reason: line}
		}
		return out
	})
}

// newClearFlag asks why a flag needs no more attention.
func newClearFlag(env *Env, f *model.Flag) *prompt {
	return newPrompt(env, env.T("flag.clear.ask"), true, func(line string) []model.Action {
		return []model.Action{model.ClearFlag{Customer: f.Customer, Flag: f.ID, Reason: line}}
	})
}
