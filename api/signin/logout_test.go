package signin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"skillstracker/api/apitest"
	"skillstracker/api/signin"
	"skillstracker/domain"
)

func TestLogoutTokens(t *testing.T) {
	t.Parallel()
	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p := apitest.NewIdentityProvider(t, now)
	s := signin.New(publicURL, settings(t, p.URL, ""), now)
	person := domain.UserID(p.URL, "made-up-person")
	changed := func(name string, value any) map[string]any {
		claims := p.LogoutClaims()
		if claims[name] = value; value == nil {
			delete(claims, name)
		}
		return claims
	}
	bySID := changed("sub", nil)
	bySID["sid"] = "session one"
	good := map[string]struct {
		token, userID, sid string
	}{
		"a person":              {p.Sign(p.LogoutClaims()), person, ""},
		"of its own type":       {p.SignAs("logout+jwt", p.LogoutClaims()), person, ""},
		"of no type":            {p.SignAs("", p.LogoutClaims()), person, ""},
		"a session":             {p.Sign(bySID), "", "session one"},
		"a session of a person": {p.Sign(changed("sid", "session one")), person, "session one"},
	}
	for name, test := range good {
		got, err := s.Logout(t.Context(), test.token)
		if err != nil || got.UserID != test.userID || got.SID != test.sid || got.Provider != "test" || !got.BegunBy.Equal(now().Add(2*time.Minute)) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
	idToken := changed("events", nil)
	idToken["nonce"] = "n"
	forged := map[string]string{
		"empty":              "",
		"rubbish":            "a.b.c",
		"not signed":         apitest.SignWith(t, jose.ES256, stranger, "logout+jwt", p.LogoutClaims()),
		"HS256":              apitest.SignWith(t, jose.HS256, []byte(apitest.ClientSecret+"-----------------"), "logout+jwt", p.LogoutClaims()),
		"an id token":        p.Sign(idToken),
		"with a nonce":       p.Sign(changed("nonce", "n")),
		"without event":      p.Sign(changed("events", nil)),
		"event of another":   p.Sign(changed("events", map[string]any{"http://schemas.openid.net/event/other": map[string]any{}})),
		"event is no object": p.Sign(changed("events", map[string]any{"http://schemas.openid.net/event/backchannel-logout": nil})),
		"another issuer":     p.Sign(changed("iss", "https://another.example")),
		"another audience":   p.Sign(changed("aud", "another-client")),
		"expired":            p.Sign(changed("exp", now().Add(-time.Minute).Unix())),
		"made long ago":      p.Sign(changed("iat", now().Add(-time.Hour).Unix())),
		"made in the future": p.Sign(changed("iat", now().Add(time.Hour).Unix())),
		"without time":       p.Sign(changed("iat", nil)),
		"without end":        p.Sign(changed("exp", nil)),
		"without id":         p.Sign(changed("jti", nil)),
		"about nobody":       p.Sign(changed("sub", nil)),
		"of an access token": p.SignAs("at+jwt", p.LogoutClaims()),
	}
	for name, token := range forged {
		got, err := s.Logout(t.Context(), token)
		if _, refused := errors.AsType[*signin.LogoutError](err); !refused {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}
