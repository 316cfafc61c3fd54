package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

// Of figures that a purge made smaller it is said, of others it is not. An assessment
// counts for twelve months, so figures of a year after those days leave some out, too.
func TestPurgedFiguresSayThatTheyAre(t *testing.T) {
	t.Parallel()
	s := newService(t)
	horizon := &domain.PurgeHorizon{AssessedBefore: domain.NewDate(2020, time.June, 1), LeftBefore: domain.NewDate(2020, time.March, 1)}
	for target, want := range map[string]string{
		"/digital-literacy/totals?as_at=2021-05-31": "before 2021-06-01 leave out what was purged",
		"/digital-literacy/totals?as_at=2021-06-30": "",
		"/workforce/totals?as_at=2020-05-31":        "before 2020-03-01 leave out what was purged",
		"/workforce/totals?as_at=2021-04-30":        "",
		"/workforce/totals?as_at=2026-01-31":        "",
		"/vacancies/totals?as_at=2019-01-31":        "",
	} {
		for purged, says := range map[*domain.PurgeHorizon]string{nil: "", horizon: want} {
			s.totals.purged = purged
			got := s.get(domain.RolePlanner, "/api/v1"+target).ok(http.StatusOK)
			if notes := got.notesOf(); strings.Contains(notes, "purged") != (says != "") || !strings.Contains(notes, says) {
				t.Errorf("%s, purged %v: the notes are %q, want %q", target, purged != nil, notes, says)
			}
		}
	}
}
