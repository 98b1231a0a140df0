package say

import (
	"strings"

	"pasvorm/model"
)

// Gauge gives the name of a gauge.
func (s Speaker) Gauge(g *model.Gauge) string { return s.Text.T("gauge." + g.ID) }

// Reading gives what a gauge says of a tally, "–" when there is nothing to say
// it of.
func (s Speaker) Reading(g *model.Gauge, t *model.Tally) string {
	v, ok := g.Read(t)
	if !ok {
		return "–"
	}
	return s.InUnit(g.Unit, v)
}

// InUnit writes a value of a gauge.
func (s Speaker) InUnit(u model.GaugeUnit, v int64) string {
	switch u {
	case model.InPermille:
		return s.Text.T("gauge.unit.percent", "Value", s.Text.Int(int((v+5)/10)))
	case model.InHundredths:
		return s.Text.Decimal(float64(v)/100, 1)
	case model.InDays:
		return s.Text.T("gauge.unit.days", "Value", s.Text.Decimal(float64(v)/100, 1))
	case model.InNumber:
	}
	return s.Text.Int(int(v))
}

// Drift gives how a gauge moved from then to now, with a sign and in its unit,
// and whether that is for the better: 1, 0 or -1. It is "" when either says
// nothing.
func (s Speaker) Drift(g *model.Gauge, then, now *model.Tally) (words string, better int) {
	a, was := g.Read(then)
	b, is := g.Read(now)
	if !was || !is || g.Unit == model.InNumber && a == 0 {
		return "", 0
	}
	d := b - a
	sign := "+"
	if d < 0 {
		sign, d = "-", -d
	}
	words = s.InUnit(g.Unit, d)
	if g.Unit == model.InPermille {
		words = s.Text.T("gauge.unit.points", "Value", s.Text.Int(int((d+5)/10)))
	}
	switch {
	case strings.Trim(words, "0.,% dpt") == "": // nothing to see at this precision
		return "=", 0
	case sign == "-":
		better = -g.Better
	default:
		better = g.Better
	}
	return sign + words, better
}
