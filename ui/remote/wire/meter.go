package wire

import (
	"bytes"
	"encoding/binary"
	"errors"
)

const (
	// mostPackets is how many sealed packets a client may send until it has signed
	// in. Fewer than the library keeps in its queue: what it has taken in when it
	// gives up on a client, it never lets go of once the queue is full. Asking for
	// the service and for the methods, eight keys, a proof and the first words after
	// it are fourteen.
	mostPackets = 15
	// mostTries is how many keys may be offered for that.
	mostTries = 8
	// longestVersion is of a version line (RFC 4253, 4.2), longestPacket of a packet
	// before signing in; a key exchange takes 2 kB.
	longestVersion = 255
	longestPacket  = 35000
	// seal is the length of what follows a packet with the ciphers of this package.
	seal = 16
	// newKeys is the number of the message after which packets are sealed.
	newKeys = 21
)

var (
	errVersion = errors.New("not an SSH 2 client")
	errPacket  = errors.New("a packet of no possible length")
	errPackets = errors.New("too many packets before signing in")
)

// meter counts the packets of a client that has not signed in, from the lengths
// before them (RFC 4253, 6; RFC 5647, 7.3). It sees exactly what the library sees.
type meter struct {
	greeted bool
	sealed  bool
	head    []byte // of the version line, or of the next packet
	left    int    // bytes of this packet to come
	last    bool   // this packet is the last in the clear
	packets int    // sealed
}

// feed takes the next bytes of the stream.
func (m *meter) feed(p []byte) error {
	for len(p) > 0 {
		var err error
		switch {
		case !m.greeted:
			p, err = m.greeting(p)
		case m.left > 0:
			n := min(m.left, len(p))
			if m.left -= n; m.left == 0 && m.last {
				m.sealed, m.last = true, false
			}
			p = p[n:]
		default:
			p, err = m.packet(p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// greeting takes the version line. A client sends nothing before it.
func (m *meter) greeting(p []byte) ([]byte, error) {
	line, rest, whole := bytes.Cut(p, []byte{'\n'})
	m.head = append(m.head, line...)
	if len(m.head) > longestVersion {
		return nil, errVersion
	}
	const first = "SSH-2.0-"
	if n := min(len(m.head), len(first)); string(m.head[:n]) != first[:n] || whole && n < len(first) {
		return nil, errVersion
	}
	if whole {
		m.greeted, m.head = true, m.head[:0]
	}
	return rest, nil
}

// packet takes the head of a packet: its length and, in the clear, its padding and
// the number of the message.
func (m *meter) packet(p []byte) ([]byte, error) {
	want := 6
	if m.sealed {
		want = 4
	}
	n := min(want-len(m.head), len(p))
	m.head = append(m.head, p[:n]...)
	if len(m.head) < want {
		return nil, nil
	}
	length := binary.BigEndian.Uint32(m.head)
	if length < 2 || length > longestPacket {
		return nil, errPacket
	}
	if m.sealed {
		if m.packets++; m.packets > mostPackets {
			return nil, errPackets
		}
		m.left = int(length) + seal
	} else {
		m.left = int(length) - 2
		m.last = m.head[5] == newKeys
		if m.last && m.left == 0 {
			m.sealed, m.last = true, false
		}
	}
	m.head = m.head[:0]
	return p[n:], nil
}
