package store

import "pasvorm/model"

// everyone gives all that was found, those of one name each apart.
func (on *searching) everyone(r *ranked) []model.ID {
	out := make([]model.ID, 0, len(r.keys))
	for _, k := range r.keys {
		id := idOfKey(k)
		out = append(out, id)
		if r.same[id] < 2 {
			continue
		}
		limit := maxAmong // of whom conditions leave as many as were counted
		if on.cond.Empty() {
			limit = r.same[id]
		}
		for _, m := range on.x.Members(id, limit) {
			if _, already := r.same[m]; !already && on.meets(m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// classes tells how each row was found. One who is not told apart from another
// of the same name was found by that.
func (r *ranked) classes(rows []model.Row) []byte {
	at := make(map[model.ID]int, len(rows))
	out := make([]byte, len(rows))
	for i := range rows {
		at[rows[i].ID], out[i] = i, byName
	}
	for _, k := range r.keys {
		if i, ok := at[idOfKey(k)]; ok {
			out[i] = k[0]
		}
	}
	return out
}
