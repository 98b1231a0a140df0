package model

import (
	"crypto/sha256"
	"encoding/base64"
)

// AccessKey is a public key with which a person signs in over SSH. One that was
// revoked stays on record and claimed, so that it lets nobody in again.
type AccessKey struct {
	ID        ID     `cbor:"1,keyasint"`
	Person    ID     `cbor:"2,keyasint"`
	Type      string `cbor:"3,keyasint"` // algorithm name, such as ssh-ed25519 (RFC 8709)
	Public    []byte `cbor:"4,keyasint"` // SSH wire format (RFC 4253 section 6.6)
	Comment   string `cbor:"5,keyasint,omitempty"`
	Added     Stamp  `cbor:"6,keyasint"`
	By        ID     `cbor:"7,keyasint,omitempty"`
	Revoked   Stamp  `cbor:"8,keyasint,omitempty"` // 0 for a key that stands
	RevokedBy ID     `cbor:"9,keyasint,omitempty"`
}

// Key orders the keys of a person by the time they were added.
func (k *AccessKey) Key() Key { return AccessKeyKey(k.Person, k.ID) }

// AccessKeyKey names a key of a person; without an id it begins the names of all
// of theirs.
func AccessKeyKey(person, id ID) Key {
	k := key1(TableAccess, person)
	if id == NoID {
		return k
	}
	return k + Key(id[:])
}

// Fingerprint is what people compare: SHA256 and the digest of the key in
// base64 without padding, as OpenSSH prints it.
func (k *AccessKey) Fingerprint() string { return KeyFingerprint(k.Public) }

// KeyFingerprint is [AccessKey.Fingerprint] of a key in wire format.
func KeyFingerprint(public []byte) string {
	sum := sha256.Sum256(public)
	return "SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:])
}
