package model

import (
	"strings"
	"unicode/utf8"
)

// Bounds of saved views: a list of them is read at a glance.
const (
	MaxViews    = 500 // of all people of the desk
	MaxViewName = 60  // signs
)

// SaveView keeps a query under a name, or changes a view that is there. The name
// is the only one of its audience: the team, or the person alone.
type SaveView struct {
	ID    ID // of the view that is changed; [NoID] for a new one
	View  string
	Query string // in the words of the code, see [ParseQuery]
	Team  bool
	// Was holds the fields as the person saw them, see [ViewValues]: one that
	// somebody else changed meanwhile is a conflict. Nil writes over all.
	Was map[string]string
}

// Name is [ActSaveView].
func (SaveView) Name() ActionName { return ActSaveView }

// Decide keeps the view.
func (a SaveView) Decide(env *Env, r Reader) (*Change, error) {
	all, err := FindAll[*SavedView](r, TableKey(TableView, NoID))
	if err != nil {
		return nil, err
	}
	after := &SavedView{ID: a.ID, Name: strings.Join(strings.Fields(a.View), " "), Team: a.Team, Owner: env.Actor.Person, At: env.Stamp()}
	var before *SavedView
	if a.ID == NoID {
		if len(all) >= MaxViews {
			return nil, Invalid("error.view.many", "Max", MaxViews).WithHint("hint.view.drop")
		}
		after.ID = env.NewID()
	} else {
		if before, err = mustView(env, r, a.ID); err != nil {
			return nil, err
		}
		if err := mayChangeView(env, before); err != nil {
			return nil, err
		}
		if before.Owner != after.Owner && !a.Team { // it would go out of the sight of who made it
			return nil, NotAllowed("error.view.others-own").WithHint("hint.view.own")
		}
		after.Owner, after.At = before.Owner, before.At
	}
	if after.Query, err = checkView(after.Name, a.Query); err != nil {
		return nil, err
	}
	if before != nil {
		v, err := settled(before.Name, viewFields, a.Was, ViewValues(after), ViewValues(before))
		if err != nil {
			return nil, err
		}
		after.Name, after.Query, after.Team = v["view"], v["query"], v["team"] != ""
	}
	if viewTaken(all, after) {
		return nil, Invalid("error.view.taken", "Field", "view", "Title", after.Name).WithHint("hint.view.name")
	}
	ch := &Change{Made: after.ID, Message: sayView(after, "journal.view.save", "journal.view.own.save")}
	switch {
	case before == nil:
		ch.Add(after)
	case *before == *after:
		return nil, Invalid("error.edit.nothing")
	default:
		told := after
		if !before.Team { // only who made it knew of it
			told = before
		}
		ch.Message = sayView(told, "journal.view.edit", "journal.view.own.edit")
		ch.Replace(before, after)
	}
	return ch, nil
}

// checkView checks a view and gives its query in the words of the code.
func checkView(name, query string) (string, error) {
	switch {
	case name == "":
		return "", Invalid("error.view.name", "Field", "view").WithHint("hint.view.name")
	case utf8.RuneCountInString(name) > MaxViewName:
		return "", Invalid("error.view.name-long", "Field", "view", "Max", MaxViewName).WithHint("hint.view.name")
	}
	if err := checkWords("view", name); err != nil {
		return "", err
	}
	q, err := ParseQuery(query, nil)
	if err != nil {
		return "", err
	}
	s := q.String()
	if s == "" {
		return "", Invalid("error.view.query", "Field", "query").WithHint("hint.view.query")
	}
	_, err = ParseQuery(s, nil) // whole words may have made it too long
	return s, err
}

// viewTaken finds another view of that name for the same audience, whatever its
// capitals and blanks.
func viewTaken(all []*SavedView, v *SavedView) bool {
	for _, o := range all {
		if o.ID != v.ID && o.Team == v.Team && (v.Team || o.Owner == v.Owner) && FoldWords(o.Name) == FoldWords(v.Name) {
			return true
		}
	}
	return false
}

// sayView says what became of a view. The journal is open to all, so the name of
// somebody's own view is not told.
func sayView(v *SavedView, team, own string) Message {
	if v.Team {
		return Say(team, "Title", v.Name)
	}
	return Say(own)
}

// DropView takes a saved view away.
type DropView struct {
	View ID
}

// Name is [ActDropView].
func (DropView) Name() ActionName { return ActDropView }

// Decide drops it; the journal keeps it for undo.
func (a DropView) Decide(env *Env, r Reader) (*Change, error) {
	v, err := mustView(env, r, a.View)
	if err != nil {
		return nil, err
	}
	if err := mayChangeView(env, v); err != nil {
		return nil, err
	}
	ch := &Change{Made: v.ID, Message: sayView(v, "journal.view.drop", "journal.view.own.drop")}
	ch.Remove(v)
	return ch, nil
}

// SeenBy reports whether a person sees a view: it is the team's, or their own.
func (v *SavedView) SeenBy(person ID) bool { return v.Team || v.Owner == person }

// mustView gives a view that the actor sees. One that is somebody else's own is
// as good as none.
func mustView(env *Env, r Reader, id ID) (*SavedView, error) {
	v, err := Find[*SavedView](r, ViewKey(id))
	if err == nil && (v == nil || !v.SeenBy(env.Actor.Person)) {
		return nil, NotFound("error.view.gone").WithHint("hint.refresh")
	}
	return v, err
}

// mayChangeView lets one change one's own views, and a lead those of the team.
func mayChangeView(env *Env, v *SavedView) error {
	if v.Owner != env.Actor.Person && env.Role < RoleLead {
		return NotAllowed("error.not-allowed.others-view").WithHint("hint.ask-lead")
	}
	return nil
}
