package api_test

import (
	"fmt"
	"hash/crc32"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"skillstracker/api"
	"skillstracker/domain"
)

// limited is a service with rates and a clock that a test moves.
type limited struct {
	*service
	at time.Time
}

func newLimited(t *testing.T, rates api.Rates, proxies ...string) *limited {
	t.Helper()
	l := &limited{at: now}
	l.service = newService(t, func(deps *api.Deps) {
		deps.Rates, deps.Clock = rates, func() time.Time { return l.at }
		for _, proxy := range proxies {
			deps.TrustedProxies = append(deps.TrustedProxies, netip.MustParsePrefix(proxy))
		}
	})
	return l
}

// from asks who a token's caller is from an address, in forwarded also as a proxy says.
func (l *limited) from(address, token string, forwarded ...string) answer {
	l.Helper()
	request := httptest.NewRequestWithContext(l.Context(), http.MethodGet, "/api/v1/me", http.NoBody)
	request.RemoteAddr = address
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	for _, header := range forwarded {
		request.Header.Add("X-Forwarded-For", header)
	}
	return l.send(request)
}

// unknown is a well-formed token that nobody has.
func (l *limited) unknown() string {
	l.Helper()
	shown, _, _, err := domain.NewToken()
	if err != nil {
		l.Fatal(err)
	}
	return shown
}

// refused checks a refusal and returns after how many seconds to ask again.
func (a answer) refused() int {
	a.Helper()
	a.problem(http.StatusTooManyRequests, "rate_limited")
	seconds, err := strconv.Atoi(a.header.Get("Retry-After"))
	if err != nil || seconds < 1 || seconds > 60 {
		a.Errorf("Retry-After is %q", a.header.Get("Retry-After"))
	}
	return seconds
}

func TestACallerWhoAsksTooOftenWaits(t *testing.T) {
	t.Parallel()
	l := newLimited(t, api.Rates{Requests: 120})
	for range 30 {
		l.get(domain.RoleHR, "/api/v1/me").ok(http.StatusOK)
	}
	wait := l.get(domain.RoleHR, "/api/v1/me").refused()
	// What is refused for its role counts as well; others are not concerned.
	l.get(domain.RoleManager, "/api/v1/me").ok(http.StatusOK)
	for range 29 {
		l.get(domain.RoleManager, "/api/v1/tokens").problem(http.StatusForbidden, "role_not_allowed")
	}
	l.get(domain.RoleManager, "/api/v1/tokens").refused()
	l.at = l.at.Add(time.Duration(wait) * time.Second)
	for range 2 * wait {
		l.get(domain.RoleHR, "/api/v1/me").ok(http.StatusOK)
	}
	l.get(domain.RoleHR, "/api/v1/me").refused()
	l.get("", "/healthz").ok(http.StatusOK)
}

func TestHeavyWorkHasALimitOfItsOwn(t *testing.T) {
	t.Parallel()
	l := newLimited(t, api.Rates{Heavy: 40})
	upload := func() answer {
		return l.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV), "Content-Type", "text/csv")
	}
	for range 20 {
		upload().ok(http.StatusCreated)
	}
	upload().refused()
	l.get(domain.RoleHR, "/api/v1/reports/vacancies.xlsx?organisation=RRK").refused()
	for range 50 {
		l.get(domain.RoleHR, "/api/v1/me").ok(http.StatusOK)
	}
	l.at = l.at.Add(2 * time.Second)
	upload().ok(http.StatusCreated)
	upload().refused()
}

func TestWrongCredentialsAreRefusedBeforeTheyAreLookedUp(t *testing.T) {
	t.Parallel()
	l := newLimited(t, api.Rates{Failures: 60})
	const guesser, stranger = "192.0.2.7:4711", "192.0.2.8:4711"
	l.from(guesser, l.tokens[domain.RoleHR]).ok(http.StatusOK)
	for range 20 {
		l.from(guesser, l.unknown()).problem(http.StatusUnauthorized, "token_not_accepted")
	}
	before := l.lookups
	for range 5 {
		l.from(guesser, l.unknown()).refused()
		l.from(guesser, l.tokens[domain.RolePlanner]).refused()
		l.from(guesser, "nonsense").refused()
	}
	if l.lookups != before {
		t.Errorf("%d look-ups for refused requests", l.lookups-before)
	}
	// One who was let in from there not long ago still is, wherever else nobody is
	// concerned, and asking without a token tells how to show one.
	l.from(guesser, l.tokens[domain.RoleHR]).ok(http.StatusOK)
	l.from(guesser, "").problem(http.StatusUnauthorized, "token_missing")
	l.from(stranger, l.tokens[domain.RolePlanner]).ok(http.StatusOK)
	// The guess of another secret for the id of an accepted token is no accepted token.
	id, _, _ := domain.ParseToken(l.tokens[domain.RoleHR])
	l.from(guesser, withID(t, l.unknown(), id)).refused()
	l.at = l.at.Add(time.Second)
	l.from(guesser, l.unknown()).problem(http.StatusUnauthorized, "token_not_accepted")
	l.from(guesser, l.unknown()).refused()
	// An accepted token that was revoked since is a wrong one.
	token := l.stored[id]
	token.RevokedAt = &l.at
	l.stored[id] = token
	l.from(guesser, l.tokens[domain.RoleHR]).problem(http.StatusUnauthorized, "token_not_accepted")
	l.from(guesser, l.tokens[domain.RoleHR]).refused()
}

// withID puts the id of another token into a token and mends its checksum.
func withID(t *testing.T, token, id string) string {
	t.Helper()
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	body := "skt_live_" + id + token[len("skt_live_")+10:len(token)-6]
	sum := make([]byte, 6)
	for rest, i := crc32.ChecksumIEEE([]byte(body)), len(sum)-1; i >= 0; i-- {
		sum[i], rest = digits[rest%62], rest/62
	}
	forged := body + string(sum)
	if got, _, ok := domain.ParseToken(forged); !ok || got != id {
		t.Fatalf("%q is no token of the id %s", forged, id)
	}
	return forged
}

func TestAnAcceptedTokenIsRememberedForADay(t *testing.T) {
	t.Parallel()
	l := newLimited(t, api.Rates{Failures: 20})
	const guesser = "192.0.2.7:4711"
	guess := func() {
		t.Helper()
		for range 20 {
			l.from(guesser, l.unknown()).problem(http.StatusUnauthorized, "token_not_accepted")
		}
		l.from(guesser, l.unknown()).refused()
	}
	token := l.token(domain.RoleHR, domain.Grant{Kind: domain.ScopeAll}, func(stored *domain.StoredToken) { stored.ExpiresAt = now.AddDate(0, 0, 9) })
	l.from(guesser, token).ok(http.StatusOK)
	l.at = l.at.Add(24*time.Hour - time.Second)
	guess()
	l.from(guesser, token).ok(http.StatusOK)
	l.at = l.at.Add(24 * time.Hour)
	guess()
	l.from(guesser, token).refused()
}

func TestRequestsWithoutCredentialsHaveALimit(t *testing.T) {
	t.Parallel()
	l := newLimited(t, api.Rates{Failures: 60})
	for range 150 {
		l.from("192.0.2.7:1", "").problem(http.StatusUnauthorized, "token_missing")
	}
	l.from("192.0.2.7:1", "").refused()
	l.from("192.0.2.7:2", l.tokens[domain.RoleHR]).ok(http.StatusOK)
}

// The count is of a whole /64, which is one customer's, and of one IPv4 address however
// it is written.
func TestAddressesThatCountAsOne(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		address func(i int) string
		one     bool
	}{
		"ports":               {func(i int) string { return fmt.Sprintf("192.0.2.7:%d", 1000+i) }, true},
		"a /64":               {func(i int) string { return fmt.Sprintf("[2001:db8:0:1::%x]:1", i) }, true},
		"zones":               {func(i int) string { return fmt.Sprintf("[fe80::%x%%eth%d]:1", i, i) }, true},
		"other IPv4":          {func(i int) string { return fmt.Sprintf("192.0.2.%d:1", i) }, false},
		"other /64":           {func(i int) string { return fmt.Sprintf("[2001:db8:0:%x::1]:1", i) }, false},
		"an IPv4 in IPv6":     {func(i int) string { return fmt.Sprintf("[::ffff:192.0.2.%d]:1", i) }, false},
		"nothing to be named": {func(int) string { return "" }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLimited(t, api.Rates{Failures: 60})
			for i := range 20 {
				l.from(test.address(i), l.unknown()).problem(http.StatusUnauthorized, "token_not_accepted")
			}
			got := l.from(test.address(21), l.unknown())
			if refused := got.status == http.StatusTooManyRequests; refused != test.one {
				t.Errorf("the next is answered %d", got.status)
			}
		})
	}
}

// A header that anybody can write gives nobody another address.
func TestForwardedAddresses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		proxies   []string
		peer      string
		forwarded func(i int) []string
		one       bool
	}{
		"no proxy is named":              {nil, "192.0.2.7:1", func(i int) []string { return []string{fmt.Sprintf("203.0.113.%d", i)} }, true},
		"the peer is no proxy":           {[]string{"10.1.2.0/24"}, "192.0.2.7:1", func(i int) []string { return []string{fmt.Sprintf("203.0.113.%d", i)} }, true},
		"this machine is no proxy":       {[]string{"10.1.2.0/24"}, "127.0.0.1:1", func(i int) []string { return []string{fmt.Sprintf("203.0.113.%d", i)} }, true},
		"a private network is no proxy":  {[]string{"10.1.2.0/24"}, "10.9.9.9:1", func(i int) []string { return []string{fmt.Sprintf("203.0.113.%d", i)} }, true},
		"a proxy tells callers apart":    {[]string{"10.1.2.0/24"}, "10.1.2.3:1", func(i int) []string { return []string{fmt.Sprintf("203.0.113.%d", i)} }, false},
		"a caller wrote it before":       {[]string{"10.1.2.0/24"}, "10.1.2.3:1", func(i int) []string { return []string{fmt.Sprintf("203.0.113.%d, 198.51.100.9", i)} }, true},
		"in a header of its own":         {[]string{"10.1.2.0/24"}, "10.1.2.3:1", func(i int) []string { return []string{fmt.Sprintf("203.0.113.%d", i), "198.51.100.9"} }, true},
		"a caller pretends to be one":    {[]string{"10.1.2.0/24"}, "10.1.2.3:1", func(i int) []string { return []string{fmt.Sprintf("203.0.113.%d, 198.51.100.9, 10.1.2.4", i)} }, true},
		"two proxies tell callers apart": {[]string{"10.1.2.0/24", "2001:db8:5::/48"}, "[2001:db8:5::1]:1", func(i int) []string { return []string{fmt.Sprintf("203.0.113.%d, 10.1.2.4", i)} }, false},
		"nonsense behind a proxy":        {[]string{"10.1.2.0/24"}, "10.1.2.3:1", func(i int) []string { return []string{fmt.Sprintf("nonsense%d", i)} }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLimited(t, api.Rates{Failures: 60}, test.proxies...)
			for i := range 20 {
				l.from(test.peer, l.unknown(), test.forwarded(i)...).problem(http.StatusUnauthorized, "token_not_accepted")
			}
			got := l.from(test.peer, l.unknown(), test.forwarded(21)...)
			if refused := got.status == http.StatusTooManyRequests; refused != test.one {
				t.Errorf("the next is answered %d", got.status)
			}
			for _, text := range []string{"192.0.2.", "203.0.113.", "198.51.100.", "10.1.2.", "2001:db8", "nonsense"} {
				if strings.Contains(l.logs.String(), text) {
					t.Errorf("an address with %q was logged", text)
				}
			}
		})
	}
}

func TestNoRateNoLimit(t *testing.T) {
	t.Parallel()
	l := newLimited(t, api.Rates{})
	for range 400 {
		l.from("192.0.2.7:1", l.unknown()).problem(http.StatusUnauthorized, "token_not_accepted")
		l.get(domain.RoleHR, "/api/v1/me").ok(http.StatusOK)
	}
}
