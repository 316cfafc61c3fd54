package apitest_test

import (
	"net/http"
	"strings"
	"testing"
)

// Whatever a provider tells of somebody who signs in, an id made of issuer and subject is
// all that is held: no name, no address and not the subject itself, in no table and no
// line of the log.
func TestSignInHoldsNothingOfAPerson(t *testing.T) {
	t.Parallel()
	p := newPeople(t, "")
	told := map[string]any{
		"name": "Zqcanary Person", "given_name": "Zqcanary", "email": "zqcanary@example.org", "upn": "zqcanary@example.org", "preferred_username": "zqcanary",
	}
	for claim, value := range told {
		p.provider.Claims[claim] = value
	}
	b := p.signedIn(t, "auditor", "all")
	b.me(t, http.StatusOK)
	b.want(t, http.StatusOK, b.get(t, "/"))
	b.want(t, http.StatusSeeOther, b.send(t, http.MethodPost, "/sign-out", nil))
	b.want(t, http.StatusSeeOther, b.signIn(t))
	held := p.dump(t)
	if !strings.Contains(held, p.person()) {
		t.Error("the person's id is not in the database")
	}
	searched{"the database": held, "the log": p.log.String()}.lacks(t, "claims", []string{"Zqcanary", "zqcanary", "made-up-person"})
}
