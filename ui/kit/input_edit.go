package kit

// At is the place of the cursor in bytes of the text.
func (in *Input) At() int {
	value := []rune(in.m.Value())
	return len(string(value[:min(in.m.Position(), len(value))]))
}

// Splice puts a text in the place of some bytes, as when a proposal is taken,
// with the cursor behind it.
func (in *Input) Splice(from, to int, s string) {
	value := in.m.Value()
	from = max(min(from, len(value)), 0)
	to = max(min(to, len(value)), from)
	head := value[:from] + s
	in.m.SetValue(head + value[to:])
	in.m.SetCursor(len([]rune(head)))
	in.touched = true
}
