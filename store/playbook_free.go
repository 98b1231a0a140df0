package store

import (
	"maps"
	"slices"
	"strings"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/playbook"
)

// CheckPlaybook says what is wrong with the text of a playbook; it needs no
// book. The error unwraps to one [model.PlaybookProblem] for each reason.
func CheckPlaybook(name, text string) error {
	_, err := playbook.Parse(name, []byte(text))
	return err
}

// DefaultPlaybook is the text of the playbook that comes with the program.
func DefaultPlaybook() string { return string(playbook.DefaultTOML()) }

// lostSignals notes which signals the playbook in force does not have although
// sightings that count hold to them: a loaded one may have dropped them. Such
// sightings stay as they are and keep their step.
func (b *Book) lostSignals() ([]model.Message, error) {
	lost, count := map[string]bool{}, 0
	err := b.snapshot(func(v *view) error {
		play, _, _, err := b.playbookAt(v.tx)
		if err != nil {
			return err
		}
		from := []byte{byte(model.TableSighting)}
		v.tx.Scan(from, engine.PrefixEnd(from), 0, func(k, val []byte, _ engine.Rev) bool {
			var rec model.Record
			if rec, err = decode(k, val); err != nil {
				return false
			}
			if g, ok := rec.(*model.Sighting); ok && g.Signal != "" && g.Live(v.now) {
				if _, known := play.Signal(g.Trait, g.Signal); !known {
					lost[g.Signal] = true
					count++
				}
			}
			return true
		})
		return err
	})
	if err != nil || count == 0 {
		return nil, err
	}
	names := slices.Sorted(maps.Keys(lost))
	return []model.Message{model.Say("note.playbook.signals", "Count", count, "Signals", strings.Join(names, ", "))}, nil
}
