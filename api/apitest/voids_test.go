package apitest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/repository"
)

func TestUploadsAreWithdrawnNewestFirst(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	h := newHistory(t, func(cfg *repository.Config) {
		cfg.Clock = func() time.Time { return now().Add(time.Duration(asked.Add(1)) * time.Millisecond) }
	})
	first, _ := h.store("1")
	second, _ := h.store("0.5")
	answer := h.void(t, h.hr, first)
	problem := decode[spec.Problem](t, h.want(t, http.StatusConflict, answer))
	if problem.Code != "upload_built_upon" || problem.Conflicts == nil || len(*problem.Conflicts) != 1 || *problem.ConflictsTotal != 1 {
		t.Fatalf("got %+v", problem)
	}
	if conflict := (*problem.Conflicts)[0]; conflict.Upload != second.Id || conflict.Record["employee_number"] != "S00001" || conflict.Kind != "staff" {
		t.Errorf("got %+v", conflict)
	}
	if !strings.Contains(problem.Detail, "newest first") {
		t.Errorf("the detail does not say what to do: %s", problem.Detail)
	}
	h.held("0.5")
	voided := decode[spec.Upload](t, h.want(t, http.StatusOK, h.void(t, h.hr, second)))
	if voided.State != "voided" || voided.VoidedAt == nil || voided.VoidedBy == nil || voided.Counts != second.Counts {
		t.Errorf("got %+v", voided)
	}
	h.held("1")
	again := decode[spec.Upload](t, h.want(t, http.StatusOK, h.void(t, h.hr, second)))
	if diff := cmp.Diff(voided, again); diff != "" {
		t.Errorf("a second withdrawal changed something: %s", diff)
	}
	h.want(t, http.StatusOK, h.void(t, h.hr, first))
	h.held("")
	list := decode[spec.UploadPage](t, h.want(t, http.StatusOK, h.get(t, h.hr, "/api/v1/organisations/RXA/uploads?state=voided&kind=staff")))
	if list.Total != 2 || list.Uploads[0].Id != second.Id {
		t.Errorf("listed: %+v", list)
	}
	for filter, want := range map[string]int{
		"state=applied": 0, "state=applied&state=voided": 2, "kind=assessments": 0, "kind=vacancies&kind=staff": 2,
		"received_from=2026-11-22&received_to=2026-11-22": 2, "received_to=2026-11-21": 0, "received_from=2026-11-23": 0,
	} {
		if page := decode[spec.UploadPage](t, h.want(t, http.StatusOK, h.get(t, h.hr, "/api/v1/organisations/RXA/uploads?"+filter))); page.Total != want || len(page.Uploads) != want {
			t.Errorf("%s: %d uploads, want %d", filter, page.Total, want)
		}
	}
}

func TestOnlyWhatStoredSomethingIsWithdrawn(t *testing.T) {
	t.Parallel()
	h := newHistory(t)
	rejected := h.rejected(t, h.hr, uploadsOf("staff"), []byte("employee_number,staff_group,fte\nS1,none,1\n"))
	if problem := decode[spec.Problem](t, h.want(t, http.StatusConflict, h.void(t, h.hr, rejected))); len(problem.Detail) < 40 {
		t.Errorf("got %+v", problem)
	}
	stored, _ := h.store("1")
	for _, role := range []domain.Role{domain.RoleManager, domain.RolePlanner, domain.RoleAdmin, domain.RoleAuditor} {
		h.want(t, http.StatusForbidden, h.void(t, h.token(t, role, domain.ScopeAll), stored))
	}
	h.want(t, http.StatusNotFound, h.send(t, h.hr, http.MethodDelete, "/api/v1/uploads/3f2a1c5e-0b6d-4c8e-9f10-2a7b8c9d0e1f", nil))
	h.held("1")
}

// What the register held at a time is the same whatever happens later.
func TestWhatWasKnown(t *testing.T) {
	t.Parallel()
	h := newHistory(t, func(cfg *repository.Config) { cfg.Clock = time.Now })
	var times []string
	note := func() {
		var at time.Time
		if err := h.database.Admin(t).QueryRowContext(t.Context(), `SELECT max(made_at) FROM change`).Scan(&at); err != nil {
			t.Fatal(err)
		}
		times = append(times, at.UTC().Format(time.RFC3339Nano))
	}
	note()
	h.store("1")
	note()
	second, _ := h.store("0.5")
	note()
	h.want(t, http.StatusOK, h.void(t, h.hr, second))
	note()
	h.held("1")
	for i, want := range []string{"", "1", "0.5", "1"} {
		rows := decode[struct{ Rows []map[string]any }](t, h.want(t, http.StatusOK, h.get(t, h.hr,
			"/api/v1/organisations/RXA/staff.json?as_at=2026-10-31&known_at="+url.QueryEscape(times[i])))).Rows
		got := ""
		if len(rows) > 0 {
			got = fmt.Sprint(rows[0]["fte"])
		}
		if got != want {
			t.Errorf("known at %s: %q, want %q", times[i], got, want)
		}
	}
}
