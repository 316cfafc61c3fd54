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

// These tests are about what went wrong in neighbouring systems.

// A header of other words is an error that names what is missing and what is unknown,
// and no success with nothing in it.
func TestWrongHeaderIsExplained(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	before := s.rows(t, factTables()...)
	upload := s.rejected(t, hr, uploadsOf("staff"), []byte("employee_number,Grp,Hours per week,band\nS00001,03,37.5,5\n"))
	got := make(map[string][]string)
	for _, finding := range upload.Findings {
		if finding.Column != nil {
			got[finding.Code] = append(got[finding.Code], *finding.Column)
		}
	}
	want := map[string][]string{"column_missing": {"staff_group", "fte"}, "column_unknown": {"Grp", "Hours per week"}}
	for code, columns := range want {
		slices.Sort(got[code])
		if diff := cmp.Diff(slices.Sorted(slices.Values(columns)), got[code]); diff != "" {
			t.Errorf("%s: %s", code, diff)
		}
	}
	for _, kind := range []string{"staff", "assessments", "vacancies", "position_vacancies", "targets"} {
		if upload := s.rejected(t, hr, uploadsOf(kind), []byte("Grp,Hours,Colour\n03,37.5,red\n")); upload.Errors == 0 || upload.Counts.New != 0 {
			t.Errorf("%s: %+v", kind, upload)
		}
	}
	if diff := cmp.Diff(before, s.rows(t, factTables()...)); diff != "" {
		t.Error(diff)
	}
}

// What the answer counts is in the database.
func TestCountsAreOfWhatWasStored(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	for kind, table := range map[string]string{"staff": "staff_member", "assessments": "assessment", "vacancies": "vacancy_cell"} {
		list := decode[spec.UploadPage](t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/uploads?kind="+kind)))
		if stored := s.rows(t, table)[table]; list.Total != 1 || list.Uploads[0].Counts.New != stored || stored == 0 {
			t.Errorf("%s: %d rows are in the database, the answer says %+v", kind, stored, list.Uploads[0].Counts)
		}
	}
}

func TestThreeFaultsOfARowAreThreeFindings(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	upload := s.rejected(t, hr, uploadsOf("staff"), []byte("employee_number,staff_group,band,fte\nS00001,99,12,lots\n"))
	var columns []string
	for _, finding := range errorsOf(upload) {
		if finding.Row == nil || *finding.Row != 2 {
			t.Errorf("got %+v", finding)
		}
		columns = append(columns, *finding.Column)
	}
	slices.Sort(columns)
	if strings.Join(columns, " ") != "band fte staff_group" || upload.Counts.Rejected != 1 {
		t.Errorf("columns %v, %+v", columns, upload.Counts)
	}
}

// Whose rows they are is said by the path alone.
func TestOrganisationIsNotTakenFromTheBody(t *testing.T) {
	t.Parallel()
	s := newService(t)
	both := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA", "RXB")
	for name, file := range map[string]string{
		"json": `{"rows":[{"organisation":"RXB","employee_number":"S1","staff_group":"03","fte":1}]}`,
		"csv":  "organisation,employee_number,staff_group,fte\nRXB,S1,03,1\n",
	} {
		s.send(t, both, http.MethodPost, uploadsOf("staff"), []byte(file))
		if rows := s.rows(t, "staff_member WHERE organisation = 'RXB'", "upload WHERE organisation = 'RXB'"); sum(rows) != 0 {
			t.Errorf("%s: rows of RXB: %v", name, rows)
		}
	}
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	s.want(t, http.StatusBadRequest, s.send(t, hr, http.MethodPost, uploadsOf("staff", "organisation=RXB"), staffCSV(2)))
	s.want(t, http.StatusUnprocessableEntity, s.send(t, hr, http.MethodPost, uploadsOf("staff"), []byte(`{"organisation":"RXB","rows":[{"employee_number":"S1","staff_group":"03","fte":1}]}`)))
}

// No GET changes anything but the audit trail.
func TestNoGETChangesAnything(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, "/api/v1/crosswalks", jsonType, []byte(`{"code":"made-up","name":"Made up",
		"from":{"framework":"digcomp","version":"3.0"},"to":{"framework":"hdc","version":"2018"},"source":"Made up for a test.",
		"levels":[{"from_competence":"1.1","from_level":8,"to_competence":"TEC","to_level":4}]}`)))
	national := s.stored(t, admin, "/api/v1/targets/uploads", []byte("framework,framework_version,competence_code,level,valid_from\nhdc,2018,TEC,2,2026-01-01\n"))
	list := decode[spec.UploadPage](t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/uploads")))
	auditor := s.token(t, domain.RoleAuditor, domain.ScopeAll)
	unread := []string{"audit_event", "audit_head", "access_token"}
	before := s.dump(t, unread...)
	asked := 0
	for _, operation := range s.contract.Operations() {
		if operation.Method != http.MethodGet {
			continue
		}
		token, id := hr, list.Uploads[0].Id.String()
		if strings.HasPrefix(operation.Path, "/api/v1/targets/uploads") {
			token, id = admin, national.Id.String()
		}
		status := http.StatusOK
		switch operation.ID {
		case "getSignIn", "finishSignIn", "getFirstAdministrator": // nobody signs in at this server
			status = http.StatusNotFound
		case "listAuditEvents", "exportAuditEvents":
			token = auditor
		case "listTokens", "listUsers", "getMetrics":
			token = admin
		}
		path := strings.NewReplacer(
			"{organisation}", "RXA", "{id}", id, "{template}", "staff.xlsx", "{data}", "staff.csv",
			"{crosswalk}", "made-up", "{framework}", "hdc", "{version}", "2018", "{report}", "vacancies.xlsx",
		).Replace(operation.Path)
		if strings.HasPrefix(path, "/api/v1/reports/") {
			path += "?organisation=RXA"
		}
		if operation.ID == "getFirstAdministrator" {
			path += "?link=" + strings.Repeat("A", 43)
		}
		s.want(t, status, s.get(t, token, path))
		asked++
	}
	if diff := cmp.Diff(before, s.dump(t, unread...)); diff != "" || asked < 15 {
		t.Errorf("after %d questions: %s", asked, diff)
	}
}

// The findings are the same in the same order wherever they are read.
func TestFindingsAreTheSameEverywhere(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	var file bytes.Buffer
	file.WriteString("employee_number,staff_group,band,fte\n")
	for i := range 150 {
		fmt.Fprintf(&file, "S%05d,99,5,%d\n", i+1, i%2*100)
	}
	upload := s.rejected(t, hr, uploadsOf("staff"), file.Bytes())
	path := "/api/v1/uploads/" + upload.Id.String() + "/findings"
	var pages []spec.Finding
	for offset := 0; offset < upload.Errors+upload.Warnings; offset += 70 {
		page := decode[spec.FindingPage](t, s.want(t, http.StatusOK, s.get(t, hr, fmt.Sprintf("%s?limit=70&offset=%d", path, offset))))
		if page.Total != upload.Errors+upload.Warnings {
			t.Errorf("total %d of %d", page.Total, upload.Errors+upload.Warnings)
		}
		pages = append(pages, page.Findings...)
	}
	if diff := cmp.Diff(pages[:100], upload.Findings); diff != "" {
		t.Errorf("the answer and the list differ: %s", diff)
	}
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(s.want(t, http.StatusOK, s.get(t, hr, path+".csv")), []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(records) != len(pages)+1 {
		t.Fatalf("%d records, %d findings", len(records)-1, len(pages))
	}
	for i, finding := range pages {
		if record := strings.Join(records[i+1], "|"); !strings.Contains(record, finding.Code) || !strings.Contains(record, fmt.Sprint(*finding.Row)) || !strings.Contains(record, *finding.Column) {
			t.Errorf("finding %d is %+v and %s", i, finding, record)
		}
	}
	cells := cellsOf(t, s.want(t, http.StatusOK, s.get(t, hr, path+".xlsx")))
	if !strings.Contains(cells, "S00150") || !strings.Contains(cells, "employee_number") {
		t.Error("the workbook does not hold the rows that were sent")
	}
}
