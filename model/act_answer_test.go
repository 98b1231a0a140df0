package model

import (
	"strings"
	"testing"
)

func TestSaveAnswer(t *testing.T) {
	old := &ReadyAnswer{ID: idOf(30), Topic: "invoice", Question: "Where is it?", Words: "In the mail.", By: sam}
	gone := &ReadyAnswer{ID: idOf(31), Topic: "invoice", Question: "Old", Words: "Old", Retired: &Ruling{}}
	was := AnswerValues(old)
	for name, c := range map[string]struct {
		a    SaveAnswer
		want string
	}{
		"new":                {SaveAnswer{Topic: "invoice", Question: " Who pays? ", Words: " We do. ", Asked: "WHO  pays it"}, ""},
		"edit":               {SaveAnswer{ID: idOf(30), Topic: "telephone", Question: "Where is it?", Words: "In the mail.", Was: was}, ""},
		"edit over all":      {SaveAnswer{ID: idOf(30), Topic: "invoice", Question: "Where is it?", Words: "On paper."}, ""},
		"asked otherwise":    {SaveAnswer{ID: idOf(30), Topic: "invoice", Question: "Where is it?", Words: "In the mail.", Was: was, Asked: "where?"}, ""},
		"asked just so":      {SaveAnswer{ID: idOf(30), Topic: "invoice", Question: "Where is it?", Words: "In the mail.", Was: was, Asked: "where IS it?"}, "error.edit.nothing"},
		"nothing":            {SaveAnswer{ID: idOf(30), Topic: "invoice", Question: "Where is it?", Words: "In the mail.", Was: was}, "error.edit.nothing"},
		"no question":        {SaveAnswer{Topic: "invoice", Words: "x"}, "error.answer.question"},
		"long question":      {SaveAnswer{Topic: "invoice", Question: strings.Repeat("x", MaxQuestion+1), Words: "x"}, "error.answer.question-long"},
		"no words":           {SaveAnswer{Topic: "invoice", Question: "x", Words: " "}, "error.answer.words"},
		"no topic":           {SaveAnswer{Question: "x", Words: "x"}, "error.answer.topic"},
		"unknown topic":      {SaveAnswer{Topic: "looks", Question: "x", Words: "x"}, "error.topic.unknown"},
		"out of use":         {SaveAnswer{ID: idOf(31), Topic: "invoice", Question: "x", Words: "x"}, "error.answer.retired"},
		"not there":          {SaveAnswer{ID: idOf(99), Topic: "invoice", Question: "x", Words: "x"}, "error.answer.gone"},
		"two at once":        {SaveAnswer{ID: idOf(30), Topic: "invoice", Question: "Where is it?", Words: "Mine", Was: map[string]string{"topic": "invoice", "question": "Where is it?", "words": "Old"}}, "error.conflict.words"},
		"a book of an asked": {SaveAnswer{Topic: "invoice", Question: "x", Words: "x", Asked: strings.Repeat("x", MaxWords+1)}, "error.words.long"},
	} {
		t.Run(name, func(t *testing.T) {
			ch, err := c.a.Decide(topicEnv(karin, RoleAgent), desk(old, gone))
			wantRefusal(t, err, c.want)
			if c.want != "" {
				return
			}
			n := ch.Puts[0].After.(*ReadyAnswer)
			if n.Question != strings.TrimSpace(c.a.Question) || c.a.Asked != "" && !n.Answers(c.a.Asked) || !n.Answers(" "+strings.ToUpper(n.Question)) {
				t.Errorf("left %+v", n)
			}
		})
	}
	if len(old.Asked) != 0 {
		t.Error("the record that stood was changed")
	}
	_, err := RetireAnswer{ID: idOf(31)}.Decide(topicEnv(anna, RoleLead), desk(old, gone))
	wantRefusal(t, err, "error.answer.retired")
	ch, err := RetireAnswer{ID: idOf(30), Reason: "moved"}.Decide(topicEnv(anna, RoleLead), desk(old, gone))
	if err != nil || ch.Puts[0].After.(*ReadyAnswer).Retired.Reason != "moved" {
		t.Errorf("%+v %v", ch, err)
	}
}

func TestLessons(t *testing.T) {
	own := &Lesson{ID: idOf(30), Customer: petra, Words: "w", By: karin}
	others := &Lesson{ID: idOf(31), Customer: petra, Words: "w", By: sam}
	for name, c := range map[string]struct {
		who  ID
		role Role
		a    Action
		want string
	}{
		"add":              {karin, RoleAgent, AddLesson{Customer: petra, Words: " explain first ", Topic: "invoice"}, ""},
		"add nothing":      {karin, RoleAgent, AddLesson{Customer: petra, Words: " "}, "error.lesson.words"},
		"add for nobody":   {karin, RoleAgent, AddLesson{Customer: idOf(99), Words: "w"}, "error.customer.gone"},
		"unknown topic":    {karin, RoleAgent, AddLesson{Customer: petra, Words: "w", Topic: "looks"}, "error.topic.unknown"},
		"remove":           {karin, RoleAgent, RemoveLesson{petra, idOf(30)}, ""},
		"remove another's": {karin, RoleAgent, RemoveLesson{petra, idOf(31)}, "error.not-allowed.others-lesson"},
		"a lead may":       {anna, RoleLead, RemoveLesson{petra, idOf(31)}, ""},
		"remove nothing":   {karin, RoleAgent, RemoveLesson{petra, idOf(99)}, "error.lesson.gone"},
	} {
		t.Run(name, func(t *testing.T) {
			ch, err := c.a.Decide(topicEnv(c.who, c.role), desk(own, others))
			wantRefusal(t, err, c.want)
			if c.want == "" && len(ch.Puts) != 1 {
				t.Errorf("%+v", ch.Puts)
			}
		})
	}
}
