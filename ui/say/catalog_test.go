package say

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"pasvorm/model"
	"pasvorm/store/playbook"
	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

// family is what ids of messages look like in the sources. An id that ends in a
// dot is completed while the program runs.
var family = regexp.MustCompile(`^(error|hint|journal|note|doctor\.fault|import\.(bad|value|option|map)|playbook\.problem)\.[a-z0-9.-]*[a-z0-9]$`)

// makers are the calls that take an id and then names and values in turn.
var makers = map[string]bool{"Invalid": true, "NotFound": true, "NotAllowed": true, "NewError": true, "Say": true}

// indirect are the arguments of ids that do not stand in such a call: they are
// passed on, chosen, or filled in later.
var indirect = map[string][]string{
	"journal.promise.ours":        {"Customer", "Words", "Date"},
	"journal.promise.theirs":      {"Customer", "Words", "Date"},
	"journal.promise.kept":        {"Customer", "Words"},
	"journal.promise.broken":      {"Customer", "Words"},
	"journal.promise.dropped":     {"Customer", "Words"},
	"error.number.taken":          {"Value"},
	"error.standard.taken":        {"Value"},
	"journal.exception.more":      {"Customer", "Standard"},
	"journal.standard.edit":       {"Standard"},
	"journal.standard.back":       {"Standard"},
	"error.referral.taken":        {"Value"},
	"journal.farewell.objection":  {"Customer"},
	"journal.farewell.heard":      {"Customer"},
	"journal.farewell.upheld":     {"Customer"},
	"error.person.taken":          {"Value"},
	"error.uid.taken":             {"Value"},
	"error.undo.changed-by":       {"Rev", "Person", "Since", "At"},
	"journal.export.some":         {"Format"},
	"journal.view.save":           {"Title"},
	"journal.view.edit":           {"Title"},
	"journal.view.drop":           {"Title"},
	"journal.undo":                {"Rev", "What"},
	"journal.redo":                {"Rev", "What"},
	"journal.rule.gone":           {"Customer", "Trait"},
	"journal.rule.stands":         {"Customer", "Trait"},
	"journal.fit.propose":         {"Customer", "Verdict", "Rule"},
	"journal.fit.settle":          {"Customer", "Verdict", "Rule"},
	"error.undo.already":          {"Rev"},
	"journal.bulk":                {"Count", "What"},
	"journal.improvement.done":    {"Title"},
	"journal.improvement.dropped": {"Title"},
	"error.book.create":           {"Dir"},
	"error.book.locked":           {"User", "Since", "PID"},
	"error.book.permission":       {"Path"},
	"error.book.open":             {"Path"},
	"error.book.symlink":          {"Path"},
	"error.book.not-file":         {"Path"},
	"error.book.links":            {"Path"},
	"error.book.owner":            {"Path"},
	"error.book.mode":             {"Path"},
	"error.book.replaced":         {"Path"},
	"error.book.directory":        {"Path"},
	"error.book.directory-owner":  {"Path"},
	"error.book.directory-open":   {"Path"},
	"import.option.encoding":      {"Value", "Allowed"},
	"import.option.delimiter":     {"Value"},
	"import.map.form":             {"Word"},
	"import.map.field":            {"Word", "Allowed"},
	"import.map.column":           {"Word", "Allowed"},
	"import.map.twice":            {"Word"},
}

// found is an id of the sources with the arguments it is given there.
type found struct {
	id, where string
	args      []string
}

// scan finds every id under some directories; tests are not read.
func scan(t testing.TB, dirs ...string) []found {
	t.Helper()
	var out []found
	for _, dir := range dirs {
		err := filepath.WalkDir(filepath.Join("..", "..", dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			at := func(n ast.Node) string {
				p := set.Position(n.Pos())
				return filepath.Base(p.Filename) + ":" + strconv.Itoa(p.Line)
			}
			direct := map[ast.Node]bool{}
			ast.Inspect(file, func(n ast.Node) bool {
				if id, args, lit := made(n); id != "" {
					direct[lit] = true
					out = append(out, found{id, at(n), args})
				}
				if lit, ok := n.(*ast.BasicLit); ok && !direct[lit] {
					if id := unquote(lit); family.MatchString(id) {
						out = append(out, found{id, at(lit), indirect[id]})
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// made reads a call such as Invalid("error.x", "Name", v).
func made(n ast.Node) (id string, args []string, lit ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return "", nil, nil
	}
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	if !makers[name] {
		return "", nil, nil
	}
	for i, arg := range call.Args {
		if id := unquote(arg); family.MatchString(id) {
			for k := i + 1; k < len(call.Args); k += 2 {
				args = append(args, unquote(call.Args[k]))
			}
			return id, args, arg
		}
	}
	return "", nil, nil
}

func unquote(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, _ := strconv.Unquote(lit.Value)
	return s
}

// speakers gives one speaker for each language, by the default playbook.
func speakers(t testing.TB) map[string]Speaker {
	t.Helper()
	play := playbook.Default()
	out := map[string]Speaker{}
	for _, lang := range text.Languages() {
		tx, err := text.Load(lang)
		if err != nil {
			t.Fatal(err)
		}
		out[lang] = Speaker{Text: tx, Play: play}
	}
	return out
}

// samples are values as the model gives them.
var samples = map[string]any{
	"Count": 3, "Step": 3, "To": 3, "From": "2026-11-26 09:00", "At": "2026-11-26 09:00", "Rev": uint64(12), "Since": uint64(14),
	"Trait": "brazen", "Verdict": "part", "Was": "fits", "Role": "agent", "Need": "lead", "Question": "need", "Answer": "partly",
	"Field": "phone", "What": "journal.tag", "Max": 64, "Months": 12, "Version": 3, "Known": 1,
}

func sample(names []string) map[string]any {
	out := map[string]any{}
	for _, n := range names {
		if v, ok := samples[n]; ok {
			out[n] = v
		} else {
			out[n] = "Petra Jansen"
		}
	}
	if out["What"] != nil { // a message that speaks of another shares its arguments
		out["Customer"], out["Trait"] = "Petra Jansen", "brazen"
	}
	return out
}

var bracket = regexp.MustCompile(`\[[a-z_]+\.[^\]]*\]`)

// TestEveryMessageIsWorded holds the catalogue against the sources: whatever
// the model and the book can say has words in both languages, with the
// arguments they give.
func TestEveryMessageIsWorded(t *testing.T) {
	all := scan(t, "model", "store")
	for _, r := range []model.FlagReason{model.FlagSafety, model.FlagStep, model.FlagWronged} {
		all = append(all, found{"note.flag." + string(r), "dynamic", []string{"Step"}})
	}
	for _, id := range playbook.ProblemIDs() {
		all = append(all, found{id, "ProblemIDs", []string{"Detail"}})
	}
	if len(all) < 150 {
		t.Fatalf("only %d ids found: the scan is broken", len(all))
	}
	for lang, s := range speakers(t) {
		for _, f := range all {
			args := sample(f.args)
			if strings.HasPrefix(f.id, "playbook.problem.") {
				args = sample([]string{"Detail"})
			}
			if !s.Text.Has(f.id) {
				t.Errorf("%s: %q has no words in %s", f.where, f.id, lang)
				continue
			}
			got := s.Message(model.Message{ID: f.id, Args: args})
			if got == "" || strings.Contains(got, "<no value>") || bracket.MatchString(got) || got != kit.Clean(got) {
				t.Errorf("%s: %s in %s: %q", f.where, f.id, lang, got)
			}
			ends := strings.HasSuffix(got, ".") || strings.HasSuffix(got, "?") || strings.HasSuffix(got, ": pasvorm doctor")
			switch kind, _, _ := strings.Cut(f.id, "."); kind {
			case "error", "hint":
				if !ends {
					t.Errorf("%s in %s is no sentence: %q", f.id, lang, got)
				}
			case "journal", "note", "doctor", "playbook":
				if ends {
					t.Errorf("%s in %s is a line of a list and ends as a sentence: %q", f.id, lang, got)
				}
			}
		}
	}
	for id := range indirect {
		if !slices.ContainsFunc(all, func(f found) bool { return f.id == id }) {
			t.Errorf("nobody says %q", id)
		}
	}
}

// TestNoIdleWords: what no source says needs no words. The check of package
// text cannot see it, for many of these ids are put together.
func TestNoIdleWords(t *testing.T) {
	used := map[string]bool{}
	for _, f := range scan(t, "model", "store", "ui") {
		used[f.id] = true
	}
	var tree map[string]any
	if _, err := toml.DecodeFile(filepath.Join("..", "text", "catalog", "say.en.toml"), &tree); err != nil {
		t.Fatal(err)
	}
	for id := range tree {
		if family.MatchString(id) && !used[id] && !strings.HasPrefix(id, "note.flag.") {
			t.Errorf("%q is said nowhere", id)
		}
	}
}

// TestEveryKeyHasAName holds the names against the model's own lists.
func TestEveryKeyHasAName(t *testing.T) {
	want := []string{"field.by", "field.words", "field.reason", "field.note", "field.next", "field.question",
		"field.yes", "field.no", "role.none", "role.agent", "role.lead", "role.admin"}
	add := func(prefix string, keys ...string) {
		for _, k := range keys {
			want = append(want, prefix+k)
		}
	}
	for _, f := range model.Fields() {
		add("field.", f.ID)
		for _, c := range f.Choices {
			add(f.ID+".", c)
		}
	}
	for _, k := range model.FitKeys() {
		add("fit.key.", string(k))
	}
	for _, k := range model.FitKinds() {
		add("fit.kind.", string(k))
	}
	for n := range 14 {
		add("fit.rule.R", strconv.Itoa(n+1))
	}
	for n := range model.MaxStep + 1 {
		add("step.", strconv.Itoa(n))
	}
	for _, f := range []model.FitFlag{model.FitFlagBothMustAct, model.FitFlagDoNotTakeOn, model.FitFlagFourEyes, model.FitFlagImpactSheet,
		model.FitFlagPartNotAvailable, model.FitFlagRepairFirst, model.FitFlagSafety} {
		add("fit.flag.", string(f))
	}
	for _, s := range []model.FitState{model.FitOpen, model.FitProposed, model.FitReturned, model.FitSettled, model.FitDropped} {
		add("fit.state.", string(s))
	}
	for _, h := range []model.Settling{model.SettledAtOnce, model.SettledApproved, model.SettledOtherwise} {
		add("fit.how.", string(h))
	}
	for _, f := range model.ContactFields() {
		add("field.", f.ID)
	}
	for a := range model.Activities {
		add("activity.", a.Key())
	}
	add("stance.", string(model.StanceMaker), string(model.StanceCustomer))
	for _, r := range []model.FlagReason{model.FlagByHand, model.FlagSafety, model.FlagStep, model.FlagWronged} {
		add("flag.reason.", string(r))
	}
	for _, k := range []model.CaseKind{model.CaseFlag, model.CaseProposal, model.CaseContest, model.CaseDate, model.CaseReturned, model.CaseDouble} {
		add("case.", string(k))
	}
	for lang, s := range speakers(t) {
		for _, id := range want {
			if !s.Text.Has(id) {
				t.Errorf("%q has no name in %s", id, lang)
			}
		}
	}
}
