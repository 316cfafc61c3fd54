package repository_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

func refTo(f domain.FrameworkVersion) domain.FrameworkRef {
	return domain.FrameworkRef{ID: f.ID, Framework: f.Framework, Version: f.Version}
}

// crosswalk translates two levels of the framework made-up, in another order than
// that of its competences.
func crosswalk(code string, from, to domain.FrameworkVersion) domain.Crosswalk {
	return domain.Crosswalk{
		Code: code, Name: "Between versions (made up)", From: refTo(from), To: refTo(to), Source: "Made up.",
		Levels: []domain.CrosswalkLevel{
			{FromCompetence: "1.1", FromLevel: 1, ToCompetence: "1.10", ToLevel: 2}, {FromCompetence: "1.10", FromLevel: 2, ToCompetence: "1.10", ToLevel: 1},
		},
	}
}

func TestPublishedCrosswalkIsInTheLists(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	from, to := r.publish(t, madeUp("1.0")), r.publish(t, madeUp("2.0"))
	sent := crosswalk("made-up-1-2", from, to)
	sent.From.ID, sent.To.ID = 0, 0 // who sends it does not know the ids
	published, err := r.PublishCrosswalk(t.Context(), admin(), sent)
	if err != nil {
		t.Fatal(err)
	}
	want := crosswalk("made-up-1-2", from, to)
	want.Levels[0], want.Levels[1] = want.Levels[1], want.Levels[0]
	if diff := cmp.Diff(want, published); diff != "" {
		t.Errorf("published: %s", diff)
	}
	lists, err := r.Lists(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]domain.Crosswalk{want}, lists.Crosswalks); diff != "" {
		t.Errorf("held: %s", diff)
	}
	got := one(t, r.admin, `SELECT c.kind || ' ' || (c.number IS NOT NULL) || ' ' || a.operation || ' ' || a.object
		FROM crosswalk w JOIN change c ON c.id = w.added_by JOIN audit_event a ON a.change_id = c.id`)
	if got != "crosswalk true publishCrosswalk made-up-1-2" {
		t.Errorf("written down as %q", got)
	}
}

func TestCrosswalksThatCannotBePublished(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	from, to := r.publish(t, madeUp("1.0")), r.publish(t, madeUp("2.0"))
	if _, err := r.PublishCrosswalk(t.Context(), admin(), crosswalk("taken", from, to)); err != nil {
		t.Fatal(err)
	}
	nowhere := to
	nowhere.Version = ""
	unknown := to
	unknown.Framework = "unknown"
	high := crosswalk("high", from, to)
	high.Levels[0].ToLevel = 3
	for name, c := range map[string]struct {
		crosswalk   domain.Crosswalk
		code, field string
	}{
		"a code that is taken": {crosswalk("taken", to, from), "crosswalk_exists", ""},
		"no version":           {crosswalk("x", from, nowhere), "crosswalk_rejected", "to"},
		"an unknown framework": {crosswalk("x", unknown, to), "crosswalk_rejected", "from"},
		"to itself":            {crosswalk("x", to, to), "crosswalk_rejected", "to"},
		"a level too high":     {high, "crosswalk_rejected", "levels[0].to_level"},
	} {
		_, err := r.PublishCrosswalk(t.Context(), admin(), c.crosswalk)
		refused, ours := errors.AsType[*domain.Error](err)
		if !ours || refused.Code != c.code {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if c.field != "" && (len(refused.Fields) != 1 || refused.Fields[0].Field != c.field) {
			t.Errorf("%s: faults %+v", name, refused.Fields)
		}
	}
}
