package console

import (
	"image/color"
	"strconv"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// ink is how a cell is written, in a few bytes that can be compared: what SGR
// sequences (ECMA-48 section 8.3.117) have come to. The zero ink is plain.
type ink struct {
	fg, bg uint32 // 0 for the terminal's own
	attrs  uint8
}

// Attributes, in the order of the bits; attrOn has the parameter of each.
const (
	attrBold = 1 << iota
	attrFaint
	attrItalic
	attrUnderline
	attrBlink
	attrReverse
	attrHidden
	attrStruck
)

var attrOn = [...]byte{1, 2, 3, 4, 5, 7, 8, 9}

// Colours are a palette number or a red, green and blue, with a mark for which.
const (
	inkPalette = 1 << 24
	inkRGB     = 2 << 24
)

// with gives the ink after an SGR sequence; params is what stands between CSI
// and m.
func (k ink) with(params string) ink {
	if params == "" {
		return ink{}
	}
	for params != "" {
		var n int
		n, params = sgrParam(params)
		switch {
		case n == 0:
			k = ink{}
		case n <= 9:
			k = k.attribute(n)
		case n == 22:
			k.attrs &^= attrBold | attrFaint
		case n >= 23 && n <= 29:
			k = k.without(n)
		case n == 38:
			k.fg, params = sgrColor(params, k.fg)
		case n == 48:
			k.bg, params = sgrColor(params, k.bg)
		case n == 39:
			k.fg = 0
		case n == 49:
			k.bg = 0
		default:
			k = k.basic(n)
		}
	}
	return k
}

func (k ink) attribute(n int) ink {
	for i, on := range attrOn {
		if int(on) == n {
			k.attrs |= 1 << i
		}
	}
	return k
}

// without ends what the parameters 23 to 29 end, each of one attribute.
func (k ink) without(n int) ink {
	for i, on := range attrOn {
		if int(on) == n-20 {
			k.attrs &^= 1 << i
		}
	}
	return k
}

// basic is one of the sixteen colours of the terminal.
func (k ink) basic(n int) ink {
	switch {
	case n >= 30 && n <= 37:
		k.fg = inkPalette | uint32(n-30) //nolint:gosec // 0 to 7
	case n >= 40 && n <= 47:
		k.bg = inkPalette | uint32(n-40) //nolint:gosec // 0 to 7
	case n >= 90 && n <= 97:
		k.fg = inkPalette | uint32(n-90+8) //nolint:gosec // 8 to 15
	case n >= 100 && n <= 107:
		k.bg = inkPalette | uint32(n-100+8) //nolint:gosec // 8 to 15
	}
	return k
}

// sgrParam cuts the first number off; one that is too large or odd is -1. What
// follows a colon says more of it and is left out.
func sgrParam(s string) (n int, rest string) {
	i := 0
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		n = min(n*10+int(s[i]-'0'), 1<<16)
	}
	for i < len(s) && s[i] != ';' {
		i++
	}
	if i < len(s) {
		i++
	}
	return n, s[i:]
}

// sgrColor reads what follows 38 or 48: 5 and a palette number, or 2 and three
// parts. Anything else leaves the colour as it was.
func sgrColor(s string, was uint32) (c uint32, rest string) {
	kind, s := sgrParam(s)
	switch kind {
	case 5:
		n, s := sgrParam(s)
		return inkPalette | uint32(n&0xff), s //nolint:gosec // a byte
	case 2:
		c = inkRGB
		for shift := 16; shift >= 0; shift -= 8 {
			var n int
			n, s = sgrParam(s)
			c |= uint32(n&0xff) << shift //nolint:gosec // a byte
		}
		return c, s
	}
	return was, s
}

// shown is the ink as a terminal of some colours shows it.
func (k ink) shown(p colorprofile.Profile) ink {
	switch {
	case p >= colorprofile.TrueColor:
		return k
	case p <= colorprofile.NoTTY:
		return ink{}
	case p <= colorprofile.ASCII:
		return ink{attrs: k.attrs}
	}
	k.fg, k.bg = reduced(k.fg, p), reduced(k.bg, p)
	return k
}

func reduced(c uint32, p colorprofile.Profile) uint32 {
	if c < inkRGB && (c&0xff < 16 || p >= colorprofile.ANSI256) {
		return c // as nearly every colour
	}
	var from color.Color = ansi.IndexedColor(c) //nolint:gosec // the low byte is the number
	if c >= inkRGB {
		from = color.RGBA{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c), A: 0xff} //nolint:gosec // three bytes
	}
	switch to := p.Convert(from).(type) {
	case ansi.BasicColor:
		return inkPalette | uint32(to)
	case ansi.IndexedColor:
		return inkPalette | uint32(to)
	}
	return 0
}

// appendTo writes what brings a terminal from one ink to another.
func (k ink) appendTo(b []byte, from ink) []byte {
	if k == from {
		return b
	}
	if k == (ink{}) {
		return append(b, "\x1b[m"...)
	}
	b = append(b, "\x1b["...)
	if from.attrs&^k.attrs != 0 || from.fg != 0 && k.fg == 0 || from.bg != 0 && k.bg == 0 {
		b, from = append(b, "0;"...), ink{}
	}
	for i, on := range attrOn {
		if bit := uint8(1) << i; k.attrs&^from.attrs&bit != 0 {
			b = append(b, '0'+on, ';')
		}
	}
	if k.fg != from.fg {
		b = appendColor(b, k.fg, 30)
	}
	if k.bg != from.bg {
		b = appendColor(b, k.bg, 40)
	}
	b[len(b)-1] = 'm' // in the place of the last semicolon
	return b
}

// appendColor writes a colour and a semicolon; base is 30 or 40.
func appendColor(b []byte, c uint32, base int) []byte {
	n := int(c & 0xff)
	switch {
	case c >= inkRGB:
		b = append(strconv.AppendInt(b, int64(base+8), 10), ";2"...)
		for shift := 16; shift >= 0; shift -= 8 {
			b = strconv.AppendInt(append(b, ';'), int64(c>>shift&0xff), 10)
		}
	case n < 8:
		b = strconv.AppendInt(b, int64(base+n), 10)
	case n < 16:
		b = strconv.AppendInt(b, int64(base+60+n-8), 10)
	default:
		b = append(strconv.AppendInt(b, int64(base+8), 10), ";5;"...)
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return append(b, ';')
}
