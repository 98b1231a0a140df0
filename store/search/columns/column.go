package columns

import "encoding/binary"

// column is a number for each row, in as few bytes as the numbers take: 1, 2 or
// 4 each, counted from the least of them.
//
//	width u32, base u32, then for each row 0 for nothing or the number less base
type column struct {
	width int
	base  uint32
	data  []byte
}

const columnHead = 8

func (c *column) open(b []byte, rows int) bool {
	if len(b) < columnHead {
		return false
	}
	c.width, c.base, c.data = int(binary.LittleEndian.Uint32(b)), binary.LittleEndian.Uint32(b[4:]), b[columnHead:]
	return (c.width == 1 || c.width == 2 || c.width == 4) && len(c.data)/c.width == rows && len(c.data)%c.width == 0
}

// packColumn writes numbers as a column.
func packColumn(values []uint32) []byte {
	low, high := ^uint32(0), uint32(0)
	for _, v := range values {
		if v != 0 {
			low, high = min(low, v), max(high, v)
		}
	}
	base, width := uint32(0), 1
	if high != 0 {
		base = low - 1
		switch span := high - base; {
		case span > 1<<16-1:
			width = 4
		case span > 1<<8-1:
			width = 2
		}
	}
	le := binary.LittleEndian
	b := make([]byte, 0, columnHead+width*len(values))
	b = le.AppendUint32(b, uint32(width))
	b = le.AppendUint32(b, base)
	for _, v := range values {
		if v != 0 {
			v -= base
		}
		switch width {
		case 1:
			b = append(b, byte(v))
		case 2:
			b = le.AppendUint16(b, uint16(v))
		default:
			b = le.AppendUint32(b, v)
		}
	}
	return b
}

// stored gives the number of a row as it lies in the file; the row must exist.
func (c *column) stored(row int) uint32 {
	switch c.width {
	case 1:
		return uint32(c.data[row])
	case 2:
		return uint32(binary.LittleEndian.Uint16(c.data[2*row:]))
	}
	return binary.LittleEndian.Uint32(c.data[4*row:])
}

// at gives the number of a row, 0 for nothing.
func (c *column) at(row int) uint32 {
	if v := c.stored(row); v != 0 {
		return c.base + v
	}
	return 0
}

// fill reads the numbers of as many rows as out holds.
func (c *column) fill(from int, out []uint32) {
	switch c.width {
	case 1:
		for i, v := range c.data[from : from+len(out)] {
			out[i] = uint32(v)
		}
	case 2:
		d := c.data[2*from : 2*(from+len(out))]
		for i := range out {
			out[i] = uint32(binary.LittleEndian.Uint16(d[2*i:]))
		}
	default:
		d := c.data[4*from : 4*(from+len(out))]
		for i := range out {
			out[i] = binary.LittleEndian.Uint32(d[4*i:])
		}
	}
	if c.base == 0 {
		return
	}
	for i, v := range out {
		some := -((v | -v) >> 31) // all bits but for 0
		out[i] = v + c.base&some
	}
}
