package report

import (
	"fmt"
	"html/template"
	"strings"

	"pasvorm/ui/kit/svg"
)

// HTML writes the page as one file that needs nothing from elsewhere: no
// script, no font, no address, and a rule that keeps a browser from fetching
// any. It is well-formed XML too. Words go through html/template.
func (p *Page) HTML() (string, error) {
	var b strings.Builder
	err := pageTemplate.Execute(&b, struct {
		*Page
		Style template.CSS
	}{p.cleaned(), template.CSS(style + svg.Style)}) //nolint:gosec // our own style sheet
	if err != nil {
		return "", fmt.Errorf("report: %w", err)
	}
	return b.String(), nil
}

// cleaned gives the page with every text on one line and fit to be shown. The
// charts are as they were drawn.
func (p *Page) cleaned() *Page {
	out := &Page{Lang: p.Lang, Title: one(p.Title), About: one(p.About), Foot: one(p.Foot)}
	for _, s := range p.Sections {
		c := Section{Heading: one(s.Heading), Half: s.Half}
		for _, k := range s.Blocks {
			n := Block{Text: one(k.Text), Loud: k.Loud, Chart: k.Chart}
			for _, l := range k.List {
				n.List = append(n.List, one(l))
			}
			for _, r := range k.Pairs {
				n.Pairs = append(n.Pairs, [2]string{one(r[0]), one(r[1])})
			}
			if t := k.Table; t != nil {
				n.Table = &Table{Numbers: t.Numbers, Head: ones(t.Head), Fold: one(t.Fold)}
				for _, r := range t.Rows {
					n.Table.Rows = append(n.Table.Rows, ones(r))
				}
			}
			c.Blocks = append(c.Blocks, n)
		}
		out.Sections = append(out.Sections, c)
	}
	return out
}

func ones(all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = one(s)
	}
	return out
}

// number tells whether a column holds numbers.
func (t *Table) number(i int) bool { return i < len(t.Numbers) && t.Numbers[i] }

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"chart":  func(s string) template.HTML { return template.HTML(s) }, //nolint:gosec // drawn by ui/kit/svg, which escapes
	"number": func(t *Table, i int) bool { return t.number(i) },
}).Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<title>{{.Title}}</title>
<style>{{.Style}}</style>
</head>
<body>
<main>
<header>
<h1>{{.Title}}</h1>
{{with .About}}<p class="about">{{.}}</p>
{{end}}</header>
{{range .Sections}}<section{{if .Half}} class="half"{{end}}>
{{with .Heading}}<h2>{{.}}</h2>
{{end}}{{range .Blocks}}{{if .Chart}}<figure>{{chart .Chart}}</figure>
{{else if .Table}}{{$t := .Table}}{{with $t.Fold}}<details><summary>{{.}}</summary>{{end}}<div class="wide"><table>
<thead><tr>{{range $i, $h := .Table.Head}}<th scope="col"{{if number $t $i}} class="n"{{end}}>{{$h}}</th>{{end}}</tr></thead>
<tbody>{{range .Table.Rows}}
<tr>{{range $i, $c := .}}<td{{if number $t $i}} class="n"{{end}}>{{$c}}</td>{{end}}</tr>{{end}}
</tbody></table></div>{{if $t.Fold}}</details>{{end}}
{{else if .Pairs}}<dl>{{range .Pairs}}<div><dt>{{index . 0}}</dt><dd>{{index . 1}}</dd></div>
{{end}}</dl>
{{else if .List}}<ul>{{range .List}}<li>{{.}}</li>
{{end}}</ul>
{{else if .Loud}}<p class="loud">{{.Text}}</p>
{{else}}<p>{{.Text}}</p>
{{end}}{{end}}</section>
{{end}}</main>
{{with .Foot}}<footer><p>{{.}}</p></footer>
{{end}}</body>
</html>
`))

// style is the sheet of every page: light and dark as the reader has it, and
// one sheet of A4 in print.
const style = `:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--paper:#fff;--mark:#0b5c8a}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#9aa4af;--line:#3a424c;--paper:#14171a;--mark:#7cc4ee}}
*{box-sizing:border-box}
body{margin:0;padding:1.5rem 1rem;color:var(--ink);background:var(--paper);font:15px/1.45 system-ui,"Segoe UI",Roboto,"Liberation Sans",sans-serif;overflow-wrap:anywhere}
main,footer{max-width:60rem;margin:0 auto}
main{display:grid;grid-template-columns:1fr 1fr;column-gap:2rem}
header,section{grid-column:1/-1;min-width:0}
section.half{grid-column:auto}
h1{font-size:1.5rem;line-height:1.2;margin:0 0 .3rem}
h2{font-size:.82rem;letter-spacing:.06em;text-transform:uppercase;color:var(--mark);margin:1.1rem 0 .35rem;border-bottom:1px solid var(--line);padding-bottom:.15rem}
p,ul,dl,figure{margin:.3rem 0}
ul{padding-left:1.1rem}
.about,footer{color:var(--soft)}
.loud{font-weight:600}
dl{display:grid;grid-template-columns:minmax(0,1fr)}
dl div{display:flex;gap:.6rem;padding:.08rem 0}
dt{flex:0 0 11rem;color:var(--soft)}
dd{margin:0;flex:1;min-width:0}
.half dt{flex-basis:8.5rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:.16rem .7rem .16rem 0;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--soft);font-size:.85em}
th:last-child,td:last-child{padding-right:0}
.n{text-align:right;white-space:nowrap}
summary{color:var(--soft);cursor:pointer;font-size:.85em}
figure svg{display:block}
footer{border-top:1px solid var(--line);margin-top:1.2rem;font-size:.85em}
@media (max-width:42rem){main{display:block}dl div{display:block}dt{font-size:.85em}}
@page{size:A4;margin:12mm 13mm}
@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--mark:#0b5c8a;color-scheme:light}
body{padding:0;font-size:9pt;line-height:1.32}
main,footer{max-width:none}
main{display:grid;column-gap:8mm}
h1{font-size:14pt}
h2{font-size:7.6pt;margin:2.4mm 0 1mm;break-after:avoid}
p,ul,dl,figure{margin:.8mm 0}
th,td{padding:.35mm 3mm .35mm 0}
th:last-child,td:last-child{padding-right:0}
dl div{display:flex}
dt{flex-basis:36mm}
.half dt{flex-basis:26mm}
.wide{overflow:visible}
details{display:none}
section,tr,figure{break-inside:avoid}
footer{margin-top:3mm}}
`
