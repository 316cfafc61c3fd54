package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"skillstracker/api"
)

// anonymous sends a request without a credential from an address.
func (l *limited) anonymous(address, method, target, body string, headers ...string) answer {
	l.Helper()
	request := httptest.NewRequestWithContext(l.Context(), method, target, strings.NewReader(body))
	request.RemoteAddr = address
	if body != "" {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return l.send(request)
}

// Messages of a provider and links that are wrong are counted apart from tokens, so that
// neither locks the other out, and keep nobody from signing in.
func TestMessagesOfSigningInThatFailHaveALimit(t *testing.T) {
	t.Parallel()
	l := newLimited(t, api.Rates{Failures: 60})
	message := func(address string) answer {
		return l.anonymous(address, http.MethodPost, "/sign-in/back-channel-logout", "logout_token=made-up")
	}
	link := "/first-administrator?link=" + strings.Repeat("A", 43)
	for range 10 {
		message("192.0.2.7:1").problem(http.StatusNotFound, "sign_in_not_configured")
		l.anonymous("192.0.2.7:1", http.MethodGet, link, "").problem(http.StatusNotFound, "sign_in_not_configured")
	}
	message("192.0.2.7:1").refused()
	l.anonymous("192.0.2.7:1", http.MethodGet, link, "").refused()
	l.anonymous("192.0.2.7:1", http.MethodPost, "/first-administrator", link[strings.Index(link, "link="):]).refused()
	l.anonymous("192.0.2.7:1", http.MethodGet, "/sign-in", "").problem(http.StatusNotFound, "sign_in_not_configured")
	l.from("192.0.2.7:1", l.unknown()).problem(http.StatusUnauthorized, "token_not_accepted")
	message("192.0.2.8:1").problem(http.StatusNotFound, "sign_in_not_configured")
	for range 20 {
		l.from("192.0.2.9:1", l.unknown()).problem(http.StatusUnauthorized, "token_not_accepted")
	}
	l.from("192.0.2.9:1", l.unknown()).refused()
	message("192.0.2.9:1").problem(http.StatusNotFound, "sign_in_not_configured")
}

// People behind one address whose provider fails go on to sign in; there is a limit all
// the same.
func TestWaysBackThatFailLockNobodyOut(t *testing.T) {
	t.Parallel()
	l := newLimited(t, api.Rates{Failures: 60})
	back := func() answer {
		return l.anonymous("192.0.2.7:1", http.MethodGet, "/sign-in/callback?state=made-up&code=made-up", "")
	}
	for range 150 {
		back().problem(http.StatusNotFound, "sign_in_not_configured")
	}
	back().refused()
	l.at = l.at.Add(time.Second)
	for range 10 {
		back().problem(http.StatusNotFound, "sign_in_not_configured")
	}
	back().refused()
}

// Cookies that somebody makes up do not keep the database busy.
func TestSignOutsHaveALimit(t *testing.T) {
	t.Parallel()
	l := newLimited(t, api.Rates{Failures: 60})
	leave := func() answer {
		return l.anonymous("192.0.2.7:1", http.MethodPost, "/sign-out", "", "Cookie", "__Host-skt="+strings.Repeat("A", 43))
	}
	for range 150 {
		leave().problem(http.StatusNotFound, "sign_in_not_configured")
	}
	leave().refused()
}
