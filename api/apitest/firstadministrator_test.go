package apitest_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

func TestFirstAdministrator(t *testing.T) {
	t.Parallel()
	p := newPeople(t, "")
	link := func() string {
		t.Helper()
		clear, hash, err := domain.NewSecret()
		if err != nil {
			t.Fatal(err)
		}
		if err := p.store.MakeAdminLink(t.Context(), hash, p.clock.now()); err != nil {
			t.Fatal(err)
		}
		return clear
	}
	b := p.browser()
	old, unused := link(), link()
	p.clock.pass(15 * time.Minute)
	page := "/first-administrator?link="
	b.wantPage(t, http.StatusForbidden, b.get(t, page+old), "link_not_accepted", "skillstracker admin link")
	good := link()
	for range 3 { // looking at it uses nothing up
		b.wantPage(t, http.StatusOK, b.get(t, page+good), "<h1>Become the first administrator</h1>", `<form method="post" action="/first-administrator">`,
			`<button name="provider" value="test-1">Sign in with Test 1</button>`, `value="`+good+`"`)
	}
	for _, form := range []url.Values{{"link": {"short"}}, {}, {"link": {good, good}}, {"link": {good}, "role": {"admin"}}} {
		b.want(t, http.StatusUnprocessableEntity, b.send(t, http.MethodPost, "/first-administrator", form))
	}
	b.want(t, http.StatusUnsupportedMediaType, b.send(t, http.MethodPost, "/first-administrator", url.Values{"link": {good}}, "Content-Type", "application/json"))
	b.want(t, http.StatusForbidden, b.send(t, http.MethodPost, "/first-administrator", url.Values{"link": {unused}}))
	b.want(t, http.StatusForbidden, b.send(t, http.MethodPost, "/first-administrator", url.Values{"link": {good}}, "Sec-Fetch-Site", "cross-site"))
	var backs []string
	for range 2 {
		answer := b.send(t, http.MethodPost, "/first-administrator", url.Values{"link": {good}, "provider": {"test-1"}})
		b.want(t, http.StatusSeeOther, answer)
		backs = append(backs, p.provider.Visit(answer.Header.Get("Location")).RequestURI())
	}
	b.want(t, http.StatusSeeOther, b.get(t, backs[0]))
	if me := b.me(t, http.StatusOK); me.Role != "admin" || me.Scope != "all" {
		t.Errorf("got %+v", me)
	}
	b.wantPage(t, http.StatusOK, b.get(t, "/"), "with the role admin", "/api/v1/users", "Sign out")
	// The second way back of the same link makes nobody administrator.
	p.provider.Claims["sub"] = "somebody-else"
	b.wantPage(t, http.StatusForbidden, b.get(t, backs[1]), "link_not_accepted")
	b.wantPage(t, http.StatusForbidden, b.get(t, page+good), "link_not_accepted")
	if err := p.owner.MakeAdminLink(t.Context(), domain.HashSecret("x"), p.clock.now()); domain.KindOf(err) != domain.KindConflict {
		t.Errorf("another link: %v", err)
	}
	events := p.events(t, "createFirstAdministrator", "createAdminLink")
	want := []string{"service admin createAdminLink done", "service admin createAdminLink done", "service admin createAdminLink done", p.person() + " admin createFirstAdministrator " + p.person() + " admin all done"}
	if len(events) != 5 || !slices.Equal(events[:4], want) || !strings.HasSuffix(events[4], "createFirstAdministrator link_not_accepted") {
		t.Errorf("audit trail %v", events)
	}
	if strings.Contains(p.log.String(), good) {
		t.Error("the log holds the link")
	}
}
