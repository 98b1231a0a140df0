package store

import "pasvorm/store/playbook"

// CheckPlaybook says what is wrong with the text of a playbook; it needs no
// book. The error unwraps to one [model.PlaybookProblem] for each reason.
func CheckPlaybook(name, text string) error {
	_, err := playbook.Parse(name, []byte(text))
	return err
}

// DefaultPlaybook is the text of the playbook that comes with the program.
func DefaultPlaybook() string { return string(playbook.DefaultTOML()) }
