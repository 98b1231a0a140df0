package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"
)

func benchFile(rows int, format string) []byte {
	var b bytes.Buffer
	b.WriteString("nr;voornaam;tussenvoegsel;achternaam;telefoon;email;postcode;plaats;omzet\n")
	for i := range rows {
		fmt.Fprintf(&b, format, i, i%977, i%1000)
	}
	return b.Bytes()
}

// BenchmarkReader reports rows a second for nine columns on one core.
func BenchmarkReader(b *testing.B) {
	const rows = 50000
	for _, bm := range []struct{ name, format string }{
		{"plain", "%d;Anneke;van der;Bakker%d;06 1234 5678;anneke@voorbeeld.example;1234 AB;Utrecht;1.234,%d\n"},
		{"utf-8", "%d;Zoë;van der;Bäkker%d;06 1234 5678;zoe@voorbeeld.example;1234 AB;Liège;1.234,%d\n"},
		{"windows-1252", "%d;Zo\xeb;van der;Bakker%d;06 1234 5678;zoe@voorbeeld.example;1234 AB;Li\xe8ge;1.234,%d\n"},
		{"quoted", "\"%d\";\"Anneke\";\"van der\";\"Bakker%d\";\"06 1234 5678\";\"anneke@voorbeeld.example\";\"1234 AB\";\"Utrecht\";\"1.234,%d\"\n"},
		{"cr", "%d;Anneke;van der;Bakker%d;06 1234 5678;anneke@voorbeeld.example;1234 AB;Utrecht;1.234,%d\r"},
	} {
		file := benchFile(rows, bm.format)
		b.Run(bm.name, func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				r, err := Open(bytes.NewReader(file), Options{})
				if err != nil {
					b.Fatal(err)
				}
				n := 0
				for ; err == nil; n++ {
					_, err = r.Next()
				}
				if !errors.Is(err, io.EOF) || n != rows+1 {
					b.Fatalf("%d rows: %v", n, err)
				}
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
