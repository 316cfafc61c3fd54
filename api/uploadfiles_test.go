package api_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/api"
	"skillstracker/domain"
)

// keep has the store hold a file as it holds files: compressed and in parts.
func (s *service) keep(content, format string) {
	s.Helper()
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	if _, err := writer.Write([]byte(content)); err != nil {
		s.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		s.Fatal(err)
	}
	until := now.AddDate(0, 0, 30)
	s.uploads.upload = func(id string) (domain.Upload, error) {
		upload := sampleUpload(id)
		upload.Format, upload.Bytes, upload.SHA256, upload.KeptUntil = format, int64(len(content)), sha256.Sum256([]byte(content)), &until
		return upload, nil
	}
	s.uploads.content = func(_ string, part func([]byte) error) error {
		for piece := range slices.Chunk(packed.Bytes(), 7) {
			if err := part(piece); err != nil {
				return err
			}
		}
		return nil
	}
}

// attachmentOf expects a file to be saved under a name and kept by nobody on the way.
func (a answer) attachmentOf(name, kind string) answer {
	a.Helper()
	if a.header.Get("Content-Disposition") != `attachment; filename=`+name || a.header.Get("Cache-Control") != "private, no-store" ||
		a.header.Get("Content-Type") != kind {
		a.Errorf("headers of %s: %v", name, a.header)
	}
	return a
}

const (
	filePath     = "/api/v1/uploads/" + uploadID + "/file"
	workbookKind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

func TestFileOfAnUpload(t *testing.T) {
	t.Parallel()
	for format, kind := range map[string]string{"csv": "text/csv", "json": "application/json", "xlsx": workbookKind} {
		s := newService(t)
		content := `{"rows":[` + strings.Repeat(" ", 5000) + `]}`
		s.keep(content, format)
		got := s.get(domain.RoleHR, filePath).ok(http.StatusOK).attachmentOf("RRK-staff-3f2a1c5e."+format, kind)
		if got.body != content {
			t.Errorf("%s: got %q", format, got.body)
		}
		if strings.Join(s.data.steps, "; ") != "note RRK getUploadFile "+uploadID+" file."+format {
			t.Errorf("%s: noted %v", format, s.data.steps)
		}
		s.get(domain.RoleHR, "/api/v1/uploads/"+uploadID).ok(http.StatusOK).has(`"file":"`+filePath+`"`, `"file_kept_until":"2026-12-22T09:30:00Z"`)
	}
}

// A file is handed out while it is kept, to HR of its organisation, as it was sent
// or not at all.
func TestFilesThatAreNotHandedOut(t *testing.T) {
	t.Parallel()
	s := newService(t)
	p := s.get(domain.RoleHR, filePath).problem(http.StatusNotFound, "file_not_kept")
	if !strings.Contains(p.Detail, "30 days") {
		t.Errorf("the detail does not say how long: %s", p.Detail)
	}
	none := newService(t, func(deps *api.Deps) { deps.KeepFiles = 0 })
	if p := none.get(domain.RoleHR, filePath).problem(http.StatusNotFound, "file_not_kept"); !strings.Contains(p.Detail, "keeps no sent files") {
		t.Errorf("got %s", p.Detail)
	}
	s.keep(staffCSV, "csv")
	changed := s.uploads.upload
	s.uploads.upload = func(id string) (domain.Upload, error) {
		upload, err := changed(id)
		expired := now
		upload.KeptUntil = &expired
		return upload, err
	}
	s.get(domain.RoleHR, filePath).problem(http.StatusNotFound, "file_not_kept")
	s.get(domain.RoleHR, "/api/v1/uploads/"+uploadID).ok(http.StatusOK).has(`"file_kept_until":null`).lacks(`"file":`)
	if len(s.data.steps) > 0 {
		t.Errorf("noted though nothing was read: %v", s.data.steps)
	}
	s.uploads.upload = func(id string) (domain.Upload, error) {
		upload, err := changed(id)
		upload.SHA256[0] ^= 1
		return upload, err
	}
	s.get(domain.RoleHR, filePath).lacks("1001").problem(http.StatusInternalServerError, "internal")
	s.uploads.upload = func(id string) (domain.Upload, error) {
		upload, err := changed(id)
		upload.Organisation = "RA7"
		return upload, err
	}
	s.get(domain.RoleHR, filePath).problem(http.StatusNotFound, "upload_not_found")
}

// A read that cannot be noted does not happen.
func TestReadsThatCannotBeNoted(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.keep(staffCSV, "csv")
	s.uploads.content = func(string, func([]byte) error) error {
		t.Error("the file was read")
		return nil
	}
	s.data.noting = errors.New("the audit log is away")
	for _, path := range []string{filePath, "/api/v1/uploads/" + uploadID + "/findings.xlsx", "/api/v1/uploads/" + uploadID + "/findings.csv", "/api/v1/organisations/RRK/staff.csv"} {
		s.get(domain.RoleHR, path).lacks("1001").problem(http.StatusInternalServerError, "internal")
	}
	if len(s.data.queries) > 0 {
		t.Error("rows were read")
	}
}

func TestFindingsAsFiles(t *testing.T) {
	t.Parallel()
	const path = "/api/v1/uploads/" + uploadID + "/findings"
	s := newService(t)
	s.get(domain.RoleHR, path+".csv").ok(http.StatusOK).attachmentOf("findings-3f2a1c5e.csv", "text/csv").has("fte_high")
	s.get(domain.RoleHR, path+".xlsx").ok(http.StatusOK).attachmentOf("findings-3f2a1c5e.xlsx", workbookKind)
	s.keep(staffCSV, "csv")
	s.get(domain.RoleHR, path+".xlsx").ok(http.StatusOK)
	list, rows := "note RRK getUploadFindingsCsv "+uploadID+" findings.csv", "note RRK getUploadFindingsXlsx "+uploadID+" findings.xlsx"
	if strings.Join(s.data.steps, "; ") != list+"; "+rows+"; "+rows {
		t.Errorf("noted %v", s.data.steps)
	}
	// The file ran out between the two questions.
	s.uploads.content = nil
	s.get(domain.RoleHR, path+".xlsx").ok(http.StatusOK)
	synthetic := newService(t, func(deps *api.Deps) { deps.Synthetic = true })
	synthetic.get(domain.RoleHR, path+".csv").ok(http.StatusOK).attachmentOf("findings-3f2a1c5e-synthetic.csv", "text/csv")
	synthetic.keep(staffCSV, "csv")
	synthetic.get(domain.RoleHR, filePath).ok(http.StatusOK).attachmentOf("RRK-staff-3f2a1c5e-synthetic.csv", "text/csv")
	s.uploads.upload = func(string) (domain.Upload, error) {
		return domain.Upload{}, domain.NotFound("not_found", "The text of the store.")
	}
	for _, format := range []string{".csv", ".xlsx"} {
		s.get(domain.RoleHR, path+format).problem(http.StatusNotFound, "upload_not_found")
	}
}

// What goes wrong while a file is written is still a problem document.
func TestFilesThatFail(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.keep(staffCSV, "csv")
	s.uploads.content = func(_ string, part func([]byte) error) error {
		if err := part([]byte("\x1f\x8b no gzip")); err != nil {
			return err
		}
		return domain.Unavailable("database_gone", "The database is away.", 3, nil)
	}
	s.get(domain.RoleHR, filePath).problem(http.StatusServiceUnavailable, "database_gone")
	s.uploads.content = func(_ string, part func([]byte) error) error { return part([]byte("no gzip at all")) }
	s.get(domain.RoleHR, filePath).problem(http.StatusInternalServerError, "internal")
	s.data.reading = domain.Unavailable("database_gone", "The database is away.", 3, nil)
	for _, format := range []string{"csv", "xlsx", "json"} {
		s.get(domain.RoleHR, "/api/v1/organisations/RRK/staff."+format).problem(http.StatusServiceUnavailable, "database_gone")
	}
}

// The days of keeping are told as they are set.
func TestDaysOfKeepingAreTold(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) { deps.KeepFiles = 7 * 24 * time.Hour })
	s.get(domain.RoleManager, "/api/v1/upload-columns").ok(http.StatusOK).has(`"file_kept_days":7`)
	if p := s.get(domain.RoleHR, filePath).problem(http.StatusNotFound, "file_not_kept"); !strings.Contains(p.Detail, "7 days") {
		t.Errorf("got %s", p.Detail)
	}
}
