package apitest_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"skillstracker/api/apitest"
	"skillstracker/domain"
)

// whose says how an operation names the organisation whose things it is about.
type whose int

const (
	nobodys  whose = iota // it is about no organisation's things
	registry              // it names an organisation of the public registry
	inPath                // the organisation stands in the path
	ofUpload              // the upload is an organisation's
	inFilter              // a parameter narrows the question to an organisation
	ofNation              // the upload is the nation's
)

// place is where an operation stands in the matrix.
type place struct {
	roles  string // who may ask
	of     whose
	writes bool
	// blind are roles that may ask and see no organisation's figures (DESIGN 8).
	blind string
	// wide are roles of this test whose scope is everything and which see it: the aims of
	// organisations, which are about nobody.
	wide string
}

const (
	everyRole = "admin hr manager planner auditor"
	seeing    = "hr manager planner"
)

// places holds every operation of the contract that asks for a credential.
func places() map[string]place {
	all := map[string]place{}
	put := func(p place, operations string) {
		for operation := range strings.FieldsSeq(operations) {
			all[operation] = p
		}
	}
	put(place{roles: everyRole}, `getHome getCaller listOrganisations getReferenceLists listFindingCodes listUploadColumns getTemplate
		listFrameworks getFramework getFrameworkTemplate listCrosswalks getCrosswalk
		getVacancyTotalsCsvMetadata getPositionTotalsCsvMetadata getDigitalLiteracyTotalsCsvMetadata
		getWorkforceTotalsCsvMetadata getDigitalWorkforceTotalsCsvMetadata`)
	put(place{roles: everyRole, of: registry}, `getOrganisation listSuccessions`)
	put(place{roles: everyRole, of: inFilter, blind: "admin auditor"}, `getVacancyTotals getVacancyTotalsCsv getPositionTotals getPositionTotalsCsv
		getDigitalLiteracyTotals getDigitalLiteracyTotalsCsv getWorkforceTotals getWorkforceTotalsCsv
		getDigitalWorkforceTotals getDigitalWorkforceTotalsCsv`)
	put(place{roles: everyRole, of: inFilter, wide: "admin"}, `listTargets`)
	put(place{roles: "admin"}, `getMetrics listTokens listUsers listNationalUploads`)
	put(place{roles: "admin", writes: true}, `importOrganisations publishFramework publishCrosswalk importSuccessions
		createNationalUpload createToken revokeToken setUser removeUser endUserSessions`)
	put(place{roles: "admin", of: registry, writes: true}, `setReportingStart`)
	put(place{roles: "admin", of: ofNation}, `getNationalUpload getNationalUploadFile getNationalUploadFindingsCsv
		getNationalUploadFindingsXlsx listNationalUploadFindings`)
	put(place{roles: "admin", of: ofNation, writes: true}, `voidNationalUpload`)
	put(place{roles: seeing, of: inFilter}, `getReport exportVacanciesCsv exportVacanciesXlsx`)
	put(place{roles: "hr", of: inFilter}, `getPeopleReport exportPeople`)
	put(place{roles: "hr", of: inPath}, `getOrganisationData listUploads getPersonRecord getPersonRecordCsv`)
	put(place{roles: "hr", of: inPath, writes: true}, `createUpload erasePerson restrictPerson`)
	put(place{roles: "hr", of: ofUpload}, `getUpload getUploadFile getUploadFindingsCsv getUploadFindingsXlsx listUploadFindings`)
	put(place{roles: "hr", of: ofUpload, writes: true}, `voidUpload`)
	put(place{roles: "auditor", of: inFilter}, `listAuditEvents exportAuditEvents`)
	return all
}

// Every operation of the contract meets every role with its own, its predecessor's and
// another's things. A new operation fails until it is placed.
func TestOperationsRolesAndOrganisations(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crosswalk(t)
	placed := places()
	var order []apitest.Operation
	for _, operation := range w.contract.Operations() {
		_, found := placed[operation.ID]
		if found == operation.Public {
			t.Errorf("%s must either be open to everybody or stand in the matrix", operation.ID)
		}
		delete(placed, operation.ID)
		order = append(order, operation)
	}
	for operation := range placed {
		t.Errorf("%s is in the matrix and not in the contract", operation)
	}
	if t.Failed() {
		return
	}
	placed = places()
	// What changes something comes last, so that there is something to read before.
	slices.SortStableFunc(order, func(a, b apitest.Operation) int {
		rank := map[bool]int{true: 1}
		return rank[placed[a.ID].writes] - rank[placed[b.ID].writes]
	})
	for _, operation := range order {
		if operation.Public {
			continue
		}
		p := placed[operation.ID]
		w.withoutCredentials(t, operation, p)
		for _, role := range domain.Roles() {
			w.meets(t, operation, p, role)
		}
	}
	w.foreignNowhere(t, "the log", w.log.String())
	if strings.Contains(w.log.String(), personCanary(ownCode)) {
		t.Error("the log holds employee numbers")
	}
}

// crosswalk publishes one that can be asked for.
func (w world) crosswalk(t *testing.T) {
	t.Helper()
	_, document := documentOf("publishCrosswalk", "")
	w.want(t, http.StatusCreated, w.call(t, w.token(t, domain.RoleAdmin, domain.ScopeAll), http.MethodPost, "/api/v1/crosswalks", jsonType,
		bytes.ReplaceAll([]byte(document), []byte("made-up-2"), []byte("made-up"))))
}

// asks sends a question.
func (w world) asks(t *testing.T, operation apitest.Operation, p place, who shown, organisation string) (status int, said string) {
	t.Helper()
	request := w.question(t, operation, p, organisation)
	who.on(request)
	answer := w.contract.Serve(t, w.handler, request)
	said = plain(t, answer)
	if answer.StatusCode >= http.StatusInternalServerError {
		t.Errorf("%s about %s: %d\n%s", operation.ID, organisation, answer.StatusCode, lastLine(w.alarms()))
	}
	return answer.StatusCode, said
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

func (w world) foreignNowhere(t *testing.T, where, said string) {
	t.Helper()
	for _, canary := range canariesOf(otherCode) {
		if strings.Contains(said, canary) {
			t.Errorf("%s holds %s of %s", where, canary, otherCode)
		}
	}
}

func (w world) withoutCredentials(t *testing.T, operation apitest.Operation, p place) {
	t.Helper()
	for _, c := range []struct {
		who  shown
		code string
	}{
		{shown{}, "token_missing"},
		{w.expired, "token_not_accepted"},
		{w.revoked, "token_not_accepted"},
		{bearer("skt_live_x"), "token_mistyped"},
		{w.signOut, "session_ended"},
		{shown{"Cookie", "__Host-skt=x"}, "session_ended"},
	} {
		status, said := w.asks(t, operation, p, c.who, ownCode)
		if status != http.StatusUnauthorized || problemCode(said) != c.code {
			t.Errorf("%s with %.20s: %d %s, want %s", operation.ID, c.who.value, status, problemCode(said), c.code)
		}
		w.foreignNowhere(t, operation.ID, said)
	}
}

// changing matches what is another in every answer.
var changing = regexp.MustCompile(`request_id":"[^"]*"|X-Request-Id:\[[^\]]*\]|R[XZ][A-Z]`)

// meets has one role meet an operation.
func (w world) meets(t *testing.T, operation apitest.Operation, p place, role domain.Role) {
	t.Helper()
	may := slices.Contains(strings.Fields(p.roles), string(role))
	blind := slices.Contains(strings.Fields(p.blind), string(role))
	wide := slices.Contains(strings.Fields(p.wide), string(role))
	organisations := []string{otherCode, unknownCode, predecessorCode, ownCode}
	switch p.of {
	case nobodys:
		organisations = []string{ownCode}
	case ofNation:
		organisations = []string{ownCode, unknownCode, "nation"}
	case registry, inPath, ofUpload, inFilter:
	}
	others := ""
	for _, organisation := range organisations {
		// A session is good for what a token is good for.
		who := w.accepted[role]
		if organisation == ownCode || organisation == otherCode {
			who = w.sessions[role]
		}
		status, said := w.asks(t, operation, p, who, organisation)
		name := fmt.Sprintf("%s as %s about %s", operation.ID, role, organisation)
		w.foreignNowhere(t, name, said)
		for _, theirs := range []string{ownCode, predecessorCode} {
			if role != domain.RoleHR && strings.Contains(said, personCanary(theirs)) {
				t.Errorf("%s: the answer holds employee numbers", name)
			}
		}
		if operation.ID == "getPersonRecord" && may && organisation == ownCode && !strings.Contains(said, personCanary(ownCode)) {
			t.Errorf("%s: the search would find nothing", name)
		}
		want, code := http.StatusOK, ""
		switch {
		case !may:
			want, code = http.StatusForbidden, "role_not_allowed"
		case p.of == nobodys:
		case p.of == registry && organisation == unknownCode && operation.ID != "listSuccessions":
			want = http.StatusNotFound
		case p.of == registry:
		case p.of == ofNation && organisation != "nation":
			want = http.StatusNotFound
		case p.of == ofNation:
		case wide && organisation != unknownCode:
		case blind, organisation == otherCode, organisation == unknownCode:
			want = http.StatusNotFound
		case organisation == predecessorCode && p.writes:
			want, code = http.StatusForbidden, "read_only_predecessor"
		}
		switch {
		case want == http.StatusOK && (status < 200 || status > 299) && !w.empty(operation.ID, status):
			t.Errorf("%s: %d %s", name, status, problemCode(said))
		case want != http.StatusOK && status != want || code != "" && problemCode(said) != code:
			t.Errorf("%s: %d %s, want %d %s", name, status, problemCode(said), want, code)
		}
		// What is another's cannot be told from what does not exist.
		if want == http.StatusNotFound && p.of != registry {
			said = changing.ReplaceAllString(said, "")
			if others == "" {
				others = said
			}
			if said != others {
				t.Errorf("%s: the answer differs from that about another's:\n%s\n%s", name, said, others)
			}
		}
	}
}

// empty says that there is rightly nothing: the tokens and users of the questions do
// not exist.
func (w world) empty(operation string, status int) bool {
	return slices.Contains([]string{"revokeToken", "removeUser", "endUserSessions"}, operation) && status == http.StatusNotFound
}
