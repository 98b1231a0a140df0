package screen

import (
	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Makers make the screens of a session by kind; the arguments are those that
// the kinds name.
func Makers(env *Env) map[string]func(arg any) kit.Screen {
	customerOf := func(arg any) model.ID {
		id, _ := arg.(model.ID)
		return id
	}
	return map[string]func(any) kit.Screen{
		KindDesk:     func(any) kit.Screen { return newDesk(env) },
		KindCustomer: func(arg any) kit.Screen { return newCustomer(env, customerOf(arg)) },
		KindEdit: func(arg any) kit.Screen {
			n, _ := arg.(NewCustomer)
			return newEdit(env, customerOf(arg), n.Name)
		},
		KindWizard: func(arg any) kit.Screen { return newWizard(env, customerOf(arg)) },
		KindReview: func(any) kit.Screen { return newReview(env) },
		KindCase: func(arg any) kit.Screen {
			c, _ := arg.(model.Case)
			return newCase(env, c)
		},
		KindJournal: func(arg any) kit.Screen { return newJournal(env, customerOf(arg)) },
		KindPeople:  func(any) kit.Screen { return newPeople(env) },
		KindImport:  func(any) kit.Screen { return newImport(env) },
		KindUndo: func(arg any) kit.Screen {
			ask, _ := arg.(UndoAsk)
			return newUndo(env, ask)
		},
	}
}
