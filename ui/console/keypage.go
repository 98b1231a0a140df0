package console

import (
	"slices"
	"strings"

	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

// Page is one screen on the generated key page: the id of its title and its
// commands, whether they work now or not.
type Page struct {
	TitleID  string
	Commands []kit.Command
}

// KeyPage writes the key page in Markdown, one language after another and one
// table for each page, from the same commands the console runs. A last table
// holds the console's own keys.
func KeyPage(texts []*text.Text, pages []Page) string {
	own := Page{TitleID: "console.everywhere", Commands: ownCommands()}
	var b strings.Builder
	for i, tx := range texts {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("# " + tx.T("console.keypage.title") + "\n")
		for _, p := range append(slices.Clone(pages), own) {
			b.WriteString("\n## " + tx.T(p.TitleID) + "\n\n")
			b.WriteString("| " + tx.T("console.keypage.key") + " | " + tx.T("console.keypage.does") + " |\n|---|---|\n")
			writeTable(&b, tx, p.Commands)
		}
	}
	return b.String()
}

func ownCommands() []kit.Command {
	return []kit.Command{
		{ID: "help", Keys: []string{"?"}, Group: "program"},
		{ID: "palette", Keys: []string{":", "ctrl+p"}, Group: "program"},
		{ID: "back", Keys: []string{"q", "esc"}, Group: "go"},
		{ID: "quit", Keys: []string{"ctrl+q"}, Group: "program"},
	}
}

func writeTable(b *strings.Builder, tx *text.Text, cmds []kit.Command) {
	var groups []string
	for _, c := range cmds {
		if !slices.Contains(groups, c.Group) {
			groups = append(groups, c.Group)
		}
	}
	sortGroups(groups)
	for _, g := range groups {
		for _, c := range cmds {
			if c.Group != g {
				continue
			}
			keys := make([]string, len(c.Keys))
			for i, k := range c.Keys {
				keys[i] = "`" + strings.ReplaceAll(kit.KeyLabel(tx, k), "|", `\|`) + "`"
			}
			b.WriteString("| " + strings.Join(keys, " ") + " | " + strings.ReplaceAll(c.Title(tx), "|", `\|`) + " |\n")
		}
	}
}

// keyList names every key of a command.
func keyList(tx *text.Text, c *kit.Command) string {
	if c.Shown != "" {
		return c.Shown
	}
	names := make([]string, len(c.Keys))
	for i, k := range c.Keys {
		names[i] = kit.KeyLabel(tx, k)
	}
	return strings.Join(names, " ")
}
