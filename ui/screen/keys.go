package screen

import (
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
	"pasvorm/ui/sshkey"
)

// keys shows the ways in of a person: keys to sign in with and accounts of this
// machine. An admin changes them; others see their own.
type keys struct {
	listing
	person model.ID
	who    atomic.Pointer[model.Person] // as read last; a reading runs beside Update
	adding *overlay                     // where a key is pasted
}

// way is a row: a key or an account.
type way struct {
	key *model.AccessKey // nil for an account
	uid int
}

func newKeys(env *Env, person model.ID) kit.Screen {
	if person == model.NoID {
		person = env.Me.Actor.Person
	}
	s := &keys{person: person}
	s.listing = newListing(env, listSpec{title: env.T("access.page"), load: s.load, own: s.own})
	return s
}

// Title is the screen's name.
func (s *keys) Title() string { return s.env.T("access.page") }

// Update takes a message. A private key that is pasted goes nowhere, not even
// into the field.
func (s *keys) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	if m, ok := msg.(tea.PasteMsg); ok && s.adding != nil && s.over == s.adding && sshkey.Private(m.Content) {
		_, err := sshkey.One(m.Content)
		s.over.form.SetError("key", s.env.Say.Error(err))
		return s, nil
	}
	cmd := s.update(msg)
	if p := s.who.Load(); p != nil {
		s.spec.title = s.env.T("access.title", "Person", inWords(p.Name))
	}
	return s, cmd
}

func (s *keys) load() listLoad {
	e, person := s.env, s.person
	return func() (listContent, error) {
		people, err := e.Desk.People()
		if err != nil {
			return listContent{}, err
		}
		all, err := e.Desk.AccessKeys(person)
		if err != nil {
			return listContent{}, err
		}
		names := map[model.ID]string{}
		var who *model.Person
		for _, p := range people {
			names[p.ID] = p.Name
			if p.ID == person {
				who = p
			}
		}
		if who == nil {
			return listContent{}, model.NotFound("error.person.unknown").WithHint("hint.people")
		}
		s.who.Store(who)
		return e.waysIn(who, all, names), nil
	}
}

// waysIn lays out the page.
func (e *Env) waysIn(who *model.Person, all []*model.AccessKey, names map[model.ID]string) listContent {
	var standing, revoked, accounts []listRow
	for _, k := range all {
		row := listRow{key: k.ID.String(), value: way{key: k},
			draw:   func(w int) string { return e.keyRow(k, w) },
			detail: func(w int) []string { return e.keyPage(k, names, w) }}
		if k.Revoked == 0 {
			standing = append(standing, row)
		} else {
			revoked = append(revoked, row)
		}
	}
	for _, uid := range who.UIDs {
		n := strconv.Itoa(uid)
		accounts = append(accounts, listRow{key: "uid " + n, value: way{uid: uid},
			draw: func(w int) string { return kit.Cut(e.T("access.account", "Account", n), w) },
			detail: func(w int) []string {
				p := e.writer(w)
				p.para(kit.InkAccent, 0, e.T("access.account", "Account", n))
				p.para(kit.InkText, 0, e.T("access.account.what", "Account", n, "Person", inWords(who.Name)))
				return p.rows
			}})
	}
	c := listContent{right: e.Text.N("access.count", len(standing)),
		sections: []listSection{
			{heading: e.T("access.keys"), none: e.T("access.none"), rows: standing},
			{heading: e.T("access.accounts"), none: e.T("access.accounts.none"), rows: accounts},
			{heading: e.T("access.revoked"), count: e.Text.Int(len(revoked)), rows: revoked},
		}}
	if len(all) > 0 {
		c.columns = func(w int) string {
			return kit.Columns([]string{e.T("access.col.comment"), e.T("access.col.type"), e.T("access.col.fingerprint"), e.T("access.col.added")}, keyWidths(w))
		}
	}
	if len(standing) == 0 && !who.Gone {
		c.head = func(w int) []string { return e.keyHelp(who, w) }
	}
	return c
}

// keyHelp says how a key is made and which line of it is given here.
func (e *Env) keyHelp(who *model.Person, w int) []string {
	th := e.Theme
	how := e.T("access.make", "Person", inWords(who.Name))
	if who.ID == e.Me.Actor.Person {
		how = e.T("access.make.own")
	}
	rows := []string{""}
	say := func(ink kit.Token, by int, s string) {
		for _, r := range kit.Wrap(s, max(min(w-2-by, 76), 1)) {
			rows = append(rows, strings.Repeat(" ", 1+by)+th.Paint(ink, r))
		}
	}
	say(kit.InkText, 0, how)
	say(kit.InkAccent, 2, "ssh-keygen -t ed25519")
	say(kit.InkText, 0, e.T("access.make.show"))
	say(kit.InkAccent, 2, "cat ~/.ssh/id_ed25519.pub")
	if model.MayDo(e.Me.Role, model.ActAddKey) == nil {
		say(kit.InkMuted, 0, e.T("access.make.next"))
	} else {
		say(kit.InkMuted, 0, e.T("access.make.send"))
	}
	return append(rows, "")
}

func keyWidths(w int) []int {
	typ, fingerprint, added := 14, 20, 12
	switch {
	case w < 40:
		typ, fingerprint, added = 0, 0, 0
	case w < 56:
		fingerprint, added = 0, 0
	case w < 70:
		fingerprint = 0
	}
	comment := w
	for _, n := range []int{typ, fingerprint, added} {
		if n > 0 {
			comment -= n + 2
		}
	}
	return []int{max(comment, 8), typ, fingerprint, added}
}

// keyComment is what a key is called in a row.
func (e *Env) keyComment(k *model.AccessKey) string {
	if k.Comment == "" {
		return e.T("access.comment.none")
	}
	return flat(k.Comment)
}

func (e *Env) keyType(k *model.AccessKey) string {
	if k.Type == model.KeyEd25519SK {
		return e.T("access.type.sk")
	}
	return e.T("access.type.file")
}

func (e *Env) keyRow(k *model.AccessKey, w int) string {
	cols := keyWidths(w)
	row := kit.Columns([]string{kit.Cell(e.keyComment(k), cols[0]), e.keyType(k), kit.Cut(k.Fingerprint(), max(cols[2], 1)), e.Text.ShortDate(e.at(k.Added), e.now())}, cols)
	if k.Revoked != 0 {
		return e.Theme.Paint(kit.InkMuted, row)
	}
	return row
}

func (e *Env) keyPage(k *model.AccessKey, names map[model.ID]string, w int) []string {
	p := e.writer(w)
	p.para(kit.InkAccent, 0, e.keyComment(k))
	p.para(kit.InkText, 0, k.Type)
	p.para(kit.InkText, 0, k.Fingerprint())
	p.para(kit.InkMuted, 0, e.T("access.added", "Date", e.date(k.Added), "Person", inWords(names[k.By])))
	if k.Revoked != 0 {
		p.para(kit.InkWarn, 0, "▲ "+e.T("access.revoked.on", "Date", e.date(k.Revoked), "Person", inWords(names[k.RevokedBy])))
	}
	return p.rows
}

func (s *keys) own() []kit.Command {
	e := s.env
	why := func(name model.ActionName, more func() string) func() string {
		return func() string {
			p := s.who.Load()
			switch err := model.MayDo(e.Me.Role, name); {
			case err != nil:
				return e.Say.Error(err)
			case p == nil:
				return e.T("access.loading.why")
			case p.Gone:
				return e.T("people.gone.why")
			}
			return more()
		}
	}
	none := func() string { return "" }
	row := func() string {
		w, ok := listValue[way](&s.listing)
		switch {
		case !ok:
			return e.T("access.row.why")
		case w.key != nil && w.key.Revoked != 0:
			return e.T("access.revoked.why")
		}
		return ""
	}
	return []kit.Command{
		{ID: "access.add", Keys: []string{"a"}, Group: "change", Footer: 95, WhyNot: why(model.ActAddKey, none), Run: s.add},
		{ID: "access.revoke", Keys: []string{"d"}, Group: "change", Footer: 90, Danger: true, WhyNot: why(model.ActRevokeKey, row), Run: s.revoke},
		{ID: "access.account", Keys: []string{"n"}, Group: "change", Footer: 85, WhyNot: why(model.ActAddAccount, none), Run: s.account},
	}
}

// add asks for a key. What is typed is kept as no draft: it may be what nobody
// should see.
func (s *keys) add() tea.Cmd {
	e, p := s.env, s.who.Load()
	f := kit.NewForm(e.Text, e.Theme, e.now(), []kit.Field{
		{ID: "key", Label: e.T("access.add.key"), Hint: e.T("access.add.hint"), Required: true, Limit: 8000}})
	o := &overlay{form: f, head: []string{e.T("access.add.head", "Person", inWords(p.Name))}, about: fieldOf("key",
		"error.key.have", "error.key.taken", "error.key.was-revoked", "error.key.many", "error.key.shape", "error.key.type")}
	o.accept = func() tea.Cmd {
		text := f.Values()["key"]
		k, err := sshkey.One(text)
		if err != nil {
			if sshkey.Private(text) {
				f.SetValues(map[string]string{"key": ""})
			}
			f.SetError("key", e.Say.Error(err))
			return nil
		}
		return o.do(model.AddAccessKey{Person: p.ID, Type: k.Type, Public: k.Public, Comment: k.Comment})
	}
	s.adding = o
	return s.show(o)
}

// fieldOf says that errors speak of one field.
func fieldOf(field string, ids ...string) map[string]string {
	out := make(map[string]string, len(ids))
	for _, id := range ids {
		out[id] = field
	}
	return out
}

func (s *keys) account() tea.Cmd {
	e, p := s.env, s.who.Load()
	number := func(v string) (int, bool) {
		n, err := strconv.Atoi(strings.TrimSpace(v))
		return n, err == nil && n >= 0
	}
	f := kit.NewForm(e.Text, e.Theme, e.now(), []kit.Field{
		{ID: "uid", Label: e.T("access.account.number"), Hint: e.T("access.account.hint"), Required: true, Limit: 20, Check: func(v string) string {
			if _, ok := number(v); !ok {
				return e.T("access.account.wrong")
			}
			return ""
		}}})
	o := &overlay{form: f, head: []string{e.T("access.account.head", "Person", inWords(p.Name))}, about: fieldOf("uid", "error.uid", "error.account.taken")}
	o.accept = func() tea.Cmd {
		n, _ := number(f.Values()["uid"])
		return o.do(model.AddAccount{Person: p.ID, UID: n})
	}
	return s.show(o)
}

// revoke ends the key or the account under the cursor, once the name of its
// person is typed.
func (s *keys) revoke() tea.Cmd {
	e, p := s.env, s.who.Load()
	w, ok := listValue[way](&s.listing)
	if !ok {
		return nil
	}
	var do model.Action = model.DropAccount{Person: p.ID, UID: w.uid}
	title, body := e.T("access.drop.title"), e.T("access.drop.body", "Account", strconv.Itoa(w.uid))
	if k := w.key; k != nil {
		do = model.RevokeAccessKey{Person: p.ID, Key: k.ID}
		about := slices.DeleteFunc([]string{inWords(k.Comment), k.Fingerprint()}, func(s string) bool { return s == "" })
		title, body = e.T("access.revoke.title"), e.T("access.revoke.body", "Key", strings.Join(about, ", "))
	}
	o := &overlay{confirm: kit.NewConfirmName(e.Text, e.Theme, title, body, p.Name), saveID: "ask.go"}
	o.accept = func() tea.Cmd { return o.do(do) }
	return s.show(o)
}
