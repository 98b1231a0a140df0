package names

import "testing"

// What explaining one row of a screen takes.
func BenchmarkExplain(b *testing.B) {
	for _, c := range []struct{ name, town, typed string }{
		{"Petra Jansen", "Utrecht", "petra jansn"},
		{"J.P. van den Berg", "Den Haag", "jp berg den haag"},
	} {
		b.Run(c.typed, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Explain(c.name, c.town, "3511 AB", c.typed)
			}
		})
	}
}
