package api_test

import (
	"net/http"
	"testing"
	"time"

	"skillstracker/domain"
)

const targetsPath = "/api/v1/targets"

func TestTargetsAreListed(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.get(domain.RolePlanner, targetsPath).ok(http.StatusOK).has(`"as_at":"2026-11-22"`, `"framework":"hdc"`, `"framework_version":"2018"`,
		`{"band":"","competence_code":"CCP","domain_code":"","job_role_code":"","level":1,"set_by":"E92000001","staff_group":"","valid_from":"2026-04-01"}`,
		`{"band":"","competence_code":"","domain_code":"TEC","job_role_code":"","level":2,"set_by":"E92000001","staff_group":"10","valid_from":"2026-04-01"}`).lacks(`"RRK"`)
	s.get(domain.RoleHR, targetsPath+"?organisation=RRK&as_at=2026-05-01").ok(http.StatusOK).has(`"as_at":"2026-05-01"`,
		`"job_role_code":"10001","level":4,"set_by":"RRK"`, `"set_by":"E92000001"`)
	asked := s.targets.asked[len(s.targets.asked)-1]
	if asked.Organisation != "RRK" || asked.AsAt != domain.NewDate(2026, time.May, 1) || asked.Framework.ID != 1 {
		t.Errorf("asked %+v", asked)
	}
	s.get(domain.RoleHR, targetsPath+"?organisation=E92000001").ok(http.StatusOK).has(`"set_by":"E92000001"`)
	if asked := s.targets.asked[len(s.targets.asked)-1]; asked.Organisation != "" {
		t.Errorf("asked %+v", asked)
	}
}

// For a person each competence has the one target that holds, with both codes where it
// is its domain's.
func TestTargetsOfAPerson(t *testing.T) {
	t.Parallel()
	s := newService(t)
	const own, nation = `"competence_code":"CCP","domain_code":"","job_role_code":"10001","level":4,"set_by":"RRK"`, `"competence_code":"CCP","domain_code":"","job_role_code":"","level":1,"set_by":"E92000001"`
	const area = `"competence_code":"TEC","domain_code":"TEC","job_role_code":"","level":2,"set_by":"E92000001","staff_group":"10"`
	s.get(domain.RoleHR, targetsPath+"?organisation=RRK&job_role=10001&band=8A").ok(http.StatusOK).has(own, area).lacks(nation)
	s.get(domain.RoleHR, targetsPath+"?organisation=RRK&job_role=10001&band=5").ok(http.StatusOK).has(nation, area).lacks(own)
	s.get(domain.RoleHR, targetsPath+"?organisation=RRK&staff_group=10&job_role=10001&band=8a").ok(http.StatusOK).has(own, area)
	s.get(domain.RoleHR, targetsPath+"?organisation=RRK&staff_group=01").ok(http.StatusOK).has(nation).lacks(own, area)
}

func TestTargetsThatMayNotBeAskedFor(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for target, want := range map[string]struct {
		status int
		code   string
	}{
		"?organisation=RA7":                  {http.StatusNotFound, "organisation_not_found"},
		"?organisation=ZZZ":                  {http.StatusNotFound, "organisation_not_found"},
		"?framework=none":                    {http.StatusUnprocessableEntity, "framework_unknown"},
		"?staff_group=77":                    {http.StatusUnprocessableEntity, "code_unknown"},
		"?job_role=77777":                    {http.StatusUnprocessableEntity, "code_unknown"},
		"?band=77":                           {http.StatusUnprocessableEntity, "code_unknown"},
		"?staff_group=01&job_role=10001":     {http.StatusUnprocessableEntity, "job_role_not_of_group"},
		"?organisation=rrk":                  {http.StatusBadRequest, "invalid_parameters"},
		"?as_at=2026-02-30":                  {http.StatusBadRequest, "invalid_parameters"},
		"?organisation=RRK&organisation=RYG": {http.StatusBadRequest, "invalid_parameters"},
	} {
		s.get(domain.RoleHR, targetsPath+target).problem(want.status, want.code)
	}
	if len(s.targets.asked) > 0 {
		t.Errorf("the store was asked %+v", s.targets.asked)
	}
}
