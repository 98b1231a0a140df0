package store

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
)

func anID(t *rapid.T) (id model.ID) {
	copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
	return id
}

func aCustomer(t *rapid.T) *model.Customer {
	text := func(what string) string { return rapid.StringN(0, 40, 300).Draw(t, what) }
	return &model.Customer{
		ID: anID(t), Number: text("number"), Name: text("name"), Kind: model.CustomerKind(text("kind")), Relation: model.Relation(text("relation")),
		Duty: rapid.Bool().Draw(t, "duty"), Owner: anID(t), Phone: text("phone"), Postcode: text("postcode"), Town: text("town"), Theirs: text("theirs"),
		Note: text("note"), Minutes: rapid.Int().Draw(t, "minutes"), Margin: rapid.Int64().Draw(t, "margin"),
		KeyAccount: rapid.Bool().Draw(t, "key"), Import: anID(t), Added: model.Stamp(rapid.Int64().Draw(t, "added")), Formerly: text("formerly"),
	}
}

// A record is read here as the decoder reads it, for the most part without it.
func TestCardsAreReadAsTheDecoderReads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := aCustomer(t)
		value, err := encode(r)
		if err != nil {
			t.Fatal(err)
		}
		var want, got card
		if err := unsealBy(cborPart, string(r.Key()), value, &want); err != nil {
			t.Fatal(err)
		}
		if err := readCard(string(r.Key()), value, &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("read %+v, %v, the decoder reads %+v", got, err, want)
		}
		var quick card
		if plain := readCardPlain(string(r.Key()), value, &quick); plain != (r.Added >= 0) {
			t.Fatalf("read without the decoder: %v", plain)
		}
		at := rapid.IntRange(0, len(value)-1).Draw(t, "flipped")
		value[at] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if err := readCard(string(r.Key()), value, &got); model.KindOf(err) != model.KindCorrupt {
			t.Fatalf("a flipped bit at %d: %v", at, err)
		}
	})
}

// Bytes of any kind are read as the decoder reads them or left to it.
func FuzzReadCard(f *testing.F) {
	value, err := encode(&model.Customer{ID: model.ID{1}, Name: "Jansen", Owner: model.ID{2}, Duty: true, Revenue: -5, Added: 7})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(value[1 : len(value)-4])
	f.Add([]byte{0xa1, 0x03, 0x60})
	f.Add([]byte{0xa1, 0x18, 0x63, 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, body []byte) {
		key := string(model.CustomerKey(model.ID{1}))
		value := append([]byte{formatVersion}, body...)
		sum := checksum(key, value)
		value = append(value, byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
		var want, got card
		if !readCardPlain(key, value, &got) {
			return
		}
		if err := unsealBy(cborPart, key, value, &want); err == nil && !reflect.DeepEqual(got, want) {
			t.Fatalf("read %+v, the decoder reads %+v", got, want)
		}
	})
}
