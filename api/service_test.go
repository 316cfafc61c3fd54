package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"skillstracker/api"
	"skillstracker/api/apitest"
	"skillstracker/domain"
)

// now is the time of every test: the last month end is 31 October 2026.
var now = time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)

// service is the whole server over fakes, with a token for every role. HR and the
// manager are of RRK and RYG; the planner, the admin and the auditor of all.
type service struct {
	*testing.T
	deps     api.Deps
	handler  http.Handler
	contract *apitest.Contract
	logs     *logBook
	tokens   map[domain.Role]string
	stored   map[string]domain.StoredToken
	uploads  *fakeUploads
	registry *fakeRegistry
	totals   *fakeTotals
	targets  *fakeTargets
	data     *fakeData
	exports  *fakeExports
	trail    *fakeAudit
	// lookups counts the tokens that were looked up.
	lookups int
	// predecessors are those of every scope but all, and who took over from each.
	predecessors map[string]string
	keeper       *fakeTokens
}

// The contract is read once for all tests.
var (
	readContract sync.Once
	contract     *apitest.Contract
)

// logBook collects what is logged.
type logBook struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.Write(p)
}

func (l *logBook) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.String()
}

func newService(t *testing.T, changes ...func(*api.Deps)) *service {
	t.Helper()
	readContract.Do(func() { contract = apitest.NewContract(t) })
	s := &service{
		T: t, contract: contract, logs: &logBook{}, uploads: &fakeUploads{}, totals: &fakeTotals{}, targets: &fakeTargets{}, data: &fakeData{}, exports: &fakeExports{}, trail: &fakeAudit{},
		registry: &fakeRegistry{}, keeper: &fakeTokens{}, tokens: map[domain.Role]string{}, stored: map[string]domain.StoredToken{},
	}
	s.keeper.stored = s.stored
	s.stored["AbCdEfGhIj"] = domain.StoredToken{ID: "AbCdEfGhIj", Role: domain.RolePlanner, Grant: domain.Grant{Kind: domain.ScopeAll}}
	for _, role := range domain.Roles() {
		scope := domain.Grant{Kind: domain.ScopeAll}
		if role == domain.RoleHR || role == domain.RoleManager {
			scope = domain.Grant{Kind: domain.ScopeOrganisation, Codes: []string{"RRK", "RYG"}}
		}
		s.tokens[role] = s.token(role, scope, func(*domain.StoredToken) {})
	}
	s.deps = api.Deps{
		Uploads: s.uploads, Data: s.data, Reads: s.data, Registry: s.registry, Totals: s.totals, Targets: s.targets, Exports: s.exports, Credentials: s, Reports: api.Workbooks{}, Audit: s.trail, Tokens: s.keeper, Rights: fakeRights{}, Sessions: fakeSessions{},
		Ready: func(context.Context) error { return nil }, Clock: func() time.Time { return now },
		Logger:  slog.New(slog.NewJSONHandler(s.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
		TempDir: t.TempDir(), Version: "0.1.0-test", KeepFiles: 30 * 24 * time.Hour,
	}
	for _, change := range changes {
		change(&s.deps)
	}
	var err error
	if s.handler, err = api.New(s.deps); err != nil {
		t.Fatalf("make server: %v", err)
	}
	return s
}

// token makes a token of the service.
func (s *service) token(role domain.Role, scope domain.Grant, change func(*domain.StoredToken)) string {
	s.Helper()
	shown, id, secret, err := domain.NewToken()
	if err != nil {
		s.Fatalf("make token: %v", err)
	}
	stored := domain.StoredToken{ID: id, Secret: secret, Role: role, Grant: scope, CreatedAt: now.Add(-time.Hour), ExpiresAt: now.Add(time.Hour)}
	change(&stored)
	s.stored[id] = stored
	return shown
}

// Token implements domain.Credentials.
func (s *service) Token(_ context.Context, id string) (domain.StoredToken, error) {
	s.lookups++
	stored, found := s.stored[id]
	if !found {
		return stored, domain.NotFound("token_not_found", "No such token.")
	}
	return stored, nil
}

// NoteUse implements domain.Credentials.
func (s *service) NoteUse(context.Context, string) error { return nil }

// Resolve implements domain.Credentials.
func (s *service) Resolve(_ context.Context, scope domain.Grant, _ domain.Date, _ int64) (domain.Scope, error) {
	if scope.Kind == domain.ScopeAll {
		return domain.NewScope([]string{"RA7", "RRK", "RYG"}, nil), nil
	}
	return domain.NewScope(slices.Sorted(slices.Values(scope.Codes)), s.predecessors), nil
}

// answer is an answer that was checked against the contract.
type answer struct {
	*testing.T
	status int
	header http.Header
	body   string
}

// ask sends a request with the token of a role, or without one for the empty role.
func (s *service) ask(role domain.Role, method, target string, body io.Reader, headers ...string) answer {
	s.Helper()
	request := httptest.NewRequestWithContext(s.Context(), method, target, body)
	if role != "" {
		request.Header.Set("Authorization", "Bearer "+s.tokens[role])
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return s.send(request)
}

func (s *service) get(role domain.Role, target string) answer {
	s.Helper()
	return s.ask(role, http.MethodGet, target, http.NoBody)
}

// send has the server answer a request and checks the answer and what is left behind.
func (s *service) send(request *http.Request) answer {
	s.Helper()
	got := s.contract.Serve(s.T, s.handler, request)
	body, err := io.ReadAll(got.Body)
	if err != nil {
		s.Fatalf("read answer: %v", err)
	}
	if err := got.Body.Close(); err != nil {
		s.Fatalf("close answer: %v", err)
	}
	left, err := os.ReadDir(s.deps.TempDir)
	if open := openFiles(s.deps.TempDir); err != nil || len(left) > 0 || open > 0 {
		s.Errorf("%s %s left %d temporary files behind and %d open (%v)", request.Method, request.URL.Path, len(left), open, err)
	}
	if got.Header.Get("X-Request-Id") == "" || got.Header.Get("X-Content-Type-Options") != "nosniff" {
		s.Errorf("%s %s: headers are missing: %v", request.Method, request.URL.Path, got.Header)
	}
	return answer{T: s.T, status: got.StatusCode, header: got.Header, body: string(body)}
}

// openFiles counts the files of a folder that this process holds open, those
// without a name among them. Systems without /proc count none.
func openFiles(folder string) int {
	held, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		return 0
	}
	open := 0
	for _, descriptor := range held {
		if file, err := os.Readlink(descriptor); err == nil && strings.HasPrefix(file, folder) {
			open++
		}
	}
	return open
}

// problem is a problem document as a client reads it.
type problem struct {
	Type, Title, Detail, Code string
	Status                    int
	RequestID                 string `json:"request_id"`
	Errors                    []struct{ Field, Message string }
	Upload                    *struct {
		ID       string
		State    string
		Findings []struct{ Code, Mend string }
	}
	Conflicts []struct {
		Record       map[string]string
		Upload, Kind string
	}
	ConflictsTotal *int `json:"conflicts_total"`
}

// problem expects a problem document with a status and a code.
func (a answer) problem(status int, code string) problem {
	a.Helper()
	var p problem
	if a.status != status {
		a.Fatalf("got %d, want %d: %s", a.status, status, a.body)
	}
	a.read(&p)
	if p.Code != code || p.Status != status || p.Type != "/problems/"+code || p.RequestID == "" || p.Detail == "" {
		a.Fatalf("got %+v, want %d %s", p, status, code)
	}
	return p
}

// ok expects an answer that is no error.
func (a answer) ok(status int) answer {
	a.Helper()
	if a.status != status {
		a.Fatalf("got %d, want %d: %s", a.status, status, a.body)
	}
	return a
}

// read reads the JSON of an answer.
func (a answer) read(into any) {
	a.Helper()
	if err := json.Unmarshal([]byte(a.body), into); err != nil {
		a.Fatalf("read answer: %v\n%s", err, a.body)
	}
}

// has expects texts in the body.
func (a answer) has(texts ...string) answer {
	a.Helper()
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			a.Errorf("the answer lacks %q:\n%.3000s", text, a.body)
		}
	}
	return a
}

// lacks expects that texts are not in the body.
func (a answer) lacks(texts ...string) answer {
	a.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			a.Errorf("the answer must not hold %q:\n%.3000s", text, a.body)
		}
	}
	return a
}

// rows keeps the rows of an answer with totals and leaves out what explains them.
func (a answer) rows() answer {
	a.Helper()
	_, rows, found := strings.Cut(a.body, `"rows":`)
	if !found {
		a.Fatalf("there are no rows: %s", a.body)
	}
	a.body = rows
	return a
}
