package apitest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api"
	"skillstracker/api/spec"
)

// What an administrator decides holds from the next request on.
func TestRolesHoldAtOnce(t *testing.T) {
	t.Parallel()
	p := newPeople(t, "")
	b := p.signedIn(t, "hr", "organisation", "RXA")
	second := p.browser()
	second.want(t, http.StatusSeeOther, second.signIn(t))
	p.give(t, "planner", "region", "Y60")
	if me := b.me(t, http.StatusOK); me.Role != "planner" || strings.Join(me.Organisations, " ") != "RXA RXB" {
		t.Errorf("got %+v", me)
	}
	b.want(t, http.StatusForbidden, b.get(t, "/api/v1/organisations/RXA/uploads"))
	path := "/api/v1/users/" + p.person()
	p.want(t, http.StatusNoContent, p.call(t, p.admin, http.MethodDelete, path+"/sessions", "", nil))
	b.me(t, http.StatusUnauthorized)
	second.me(t, http.StatusUnauthorized)
	b.want(t, http.StatusSeeOther, b.signIn(t))
	b.me(t, http.StatusOK)
	p.want(t, http.StatusNoContent, p.call(t, p.admin, http.MethodDelete, path, "", nil))
	b.me(t, http.StatusUnauthorized)
	b.wantPage(t, http.StatusForbidden, b.signIn(t), "user_without_role")
	p.want(t, http.StatusNotFound, p.call(t, p.admin, http.MethodDelete, path, "", nil))
	p.want(t, http.StatusNoContent, p.call(t, p.admin, http.MethodDelete, path+"/sessions", "", nil))
	for document, code := range map[string]string{
		`{"role":"hr","scope":"organisation","codes":["RXX"]}`:    "scope_unknown",
		`{"role":"hr","scope":"organisation","codes":["QHL"]}`:    "scope_unknown",
		`{"role":"admin","scope":"organisation","codes":["RXA"]}`: "scope_invalid",
		`{"role":"hr","scope":"organisation"}`:                    "scope_invalid",
		`{"role":"hr","scope":"all","codes":["RXA"]}`:             "scope_invalid",
		`{"role":"boss","scope":"all"}`:                           "body_invalid",
		`{"role":"planner","scope":"all","name":"A. N. Other"}`:   "body_invalid",
	} {
		problem := decode[spec.Problem](t, p.want(t, http.StatusUnprocessableEntity, p.call(t, p.admin, http.MethodPut, path, jsonType, []byte(document))))
		if problem.Code != code {
			t.Errorf("%s: %s", document, problem.Code)
		}
	}
	admin := strings.Split(p.admin, "_")[2]
	want := []string{
		admin + " admin setUser " + p.person() + " hr organisation RXA done",
		admin + " admin setUser " + p.person() + " planner region Y60, before hr organisation RXA done",
		admin + " admin endSessions " + p.person() + " done",
		admin + " admin removeUser " + p.person() + " planner region Y60 done",
		admin + " admin endSessions " + p.person() + " done",
	}
	if diff := cmp.Diff(want, p.events(t, "setUser", "removeUser", "endSessions")); diff != "" {
		t.Errorf("audit trail (- want + got):\n%s", diff)
	}
}

func TestRolesByClaims(t *testing.T) {
	t.Parallel()
	p := newPeople(t, `,"roles":{"claim":"roles","map":{"Skills.Manager":"manager"}},"scope":{"claim":"ods","kind":"icb"}`)
	p.provider.Claims["roles"], p.provider.Claims["ods"] = []string{"Skills.Manager"}, []string{"QHL"}
	b := p.browser()
	b.want(t, http.StatusSeeOther, b.signIn(t))
	if me := b.me(t, http.StatusOK); me.Role != "manager" || strings.Join(me.Organisations, " ") != "RXA RXB" {
		t.Errorf("got %+v", me)
	}
	users := decode[struct{ Users []spec.User }](t, p.want(t, http.StatusOK, p.get(t, p.admin, "/api/v1/users"))).Users
	if len(users) != 1 || users[0].GrantedBy != "claims" || users[0].Sessions != 1 || users[0].Role != "manager" {
		t.Errorf("users %+v", users)
	}
	// A role that was given here holds beside the one of the claims, which goes before it
	// and ends with the session.
	p.give(t, "planner", "all")
	if me := b.me(t, http.StatusOK); me.Role != "manager" {
		t.Errorf("got %+v", me)
	}
	users = decode[struct{ Users []spec.User }](t, p.want(t, http.StatusOK, p.get(t, p.admin, "/api/v1/users"))).Users
	if len(users) != 2 || users[0].Sessions+users[1].Sessions != 1 {
		t.Errorf("users %+v", users)
	}
	path := "/api/v1/users/" + p.person()
	p.want(t, http.StatusNoContent, p.call(t, p.admin, http.MethodDelete, path, "", nil))
	b.me(t, http.StatusUnauthorized)
	p.want(t, http.StatusNotFound, p.call(t, p.admin, http.MethodDelete, path, "", nil))
	b.want(t, http.StatusSeeOther, b.signIn(t))
	p.want(t, http.StatusNoContent, p.call(t, p.admin, http.MethodDelete, path, "", nil))
	b.me(t, http.StatusUnauthorized)
	// Claims without a role leave it to the register.
	delete(p.provider.Claims, "roles")
	b.wantPage(t, http.StatusForbidden, b.signIn(t), "user_without_role")
	p.give(t, "auditor", "organisation", "RXA")
	b.want(t, http.StatusSeeOther, b.signIn(t))
	if me := b.me(t, http.StatusOK); me.Role != "auditor" {
		t.Errorf("got %+v", me)
	}
	b.wantPage(t, http.StatusOK, b.get(t, "/"), "This role has no reports", "/api/v1/audit", "Sign out")
}

// Who may not sign in although the provider vouched for them stands in the audit trail.
func TestRefusedPeopleAreNamed(t *testing.T) {
	t.Parallel()
	p := newPeople(t, claimedRoles)
	for _, test := range []struct {
		claim string
		value any
		code  string
	}{
		{"roles", []string{"Skills.Manager", "Skills.Planner"}, "roles_ambiguous"},
		{"roles", []string{"Skills.Manager"}, "scope_unknown"},
		{"acr", "aal1", "assurance_too_low"},
	} {
		p.provider.Claims[test.claim] = test.value
		b := p.browser()
		b.wantPage(t, http.StatusForbidden, b.signIn(t), test.code)
		if events := p.events(t, test.code); len(events) != 1 || events[0] != p.person()+" finishSignIn "+test.code {
			t.Errorf("noted %q", events)
		}
	}
	if strings.Contains(p.log.String(), p.person()) {
		t.Error("the log names somebody")
	}
}

const claimedRoles = `,"roles":{"claim":"roles","map":{"Skills.Manager":"manager","Skills.Planner":"planner"}},"scope":{"claim":"ods","kind":"icb"}`

// A session is worth nothing any more when the settings do not have its provider, or do
// not let the provider's claims give its role.
func TestSettingsThatChangeEndSessions(t *testing.T) {
	t.Parallel()
	p := newPeople(t, claimedRoles)
	p.provider.Claims["roles"], p.provider.Claims["ods"] = []string{"Skills.Manager"}, []string{"QHL"}
	claimed, given := p.browser(), p.browser()
	claimed.want(t, http.StatusSeeOther, claimed.signIn(t))
	delete(p.provider.Claims, "roles")
	p.give(t, "planner", "all")
	given.want(t, http.StatusSeeOther, given.signIn(t))
	second := p.browser()
	p.rebuild(t, claimedRoles, 2)
	second.people = p
	second.want(t, http.StatusSeeOther, second.get(t, second.toProvider(t, "/sign-in?provider=test-1")))
	for _, test := range []struct {
		more           string
		claimed, given int
	}{
		{claimedRoles, http.StatusOK, http.StatusOK},
		{strings.Replace(claimedRoles, `"Skills.Manager":"manager",`, "", 1), http.StatusUnauthorized, http.StatusOK},
		{"", http.StatusUnauthorized, http.StatusOK},
		{claimedRoles + `,"name":"renamed"`, http.StatusUnauthorized, http.StatusUnauthorized},
	} {
		p.rebuild(t, test.more, 1)
		for b, status := range map[*browser]int{claimed: test.claimed, given: test.given, second: test.given} {
			b.people = p
			b.me(t, status)
		}
	}
}

// Whoever has a session signs out although somebody else behind the same address sends
// cookies that are made up, and does so once.
func TestSignOutThatIsCounted(t *testing.T) {
	t.Parallel()
	p := newPeople(t, "")
	p.rebuild(t, "", 1, func(deps *api.Deps) { deps.Rates = api.Rates{Failures: 6} })
	b := p.signedIn(t, "planner", "all")
	b.me(t, http.StatusOK)
	stranger := p.browser()
	stranger.cookies["__Host-skt"] = strings.Repeat("A", 43)
	leave := func(b *browser) int {
		t.Helper()
		kept := b.cookies["__Host-skt"]
		answer := b.send(t, http.MethodPost, "/sign-out", nil)
		b.cookies["__Host-skt"] = kept
		return answer.StatusCode
	}
	left := 0
	for leave(stranger) == http.StatusSeeOther {
		if left++; left > 100 {
			t.Fatal("there is no limit")
		}
	}
	if got := leave(stranger); got != http.StatusTooManyRequests || left == 0 {
		t.Errorf("after %d the next is answered %d", left, got)
	}
	if got := leave(b); got != http.StatusSeeOther {
		t.Errorf("who has a session is answered %d", got)
	}
	if got := leave(b); got != http.StatusTooManyRequests {
		t.Errorf("and again %d", got)
	}
	p.clock.pass(time.Hour)
	b.me(t, http.StatusUnauthorized)
}
