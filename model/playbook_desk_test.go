package model_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
)

var deskSettings = model.DeskSettings{
	Topics: []model.Topic{
		{ID: "delivery-time", Friction: true, Label: model.Bilingual{EN: "delivery time", NL: "levertijd"}},
		{ID: "invoice", Label: model.Bilingual{EN: "invoice", NL: "factuur"}},
		{ID: "other", Label: model.Bilingual{EN: "Invoice", NL: "iets anders"}},
		{ID: "four", Label: model.Bilingual{EN: "1", NL: "other"}},
	},
	Channels: []model.Channel{
		{ID: "phone", Label: model.Bilingual{EN: "telephone", NL: "telefoon"}},
		{ID: "mail", Label: model.Bilingual{EN: "e-mail", NL: "É-mail"}},
	},
}

func TestTypedTopicsAndChannels(t *testing.T) {
	for typed, want := range map[string]string{
		"delivery-time": "delivery-time", "1": "delivery-time", " 02 ": "invoice", "Delivery  Time": "delivery-time", "LEVERTIJD": "delivery-time",
		"iets anders": "other",
		"invoice":     "invoice", // the id before the label of another
		"other":       "other", "4": "four",
		"": "", " ": "", "0": "", "5": "", "-1": "", "+1": "", "1.0": "", "99999999999999999999": "", "deliver": "", "delivery time now": "",
	} {
		got, ok := model.ParseTopic(&deskSettings, typed)
		if got.ID != want || ok != (want != "") {
			t.Errorf("topic %q: %q, %v; want %q", typed, got.ID, ok, want)
		}
	}
	for typed, want := range map[string]string{
		"phone": "phone", "Telefoon": "phone", "telephone": "phone", "2": "mail", "E-Mail": "mail", "é-MAIL": "mail", "3": "", "invoice": "",
	} {
		got, ok := model.ParseChannel(&deskSettings, typed)
		if got.ID != want || ok != (want != "") {
			t.Errorf("channel %q: %q, %v; want %q", typed, got.ID, ok, want)
		}
	}
	if _, ok := model.ParseTopic(nil, "1"); ok {
		t.Error("a topic out of nothing")
	}
	if _, ok := model.ParseChannel(nil, "1"); ok {
		t.Error("a channel out of nothing")
	}
	if _, ok := deskSettings.Topic("gone"); ok {
		t.Error("a topic that is not there")
	}
	if c, ok := deskSettings.Channel("mail"); !ok || c.Label.EN != "e-mail" {
		t.Errorf("Channel = %v, %v", c, ok)
	}
}

// Whatever is typed gives a topic of the list or none, and an id always gives
// its own.
func TestTypedTopicProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got, ok := model.ParseTopic(&deskSettings, rapid.String().Draw(t, "typed"))
		if _, known := deskSettings.Topic(got.ID); known != ok {
			t.Fatalf("%q, %v", got.ID, ok)
		}
		topic := rapid.SampledFrom(deskSettings.Topics).Draw(t, "topic")
		if got, ok := model.ParseTopic(&deskSettings, " "+strings.ToUpper(topic.ID)+"\t"); !ok || got != topic {
			t.Fatalf("%q gives %q, %v", topic.ID, got.ID, ok)
		}
	})
}
