package store

import (
	"slices"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// count is write for a dry run.
func (i *importer) count(c *run) error {
	defer close(c.done)
	known := map[int]bool{}
	err := i.b.eng.View(func(tx engine.Tx) error {
		for _, at := range c.act.ByNumber {
			v, _ := tx.Get([]byte(c.act.Rows[at].Guard.Key()))
			known[at] = v != nil
		}
		return nil
	})
	for at, row := range c.act.Rows {
		if known[at] {
			i.imp.Updated++
		} else {
			i.imp.Added++
		}
		if len(i.rep.Preview) < maxPreview {
			i.rep.Preview = append(i.rep.Preview, i.previewOf(row.Customer.Card()))
		}
	}
	i.imp.Updated += c.act.Merged
	i.imp.Bad += c.act.Bad
	i.imp.Offset = c.to
	i.tell(phaseRows)
	return err
}

// maxPreview is how many rows a dry run shows.
const maxPreview = 5

func (i *importer) previewOf(c *model.Customer) map[string]string {
	out := model.FieldValues(c)
	for name, id := range i.conv.owners {
		if id == c.Owner {
			out["owner"] = name
		}
	}
	return out
}

// report completes what the person hears, also of an import that was stopped.
func (i *importer) report() {
	r := &i.rep
	if i.imp != nil {
		r.Added, r.Updated, r.Bad = i.imp.Added, i.imp.Updated, i.imp.Bad
		r.Rows = r.Added + r.Updated + r.Bad
		if !i.o.DryRun {
			r.Import = i.imp.ID
		}
	}
	if i.prep != nil {
		r.BadRows = i.prep.rows
		r.Notes = append(r.Notes, i.conv.notes...)
	}
	for _, link := range i.in.mapping.LeftOut(i.in.header, i.in.width) {
		if link.Header != "" {
			r.LeftOut = append(r.LeftOut, link.Header)
		}
	}
	if r.Delimiter == "" && i.in.opts.Delimiter != 0 {
		r.Delimiter = string(i.in.opts.Delimiter)
	}
	r.LeftOut = slices.Clip(r.LeftOut)
}
