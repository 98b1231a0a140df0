package model

// Names of the actions.
const (
	ActFound          ActionName = "found"
	ActAddCustomer    ActionName = "customer.add"
	ActEditCustomer   ActionName = "customer.edit"
	ActRemoveCustomer ActionName = "customer.remove"
	ActTag            ActionName = "tag"
	ActConfirm        ActionName = "sighting.confirm"
	ActContest        ActionName = "sighting.contest"
	ActWithdraw       ActionName = "sighting.withdraw"
	ActRuleContest    ActionName = "sighting.rule"
	ActFitStart       ActionName = "fit.start"
	ActFitAnswer      ActionName = "fit.answer"
	ActFitFinish      ActionName = "fit.finish"
	ActFitDrop        ActionName = "fit.drop"
	ActApprove        ActionName = "review.approve"
	ActReturn         ActionName = "review.return"
	ActOtherwise      ActionName = "review.otherwise"
	ActFlag           ActionName = "flag"
	ActClearFlag      ActionName = "flag.clear"
	ActAddPerson      ActionName = "person.add"
	ActSetRole        ActionName = "person.role"
	ActRemovePerson   ActionName = "person.remove"
	ActPlaybook       ActionName = "playbook.load"
	ActDraft          ActionName = "draft"
	ActUndo           ActionName = "undo"
	ActImportStart    ActionName = "import.start"
	ActImportRows     ActionName = "import.rows"
	ActImportDone     ActionName = "import.done"
	ActDismissDouble  ActionName = "double.dismiss"
	ActExport         ActionName = "export"

	ActLogContact        ActionName = "contact.log"
	ActEditContact       ActionName = "contact.edit"
	ActWithdrawContact   ActionName = "contact.withdraw"
	ActSetBanner         ActionName = "banner.set"
	ActAddLesson         ActionName = "lesson.add"
	ActRemoveLesson      ActionName = "lesson.remove"
	ActSaveAnswer        ActionName = "answer.save"
	ActRetireAnswer      ActionName = "answer.retire"
	ActMakePromise       ActionName = "promise.make"
	ActClosePromise      ActionName = "promise.close"
	ActMovePromise       ActionName = "promise.move"
	ActLogException      ActionName = "exception.log"
	ActSettleException   ActionName = "exception.settle"
	ActWithdrawException ActionName = "exception.withdraw"
	ActSaveStandard      ActionName = "standard.save"
	ActRetireStandard    ActionName = "standard.retire"
	ActStateTerms        ActionName = "terms.state"
	ActAnswerTerms       ActionName = "terms.answer"
	ActWithdrawTerms     ActionName = "terms.withdraw"
	ActAddSurvey         ActionName = "survey.add"
	ActWithdrawSurvey    ActionName = "survey.withdraw"
	ActSurveyRows        ActionName = "survey.rows"
	ActSetFinance        ActionName = "finance.set"
	ActFinanceRows       ActionName = "finance.rows"
	ActAddImprovement    ActionName = "improvement.add"
	ActEditImprovement   ActionName = "improvement.edit"
	ActEndImprovement    ActionName = "improvement.end"
	ActLinkHurt          ActionName = "hurt.link"
	ActUnlinkHurt        ActionName = "hurt.unlink"
	ActTellHurt          ActionName = "hurt.tell"
	ActSaveReferral      ActionName = "referral.save"
	ActRetireReferral    ActionName = "referral.retire"
	ActBeginFarewell     ActionName = "farewell.begin"
	ActFarewellStep      ActionName = "farewell.step"
	ActHearObjection     ActionName = "farewell.hear"
	ActEndFarewell       ActionName = "farewell.end"

	ActSaveView ActionName = "view.save"
	ActDropView ActionName = "view.drop"
	ActMerge    ActionName = "merge"

	ActAddKey      ActionName = "key.add"
	ActRevokeKey   ActionName = "key.revoke"
	ActAddAccount  ActionName = "account.add"
	ActDropAccount ActionName = "account.drop"
	ActClaim       ActionName = "review.claim"
	ActRelease     ActionName = "review.release"

	// These change nothing in the book, so they have no action: the floor asks
	// for the right alone.
	ActEndSession ActionName = "session.end"
	ActTellAll    ActionName = "session.tell"
)

// rights is the one table of who may do what: the weakest role that may. An
// action that is not listed is allowed to nobody.
var rights = map[ActionName]Role{
	ActFound:          RoleNone, // only on an empty book, see Found
	ActAddCustomer:    RoleAgent,
	ActEditCustomer:   RoleAgent,
	ActRemoveCustomer: RoleLead,
	ActTag:            RoleAgent,
	ActConfirm:        RoleAgent,
	ActContest:        RoleAgent,
	ActWithdraw:       RoleAgent, // another's: lead, see Withdraw
	ActRuleContest:    RoleLead,
	ActFitStart:       RoleAgent,
	ActFitAnswer:      RoleAgent,
	ActFitFinish:      RoleAgent,
	ActFitDrop:        RoleAgent,
	ActApprove:        RoleLead,
	ActReturn:         RoleLead,
	ActOtherwise:      RoleLead,
	ActFlag:           RoleAgent,
	ActClearFlag:      RoleLead,
	ActAddPerson:      RoleAdmin,
	ActSetRole:        RoleAdmin,
	ActRemovePerson:   RoleAdmin,
	ActPlaybook:       RoleAdmin,
	ActDraft:          RoleAgent,
	ActUndo:           RoleAgent, // another's change: lead, and the right to what it takes back
	ActImportStart:    RoleAgent,
	ActImportRows:     RoleAgent,
	ActImportDone:     RoleAgent,
	ActDismissDouble:  RoleAgent,
	ActExport:         RoleAgent,

	ActLogContact:        RoleAgent,
	ActEditContact:       RoleAgent,
	ActWithdrawContact:   RoleAgent, // another's: lead
	ActSetBanner:         RoleAgent,
	ActAddLesson:         RoleAgent,
	ActRemoveLesson:      RoleAgent, // another's: lead
	ActSaveAnswer:        RoleAgent,
	ActRetireAnswer:      RoleLead,
	ActMakePromise:       RoleAgent,
	ActClosePromise:      RoleAgent,
	ActMovePromise:       RoleAgent,
	ActLogException:      RoleAgent,
	ActSettleException:   RoleAgent,
	ActWithdrawException: RoleAgent, // another's: lead
	ActSaveStandard:      RoleLead,
	ActRetireStandard:    RoleLead,
	ActStateTerms:        RoleAgent,
	ActAnswerTerms:       RoleAgent,
	ActWithdrawTerms:     RoleAgent, // another's: lead
	ActAddSurvey:         RoleAgent,
	ActWithdrawSurvey:    RoleAgent, // another's: lead
	ActSurveyRows:        RoleAgent,
	ActSetFinance:        RoleAgent,
	ActFinanceRows:       RoleAgent,
	ActAddImprovement:    RoleAgent,
	ActEditImprovement:   RoleAgent,
	ActEndImprovement:    RoleAgent,
	ActLinkHurt:          RoleAgent,
	ActUnlinkHurt:        RoleAgent,
	ActTellHurt:          RoleAgent,
	ActSaveReferral:      RoleAgent,
	ActRetireReferral:    RoleLead,
	ActBeginFarewell:     RoleLead,
	ActFarewellStep:      RoleAgent,
	ActHearObjection:     RoleAgent, // somebody uninvolved
	ActEndFarewell:       RoleLead,

	ActSaveView: RoleAgent, // a team's view of another: lead
	ActDropView: RoleAgent, // another's: lead
	ActMerge:    RoleAgent,

	ActAddKey:      RoleAdmin,
	ActRevokeKey:   RoleAdmin,
	ActAddAccount:  RoleAdmin,
	ActDropAccount: RoleAdmin,
	ActClaim:       RoleLead,
	ActRelease:     RoleLead,
	ActEndSession:  RoleAdmin,
	ActTellAll:     RoleLead,
}

// RoleFor gives the weakest role that may do an action; false when nobody may.
func RoleFor(name ActionName) (Role, bool) {
	r, ok := rights[name]
	return r, ok
}

// MayDo checks a role against the table.
func MayDo(role Role, name ActionName) error {
	need, ok := RoleFor(name)
	if !ok || role < need {
		return NotAllowed("error.not-allowed.role", "Role", role.String(), "Need", need.String()).
			WithHint("hint.ask-lead")
	}
	return nil
}
