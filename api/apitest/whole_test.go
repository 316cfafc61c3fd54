package apitest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"skillstracker/api"
	"skillstracker/api/apitest"
	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/repository"
	"skillstracker/repository/pgtest"
)

// These tests run the whole server on a real database. Every organisation and
// every person in them is synthetic.

// keepFiles is how long sent files and keys are kept. It is so long because the
// database forgets them by its own clock, which is not that of the tests.
const keepFiles = 100 * 365 * 24 * time.Hour

// now is the day of all tests.
func now() time.Time { return time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC) }

// service is the whole server for one test.
type service struct {
	database pgtest.Database
	owner    *repository.Owner
	handler  http.Handler
	contract *apitest.Contract
	log      *lockedBuffer
	temp     string
	clock    func() time.Time
	store    *repository.Store
}

// The contract is read once for all tests.
var (
	readContract sync.Once
	contract     *apitest.Contract
)

// lockedBuffer collects the log of requests that may run at once.
type lockedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

const organisationsCSV = `code,name,kind,sector,region,icb,opened_on,closed_on,synthetic
RXA,Trust A (synthetic),nhs_trust,Acute,Y60,QHL,,,true
RXB,Trust B (synthetic),nhs_trust,Community,Y60,QHL,,,true
RXC,Trust C (synthetic),nhs_trust,Acute,Y56,QMJ,,,true
`

func newService(t *testing.T, options ...func(*repository.Config)) service {
	t.Helper()
	readContract.Do(func() { contract = apitest.NewContract(t) })
	s := service{database: pgtest.New(t), contract: contract, log: &lockedBuffer{}, temp: t.TempDir()}
	s.owner = s.database.Owner(t)
	store := s.database.Store(t, func(cfg *repository.Config) {
		cfg.Clock, cfg.KeepFiles, cfg.KeepKeys = now, keepFiles, keepFiles
		cfg.ErasureKey = bytes.Repeat([]byte{7}, 32)
		for _, option := range options {
			option(cfg)
		}
		throughBouncer(t, cfg)
		s.clock = cfg.Clock
	})
	s.store = store
	handler, err := api.New(s.deps())
	if err != nil {
		t.Fatal(err)
	}
	s.handler = handler
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, "/api/v1/organisations/imports?as_of=2025-12-31", "text/csv", []byte(organisationsCSV)))
	return s
}

// deps is what the server is made of.
func (s service) deps() api.Deps {
	store := s.store
	return api.Deps{
		Uploads: store, Data: store, Reads: store, Registry: store, Totals: store, Targets: store, Exports: store, Credentials: store, Reports: api.Workbooks{}, Audit: store, Tokens: store, Rights: store, Sessions: store, Ready: store.Ping,
		Clock: s.clock, Logger: slog.New(slog.NewJSONHandler(s.log, nil)), TempDir: s.temp, Version: "test", KeepFiles: keepFiles,
	}
}

// token makes a credential in the database and returns it in clear.
func (s service) token(t *testing.T, role domain.Role, kind domain.ScopeKind, codes ...string) string {
	t.Helper()
	clear, id, secret, err := domain.NewToken()
	if err != nil {
		t.Fatal(err)
	}
	err = s.owner.CreateToken(t.Context(), domain.StoredToken{
		ID: id, Secret: secret, Role: role, Grant: domain.Grant{Kind: kind, Codes: codes},
		CreatedAt: s.clock(), ExpiresAt: s.clock().AddDate(0, 0, 30),
	})
	if err != nil {
		t.Fatal(err)
	}
	return clear
}

// call sends a request and checks the answer against the contract.
func (s service) call(t *testing.T, token, method, path, contentType string, body []byte) *http.Response {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), method, path, bytes.NewReader(body))
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	return s.contract.Serve(t, s.handler, request)
}

func (s service) get(t *testing.T, token, path string) *http.Response {
	t.Helper()
	return s.call(t, token, http.MethodGet, path, "", nil)
}

// send is call with headers of its own, given as names and values.
func (s service) send(t *testing.T, token, method, path string, body []byte, headers ...string) *http.Response {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), method, path, bytes.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+token)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return s.contract.Serve(t, s.handler, request)
}

// uploadsOf is the path to which files of RXA are sent.
func uploadsOf(kind string, options ...string) string {
	return "/api/v1/organisations/RXA/uploads?kind=" + kind + strings.Join(append([]string{""}, options...), "&")
}

// stored sends a file of RXA that is to be stored and returns the upload.
func (s service) stored(t *testing.T, token, path string, body []byte) spec.Upload {
	t.Helper()
	return decode[spec.Upload](t, s.want(t, http.StatusCreated, s.send(t, token, http.MethodPost, path, body)))
}

// rejected sends a file of RXA that is to be rejected and returns the upload.
func (s service) rejected(t *testing.T, token, path string, body []byte) spec.Upload {
	t.Helper()
	problem := decode[spec.Problem](t, s.want(t, http.StatusUnprocessableEntity, s.send(t, token, http.MethodPost, path, body)))
	if problem.Upload == nil {
		t.Fatalf("the problem %s has no upload: %s", problem.Code, problem.Detail)
	}
	return *problem.Upload
}

// errorsOf returns the findings of an upload that are errors.
func errorsOf(upload spec.Upload) (found []spec.Finding) {
	for _, finding := range upload.Findings {
		if finding.Severity == "error" {
			found = append(found, finding)
		}
	}
	return found
}

// void withdraws an upload.
func (s service) void(t *testing.T, token string, upload spec.Upload) *http.Response {
	t.Helper()
	return s.send(t, token, http.MethodDelete, "/api/v1/uploads/"+upload.Id.String(), nil)
}

// upload sends a file of RXA, or of the organisation named.
func (s service) upload(t *testing.T, token, organisation, kind, contentType string, body []byte) *http.Response {
	t.Helper()
	return s.call(t, token, http.MethodPost, "/api/v1/organisations/"+organisation+"/uploads?kind="+kind, contentType, body)
}

// want fails the test unless the status is the one meant, and returns the body.
func (s service) want(t *testing.T, status int, answer *http.Response) []byte {
	t.Helper()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != status {
		t.Fatalf("status %d, want %d: %.3000s\n%s", answer.StatusCode, status, body, s.alarms())
	}
	return body
}

// alarms returns the lines of the log that an operator would be called for.
func (s service) alarms() string {
	var alarms []string
	for line := range strings.Lines(s.log.String()) {
		if strings.Contains(line, `"level":"ERROR"`) {
			alarms = append(alarms, line)
		}
	}
	return strings.Join(alarms, "")
}

// rows counts the rows of tables behind the server's back.
func (s service) rows(t *testing.T, tables ...string) map[string]int {
	t.Helper()
	db := s.database.Admin(t)
	counts := make(map[string]int)
	for _, table := range tables {
		var n int
		if err := db.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[table] = n
	}
	return counts
}

func factTables() []string {
	return []string{"staff_member", "employment_spell", "staff_version", "staff_list", "assessment", "vacancy_cell", "reporting_start", "change"}
}

// staffCSV is a list of n synthetic people: two nurses to each clerk.
func staffCSV(n int) []byte {
	var b strings.Builder
	b.WriteString("Employee Number,Staff Group,AfC Band,WTE,As at\r\n")
	for i := range n {
		group, band := "Nursing and Midwifery Registered", "Band 5"
		if i%3 == 2 {
			group, band = "08", "3"
		}
		fmt.Fprintf(&b, "S%05d,%s,%s,0.8,31/10/2026\r\n", i+1, group, band)
	}
	return []byte(b.String())
}

// assessmentsXLSX is a workbook with one assessment for each of n people.
func assessmentsXLSX(t *testing.T, n int) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	rows := [][]any{{"employee_number", "assessed_on", "CCP", "TLS", "IDM", "CIS", "TEC", "DIW"}}
	for i := range n {
		rows = append(rows, []any{fmt.Sprintf("S%05d", i+1), time.Date(2026, time.October, 5, 0, 0, 0, 0, time.UTC), i % 5, 2, 2, 1, 3, 2})
	}
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	csvType  = "text/csv"
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

const vacanciesCSV = `as_at,staff_group,band,budgeted_fte,contracted_fte,bank_fte,agency_fte
2026-10-31,03,5,100,88.5,6,2.25
2026-10-31,08,3,40,41.2,,
`

// loaded is a service whose RXA has 90 people, 60 of them assessed, and a return.
func loaded(t *testing.T) (s service, hr string) {
	t.Helper()
	s = newService(t)
	hr = s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", "staff", csvType, staffCSV(90)))
	s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", "assessments", xlsxType, assessmentsXLSX(t, 60)))
	s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", "vacancies", csvType, []byte(vacanciesCSV)))
	return s, hr
}

func decode[T any](t *testing.T, body []byte) T {
	t.Helper()
	var value T
	if err := json.Unmarshal(body, &value); err != nil {
		t.Fatal(err)
	}
	return value
}
