package store

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"

	"github.com/fxamacker/cbor/v2"

	"pasvorm/model"
)

// A value on disk is a format version, the record in CBOR (RFC 8949) with whole
// numbers for field names, and a CRC-32C over key, version and record: bbolt
// has no checksum on its data pages, and the key is in it so that a value that
// turns up under another key is noticed.
const formatVersion = 1

var (
	crcTable = crc32.MakeTable(crc32.Castagnoli)
	cborEnc  = must(cbor.EncOptions{Sort: cbor.SortCoreDeterministic}.UserBufferEncMode())
	cborDec  = must(cbor.DecOptions{
		MaxArrayElements: 1 << 24, MaxMapPairs: 1 << 20, MaxNestedLevels: 16,
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IntDec: cbor.IntDecConvertSignedOrFail,
	}.DecMode())
	// cborPart reads a few fields of a record and passes over the others, without
	// looking for one that stands twice.
	cborPart = must(cbor.DecOptions{
		MaxArrayElements: 1 << 24, MaxMapPairs: 1 << 20, MaxNestedLevels: 16, IntDec: cbor.IntDecConvertSignedOrFail,
	}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // options of a codec are constants of the program
	}
	return v
}

// seal encodes anything under a key.
func seal(key string, v any) ([]byte, error) {
	body, err := cborEnc.Marshal(v)
	if err != nil {
		return nil, model.NewError(model.KindInternal, "error.internal")
	}
	out := make([]byte, 0, len(body)+5)
	out = append(out, formatVersion)
	out = append(out, body...)
	return binary.BigEndian.AppendUint32(out, checksum(key, out)), nil
}

// unseal decodes a value that stood under a key.
func unseal(key string, value []byte, into any) error { return unsealBy(cborDec, key, value, into) }

func unsealBy(dec cbor.DecMode, key string, value []byte, into any) error {
	if len(value) < 6 {
		return corrupt(key, "too short")
	}
	body, sum := value[:len(value)-4], binary.BigEndian.Uint32(value[len(value)-4:])
	if checksum(key, body) != sum {
		return corrupt(key, "checksum")
	}
	if body[0] != formatVersion {
		return model.NewError(model.KindCorrupt, "error.corrupt.version", "Version", int(body[0]), "Known", formatVersion).WithHint("hint.newer-program")
	}
	if err := dec.Unmarshal(body[1:], into); err != nil {
		return corrupt(key, err.Error())
	}
	return nil
}

func checksum(key string, body []byte) uint32 {
	return crc32.Update(crc32.Checksum([]byte(key), crcTable), crcTable, body)
}

// corrupt names a bad record by table and ids, without personal data.
func corrupt(key, why string) error {
	e := model.NewError(model.KindCorrupt, "error.corrupt.record", "Key", model.Key(key).String(), "Why", why)
	return e.WithHint("hint.doctor")
}

// encode seals a record of the model; nil for no record.
func encode(r model.Record) ([]byte, error) {
	if r == nil {
		return nil, nil
	}
	if s, ok := r.(interface{ onDisk() []byte }); ok {
		return s.onDisk(), nil
	}
	return seal(string(r.Key()), r)
}

// decode reads a record of the model.
func decode(key, value []byte) (model.Record, error) {
	k := model.Key(key)
	r := model.NewRecord(k.Table())
	if r == nil {
		return nil, corrupt(string(k), "unknown table")
	}
	if err := unseal(string(k), value, r); err != nil {
		return nil, err
	}
	return r, nil
}

// digest is the fingerprint of a record as it stands on disk, nil for none.
func digest(value []byte) []byte {
	if value == nil {
		return nil
	}
	d := sha256.Sum256(value)
	return d[:]
}
