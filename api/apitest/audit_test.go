package apitest_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

type auditPage struct {
	Events []spec.AuditEvent
	Next   *int64
}

// trail reads pages of the audit trail to the end.
func (s service) trail(t *testing.T, token, query string) (events []spec.AuditEvent) {
	t.Helper()
	path := "/api/v1/audit?limit=7" + query
	for next := path; ; {
		page := decode[auditPage](t, s.want(t, http.StatusOK, s.get(t, token, next)))
		events = append(events, page.Events...)
		if page.Next == nil {
			return events
		}
		next = fmt.Sprintf("%s&before=%d", path, *page.Next)
	}
}

// steps writes events, oldest first, as their chain, operation and outcome, without
// those about reading the trail.
func steps(events []spec.AuditEvent) []string {
	written := []string{}
	for _, e := range slices.Backward(events) {
		if !strings.Contains(e.Operation, "AuditEvents") {
			written = append(written, strings.Join([]string{e.Chain, e.Operation, e.Outcome}, " "))
		}
	}
	return written
}

// What HR does and what others try is in the trail of their organisation, in order, and
// each auditor reads their own.
func TestWhatIsDoneIsInTheAuditTrail(t *testing.T) {
	t.Parallel()
	s := newService(t)
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	manager := s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA")
	auditor := s.token(t, domain.RoleAuditor, domain.ScopeOrganisation, "RXA")
	other := s.token(t, domain.RoleAuditor, domain.ScopeOrganisation, "RXB")
	all := s.token(t, domain.RoleAuditor, domain.ScopeAll)
	stranger := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXB")
	unknown, _, _, err := domain.NewToken()
	if err != nil {
		t.Fatal(err)
	}

	staff := s.stored(t, hr, uploadsOf("staff"), staffCSV(20))
	s.want(t, http.StatusOK, s.send(t, hr, http.MethodPost, uploadsOf("staff", "check_only=true"), staffCSV(21)))
	rejected := s.rejected(t, hr, uploadsOf("staff"), []byte("employee_number,staff_group,fte\nS1,99,1\n"))
	stored := s.stored(t, hr, uploadsOf("vacancies"), []byte(vacanciesCSV))
	for _, path := range []string{
		"/api/v1/organisations/RXA/staff.csv", "/api/v1/exports/staff.csv", "/api/v1/exports/vacancies.xlsx",
		"/api/v1/reports/people.xlsx?organisation=RXA&as_at=2026-10-31", "/api/v1/reports/vacancies.xlsx?organisation=RXA&as_at=2026-10-31",
		"/api/v1/uploads/" + staff.Id.String() + "/file", "/api/v1/uploads/" + rejected.Id.String() + "/findings.csv", "/api/v1/uploads/" + rejected.Id.String() + "/findings.xlsx",
	} {
		s.want(t, http.StatusOK, s.get(t, hr, path))
	}
	s.want(t, http.StatusOK, s.void(t, hr, stored))
	s.want(t, http.StatusOK, s.void(t, hr, stored))
	s.want(t, http.StatusConflict, s.void(t, hr, rejected))
	s.want(t, http.StatusForbidden, s.get(t, manager, "/api/v1/exports/staff.csv"))
	s.want(t, http.StatusNotFound, s.get(t, manager, "/api/v1/exports/vacancies.csv?organisation=RXB"))
	s.want(t, http.StatusOK, s.get(t, manager, "/api/v1/exports/vacancies.csv"))
	s.want(t, http.StatusUnauthorized, s.get(t, unknown, "/api/v1/organisations"))
	s.want(t, http.StatusUnauthorized, s.get(t, "", "/api/v1/organisations"))
	s.want(t, http.StatusNotFound, s.get(t, stranger, "/api/v1/uploads/"+staff.Id.String()))

	ofA := []string{
		"RXA createUpload applied", "RXA previewUpload applied", "RXA createUpload rejected", "RXA createUpload applied",
		"RXA getOrganisationData done", "RXA exportPeople done", "RXA exportVacanciesXlsx done", "RXA getPeopleReport done", "RXA getReport done",
		"RXA getUploadFile done", "RXA getUploadFindingsCsv done", "RXA getUploadFindingsXlsx done",
		"RXA voidUpload voided", "RXA voidUpload unchanged", "RXA voidUpload refused",
		"RXA exportPeople role_not_allowed", "RXA exportVacanciesCsv organisation_not_found", "RXA exportVacanciesCsv done",
	}
	events := s.trail(t, auditor, "")
	if diff := cmp.Diff(ofA, steps(events)); diff != "" {
		t.Errorf("the auditor of RXA (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"RXB getUpload upload_not_found"}, steps(s.trail(t, other, ""))); diff != "" {
		t.Errorf("the auditor of RXB (-want +got):\n%s", diff)
	}
	system := steps(s.trail(t, all, "&organisation=system"))
	if got := system[len(system)-2:]; !slices.Equal(got, []string{"system listOrganisations token_not_accepted", "system listOrganisations token_missing"}) {
		t.Errorf("the system: %q", got)
	}
	if got := steps(s.trail(t, all, "")); len(got) != len(ofA)+1+len(system) {
		t.Errorf("the auditor of all reads %d events, want %d", len(got), len(ofA)+1+len(system))
	}
	for _, chain := range []string{"RXB", "RZZ", "system"} {
		s.want(t, http.StatusNotFound, s.get(t, auditor, "/api/v1/audit?organisation="+chain))
	}
	if got := steps(s.trail(t, auditor, "&operation=voidUpload&outcome=voided")); len(got) != 1 {
		t.Errorf("narrowed to %q", got)
	}
	if whole := s.trail(t, auditor, ""); *whole[len(whole)-1].UploadId != staff.Id || whole[len(whole)-1].ChangeId == nil {
		t.Errorf("the first event: %+v", whole[len(whole)-1])
	}
}

// The CSV has the same events as the pages, oldest first, with hashes that can be worked
// out again from it.
func TestTheAuditTrailAsCSV(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/exports/staff.csv"))
	auditor := s.token(t, domain.RoleAuditor, domain.ScopeOrganisation, "RXA")
	pages := s.trail(t, auditor, "&operation=createUpload")
	records, err := csv.NewReader(bytes.NewReader(s.want(t, http.StatusOK, s.get(t, auditor, "/api/v1/audit.csv?operation=createUpload")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(records) != len(pages)+1 || len(pages) != 3 {
		t.Fatalf("%d records, %d events", len(records)-1, len(pages))
	}
	for i, e := range slices.Backward(pages) {
		record := records[len(pages)-i]
		if record[0] != fmt.Sprint(e.Id) || record[6] != e.Operation || record[8] != e.UploadId.String() || record[13] != e.Hash {
			t.Errorf("%v is %+v", record, e)
		}
	}
	if records[2][12] != records[1][13] {
		t.Error("the second event does not follow the first")
	}
	if _, err := s.owner.VerifyAudit(t.Context(), nil, func(int64, int64) error { return nil }); err != nil {
		t.Error(err)
	}
}

// No request changes or shows anything while no event can be written.
func TestNothingIsAnsweredThatCannotBeAudited(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	rejected := s.rejected(t, hr, uploadsOf("staff"), []byte("employee_number,staff_group,fte\nS1,99,1\n"))
	list := decode[spec.UploadPage](t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/uploads?kind=staff")))
	upload := "/api/v1/uploads/" + list.Uploads[1].Id.String()
	auditor := s.token(t, domain.RoleAuditor, domain.ScopeOrganisation, "RXA")
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	s.want(t, http.StatusOK, s.get(t, auditor, "/api/v1/organisations"))
	s.want(t, http.StatusOK, s.get(t, admin, "/api/v1/organisations"))
	if _, err := s.database.Admin(t).ExecContext(t.Context(), `REVOKE INSERT ON audit_event FROM skills_app`); err != nil {
		t.Fatal(err)
	}
	before := s.dump(t)
	for _, attempt := range []struct{ token, method, path, kind, body string }{
		{hr, "POST", uploadsOf("staff"), csvType, "employee_number,staff_group,fte\nS7,03,1\n"},
		{hr, "POST", uploadsOf("staff", "check_only=true"), csvType, "employee_number,staff_group,fte\nS7,03,1\n"},
		{hr, "DELETE", upload, "", ""},
		{hr, "DELETE", "/api/v1/uploads/" + rejected.Id.String(), "", ""},
		{hr, "GET", "/api/v1/organisations/RXA/staff.csv", "", ""},
		{hr, "GET", "/api/v1/exports/staff.csv", "", ""},
		{hr, "GET", "/api/v1/exports/vacancies.csv", "", ""},
		{hr, "GET", "/api/v1/reports/people.xlsx?organisation=RXA", "", ""},
		{hr, "GET", "/api/v1/reports/digital-literacy.xlsx?organisation=RXA", "", ""},
		{hr, "GET", upload + "/file", "", ""},
		{hr, "GET", upload + "/findings.csv", "", ""},
		{hr, "GET", upload + "/findings.xlsx", "", ""},
		{hr, "POST", "/api/v1/organisations/RXA/people/record", jsonType, `{"employee_number":"S00001"}`},
		{hr, "POST", "/api/v1/organisations/RXA/people/record.csv", jsonType, `{"employee_number":"S00001"}`},
		{hr, "POST", "/api/v1/organisations/RXA/people/restrictions", jsonType, `{"employee_number":"S00001","restricted":true}`},
		{auditor, "GET", "/api/v1/audit", "", ""},
		{auditor, "GET", "/api/v1/audit.csv", "", ""},
		{admin, "PUT", "/api/v1/organisations/RXB/reporting-starts/staff", jsonType, `{"reports_from":"2026-04-30"}`},
		{admin, "POST", "/api/v1/tokens", jsonType, `{"role":"planner","scope":"all"}`},
		// Refusals, which nobody may try out unseen.
		{hr, "GET", "/api/v1/organisations/RXB/staff.csv", "", ""},
		{hr, "GET", "/api/v1/audit", "", ""},
		{"", "GET", "/api/v1/organisations", "", ""},
	} {
		answer := s.call(t, attempt.token, attempt.method, attempt.path, attempt.kind, []byte(attempt.body))
		var body bytes.Buffer
		if _, err := body.ReadFrom(answer.Body); err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode < http.StatusInternalServerError || strings.Contains(body.String(), "S00001") {
			t.Errorf("%s %s: %d %.300s", attempt.method, attempt.path, answer.StatusCode, body.String())
		}
	}
	if diff := cmp.Diff(before, s.dump(t)); diff != "" {
		t.Errorf("something changed:\n%s", diff)
	}
}

// Neither a number of a person nor what a caller typed is in an event.
func TestNoValueIsInTheAuditTrail(t *testing.T) {
	t.Parallel()
	s := newService(t)
	const number, team, typed = "ZQ7CANARY", "zqteamqz", "zqtypedqz"
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	auditor := s.token(t, domain.RoleAuditor, domain.ScopeOrganisation, "RXA")
	for _, file := range []string{"staff_group,fte,employee_number,team\n03,1," + number + "," + team + "\n", "staff_group,fte,employee_number,team\n03," + team + "," + number + ",x\n"} {
		s.send(t, hr, http.MethodPost, uploadsOf("staff"), []byte(file))
		s.send(t, hr, http.MethodPost, uploadsOf("staff", "check_only=true"), []byte(file))
	}
	for _, path := range []string{
		"/api/v1/organisations/RXA/staff.csv", "/api/v1/exports/staff.csv?framework=" + typed, "/api/v1/organisations/" + typed + "/staff.csv", "/api/v1/" + typed,
		"/api/v1/reports/people.xlsx?organisation=RXA&framework=" + typed, "/api/v1/workforce/totals?group_by=team&organisation=RXA&team=" + team, "/api/v1/uploads/" + typed,
	} {
		s.get(t, hr, path)
	}
	s.get(t, auditor, "/api/v1/audit?actor="+typed+"&operation="+typed+"&outcome="+typed+"&request_id="+typed)
	s.send(t, "skt_live_"+typed, http.MethodGet, "/api/v1/organisations", nil)
	s.send(t, hr, http.MethodGet, "/api/v1/organisations/RXB/staff.csv", nil, "Referer", typed, "User-Agent", typed)
	for _, operation := range []string{"record", "record.csv", "erasures"} {
		for _, body := range []string{number, typed} {
			s.call(t, hr, http.MethodPost, "/api/v1/organisations/RXA/people/"+operation, jsonType, []byte(`{"employee_number":"`+body+`"}`))
		}
	}
	s.call(t, hr, http.MethodPost, "/api/v1/organisations/RXA/people/restrictions", jsonType, []byte(`{"employee_number":"`+number+`","restricted":true}`))
	events := string(s.want(t, http.StatusOK, s.get(t, auditor, "/api/v1/audit.csv")))
	searched{"the audit trail": events, "the log": s.log.String()}.lacks(t, "values", []string{number, team, typed})
	if n := strings.Count(events, "\n"); n < 9 {
		t.Errorf("there are only %d events:\n%s", n, events)
	}
}
