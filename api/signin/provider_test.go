package signin_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"skillstracker/api/apitest"
	"skillstracker/api/signin"
)

const discovery = "/.well-known/openid-configuration"

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

// A provider that answers late and wrongly is left alone from the end of the call on, or
// everybody would wait for it one after the other.
func TestPauseBeginsWhenTheProviderHasFailed(t *testing.T) {
	t.Parallel()
	var passed atomic.Int64
	p := apitest.NewIdentityProvider(t, now)
	p.Answer = func(w http.ResponseWriter, _ *http.Request) bool {
		passed.Add(int64(10 * time.Second))
		http.Error(w, "out of order", http.StatusBadGateway)
		return true
	}
	s := signin.New(publicURL, settings(t, p.URL, ""), func() time.Time { return now().Add(time.Duration(passed.Load())) })
	for range 3 {
		_, _, err := s.Begin(t.Context(), "")
		wantCode(t, err, "identity_provider_unavailable")
	}
	if calls := p.Calls(discovery); calls != 1 {
		t.Errorf("asked %d times", calls)
	}
}

// While one asks a provider that hangs, others wait no longer than they like, and not at
// all where it is known what the provider said before.
func TestOneAsksAProviderThatHangs(t *testing.T) {
	t.Parallel()
	for name, known := range map[string]bool{"first time": false, "again": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := &clock{now()}
			p := apitest.NewIdentityProvider(t, now)
			s := signin.New(publicURL, settings(t, p.URL, ""), at.now)
			var hangs atomic.Bool
			asked, answer, begun := make(chan struct{}), make(chan struct{}), make(chan error, 1)
			release := sync.OnceFunc(func() { close(answer) })
			defer release()
			p.Answer = func(http.ResponseWriter, *http.Request) bool {
				if hangs.Load() {
					asked <- struct{}{}
					<-answer
				}
				return false
			}
			if known {
				begin(t, s)
				at.Time = at.Add(2 * time.Hour)
			}
			hangs.Store(true)
			go func() {
				_, _, err := s.Begin(t.Context(), "")
				begun <- err
			}()
			<-asked
			gone, hangUp := context.WithCancel(t.Context())
			hangUp()
			_, _, err := s.Begin(gone, "")
			if !known && !errors.Is(err, context.Canceled) || known && err != nil {
				t.Errorf("another gets %v", err)
			}
			select {
			case err := <-begun:
				t.Fatalf("another waited until the first got %v", err)
			default:
			}
			hangs.Store(false)
			release()
			if err := <-begun; err != nil {
				t.Error(err)
			}
			begin(t, s)
			if calls := p.Calls(discovery); calls > 2 || !known && calls > 1 {
				t.Errorf("asked %d times", calls)
			}
		})
	}
}

// Keys that cannot be had are no fault of a token.
func TestProviderWithoutKeys(t *testing.T) {
	t.Parallel()
	broken := map[string]func(w http.ResponseWriter){
		"an error": func(w http.ResponseWriter) {
			http.Error(w, strings.Repeat("out of order ", 5000), http.StatusBadGateway)
		},
		"no keys":       func(w http.ResponseWriter) { _, _ = w.Write([]byte("<html>")) },
		"no connection": func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
	}
	for name, fail := range broken {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := apitest.NewIdentityProvider(t, now)
			s := signin.New(publicURL, settings(t, p.URL, ""), now)
			var works atomic.Bool
			p.Answer = func(w http.ResponseWriter, request *http.Request) bool {
				if works.Load() || request.URL.Path != "/jwks" {
					return false
				}
				fail(w)
				return true
			}
			_, err := signIn(t, p, s, nil)
			wantCode(t, err, "identity_provider_unavailable")
			if err != nil && len(err.Error()) > 1000 {
				t.Errorf("the reason has %d characters", len(err.Error()))
			}
			_, err = s.Logout(t.Context(), p.Sign(p.LogoutClaims()))
			wantCode(t, err, "identity_provider_unavailable")
			works.Store(true)
			if _, err := signIn(t, p, s, nil); err != nil {
				t.Error(err)
			}
			if _, err := s.Logout(t.Context(), p.Sign(p.LogoutClaims())); err != nil {
				t.Error(err)
			}
		})
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
