package screen

import (
	"pasvorm/model"
	"pasvorm/ui/kit"
)

// mergeHead says who stays and who goes, and what stands in the way.
func (e *Env) mergeHead(p *model.MergePreview, w int) []string {
	th := e.Theme
	who := func(ink kit.Token, word string, c *model.Customer) string {
		right := th.Paint(kit.InkMuted, word) + " "
		room := max(w-kit.Width(right)-2, 1)
		name := kit.Cut(kit.Clean(clip(c.Name, room)), max(room/2, 8))
		rest := joined(" · ", flat(clip(c.Town, 60)), flat(clip(c.Number, 60)), e.T("relation."+string(c.Relation)))
		if c.Added != 0 {
			rest = joined(" · ", rest, e.Text.Date(e.at(c.Added), e.now()))
		}
		return kit.Ends(" "+kit.Cut(th.Paint(ink, name)+"  "+rest, room), right, w)
	}
	rows := []string{who(kit.InkAccent, e.T("merge.stays"), p.Keep), who(kit.InkText, e.T("merge.goes"), p.Gone)}
	if p.Blocked != nil {
		for _, r := range kit.Wrap("▲ "+e.Say.Error(p.Blocked), max(w-2, 1)) {
			rows = append(rows, " "+th.Paint(kit.InkWarn, r))
		}
	}
	return rows
}

// mergeWidths are the widths of a row of w cells: the field, and either value
// with the mark of what is chosen before it.
func mergeWidths(w int) (label, value int) {
	label = min(max(w/5, 8), 18)
	return label, max((w-label-2-4)/2, 4)
}

func (e *Env) mergeColumns(w int) string {
	label, value := mergeWidths(w)
	return kit.Cell("", label) + "   " + kit.Cell(e.T("merge.col.stays"), value) + "   " + kit.Cell(e.T("merge.col.goes"), value)
}

// mergeLabel names a field of the page.
func (e *Env) mergeLabel(id string) string {
	switch id {
	case model.MergeBanner, model.MergeFinance, "formerly":
		return e.T("merge.field." + id)
	}
	return e.Say.FieldLabel(id)
}

// mergeText words a value of a field.
func (e *Env) mergeText(id, v string) string {
	switch {
	case v == "":
		return e.T("merge.nothing")
	case id == "owner" || id == model.MergeBanner:
		return flat(clip(v, 400))
	case id == model.MergeFinance:
		return e.dayText(model.Day(v))
	}
	return e.Say.FieldValue(id, flat(clip(v, 400)))
}

// mergeRow lays both values beside each other. A mark says which is chosen, and
// the one that is not is muted.
func (e *Env) mergeRow(f model.MergeField, take bool, w int) string {
	label, value := mergeWidths(w)
	cell := func(v string, chosen bool) string {
		mark, ink := " ", kit.InkMuted
		if chosen {
			mark, ink = "●", kit.InkText
		}
		return " " + e.Theme.Paint(kit.InkAccent, mark) + " " + e.Theme.Paint(ink, kit.Cell(e.mergeText(f.Field, v), value))
	}
	return e.Theme.Paint(kit.InkLabel, kit.Cell(e.mergeLabel(f.Field), label)) + cell(f.Keep, !take) + cell(f.Gone, take)
}

// mergeDetail shows both values under each other in full.
func (e *Env) mergeDetail(f model.MergeField, take bool, w int) []string {
	p := e.writer(w)
	put := func(word, v string, chosen bool) {
		ink := kit.InkMuted
		if chosen {
			ink, word = kit.InkText, "● "+word
		}
		p.pairIn(ink, word, e.mergeText(f.Field, v))
	}
	p.head(e.mergeLabel(f.Field))
	put(e.T("merge.stays"), f.Keep, !take)
	put(e.T("merge.goes"), f.Gone, take)
	if f.Field == "number" {
		p.para(kit.InkMuted, 1, e.T("merge.detail.number"))
	}
	return p.rows
}

func (e *Env) joinedRow(id, text string, w int) string {
	label, _ := mergeWidths(w)
	return e.Theme.Paint(kit.InkLabel, kit.Cell(e.mergeLabel(id), label)) + "   " + kit.Cut(e.mergeText(id, text), max(w-label-3, 1))
}

func (e *Env) joinedDetail(id, text string, w int) []string {
	p := e.writer(w)
	p.head(e.mergeLabel(id))
	if text != "" {
		p.para(kit.InkText, 1, clip(text, 2000))
	}
	p.para(kit.InkMuted, 1, e.T("merge.detail.joined"))
	return p.rows
}

// mergeOrder is the order in which a person reads what comes over.
var mergeOrder = []model.Table{model.TableContact, model.TablePromise, model.TableSighting, model.TableAssessment, model.TableFlag,
	model.TableTerms, model.TableException, model.TableSurvey, model.TableHurt, model.TableFarewell, model.TableLesson,
	model.TableBanner, model.TableFinance}

// mergeMoves says what comes over, and how much of it.
func (e *Env) mergeMoves(p *model.MergePreview) []listRow {
	var out []listRow
	for _, t := range mergeOrder {
		n := p.Moves[t]
		if n == 0 {
			continue
		}
		words := e.Text.N("merge.moves."+string(rune(t)), n)
		out = append(out, listRow{key: "moves/" + string(rune(t)), value: mergeRead{p: p},
			draw: func(w int) string { return kit.Cut(words, w) },
			detail: func(w int) []string {
				out := e.writer(w)
				out.head(words)
				out.para(kit.InkMuted, 1, e.T("merge.detail.moves", "Customer", inWords(p.Keep.Name)))
				return out.rows
			}})
	}
	return out
}
