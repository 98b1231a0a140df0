package model

// SavedView is a query under a name, for oneself or for the team.
type SavedView struct {
	ID    ID     `cbor:"1,keyasint"`
	Name  string `cbor:"2,keyasint"`
	Query string `cbor:"3,keyasint"`           // as [Query.String] gives it
	Owner ID     `cbor:"4,keyasint"`           // who made it
	Team  bool   `cbor:"5,keyasint,omitempty"` // all see it; else its owner alone
	At    Stamp  `cbor:"6,keyasint"`
}

// Key orders views by the time they were made.
func (v *SavedView) Key() Key { return ViewKey(v.ID) }

// ViewKey names a saved view.
func ViewKey(id ID) Key { return key1(TableView, id) }

// ViewLine is a view in the list of them.
type ViewLine struct {
	View  *SavedView
	Owner string // name of the owner
	Mine  bool
}
