package api_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"skillstracker/api/apitest"
	"skillstracker/domain"
)

// minimal builds the smallest request of an operation that the contract allows.
func minimal(t *testing.T, operation apitest.Operation) *http.Request {
	t.Helper()
	path, query := operation.Path, url.Values{}
	for _, described := range operation.Parameters {
		parameter := described.Value
		if !parameter.Required {
			continue
		}
		value := sampleValue(t, parameter)
		if parameter.In == openapi3.ParameterInPath {
			path = strings.ReplaceAll(path, "{"+parameter.Name+"}", value)
			continue
		}
		query.Set(parameter.Name, value)
	}
	if operation.ID == "getReport" {
		query.Set("organisation", "RRK") // required of all reports but one
	}
	body := ""
	if operation.RequestBody != nil {
		body = organisationsCSV
	}
	request := httptest.NewRequestWithContext(t.Context(), operation.Method, path+"?"+query.Encode(), strings.NewReader(body))
	if body != "" {
		request.Header.Set("Content-Type", "text/csv")
	}
	if form, takes := sampleForms()[operation.ID]; takes {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Body, request.ContentLength = io.NopCloser(strings.NewReader(form)), int64(len(form))
	}
	if document, takes := sampleDocuments()[operation.ID]; takes {
		request.Header.Set("Content-Type", "application/json")
		request.Body, request.ContentLength = io.NopCloser(strings.NewReader(document)), int64(len(document))
	}
	return request
}

// sampleForms are bodies of pages and providers by operation.
func sampleForms() map[string]string {
	return map[string]string{
		"backChannelLogout":     "logout_token=made-up",
		"useFirstAdministrator": "link=7TrFm1L4iyjyxVZ6-Xkm0sTnJkRZ_lqz4VV9mXyBl0w",
	}
}

// sampleDocuments are bodies of JSON by operation.
func sampleDocuments() map[string]string {
	return map[string]string{
		"importSuccessions": `{"successions":[{"predecessor":"RA7","successor":"RRK","effective_on":"2026-04-01"}]}`,
		"setReportingStart": `{"reports_from":"2026-04-30"}`,
		"createToken":       `{"role":"planner","scope":"all"}`,
		"setUser":           `{"role":"planner","scope":"all"}`,
		"getPersonRecord":   `{"employee_number":"0042"}`, "getPersonRecordCsv": `{"employee_number":"0042"}`, "erasePerson": `{"employee_number":"0042"}`,
		"restrictPerson": `{"employee_number":"0042","restricted":true}`,
		"publishFramework": `{"framework":"made-up","framework_name":"Made up","version":"1","name":"Made up 1","scoring":"level_per_competence","valid_from":"2026-04-01",
			"validity_months":12,"source":"Made up.","licence":"None.","domains":[{"code":"A","name":"First"}],
			"competences":[{"code":"A1","name":"Tasks","domain":"A","max_level":1}],"levels":[{"level":0,"name":"None"},{"level":1,"name":"One"}]}`,
		"publishCrosswalk": `{"code":"made-up","name":"Made up","from":{"framework":"hdc","version":"2018"},"to":{"framework":"hdc","version":"2026"},
			"source":"Made up.","levels":[{"from_competence":"CCP","from_level":1,"to_competence":"CCP","to_level":1}]}`,
	}
}

const organisationsCSV = "code,name,kind,region,icb,opened_on,closed_on\nRX1,Nottingham University Hospitals,nhs_trust,Y60,QT1,1992-04-01,\n"

func sampleValue(t *testing.T, parameter *openapi3.Parameter) string {
	t.Helper()
	schema := parameter.Schema.Value
	switch {
	case len(schema.Enum) > 0:
		return fmt.Sprint(schema.Enum[0])
	case schema.Format == "date":
		return "2026-10-31"
	case schema.Format == "uuid":
		return uploadID
	case schema.Example != nil:
		return fmt.Sprint(schema.Example)
	}
	t.Fatalf("there is no sample value for parameter %s", parameter.Name)
	return ""
}

// Every role meets every operation of the contract. What a role may do is asked of
// the domain; what an operation needs is written down here once more.
func TestRolesAndOperations(t *testing.T) {
	t.Parallel()
	all := "admin hr manager planner auditor"
	allowed := map[string]string{
		"listOrganisations": all, "getOrganisation": all, "getReferenceLists": all, "listFindingCodes": all, "listUploadColumns": all, "getTemplate": all,
		"importOrganisations": "admin", "createUpload": "hr", "listUploads": "hr", "getUpload": "hr", "listUploadFindings": "hr",
		"voidUpload": "hr", "getUploadFile": "hr", "getUploadFindingsCsv": "hr", "getUploadFindingsXlsx": "hr", "getOrganisationData": "hr",
		"getVacancyTotals": all, "getVacancyTotalsCsv": all, "getVacancyTotalsCsvMetadata": all,
		"getPositionTotals": all, "getPositionTotalsCsv": all, "getPositionTotalsCsvMetadata": all,
		"getDigitalLiteracyTotals": all, "getDigitalLiteracyTotalsCsv": all, "getDigitalLiteracyTotalsCsvMetadata": all,
		"getWorkforceTotals": all, "getWorkforceTotalsCsv": all, "getWorkforceTotalsCsvMetadata": all,
		"getDigitalWorkforceTotals": all, "getDigitalWorkforceTotalsCsv": all, "getDigitalWorkforceTotalsCsvMetadata": all,
		"listFrameworks": all, "getFramework": all, "getFrameworkTemplate": all, "publishFramework": "admin",
		"listCrosswalks": all, "getCrosswalk": all, "publishCrosswalk": "admin",
		"listSuccessions": all, "importSuccessions": "admin", "setReportingStart": "admin",
		"listTargets": all, "createNationalUpload": "admin", "listNationalUploads": "admin", "getNationalUpload": "admin", "voidNationalUpload": "admin",
		"listNationalUploadFindings": "admin", "getNationalUploadFile": "admin", "getNationalUploadFindingsCsv": "admin", "getNationalUploadFindingsXlsx": "admin",
		"getHome": all, "getReport": "hr manager planner", "getPeopleReport": "hr",
		"getCaller": all, "listTokens": "admin", "createToken": "admin", "revokeToken": "admin",
		"listUsers": "admin", "setUser": "admin", "removeUser": "admin", "endUserSessions": "admin",
		"getMetrics": "admin", "listAuditEvents": "auditor", "exportAuditEvents": "auditor",
		"getPersonRecord": "hr", "getPersonRecordCsv": "hr", "erasePerson": "hr", "restrictPerson": "hr",
		"exportPeople": "hr", "exportVacanciesCsv": "hr manager planner", "exportVacanciesXlsx": "hr manager planner",
	}
	s := newService(t)
	for _, operation := range s.contract.Operations() {
		if operation.Public {
			got := s.send(minimal(t, operation))
			if slices.Contains(operation.Tags, "access") { // nobody signs in at this server
				got.problem(http.StatusNotFound, "sign_in_not_configured")
			} else if got.status != http.StatusOK {
				t.Errorf("%s without a token: %d", operation.ID, got.status)
			}
			continue
		}
		roles, listed := allowed[operation.ID]
		if !listed {
			t.Errorf("operation %s of the contract is not in this table", operation.ID)
		}
		missing := s.send(minimal(t, operation))
		missing.problem(http.StatusUnauthorized, "token_missing")
		for _, role := range domain.Roles() {
			request := minimal(t, operation)
			request.Header.Set("Authorization", "Bearer "+s.tokens[role])
			got := s.send(request)
			if !strings.Contains(roles, string(role)) {
				got.problem(http.StatusForbidden, "role_not_allowed")
			} else if got.status >= http.StatusBadRequest && !slices.Contains([]string{"createUpload", "getUploadFile", "createNationalUpload", "getNationalUploadFile"}, operation.ID) {
				t.Errorf("%s as %s: %d %s", operation.ID, role, got.status, got.body)
			}
		}
	}
}

// Only these are open to everybody: the state of the service, and the steps by which
// somebody signs in and out.
func TestPublicOperations(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var open []string
	for _, operation := range s.contract.Operations() {
		if operation.Public {
			open = append(open, operation.ID)
		}
	}
	if strings.Join(open, " ") != "backChannelLogout finishSignIn getFirstAdministrator getHealth getReadiness getSignIn getVersion signOut useFirstAdministrator" {
		t.Errorf("open to everybody: %v", open)
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	s := newService(t)
	all := domain.Grant{Kind: domain.ScopeAll}
	good := s.tokens[domain.RolePlanner]
	unknown, _, _, err := domain.NewToken()
	if err != nil {
		t.Fatal(err)
	}
	revoked := s.token(domain.RolePlanner, all, func(stored *domain.StoredToken) { stored.RevokedAt = &now })
	expired := s.token(domain.RolePlanner, all, func(stored *domain.StoredToken) { stored.ExpiresAt = now })
	forged := s.token(domain.RolePlanner, all, func(stored *domain.StoredToken) { stored.Secret[0] ^= 1 })
	mistyped := strings.Replace(good, "skt_live_", "skt_live_x", 1)
	tests := map[string]struct {
		header  string
		code    string // empty when the token is accepted
		lookups int
	}{
		"bearer":            {"Bearer " + good, "", 1},
		"bearer lower case": {"bearer " + good, "", 1},
		"no header":         {"", "token_missing", 0},
		"empty":             {"Bearer ", "token_missing", 0},
		"another scheme":    {"Digest " + good, "token_missing", 0},
		"no scheme":         {good, "token_missing", 0},
		"mistyped":          {"Bearer " + mistyped, "token_mistyped", 0},
		"cut off":           {"Bearer " + good[:len(good)-1], "token_mistyped", 0},
		"unknown":           {"Bearer " + unknown, "token_not_accepted", 1},
		"revoked":           {"Bearer " + revoked, "token_not_accepted", 1},
		"expired":           {"Bearer " + expired, "token_not_accepted", 1},
		"wrong secret":      {"Bearer " + forged, "token_not_accepted", 1},
	}
	details := map[string]bool{}
	for name, test := range tests {
		s.lookups = 0
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/reference-lists", http.NoBody)
		if test.header != "" {
			request.Header.Set("Authorization", test.header)
		}
		got := s.send(request)
		if s.lookups != test.lookups {
			t.Errorf("%s: looked up %d times, want %d", name, s.lookups, test.lookups)
		}
		if test.code == "" {
			got.ok(http.StatusOK)
			continue
		}
		p := got.problem(http.StatusUnauthorized, test.code)
		if test.code == "token_not_accepted" {
			details[p.Detail] = true
		}
		challenges := strings.Join(got.header.Values("WWW-Authenticate"), "; ")
		if !strings.Contains(challenges, `Basic realm="Digital Workforce Skills Tracker", charset="UTF-8"`) || !strings.Contains(challenges, "Bearer") {
			t.Errorf("%s: challenges %q", name, challenges)
		}
	}
	if len(details) != 1 {
		t.Errorf("unknown, revoked and expired must read alike: %v", details)
	}
}

func TestTokenAsPassword(t *testing.T) {
	t.Parallel()
	s := newService(t)
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/reference-lists", http.NoBody)
	request.SetBasicAuth("anybody", s.tokens[domain.RoleHR]+"\n")
	s.send(request).ok(http.StatusOK)
	request.SetBasicAuth("anybody", "")
	s.send(request).problem(http.StatusUnauthorized, "token_missing")
}

func TestTokenInURLOpensNothing(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, name := range []string{"token", "access_token", "key"} {
		s.get("", "/api/v1/reference-lists?"+name+"="+s.tokens[domain.RoleAdmin]).problem(http.StatusUnauthorized, "token_missing")
	}
	if strings.Contains(s.logs.String(), s.tokens[domain.RoleAdmin]) {
		t.Error("the token was logged")
	}
}

func TestCrossOriginWriteIsRefused(t *testing.T) {
	t.Parallel()
	s := newService(t)
	target := "/api/v1/organisations/RRK/uploads?kind=staff"
	s.ask(domain.RoleHR, http.MethodPost, target, strings.NewReader("x"), "Sec-Fetch-Site", "cross-site").problem(http.StatusForbidden, "cross_origin")
	s.ask(domain.RoleHR, http.MethodPost, target, strings.NewReader("x"), "Origin", "https://elsewhere.example").problem(http.StatusForbidden, "cross_origin")
	if len(s.uploads.files) > 0 {
		t.Error("a page of another origin stored a file")
	}
}
