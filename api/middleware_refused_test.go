package api_test

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/api"
	"skillstracker/domain"
)

// Whatever is refused is noted with what is known of the caller, and nothing else is.
func TestRefusalsAreNotedBeforeTheyAreAnswered(t *testing.T) {
	t.Parallel()
	s := newService(t)
	planner, _, _ := domain.ParseToken(s.tokens[domain.RolePlanner])
	hr, _, _ := domain.ParseToken(s.tokens[domain.RoleHR])
	all := domain.Grant{Kind: domain.ScopeAll}
	revoked := s.token(domain.RoleHR, all, func(stored *domain.StoredToken) { stored.RevokedAt = &now })
	revokedID, _, _ := domain.ParseToken(revoked)
	unknown, unknownID, _, err := domain.NewToken()
	if err != nil {
		t.Fatal(err)
	}
	foreign := func(id string) (domain.Upload, error) {
		upload := sampleUpload(id)
		upload.Organisation = "RA7"
		return upload, nil
	}
	for name, test := range map[string]struct {
		method, path string
		token        string
		headers      []string
		status       int
		want         string // noted; nothing when empty
	}{
		"nothing shown":                 {method: "GET", path: "/api/v1/organisations", status: 401, want: "named   listOrganisations token_missing"},
		"asked by HEAD":                 {method: "HEAD", path: "/api/v1/frameworks", status: 401, want: "named   listFrameworks token_missing"},
		"mistyped":                      {method: "GET", path: "/api/v1/organisations", token: unknown[:40], status: 401, want: "named   listOrganisations token_mistyped"},
		"unknown":                       {method: "GET", path: "/api/v1/organisations", token: unknown, status: 401, want: "named " + unknownID + "  listOrganisations token_not_accepted"},
		"revoked":                       {method: "GET", path: "/api/v1/organisations", token: revoked, status: 401, want: "named " + revokedID + "  listOrganisations token_not_accepted"},
		"another role's":                {method: "GET", path: exportedStaff, token: s.tokens[domain.RolePlanner], status: 403, want: "named " + planner + " planner exportPeople role_not_allowed"},
		"another organisation":          {method: "GET", path: "/api/v1/organisations/RA7/uploads", token: s.tokens[domain.RoleHR], status: 404, want: "named " + hr + " hr listUploads organisation_not_found"},
		"another's upload":              {method: "DELETE", path: "/api/v1/uploads/" + uploadID, token: s.tokens[domain.RoleHR], status: 404, want: "named " + hr + " hr voidUpload upload_not_found"},
		"another's page":                {method: "POST", path: "/api/v1/organisations/RRK/uploads?kind=staff", token: s.tokens[domain.RoleHR], headers: []string{"Sec-Fetch-Site", "cross-site"}, status: 403, want: "named   createUpload cross_origin"},
		"a code mistyped":               {method: "GET", path: "/api/v1/organisations/RZZ", token: s.tokens[domain.RoleHR], status: 404},
		"a parameter mistyped":          {method: "GET", path: "/api/v1/organisations?limit=x", token: s.tokens[domain.RoleHR], status: 400},
		"a path that is not there":      {method: "GET", path: "/api/v1/nothing", status: 404},
		"such a path, with a token":     {method: "GET", path: "/api/v1/nothing", token: s.tokens[domain.RoleHR], status: 404},
		"a method that is not there":    {method: "DELETE", path: "/api/v1/organisations", status: 405},
		"what everybody may":            {method: "GET", path: "/healthz", status: 200},
		"what is not refused":           {method: "GET", path: "/api/v1/organisations", token: s.tokens[domain.RoleHR], status: 200},
		"a file that is kept no more":   {method: "GET", path: filePath, token: s.tokens[domain.RoleHR], status: 404},
		"a framework that is not there": {method: "GET", path: "/api/v1/frameworks/none/1", token: s.tokens[domain.RoleHR], status: 404},
	} {
		s.trail.refused, s.uploads.upload, s.uploads.void = nil, nil, nil
		if strings.Contains(test.want, "upload_not_found") {
			s.uploads.upload = foreign
			s.uploads.void = func(string) (domain.Upload, error) {
				return domain.Upload{}, domain.NotFound("upload_not_found", "No upload.")
			}
		}
		request := httptest.NewRequestWithContext(t.Context(), test.method, test.path, http.NoBody)
		if test.token != "" {
			request.Header.Set("Authorization", "Bearer "+test.token)
		}
		for i := 0; i+1 < len(test.headers); i += 2 {
			request.Header.Set(test.headers[i], test.headers[i+1])
		}
		recorder := httptest.NewRecorder()
		s.handler.ServeHTTP(recorder, request)
		want := []string{test.want}
		if test.want == "" {
			want = nil
		}
		if recorder.Code != test.status || !slices.Equal(s.trail.refused, want) {
			t.Errorf("%s: status %d, noted %q, want %d, %q", name, recorder.Code, s.trail.refused, test.status, want)
		}
	}
	if strings.Contains(s.logs.String(), unknown) {
		t.Error("the log holds a token")
	}
}

// A request without a credential is noted once a minute for each address and operation,
// and again at once when it could not be noted.
func TestRequestsWithoutACredentialAreNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	l := newLimited(t, api.Rates{})
	ask := func(address, path string, status int, code string) {
		t.Helper()
		l.anonymous(address, http.MethodGet, path, "").problem(status, code)
	}
	l.trail.noting = errors.New("the trail is away")
	ask("192.0.2.7:1", "/api/v1/organisations", http.StatusServiceUnavailable, "audit_unavailable")
	ask("192.0.2.7:1", "/api/v1/organisations", http.StatusServiceUnavailable, "audit_unavailable")
	l.trail.noting, l.trail.refused = nil, nil
	for range 3 {
		ask("192.0.2.7:1", "/api/v1/organisations", http.StatusUnauthorized, "token_missing")
		ask("192.0.2.7:1", "/api/v1/frameworks", http.StatusUnauthorized, "token_missing")
		ask("192.0.2.8:1", "/api/v1/frameworks", http.StatusUnauthorized, "token_missing")
	}
	if len(l.trail.refused) != 3 {
		t.Errorf("noted %q", l.trail.refused)
	}
	l.at = l.at.Add(time.Minute)
	ask("192.0.2.7:1", "/api/v1/organisations", http.StatusUnauthorized, "token_missing")
	if len(l.trail.refused) != 4 {
		t.Errorf("a minute later: noted %q", l.trail.refused)
	}
}

// A refusal says at what the attempt was, as far as that is no other text of the caller's.
func TestRefusalsSayAtWhatTheyWere(t *testing.T) {
	t.Parallel()
	s := newService(t)
	upper := strings.ToUpper(uploadID)
	for _, test := range []struct {
		role         domain.Role
		method, path string
		want         string // organisations|token|upload or user
	}{
		{"", "GET", "/api/v1/organisations/RRK/uploads", "RRK||"},
		{domain.RolePlanner, "GET", "/api/v1/organisations/RRK/staff.csv", "RRK||"},
		{domain.RolePlanner, "GET", exportedStaff + "?organisation=RRK,RA7&organisation=RX1", "RRK RA7 RX1||"},
		{domain.RolePlanner, "POST", "/api/v1/organisations/RRK/people/record", "RRK||"},
		{domain.RolePlanner, "GET", "/api/v1/uploads/" + uploadID, "||" + uploadID},
		{domain.RolePlanner, "GET", "/api/v1/uploads/" + upper, "||"},
		{domain.RolePlanner, "DELETE", "/api/v1/tokens/AbCdEfGhIj", "|AbCdEfGhIj|"},
		{domain.RolePlanner, "DELETE", "/api/v1/tokens/jane.smith", "||"},
		{domain.RolePlanner, "GET", "/api/v1/audit?organisation=system", "system||"},
		{domain.RolePlanner, "GET", "/api/v1/audit?organisation=jane&actor=jane", "||"},
		{domain.RolePlanner, "GET", exportedStaff + "?organisation=AA1,AA2,AA3,AA4,AA5,AA6", "AA1 AA2 AA3 AA4 AA5||"},
	} {
		s.trail.attempted = nil
		request := httptest.NewRequestWithContext(t.Context(), test.method, test.path, http.NoBody)
		if test.role != "" {
			request.Header.Set("Authorization", "Bearer "+s.tokens[test.role])
		}
		s.handler.ServeHTTP(httptest.NewRecorder(), request)
		if !slices.Equal(s.trail.attempted, []string{test.want}) {
			t.Errorf("%s %s: noted %q, want %q", test.method, test.path, s.trail.attempted, test.want)
		}
	}
}

// A refusal that cannot be noted is not answered as one.
func TestRefusalsThatCannotBeNoted(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.trail.noting = errors.New("canary: the trail is away")
	for _, role := range []domain.Role{"", domain.RolePlanner} {
		got := s.get(role, exportedStaff).lacks("canary")
		got.problem(http.StatusServiceUnavailable, "audit_unavailable")
		if got.header.Get("Retry-After") == "" || got.header.Get("WWW-Authenticate") != "" {
			t.Errorf("headers %v", got.header)
		}
	}
	if !strings.Contains(s.logs.String(), "canary: the trail is away") {
		t.Error("the reason is not in the log")
	}
	s.get(domain.RoleHR, "/api/v1/organisations").ok(http.StatusOK)
}

// Who hangs up is noted all the same.
func TestRefusalsOfCallersWhoHungUpAreNoted(t *testing.T) {
	t.Parallel()
	s := newService(t)
	gone, hangUp := context.WithCancel(t.Context())
	hangUp()
	s.handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(gone, http.MethodGet, exportedStaff, http.NoBody))
	if len(s.trail.refused) != 1 || s.trail.left[0] != nil {
		t.Errorf("noted %q, %v", s.trail.refused, s.trail.left)
	}
}

// A caller who asks too often must not fill the trail: they are noted once a minute, by
// their id or, when nothing is known of them, by the address.
func TestCallersWhoAskTooOftenAreNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	clock := now
	s := newService(t, func(deps *api.Deps) { deps.Clock = func() time.Time { return clock } })
	s.registry.lists = func() (domain.Lists, error) { return domain.Lists{}, domain.RateLimited("Slower.", 7) }
	for range 3 {
		for _, role := range []domain.Role{domain.RoleAdmin, domain.RolePlanner} {
			s.get(role, "/api/v1/reference-lists").problem(http.StatusTooManyRequests, "rate_limited")
		}
	}
	clock = clock.Add(time.Minute)
	s.get(domain.RoleAdmin, "/api/v1/reference-lists").problem(http.StatusTooManyRequests, "rate_limited")
	admin, _, _ := domain.ParseToken(s.tokens[domain.RoleAdmin])
	planner, _, _ := domain.ParseToken(s.tokens[domain.RolePlanner])
	want := []string{
		"named " + admin + " admin getReferenceLists rate_limited", "named " + planner + " planner getReferenceLists rate_limited",
		"named " + admin + " admin getReferenceLists rate_limited",
	}
	if !slices.Equal(s.trail.refused, want) {
		t.Errorf("noted %q, want %q", s.trail.refused, want)
	}
}

// What anybody can bring about without being counted by a credential is noted once a
// minute for each address and for no credential that is only claimed; each is refused.
func TestRefusalsThatAnybodyCanBringAboutAreNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	const many = 300
	claimed := func(l *limited) { l.from("192.0.2.7:1", l.unknown()) }
	crossing := func(l *limited) {
		l.anonymous("192.0.2.7:1", http.MethodPost, "/sign-out", "", "Origin", "https://elsewhere.example")
	}
	for name, test := range map[string]struct {
		rates  api.Rates
		refuse func(*limited)
		most   map[string]int // noted by code
	}{
		"pages of others":           {api.Rates{}, crossing, map[string]int{"cross_origin": 1}},
		"pages of others, counted":  {api.Rates{Failures: 60}, crossing, map[string]int{"cross_origin": 1, "rate_limited": 1}},
		"ids that are only claimed": {api.Rates{Failures: 60}, claimed, map[string]int{"token_not_accepted": 20, "rate_limited": 1}},
	} {
		l := newLimited(t, test.rates)
		for range many {
			test.refuse(l)
		}
		got := make(map[string]int)
		for _, noted := range l.trail.refused {
			got[noted[strings.LastIndex(noted, " ")+1:]]++
		}
		if !maps.Equal(got, test.most) {
			t.Errorf("%s: noted %v, want %v", name, got, test.most)
		}
		l.at = l.at.Add(time.Minute)
		test.refuse(l)
		l.anonymous("192.0.2.8:1", http.MethodPost, "/sign-out", "", "Origin", "https://elsewhere.example").problem(http.StatusForbidden, "cross_origin")
		if more := len(l.trail.refused) - sum(test.most); more != 2 {
			t.Errorf("%s: %d noted a minute later and from another address", name, more)
		}
	}
}

func sum(counts map[string]int) int {
	total := 0
	for _, count := range counts {
		total += count
	}
	return total
}
