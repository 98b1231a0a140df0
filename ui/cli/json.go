package cli

import "pasvorm/model"

// The shapes of --json. Each verb prints one object, lists print one object a
// line. Names are stable; new ones may be added.

type errorJSON struct {
	Error      string            `json:"error"`
	Kind       model.ErrorKind   `json:"kind"`
	Code       int               `json:"code"`
	Candidates []model.Candidate `json:"candidates,omitempty"`
	Fields     []clashJSON       `json:"fields,omitempty"`
}

type clashJSON struct {
	Field string `json:"field"`
	Was   string `json:"was"`
	Yours string `json:"yours"`
	Stand string `json:"stand"`
}

func conflictJSON(f model.FieldConflict) clashJSON { return clashJSON(f) }

type receiptJSON struct {
	Rev     model.Rev `json:"rev"`
	Group   model.ID  `json:"group"`
	Made    model.ID  `json:"made"`
	Count   int       `json:"count"`
	Message string    `json:"message"`
	Notes   []string  `json:"notes"`
}

type rowJSON struct {
	ID       model.ID            `json:"id"`
	Number   string              `json:"number"`
	Name     string              `json:"name"`
	Town     string              `json:"town"`
	Kind     model.CustomerKind  `json:"kind"`
	Relation model.Relation      `json:"relation"`
	Owner    string              `json:"owner"`
	Traits   map[model.Trait]int `json:"traits"` // live sightings; all four keys
	Step     int                 `json:"step"`
	Fit      model.FitState      `json:"fit"`
	Verdict  model.Verdict       `json:"verdict"`
	Rule     model.FitRule       `json:"rule"`
	Flagged  bool                `json:"flagged"`
}

func rowOf(r model.Row) rowJSON {
	traits := make(map[model.Trait]int, 4)
	for i, t := range model.Traits() {
		traits[t] = r.Standing.Traits[i]
	}
	return rowJSON{ID: r.ID, Number: r.Number, Name: r.Name, Town: r.Town, Kind: r.Kind, Relation: r.Relation,
		Owner: r.Owner, Traits: traits, Step: r.Standing.Step, Fit: r.Standing.Fit, Verdict: r.Standing.Verdict,
		Rule: r.Standing.Rule, Flagged: r.Standing.Flagged}
}

// foundJSON is a customer in what find prints.
type foundJSON struct {
	rowJSON
	Same    int         `json:"same"`    // customers of this very name, where they are one row; else 0
	Matches []matchJSON `json:"matches"` // why it was found
}

type matchJSON struct {
	Field model.MatchField `json:"field"`
	Kind  model.MatchKind  `json:"kind"`
	Typed string           `json:"typed"`
	Text  string           `json:"text,omitempty"` // where it is no field of the row
	From  int              `json:"from"`           // bytes of the text, or of the field
	To    int              `json:"to"`
}

func foundOf(r model.Row) foundJSON {
	out := foundJSON{rowJSON: rowOf(r), Same: r.Same, Matches: make([]matchJSON, 0, len(r.Matches))}
	for _, m := range r.Matches {
		out.Matches = append(out.Matches, matchJSON{Field: m.Field, Kind: m.Kind, Typed: m.Typed, Text: m.Text, From: m.From, To: m.To})
	}
	return out
}

// customerJSON is the present state of a customer.
type customerJSON struct {
	rowJSON
	Large       bool              `json:"large"`
	Formerly    []string          `json:"formerly,omitempty"` // numbers of customers merged into this one
	Fields      map[string]string `json:"fields"`             // by field id, as forms write them
	Sightings   []sightingJSON    `json:"sightings"`
	Flags       []flagJSON        `json:"flags"`       // not cleared
	Assessments []assessmentJSON  `json:"assessments"` // running and the newest settled
	dealingsJSON
}

type rulingJSON struct {
	By     string      `json:"by"`
	Real   string      `json:"real,omitempty"`
	At     model.Stamp `json:"at"`
	Reason string      `json:"reason,omitempty"`
}

type sightingJSON struct {
	ID        model.ID    `json:"id"`
	Trait     model.Trait `json:"trait"`
	Number    int         `json:"number"` // among those of the trait, for --sighting
	Signal    string      `json:"signal"`
	Words     string      `json:"words"`
	Step      int         `json:"step"`
	Cause     string      `json:"cause"`
	On        model.Stamp `json:"on"`
	By        string      `json:"by"`
	Lapses    model.Stamp `json:"lapses"`
	Live      bool        `json:"live"`
	Serious   bool        `json:"serious"`
	AimedAt   string      `json:"aimed_at,omitempty"`
	Witnesses []string    `json:"witnesses,omitempty"`
	Contested *rulingJSON `json:"contested,omitempty"`
	Confirmed *rulingJSON `json:"confirmed,omitempty"`
}

type flagJSON struct {
	ID     model.ID         `json:"id"`
	Reason model.FlagReason `json:"reason"`
	Words  string           `json:"words"`
	By     string           `json:"by"`
	At     model.Stamp      `json:"at"`
	Step   int              `json:"step,omitempty"`
}

type assessmentJSON struct {
	ID       model.ID         `json:"id"`
	State    model.FitState   `json:"state"`
	Answers  model.FitAnswers `json:"answers"`
	Open     []model.FitKey   `json:"open"`
	Kind     model.FitKind    `json:"kind"`
	Large    bool             `json:"large"`
	Verdict  model.Verdict    `json:"verdict"`
	Rule     model.FitRule    `json:"rule"`
	Flags    []model.FitFlag  `json:"flags"`
	Stance   model.Stance     `json:"stance,omitempty"` // noted, never judged
	Next     nextJSON         `json:"next"`
	Proposed *rulingJSON      `json:"proposed,omitempty"`
	Returned *rulingJSON      `json:"returned,omitempty"`
	Settled  *rulingJSON      `json:"settled,omitempty"`
	How      model.Settling   `json:"how,omitempty"`
	Due      model.Day        `json:"due,omitempty"`
}

type nextJSON struct {
	What     string    `json:"what,omitempty"`
	Who      string    `json:"who,omitempty"`
	By       model.Day `json:"by,omitempty"`
	Cause    string    `json:"cause,omitempty"`
	Referral string    `json:"referral,omitempty"`
	Searched bool      `json:"searched,omitempty"`
	Text     string    `json:"text,omitempty"`
	Contact  string    `json:"contact,omitempty"`
	Contract string    `json:"contract,omitempty"`
	Impact   string    `json:"impact,omitempty"`
}

type caseJSON struct {
	Number   int            `json:"number"`
	Kind     model.CaseKind `json:"kind"`
	ID       model.ID       `json:"id"`
	Customer model.ID       `json:"customer"`
	Name     string         `json:"name"`
	By       string         `json:"by"`
	Since    model.Stamp    `json:"since"`
	Step     int            `json:"step"`
	Why      string         `json:"why"`
	Verdict  model.Verdict  `json:"verdict,omitempty"`
	Rule     model.FitRule  `json:"rule,omitempty"`
	Mine     bool           `json:"mine"`
	Blocked  string         `json:"blocked,omitempty"`
	Reviewer string         `json:"reviewer,omitempty"`
	Until    model.Stamp    `json:"until,omitempty"`
}

type lineJSON struct {
	model.Line
	Words string `json:"words"`
}

type personJSON struct {
	ID       model.ID `json:"id"`
	Name     string   `json:"name"`
	Role     string   `json:"role"`
	Accounts []int    `json:"accounts"`
	Keys     *int     `json:"keys"` // that stand; nil where they are not for who asks
	Gone     bool     `json:"gone"`
}

func ruling(r *model.Ruling, people map[model.ID]string) *rulingJSON {
	if r == nil {
		return nil
	}
	out := &rulingJSON{By: people[r.By], At: r.At, Reason: r.Reason}
	if r.Real != r.By {
		out.Real = people[r.Real]
	}
	return out
}

func assessmentOf(n *model.Assessment, people map[model.ID]string) assessmentJSON {
	out := assessmentJSON{ID: n.ID, State: n.State, Answers: n.Answers, Open: n.Answers.Open(), Kind: n.Kind, Large: n.Large,
		Verdict: n.Verdict, Rule: n.Rule, Stance: n.Stance, Flags: n.Flags, How: n.How, Due: n.Due,
		Proposed: ruling(n.Proposed, people), Returned: ruling(n.Returned, people), Settled: ruling(n.Settled, people),
		Next: nextJSON{What: n.Next.What, Who: people[n.Next.Who], By: n.Next.By, Cause: n.Next.Cause,
			Referral: n.Next.Referral, Searched: n.Next.Searched, Text: n.Next.Text, Contact: people[n.Next.Contact],
			Contract: n.Next.Contract, Impact: n.Next.Impact}}
	if out.Answers == nil {
		out.Answers = model.FitAnswers{}
	}
	if out.Flags == nil {
		out.Flags = []model.FitFlag{}
	}
	return out
}
