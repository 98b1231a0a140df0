// Package gen invents customers: as many as asked for, the same ones for the
// same seed. Nobody in them exists, and the mail addresses cannot.
package gen

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"pasvorm/store/exchange"
)

// Customer is one row of an invented file. Every value is text, as it stands in
// an export of some other program.
type Customer struct {
	Number, Kind, Company, First, Infix, Last       string
	Phone, Mobile, Email                            string
	Street, HouseNo, Postcode, Town, Country        string
	Relation, Level, Minutes, Revenue, Margin, Note string
}

// Header names the columns of [Customer.Row].
var Header = []string{"Klantnummer", "Soort klant", "Bedrijfsnaam", "Voornaam", "Tussenvoegsel", "Achternaam", "Telefoon", "Mobiel", "E-mail",
	"Straat", "Huisnummer", "Postcode", "Plaats", "Land", "Klantstatus", "Serviceniveau", "Minuten per maand", "Omzet", "Marge", "Opmerking"}

// Row gives the values in the order of [Header]. The slice is new each time.
func (c *Customer) Row() []string {
	return []string{c.Number, c.Kind, c.Company, c.First, c.Infix, c.Last, c.Phone, c.Mobile, c.Email,
		c.Street, c.HouseNo, c.Postcode, c.Town, c.Country, c.Relation, c.Level, c.Minutes, c.Revenue, c.Margin, c.Note}
}

// Name gives the whole name as an import joins it.
func (c *Customer) Name() string {
	name := strings.Join(strings.Fields(c.First+" "+c.Infix+" "+c.Last), " ")
	switch {
	case name == "":
		return c.Company
	case c.Company != "":
		return name + " (" + c.Company + ")"
	}
	return name
}

// Customers calls f for n customers until it gives an error. Numbers count from
// 100001. About one in a hundred shares a mail address or phone number with the
// one before, as members of a household do.
func Customers(seed uint64, n int, f func(*Customer) error) error {
	g := &maker{rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))}
	var last Customer
	for i := range n {
		c := g.customer(i)
		if i > 0 && g.oneIn(100) {
			c.Email, c.Street, c.HouseNo, c.Postcode, c.Town, c.Country = last.Email, last.Street, last.HouseNo, last.Postcode, last.Town, last.Country
			if last.Phone != "" {
				c.Phone = last.Phone
			}
		}
		last = c
		if err := f(&c); err != nil {
			return err
		}
	}
	return nil
}

// CSV writes n customers as a file with semicolons.
func CSV(w io.Writer, seed uint64, n int) error {
	out, err := exchange.NewCSVWriter(w, Header, exchange.CSVOptions{Delimiter: ';'})
	if err != nil {
		return err
	}
	err = Customers(seed, n, func(c *Customer) error { return out.Write(c.Row()) })
	if err != nil {
		return err
	}
	return out.Flush()
}

type maker struct{ *rand.Rand }

func (g *maker) oneIn(n int) bool        { return g.IntN(n) == 0 }
func (g *maker) of(list []string) string { return list[g.IntN(len(list))] }
func (g *maker) digits(n int) string     { return fmt.Sprintf("%0*d", n, g.IntN(pow10(n))) }
func (g *maker) money(max int) string    { return fmt.Sprintf("%d,%02d", g.IntN(max), g.IntN(100)) }
func (g *maker) letter() string          { return string("ABCDEGHJKLMNPRSTVWXZ"[g.IntN(20)]) }
func (g *maker) maybe(n int, s string) string {
	if g.oneIn(n) {
		return s
	}
	return ""
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

func (g *maker) customer(i int) Customer {
	c := Customer{Number: strconv.Itoa(100001 + i), Kind: "P", First: g.of(firstNames), Last: g.of(surnames),
		Street: g.of(streets), HouseNo: strconv.Itoa(1+g.IntN(220)) + g.maybe(8, "a"), Relation: g.of(relations), Level: g.of(levels),
		Minutes: strconv.Itoa(30 * g.IntN(20)), Revenue: g.money(900), Margin: g.money(200), Note: g.maybe(12, g.of(remarks))}
	if g.oneIn(3) {
		c.Infix = g.of(infixes)
	}
	if g.oneIn(6) {
		c.Kind, c.Company, c.Revenue, c.Margin = "C", g.of(trades)+" "+g.of(surnames)+" "+g.of(forms), g.money(90000), g.money(20000)
		if g.oneIn(2) {
			c.First, c.Infix, c.Last = "", "", ""
		}
	}
	g.address(&c)
	who := c.First + "." + c.Last
	if c.First == "" {
		who = strings.ReplaceAll(c.Company, " ", "-")
	}
	if !g.oneIn(7) {
		c.Email = plain(who) + g.digits(4) + "@" + g.of(domains)
	}
	return c
}

func (g *maker) address(c *Customer) {
	if g.oneIn(5) {
		c.Town, c.Country, c.Postcode = g.of(belgianTowns), "BE", strconv.Itoa(1000+g.IntN(8900))
		c.Mobile = "+32 4" + g.digits(2) + " " + g.digits(2) + " " + g.digits(2) + " " + g.digits(2)
		return
	}
	c.Town, c.Country = g.of(towns), "NL"
	c.Postcode = strconv.Itoa(1000+g.IntN(8900)) + " " + g.letter() + g.letter()
	if g.oneIn(2) {
		c.Phone = "0" + strconv.Itoa(10+g.IntN(60)) + "-" + g.digits(7)
	}
	if c.Phone == "" || g.oneIn(2) {
		c.Mobile = "06-" + g.digits(8)
	}
}

// plain makes the local part of a mail address.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '-':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, norm.NFD.String(s))
}
