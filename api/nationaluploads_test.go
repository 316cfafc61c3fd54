package api_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"skillstracker/domain"
)

const (
	nationalPath = "/api/v1/targets/uploads"
	targetsCSV   = "framework,framework_version,competence_code,level,valid_from\nhdc,2018,TEC,2,2026-04-01\n"
)

func nationalUpload(id string) domain.Upload {
	upload := sampleUpload(id)
	upload.Organisation, upload.Kind, upload.Format, upload.AsAt = domain.NationCode, domain.UploadTargets, "csv", nil
	return upload
}

func TestNationalTargetsAreStored(t *testing.T) {
	t.Parallel()
	body, formKind := form(t, "file", targetsCSV)
	for name, send := range map[string]func(s *service) answer{
		"raw": func(s *service) answer {
			return s.ask(domain.RoleAdmin, http.MethodPost, nationalPath+"?complete=true", strings.NewReader(targetsCSV), "Content-Type", "text/csv", "Idempotency-Key", "one")
		},
		"form": func(s *service) answer {
			return s.ask(domain.RoleAdmin, http.MethodPost, nationalPath+"?complete=true", body, "Content-Type", formKind, "Idempotency-Key", "one")
		},
	} {
		s := newService(t)
		var actor domain.Actor
		s.uploads.store = func(_ context.Context, by domain.Actor, file domain.UploadFile) (domain.Upload, error) {
			actor = by
			stored := nationalUpload(uploadID)
			stored.SHA256 = file.SHA256
			return stored, nil
		}
		path := nationalPath + "/" + uploadID
		send(s).ok(http.StatusCreated).has(`"organisation":"E92000001"`, `"kind":"targets"`, `"self":"`+path+`"`, `"findings":"`+path+`/findings"`,
			`"findings_csv":"`+path+`/findings.csv"`, `"findings_xlsx":"`+path+`/findings.xlsx"`)
		if len(s.uploads.files) != 1 {
			t.Fatalf("%s: %d files reached the store", name, len(s.uploads.files))
		}
		file := s.uploads.files[0]
		if file.Organisation != domain.NationCode || file.Kind != domain.UploadTargets || !file.Complete || file.CheckOnly || file.IdempotencyKey != "one" || len(file.Targets) != 1 {
			t.Errorf("%s: the store got %+v", name, file)
		}
		if actor.Role != domain.RoleAdmin || !slices.Equal(actor.Organisations, []string{domain.NationCode}) {
			t.Errorf("%s: for %+v", name, actor)
		}
	}
}

func TestNationalTargetsArePreviewedRejectedAndRepeated(t *testing.T) {
	t.Parallel()
	s := newService(t)
	send := func(query, body string) answer {
		return s.ask(domain.RoleAdmin, http.MethodPost, nationalPath+query, strings.NewReader(body), "Content-Type", "text/csv")
	}
	send("?check_only=true&mode=valid_rows", targetsCSV).ok(http.StatusOK).has(`"check_only":true`, `"organisation":"E92000001"`, `"mode":"valid_rows"`)
	p := send("", strings.Replace(targetsCSV, ",2,", ",none,", 1)).problem(http.StatusUnprocessableEntity, "upload_rejected")
	if !strings.Contains(p.Detail, nationalPath+"/"+uploadID+"/findings") {
		t.Errorf("the detail does not say where the findings are: %s", p.Detail)
	}
	send("?complete=true&mode=valid_rows", targetsCSV).problem(http.StatusUnprocessableEntity, "options_contradict")
	s.uploads.store = func(context.Context, domain.Actor, domain.UploadFile) (domain.Upload, error) {
		upload := nationalUpload(uploadID)
		upload.Repeated = true
		return upload, nil
	}
	if got := send("", targetsCSV).ok(http.StatusCreated); got.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("headers %v", got.header)
	}
}

func TestNationalUploadsAreShownAndWithdrawn(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.uploads.upload = func(id string) (domain.Upload, error) { return nationalUpload(id), nil }
	s.uploads.list = func(organisation string, page domain.Page) ([]domain.Upload, int, error) {
		if organisation != domain.NationCode || page != (domain.Page{Limit: 2, Offset: 1}) {
			t.Errorf("asked for %s, %+v", organisation, page)
		}
		return []domain.Upload{nationalUpload(uploadID)}, 3, nil
	}
	s.uploads.void = func(id string) (domain.Upload, error) {
		voided := nationalUpload(id)
		voided.State, voided.Voided = domain.UploadVoided, &domain.Void{At: now, Actor: "0000000000000001"}
		return voided, nil
	}
	path := nationalPath + "/" + uploadID
	s.get(domain.RoleAdmin, nationalPath+"?limit=2&offset=1").ok(http.StatusOK).has(`"total":3`, `"self":"`+path+`"`)
	s.get(domain.RoleAdmin, path).ok(http.StatusOK).has(`"organisation":"E92000001"`, `"code":"fte_high"`)
	s.get(domain.RoleAdmin, path+"/findings").ok(http.StatusOK).has(`"code":"fte_high"`, `"total":1`)
	s.get(domain.RoleAdmin, path+"/findings.csv").ok(http.StatusOK).has("fte_high")
	s.get(domain.RoleAdmin, path+"/findings.xlsx").ok(http.StatusOK)
	s.get(domain.RoleAdmin, path+"/file").problem(http.StatusNotFound, "file_not_kept")
	s.ask(domain.RoleAdmin, http.MethodDelete, path, http.NoBody).ok(http.StatusOK).has(`"state":"voided"`, `"self":"`+path+`"`)
	s.uploads.void = func(string) (domain.Upload, error) {
		return domain.Upload{}, fmt.Errorf("void: %w", domain.NotFound("not_found", "The text of the store."))
	}
	s.ask(domain.RoleAdmin, http.MethodDelete, path, http.NoBody).problem(http.StatusNotFound, "upload_not_found")
}

// An upload of an organisation is none of the nation's, and only administrators write
// for the nation.
func TestWhoMayWriteForTheNation(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.uploads.upload = func(id string) (domain.Upload, error) { return sampleUpload(id), nil }
	path := nationalPath + "/" + uploadID
	for _, target := range []string{path, path + "/findings.csv", path + "/findings.xlsx", path + "/file"} {
		s.get(domain.RoleAdmin, target).problem(http.StatusNotFound, "upload_not_found")
	}
	for _, role := range []domain.Role{domain.RoleHR, domain.RoleManager, domain.RolePlanner, domain.RoleAuditor} {
		s.ask(role, http.MethodPost, nationalPath, strings.NewReader(targetsCSV), "Content-Type", "text/csv").problem(http.StatusForbidden, "role_not_allowed")
		s.ask(role, http.MethodDelete, path, http.NoBody).problem(http.StatusForbidden, "role_not_allowed")
		s.get(role, nationalPath).problem(http.StatusForbidden, "role_not_allowed")
	}
	all := s.token(domain.RoleHR, domain.Grant{Kind: domain.ScopeAll}, func(*domain.StoredToken) {})
	s.tokens[domain.RoleHR] = all
	s.ask(domain.RoleHR, http.MethodPost, "/api/v1/organisations/E92000001/uploads?kind=targets", strings.NewReader(targetsCSV), "Content-Type", "text/csv").
		problem(http.StatusNotFound, "organisation_not_found")
	s.get(domain.RoleHR, "/api/v1/organisations/E92000001/uploads").problem(http.StatusNotFound, "organisation_not_found")
	s.get(domain.RoleHR, "/api/v1/organisations/E92000001/targets.csv").problem(http.StatusNotFound, "organisation_not_found")
	if len(s.uploads.files) > 0 {
		t.Errorf("%d files reached the store", len(s.uploads.files))
	}
}
