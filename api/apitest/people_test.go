package apitest_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"skillstracker/api"
	"skillstracker/api/apitest"
	"skillstracker/api/signin"
	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/repository"
)

// peopleURL is where people reach the server of these tests.
const peopleURL = "https://skills.example"

// movedClock is a clock that a test moves.
type movedClock struct{ at time.Time }

func (c *movedClock) now() time.Time { return c.at }

func (c *movedClock) pass(d time.Duration) { c.at = c.at.Add(d) }

// people is the whole server with an identity provider.
type people struct {
	service
	provider *apitest.IdentityProvider
	clock    *movedClock
	admin    string
}

// newPeople makes a server at which people sign in; more is put into the settings of the
// provider.
func newPeople(t *testing.T, more string) people {
	t.Helper()
	clock := &movedClock{now()}
	p := people{clock: clock, provider: apitest.NewIdentityProvider(t, clock.now)}
	p.service = newService(t, func(cfg *repository.Config) { cfg.Clock = clock.now })
	p.rebuild(t, more, 1)
	p.admin = p.token(t, domain.RoleAdmin, domain.ScopeAll)
	return p
}

// rebuild makes the server anew, with so many names for the one provider, and changed.
func (p *people) rebuild(t *testing.T, more string, providers int, changes ...func(*api.Deps)) {
	t.Helper()
	var described []string
	for i := range providers {
		described = append(described, fmt.Sprintf(`{"name":"test-%d","title":"Test %d","issuer":"%s","client_id":"%s","client_secret_file":"x","assurance":{"claim":"acr","values":["aal2"]}%s}`,
			i+1, i+1, p.provider.URL, apitest.ClientID+strings.Repeat("-", i), more))
	}
	settings, err := signin.Read([]byte(`{"providers":[`+strings.Join(described, ",")+`]}`), func(string) (string, error) { return apitest.ClientSecret, nil })
	if err != nil {
		t.Fatal(err)
	}
	deps := p.deps()
	deps.SignIn = signin.New(peopleURL, settings, p.clock.now)
	deps.FormTargets = deps.SignIn.Origins()
	for _, change := range changes {
		change(&deps)
	}
	if p.handler, err = api.New(deps); err != nil {
		t.Fatal(err)
	}
}

// person is who the provider says that somebody is.
func (p people) person() string { return domain.UserID(p.provider.URL, "made-up-person") }

// browser is a browser with its cookies. Every answer is checked against the contract.
type browser struct {
	people
	cookies map[string]string
	set     map[string]*http.Cookie // as last set
}

func (p people) browser() *browser {
	return &browser{people: p, cookies: make(map[string]string), set: make(map[string]*http.Cookie)}
}

// send sends a request as the browser does and keeps the cookies of the answer.
func (b *browser) send(t *testing.T, method, path string, form url.Values, headers ...string) *http.Response {
	t.Helper()
	body := io.Reader(http.NoBody)
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	request := httptest.NewRequestWithContext(t.Context(), method, path, body)
	request.Host = strings.TrimPrefix(peopleURL, "https://")
	request.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.cookies {
		request.Header.Add("Cookie", name+"="+value)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer := b.contract.Serve(t, b.handler, request)
	for _, cookie := range answer.Cookies() {
		b.set[cookie.Name] = cookie
		if b.cookies[cookie.Name] = cookie.Value; cookie.MaxAge < 0 {
			delete(b.cookies, cookie.Name)
		}
	}
	return answer
}

func (b *browser) get(t *testing.T, path string) *http.Response {
	t.Helper()
	return b.send(t, http.MethodGet, path, nil)
}

// wantPage wants a page of a status that holds texts.
func (b *browser) wantPage(t *testing.T, status int, answer *http.Response, texts ...string) string {
	t.Helper()
	page := string(b.want(t, status, answer))
	if kind := answer.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/html") {
		t.Errorf("the answer is %s", kind)
	}
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page lacks %q:\n%s", text, page)
		}
	}
	return page
}

// toProvider begins a sign-in and returns where the provider sends the browser back to.
func (b *browser) toProvider(t *testing.T, path string) string {
	t.Helper()
	answer := b.get(t, path)
	b.want(t, http.StatusSeeOther, answer)
	back := b.provider.Visit(answer.Header.Get("Location"))
	if got := back.Scheme + "://" + back.Host; got != peopleURL {
		t.Fatalf("the provider sends back to %s", got)
	}
	return back.RequestURI()
}

// signIn goes the whole way and returns the last answer.
func (b *browser) signIn(t *testing.T) *http.Response {
	t.Helper()
	return b.get(t, b.toProvider(t, "/sign-in"))
}

// signedIn makes a person of a role with a session.
func (p people) signedIn(t *testing.T, role, scope string, codes ...string) *browser {
	t.Helper()
	p.give(t, role, scope, codes...)
	b := p.browser()
	b.want(t, http.StatusSeeOther, b.signIn(t))
	return b
}

// give gives the person of the provider a role.
func (p people) give(t *testing.T, role, scope string, codes ...string) spec.User {
	t.Helper()
	document := fmt.Sprintf(`{"role":%q,"scope":%q}`, role, scope)
	if len(codes) > 0 {
		document = fmt.Sprintf(`{"role":%q,"scope":%q,"codes":["%s"]}`, role, scope, strings.Join(codes, `","`))
	}
	return decode[spec.User](t, p.want(t, http.StatusOK, p.call(t, p.admin, http.MethodPut, "/api/v1/users/"+p.person(), jsonType, []byte(document))))
}

// me asks who the browser is taken for, with the status that is wanted.
func (b *browser) me(t *testing.T, status int) spec.Caller {
	t.Helper()
	body := b.want(t, status, b.get(t, "/api/v1/me"))
	if status != http.StatusOK {
		if problem := decode[spec.Problem](t, body); problem.Code != "session_ended" && problem.Code != "token_missing" {
			t.Errorf("problem %s", problem.Code)
		}
		return spec.Caller{}
	}
	return decode[spec.Caller](t, body)
}

// events are what the audit trail says of the system, oldest first, from the time on at
// which people were made.
func (p people) events(t *testing.T, operations ...string) []string {
	t.Helper()
	rows, err := p.database.Admin(t).QueryContext(t.Context(), `SELECT concat_ws(' ', actor, nullif(role, '-'), operation, object, outcome) FROM audit_event
		WHERE organisation IS NULL ORDER BY sequence`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var events []string
	for rows.Next() {
		var event string
		if err := rows.Scan(&event); err != nil {
			t.Fatal(err)
		}
		for _, operation := range operations {
			if strings.Contains(event, operation) {
				events = append(events, event)
				break
			}
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return events
}

// value is the one value that a question to the database gives.
func (p people) value(t *testing.T, question string) string {
	t.Helper()
	var value string
	if err := p.database.Admin(t).QueryRowContext(t.Context(), question).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}
