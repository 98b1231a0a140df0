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
			return newEdit(env, customerOf(arg), n)
		},
		KindWizard: func(arg any) kit.Screen { return newWizard(env, customerOf(arg)) },
		KindReview: func(any) kit.Screen { return newReview(env) },
		KindCase: func(arg any) kit.Screen {
			c, _ := arg.(model.Case)
			return newCase(env, c)
		},
		KindJournal:  func(arg any) kit.Screen { return newJournal(env, customerOf(arg)) },
		KindPeople:   func(any) kit.Screen { return newPeople(env) },
		KindKeys:     func(arg any) kit.Screen { return newKeys(env, customerOf(arg)) },
		KindContacts: func(arg any) kit.Screen { return newTimeline(env, customerOf(arg)) },
		KindImport:   func(any) kit.Screen { return newImport(env) },

		KindFinance: func(arg any) kit.Screen { return newFinance(env, customerOf(arg)) },
		KindSurvey:  func(arg any) kit.Screen { return newSurvey(env, customerOf(arg)) },
		KindWhale:   func(any) kit.Screen { return newWhale(env) },

		KindThermometer: func(any) kit.Screen { return newThermometer(env) },
		KindMirror:      func(any) kit.Screen { return newMirror(env) },
		KindSilent:      func(any) kit.Screen { return newSilent(env) },
		KindVoices:      func(any) kit.Screen { return newVoices(env) },

		KindImprovements: func(any) kit.Screen { return newImprovements(env, nil) },
		KindImproveFrom:  func(arg any) kit.Screen { return newImprovements(env, improveFrom(arg)) },
		KindImprovement:  func(arg any) kit.Screen { return newImprovement(env, arg) },
		KindAnswers: func(arg any) kit.Screen {
			topic, _ := arg.(string)
			return newAnswers(env, topic)
		},
		KindLessons: func(arg any) kit.Screen {
			if start, ok := arg.(NewLesson); ok {
				return newLessons(env, &start)
			}
			return newLessons(env, nil)
		},
		KindFairness: func(any) kit.Screen { return newFairness(env) },
		KindWho:      func(any) kit.Screen { return newOnFloor(env) },
		KindViews: func(arg any) kit.Screen {
			query, _ := arg.(string)
			return newViews(env, query)
		},
		KindQueryHelp: func(any) kit.Screen { return newQueryHelp(env) },

		KindException: func(arg any) kit.Screen {
			ask, _ := arg.(ExceptionAsk)
			return newException(env, ask)
		},
		KindTerms: func(arg any) kit.Screen {
			ask, _ := arg.(TermsAsk)
			return newTerms(env, ask)
		},
		KindStandards:  func(any) kit.Screen { return newStandards(env) },
		KindFarewell:   func(any) kit.Screen { return newFarewells(env) },
		KindFarewellOf: func(arg any) kit.Screen { return newFarewellPage(env, arg) },
		KindReferrals:  func(any) kit.Screen { return newReferrals(env) },
		KindUndo: func(arg any) kit.Screen {
			ask, _ := arg.(UndoAsk)
			return newUndo(env, ask)
		},
		KindTwins: func(arg any) kit.Screen { return newTwins(env, arg) },
		KindMerge: func(arg any) kit.Screen {
			ask, _ := arg.(MergeAsk)
			return newMerge(env, ask)
		},
		KindToday: func(any) kit.Screen { return newToday(env) },
		KindPromise: func(arg any) kit.Screen {
			ask, _ := arg.(PromiseAsk)
			return newPromise(env, ask)
		},
	}
}
