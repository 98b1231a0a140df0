package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// moneyJSON is a relation in money; amounts are cents, those of a time are over
// the months since From.
type moneyJSON struct {
	Customer   model.ID       `json:"customer"`
	Number     string         `json:"number"`
	Name       string         `json:"name"`
	From       model.Day      `json:"from"`
	Known      bool           `json:"known"` // a margin was given
	Revenue    int64          `json:"revenue"`
	Margin     int64          `json:"margin"`
	Minutes    map[string]int `json:"minutes"` // by activity
	Time       int64          `json:"time"`
	Direct     int64          `json:"direct"`
	Deviations int64          `json:"deviations"`
	Cost       int64          `json:"cost_to_serve"`
	Profit     int64          `json:"profit"`
	Arrears    int64          `json:"arrears"`
	Oldest     model.Day      `json:"oldest_arrear,omitempty"`
	Owed       []arrearJSON   `json:"owed"`
	Ages       [4]int64       `json:"ages"` // arrears of 0–30, 31–60, 61–90 and more days
	AsOf       model.Day      `json:"as_of,omitempty"`
	Levers     []leverJSON    `json:"levers"`
}

type arrearJSON struct {
	Cents int64     `json:"cents"`
	Since model.Day `json:"since"`
}

type leverJSON struct {
	ID    string `json:"id"`
	Cents int64  `json:"cents"`
	Words string `json:"words"`
}

func (a *app) moneyOf(b ui.Desk, d *model.Detail) moneyJSON {
	c, m, today := d.Customer, &d.Dealings.Money, model.DayOf(b.Now())
	out := moneyJSON{Customer: c.ID, Number: c.Number, Name: c.Name, From: model.MoneySince(today), Known: m.Known,
		Revenue: m.Revenue, Margin: m.Margin, Minutes: map[string]int{}, Time: m.Time, Direct: m.Direct, Deviations: m.Deviations,
		Cost: m.CostToServe(), Profit: m.Profit, Arrears: m.Arrears, Oldest: m.OldestArrear, Owed: []arrearJSON{}, Levers: []leverJSON{}}
	for x := range model.Activities {
		out.Minutes[x.Key()] = m.Minutes[x]
	}
	if f := d.Dealings.Finance; f != nil {
		out.AsOf, out.Ages = f.AsOf, model.AgedArrears(f.Arrears, today)
		for _, x := range f.Arrears {
			out.Owed = append(out.Owed, arrearJSON(x))
		}
	}
	for _, l := range m.Levers {
		cents, _ := l.Args["Cents"].(int64)
		out.Levers = append(out.Levers, leverJSON{ID: l.ID, Cents: cents, Words: a.lever(l)})
	}
	return out
}

// lever words what would bring a relation nearer to a profit.
func (a *app) lever(m model.Message) string { return a.say.Fact(model.Fact{Message: m}) }

// moneyVerb prints the relation in money.
func (a *app) moneyVerb() *cobra.Command {
	return &cobra.Command{
		Use: "money CUSTOMER", Short: a.t("cli.money.short"), Long: a.t("cli.money.long"), Args: a.args(1, -1),
		RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, strings.Join(args, " "))
			if err != nil {
				return err
			}
			out := a.moneyOf(b, d)
			if a.json {
				return a.object(out)
			}
			a.printMoney(b, &out)
			return nil
		}),
	}
}

func (a *app) printMoney(b ui.Desk, m *moneyJSON) {
	money := a.tx.Money
	a.line(list(" · ", kit.Clean(m.Name), kit.Clean(m.Number), a.t("money.since", "Date", a.day(b, m.From))))
	var rows [][]string
	row := func(id, amount, note string) { rows = append(rows, []string{a.t(id), right(amount), note}) }
	if m.Revenue != 0 {
		row("money.row.revenue", money(m.Revenue), "")
	}
	if m.Known {
		row("money.row.margin", money(m.Margin), "")
	}
	var spent []string
	for x := range model.Activities {
		if n := m.Minutes[x.Key()]; n > 0 {
			spent = append(spent, a.t("money.minutes", "Minutes", a.tx.Int(n), "Activity", a.say.Activity(x)))
		}
	}
	row("money.row.time", money(m.Time), strings.Join(spent, " · "))
	row("money.row.direct", money(m.Direct), "")
	row("money.row.deviations", money(m.Deviations), "")
	if m.Known {
		row("money.row.profit", money(m.Profit), "")
	}
	a.rows(rows)
	if !m.Known {
		a.line(a.t("money.unknown"))
	}
	for _, l := range m.Levers {
		a.line("→ " + l.Words)
	}
	if m.Arrears != 0 {
		var parts []string
		for age, cents := range m.Ages {
			if cents != 0 {
				parts = append(parts, a.t(arrearAges[age], "Money", money(cents)))
			}
		}
		a.line(a.t("money.owed", "Money", money(m.Arrears), "Parts", strings.Join(parts, " · "), "Date", a.day(b, m.Oldest)))
	}
	if m.AsOf != "" {
		a.line(a.t("cli.money.asof", "Date", a.day(b, m.AsOf)))
	}
}

// amountWidth is the room for an amount in a column, so that they stand under
// each other.
const amountWidth = 14

// right puts an amount at the right of its column.
func right(s string) string { return kit.Ends("", s, amountWidth) }

// arrearAges are the texts of how long money has been due.
var arrearAges = [model.ArrearAges]string{"money.age.30", "money.age.60", "money.age.90", "money.age.old"}

// whaleVerb adds up all relations.
func (a *app) whaleVerb() *cobra.Command {
	return &cobra.Command{
		Use: "whale", Short: a.t("cli.whale.short"), Long: a.t("cli.whale.long"), Args: a.args(0, 0),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, _ []string) error {
			bar := &bar{app: a}
			w, err := b.Whale(ctx, bar.step)
			bar.end()
			if err != nil {
				return err
			}
			if a.json {
				return a.object(whaleOf(&w))
			}
			a.printWhale(&w)
			return nil
		}),
	}
}

// whaleJSON is the profit of all relations.
type whaleJSON struct {
	Customers int             `json:"customers"`
	Total     int64           `json:"total"`
	Peak      int64           `json:"peak"`
	PeakAt    int             `json:"peak_at"`
	Curve     []int64         `json:"curve"`
	Best      []whaleLineJSON `json:"best"`
	Worst     []whaleLineJSON `json:"worst"`
}

type whaleLineJSON struct {
	Customer model.ID `json:"customer"`
	Name     string   `json:"name"`
	Profit   int64    `json:"profit"`
	Revenue  int64    `json:"revenue"`
	Margin   int64    `json:"margin"`
	Cost     int64    `json:"cost_to_serve"`
	Arrears  int64    `json:"arrears"`
}

func whaleOf(w *model.Whale) whaleJSON {
	out := whaleJSON{Customers: w.Customers, Total: w.Total, Peak: w.Peak, PeakAt: w.PeakAt, Curve: w.Curve,
		Best: whaleLines(w.Best), Worst: whaleLines(w.Worst)}
	if out.Curve == nil {
		out.Curve = []int64{}
	}
	return out
}

func whaleLines(all []model.WhaleLine) []whaleLineJSON {
	out := make([]whaleLineJSON, 0, len(all))
	for i := range all {
		m := &all[i].Money
		out = append(out, whaleLineJSON{Customer: all[i].Customer, Name: all[i].Name, Profit: m.Profit, Revenue: m.Revenue,
			Margin: m.Margin, Cost: m.CostToServe(), Arrears: m.Arrears})
	}
	return out
}

func (a *app) printWhale(w *model.Whale) {
	if w.Customers == 0 {
		a.line(a.t("whale.empty"))
		a.line(a.t("cli.whale.next"))
		return
	}
	money := a.tx.Money
	a.line(a.tx.N("whale.count", w.Customers))
	peak := ""
	if w.PeakAt > 0 {
		peak = a.tx.N("whale.peak", w.PeakAt, "Peak", money(w.Peak))
	}
	a.line(list(" · ", a.t("whale.total", "Total", money(w.Total)), peak))
	for _, part := range []struct {
		id  string
		all []model.WhaleLine
	}{{"whale.best", w.Best}, {"whale.worst", w.Worst}} {
		if len(part.all) == 0 {
			continue
		}
		a.line("")
		a.line(a.t(part.id))
		rows := [][]string{{"  " + a.t("whale.name"), right(a.t("whale.profit")), right(a.t("whale.margin")), right(a.t("whale.cost")), right(a.t("whale.owed"))}}
		for i := range part.all {
			m := &part.all[i].Money
			rows = append(rows, []string{"  " + kit.Cell(part.all[i].Name, min(kit.Width(kit.Clean(part.all[i].Name)), 40)), right(money(m.Profit)), right(money(m.Margin)),
				right(money(m.CostToServe())), right(money(m.Arrears))})
		}
		a.rows(rows)
	}
}
