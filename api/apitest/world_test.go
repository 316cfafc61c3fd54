package apitest_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"skillstracker/api"
	"skillstracker/api/apitest"
	"skillstracker/api/signin"
	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/repository"
)

// The organisations of a world. All are synthetic.
const (
	ownCode         = "RXA"
	otherCode       = "RXB"
	predecessorCode = "RXP" // merged into RXA
	unknownCode     = "RZZ"
)

// world is a service in which three organisations hold data of every kind, and each
// value of a person, a team and a post says whose it is.
type world struct {
	service
	ids      map[string]string // an upload with findings and a kept file, by organisation or "nation"
	spare    map[string]string // an upload that a test may withdraw
	accepted map[domain.Role]shown
	sessions map[domain.Role]shown
	expired  shown
	revoked  shown
	signOut  shown // a session that was ended
}

// shown is a header by which a request shows who sends it.
type shown struct{ name, value string }

func (s shown) on(request *http.Request) {
	if s.name != "" {
		request.Header.Set(s.name, s.value)
	}
}

func bearer(token string) shown { return shown{"Authorization", "Bearer " + token} }

// canariesOf are parts of every value that only the organisation's own people may see.
func canariesOf(organisation string) []string {
	letter := organisation[2:]
	// Ids that are drawn, of letters and the digits 2 to 7, never look like these.
	return []string{"ZQ80EN" + letter, "ZQ80TEAM" + letter, "ZQ80REF" + letter}
}

// personCanary is part of every employee number of an organisation.
func personCanary(organisation string) string { return canariesOf(organisation)[0] }

// personOf is somebody of an organisation.
func personOf(organisation string, n int) string {
	return fmt.Sprintf("%s%04d", personCanary(organisation), n)
}

func newWorld(t *testing.T, options ...func(*repository.Config)) world {
	t.Helper()
	w := world{service: newService(t, options...), ids: map[string]string{}, spare: map[string]string{}, accepted: map[domain.Role]shown{}, sessions: map[domain.Role]shown{}}
	w.letPeopleSignIn(t)
	admin := w.token(t, domain.RoleAdmin, domain.ScopeAll)
	register := func(edition, closed string) {
		t.Helper()
		w.want(t, http.StatusCreated, w.call(t, admin, http.MethodPost, "/api/v1/organisations/imports?as_of="+edition, csvType,
			[]byte(organisationsCSV+predecessorCode+",Trust P (synthetic),nhs_trust,Acute,Y60,QHL,,"+closed+",true\n")))
	}
	register("2026-01-31", "")
	for _, organisation := range []string{ownCode, otherCode, predecessorCode} {
		w.fill(t, organisation)
	}
	register("2026-11-01", "2026-10-31")
	w.want(t, http.StatusCreated, w.call(t, admin, http.MethodPost, "/api/v1/organisation-successions", csvType,
		[]byte("predecessor,successor,effective_on,action\n"+predecessorCode+","+ownCode+",2026-11-01,\n")))
	nation := func(level int) string {
		file := fmt.Sprintf("framework,framework_version,competence_code,level,valid_from\nhdc,2018,TEC,%d,2026-01-01\n", level)
		return w.stored(t, admin, "/api/v1/targets/uploads", []byte(file)).Id.String()
	}
	w.ids["nation"], w.spare["nation"] = nation(2), nation(3)
	for _, role := range domain.Roles() {
		kind, codes := domain.ScopeOrganisation, []string{ownCode}
		if role == domain.RoleAdmin {
			kind, codes = domain.ScopeAll, nil
		}
		w.accepted[role] = bearer(w.token(t, role, kind, codes...))
		w.sessions[role] = w.session(t, role, domain.Grant{Kind: kind, Codes: codes}, false)
	}
	w.expired, w.revoked = bearer(w.endedToken(t, true)), bearer(w.endedToken(t, false))
	w.signOut = w.session(t, domain.RoleHR, domain.Grant{Kind: domain.ScopeAll}, true)
	return w
}

// letPeopleSignIn makes the server one at which people sign in.
func (w *world) letPeopleSignIn(t *testing.T) {
	t.Helper()
	provider := apitest.NewIdentityProvider(t, w.clock)
	settings, err := signin.Read(fmt.Appendf(nil, `{"providers":[{"name":"test-1","title":"Test 1","issuer":%q,"client_id":%q,"client_secret_file":"x","assurance":{"claim":"acr","values":["aal2"]},
		"roles":{"claim":"roles","map":{"a":"admin","h":"hr","m":"manager","p":"planner","u":"auditor"}},"scope":{"claim":"ods","kind":"organisation"}}]}`,
		provider.URL, apitest.ClientID), func(string) (string, error) { return apitest.ClientSecret, nil })
	if err != nil {
		t.Fatal(err)
	}
	deps := w.deps()
	deps.SignIn = signin.New(peopleURL, settings, w.clock)
	if w.handler, err = api.New(deps); err != nil {
		t.Fatal(err)
	}
}

// session begins one of somebody whom an administrator gave a role.
func (w world) session(t *testing.T, role domain.Role, grant domain.Grant, ended bool) shown {
	t.Helper()
	clear, secret, err := domain.NewSecret()
	if err != nil {
		t.Fatal(err)
	}
	person := domain.UserID("https://made-up.example", fmt.Sprint(role, ended))
	administrator := domain.Actor{ID: "world", Role: domain.RoleAdmin, RequestID: "world"}
	if _, err := w.store.SetUser(t.Context(), administrator, domain.User{ID: person, Role: role, Grant: grant, GrantedAt: w.clock()}); err != nil {
		t.Fatal(err)
	}
	err = w.store.StartSession(t.Context(), domain.NewSession{Secret: secret, UserID: person, Provider: "test-1", SID: clear, At: w.clock()}, nil, "world")
	if err == nil && ended {
		err = w.store.EndSession(t.Context(), secret, w.clock(), "world")
	}
	if err != nil {
		t.Fatal(err)
	}
	return shown{"Cookie", "__Host-skt=" + clear}
}

// fill sends files of every kind of an organisation.
func (w world) fill(t *testing.T, organisation string) {
	t.Helper()
	hr := w.token(t, domain.RoleHR, domain.ScopeOrganisation, organisation)
	letter := organisation[2:]
	var staff, assessments strings.Builder
	staff.WriteString("employee_number,staff_group,band,fte,team,as at\n")
	assessments.WriteString("employee_number,assessed_on,CCP,TLS,IDM,CIS,TEC,DIW\n")
	for n := range 12 {
		fmt.Fprintf(&staff, "%s,03,5,0.8,ZQ80TEAM%s ward %d,2026-10-31\n", personOf(organisation, n), letter, n%2)
		fmt.Fprintf(&assessments, "%s,2026-10-05,%d,2,2,1,3,2\n", personOf(organisation, n), n%5)
	}
	path := "/api/v1/organisations/" + organisation + "/uploads?kind="
	w.stored(t, hr, path+"staff", []byte(staff.String()))
	w.ids[organisation] = w.stored(t, hr, path+"assessments", []byte(assessments.String())).Id.String()
	w.stored(t, hr, path+"vacancies", []byte(vacanciesCSV))
	w.stored(t, hr, path+"position_vacancies", fmt.Appendf(nil,
		"vacancy_reference,staff_group,band,team,posts,fte,opened_on\nZQ80REF%s1,03,5,ZQ80TEAM%s ward 1,2,2,2026-10-01\n", letter, letter))
	w.stored(t, hr, path+"targets", []byte("framework,framework_version,competence_code,level,valid_from\nhdc,2018,CCP,3,2026-01-01\n"))
	w.spare[organisation] = w.stored(t, hr, path+"vacancies", []byte("as_at,staff_group,band,budgeted_fte\n2026-09-30,03,5,17\n")).Id.String()
}

// endedToken makes a token of HR of everything that has expired or was revoked.
func (w world) endedToken(t *testing.T, expired bool) string {
	t.Helper()
	clear, id, secret, err := domain.NewToken()
	if err != nil {
		t.Fatal(err)
	}
	stored := domain.StoredToken{
		ID: id, Secret: secret, Role: domain.RoleHR, Grant: domain.Grant{Kind: domain.ScopeOrganisation, Codes: []string{ownCode}},
		CreatedAt: w.clock().AddDate(0, 0, -2), ExpiresAt: w.clock().AddDate(0, 0, 2),
	}
	if expired {
		stored.ExpiresAt = w.clock()
	}
	if err := w.owner.CreateToken(t.Context(), stored); err != nil {
		t.Fatal(err)
	}
	if !expired {
		if err := w.owner.RevokeToken(t.Context(), id, w.clock()); err != nil {
			t.Fatal(err)
		}
	}
	return clear
}

// plain is what an answer says, with the parts of a workbook unpacked, and its headers.
func plain(t *testing.T, answer *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	var all strings.Builder
	fmt.Fprintln(&all, answer.Header)
	if !bytes.HasPrefix(body, []byte("PK")) {
		all.Write(body)
		return all.String()
	}
	parts, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range parts.File {
		opened, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, opened); err != nil { //nolint:gosec // a workbook of this service
			t.Fatal(err)
		}
		if err := opened.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// problemCode is the code of a problem document, or empty.
func problemCode(body string) string {
	_, document, found := strings.Cut(body, "\n")
	if !found || !strings.HasPrefix(document, "{") {
		return ""
	}
	var problem spec.Problem
	if json.Unmarshal([]byte(document), &problem) != nil {
		return ""
	}
	return problem.Code
}
