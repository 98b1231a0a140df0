package exchange

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestProposeMapping(t *testing.T) {
	tests := []struct {
		name, header string // separated by bars
		sample       []string
		want         string
	}{
		{"dutch", "Klantnummer|Voornaam|Tussenvoegsel|Achternaam|Tel.|Mobiel|E-mail|Straat|Huisnr.|Postcode|Woonplaats|Land", nil,
			"Klantnummer=number,Voornaam=first,Tussenvoegsel=infix,Achternaam=last,Tel.=phone,Mobiel=mobile,E-mail=email,Straat=street,Huisnr.=houseno,Postcode=postcode,Woonplaats=town,Land=country"},
		{"english", "id|full_name|Company Name|customer type|PHONE NUMBER|e-mail address|ZIP|City|Account Manager|Annual revenue|Gross margin|SLA|Response time|Minutes per month|Contract end date|Key Account?|Notes", nil,
			"id=number,full_name=name,Company Name=company,customer type=kind,PHONE NUMBER=phone,e-mail address=email,ZIP=postcode,City=town,Account Manager=owner,Annual revenue=revenue,Gross margin=margin," +
				"SLA=level,Response time=response,Minutes per month=minutes,Contract end date=contract_end,Key Account?=key_account,Notes=note"},
		{"own names", "duty|channel|preferences|expectations|helps|hinders|contract_end|key_account", nil,
			"duty=duty,channel=channel,preferences=preferences,expectations=expectations,helps=helps,hinders=hinders,contract_end=contract_end,key_account=key_account"},
		{"n=1 card in dutch", "Voorkeuren|Verwachtingen|Wat helpt|Wat helpt niet|Voorkeurskanaal|Wettelijke plicht", nil,
			"Voorkeuren=preferences,Verwachtingen=expectations,Wat helpt=helps,Wat helpt niet=hinders,Voorkeurskanaal=channel,Wettelijke plicht=duty"},
		{"noise", "Omzet 2025 (EUR)|Marge per jaar|Telefoon (hoofd)|E-mail klant", nil, "Omzet 2025 (EUR)=revenue,Marge per jaar=margin,Telefoon (hoofd)=phone,E-mail klant=email"},
		{"nothing known", "foo|bar|", nil, ""},
		{"taken once", "E-mail|Mail|Naam|Naam", nil, "E-mail=email,#3=name"},
		{"exact beats noisy", "Telefoon werk 2|Telefoon|Naam", nil, "Telefoon=phone,Naam=name"},
		{"weak word agrees", "Naam|Type|Status", []string{"A|P|klant", "B|c|prospect", "C||"}, "Naam=name,Type=kind,Status=relation"},
		{"weak word does not", "Naam|Type|Status", []string{"A|red|open", "B|green|shut"}, "Naam=name"},
		{"by values", "a|b|c|d", []string{"piet@huis.example|1234 AB|06-12 34 56 78|+31 20 555 0100", "els@huis.example|9999xx|0612345678|020-5550101"}, "a=email,b=postcode,c=mobile,d=phone"},
		{"last name first", "Naam|Voornaam", []string{"Jansen|Piet"}, "Naam=last,Voornaam=first"},
		{"name in full beside the first", "Naam|Voornaam", []string{"Piet Jansen|Piet"}, "Naam=name,Voornaam=first"},
		{"company and contact", "Naam|Contactpersoon|Telefoon", []string{"Bakkerij Bol|Els Bol|020-5550100"}, "Naam=company,Contactpersoon=name,Telefoon=phone"},
		{"company, its own column, and contact", "Bedrijf|Contactpersoon", nil, "Bedrijf=company,Contactpersoon=name"},
		{"diacritics", "Télefoon|NÀAM", nil, "Télefoon=phone,NÀAM=name"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			header := strings.Split(tt.header, "|")
			var sample [][]string
			for _, row := range tt.sample {
				sample = append(sample, strings.Split(row, "|"))
			}
			m := ProposeMapping(header, sample)
			if got := m.String(); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if left := m.LeftOut(header, 0); len(left)+len(m) != len(header) {
				t.Errorf("%d mapped, %d left out of %d", len(m), len(left), len(header))
			}
		})
	}
	m := ProposeMapping(nil, [][]string{{"x", "piet@huis.example"}})
	if got := m.String(); got != "#2=email" {
		t.Errorf("without a header: %s", got)
	}
	if left := m.LeftOut(nil, 3); !reflect.DeepEqual(left, []Link{{Column: 0}, {Column: 2}}) {
		t.Errorf("left out %+v", left)
	}
}

// A word that means two fields would be decided by chance.
func TestHeaderWordsMeanOneField(t *testing.T) {
	seen := make(map[string]Field)
	for _, table := range []map[Field][]string{headerWords, weakWords} {
		for field, words := range table {
			if !slices.Contains(allFields, field) {
				t.Errorf("unknown field %q", field)
			}
			for _, w := range words {
				if other, ok := seen[fold(w)]; ok && other != field || fold(w) == "" {
					t.Errorf("%q is %s and %s", w, field, other)
				}
				seen[fold(w)] = field
			}
		}
	}
	for _, f := range AllFields() {
		if got := fieldByHeader[fold(string(f))]; got != f {
			t.Errorf("header %s means %s", f, got)
		}
		if len(headerWords[f]) == 0 {
			t.Errorf("%s has no words", f)
		}
	}
	for _, list := range []map[string]string{kindWords, relationWords, boolWords} {
		if list[""] != "" {
			t.Error("an empty word has a meaning")
		}
	}
}

func TestParseMapping(t *testing.T) {
	header := []string{"Naam", "Tel", "a=b", "x,y", "tel", ""}
	m, err := ParseMapping(" naam = name , tel=Phone,#6=note,a=b=email,", header)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.String(); got != "Naam=name,#3=email,#5=phone,#6=note" {
		t.Errorf("got %s", got)
	}
	if m.Column(Phone) != 4 || m.Column(Town) != -1 {
		t.Errorf("columns %d %d", m.Column(Phone), m.Column(Town))
	}
	for in, want := range map[string]MapError{
		"naam":                 {"import.map.form", "naam", nil},
		"naam=nmae":            {"import.map.field", "nmae", fieldNames()},
		"nam=name":             {"import.map.column", "nam", header},
		"#0=name":              {"import.map.column", "#0", header},
		"#7=name":              {"import.map.column", "#7", header},
		"#x=name":              {"import.map.column", "#x", header},
		"...=name":             {"import.map.column", "...", header},
		"naam=name,tel=name":   {"import.map.twice", "name", nil},
		"naam=name,#1=company": {"import.map.twice", "#1", nil},
	} {
		_, err := ParseMapping(in, header)
		var got *MapError
		if !errors.As(err, &got) || !reflect.DeepEqual(*got, want) {
			t.Errorf("%q: %v", in, err)
		}
		if got != nil && (!strings.Contains(got.Error(), want.Word) || len(want.Allowed) > 0 && !strings.Contains(got.Error(), want.Allowed[0])) {
			t.Errorf("%q: message %q", in, got.Error())
		}
	}
	if m, err := ParseMapping("#2=name", nil); err != nil || m.String() != "#2=name" {
		t.Errorf("without a header: %v %v", m, err)
	}
}

// What a mapping prints can be pasted back, whatever the headers look like.
func TestMappingPrintsWhatItParses(t *testing.T) {
	names := rapid.SampledFrom([]string{"Naam", "naam", "NAAM ", "tel", "a,b", "x=name", "#1", "", "é", "e", "\x00", "Wat helpt", "'", "mail", "\xff", "…", "soort"})
	rapid.Check(t, func(t *rapid.T) {
		header := rapid.SliceOfN(names, 1, 8).Draw(t, "header")
		fields := rapid.Permutation(AllFields()).Draw(t, "fields")
		var m Mapping
		for i := range header {
			if rapid.Bool().Draw(t, "mapped") {
				m = append(m, newLink(header, i, fields[i]))
			}
		}
		for _, m := range []Mapping{m, ProposeMapping(header, nil)} {
			got, err := ParseMapping(m.String(), header)
			if err != nil || !reflect.DeepEqual(got, m) {
				t.Fatalf("%s: %v %v", m, got, err)
			}
		}
	})
}

func TestFields(t *testing.T) {
	header := strings.Split("naam,omzet,minuten,einde contract,vip,soort klant,klantstatus,opmerking,plaats", ",")
	f := ProposeMapping(header, nil).Fields()
	f.Row = []string{"'=Zoë", "€ 1.234,50", "60", "22-11-2026", "ja", "P", "klant", "'t Hart"}
	if f.Text(Name) != "=Zoë" || f.Text(Note) != "'t Hart" || f.Text(Town) != "" || f.Text(Email) != "" || !f.Has(Town) || f.Has(Email) {
		t.Errorf("texts %q %q", f.Text(Name), f.Text(Note))
	}
	cents, ok1, err1 := f.Cents(Revenue)
	n, ok2, err2 := f.Whole(Minutes)
	day, ok3, err3 := f.Date(ContractEnd)
	vip, ok4, err4 := f.Bool(KeyAccount)
	kind, ok5, err5 := f.Word(Kind, ParseKind)
	relation, ok6, err6 := f.Word(Relation, ParseRelation)
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		t.Fatal(err)
	}
	if found := ok1 && ok2 && ok3 && ok4 && ok5 && ok6; !found {
		t.Fatal("a value was taken for absent")
	}
	if cents != 123450 || n != 60 || day.Format("2006-01-02") != "2026-11-22" || !vip || kind != "private" || relation != "customer" {
		t.Error(cents, n, day, vip, kind, relation)
	}
	if _, ok, err := f.Cents(Margin); ok || err != nil {
		t.Errorf("absent: %v %v", ok, err)
	}
	f.Row[1], f.Row[2] = " - ", "veel"
	if _, ok, err := f.Cents(Revenue); ok || err != nil {
		t.Errorf("a dash: %v %v", ok, err)
	}
	if _, ok, err := f.Whole(Minutes); ok || !errors.Is(err, errNumber) {
		t.Errorf("a word: %v %v", ok, err)
	}
}
