package kit

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestInputSplice(t *testing.T) {
	in := NewInput("zoë ow x", 100)
	in.Focus()
	if in.At() != len("zoë ow x") {
		t.Errorf("the cursor is at %d", in.At())
	}
	in.Splice(5, 7, "owner:")
	if in.Value() != "zoë owner: x" || in.At() != len("zoë owner:") {
		t.Errorf("%q at %d", in.Value(), in.At())
	}
	in.Update(tea.KeyPressMsg{Code: 'm', Text: "m"})
	if in.Value() != "zoë owner:m x" {
		t.Errorf("%q", in.Value())
	}
	in.Splice(-3, 900, "") // what is out of bounds is cut to them
	if in.Value() != "" || in.At() != 0 {
		t.Errorf("%q at %d", in.Value(), in.At())
	}
}
