package playbook

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"testing"
)

var writeIt = flag.Bool("quick", false, "write default.quick.json anew")

// TestQuickDefault holds what was read from default.toml before to what is read
// from it now.
func TestQuickDefault(t *testing.T) {
	p, err := parse("default.toml", defaultTOML, nil)
	if err != nil {
		t.Fatal(err)
	}
	want, err := writeQuick(p, defaultTOML)
	if err != nil {
		t.Fatal(err)
	}
	if *writeIt {
		if err := os.WriteFile("default.quick.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(want, quickDefault) {
		t.Error("default.quick.json is not what default.toml says: run go generate ./store/playbook")
	}
	if got := readQuick(want, defaultTOML); !reflect.DeepEqual(got, p) {
		t.Errorf("read back\n%+v\nwhere stood\n%+v", got, p)
	}
	if !reflect.DeepEqual(Default(), p) {
		t.Error("the default is not what default.toml says")
	}
}

// TestQuickOfAnotherText holds that a text which was changed since is read itself.
func TestQuickOfAnotherText(t *testing.T) {
	raw, err := writeQuick(Default(), defaultTOML)
	if err != nil {
		t.Fatal(err)
	}
	if readQuick(raw, append(DefaultTOML(), '\n')) != nil || readQuick(raw[:len(raw)/2], defaultTOML) != nil || readQuick(nil, defaultTOML) != nil {
		t.Error("taken for what it is not")
	}
}
