package wire

import (
	"reflect"
	"unsafe"

	"golang.org/x/crypto/ssh"
)

// drain takes what the library has read and nobody will ask for any more, until it
// stops. It reads ahead up to sixteen packets of a connection, and when it gives
// up on a client that sent more than that at once, the goroutine that reads waits
// for ever for room in its queue, with another and all buffers behind it: any
// client that breaks the protocol can leave them behind (x/crypto v0.57.0,
// handshakeTransport.readLoop). The queue has no door to the outside, so that it
// is found by its name; where it is not found any more nothing is done, and a test
// fails. The line must have been closed.
func drain(door ssh.ServerPreAuthConn) {
	if q := queue(door); q != nil {
		for range q { //nolint:revive // nobody wants them
		}
	}
}

// queue gives the packets that were read ahead; nil when the library looks
// different.
func queue(door ssh.ServerPreAuthConn) chan []byte {
	v := reflect.ValueOf(door)
	for _, name := range []string{"transport", "incoming"} {
		for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if v.Kind() != reflect.Struct {
			return nil
		}
		v = v.FieldByName(name)
	}
	if !v.IsValid() || !v.CanAddr() || v.Type() != reflect.TypeFor[chan []byte]() {
		return nil
	}
	return *(*chan []byte)(unsafe.Pointer(v.UnsafeAddr()))
}
