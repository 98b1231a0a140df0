package cli

import (
	"slices"
	"testing"
)

func TestQueryText(t *testing.T) {
	for _, c := range []struct {
		in   []string
		want string
	}{
		{[]string{"petra", "jansen"}, "petra jansen"},
		{[]string{"town:Den Haag"}, `town:"Den Haag"`},
		{[]string{"town:Den Haag,Utrecht", "jansen"}, `town:"Den Haag",Utrecht jansen`},
		{[]string{"owner:me due:<fri"}, "owner:me due:<fri"},
		{[]string{`name:"Jan de Wit" owner:me`}, `name:"Jan de Wit" owner:me`},
		{[]string{"jansen trait:brazen"}, "jansen trait:brazen"},
		{[]string{" -kind:business", "b.v.: x"}, "-kind:business b.v.: x"},
		{[]string{"-town:Den Haag"}, `-town:"Den Haag"`},
		{[]string{`name:a \ b`}, `name:"a \\ b"`},
		{nil, ""},
	} {
		if got := queryText(c.in); got != c.want {
			t.Errorf("%q is %q, want %q", c.in, got, c.want)
		}
	}
}

// A condition that asks for all others is no flag, for verbs that take one.
func TestQueryArgs(t *testing.T) {
	for _, c := range []struct{ in, want []string }{
		{[]string{"find", "-kind:business", "--limit", "3"}, []string{"find", " -kind:business", "--limit", "3"}},
		{[]string{"--book", "x", "views", "save", "n", "-is:key"}, []string{"--book", "x", "views", "save", "n", " -is:key"}},
		{[]string{"find", "-h", "--view:x", "-x:y", "-5:00"}, []string{"find", "-h", "--view:x", "-x:y", "-5:00"}},
		{[]string{"export", "--", "-is:key"}, []string{"export", "--", "-is:key"}},
		{[]string{"log", "1", "-is:key"}, []string{"log", "1", "-is:key"}},
	} {
		if got := queryArgs(c.in); !slices.Equal(got, c.want) {
			t.Errorf("%q is %q, want %q", c.in, got, c.want)
		}
	}
}
