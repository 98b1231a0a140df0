package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Link says that a column holds a field.
type Link struct {
	Column int    // from 0
	Header string // as it came; empty without a header
	Field  Field

	numbered bool // the header alone does not tell the column
}

// newLink makes a link and settles how it is printed.
func newLink(header []string, column int, field Field) Link {
	link := Link{Column: column, Field: field, numbered: true}
	if column >= len(header) {
		return link
	}
	link.Header = header[column]
	folded := fold(link.Header)
	alike := 0
	for _, h := range header {
		if fold(h) == folded {
			alike++
		}
	}
	// Some characters would mean something to the mapping or to a shell.
	clean := !strings.ContainsAny(link.Header, ",=#\"'\\$`!*") && printable(link.Header)
	link.numbered = folded == "" || alike > 1 || !clean
	return link
}

// Mapping says which column holds which field, in the order of the columns. No
// column and no field occurs twice.
type Mapping []Link

// Column is the column of a field, or -1.
func (m Mapping) Column(f Field) int {
	for _, link := range m {
		if link.Field == f {
			return link.Column
		}
	}
	return -1
}

// String prints the mapping as [ParseMapping] reads it: naam=name,tel=phone.
// A header that could be misread is printed as its column's number, #3.
func (m Mapping) String() string {
	var parts []string
	for _, link := range m {
		key := link.Header
		if link.numbered {
			key = "#" + strconv.Itoa(link.Column+1)
		}
		parts = append(parts, key+"="+string(link.Field))
	}
	return strings.Join(parts, ",")
}

func printable(s string) bool {
	return s == strings.TrimSpace(s) && strings.IndexFunc(s, func(r rune) bool { return !strconv.IsPrint(r) || r == '\ufffd' }) < 0
}

// LeftOut lists the columns that the mapping does not use; their Field is
// empty. width is the number of columns and header may be nil.
func (m Mapping) LeftOut(header []string, width int) []Link {
	var out []Link
	for i := range max(width, len(header)) {
		if slices.ContainsFunc(m, func(l Link) bool { return l.Column == i }) {
			continue
		}
		link := Link{Column: i}
		if i < len(header) {
			link.Header = header[i]
		}
		out = append(out, link)
	}
	return out
}

// MapError says what is wrong in a mapping that a person wrote.
type MapError struct {
	Reason  string   // text id: "import.map.form", ".field", ".column" or ".twice"
	Word    string   // the part meant
	Allowed []string // what it could have been, when that can be listed
}

// Error names the part and what is allowed.
func (e *MapError) Error() string {
	if len(e.Allowed) == 0 {
		return fmt.Sprintf("%s: %q", e.Reason, e.Word)
	}
	return fmt.Sprintf("%s: %q (%s)", e.Reason, e.Word, strings.Join(e.Allowed, ", "))
}

// ParseMapping reads a mapping such as "naam=name,#3=phone": the column by its
// header, folded, or by its number from 1, then the field. It is complete:
// what it does not name is left out. Without a header only numbers do. Errors
// are of type *[MapError].
func ParseMapping(s string, header []string) (Mapping, error) {
	return parseMapping(s, header, allFields)
}

func parseMapping(s string, header []string, fields []Field) (Mapping, error) {
	var m Mapping
	for part := range strings.SplitSeq(s, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		k := strings.LastIndexByte(part, '=')
		if k < 0 {
			return nil, &MapError{Reason: "import.map.form", Word: strings.TrimSpace(part)}
		}
		key, word := strings.TrimSpace(part[:k]), strings.TrimSpace(part[k+1:])
		field := Field(strings.ToLower(word))
		if !slices.Contains(fields, field) {
			return nil, &MapError{Reason: "import.map.field", Word: word, Allowed: namesOf(fields)}
		}
		column, err := findColumn(key, header)
		if err != nil {
			return nil, err
		}
		for _, other := range m {
			if other.Field == field {
				return nil, &MapError{Reason: "import.map.twice", Word: word}
			}
			if other.Column == column {
				return nil, &MapError{Reason: "import.map.twice", Word: key}
			}
		}
		m = append(m, newLink(header, column, field))
	}
	slices.SortFunc(m, func(a, b Link) int { return a.Column - b.Column })
	return m, nil
}

func fieldNames() []string { return namesOf(allFields) }

func namesOf(fields []Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = string(f)
	}
	return names
}

// findColumn finds a column by number or header; a header that occurs more
// than once means its first column.
func findColumn(key string, header []string) (int, error) {
	unknown := &MapError{Reason: "import.map.column", Word: key, Allowed: header}
	if digits, ok := strings.CutPrefix(key, "#"); ok {
		n, err := strconv.Atoi(digits)
		last := len(header)
		if header == nil {
			last = MaxColumns
		}
		if err != nil || n < 1 || n > last {
			return 0, unknown
		}
		return n - 1, nil
	}
	if i := slices.Index(header, key); i >= 0 {
		return i, nil
	}
	folded := fold(key)
	for i, h := range header {
		if folded != "" && fold(h) == folded {
			return i, nil
		}
	}
	return 0, unknown
}
