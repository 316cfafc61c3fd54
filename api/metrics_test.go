package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/api"
	"skillstracker/domain"
)

// sample is one line of metrics.
type sample struct {
	name   string
	labels map[string]string
	value  string
}

var (
	sampleLine = regexp.MustCompile(`^([a-z_0-9]+)(?:\{(.*)\})? (\S+)$`)
	sampleName = regexp.MustCompile(`([a-z_]+)="([^"]*)"`)
)

// metrics reads the metrics as a role and takes them apart.
func (s *service) metrics(role domain.Role) []sample {
	s.Helper()
	got := s.get(role, "/metrics").ok(http.StatusOK)
	if kind := got.header.Get("Content-Type"); !strings.HasPrefix(kind, "text/plain; version=0.0.4") {
		s.Errorf("the content type is %s", kind)
	}
	var samples []sample
	for line := range strings.Lines(got.body) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := sampleLine.FindStringSubmatch(line)
		if parts == nil {
			s.Fatalf("line %q is not understood", line)
		}
		one := sample{name: parts[1], labels: map[string]string{}, value: parts[3]}
		for _, label := range sampleName.FindAllStringSubmatch(parts[2], -1) {
			one.labels[label[1]] = label[2]
		}
		samples = append(samples, one)
	}
	return samples
}

// value returns the value of one sample, empty when there is none.
func valueOf(samples []sample, name string, labels ...string) string {
	for _, one := range samples {
		fits := one.name == name
		for i := 0; i+1 < len(labels); i += 2 {
			fits = fits && one.labels[labels[i]] == labels[i+1]
		}
		if fits {
			return one.value
		}
	}
	return ""
}

func TestMetricsCountRequests(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) {
		deps.Pool = func() api.PoolStatistics {
			return api.PoolStatistics{Most: 8, Open: 5, InUse: 2, Idle: 3, Waits: 7, Waited: 1500 * time.Millisecond}
		}
	})
	s.get(domain.RoleHR, "/api/v1/reference-lists").ok(http.StatusOK)
	s.get(domain.RoleHR, "/api/v1/reference-lists").ok(http.StatusOK)
	s.get(domain.RoleHR, "/api/v1/tokens").problem(http.StatusForbidden, "role_not_allowed")
	s.ask("", http.MethodGet, "/api/v1/reference-lists", http.NoBody).problem(http.StatusUnauthorized, "token_missing")
	s.get(domain.RoleHR, "/api/v1/nothing").problem(http.StatusNotFound, "path_not_found")
	samples := s.metrics(domain.RoleAdmin)
	for _, test := range []struct {
		want, name string
		labels     []string
	}{
		{"2", "skillstracker_requests_total", []string{"operation", "getReferenceLists", "status", "2xx"}},
		{"1", "skillstracker_requests_total", []string{"operation", "getReferenceLists", "status", "4xx"}},
		{"1", "skillstracker_requests_total", []string{"operation", "listTokens", "status", "4xx"}},
		{"1", "skillstracker_requests_total", []string{"operation", "none", "status", "4xx"}},
		{"3", "skillstracker_request_duration_seconds_count", []string{"operation", "getReferenceLists"}},
		{"1", "skillstracker_problems_total", []string{"code", "role_not_allowed"}},
		{"1", "skillstracker_problems_total", []string{"code", "token_missing"}},
		{"1", "skillstracker_requests_running", nil},
		{"8", "skillstracker_database_connections_most", nil},
		{"5", "skillstracker_database_connections_open", nil},
		{"2", "skillstracker_database_connections_in_use", nil},
		{"3", "skillstracker_database_connections_idle", nil},
		{"7", "skillstracker_database_connections_waits_total", nil},
		{"1.5", "skillstracker_database_connections_waited_seconds_total", nil},
		{"1", "skillstracker_build_info", []string{"version", "0.1.0-test"}},
	} {
		if got := valueOf(samples, test.name, test.labels...); got != test.want {
			t.Errorf("%s%v is %q, want %s", test.name, test.labels, got, test.want)
		}
	}
	if valueOf(samples, "go_goroutines") == "" {
		t.Error("nothing is told of the Go runtime")
	}
}

// Two servers in one process do not share their counters.
func TestMetricsAreOfOneServer(t *testing.T) {
	t.Parallel()
	first, second := newService(t), newService(t)
	first.get(domain.RoleHR, "/api/v1/reference-lists").ok(http.StatusOK)
	if got := valueOf(second.metrics(domain.RoleAdmin), "skillstracker_requests_total", "operation", "getReferenceLists"); got != "" {
		t.Errorf("the other server counts %s", got)
	}
}

// The rows of a small organisation's file are how many people it has.
func TestMetricsDoNotTellHowManyPeople(t *testing.T) {
	t.Parallel()
	var told []string
	for _, rows := range []int{1, 5, 100} {
		s := newService(t)
		var file strings.Builder
		file.WriteString("employee_number,staff_group,fte\n")
		for row := range rows {
			fmt.Fprintf(&file, "S%d,01,1.0\n", row)
		}
		s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(file.String()), "Content-Type", "text/csv").ok(http.StatusCreated)
		s.ask(domain.RoleHR, http.MethodPost, staffPath+"&check_only=true", strings.NewReader(file.String()), "Content-Type", "text/csv").ok(http.StatusOK)
		samples := s.metrics(domain.RoleAdmin)
		told = append(told, valueOf(samples, "skillstracker_upload_rows_total", "kind", "staff"))
		if got := valueOf(samples, "skillstracker_uploads_total", "kind", "staff", "state", "applied"); got != "1" {
			t.Errorf("%d rows: %s files are counted", rows, got)
		}
	}
	if told[0] != "100" || told[1] != "100" || told[2] != "100" {
		t.Errorf("files of 1, 5 and 100 rows are told as %v", told)
	}
	s := newService(t)
	s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(badStaffCSV), "Content-Type", "text/csv")
	if got := valueOf(s.metrics(domain.RoleAdmin), "skillstracker_uploads_total", "kind", "staff", "state", "rejected"); got != "1" {
		t.Errorf("a rejected file is counted %q times", got)
	}
}

// Whatever is sent, no label holds an organisation, a caller or a value of theirs, and
// the number of figures has a bound.
func TestMetricsLabelsAreBounded(t *testing.T) {
	t.Parallel()
	s := newService(t)
	const canary = "canary-7f3a"
	operations := []string{"none"}
	for _, operation := range s.contract.Operations() {
		operations = append(operations, operation.ID)
		for _, role := range append([]domain.Role{""}, domain.Roles()...) {
			request := minimal(t, operation)
			if role != "" {
				request.Header.Set("Authorization", "Bearer "+s.tokens[role])
			}
			request.Header.Set("X-Request-Id", canary)
			request.Header.Set("User-Agent", canary)
			s.handler.ServeHTTP(httptest.NewRecorder(), request)
		}
	}
	for _, target := range []string{"/api/v1/organisations/" + canary, "/api/v1/" + canary, "/api/v1/organisations?q=" + canary, "/api/v1/organisations/RA7/uploads", "/api/v1/organisations?" + canary + "=1"} {
		for _, method := range []string{http.MethodGet, http.MethodDelete, "BREW"} {
			s.ask(domain.RoleHR, method, target, http.NoBody)
		}
	}
	samples := s.metrics(domain.RoleAdmin)
	kinds := []string{"staff", "assessments", "vacancies", "position_vacancies", "targets"}
	states := []string{"applied", "partly_applied", "rejected"}
	classes := []string{"1xx", "2xx", "3xx", "4xx", "5xx"}
	code := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	series := 0
	for _, one := range samples {
		if !strings.HasPrefix(one.name, "skillstracker_") {
			continue
		}
		series++
		for label, value := range one.labels {
			known := false
			switch label {
			case "operation":
				known = slices.Contains(operations, value)
			case "status":
				known = slices.Contains(classes, value)
			case "kind":
				known = slices.Contains(kinds, value)
			case "state":
				known = slices.Contains(states, value)
			case "code":
				known = code.MatchString(value)
			case "version":
				known = value == "0.1.0-test"
			case "le":
				known = true // the buckets of a histogram
			}
			if !known {
				t.Errorf("%s has the label %s=%q", one.name, label, value)
			}
		}
	}
	if most := len(operations)*(len(classes)+17) + 400; series > most || series < 100 {
		t.Errorf("there are %d series, of at most %d", series, most)
	}
	text := s.get(domain.RoleAdmin, "/metrics").lacks(canary, "RRK", "RYG", "RA7", uploadID).body
	for id := range s.stored {
		if strings.Contains(text, id) {
			t.Errorf("the metrics name the token %s", id)
		}
	}
}

// Metrics are for administrators unless the operator opens them.
func TestMetricsAreForAdministrators(t *testing.T) {
	t.Parallel()
	s, open := newService(t), newService(t, func(deps *api.Deps) { deps.PublicMetrics = true })
	s.ask("", http.MethodGet, "/metrics", http.NoBody).problem(http.StatusUnauthorized, "token_missing")
	for _, role := range domain.Roles() {
		got := s.get(role, "/metrics")
		if role == domain.RoleAdmin {
			got.ok(http.StatusOK)
		} else {
			got.problem(http.StatusForbidden, "role_not_allowed")
		}
	}
	open.ask("", http.MethodGet, "/metrics", http.NoBody).ok(http.StatusOK)
	open.ask("", http.MethodGet, "/api/v1/reference-lists", http.NoBody).problem(http.StatusUnauthorized, "token_missing")
}
