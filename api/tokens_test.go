package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

// fakeTokens keeps tokens where the service's credentials are looked up.
type fakeTokens struct {
	stored map[string]domain.StoredToken
	made   []string
	// actors are those who changed something.
	actors []domain.Actor
}

func (f *fakeTokens) CreateToken(_ context.Context, actor domain.Actor, token domain.StoredToken) error {
	if slices.Contains(token.Grant.Codes, "RZZ") {
		return domain.CheckGrant(token.Grant, nil)
	}
	f.stored[token.ID] = token
	f.made, f.actors = append(f.made, token.ID), append(f.actors, actor)
	return nil
}

func (f *fakeTokens) Tokens(_ context.Context, page domain.Page) ([]domain.StoredToken, int, error) {
	var tokens []domain.StoredToken
	for _, id := range f.made[min(page.Offset, len(f.made)):min(page.Offset+page.Limit, len(f.made))] {
		token := f.stored[id]
		token.Secret = [32]byte{}
		tokens = append(tokens, token)
	}
	return tokens, len(f.made), nil
}

func (f *fakeTokens) RevokeToken(_ context.Context, actor domain.Actor, id string, at time.Time) error {
	token, found := f.stored[id]
	if !found {
		return domain.NotFound("token_not_found", "The text of the store.")
	}
	token.RevokedAt = &at
	f.stored[id] = token
	f.actors = append(f.actors, actor)
	return nil
}

// madeToken is the answer to a wish for a token.
type madeToken struct {
	Secret string
	Token  struct {
		ID, Label, Role, Scope string
		Codes                  []string
		CreatedAt              time.Time `json:"created_at"`
		CreatedBy              string    `json:"created_by"`
		ExpiresAt              time.Time `json:"expires_at"`
	}
}

func (s *service) makeToken(wish string) (madeToken, answer) {
	s.Helper()
	got := s.ask(domain.RoleAdmin, http.MethodPost, "/api/v1/tokens", strings.NewReader(wish), "Content-Type", "application/json")
	var made madeToken
	if got.status == http.StatusCreated {
		if err := json.Unmarshal([]byte(got.body), &made); err != nil {
			s.Fatal(err)
		}
	}
	return made, got
}

func (s *service) withToken(token, method, target string) answer {
	s.Helper()
	return s.ask("", method, target, http.NoBody, "Authorization", "Bearer "+token)
}

func TestATokenIsShownOnceListedAndRevoked(t *testing.T) {
	t.Parallel()
	s := newService(t)
	made, got := s.makeToken(`{"role":"hr","scope":"organisation","codes":["RRK"],"label":"ESR export 2","expires_on":"2026-12-31"}`)
	got.ok(http.StatusCreated)
	admin := s.adminID()
	if want := "/api/v1/tokens/" + made.Token.ID; got.header.Get("Location") != want || got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v, want the location %s", got.header, want)
	}
	if id, secret, ok := domain.ParseToken(made.Secret); !ok || id != made.Token.ID || s.stored[id].Secret != secret {
		t.Errorf("the token %q is not what is stored", made.Secret)
	}
	if made.Token.Label != "ESR export 2" || made.Token.CreatedBy != admin || !made.Token.ExpiresAt.Equal(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)) || !made.Token.CreatedAt.Equal(now) {
		t.Errorf("token %+v", made.Token)
	}
	listed := s.get(domain.RoleAdmin, "/api/v1/tokens").ok(http.StatusOK).has(made.Token.ID, `"label":"ESR export 2"`, `"created_by":"`+admin+`"`, `"total":1`)
	hidden := made.Secret[len("skt_live_")+11:]
	for _, text := range []string{hidden, "secret", "skt_live"} {
		if strings.Contains(listed.body, text) || strings.Contains(s.logs.String(), text) {
			t.Errorf("%q is shown again", text)
		}
	}
	s.withToken(made.Secret, http.MethodGet, "/api/v1/me").ok(http.StatusOK).has(`"id":"`+made.Token.ID+`"`, `"organisations":["RRK"]`, `"organisations_total":1`, `"read_only":[]`, `"expires_at":"2027-01-01T00:00:00Z"`)
	s.ask(domain.RoleAdmin, http.MethodDelete, "/api/v1/tokens/"+made.Token.ID, http.NoBody).ok(http.StatusNoContent)
	s.withToken(made.Secret, http.MethodGet, "/api/v1/me").problem(http.StatusUnauthorized, "token_not_accepted")
	s.ask(domain.RoleAdmin, http.MethodDelete, "/api/v1/tokens/0123456789", http.NoBody).problem(http.StatusNotFound, "token_not_found")
	for _, actor := range s.keeper.actors {
		if actor.ID != admin || actor.RequestID == "" {
			t.Errorf("%+v changed tokens", actor)
		}
	}
}

func (s *service) adminID() string {
	id, _, _ := domain.ParseToken(s.tokens[domain.RoleAdmin])
	return id
}

// An administrator may end the token with which they ask; nothing can be asked with it
// afterwards.
func TestRevokingOnesOwnToken(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.ask(domain.RoleAdmin, http.MethodDelete, "/api/v1/tokens/"+s.adminID(), http.NoBody).ok(http.StatusNoContent)
	s.get(domain.RoleAdmin, "/api/v1/tokens").problem(http.StatusUnauthorized, "token_not_accepted")
}

func TestTokensThatAreNotMade(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for wish, want := range map[string]struct {
		status int
		code   string
	}{
		`{"role":"hr","scope":"organisation"}`:                                               {422, "scope_invalid"},
		`{"role":"hr","scope":"organisation","codes":[]}`:                                    {422, "scope_invalid"},
		`{"role":"hr","scope":"organisation","codes":["RRK","RRK"]}`:                         {422, "scope_invalid"},
		`{"role":"hr","scope":"all","codes":["RRK"]}`:                                        {422, "scope_invalid"},
		`{"role":"admin","scope":"organisation","codes":["RRK"]}`:                            {422, "scope_invalid"},
		`{"role":"hr","scope":"organisation","codes":["RZZ"]}`:                               {422, "scope_unknown"},
		`{"role":"hr","scope":"all","expires_on":"2026-11-21"}`:                              {422, "expiry_invalid"},
		`{"role":"hr","scope":"all","expires_on":"2027-11-22"}`:                              {422, "expiry_invalid"},
		`{"role":"root","scope":"all"}`:                                                      {422, "body_invalid"},
		`{"role":"hr","scope":"all","label":"` + strings.Repeat("x", 41) + `"}`:              {422, "body_invalid"},
		`{"role":"hr","scope":"all","label":"<b>"}`:                                          {422, "body_invalid"},
		`{"role":"hr","scope":"all","secret":"00000000000000000000000000000000"}`:            {422, "body_invalid"},
		`{"role":"hr","scope":"all","id":"0123456789","created_by":"0123456789","codes":[]}`: {422, "body_invalid"},
	} {
		if _, got := s.makeToken(wish); got.status != want.status {
			t.Errorf("%s: %d %s", wish, got.status, got.body)
		} else {
			got.problem(want.status, want.code)
		}
	}
	if len(s.keeper.made) > 0 {
		t.Errorf("%d tokens were made", len(s.keeper.made))
	}
}

func TestWhatTokensMayHave(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for wish, days := range map[string]int{
		`{"role":"auditor","scope":"organisation","codes":["RRK"]}`:            90,
		`{"role":"auditor","scope":"all"}`:                                     90,
		`{"role":"admin","scope":"all","codes":[]}`:                            90,
		`{"role":"planner","scope":"icb","codes":["QHL"],"label":"PBI-1.2_a"}`: 90,
		`{"role":"hr","scope":"region","codes":["Y60"],"label":""}`:            90,
	} {
		made, got := s.makeToken(wish)
		got.ok(http.StatusCreated)
		if want := now.AddDate(0, 0, days); !made.Token.ExpiresAt.Equal(want) {
			t.Errorf("%s ends %s, want %s", wish, made.Token.ExpiresAt, want)
		}
	}
	made, got := s.makeToken(`{"role":"hr","scope":"all","expires_on":"2027-11-21"}`)
	got.ok(http.StatusCreated)
	if life := made.Token.ExpiresAt.Sub(now); life > domain.MaxTokenLife*24*time.Hour {
		t.Errorf("it holds %s", life)
	}
	s.get(domain.RoleAdmin, "/api/v1/tokens?limit=2&offset=5").ok(http.StatusOK).has(`"total":6`)
}

func TestOnlyAdministratorsSeeTokens(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, role := range []domain.Role{domain.RoleHR, domain.RoleManager, domain.RolePlanner, domain.RoleAuditor} {
		s.get(role, "/api/v1/tokens").problem(http.StatusForbidden, "role_not_allowed")
		s.ask(role, http.MethodDelete, "/api/v1/tokens/"+s.adminID(), http.NoBody).problem(http.StatusForbidden, "role_not_allowed")
		s.ask(role, http.MethodPost, "/api/v1/tokens", strings.NewReader(`{"role":"admin","scope":"all"}`), "Content-Type", "application/json").
			problem(http.StatusForbidden, "role_not_allowed")
	}
	if len(s.keeper.actors) > 0 {
		t.Error("somebody changed tokens")
	}
}

// Every single mistake in a token is seen without a look-up.
func TestMistypedTokensCostNoLookUp(t *testing.T) {
	t.Parallel()
	s := newService(t)
	token := s.tokens[domain.RoleHR]
	tried := 0
	for i := range len(token) {
		for _, other := range "0Zz_ " {
			if rune(token[i]) == other {
				continue
			}
			mistyped := token[:i] + string(other) + token[i+1:]
			s.withToken(mistyped, http.MethodGet, "/api/v1/me").problem(http.StatusUnauthorized, "token_mistyped")
			tried++
		}
	}
	if s.lookups != 0 || tried < 4*len(token) {
		t.Errorf("%d look-ups for %d mistyped tokens", s.lookups, tried)
	}
	s.get(domain.RoleHR, "/api/v1/me").ok(http.StatusOK)
	if s.lookups != 1 {
		t.Errorf("%d look-ups for one request", s.lookups)
	}
}

func TestReadOnlyPredecessors(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.predecessors = map[string]string{"RA7": "RRK"}
	s.get(domain.RoleHR, "/api/v1/me").ok(http.StatusOK).has(`"organisations":["RA7","RRK","RYG"]`, `"codes":["RRK","RYG"]`, `"read_only":["RA7"]`)
	s.get(domain.RoleHR, "/api/v1/organisations/RA7/uploads").ok(http.StatusOK)
	s.get(domain.RoleHR, "/api/v1/organisations/RA7/staff.csv").ok(http.StatusOK)
	s.get(domain.RoleHR, "/api/v1/exports/staff.csv?organisation=RA7").ok(http.StatusOK)
	s.get(domain.RoleHR, "/api/v1/vacancies/totals?organisation=RA7&basis=as_was").ok(http.StatusOK)
	for _, query := range []string{"kind=staff", "kind=staff&check_only=true"} {
		got := s.ask(domain.RoleHR, http.MethodPost, "/api/v1/organisations/RA7/uploads?"+query, strings.NewReader(staffCSV), "Content-Type", "text/csv")
		if detail := got.problem(http.StatusForbidden, "read_only_predecessor").Detail; !strings.Contains(detail, "RRK") {
			t.Errorf("%q does not name the successor", detail)
		}
	}
	if len(s.uploads.files) > 0 {
		t.Error("a file was read or stored")
	}
	// The page lists what is new first.
	got := s.get(domain.RoleHR, "/").ok(http.StatusOK).has("until RRK took over")
	if own, before := strings.Index(got.body, "(RYG)"), strings.Index(got.body, "until RRK took over"); own < 0 || own > before {
		t.Error("a predecessor is listed before an organisation of the scope")
	}
	s.get(domain.RoleAdmin, "/api/v1/me").ok(http.StatusOK).has(`"scope":"all"`, `"codes":[]`, `"read_only":[]`, `"organisations_total":3`)
}
