package cli

import "pasvorm/model"

// gaugeJSON is one measure: permille for shares, hundredths for means and days,
// null where nothing was measured.
type gaugeJSON struct {
	ID        string `json:"id"`
	Unit      string `json:"unit"`
	Value     *int64 `json:"value"`
	Of        int64  `json:"of"`
	Customers int64  `json:"customers"`
}

type monthJSON struct {
	Month     string            `json:"month"`
	Customers int               `json:"customers"`
	Values    map[string]*int64 `json:"values"`
}

type topicJSON struct {
	Topic  string      `json:"topic"`
	Gauges []gaugeJSON `json:"gauges"`
}

type thermometerJSON struct {
	From       string         `json:"from"`
	Until      string         `json:"until"`
	Gauges     []gaugeJSON    `json:"gauges"`
	Months     []monthJSON    `json:"months"`
	Topics     []topicJSON    `json:"topics"`
	Pending    int            `json:"pending"`
	Silent     int            `json:"silent"`
	InTouch    int            `json:"in_touch"`
	AnyTrait   int            `json:"demanding"`
	Traits     map[string]int `json:"traits"`
	RepeatCost int64          `json:"repeat_cost_cents"`
}

func gaugesOf(t, behind *model.Tally) []gaugeJSON {
	out := make([]gaugeJSON, 0, len(model.Gauges()))
	for _, g := range model.Gauges() {
		out = append(out, gaugeJSON{ID: g.ID, Unit: string(g.Unit), Value: valueOf(&g, t), Of: g.Of(t), Customers: g.Customers(behind)})
	}
	return out
}

func valueOf(g *model.Gauge, t *model.Tally) *int64 {
	if v, ok := g.Read(t); ok {
		return &v
	}
	return nil
}

func thermometerOf(t *model.Thermometer) thermometerJSON {
	out := thermometerJSON{From: string(t.From), Until: string(t.Until), Gauges: gaugesOf(&t.Total, &t.Behind), Months: []monthJSON{},
		Topics: []topicJSON{}, Pending: t.Pending, Silent: t.Silent, InTouch: t.InTouch, AnyTrait: t.AnyTrait, Traits: map[string]int{},
		RepeatCost: t.RepeatCost}
	for i := range t.Months {
		m := monthJSON{Month: string(t.Months[i].Month), Customers: t.Months[i].Customers, Values: map[string]*int64{}}
		for _, g := range model.Gauges() {
			m.Values[g.ID] = valueOf(&g, &t.Months[i].Tally)
		}
		out.Months = append(out.Months, m)
	}
	for i := range t.Topics {
		out.Topics = append(out.Topics, topicJSON{t.Topics[i].Key, gaugesOf(&t.Topics[i].Tally, &t.Topics[i].Behind)})
	}
	for i, trait := range model.Traits() {
		out.Traits[string(trait)] = t.Demanding[i]
	}
	return out
}

type procedureJSON struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Asked     int64    `json:"asked"`
	Granted   int64    `json:"granted"`
	Refused   int64    `json:"refused"`
	Lost      int64    `json:"lost"`
	LostCents int64    `json:"lost_cents"`
	CostCents int64    `json:"cost_cents"`
	Customers int64    `json:"customers"`
	Improves  []string `json:"improvements"`
}

type chafingJSON struct {
	Topic      string `json:"topic"`
	Annoyances int64  `json:"annoyances"`
	Refused    int64  `json:"refused"`
	Failed     int64  `json:"failed"`
	Customers  int64  `json:"customers"`
}

type mirrorJSON struct {
	From       string          `json:"from"`
	Until      string          `json:"until"`
	Procedures []procedureJSON `json:"procedures"`
	Topics     []chafingJSON   `json:"topics"`
}

func mirrorOf(m *model.Mirror) mirrorJSON {
	out := mirrorJSON{From: string(m.From), Until: string(m.Until), Procedures: []procedureJSON{}, Topics: []chafingJSON{}}
	for _, p := range m.Procedures {
		j := procedureJSON{ID: p.Standard.ID.String(), Name: p.Standard.Name, Asked: p.Tally[model.CountAsked], Granted: p.Tally[model.CountGranted],
			Refused: p.Tally[model.CountRefused], Lost: p.Tally[model.CountLost], LostCents: p.Tally[model.CountLostSum],
			CostCents: p.Tally[model.CountCost], Customers: p.Behind[model.CountAsked], Improves: []string{}}
		for _, i := range p.Improves {
			j.Improves = append(j.Improves, i.ID.String())
		}
		out.Procedures = append(out.Procedures, j)
	}
	for _, t := range m.Topics {
		out.Topics = append(out.Topics, chafingJSON{t.Key, t.Tally[model.CountAnnoyances], t.Tally[model.CountRefused], t.Tally[model.CountFailed],
			max(t.Behind[model.CountAnnoyances], t.Behind[model.CountRefused], t.Behind[model.CountFailed])})
	}
	return out
}

type silentJSON struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Mark     int    `json:"mark"`
	Day      string `json:"day"`
	Failures int    `json:"failures"`
	Describe string `json:"describe,omitempty"`
	Better   string `json:"better,omitempty"`
}

func silentOf(l *model.SilentLine) silentJSON {
	mark, _ := l.Survey.Score()
	return silentJSON{l.Customer.String(), l.Name, mark, string(l.Survey.Day), l.Times, l.Survey.Describe, l.Survey.Better}
}
