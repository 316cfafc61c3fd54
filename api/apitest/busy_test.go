package apitest_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/repository"
)

// hold keeps every write of an organisation waiting until the function is called.
func (s service) hold(t *testing.T, organisation string) (letGo func()) {
	t.Helper()
	session, err := s.database.Admin(t).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := session.ExecContext(t.Context(), `SELECT pg_advisory_lock(hashtextextended($1, 1))`, organisation); err != nil {
		t.Fatal(err)
	}
	return func() {
		if _, err := session.ExecContext(t.Context(), `SELECT pg_advisory_unlock_all()`); err != nil {
			t.Error(err)
		}
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Uploads that wait for an organisation keep nobody else waiting: not its own
// readers, not another organisation's uploads, though there are more of them than
// connections. When they can go on, each is stored.
func TestWaitingUploadsStopNobody(t *testing.T) {
	t.Parallel()
	s := newService(t, func(cfg *repository.Config) { cfg.MaxConnections, cfg.BusyWait = 4, 5*time.Minute })
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	other := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXB")
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	letGo := s.hold(t, "RXA")
	const waiting = 6
	answers := make(chan *http.Response, waiting)
	var senders sync.WaitGroup
	for i := range waiting {
		senders.Go(func() { answers <- s.upload(t, hr, "RXA", "staff", csvType, staffCSV(10+i)) })
	}
	for range 10 {
		s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/uploads"))
		s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/staff.csv"))
		s.want(t, http.StatusOK, s.get(t, planner, "/api/v1/vacancies/totals?as_at=2026-10-31"))
		s.want(t, http.StatusOK, s.get(t, "", "/readyz"))
	}
	s.want(t, http.StatusCreated, s.upload(t, other, "RXB", "staff", csvType, staffCSV(5)))
	if len(answers) > 0 {
		t.Error("an upload did not wait")
	}
	letGo()
	senders.Wait()
	close(answers)
	for answer := range answers {
		if upload := decode[spec.Upload](t, s.want(t, http.StatusCreated, answer)); upload.State != "applied" {
			t.Errorf("got %+v", upload)
		}
	}
	if rows := s.rows(t, "staff_member WHERE organisation = 'RXA'", "upload WHERE organisation = 'RXA'"); sum(rows) != 15+waiting {
		t.Errorf("stored: %v", rows)
	}
}

// A write that waits too long is told to come back, and when.
func TestWaitingHasAnEnd(t *testing.T) {
	t.Parallel()
	s := newService(t, func(cfg *repository.Config) { cfg.BusyWait = 100 * time.Millisecond })
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	stored := s.stored(t, hr, uploadsOf("staff"), staffCSV(5))
	letGo := s.hold(t, "RXA")
	for name, answer := range map[string]*http.Response{
		"upload":  s.upload(t, hr, "RXA", "staff", csvType, staffCSV(6)),
		"preview": s.send(t, hr, http.MethodPost, uploadsOf("staff", "check_only=true"), staffCSV(6)),
		"void":    s.void(t, hr, stored),
	} {
		problem := decode[spec.Problem](t, s.want(t, http.StatusConflict, answer))
		if problem.Code != "organisation_busy" || answer.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %s, Retry-After %q", name, problem.Code, answer.Header.Get("Retry-After"))
		}
	}
	letGo()
	s.want(t, http.StatusOK, s.void(t, hr, stored))
}
