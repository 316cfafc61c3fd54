package repository_test

import (
	"slices"
	"testing"
)

// A void leaves one row in the audit trail, also when it is refused: the refusal
// names people.
func TestVoidsAreAudited(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	september := date(2026, 9, 30)
	first := r.store(t, staffList("RXA", september, 3))
	second := r.store(t, r.assessments(t, "RXA", september, 2, 1))
	if len(r.refusals(t, first)) == 0 {
		t.Fatal("the void is not refused")
	}
	r.void(t, second)
	got := column(t, r.database.Admin(t), `SELECT concat_ws(' ', organisation, upload_id, outcome, change_id IS NOT NULL) FROM audit_event
		WHERE operation = 'voidUpload' ORDER BY id`)
	want := []string{"RXA " + first.ID + " refused f", "RXA " + second.ID + " voided t"}
	if !slices.Equal(got, want) {
		t.Errorf("the audit trail has %q, want %q", got, want)
	}
}
