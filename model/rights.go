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
