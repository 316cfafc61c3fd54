package apitest_test

import (
	"bytes"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// TestBadRequestsAreExplainedAndStoreNothing sends what goes wrong in practice.
func TestBadRequestsAreExplainedAndStoreNothing(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	before := s.rows(t, factTables()...)
	const assessmentHeader = "employee_number,assessed_on,CCP,TLS,IDM,CIS,TEC,DIW\n"
	tests := map[string]struct {
		token, kind, contentType string
		organisation             string
		body                     []byte
		status                   int
		code                     string // of the problem
		finding                  string // code of a finding, "" for none
		row                      int
		column                   string
	}{
		"no token":             {token: "", status: 401, code: "token_missing"},
		"mistyped token":       {token: strings.Repeat("x", 58), status: 401, code: "token_mistyped"},
		"planner uploads":      {token: planner, status: 403, code: "role_not_allowed"},
		"unknown organisation": {token: hr, organisation: "ZZZ", status: 404, code: "organisation_not_found"},
		"another organisation": {token: hr, organisation: "RXB", status: 404, code: "organisation_not_found"},
		"empty file":           {token: hr, body: []byte{}, status: 422, code: "file_empty"},
		"wrong file type":      {token: hr, body: []byte("%PDF-1.7\n"), contentType: "application/pdf", status: 415},
		"file of 40 MB":        {token: hr, body: bytes.Repeat([]byte("a,b,c\n"), 7_000_000), status: 413},
		"unknown kind":         {token: hr, kind: "payslips", body: staffCSV(1), status: 400},
		"missing column":       {token: hr, kind: "staff", body: []byte("employee_number,fte\nS1,1\n"), status: 422, code: "upload_rejected", finding: "column_missing", column: "staff_group"},
		"bad date":             {token: hr, kind: "assessments", body: []byte(assessmentHeader + "S00001,2026-02-30,1,1,1,1,1,1\n"), status: 422, code: "upload_rejected", finding: "date_no_such_day", row: 2, column: "assessed_on"},
		"level out of range":   {token: hr, kind: "assessments", body: []byte(assessmentHeader + "S00001,2026-02-03,1,1,7,1,1,1\n"), status: 422, code: "upload_rejected", finding: "level_out_of_range", row: 2, column: "IDM"},
		"unknown employee":     {token: hr, kind: "assessments", body: []byte(assessmentHeader + "S99999,2026-02-03,1,1,1,1,1,1\n"), status: 422, code: "upload_rejected", finding: "employee_unknown", row: 2, column: "employee_number"},
		"unknown code":         {token: hr, kind: "staff", body: []byte("employee_number,staff_group,job_role_code,fte\nS00001,03,99999,1\n"), status: 422, code: "upload_rejected", finding: "job_role_unknown", row: 2, column: "job_role_code"},
		"personal data column": {token: hr, kind: "staff", body: []byte("employee_number,staff_group,fte,NI Number\nS00001,03,1,QQ123456C\n"), status: 422, code: "upload_rejected", finding: "personal_data_column"},
		"header only":          {token: hr, kind: "staff", body: []byte("employee_number,staff_group,fte\n"), status: 422, code: "upload_rejected", finding: "rows_missing"},
	}
	for name, test := range tests {
		if test.kind == "" {
			test.kind = "staff"
		}
		if test.organisation == "" {
			test.organisation = "RXA"
		}
		if test.contentType == "" {
			test.contentType = csvType
		}
		if test.body == nil {
			test.body = staffCSV(2)
		}
		answer := s.upload(t, test.token, test.organisation, test.kind, test.contentType, test.body)
		if answer.StatusCode != test.status {
			t.Errorf("%s: status %d, want %d", name, answer.StatusCode, test.status)
		}
		var body bytes.Buffer
		if _, err := body.ReadFrom(answer.Body); err != nil {
			t.Fatal(err)
		}
		problem := decode[spec.Problem](t, body.Bytes())
		if test.code != "" && problem.Code != test.code {
			t.Errorf("%s: code %s, want %s", name, problem.Code, test.code)
		}
		if len(problem.Detail) < 40 {
			t.Errorf("%s: the detail does not say what to do: %q", name, problem.Detail)
		}
		if strings.Contains(body.String(), "QQ123456C") || strings.Contains(body.String(), "99999") {
			t.Errorf("%s: the answer holds a value of the file: %s", name, body.String())
		}
		if test.finding != "" {
			checkFinding(t, name, problem, test.finding, test.row, test.column)
		}
	}
	if diff := cmp.Diff(before, s.rows(t, factTables()...)); diff != "" {
		t.Errorf("something was stored: %s", diff)
	}
	if strings.Contains(s.log.String(), "QQ123456C") {
		t.Error("the log holds a value of a refused file")
	}
	left, err := os.ReadDir(s.temp)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) > 0 {
		t.Errorf("%d temporary files are left", len(left))
	}
}

func checkFinding(t *testing.T, name string, problem spec.Problem, code string, row int, column string) {
	t.Helper()
	if problem.Upload == nil {
		t.Errorf("%s: the problem has no upload", name)
		return
	}
	for _, f := range problem.Upload.Findings {
		if f.Code != code {
			continue
		}
		if row > 0 && (f.Row == nil || *f.Row != row) {
			t.Errorf("%s: finding names row %v, want %d", name, f.Row, row)
		}
		if column != "" && (f.Column == nil || *f.Column != column) {
			t.Errorf("%s: finding names column %v, want %s", name, f.Column, column)
		}
		if len(f.Message) < 20 || len(f.Mend) < 10 {
			t.Errorf("%s: finding does not explain itself: %+v", name, f)
		}
		return
	}
	t.Errorf("%s: no finding %s among %+v", name, code, problem.Upload.Findings)
}

// Of more findings than are stored all are counted, and the answer says how many of
// them are where.
func TestMoreFindingsThanAreStored(t *testing.T) {
	t.Parallel()
	s := newService(t)
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	file := "employee_number,staff_group,fte\n" + strings.Repeat("S1,none,1\n", domain.FindingLimit+50)
	problem := decode[spec.Problem](t, s.want(t, http.StatusUnprocessableEntity, s.upload(t, hr, "RXA", "staff", csvType, []byte(file))))
	if problem.Upload.Errors != domain.FindingLimit+50 || len(problem.Upload.Findings) != 100 || !strings.Contains(problem.Detail, "first 10000 are stored") {
		t.Errorf("%d errors, %d listed: %s", problem.Upload.Errors, len(problem.Upload.Findings), problem.Detail)
	}
	page := decode[spec.FindingPage](t, s.want(t, http.StatusOK, s.get(t, hr, problem.Upload.Links.Findings+"?limit=1000&offset=9500")))
	if page.Total != domain.FindingLimit || len(page.Findings) != 500 {
		t.Errorf("%d findings are stored, %d on the last page", page.Total, len(page.Findings))
	}
	preview := decode[spec.UploadPreview](t, s.want(t, http.StatusOK, s.send(t, hr, http.MethodPost, uploadsOf("staff", "check_only=true"), []byte(file))))
	if preview.FindingsListed != domain.FindingLimit || len(preview.Findings) != domain.FindingLimit || preview.Errors != domain.FindingLimit+50 {
		t.Errorf("the preview lists %d of %d", preview.FindingsListed, preview.Errors)
	}
}

func TestEveryFaultOfEveryRowIsReported(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	body := []byte("employee_number,assessed_on,CCP,TLS,IDM,CIS,TEC,DIW\n" +
		"S00001,2027-01-01,9,1,x,1,1,1\n" + // a date to come, a level off the scale, a word
		"S00002,2026-10-06,1,1,1,1,1,1\n" +
		"S00003,2026-10-06,1,1,1,1,1,1\n" +
		"S00003,2026-10-06,2,1,1,1,1,1\n") // contradicts the row before
	problem := decode[spec.Problem](t, s.want(t, http.StatusUnprocessableEntity, s.upload(t, hr, "RXA", "assessments", csvType, body)))
	got := make(map[string]int)
	for _, f := range problem.Upload.Findings {
		got[f.Code]++
	}
	want := map[string]int{"date_future": 1, "level_out_of_range": 1, "level_invalid": 1, "rows_conflict": 2}
	// Rows are compared with each other only when every cell can be read.
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	counts := problem.Upload.Counts
	if counts.RowsRead != 4 || counts.Rejected+counts.NotStored != 4 || counts.New != 0 {
		t.Errorf("counts: %+v", counts)
	}
}
