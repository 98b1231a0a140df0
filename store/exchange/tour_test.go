package exchange

import (
	"os"
	"strings"
	"testing"
)

// The sample export of the README's tour is as messy as it should be, and is
// read as the tour tells.
func TestTourExport(t *testing.T) {
	file, err := os.ReadFile("../../docs/tour/export.csv")
	if err != nil {
		t.Fatal(err)
	}
	r := mustOpen(t, string(file), Options{})
	all := readAll(t, r)
	rep := r.Report()
	if rep.Encoding != "windows-1252" || rep.Delimiter != ';' || rep.BOM || rep.Rows != 39 || rep.Bad != 1 {
		t.Errorf("report %+v", rep)
	}
	var rows [][]string
	for _, e := range all {
		if e.Bad != "" {
			if e.Bad != ReasonUnclosed || e.Line != 18 || !strings.HasPrefix(e.Raw, "1016;") {
				t.Errorf("bad line %+v", e)
			}
			continue
		}
		rows = append(rows, e.Fields)
	}
	m := ProposeMapping(r.Header(), rows[:20])
	const want = "Klantnr=number,Soort=kind,Bedrijfsnaam=company,Voornaam=first,Tussenvoegsel=infix,Achternaam=last,Tel.=phone,Mobiel=mobile,E-mail=email," +
		"Straat=street,Huisnr=houseno,Postcode=postcode,Woonplaats=town,Land=country,Status=relation,Accountmanager=owner,Serviceniveau=level," +
		"Minuten p/m=minutes,Omzet 2025=revenue,Marge 2025=margin,Einde contract=contract_end,Key account=key_account,Opmerking=note"
	if got := m.String(); got != want {
		t.Errorf("mapping %s", got)
	}
	kinds, relations := map[string]int{}, map[string]int{}
	var revenue, margin int64
	f := m.Fields()
	names := map[string]string{}
	for _, row := range rows {
		f.Row = row
		kind, _, err1 := f.Word(Kind, ParseKind)
		relation, _, err2 := f.Word(Relation, ParseRelation)
		r, _, err3 := f.Cents(Revenue)
		m, _, err4 := f.Cents(Margin)
		_, _, err5 := f.Whole(Minutes)
		_, _, err6 := f.Date(ContractEnd)
		_, _, err7 := f.Bool(KeyAccount)
		for _, err := range []error{err1, err2, err3, err4, err5, err6, err7} {
			if err != nil {
				t.Errorf("%s: %v", f.Text(Number), err)
			}
		}
		kinds[kind]++
		relations[relation]++
		revenue += r
		margin += m
		names[f.Text(Number)] = f.Text(First) + "|" + f.Text(Infix) + "|" + f.Text(Last)
	}
	if kinds["private"] != 25 || kinds["business"] != 13 || kinds["internal"] != 1 {
		t.Errorf("kinds %v", kinds)
	}
	if relations["customer"] != 36 || relations["prospect"] != 1 || relations["suspect"] != 1 || relations["former"] != 1 {
		t.Errorf("relations %v", relations)
	}
	if revenue != 48164020 || margin != 9162960 {
		t.Errorf("revenue %d, margin %d", revenue, margin)
	}
	for number, name := range map[string]string{"1001": "Zoë|van der|Meulen", "1007": "Gijs|'t|Hart", "1021": "François||Crèvecœur", "1017": "Anouk|van|Dijck"} {
		if names[number] != name {
			t.Errorf("%s is %q", number, names[number])
		}
	}
}
