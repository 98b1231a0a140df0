package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// mergeVerb makes one customer of two.
func (a *app) mergeVerb() *cobra.Command {
	var take, leave []string
	dry, typed := false, ""
	c := &cobra.Command{
		Use: "merge CUSTOMER CUSTOMER", Short: a.t("cli.merge.short"), Long: a.t("cli.merge.long"), Args: a.args(2, 2),
		Example: `pasvorm merge 1001 2002 --take phone,town --name "P. Jansen"`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			p, err := a.mergePreview(b, args[0], args[1])
			if err != nil {
				return err
			}
			if err := a.choose(&p, take, leave); err != nil {
				return err
			}
			if dry {
				return a.mergeShow(b, &p)
			}
			if p.Blocked != nil {
				return p.Blocked
			}
			if typed == "" && a.Interactive {
				typed, err = newAsker(a.In, a.Err).ask(ctx, a.t("cli.merge.type", "Customer", kit.Clean(p.Keep.Name), "Other", kit.Clean(p.Gone.Name)))
				if err != nil {
					return err
				}
			}
			if typed == "" {
				return a.usage("cli.merge.name", "Other", kit.Clean(p.Gone.Name))
			}
			return a.do(ctx, b, model.Merge{Keep: p.Keep.ID, Gone: p.Gone.ID, Take: p.Proposed(), Typed: typed})
		}),
	}
	c.Flags().StringSliceVar(&take, "take", nil, a.t("cli.merge.take"))
	c.Flags().StringSliceVar(&leave, "leave", nil, a.t("cli.merge.leave"))
	c.Flags().BoolVar(&dry, "dry-run", false, a.t("cli.merge.dry"))
	c.Flags().StringVar(&typed, "name", "", a.t("cli.flag.typed"))
	return c
}

func (a *app) mergePreview(b ui.Book, keep, gone string) (model.MergePreview, error) {
	k, err := b.Resolve(keep)
	if err != nil {
		return model.MergePreview{}, err
	}
	g, err := b.Resolve(gone)
	if err != nil {
		return model.MergePreview{}, err
	}
	return b.MergePreview(k.ID, g.ID)
}

// choose marks in a preview what the call takes, and what it leaves.
func (a *app) choose(p *model.MergePreview, take, leave []string) error {
	for n, names := range [][]string{leave, take} {
		for _, name := range names {
			id := strings.ToLower(strings.TrimSpace(name))
			if f := a.field(name); f != nil {
				id = f.ID
			} else if id != model.MergeBanner && id != model.MergeFinance {
				return model.Invalid("error.field.unknown", "Field", name).WithHint("cli.hint.fields")
			}
			if model.MergeJoins(id) {
				continue
			}
			at := slices.IndexFunc(p.Fields, func(f model.MergeField) bool { return f.Field == id })
			if at < 0 {
				return model.Invalid("error.merge.field", "Field", name)
			}
			p.Fields[at].Take = n == 1
		}
	}
	return nil
}

// mergeLabel names a field of a preview.
func (a *app) mergeLabel(id string) string {
	if id == model.MergeBanner || id == model.MergeFinance {
		return a.t("merge.field." + id)
	}
	return a.say.FieldLabel(id)
}

func (a *app) mergeText(b ui.Book, id, v string) string {
	switch id {
	case model.MergeFinance:
		return a.day(b, model.Day(v))
	case model.MergeBanner, "owner":
		return flatWords(v)
	}
	return a.say.FieldValue(id, flatWords(v))
}

// mergeShow prints what a merge would do.
func (a *app) mergeShow(b ui.Book, p *model.MergePreview) error {
	if a.json {
		return a.object(a.mergeOf(p))
	}
	who := func(c *model.Customer) string {
		return list(" · ", kit.Clean(c.Name), kit.Clean(c.Number), kit.Clean(c.Town))
	}
	a.rows([][]string{{a.t("cli.merge.stays"), who(p.Keep)}, {a.t("cli.merge.goes"), who(p.Gone)}})
	var rows [][]string
	for _, f := range p.Fields {
		marks := []string{"* ", "  "}
		if f.Take {
			slices.Reverse(marks)
		}
		rows = append(rows, []string{a.mergeLabel(f.Field), marks[0] + a.mergeText(b, f.Field, f.Keep), marks[1] + a.mergeText(b, f.Field, f.Gone)})
	}
	a.rows(rows)
	var over []string
	for _, t := range model.Tables() {
		if n := p.Moves[t]; n > 0 {
			over = append(over, a.tx.N("merge.moves."+string(rune(t)), n))
		}
	}
	if len(over) > 0 {
		a.line(a.t("cli.merge.over", "What", strings.Join(over, ", ")))
	}
	if card, err := model.MergeCard(p.Keep, p.Gone, p.Proposed()); err == nil && card.Formerly != "" {
		a.line(a.t("cli.merge.after", "Numbers", kit.Clean(card.Formerly)))
	}
	if p.Blocked != nil {
		return p.Blocked
	}
	return nil
}

type mergeJSON struct {
	Keep    model.Candidate  `json:"keep"`
	Gone    model.Candidate  `json:"gone"`
	Same    string           `json:"same"`
	Fields  []mergeFieldJSON `json:"fields"`
	Moves   map[string]int   `json:"moves"`
	Blocked string           `json:"blocked"`
}

type mergeFieldJSON struct {
	Field string `json:"field"`
	Keep  string `json:"keep"`
	Gone  string `json:"gone"`
	Take  bool   `json:"take"`
}

// movedNames are the names of the tables in JSON.
var movedNames = map[model.Table]string{
	model.TableSighting: "sightings", model.TableAssessment: "assessments", model.TableFlag: "flags", model.TableContact: "contacts",
	model.TablePromise: "promises", model.TableException: "exceptions", model.TableTerms: "terms", model.TableSurvey: "surveys",
	model.TableHurt: "improvements", model.TableFarewell: "farewells", model.TableLesson: "lessons", model.TableBanner: "banner",
	model.TableFinance: "account",
}

func candidateOf(c *model.Customer) model.Candidate {
	return model.Candidate{ID: c.ID, Number: c.Number, Name: c.Name, Town: c.Town}
}

func (a *app) mergeOf(p *model.MergePreview) mergeJSON {
	out := mergeJSON{Keep: candidateOf(p.Keep), Gone: candidateOf(p.Gone), Same: p.Same, Fields: []mergeFieldJSON{}, Moves: map[string]int{}}
	for _, f := range p.Fields {
		out.Fields = append(out.Fields, mergeFieldJSON(f))
	}
	for t, n := range p.Moves {
		out.Moves[movedNames[t]] = n
	}
	if p.Blocked != nil {
		out.Blocked = a.say.Error(p.Blocked)
	}
	return out
}

// mostTwins is how many customers a call shows that may be the same.
const mostTwins = 50

// twinsVerb shows who may be the same customer.
func (a *app) twinsVerb() *cobra.Command {
	return &cobra.Command{
		Use: "twins CUSTOMER", Short: a.t("cli.twins.short"), Args: a.args(1, -1),
		RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, strings.Join(args, " "))
			if err != nil {
				return err
			}
			all, err := b.Twins(d.Customer, mostTwins)
			if err != nil {
				return err
			}
			if len(all) == 0 && !a.json {
				a.line(a.t("cli.twins.none", "Customer", kit.Clean(d.Customer.Name)))
			}
			var rows [][]string
			for _, t := range all {
				if a.json {
					if err := a.object(twinJSON{rowJSON: rowOf(t.Row), Same: t.Same}); err != nil {
						return err
					}
					continue
				}
				rows = append(rows, []string{kit.Clean(t.Row.Number), kit.Clean(t.Row.Name), kit.Clean(t.Row.Town), a.say.Same(t.Same)})
			}
			a.rows(rows)
			return nil
		}),
	}
}

type twinJSON struct {
	rowJSON
	Same string `json:"same"` // mail, phone, name-postcode, name
}

// looksLike says whom a customer that is about to be added looks like; "" for
// nobody. It holds nothing up: a name is borne by many.
func (a *app) looksLike(b ui.Book, values map[string]string) string {
	var card model.Customer
	for id, v := range values {
		if f := model.FieldByID(id); f != nil {
			_ = f.Set(&card, v) // what a field refuses is refused when the customer is added
		}
	}
	all, err := b.Twins(&card, 4)
	if err != nil || len(all) == 0 {
		return ""
	}
	var names []string
	for _, t := range all {
		names = append(names, list(", ", kit.Clean(t.Row.Name), kit.Clean(t.Row.Town), kit.Clean(t.Row.Number))+" ("+a.say.Same(t.Same)+")")
	}
	return a.t("cli.add.twins", "Names", strings.Join(names, " · "))
}
