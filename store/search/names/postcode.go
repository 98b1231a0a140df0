package names

// A postcode is packed into a number: digits with two letters (1094sx) as
// 1 + (digits × 676 + letters), digits alone as codeDigits + 1 + digits, none as
// 0, anything else as codeOther + its place in a list.
const (
	codeDigits = 1 << 24
	codeOther  = 1 << 31
)

// packPostcode packs a folded postcode; ok is false for one of another form.
func packPostcode(s string) (code uint32, ok bool) {
	if s == "" {
		return 0, true
	}
	digits, n := uint32(0), 0
	for n < len(s) && isDigit(s[n]) && n < 6 {
		digits = digits*10 + uint32(s[n]-'0')
		n++
	}
	switch {
	case s[0] == '0' || n < 4:
		return 0, false
	case n == len(s) && n <= 6:
		return codeDigits + 1 + digits, true
	case n == 4 && len(s) == 6 && isLetter(s[4]) && isLetter(s[5]):
		return 1 + digits*676 + uint32(s[4]-'a')*26 + uint32(s[5]-'a'), true
	}
	return 0, false
}

// unpackPostcode gives what packPostcode packed.
func unpackPostcode(dst []byte, code uint32) []byte {
	switch {
	case code == 0:
		return dst
	case code > codeDigits:
		return appendDigits(dst, code-codeDigits-1)
	}
	code--
	dst = appendDigits(dst, code/676)
	return append(dst, byte('a'+code%676/26), byte('a'+code%26))
}

func appendDigits(dst []byte, n uint32) []byte {
	if n >= 10 {
		dst = appendDigits(dst, n/10)
	}
	return append(dst, byte('0'+n%10))
}

// postcode appends the folded postcode of a customer.
func (x *table) postcode(dst []byte, place uint32) []byte {
	code := x.code(place)
	if code >= codeOther {
		return append(dst, x.codes.get(code-codeOther)...)
	}
	return unpackPostcode(dst, code)
}

// typedCode is a postcode as typed: the packed ones that begin so lie in a
// stretch.
type typedCode struct {
	from, to      uint32 // packed, to excluded
	plain, plain2 uint32 // digits alone
}

// readCode reads a postcode being typed: at least four digits, and at most two
// letters.
func readCode(s string) (c typedCode, ok bool) {
	if len(s) < 4 || len(s) > 6 || s[0] == '0' {
		return c, false
	}
	digits, n := uint32(0), 0
	for n < len(s) && isDigit(s[n]) {
		digits = digits*10 + uint32(s[n]-'0')
		n++
	}
	switch {
	case n == len(s) && n > 4: // five digits and more, as abroad
		p := codeDigits + 1 + digits
		return typedCode{plain: p, plain2: p + 1}, true
	case n != 4:
		return c, false
	case len(s) == 4:
		p := codeDigits + 1 + digits
		return typedCode{from: 1 + digits*676, to: 1 + digits*676 + 676, plain: p, plain2: p + 1}, true
	case !isLetter(s[4]) || len(s) == 6 && !isLetter(s[5]):
		return c, false
	}
	from := 1 + digits*676 + uint32(s[4]-'a')*26
	if len(s) == 5 {
		return typedCode{from: from, to: from + 26}, true
	}
	from += uint32(s[5] - 'a')
	return typedCode{from: from, to: from + 1}, true
}

func (c typedCode) fits(code uint32) bool {
	return code >= c.from && code < c.to || code >= c.plain && code < c.plain2
}
