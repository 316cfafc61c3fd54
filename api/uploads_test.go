package api_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"skillstracker/api"
	"skillstracker/domain"
)

const (
	staffCSV    = "employee_number,staff_group,fte\n1001,01,1.0\n1002,10,0.6\n"
	badStaffCSV = "employee_number,staff_group,fte\n1001,01,bad\n"
	staffPath   = "/api/v1/organisations/RRK/uploads?kind=staff"
)

// form writes a multipart form with one part for each pair of field and content.
func form(t *testing.T, parts ...string) (body *bytes.Buffer, contentType string) {
	t.Helper()
	body = &bytes.Buffer{}
	writer := multipart.NewWriter(body)
	for i := 0; i+1 < len(parts); i += 2 {
		part, err := writer.CreateFormFile(parts[i], "staff.csv")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return body, writer.FormDataContentType()
}

func TestUploadIsStored(t *testing.T) {
	t.Parallel()
	ways := map[string]func(s *service) answer{
		"raw": func(s *service) answer {
			return s.ask(domain.RoleHR, http.MethodPost, staffPath+"&complete=true&as_at=2026-10-31", strings.NewReader(staffCSV), "Content-Type", "text/csv; charset=utf-8")
		},
		"form": func(s *service) answer {
			body, kind := form(s.T, "file", staffCSV)
			return s.ask(domain.RoleHR, http.MethodPost, staffPath+"&complete=true&as_at=2026-10-31", body, "Content-Type", kind)
		},
		"form in capitals": func(s *service) answer {
			body, kind := form(s.T, "file", staffCSV)
			return s.ask(domain.RoleHR, http.MethodPost, staffPath+"&complete=true&as_at=2026-10-31", body, "Content-Type", strings.Replace(kind, "multipart/form-data", "Multipart/Form-Data", 1))
		},
		"without a content type": func(s *service) answer {
			return s.ask(domain.RoleHR, http.MethodPost, staffPath+"&complete=true&as_at=2026-10-31", strings.NewReader(staffCSV))
		},
		"bytes": func(s *service) answer {
			return s.ask(domain.RoleHR, http.MethodPost, staffPath+"&complete=true&as_at=2026-10-31", strings.NewReader(staffCSV), "Content-Type", "application/octet-stream")
		},
	}
	for name, send := range ways {
		s := newService(t)
		send(s).ok(http.StatusCreated).has(`"state":"applied"`, `"/api/v1/uploads/`+uploadID+`/findings"`, `"organisation":"RRK"`, `"format":"csv"`)
		if len(s.uploads.files) != 1 {
			t.Fatalf("%s: %d files reached the store", name, len(s.uploads.files))
		}
		file := s.uploads.files[0]
		if file.SHA256 != sha256.Sum256([]byte(staffCSV)) || file.Bytes != int64(len(staffCSV)) || !file.Complete ||
			file.Kind != domain.UploadStaff || file.Organisation != "RRK" || !file.ReceivedAt.Equal(now) || file.RequestID == "" || file.Actor == "" {
			t.Errorf("%s: the store got %+v", name, file.Upload)
		}
	}
}

func TestRejectedUploadCarriesItsFindings(t *testing.T) {
	t.Parallel()
	s := newService(t)
	p := s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(badStaffCSV), "Content-Type", "text/csv").
		problem(http.StatusUnprocessableEntity, "upload_rejected")
	if p.Upload == nil || p.Upload.State != "rejected" || len(p.Upload.Findings) == 0 || p.Upload.Findings[0].Mend == "" {
		t.Fatalf("got %+v", p.Upload)
	}
	if !strings.Contains(p.Detail, "/api/v1/uploads/"+uploadID+"/findings") {
		t.Errorf("the detail does not say where the findings are: %s", p.Detail)
	}
}

func TestUploadsThatAreRefused(t *testing.T) {
	t.Parallel()
	twoFiles, twoKind := form(t, "file", staffCSV, "file", staffCSV)
	otherField, otherKind := form(t, "document", staffCSV)
	noField, noKind := form(t)
	emptyFile, emptyKind := form(t, "file", "")
	cut, cutKind := form(t, "file", staffCSV)
	cut.Truncate(cut.Len() - 60)
	tests := map[string]struct {
		target, body, contentType string
		status                    int
		code, says                string
	}{
		"organisation of others":   {strings.Replace(staffPath, "RRK", "RA7", 1), staffCSV, "text/csv", 404, "organisation_not_found", "in your scope"},
		"organisation that is not": {strings.Replace(staffPath, "RRK", "ZZZ", 1), staffCSV, "text/csv", 404, "organisation_not_found", "in your scope"},
		"nothing":                  {staffPath, "", "text/csv", 422, "file_empty", "empty"},
		"empty file in a form":     {staffPath, emptyFile.String(), emptyKind, 422, "file_empty", "empty"},
		"two files":                {staffPath, twoFiles.String(), twoKind, 422, "multipart_field_unknown", "one file"},
		"another field":            {staffPath, otherField.String(), otherKind, 422, "multipart_field_unknown", "query string"},
		"no field":                 {staffPath, noField.String(), noKind, 422, "multipart_file_missing", "named file"},
		"form without boundary":    {staffPath, staffCSV, "multipart/form-data", 400, "multipart_malformed", "form"},
		"form cut off":             {staffPath, cut.String(), cutKind, 400, "body_incomplete", "send the file again"},
		"pdf":                      {staffPath, "%PDF-1.7 ...", "text/csv", 415, "file_type_unsupported", "PDF"},
		"picture":                  {staffPath, "\x89PNG\r\n\x1a\n", "image/png", 415, "file_type_unsupported", "picture"},
		"complete assessments":     {"/api/v1/organisations/RRK/uploads?kind=assessments&complete=true", staffCSV, "text/csv", 422, "option_not_for_kind", "assessments"},
		"as_at of vacancies":       {"/api/v1/organisations/RRK/uploads?kind=vacancies&as_at=2026-10-31", staffCSV, "text/csv", 422, "option_not_for_kind", "vacancies"},
		"framework of staff":       {staffPath + "&framework=hdc", staffCSV, "text/csv", 422, "option_not_for_kind", "staff"},
		"as_at tomorrow":           {staffPath + "&as_at=2026-11-23", staffCSV, "text/csv", 422, "as_at_future", "future"},
		"made staff of a list":     {staffPath + "&create_missing_staff=true", staffCSV, "text/csv", 422, "option_not_for_kind", "staff"},
		"complete in part":         {staffPath + "&complete=true&mode=valid_rows", staffCSV, "text/csv", 422, "options_contradict", "must be stored whole"},
		"mode unknown":             {staffPath + "&mode=some", staffCSV, "text/csv", 400, "invalid_parameters", ""},
		"preview unclear":          {staffPath + "&check_only=maybe", staffCSV, "text/csv", 400, "invalid_parameters", ""},
		"kind missing":             {"/api/v1/organisations/RRK/uploads", staffCSV, "text/csv", 400, "invalid_parameters", ""},
	}
	s := newService(t)
	for name, test := range tests {
		p := s.ask(domain.RoleHR, http.MethodPost, test.target, strings.NewReader(test.body), "Content-Type", test.contentType).problem(test.status, test.code)
		if !strings.Contains(p.Detail, test.says) {
			t.Errorf("%s: the detail does not say %q: %s", name, test.says, p.Detail)
		}
		if len(s.uploads.files) > 0 {
			t.Errorf("%s: the file reached the store", name)
		}
	}
}

// Nobody learns from the answer whether an organisation exists.
func TestOrganisationOfOthersReadsLikeNone(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, pattern := range []string{
		"/api/v1/organisations/%s/uploads", "/api/v1/reports/vacancies.xlsx?organisation=%s",
		"/api/v1/reports/digital-literacy.xlsx?organisation=%s", "/api/v1/vacancies/totals?organisation=%s",
		"/api/v1/digital-literacy/totals.csv?organisation=%s",
	} {
		others := s.get(domain.RoleHR, fmt.Sprintf(pattern, "RA7")).problem(http.StatusNotFound, "organisation_not_found")
		none := s.get(domain.RoleHR, fmt.Sprintf(pattern, "ZZZ")).problem(http.StatusNotFound, "organisation_not_found")
		others.RequestID, none.RequestID = "", ""
		if fmt.Sprint(others) != fmt.Sprint(none) {
			t.Errorf("%s: %+v and %+v differ", pattern, others, none)
		}
	}
	if len(s.totals.asked) > 0 {
		t.Error("totals of another organisation were read")
	}
}

func TestStoreErrorsReachTheSender(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.uploads.store = func(context.Context, domain.Actor, domain.UploadFile) (domain.Upload, error) {
		return domain.Upload{}, &domain.Error{Kind: domain.KindConflict, Code: "organisation_busy", Message: "Another write is under way.", RetryAfter: 5}
	}
	got := s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV))
	got.problem(http.StatusConflict, "organisation_busy")
	if got.header.Get("Retry-After") != "5" {
		t.Errorf("Retry-After is %q", got.header.Get("Retry-After"))
	}
}

// A place among the files that are read at a time is given back, whatever became
// of the file.
func TestPlacesForReadingAreGivenBack(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) {
		deps.Limits = api.DefaultLimits()
		deps.Limits.Parses = 1
		deps.Limits.UploadTime = 5 * time.Second
	})
	for range 2 {
		s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV)).ok(http.StatusCreated)
		s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(badStaffCSV)).problem(http.StatusUnprocessableEntity, "upload_rejected")
	}
}

func TestUploadsAreShown(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.get(domain.RoleHR, "/api/v1/organisations/RRK/uploads?limit=5&offset=10").ok(http.StatusOK).has(`"limit":5`, `"offset":10`, `"total":1`)
	s.get(domain.RoleHR, "/api/v1/uploads/"+uploadID).ok(http.StatusOK).
		has(`"as_at":"2026-10-31"`, `"header":"Shoe size"`, `"field":null`, `"mend":"Check it."`, `"sheet":"Data"`)
	s.get(domain.RoleHR, "/api/v1/uploads/"+uploadID+"/findings").ok(http.StatusOK).has(`"limit":100`, `"row":4`)

	s.uploads.upload = func(id string) (domain.Upload, error) {
		upload := sampleUpload(id)
		upload.Organisation = "RA7"
		return upload, nil
	}
	others := s.get(domain.RoleHR, "/api/v1/uploads/"+uploadID).lacks("RA7").problem(http.StatusNotFound, "upload_not_found")
	s.uploads.upload = func(string) (domain.Upload, error) {
		return domain.Upload{}, domain.NotFound("not_found", "The text of the store.")
	}
	none := s.get(domain.RoleHR, "/api/v1/uploads/"+uploadID).problem(http.StatusNotFound, "upload_not_found")
	if others.Detail != none.Detail {
		t.Errorf("%q and %q differ", others.Detail, none.Detail)
	}
	s.uploads.findings = func(string, domain.Page) ([]domain.Finding, int, error) {
		return nil, 0, domain.NotFound("not_found", "The text of the store.")
	}
	s.get(domain.RoleHR, "/api/v1/uploads/"+uploadID+"/findings").problem(http.StatusNotFound, "upload_not_found")
}
