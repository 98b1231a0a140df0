package columns

import "encoding/binary"

// texts are texts in ascending order, a name twice where two customers bear it.
// Each block begins with a whole text; of the others only what differs from the
// one before is kept.
//
//	at: count u32, then for each block the offset u32 of its first text
//	tx: for each text how much it shares with the one before in its block, how
//	    much follows (varints), and that
type texts struct {
	n    int
	at   []byte
	data []byte
}

// textBlock is how many texts a block holds.
const textBlock = 16

func (t *texts) open(at, data []byte) bool {
	if len(at) < 4 {
		return false
	}
	t.n, t.at, t.data = int(binary.LittleEndian.Uint32(at)), at[4:], data
	return t.n >= 0 && len(t.at)%4 == 0 && len(t.at)/4 == blocksOf(t.n)
}

func blocksOf(n int) int { return n/textBlock + min(1, n%textBlock) }

// textWalk reads the texts of one block.
type textWalk struct {
	rest []byte
	text []byte // the one that was read; the next changes it
	fits [128]byte
}

// begin goes to the beginning of a block.
func (w *textWalk) begin(t *texts, block int) {
	w.rest, w.text = nil, w.fits[:0]
	if at := u32(t.at, block); uint64(at) < uint64(len(t.data)) {
		w.rest = t.data[at:]
	}
}

// next reads one more text; where there is none it is empty.
func (w *textWalk) next() []byte {
	same, rest := shortNumber(w.rest)
	size, rest := shortNumber(rest)
	if same > uint64(len(w.text)) || size > uint64(len(rest)) {
		w.text, w.rest = w.text[:0], nil
		return w.text
	}
	w.text = append(w.text[:same], rest[:size]...)
	w.rest = rest[size:]
	return w.text
}

// shortNumber reads a varint, most often of one byte; 0 where there is none.
func shortNumber(b []byte) (uint64, []byte) {
	if len(b) > 0 && b[0] < 0x80 {
		return uint64(b[0]), b[1:]
	}
	n, size := binary.Uvarint(b)
	if size <= 0 {
		return 0, nil
	}
	return n, b[size:]
}

// text gives the nth; "" beyond the end.
func (t *texts) text(n int) string {
	if n < 0 || n >= t.n {
		return ""
	}
	var w textWalk
	w.begin(t, n/textBlock)
	for range n % textBlock {
		w.next()
	}
	return string(w.next())
}

// search gives the place of the first text that is not below one.
func (t *texts) search(want string) int {
	var w textWalk
	low, high := 0, blocksOf(t.n) // of the first block whose first text is not below
	for low < high {
		mid := (low + high) / 2
		if w.begin(t, mid); string(w.next()) < want {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == 0 {
		return 0
	}
	from := (low - 1) * textBlock
	w.begin(t, low-1)
	for n := from; n < min(t.n, from+textBlock); n++ {
		if string(w.next()) >= want {
			return n
		}
	}
	return min(t.n, from+textBlock)
}

// beginning gives the places [from, to) of the texts that begin so. No text holds
// the byte 0xff, which UTF-8 does not know.
func (t *texts) beginning(prefix string) (from, to int) {
	from, to = t.search(prefix), t.search(prefix+"\xff")
	return from, max(from, to)
}

// exactly gives the places [from, to) of a text. No text holds a NUL.
func (t *texts) exactly(text string) (from, to int) {
	from = t.search(text)
	return from, max(from, t.search(text+"\x00"))
}

// textsMaker writes texts that come in order.
type textsMaker struct {
	n        int
	at, data []byte
	last     []byte
}

func (m *textsMaker) add(text []byte) {
	same := 0
	if m.n%textBlock == 0 {
		m.at = binary.LittleEndian.AppendUint32(m.at, uint32(len(m.data)))
	} else {
		for same < min(len(text), len(m.last)) && text[same] == m.last[same] {
			same++
		}
	}
	m.data = binary.AppendUvarint(m.data, uint64(same))
	m.data = binary.AppendUvarint(m.data, uint64(len(text)-same))
	m.data = append(m.data, text[same:]...)
	m.last = append(m.last[:0], text...)
	m.n++
}

// parts gives the two parts of the file.
func (m *textsMaker) parts() (at, data []byte) {
	return append(binary.LittleEndian.AppendUint32(nil, uint32(m.n)), m.at...), m.data
}
