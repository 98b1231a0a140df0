package exchange

import (
	"bytes"
	"errors"
	"io"
)

const (
	sampleBytes = 64 << 10 // what detection looks at, from the start of the file
	sampleRows  = 30
)

// delimiters that are detected; on a tie the earlier one wins.
const delimiters = ",;\t|:"

// sample is the start of the text, in whole lines.
func (r *Reader) sample() []byte {
	data := r.buf[r.pos:r.end]
	if len(data) <= sampleBytes {
		return data
	}
	data = data[:sampleBytes]
	if k := bytes.LastIndexAny(data, "\r\n"); k > 0 {
		return data[:k+1]
	}
	return data
}

// excelHint consumes a first line such as "sep=;", with which Excel is told
// the delimiter, and returns it; 0 when there is none.
func (r *Reader) excelHint() byte {
	data := r.buf[r.pos:r.end]
	if len(data) < 6 || !bytes.EqualFold(data[:4], []byte("sep=")) {
		return 0
	}
	size := lineEndSize(data[5:])
	if size == 0 || data[4] == '"' || data[4] >= 0x80 || lineEndSize(data[4:]) > 0 {
		return 0
	}
	hint := data[4]
	r.advance(5+size, 1)
	return hint
}

// sniffDelimiter tries each candidate on the sample as a real reader would, so
// quotes are respected. It takes the one that cuts the header into most fields
// while the rows agree with it; for a file of one column, the one that cuts
// fewest rows.
func sniffDelimiter(sample []byte, lim limits) byte {
	best, bestScore := byte(0), 0
	calm, calmCuts := delimiters[0], int(^uint(0)>>1)
	for i := range len(delimiters) {
		width, agree, cuts, good, rows := tryDelimiter(sample, delimiters[i], lim)
		if cuts < calmCuts {
			calm, calmCuts = delimiters[i], cuts
		}
		if width < 2 || 2*agree < good {
			continue
		}
		if score := (width - 1) * agree * 1000 / max(rows, 1); score > bestScore {
			best, bestScore = delimiters[i], score
		}
	}
	if best == 0 {
		return calm
	}
	return best
}

// tryDelimiter counts, with delimiter d, the header's fields, the rows that fit
// it (the header among them), the rows cut at all, the rows that are not bad,
// and all rows.
func tryDelimiter(sample []byte, d byte, lim limits) (width, agree, cuts, good, rows int) {
	lim.buffer = len(sample) + 1
	r := newReader(source{text: bytes.NewReader(sample), enc: encUTF8}, lim)
	r.setDelimiter(d)
	for rows < sampleRows {
		row, err := r.Next()
		var bad *BadLine
		if errors.Is(err, io.EOF) {
			break
		}
		rows++
		if errors.As(err, &bad) {
			continue
		}
		good++
		n := len(row.Fields)
		if width == 0 {
			width = n
		}
		if n == width || 2 <= n && n <= width+1 {
			agree++ // trailing delimiters are optional
		}
		if n > 1 {
			cuts++
		}
	}
	return width, agree, cuts, good, rows
}
