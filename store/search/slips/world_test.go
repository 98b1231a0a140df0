package slips

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// world invents n customers in whom every class finds targets.
func world(n int) []Customer {
	r := rand.New(rand.NewPCG(4, 2))
	one := func(list []string) string { return list[r.IntN(len(list))] }
	firsts := strings.Fields("Jan Johannes Willem Maria Sjoukje Khadija Mohammed Şeyma Çağla Piotr Katarzyna Roshni Soerjpersad Zoë Renée Femke Youssef Anna Hendrika P. J.A. M.E.L. B. Erik Amélie")
	infix := []string{"", "", "", "", "van ", "de ", "van der ", "van den ", "ten ", "El ", "in 't ", "Ben "}
	stems := strings.Fields("Bak Vis Jan Hoog Groen Wester Molen Kuip Drost Haan Linde Kooi Venn Zijl Dijk Bruin Schip Nacht Wolf Brand")
	ends := strings.Fields("ker stra sma inga ema sen man huis berg veld oğlu kaya taş owski cki wicz vić aoui ouzi idrissi issi persad sing djo lall dijk horst")
	towns := []string{"Amsterdam", "Rotterdam", "'s-Hertogenbosch", "Den Haag", "Alphen aan den Rijn", "Leeuwarden", "Groningen", "Súdwest", "Heusden", "Breda"}
	trades := []string{"Installatietechniek", "Bakkerij", "Autobedrijf", "Administratiekantoor", "Schilderwerken", "Apotheek"}
	last := func() string { return one(stems) + one(ends) }
	var out []Customer
	for i := range n {
		c := Customer{Number: strconv.Itoa(i + 1), Town: one(towns), Postcode: fmt.Sprintf("%d %c%c", 1000+r.IntN(8999), 'A'+r.IntN(26), 'A'+r.IntN(26))}
		switch {
		case r.IntN(4) == 0:
			c.Company = true
			c.Name = one([]string{last() + " " + one(trades), last() + " & " + last() + " " + one(trades), "Gebr. " + last(), one(trades) + " De " + last()})
			c.Name += one([]string{"", " B.V.", " VOF"})
		default:
			c.First, c.Last = one(firsts), one(infix)+last()
			if r.IntN(6) == 0 {
				c.Last += "-" + last()
			}
			c.Name = c.First + " " + c.Last
		}
		out = append(out, c)
	}
	return out
}

// people makes customers of names alone: "Jan/van der Berg", or a company's.
func people(names ...string) []Customer {
	var out []Customer
	for i, n := range names {
		c := Customer{Number: strconv.Itoa(i + 1), Name: n, Company: true, Town: "Breda", Postcode: "4811 AB"}
		if first, last, person := strings.Cut(n, "/"); person {
			c.Company, c.First, c.Last, c.Name = false, first, last, strings.TrimSpace(first+" "+last)
		}
		out = append(out, c)
	}
	return out
}
