package apitest_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"skillstracker/api/apitest"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// Somebody signs in without a role, is given one, signs in again, works, and signs out.
func TestPersonSignsInAndOut(t *testing.T) {
	t.Parallel()
	p := newPeople(t, "")
	b := p.browser()
	b.want(t, http.StatusSeeOther, b.get(t, "/"))
	b.wantPage(t, http.StatusForbidden, b.signIn(t), p.person(), "<h1>Not allowed</h1>", "user_without_role", `href="/sign-in"`)
	if _, has := b.cookies["__Host-skt"]; has {
		t.Error("somebody without a role has a session")
	}
	if user := p.give(t, "hr", "organisation", "RXA"); user.Id != p.person() || user.Role != "hr" || user.Sessions != 0 || !user.GrantedAt.Equal(now()) {
		t.Errorf("got %+v", user)
	}
	answer := b.get(t, b.toProvider(t, "/sign-in?return_to=%2F%3Fpage%3D1"))
	b.want(t, http.StatusSeeOther, answer)
	if got := answer.Header.Get("Location"); got != "/?page=1" {
		t.Errorf("went on to %s", got)
	}
	cookie := b.set["__Host-skt"]
	if !cookie.Secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" || cookie.MaxAge != 0 || len(cookie.Value) != 43 {
		t.Errorf("cookie %+v", cookie)
	}
	if me := b.me(t, http.StatusOK); me.Id != p.person() || me.Role != "hr" || strings.Join(me.Organisations, " ") != "RXA" || !me.ExpiresAt.Equal(now().Add(12*time.Hour)) {
		t.Errorf("got %+v", me)
	}
	answer = b.get(t, "/")
	b.wantPage(t, http.StatusOK, answer, "You are signed in as "+p.person()+", with the role hr", `<form method="post" action="/sign-out">`, "Trust A (synthetic)")
	if got := answer.Header.Get("Content-Security-Policy"); !strings.Contains(got, "form-action 'self' "+p.provider.URL) {
		t.Errorf("policy %s", got)
	}
	users := decode[struct{ Users []spec.User }](t, p.want(t, http.StatusOK, p.get(t, p.admin, "/api/v1/users"))).Users
	if len(users) != 1 || users[0].Sessions != 1 || users[0].Id != p.person() {
		t.Errorf("users %+v", users)
	}

	kept := b.cookies["__Host-skt"]
	answer = b.send(t, http.MethodPost, "/sign-out", nil)
	b.want(t, http.StatusSeeOther, answer)
	if _, has := b.cookies["__Host-skt"]; has {
		t.Error("the cookie is still there")
	}
	b.wantPage(t, http.StatusOK, b.get(t, answer.Header.Get("Location")), "You are signed out", "Sign in with Test 1")
	b.cookies["__Host-skt"] = kept
	b.me(t, http.StatusUnauthorized)
	b.want(t, http.StatusSeeOther, b.send(t, http.MethodPost, "/sign-out", nil))

	admin := strings.Split(p.admin, "_")[2]
	want := []string{
		p.person() + " signIn " + p.person() + " user_without_role",
		admin + " admin setUser " + p.person() + " hr organisation RXA done",
		p.person() + " hr signIn provider test-1 hr organisation RXA done",
		p.person() + " signOut done",
	}
	if diff := cmp.Diff(want, p.events(t, " signIn ", "setUser", "signOut")); diff != "" {
		t.Errorf("audit trail (- want + got):\n%s", diff)
	}
	if refused := p.events(t, "finishSignIn"); len(refused) != 0 {
		t.Errorf("what is noted with the person's id is noted again without: %v", refused)
	}
	for _, secret := range []string{kept, "made-up-person", b.cookies["__Host-skt-sign-in"]} {
		if strings.Contains(p.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

// What is not in order begins no session, whoever plays what.
func TestSignInAttacks(t *testing.T) {
	t.Parallel()
	p := newPeople(t, "")
	p.give(t, "hr", "organisation", "RXA")
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	changed := func(name string, value any) func(map[string]any) string {
		return func(claims map[string]any) string {
			claims[name] = value
			return p.provider.Sign(claims)
		}
	}
	minted := map[string]func(map[string]any) string{
		"alg none": func(claims map[string]any) string {
			content, err := json.Marshal(claims)
			if err != nil {
				t.Error(err)
			}
			return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + base64.RawURLEncoding.EncodeToString(content) + "."
		},
		"HS256": func(claims map[string]any) string {
			return apitest.SignWith(t, jose.HS256, []byte(strings.Repeat("k", 32)), "JWT", claims)
		},
		"wrong key":      func(claims map[string]any) string { return apitest.SignWith(t, jose.ES256, other, "JWT", claims) },
		"wrong audience": changed("aud", "another"),
		"wrong issuer":   changed("iss", "https://another.example"),
		"expired":        changed("exp", now().Add(-time.Minute).Unix()),
		"replayed nonce": changed("nonce", "of another sign-in"),
	}
	for name, mint := range minted {
		b := p.browser()
		p.provider.Mint = mint
		page := b.wantPage(t, http.StatusForbidden, b.signIn(t), "sign_in_refused")
		if strings.Contains(page, "oidc") || b.cookies["__Host-skt"] != "" {
			t.Errorf("%s: %s", name, page)
		}
	}
	p.provider.Mint = nil

	tests := map[string]struct {
		change func(t *testing.T, b *browser, back string) string
		code   string
	}{
		"another PKCE verifier": {func(t *testing.T, _ *browser, back string) string {
			t.Helper()
			// The code of one sign-in with the state, and so the verifier, of another one.
			return strings.Replace(back, "code="+codeOf(t, back), "code="+codeOf(t, p.browser().toProvider(t, "/sign-in")), 1)
		}, "sign_in_refused"},
		"state of another browser": {func(t *testing.T, b *browser, back string) string {
			t.Helper()
			b.cookies = p.browserWithSignIn(t).cookies
			return back
		}, "sign_in_unknown"},
		"browser without cookie": {func(_ *testing.T, b *browser, back string) string {
			clear(b.cookies)
			return back
		}, "sign_in_unknown"},
		"no state": {func(*testing.T, *browser, string) string { return "/sign-in/callback?code=made-up" }, "sign_in_unknown"},
		"no code": {func(t *testing.T, _ *browser, back string) string {
			t.Helper()
			return strings.Replace(back, "code=", "kode=", 1)
		}, "sign_in_declined"},
		"provider says no": {func(t *testing.T, _ *browser, back string) string {
			t.Helper()
			return strings.Replace(back, "code=", "error=access_denied&error_description=about+somebody&x=", 1)
		}, "sign_in_declined"},
		"issuer of another": {func(t *testing.T, _ *browser, back string) string {
			t.Helper()
			return strings.Replace(back, "iss=", "iss=https%3A%2F%2Fanother.example%2F", 1)
		}, "sign_in_refused"},
	}
	noted := len(minted)
	for name, test := range tests {
		if test.code != "sign_in_unknown" {
			noted++
		}
		b := p.browser()
		back := test.change(t, b, b.toProvider(t, "/sign-in"))
		page := b.wantPage(t, http.StatusForbidden, b.get(t, back), test.code)
		if strings.Contains(page, "about somebody") || b.cookies["__Host-skt"] != "" {
			t.Errorf("%s: %s", name, page)
		}
	}

	b := p.browser()
	back := b.toProvider(t, "/sign-in")
	b.want(t, http.StatusSeeOther, b.get(t, back))
	b.wantPage(t, http.StatusForbidden, b.get(t, back), "sign_in_unknown") // used twice
	b = p.browser()
	back = b.toProvider(t, "/sign-in")
	p.clock.pass(10 * time.Minute)
	b.wantPage(t, http.StatusForbidden, b.get(t, back), "sign_in_unknown") // took too long
	p.provider.Claims["acr"] = "aal1"
	b.wantPage(t, http.StatusForbidden, b.signIn(t), "assurance_too_low", "second factor")
	// Ways back that belong to no sign-in are noted once a minute; here there are two.
	refused := p.events(t, "finishSignIn")
	if len(refused) != noted+3 {
		t.Errorf("%d refusals in the audit trail, want %d", len(refused), noted+3)
	}
	// Only of somebody whom the provider vouched for is it known who it was.
	for i, event := range refused {
		if last := i == len(refused)-1; last && event != p.person()+" finishSignIn assurance_too_low" || !last && !strings.HasPrefix(event, "- finishSignIn ") {
			t.Errorf("event %q", event)
		}
	}
}

func codeOf(t *testing.T, back string) string {
	t.Helper()
	address, err := url.Parse(back)
	if err != nil {
		t.Fatal(err)
	}
	return address.Query().Get("code")
}

func (p people) browserWithSignIn(t *testing.T) *browser {
	t.Helper()
	b := p.browser()
	b.toProvider(t, "/sign-in")
	return b
}

// An id that somebody planted in a browser before the sign-in is worth nothing after it,
// and the session that the browser had ends.
func TestSessionFixation(t *testing.T) {
	t.Parallel()
	p := newPeople(t, "")
	b := p.signedIn(t, "planner", "all")
	first := b.cookies["__Host-skt"]
	b.want(t, http.StatusSeeOther, b.signIn(t))
	second := b.cookies["__Host-skt"]
	planted := strings.Repeat("A", 43)
	b.cookies["__Host-skt"] = planted
	b.want(t, http.StatusSeeOther, b.signIn(t))
	third := b.cookies["__Host-skt"]
	if first == second || third == planted || third == second {
		t.Error("an id was used again")
	}
	for id, status := range map[string]int{first: http.StatusUnauthorized, planted: http.StatusUnauthorized, second: http.StatusOK, third: http.StatusOK, "": http.StatusUnauthorized, "x": http.StatusUnauthorized} {
		b.cookies["__Host-skt"] = id
		b.me(t, status)
	}
	stored := p.value(t, `SELECT string_agg(encode(id_sha256, 'hex') || coalesce(user_id, ''), ' ') FROM user_session`)
	for _, id := range []string{first, second, third} {
		if strings.Contains(stored, id) {
			t.Error("an id is stored as it is")
		}
	}
}

func TestSessionsEndByTheClock(t *testing.T) {
	t.Parallel()
	p := newPeople(t, "")
	b := p.signedIn(t, "planner", "all")
	lastUse := func() string {
		return p.value(t, `SELECT to_char(max(last_used_at) AT TIME ZONE 'UTC', 'HH24:MI:SS') FROM user_session`)
	}
	p.clock.pass(59 * time.Second)
	b.me(t, http.StatusOK)
	if got := lastUse(); got != "09:30:00" {
		t.Errorf("the use was noted within a minute: %s", got)
	}
	p.clock.pass(2 * time.Second)
	b.me(t, http.StatusOK)
	if got := lastUse(); got != "09:31:01" {
		t.Errorf("the use was not noted: %s", got)
	}
	p.clock.pass(15*time.Minute - time.Second)
	b.me(t, http.StatusOK)
	p.clock.pass(15 * time.Minute)
	b.me(t, http.StatusUnauthorized)

	b.want(t, http.StatusSeeOther, b.signIn(t))
	for range 12*6 - 1 {
		p.clock.pass(10 * time.Minute)
		b.me(t, http.StatusOK)
	}
	p.clock.pass(10*time.Minute - time.Second)
	b.me(t, http.StatusOK)
	p.clock.pass(time.Second)
	b.me(t, http.StatusUnauthorized)

	gone, err := p.store.ExpireSignIns(t.Context())
	if left := p.value(t, `SELECT (SELECT count(*) FROM user_session) + (SELECT count(*) FROM sign_in)`); err != nil || gone != 2 || left != "0" {
		t.Errorf("%d gone, %s left, %v", gone, left, err)
	}
}

func TestProviderEndsSessions(t *testing.T) {
	t.Parallel()
	p := newPeople(t, "")
	p.provider.Claims["sid"] = "session one"
	one := p.signedIn(t, "planner", "all")
	p.provider.Claims["sid"] = "session two"
	two := p.browser()
	two.want(t, http.StatusSeeOther, two.signIn(t))
	logout := func(status int, token string) {
		t.Helper()
		form := url.Values{"logout_token": {token}, "more": {"is passed over"}}
		p.want(t, status, p.call(t, "", http.MethodPost, "/sign-in/back-channel-logout", "application/x-www-form-urlencoded", []byte(form.Encode())))
	}
	forged := p.provider.LogoutClaims()
	forged["nonce"] = "n"
	logout(http.StatusBadRequest, p.provider.Sign(forged))
	forged = p.provider.LogoutClaims()
	forged["iss"] = "https://another.example"
	logout(http.StatusBadRequest, p.provider.Sign(forged))
	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	logout(http.StatusBadRequest, apitest.SignWith(t, jose.ES256, stranger, "logout+jwt", p.provider.LogoutClaims()))
	logout(http.StatusBadRequest, "rubbish")
	one.me(t, http.StatusOK)
	two.me(t, http.StatusOK)

	bySession := p.provider.LogoutClaims()
	bySession["sid"] = "session one"
	logout(http.StatusNoContent, p.provider.Sign(bySession))
	one.me(t, http.StatusUnauthorized)
	two.me(t, http.StatusOK)
	byPerson := p.provider.SignAs("logout+jwt", p.provider.LogoutClaims())
	logout(http.StatusNoContent, byPerson)
	two.me(t, http.StatusUnauthorized)

	// Sent again, it does not end a session that began later.
	p.clock.pass(3 * time.Minute)
	two.want(t, http.StatusSeeOther, two.signIn(t))
	again := p.provider.LogoutClaims()
	again["iat"] = now().Unix()
	logout(http.StatusNoContent, p.provider.Sign(again))
	two.me(t, http.StatusOK)
	want := []string{p.person() + " endSessions by provider test-1 done", p.person() + " endSessions by provider test-1 done"}
	if diff := cmp.Diff(want, p.events(t, "endSessions")); diff != "" {
		t.Errorf("audit trail (- want + got):\n%s", diff)
	}
}

// A page of another origin signs nobody out and changes nothing.
func TestPagesOfOthersDoNothing(t *testing.T) {
	t.Parallel()
	p := newPeople(t, "")
	b := p.signedIn(t, "admin", "all")
	for _, headers := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://elsewhere.example"}, {"Origin", "null"},
	} {
		b.want(t, http.StatusForbidden, b.send(t, http.MethodPost, "/sign-out", nil, headers...))
		b.want(t, http.StatusForbidden, b.send(t, http.MethodDelete, "/api/v1/users/"+p.person(), nil, headers...))
		b.me(t, http.StatusOK)
	}
	b.want(t, http.StatusOK, b.send(t, http.MethodGet, "/", nil, "Sec-Fetch-Site", "cross-site"))
	b.want(t, http.StatusSeeOther, b.send(t, http.MethodPost, "/sign-out", nil, "Sec-Fetch-Site", "same-origin", "Origin", peopleURL))
	b.me(t, http.StatusUnauthorized)
}

// While the provider is down nobody signs in; tokens and sessions go on.
func TestProviderIsDown(t *testing.T) {
	t.Parallel()
	p := newPeople(t, "")
	p.provider.Answer = func(w http.ResponseWriter, _ *http.Request) bool {
		http.Error(w, "out of order", http.StatusServiceUnavailable)
		return true
	}
	b := p.browser()
	answer := b.get(t, "/sign-in")
	b.wantPage(t, http.StatusServiceUnavailable, answer, "The identity provider Test 1 does not answer", "identity_provider_unavailable")
	if answer.Header.Get("Retry-After") == "" {
		t.Error("nobody says when to try again")
	}
	p.want(t, http.StatusOK, p.get(t, p.admin, "/api/v1/me"))
	p.provider.Answer = nil
	p.clock.pass(5 * time.Second)
	b.want(t, http.StatusSeeOther, b.get(t, "/sign-in"))
}

func TestPagesOfSigningIn(t *testing.T) {
	t.Parallel()
	p := newPeople(t, "")
	b := p.browser()
	for returnTo, status := range map[string]int{
		"/": 303, "/api/v1/reports/rollup.xlsx?as_at=2026-10-31": 303, "//elsewhere.example": 400, "https://elsewhere.example/": 400, `/\elsewhere.example`: 400,
		`\\elsewhere.example`: 400, "elsewhere": 400, "/\t/elsewhere.example": 400, "javascript:alert(1)": 400, "/a b": 400,
	} {
		b.want(t, status, b.get(t, "/sign-in?return_to="+url.QueryEscape(returnTo)))
	}
	b.want(t, http.StatusNotFound, b.get(t, "/sign-in?provider=another"))
	// Only a browser that asks for the first page is led on.
	for path, accept := range map[string]string{"/": "*/*", "/api/v1/me": "text/html", "/api/v1/organisations": "text/html"} {
		b.want(t, http.StatusUnauthorized, b.send(t, http.MethodGet, path, nil, "Accept", accept))
	}
	b.want(t, http.StatusUnauthorized, b.send(t, http.MethodGet, "/", nil, "Authorization", "Bearer mistyped"))
	b.cookies["__Host-skt"] = strings.Repeat("A", 43)
	b.want(t, http.StatusSeeOther, b.get(t, "/"))
	ended := b.get(t, "/api/v1/me")
	b.want(t, http.StatusUnauthorized, ended)
	if challenges := strings.Join(ended.Header.Values("WWW-Authenticate"), " "); strings.Contains(challenges, "Basic") || !strings.Contains(challenges, "Bearer") {
		t.Errorf("challenges %s", challenges)
	}
	problem := b.send(t, http.MethodGet, "/sign-in/callback?state=made-up", nil, "Accept", "application/json")
	if got := decode[spec.Problem](t, b.want(t, http.StatusForbidden, problem)); got.Code != "sign_in_unknown" {
		t.Errorf("a program is told %s", got.Code)
	}

	p.rebuild(t, "", 2)
	b = p.browser()
	b.wantPage(t, http.StatusOK, b.get(t, "/sign-in?return_to=%2F%3Fpage%3D1"), `href="/sign-in?provider=test-1&amp;return_to=%2F%3Fpage%3D1"`, "Sign in with Test 2", "<h1>Sign in</h1>")
	b.want(t, http.StatusSeeOther, b.get(t, "/sign-in?provider=test-1"))
}

// Where no provider is configured, there is nothing to sign in to.
func TestSignInThatIsNotConfigured(t *testing.T) {
	t.Parallel()
	s := newService(t)
	link, _, err := domain.NewSecret()
	if err != nil {
		t.Fatal(err)
	}
	const form = "application/x-www-form-urlencoded"
	for _, answer := range []*http.Response{
		s.get(t, "", "/sign-in"), s.get(t, "", "/sign-in/callback"), s.call(t, "", http.MethodPost, "/sign-out", "", nil),
		s.call(t, "", http.MethodPost, "/sign-in/back-channel-logout", form, []byte("logout_token=x")), s.get(t, "", "/first-administrator?link="+link),
		s.call(t, "", http.MethodPost, "/first-administrator", form, []byte("link="+link)),
	} {
		if got := decode[spec.Problem](t, s.want(t, http.StatusNotFound, answer)); got.Code != "sign_in_not_configured" {
			t.Errorf("problem %s", got.Code)
		}
	}
	s.want(t, http.StatusUnauthorized, s.send(t, "", http.MethodGet, "/", nil, "Accept", "text/html", "Authorization", ""))
}
