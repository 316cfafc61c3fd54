package signin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skillstracker/api/apitest"
	"skillstracker/api/signin"
)

// A provider that is down is asked again after a pause, and once known goes on to count.
func TestProviderThatIsDown(t *testing.T) {
	t.Parallel()
	p := apitest.NewIdentityProvider(t, now)
	down := true
	p.Answer = func(w http.ResponseWriter, _ *http.Request) bool {
		if down {
			http.Error(w, "out of order", http.StatusBadGateway)
		}
		return down
	}
	at := &clock{now()}
	s := signin.New(publicURL, settings(t, p.URL, ""), at.now)
	const discovery = "/.well-known/openid-configuration"
	for range 3 {
		_, _, err := s.Begin(t.Context(), "test")
		wantCode(t, err, "identity_provider_unavailable")
	}
	if calls := p.Calls(discovery); calls != 1 {
		t.Errorf("asked %d times without a pause", calls)
	}
	down = false
	at.Time = at.Add(5 * time.Second)
	begin(t, s)
	down = true
	at.Time = at.Add(2 * time.Hour)
	begin(t, s)
	if calls := p.Calls(discovery); calls != 3 {
		t.Errorf("asked %d times", calls)
	}
}

// Nobody but the configured provider is called, whatever it says, and no answer of it is
// without bounds.
func TestProviderIsKeptWithinBounds(t *testing.T) {
	t.Parallel()
	stranger := apitest.NewIdentityProvider(t, now)
	tests := map[string]func(p *apitest.IdentityProvider){
		"token endpoint of a stranger": func(p *apitest.IdentityProvider) { p.Metadata["token_endpoint"] = stranger.URL + "/token" },
		"keys of a stranger":           func(p *apitest.IdentityProvider) { p.Metadata["jwks_uri"] = stranger.URL + "/jwks" },
		"page of a stranger":           func(p *apitest.IdentityProvider) { p.Metadata["authorization_endpoint"] = stranger.URL + "/authorize" },
		"address that runs something":  func(p *apitest.IdentityProvider) { p.Metadata["authorization_endpoint"] = "javascript:alert(1)" },
		"another issuer":               func(p *apitest.IdentityProvider) { p.Metadata["issuer"] = "https://another.example" },
		"no client secret taken": func(p *apitest.IdentityProvider) {
			p.Metadata["token_endpoint_auth_methods_supported"] = []string{"private_key_jwt"}
		},
		"endless metadata": func(p *apitest.IdentityProvider) { p.Metadata["filler"] = strings.Repeat("x", 2<<20) },
		"metadata moved to a stranger": func(p *apitest.IdentityProvider) {
			p.Answer = movedTo(stranger.URL + "/.well-known/openid-configuration")
		},
		"metadata moved on the same host": func(p *apitest.IdentityProvider) { p.Answer = movedTo(p.URL + "/elsewhere") },
		"metadata that is no JSON":        func(p *apitest.IdentityProvider) { p.Answer = answered("<html>") },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := apitest.NewIdentityProvider(t, now)
			change(p)
			_, _, err := signin.New(publicURL, settings(t, p.URL, ""), now).Begin(t.Context(), "")
			wantCode(t, err, "identity_provider_unavailable")
			if err != nil && len(err.Error()) > 1000 {
				t.Errorf("the reason has %d characters", len(err.Error()))
			}
		})
	}
	t.Cleanup(func() {
		if calls := stranger.Calls("/token") + stranger.Calls("/jwks") + stranger.Calls("/.well-known/openid-configuration"); calls > 0 {
			t.Errorf("a stranger was called %d times", calls)
		}
	})
}

func movedTo(address string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, request *http.Request) bool {
		http.Redirect(w, request, address, http.StatusFound)
		return true
	}
}

func answered(text string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		_, err := w.Write([]byte(text))
		return err == nil
	}
}

// A provider that names a second host is allowed it by the settings.
func TestSecondHostOfAProvider(t *testing.T) {
	t.Parallel()
	p, second := apitest.NewIdentityProvider(t, now), apitest.NewIdentityProvider(t, now)
	second.Key = p.Key
	p.Metadata["jwks_uri"] = second.URL + "/jwks"
	host := strings.TrimPrefix(second.URL, "http://")
	s := signin.New(publicURL, settings(t, p.URL, `,"hosts":["`+host+`"]`), now)
	if _, err := signIn(t, p, s, nil); err != nil || second.Calls("/jwks") != 1 {
		t.Errorf("%d calls, %v", second.Calls("/jwks"), err)
	}
	if got := s.Origins(); len(got) != 2 {
		t.Errorf("origins %v", got)
	}
}

func TestExchangeThatBreaksIsNobodysFault(t *testing.T) {
	t.Parallel()
	p := apitest.NewIdentityProvider(t, now)
	p.Answer = func(w http.ResponseWriter, request *http.Request) bool {
		if request.URL.Path != "/token" {
			return false
		}
		http.Error(w, `{"error":"server_error","error_description":"about made-up-person"}`, http.StatusInternalServerError)
		return true
	}
	_, err := signIn(t, p, signin.New(publicURL, settings(t, p.URL, ""), now), nil)
	wantCode(t, err, "identity_provider_unavailable")
	if err != nil && strings.Contains(err.Error(), "made-up-person") {
		t.Errorf("the reason repeats the provider: %v", err)
	}
}

func TestUnknownProvider(t *testing.T) {
	t.Parallel()
	_, _, err := signin.New(publicURL, settings(t, "https://login.example", ""), now).Begin(t.Context(), "another")
	wantCode(t, err, "identity_provider_unknown")
}
