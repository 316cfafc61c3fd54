package apitest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// refused sends a body that is to be refused with 422 and returns the places of its faults.
func (s service) refused(t *testing.T, token, path, contentType, body, code string) []string {
	t.Helper()
	problem := decode[spec.Problem](t, s.want(t, http.StatusUnprocessableEntity, s.call(t, token, http.MethodPost, path, contentType, []byte(body))))
	if problem.Code != code {
		t.Errorf("code %s, want %s: %s", problem.Code, code, problem.Detail)
	}
	var places []string
	if problem.Errors != nil {
		for _, fault := range *problem.Errors {
			places = append(places, fault.Field)
		}
	}
	return places
}

const jsonType = "application/json"

func TestSuccessionsByCSVAndByJSON(t *testing.T) {
	t.Parallel()
	s := newService(t)
	admin, planner := s.token(t, domain.RoleAdmin, domain.ScopeAll), s.token(t, domain.RolePlanner, domain.ScopeOrganisation, "RXB")
	const path = "/api/v1/organisation-successions"
	post := func(contentType, body string) spec.SuccessionSummary {
		t.Helper()
		return decode[spec.SuccessionSummary](t, s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, path, contentType, []byte(body))))
	}
	if got := post(csvType+"; charset=utf-8", "predecessor,successor,effective_on,action\nRXA,RXB,2026-04-01,\n"); got.New != 1 || got.Read != 1 {
		t.Errorf("by CSV: %+v", got)
	}
	if got := post("Application/JSON", `{"successions":[{"predecessor":"RXA","successor":"RXB","effective_on":"2026-05-01"},
		{"predecessor":"RXA","successor":"RXC","effective_on":"2026-05-01","action":""}]}`); got.Changed != 1 || got.New != 1 {
		t.Errorf("by JSON: %+v", got)
	}
	if got := post(jsonType, `{"successions":[{"predecessor":"RXA","successor":"RXC","action":"remove"}]}`); got.Removed != 1 {
		t.Errorf("a removal: %+v", got)
	}
	listed := string(s.want(t, http.StatusOK, s.get(t, planner, path+"?organisation=RXB")))
	if !strings.Contains(listed, `{"successions":[{"effective_on":"2026-05-01","predecessor":"RXA","successor":"RXB"}]}`) {
		t.Errorf("listed: %s", listed)
	}
	if listed := string(s.want(t, http.StatusOK, s.get(t, planner, path+"?organisation=RXC"))); !strings.Contains(listed, `[]`) {
		t.Errorf("listed: %s", listed)
	}
	found := decode[spec.Organisation](t, s.want(t, http.StatusOK, s.get(t, planner, "/api/v1/organisations/RXB")))
	if len(*found.Predecessors) != 1 || (*found.Predecessors)[0].Predecessor != "RXA" || len(*found.Successors) != 0 {
		t.Errorf("RXB: %+v %+v", found.Predecessors, found.Successors)
	}

	for name, c := range map[string]struct {
		contentType, body, code string
		places                  []string
	}{
		"cells":           {csvType, "predecessor,successor,effective_on\nRXA,!,2026-13-01\n,RXB,2026-04-01\n", "import_rejected", []string{"row 2, column successor", "row 2, column effective_on", "row 3, column predecessor"}},
		"codes":           {csvType, "predecessor,successor,effective_on\nRXB,RXA,2026-04-01\nRXZ,RXB,2026-04-01\n", "succession_rejected", []string{"row 2, column successor", "row 3, column predecessor"}},
		"codes of JSON":   {jsonType, `{"successions":[{"predecessor":"RXC","successor":"RXC","effective_on":"2026-04-01"},{"predecessor":"RXC","successor":"RXB"}]}`, "succession_rejected", []string{"row 1, column successor", "row 2, column effective_on"}},
		"members of JSON": {jsonType, `{"successions":[{"predecessor":"rx","successor":"RXC","effective_on":"2026-02-30","action":"drop","why":1}]}`, "body_invalid", []string{"successions[0].action", "successions[0].effective_on", "successions[0].predecessor", "successions[0].why"}},
		"another form":    {jsonType, `[]`, "body_invalid", []string{"body"}},
		"no JSON":         {jsonType, `{"successions":[]} {}`, "body_not_json", nil},
		"half of JSON":    {jsonType, `{"successions":[`, "body_not_json", nil},
	} {
		if diff := cmp.Diff(c.places, s.refused(t, admin, path, c.contentType, c.body, c.code)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for _, contentType := range []string{"", "text/plain", xlsxType} {
		s.want(t, http.StatusUnsupportedMediaType, s.call(t, admin, http.MethodPost, path, contentType, []byte("x")))
	}
	s.want(t, http.StatusForbidden, s.call(t, planner, http.MethodPost, path, csvType, []byte("x")))
}

func TestReportingStartsAreShownToThoseInWhoseScopeTheOrganisationIs(t *testing.T) {
	t.Parallel()
	s := newService(t)
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	const path = "/api/v1/organisations/RXA/reporting-starts/vacancies"
	put := func(path, body string) *http.Response {
		return s.call(t, admin, http.MethodPut, path, jsonType, []byte(body))
	}
	s.want(t, http.StatusNoContent, put(path, `{"reports_from":"2026-04-30"}`))
	from := func(role domain.Role, organisation string) string {
		t.Helper()
		answer := decode[spec.Organisation](t, s.want(t, http.StatusOK, s.get(t, s.token(t, role, domain.ScopeOrganisation, organisation), "/api/v1/organisations/RXA")))
		if answer.ReportsFrom == nil {
			return "not told"
		}
		day, set := (*answer.ReportsFrom)["vacancies"]
		if !set {
			return "none"
		}
		return day.String()
	}
	for role, want := range map[domain.Role]string{domain.RoleHR: "2026-04-30", domain.RolePlanner: "2026-04-30", domain.RoleManager: "2026-04-30"} {
		if got := from(role, "RXA"); got != want {
			t.Errorf("%s of RXA is told %s", role, got)
		}
		if got := from(role, "RXB"); got != "not told" {
			t.Errorf("%s of RXB is told %s", role, got)
		}
	}
	s.want(t, http.StatusNoContent, put(path, `{"reports_from":null}`))
	if got := from(domain.RoleHR, "RXA"); got != "none" {
		t.Errorf("after it was withdrawn: %s", got)
	}
	for body, status := range map[string]int{
		`{}`: http.StatusUnprocessableEntity, `{"reports_from":"tomorrow"}`: http.StatusUnprocessableEntity, `x`: http.StatusUnprocessableEntity,
		`{"reports_from":"` + strings.Repeat("0", 8<<10) + `"}`: http.StatusRequestEntityTooLarge,
	} {
		s.want(t, status, put(path, body))
	}
	s.want(t, http.StatusUnprocessableEntity, put("/api/v1/organisations/QHL/reporting-starts/vacancies", `{"reports_from":"2026-04-30"}`))
	s.want(t, http.StatusNotFound, put("/api/v1/organisations/RXZ/reporting-starts/vacancies", `{"reports_from":"2026-04-30"}`))
	s.want(t, http.StatusBadRequest, put("/api/v1/organisations/RXA/reporting-starts/targets", `{"reports_from":"2026-04-30"}`))
}

func TestSocialCareIsImportedAndFound(t *testing.T) {
	t.Parallel()
	s := newService(t)
	admin, planner := s.token(t, domain.RoleAdmin, domain.ScopeAll), s.token(t, domain.RolePlanner, domain.ScopeAll)
	const care = `code,name,kind,region,icb,opened_on,closed_on,cqc_id,parent,synthetic
CZ9Z,Example Care (synthetic),social_care_provider,Y60,QHL,,,1-999999999,,true
VLZ9Z,Example Care Home (synthetic),social_care_site,Y60,QHL,,,1-888888888,CZ9Z,true
`
	s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, "/api/v1/organisations/imports?as_of=2026-04-01", csvType, []byte(care)))
	for query, want := range map[string]string{
		"cqc_id=1-888888888": "VLZ9Z", "parent=CZ9Z": "VLZ9Z", "kind=social_care_provider": "CZ9Z", "sector=Adult%20social%20care&kind=social_care_site": "VLZ9Z",
		"parent=CZ9Z&cqc_id=1-999999999": "",
	} {
		page := decode[spec.OrganisationPage](t, s.want(t, http.StatusOK, s.get(t, planner, "/api/v1/organisations?"+query)))
		var got []string
		for _, o := range page.Organisations {
			got = append(got, o.Code)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s found %v, want %q", query, got, want)
		}
	}
	site := decode[spec.Organisation](t, s.want(t, http.StatusOK, s.get(t, planner, "/api/v1/organisations/VLZ9Z")))
	if *site.CqcId != "1-888888888" || *site.Parent != "CZ9Z" || *site.Sector != "Adult social care" {
		t.Errorf("the site is %+v", site)
	}
}
