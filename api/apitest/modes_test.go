package apitest_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

const partlyBadCSV = "employee_number,staff_group,fte,as_at\n" +
	"S00001,03,0.5,2026-10-31\n" + // changed
	"S00002,03,0.8,2026-10-31\n" + // unchanged but for the band
	"S90001,03,most of it,2026-10-31\n" + // an error
	"S90002,08,1,2026-10-31\n" // new

// A preview says what would be, and stores nothing: not even its own record.
func TestPreviewStoresNothing(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	tables := append(factTables(), "upload", "upload_finding", "upload_file_part", "idempotency_key")
	before := s.rows(t, tables...)
	bad := decode[spec.UploadPreview](t, s.want(t, http.StatusOK, s.send(t, hr, http.MethodPost, uploadsOf("staff", "check_only=true"), []byte(partlyBadCSV))))
	if bad.WouldBe != "rejected" || bad.Errors != 1 || bad.Counts.Rejected != 1 || bad.Counts.NotStored != 3 || bad.FindingsListed != len(bad.Findings) {
		t.Errorf("whole: %+v", bad)
	}
	part := decode[spec.UploadPreview](t, s.want(t, http.StatusOK, s.send(t, hr, http.MethodPost, uploadsOf("staff", "check_only=true", "mode=valid_rows"), []byte(partlyBadCSV))))
	if part.WouldBe != "partly_applied" || part.Counts.New != 1 || part.Counts.Changed+part.Counts.Unchanged != 2 || part.Counts.Rejected != 1 {
		t.Errorf("in part: %+v", part)
	}
	var changed bool
	for _, change := range part.Changes {
		for _, field := range change.Fields {
			changed = changed || change.Record["employee_number"] == "S00001" && field.Column == "fte" && field.Before == "0.8" && field.After == "0.5"
		}
	}
	if !changed {
		t.Errorf("the change of S00001 is not among the examples: %+v", part.Changes)
	}
	all := decode[spec.UploadPreview](t, s.want(t, http.StatusOK, s.send(t, hr, http.MethodPost, uploadsOf("staff", "check_only=true", "complete=true"), staffCSV(60))))
	if all.WouldBe != "applied" || all.Counts.Ended != 30 || len(all.Changes) == 0 || all.Changes[0].Outcome != "ended" || all.Changes[0].Row != nil {
		t.Errorf("complete: ended %d, changes %+v", all.Counts.Ended, all.Changes)
	}
	if diff := cmp.Diff(before, s.rows(t, tables...)); diff != "" {
		t.Errorf("a preview stored something: %s", diff)
	}
	if listed := decode[spec.UploadPage](t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/uploads"))); listed.Total != 3 {
		t.Errorf("a preview is listed: %d uploads", listed.Total)
	}
}

// mode=valid_rows stores every row without an error and says so in its state.
func TestValidRowsAreStored(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	before := s.rows(t, "staff_member")["staff_member"]
	upload := s.stored(t, hr, uploadsOf("staff", "mode=valid_rows"), []byte(partlyBadCSV))
	if upload.State != "partly_applied" || upload.Mode != "valid_rows" || upload.Errors != 1 || upload.Counts.New != 1 || upload.Counts.Rejected != 1 || upload.Counts.RowsRead != 4 {
		t.Errorf("got %+v", upload)
	}
	if got := s.rows(t, "staff_member")["staff_member"]; got != before+1 {
		t.Errorf("%d staff members, %d before", got, before)
	}
	held := string(s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/staff.csv?as_at=2026-10-31")))
	if !strings.Contains(held, "S90002") || strings.Contains(held, "S90001") {
		t.Error("another row was stored than the one without an error")
	}
	// An error of the file as a whole leaves no valid row.
	if upload := s.rejected(t, hr, uploadsOf("staff", "mode=valid_rows"), []byte("employee_number,fte\nS1,1\n")); upload.State != "rejected" {
		t.Errorf("a file without a compulsory column: %+v", upload)
	}
	whole := s.stored(t, hr, uploadsOf("staff", "mode=valid_rows"), staffCSV(3))
	if whole.State != "applied" {
		t.Errorf("a file without errors is %s", whole.State)
	}
}

func TestMissingStaffAreMadeWhenAskedFor(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	file := []byte("employee_number,assessed_on,CCP,TLS,IDM,CIS,TEC,DIW,staff_group\nN00001,2026-10-05,1,2,3,4,1,2,03\n")
	refused := s.rejected(t, hr, uploadsOf("assessments"), file)
	if errorsOf(refused)[0].Code != string(domain.FindingEmployeeUnknown) || s.rows(t, "staff_member")["staff_member"] != 90 {
		t.Errorf("got %+v", refused.Findings)
	}
	made := s.stored(t, hr, uploadsOf("assessments", "create_missing_staff=true"), file)
	if !made.CreateMissingStaff || made.State != "applied" || made.Counts.New != 1 || made.Warnings == 0 || s.rows(t, "staff_member")["staff_member"] != 91 {
		t.Errorf("got %+v", made)
	}
	var warned bool
	for _, finding := range made.Findings {
		warned = warned || finding.Code == string(domain.FindingStaffCreated) && finding.Severity == "warning"
	}
	if !warned {
		t.Errorf("no warning among %+v", made.Findings)
	}
}

// The three formats of one file do the same.
func TestJSONIsTakenLikeTheOtherFormats(t *testing.T) {
	t.Parallel()
	s := newService(t)
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	file := []byte(`{"rows":[{"employee_number":"00123","staff_group":"03","band":"5","fte":0.8,"as_at":"2026-10-31"},{"employee_number":"00124","staff_group":"08","fte":"1","as_at":"2026-10-31"}]}`)
	first := decode[spec.Upload](t, s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", "staff", "application/json", file)))
	if first.Format != "json" || first.Counts.New != 2 || first.Counts.RowsRead != 2 {
		t.Errorf("got %+v", first)
	}
	again := s.stored(t, hr, uploadsOf("staff"), []byte("employee_number,staff_group,band,fte,as_at\n00123,03,5,0.8,2026-10-31\n00124,08,,1,2026-10-31\n"))
	if again.Format != "csv" || again.Counts.Unchanged != 2 {
		t.Errorf("as CSV: %+v", again)
	}
	body, kind := formOf(t, "staff.json", file)
	form := decode[spec.Upload](t, s.want(t, http.StatusCreated, s.send(t, hr, http.MethodPost, uploadsOf("staff", "complete=true"), body, "Content-Type", kind)))
	if form.Format != "json" || form.Counts.Unchanged != 2 || !form.Complete {
		t.Errorf("in a form: %+v", form)
	}
	one := s.stored(t, hr, uploadsOf("staff"), []byte(`{"rows":[{"employee_number":"00125","staff_group":"03","fte":1,"as_at":"2026-10-31"}]}`))
	if one.Counts.New != 1 {
		t.Errorf("a single record: %+v", one)
	}
	wrong := s.rejected(t, hr, uploadsOf("staff"), bytes.Replace(file, []byte(`"03"`), []byte(`"no group"`), 1))
	if finding := errorsOf(wrong)[0]; finding.Code != string(domain.FindingStaffGroupUnknown) || *finding.Row != 1 || *finding.Column != "staff_group" {
		t.Errorf("the place of a fault: %+v", finding)
	}
}
