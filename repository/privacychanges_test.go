package repository_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

func TestPrivacyChangesTellTheNewestOfEachKind(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	gone := nurse("1", startedOn(date(2010, 1, 1)), leftOn(date(2015, 1, 1)))
	for _, organisation := range []string{"RXA", "RXB"} {
		r.store(t, people(organisation, date(2026, 9, 30), false, gone))
	}
	if got, err := r.PrivacyChanges(t.Context(), nil); err != nil || len(got) != 0 {
		t.Errorf("uploads and imports count: %v, %v", got, err)
	}
	purged := r.purge(t, bothBefore(date(2020, 1, 1)))
	want := []domain.PrivacyChange{
		{Organisation: "RXB", Kind: "purge", At: purged["RXB"].At}, {Organisation: "RXA", Kind: "purge", At: purged["RXA"].At},
	}
	between := purged["RXA"].At
	for after, want := range map[*time.Time][]domain.PrivacyChange{nil: want, &between: want[:1], &want[0].At: nil} {
		got, err := r.PrivacyChanges(t.Context(), after)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("after %v, %v (-want +got):\n%s", after, err, diff)
		}
	}
}
