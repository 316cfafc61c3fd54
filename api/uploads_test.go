package api_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
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
		"json":                     {staffPath, `{"rows":[]}`, "application/json", 415, "file_type_unsupported", "JSON"},
		"pdf":                      {staffPath, "%PDF-1.7 ...", "text/csv", 415, "file_type_unsupported", "PDF"},
		"picture":                  {staffPath, "\x89PNG\r\n\x1a\n", "image/png", 415, "file_type_unsupported", "picture"},
		"complete assessments":     {"/api/v1/organisations/RRK/uploads?kind=assessments&complete=true", staffCSV, "text/csv", 422, "option_not_for_kind", "assessments"},
		"as_at of vacancies":       {"/api/v1/organisations/RRK/uploads?kind=vacancies&as_at=2026-10-31", staffCSV, "text/csv", 422, "option_not_for_kind", "vacancies"},
		"framework of staff":       {staffPath + "&framework=hdc", staffCSV, "text/csv", 422, "option_not_for_kind", "staff"},
		"as_at tomorrow":           {staffPath + "&as_at=2026-11-23", staffCSV, "text/csv", 422, "as_at_future", "future"},
		"preview of later":         {staffPath + "&check_only=true", staffCSV, "text/csv", 400, "invalid_parameters", ""},
		"mode of later":            {staffPath + "&mode=valid_rows", staffCSV, "text/csv", 400, "invalid_parameters", ""},
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

func TestCompressedBodyIsRefused(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV), "Content-Encoding", "gzip").
		problem(http.StatusUnsupportedMediaType, "content_encoding_unsupported")
}

// longBody is a body of a given length that costs no memory.
func longBody(length int64) io.Reader {
	return io.MultiReader(strings.NewReader(organisationsCSV), io.LimitReader(repeated(bytes.Repeat([]byte(strings.Repeat(" ", 63)+"\n"), 1000)), length-int64(len(organisationsCSV))))
}

type repeated []byte

func (r repeated) Read(p []byte) (int, error) { return copy(p, r), nil }

// A body of 40 MB is answered with a problem document that a client really
// receives, whether or not it said before how long the body is, and so is one that
// is refused for another reason before it was read.
func TestBodyTooLarge(t *testing.T) {
	t.Parallel()
	const length = 40_000_000
	s := newService(t)
	server := httptest.NewServer(s.handler)
	defer server.Close()
	client := &http.Client{Transport: s.contract.Transport(t, http.DefaultTransport)}
	for name, test := range map[string]struct {
		role   domain.Role
		target string
		length int64
		status int
		says   string
	}{
		"declared":   {domain.RoleHR, staffPath, length, 413, "32 MiB"},
		"undeclared": {domain.RoleHR, staffPath, -1, 413, "32 MiB"},
		"import":     {domain.RoleAdmin, "/api/v1/organisations/imports?as_of=2026-10-31", -1, 413, "32 MiB"},
		"wrong role": {domain.RoleManager, staffPath, -1, 403, "role hr"},
		"not theirs": {domain.RoleHR, strings.Replace(staffPath, "RRK", "RA7", 1), -1, 404, "in your scope"},
	} {
		sent := int64(length)
		if test.status != http.StatusRequestEntityTooLarge {
			sent = 4_000_000
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+test.target, longBody(sent))
		if err != nil {
			t.Fatal(err)
		}
		request.ContentLength = test.length
		request.Header.Set("Content-Type", "text/csv")
		request.Header.Set("Authorization", "Bearer "+s.tokens[test.role])
		got, err := client.Do(request)
		if err != nil {
			t.Errorf("%s: no answer: %v", name, err)
			continue
		}
		body, err := io.ReadAll(got.Body)
		if err != nil || got.StatusCode != test.status || !strings.Contains(string(body), test.says) {
			t.Errorf("%s: got %d %s (%v)", name, got.StatusCode, body, err)
		}
		if err := got.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	if len(s.uploads.files) > 0 {
		t.Error("a file above the limit reached the store")
	}
}

// A client that looks for the answer only when everything is sent finds it, though
// the request was refused at its first line.
func TestAnswerReachesAClientThatSendsFirst(t *testing.T) {
	t.Parallel()
	const length = 20_000_000
	s := newService(t)
	server := httptest.NewServer(s.handler)
	defer server.Close()
	connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := connection.Close(); err != nil {
			t.Error(err)
		}
	}()
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: test\r\nContent-Type: text/csv\r\nContent-Length: %d\r\n\r\n", staffPath, length)
	if _, err := io.Copy(connection, io.MultiReader(strings.NewReader(head), longBody(length))); err != nil {
		t.Fatalf("the connection ended while the file was sent: %v", err)
	}
	got, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	if err := got.Body.Close(); err != nil || got.StatusCode != http.StatusUnauthorized {
		t.Errorf("got %d (%v)", got.StatusCode, err)
	}
}

// The limit of a file counts its bytes, not those of the form around it.
func TestLimitOfAFileIsExact(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) {
		deps.Limits = api.DefaultLimits()
		deps.Limits.File.MaxBytes = int64(len(staffCSV))
	})
	body, kind := form(t, "file", staffCSV)
	s.ask(domain.RoleHR, http.MethodPost, staffPath, body, "Content-Type", kind).ok(http.StatusCreated)
	body, kind = form(t, "file", staffCSV+"\n")
	s.ask(domain.RoleHR, http.MethodPost, staffPath, body, "Content-Type", kind).problem(http.StatusRequestEntityTooLarge, "body_too_large")
	s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV+"\n")).problem(http.StatusRequestEntityTooLarge, "body_too_large")
}

// brokenBody ends before it should, as when the client hangs up.
type brokenBody struct {
	io.Reader
	err error
}

func (b *brokenBody) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		return n, b.err
	}
	return n, err
}

func TestClientHangsUpWhileSending(t *testing.T) {
	t.Parallel()
	s := newService(t)
	body := &brokenBody{strings.NewReader(staffCSV), io.ErrUnexpectedEOF}
	s.ask(domain.RoleHR, http.MethodPost, staffPath, body).problem(http.StatusBadRequest, "body_incomplete")
	if len(s.uploads.files) > 0 {
		t.Error("half a file reached the store")
	}
	if strings.Contains(s.logs.String(), `"level":"ERROR"`) {
		t.Errorf("logged as an alarm: %s", s.logs)
	}
}

// A sender who stalls is cut off and told why.
func TestSenderWhoStallsIsCutOff(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) {
		deps.Limits = api.DefaultLimits()
		deps.Limits.UploadTime = 100 * time.Millisecond
	})
	server := httptest.NewServer(s.handler)
	defer server.Close()
	reader, writer := io.Pipe()
	defer func() {
		if err := writer.Close(); err != nil {
			t.Error(err)
		}
	}()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+staffPath, reader)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.tokens[domain.RoleHR])
	client := &http.Client{Transport: s.contract.Transport(t, http.DefaultTransport)}
	got, err := client.Do(request)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	body, err := io.ReadAll(got.Body)
	if err != nil || got.StatusCode != http.StatusRequestTimeout || !strings.Contains(string(body), "body_too_slow") {
		t.Errorf("got %d %s (%v)", got.StatusCode, body, err)
	}
	if err := got.Body.Close(); err != nil {
		t.Error(err)
	}
	if len(s.uploads.files) > 0 {
		t.Error("half a file reached the store")
	}
}

// A sender who is slow keeps nobody waiting in the register: nothing is asked of
// it before the whole file is there.
func TestNothingIsAskedBeforeTheFileIsWhole(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.registry.lists = func() (domain.Lists, error) {
		t.Error("the register was asked before the file was whole")
		return sampleLists(), nil
	}
	body := &brokenBody{strings.NewReader(staffCSV[:40]), io.ErrUnexpectedEOF}
	s.ask(domain.RoleHR, http.MethodPost, staffPath, body, "Content-Type", "text/csv").problem(http.StatusBadRequest, "body_incomplete")
	s.registry.lists = nil
	s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV), "Content-Type", "text/csv").ok(http.StatusCreated)
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
