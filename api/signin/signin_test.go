package signin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"skillstracker/api/apitest"
	"skillstracker/api/signin"
	"skillstracker/domain"
)

// Every person of these tests is made up.

func now() time.Time { return time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC) }

// clock is a clock that a test moves.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

const publicURL = "https://skills.example"

// settings describes a provider; more is put in before the end.
func settings(t *testing.T, issuer, more string) []signin.Settings {
	t.Helper()
	file := fmt.Sprintf(`{"providers":[{"name":"test","title":"Test","issuer":%q,"client_id":%q,"client_secret_file":"secret",
		"assurance":{"claim":"acr","values":["aal2","aal3"]}%s}]}`, issuer, apitest.ClientID, more)
	read, err := signin.Read([]byte(file), func(string) (string, error) { return apitest.ClientSecret + "\n", nil })
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// begin begins a sign-in.
func begin(t *testing.T, s *signin.Service) signin.Start {
	t.Helper()
	_, start, err := s.Begin(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return start
}

// signIn goes the whole way; change may change what came back.
func signIn(t *testing.T, p *apitest.IdentityProvider, s *signin.Service, change func(*signin.Answer)) (signin.Identity, error) {
	t.Helper()
	start := begin(t, s)
	back := p.Visit(start.Address)
	if got := back.Query().Get("state"); got != start.State || back.Host != "skills.example" || back.Path != "/sign-in/callback" {
		t.Fatalf("came back to %s", back)
	}
	answer := signin.Answer{Provider: "test", Code: back.Query().Get("code"), Nonce: start.Nonce, Verifier: start.Verifier}
	if issuer := back.Query().Get("iss"); issuer != "" {
		answer.Issuer = &issuer
	}
	if change != nil {
		change(&answer)
	}
	return s.Finish(t.Context(), answer)
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if err == nil || !strings.HasPrefix(err.Error(), code+":") {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestGoodSignIn(t *testing.T) {
	t.Parallel()
	p := apitest.NewIdentityProvider(t, now)
	p.Claims["sid"] = "session one"
	s := signin.New(publicURL, settings(t, p.URL, `,"acr_values":["aal2"],"claims":{"id_token":{"acr":{"essential":true}}}`), now)
	start := begin(t, s)
	asked, err := url.Parse(start.Address)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"scope": "openid", "code_challenge_method": "S256", "response_type": "code", "nonce": start.Nonce, "state": start.State,
		"acr_values": "aal2", "claims": `{"id_token":{"acr":{"essential":true}}}`, "redirect_uri": publicURL + "/sign-in/callback",
	} {
		if got := asked.Query().Get(name); got != want || got == "" {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if len(start.State) != 43 || len(start.Nonce) != 43 || start.State == start.Nonce || strings.Contains(start.Address, start.Verifier) {
		t.Errorf("state %q, nonce %q", start.State, start.Nonce)
	}
	identity, err := signIn(t, p, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := domain.UserID(p.URL, "made-up-person"); identity.UserID != want || identity.SID != "session one" || identity.Granted != nil || identity.Provider != "test" {
		t.Errorf("got %+v", identity)
	}
	if got := s.Origins(); len(got) != 1 || got[0] != p.URL {
		t.Errorf("origins %v", got)
	}
}

// The eight attacks of platform.md 4 and more: what a provider, or somebody who plays it,
// says is refused unless it is right in every respect.
func TestForgedAnswersAreRefused(t *testing.T) {
	t.Parallel()
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	type forger struct {
		*testing.T
		p *apitest.IdentityProvider
	}
	changed := func(name string, value any) func(forger, map[string]any) string {
		return func(f forger, claims map[string]any) string {
			if claims[name] = value; value == nil {
				delete(claims, name)
			}
			return f.p.Sign(claims)
		}
	}
	other8 := rand.Text()
	tests := map[string]struct {
		mint   func(f forger, claims map[string]any) string
		answer func(*signin.Answer)
		why    string // in the reason for the log
	}{
		"alg none": {mint: func(f forger, claims map[string]any) string {
			content, err := json.Marshal(claims)
			if err != nil {
				f.Fatal(err)
			}
			return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + base64.RawURLEncoding.EncodeToString(content) + "."
		}, why: "unexpected signature algorithm"},
		"HS256 by the client secret": {mint: func(f forger, claims map[string]any) string {
			return apitest.SignWith(f.T, jose.HS256, []byte(apitest.ClientSecret+strings.Repeat("-", 32)), "JWT", claims)
		}, why: "unexpected signature algorithm"},
		"another key": {mint: func(f forger, claims map[string]any) string {
			return apitest.SignWith(f.T, jose.ES256, other, "JWT", claims)
		}, why: "failed to verify"},
		"another audience":    {mint: changed("aud", "another-client"), why: "expected audience"},
		"another issuer":      {mint: changed("iss", "https://another.example"), why: "issued by a different provider"},
		"issuer with a slash": {mint: func(f forger, claims map[string]any) string { return changed("iss", f.p.URL+"/")(f, claims) }, why: "issued by a different provider"},
		"expired":             {mint: changed("exp", now().Add(-time.Second).Unix()), why: "token is expired"},
		"without end":         {mint: changed("exp", nil), why: "token is expired"},
		"replayed nonce":      {mint: changed("nonce", other8), why: "nonce"},
		"no nonce":            {mint: changed("nonce", nil), why: "nonce"},
		"another verifier":    {answer: func(a *signin.Answer) { a.Verifier = strings.Repeat("v", 43) }, why: "invalid_grant"},
		"another code":        {answer: func(a *signin.Answer) { a.Code = "made-up" }, why: "invalid_grant"},
		"made long ago":       {mint: changed("iat", now().Add(-time.Hour).Unix()), why: "(iat)"},
		"made in the future":  {mint: changed("iat", now().Add(time.Hour).Unix()), why: "(iat)"},
		"not yet good":        {mint: changed("nbf", now().Add(time.Hour).Unix()), why: "nbf"},
		"nobody":              {mint: changed("sub", nil), why: "(sub)"},
		"for another party":   {mint: changed("azp", "another-client"), why: "(azp)"},
		"for several, no azp": {mint: changed("aud", []string{apitest.ClientID, "another-client"}), why: "(azp)"},
		"an access token":     {mint: func(f forger, claims map[string]any) string { return f.p.SignAs("at+jwt", claims) }, why: "of type"},
		"a logout token":      {mint: func(f forger, claims map[string]any) string { return f.p.SignAs("application/logout+JWT", claims) }, why: "of type"},
		"no token":            {mint: func(forger, map[string]any) string { return "" }},
		"rubbish":             {mint: func(forger, map[string]any) string { return "a.b.c" }},
		"way back of another": {answer: func(a *signin.Answer) { a.Issuer = new("https://another.example") }, why: "issuer that was asked"},
		"way back of nobody":  {answer: func(a *signin.Answer) { a.Issuer = nil }, why: "issuer that was asked"},
		"provider taken away": {answer: func(a *signin.Answer) { a.Provider = "gone" }, why: "no longer"},
		"sign-in without nonce": {
			mint:   changed("nonce", nil),
			answer: func(a *signin.Answer) { a.Nonce = "" },
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := apitest.NewIdentityProvider(t, now)
			if test.mint != nil {
				p.Mint = func(claims map[string]any) string { return test.mint(forger{t, p}, claims) }
			}
			_, err := signIn(t, p, signin.New(publicURL, settings(t, p.URL, ""), now), test.answer)
			wantCode(t, err, "sign_in_refused")
			if err != nil && !strings.Contains(err.Error(), test.why) {
				t.Errorf("refused for another reason: %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "made-up-person") {
				t.Errorf("the reason names somebody: %v", err)
			}
		})
	}
}

func TestCodeIsGoodOnce(t *testing.T) {
	t.Parallel()
	p := apitest.NewIdentityProvider(t, now)
	s := signin.New(publicURL, settings(t, p.URL, ""), now)
	var answer signin.Answer
	if _, err := signIn(t, p, s, func(a *signin.Answer) { answer = *a }); err != nil {
		t.Fatal(err)
	}
	_, err := s.Finish(t.Context(), answer)
	wantCode(t, err, "sign_in_refused")
}

// Other keys and algorithms than the test provider's own.
func TestAlgorithmsOfProviders(t *testing.T) {
	t.Parallel()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for _, algorithm := range []jose.SignatureAlgorithm{jose.RS256, jose.PS256} {
		p := apitest.NewIdentityProvider(t, now)
		p.Answer = func(w http.ResponseWriter, request *http.Request) bool {
			if request.URL.Path != "/jwks" {
				return false
			}
			keys := jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "one", Use: "sig"}}}
			if err := json.NewEncoder(w).Encode(keys); err != nil {
				t.Error(err)
			}
			return true
		}
		p.Mint = func(claims map[string]any) string { return apitest.SignWith(t, algorithm, key, "", claims) }
		if _, err := signIn(t, p, signin.New(publicURL, settings(t, p.URL, ""), now), nil); err != nil {
			t.Errorf("%s: %v", algorithm, err)
		}
	}
}

func TestWhatClaimsGive(t *testing.T) {
	t.Parallel()
	const roles = `,"roles":{"claim":"roles","map":{"Skills.HR":"hr","Skills.Planner":"planner","Skills.Admin":"admin","Skills.Manager":"hr"}},"scope":{"claim":"ods","kind":"organisation"}`
	tests := map[string]struct {
		more   string
		claims map[string]any
		want   string // role and scope, nothing, or the code of a problem
	}{
		"assurance too low":        {claims: map[string]any{"acr": "aal1"}, want: "assurance_too_low"},
		"assurance missing":        {claims: map[string]any{"acr": nil}, want: "assurance_too_low"},
		"assurance in a list":      {claims: map[string]any{"acr": []string{"pwd", "aal3"}}},
		"assurance is an object":   {claims: map[string]any{"acr": map[string]any{"aal2": true}}, want: "assurance_too_low"},
		"no role asked for":        {claims: map[string]any{"roles": "Skills.HR", "ods": "RXA"}},
		"role and organisation":    {more: roles, claims: map[string]any{"roles": []string{"Else", "Skills.HR"}, "ods": "RXA"}, want: "hr organisation RXA"},
		"two values, one role":     {more: roles, claims: map[string]any{"roles": []string{"Skills.HR", "Skills.Manager"}, "ods": []string{"RXB", "RXA", "RXB"}}, want: "hr organisation RXA,RXB"},
		"two roles":                {more: roles, claims: map[string]any{"roles": []string{"Skills.HR", "Skills.Planner"}, "ods": "RXA"}, want: "roles_ambiguous"},
		"no role":                  {more: roles, claims: map[string]any{"roles": []string{"skills.hr"}, "ods": "RXA"}},
		"no scope":                 {more: roles, claims: map[string]any{"roles": "Skills.HR"}, want: "scope_unknown"},
		"scope is no code":         {more: roles, claims: map[string]any{"roles": "Skills.HR", "ods": []string{"RXA", "a trust"}}, want: "scope_unknown"},
		"admin needs none":         {more: roles, claims: map[string]any{"roles": "Skills.Admin"}, want: "admin all "},
		"fixed":                    {more: `,"roles":{"claim":"roles","map":{"p":"planner"}},"scope":{"fixed":"all"}`, claims: map[string]any{"roles": "p"}, want: "planner all "},
		"a person by two claims":   {more: `,"subject":["tid","oid"]`, claims: map[string]any{"tid": "tenant", "oid": "object"}},
		"a claim of a person less": {more: `,"subject":["tid","oid"]`, claims: map[string]any{"tid": "tenant"}, want: "sign_in_refused"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := apitest.NewIdentityProvider(t, now)
			for claim, value := range test.claims {
				p.Claims[claim] = value
			}
			identity, err := signIn(t, p, signin.New(publicURL, settings(t, p.URL, test.more), now), nil)
			if err != nil || test.want != "" && !strings.Contains(test.want, " ") {
				wantCode(t, err, test.want)
				// Whoever the provider vouched for is named to the audit trail.
				if vouched := domain.UserID(p.URL, "made-up-person"); test.want != "sign_in_refused" && identity.UserID != vouched || identity.Granted != nil {
					t.Errorf("refused as %+v", identity)
				}
				return
			}
			got := ""
			if granted := identity.Granted; granted != nil {
				got = fmt.Sprintf("%s %s %s", granted.Role, granted.Grant.Kind, strings.Join(granted.Grant.Codes, ","))
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if strings.Contains(test.more, "oid") && identity.UserID != domain.UserID(p.URL, "tenant\x1fobject") {
				t.Errorf("user id %s", identity.UserID)
			}
		})
	}
}
