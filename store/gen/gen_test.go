package gen

import (
	"bytes"
	"strings"
	"testing"

	"pasvorm/store/exchange"
)

func TestSameSeedSameCustomers(t *testing.T) {
	write := func(seed uint64) string {
		var b bytes.Buffer
		if err := CSV(&b, seed, 300); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	first, again := write(1), write(1)
	if first != again {
		t.Error("the same seed gave other customers")
	}
	if first == write(2) {
		t.Error("another seed gave the same customers")
	}
}

// Every row has a name and values that an import can read.
func TestCustomersCanBeRead(t *testing.T) {
	seen := 0
	err := Customers(7, 2000, func(c *Customer) error {
		seen++
		row := c.Row()
		if c.Name() == "" || len(row) != len(Header) || c.Phone+c.Mobile == "" {
			t.Errorf("%+v", c)
		}
		_, e1 := exchange.ParseDecimal(c.Revenue)
		_, e2 := exchange.ParseKind(c.Kind)
		_, e3 := exchange.ParseRelation(c.Relation)
		_, e4 := exchange.ParseWhole(c.Minutes)
		if e1 != nil || e2 != nil || e3 != nil || e4 != nil {
			t.Errorf("%+v: %v %v %v %v", c, e1, e2, e3, e4)
		}
		if c.Email != "" && !strings.HasSuffix(c.Email, ".example") {
			t.Errorf("mail address that may exist: %s", c.Email)
		}
		return nil
	})
	if err != nil || seen != 2000 {
		t.Fatal(seen, err)
	}
	m := exchange.ProposeMapping(Header, nil)
	if len(m) != len(Header) {
		t.Errorf("columns left out: %v", m.LeftOut(Header, len(Header)))
	}
}
