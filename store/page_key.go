package store

import (
	"context"
	"slices"

	"pasvorm/model"
	"pasvorm/store/search"
)

// placed gives the key of a page its place among what was found. A customer who
// stands elsewhere by now, for another name or other namesakes, is looked for by
// the id; a key from a list in another order, as that of the beginnings that were
// shown while the indexes were made, begins the page anew.
func (r *ranked) placed(req model.PageRequest) model.PageRequest {
	if _, exact := slices.BinarySearch(r.keys, req.Key); exact || req.Key == "" {
		return req
	}
	id := idOfKey(req.Key)
	if i := slices.IndexFunc(r.keys, func(k string) bool { return idOfKey(k) == id }); i >= 0 {
		req.Key = r.keys[i]
	} else if req.Key[0] < byNumber || req.Key[0] > byStory {
		req.Key = ""
	}
	return req
}

// complete adds who meets the conditions and has the very words, after those
// whose names are known. Of words that many names have only some names are
// weighed, and who meets the conditions need not be among them; where they are
// few each of them is looked at. It gives false where they are not.
func (on *searching) complete(r *ranked, cost int, known map[string]bool) (bool, error) {
	if on.c.Count(on.cond) > maxAmong {
		return false, nil
	}
	var few []model.ID
	err := on.c.All(context.Background(), on.cond, func(id model.ID) bool { few = append(few, id); return true })
	if err != nil {
		return false, err
	}
	first, same := map[string]model.ID{}, map[string]int{}
	for _, id := range few {
		fits, err := on.v.literally(id, on.q.Text)
		if err != nil {
			return false, err
		}
		if !fits {
			continue
		}
		name, err := on.v.nameOf(id)
		if err != nil {
			return false, err
		}
		name = search.Fold(name)
		if was, ok := first[name]; !ok || string(id[:]) < string(was[:]) {
			first[name] = id
		}
		same[name]++
	}
	for name, id := range first {
		if !known[name] {
			r.add(byName, cost, search.SortName(name), id, same[name])
		}
	}
	return true, nil
}
