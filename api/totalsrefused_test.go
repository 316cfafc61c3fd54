package api_test

import (
	"net/http"
	"strings"
	"testing"

	"skillstracker/domain"
)

// Every question that makes no sense is refused with a sentence that says what to do,
// before anything is read.
func TestQuestionsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		role        domain.Role
		target      string
		code, field string
		says        string // part of the advice
	}{
		"by month and by quarter":            {domain.RolePlanner, vacanciesPath + "?group_by=month,quarter", "month_and_quarter", "group_by", "Leave out quarter"},
		"months by quarter":                  {domain.RolePlanner, workforcePath + "?group_by=quarter&month=2026-09-30", "month_and_quarter", "group_by", "from and to"},
		"as_at and month":                    {domain.RolePlanner, vacanciesPath + "?as_at=2026-09-30&month=2026-09-30", "period_contradicts", "as_at", "Leave out as_at"},
		"as_at and from":                     {domain.RolePlanner, positionsPath + "?as_at=2026-09-30&from=2026-09-30", "period_contradicts", "as_at", "Leave out as_at"},
		"as_at and to":                       {domain.RolePlanner, skillsPath + "?as_at=2026-09-30&to=2026-09-30", "period_contradicts", "as_at", "Leave out as_at"},
		"from after to":                      {domain.RolePlanner, skillsPath + "?from=2026-10-31&to=2026-09-30", "period_empty", "from", "not after to"},
		"no quarter ends":                    {domain.RolePlanner, vacanciesPath + "?group_by=quarter&from=2026-07-31&to=2026-08-31", "period_empty", "from", "March, June"},
		"a date in the future":               {domain.RolePlanner, workforcePath + "?as_at=2027-01-31", "date_not_month_end", "as_at", "2026-10-31"},
		"priority of nothing":                {domain.RolePlanner, skillsPath + "?group_by=region&order=priority", "priority_without_subject", "order", "competence or domain"},
		"subtotals of nothing":               {domain.RolePlanner, vacanciesPath + "?group_by=nation,month&subtotals=true", "nothing_to_add_up", "subtotals", "staff_group"},
		"subtotals of competences":           {domain.RolePlanner, skillsPath + "?group_by=competence&subtotals=true", "nothing_to_add_up", "subtotals", "staff_group"},
		"too many subtotals":                 {domain.RoleManager, vacanciesPath + "?group_by=region,sector,kind,staff_group,job_role,band&subtotals=true", "", "", ""},
		"more than 64 sets":                  {domain.RoleManager, vacanciesPath + "?group_by=region,icb,sector,kind,staff_group,job_role,band&subtotals=true", "too_many_subtotals", "group_by", "fewer dimensions"},
		"known_at of a planner":              {domain.RolePlanner, vacanciesPath + "?known_at=2026-10-01T00:00:00Z", "known_at_not_allowed", "known_at", "as HR"},
		"known_at of a manager":              {domain.RoleManager, workforcePath + "?organisation=RRK&known_at=2026-10-01T00:00:00Z", "known_at_not_allowed", "known_at", "as HR"},
		"known_at of HR about all":           {domain.RoleHR, skillsPath + "?known_at=2026-10-01T00:00:00Z", "known_at_not_allowed", "known_at", "as HR"},
		"known_at in the future":             {domain.RoleHR, skillsPath + "?organisation=RRK&known_at=2026-11-23T00:00:00Z", "known_at_in_future", "known_at", "has passed"},
		"teams of several":                   {domain.RoleHR, workforcePath + "?group_by=team", "team_not_allowed", "team", "one organisation"},
		"teams for a planner":                {domain.RolePlanner, workforcePath + "?group_by=team&organisation=RRK", "team_not_allowed", "team", "one organisation"},
		"a team as a filter":                 {domain.RoleManager, skillsPath + "?team=Ward&organisation=RRK&organisation=RYG", "team_not_allowed", "team", "one organisation"},
		"a domain without the competence":    {domain.RolePlanner, skillsPath + "?competence=TEC&domain=CCP", "domain_without_competence", "domain", "Leave out domain"},
		"a crosswalk that is not":            {domain.RolePlanner, skillsPath + "?crosswalk=none", "crosswalk_unknown", "crosswalk", "/api/v1/crosswalks"},
		"a crosswalk that leads elsewhere":   {domain.RolePlanner, skillsPath + "?crosswalk=elsewhere", "crosswalk_elsewhere", "crosswalk", "framework=digcomp"},
		"a region asked for as ICB":          {domain.RolePlanner, vacanciesPath + "?icb=Y58", "code_unknown", "icb", "Y58 is a region; ask with region=Y58"},
		"an ICB asked for as region":         {domain.RolePlanner, vacanciesPath + "?region=QUY", "code_unknown", "region", "QUY is an ICB; ask with icb=QUY"},
		"a trust asked for as ICB":           {domain.RolePlanner, vacanciesPath + "?icb=RA7", "code_unknown", "icb", "RA7 is an NHS trust; ask with organisation=RA7"},
		"an ICB asked for as organisation":   {domain.RolePlanner, digitalPath + "?organisation=QUY", "code_unknown", "organisation", "QUY is an ICB"},
		"a sector that is not":               {domain.RolePlanner, vacanciesPath + "?sector=Acut", "code_unknown", "sector", "such as Acute"},
		"a job role that is not":             {domain.RolePlanner, vacanciesPath + "?job_role=99999", "code_unknown", "job_role", "job_roles"},
		"an area of work that is not":        {domain.RolePlanner, positionsPath + "?area_of_work=A999", "code_unknown", "area_of_work", "areas_of_work"},
		"a domain that is not":               {domain.RolePlanner, skillsPath + "?domain=XYZ", "code_unknown", "domain", "frameworks"},
		"a succeeded organisation as_now":    {domain.RolePlanner, vacanciesPath + "?organisation=RA7&basis=as_now", "place_succeeded", "organisation", "Ask for RRK"},
		"a split ICB as_now":                 {domain.RolePlanner, workforcePath + "?icb=QUY&basis=as_now", "place_split", "icb", "Ask for QA1 and QB1"},
		"planner: job role of organisations": {domain.RolePlanner, vacanciesPath + "?group_by=organisation,job_role", "too_fine", "group_by", "job_role"},
		"planner: area of one organisation":  {domain.RolePlanner, positionsPath + "?organisation=RRK&area_of_work=A001", "too_fine", "group_by", "area_of_work"},
		"planner: digital by band":           {domain.RolePlanner, positionsPath + "?group_by=organisation,band&digital=yes", "too_fine", "group_by", "digital"},
		"people by four dimensions":          {domain.RolePlanner, workforcePath + "?group_by=region,staff_group,band,digital", "too_many_dimensions", "group_by", "Group by less"},
		"people by sector, kind and two":     {domain.RoleManager, workforcePath + "?sector=Acute&kind=nhs_trust&group_by=staff_group,band", "too_many_dimensions", "group_by", "Group by less"},
		"people by role, area, band, region": {domain.RolePlanner, skillsPath + "?group_by=job_role,area_of_work,region&assessor_kind=self", "too_many_dimensions", "group_by", "Group by less"},
		"a target without a baseline":        {domain.RolePlanner, digitalPath + "?target_posts=10500", "target_without_baseline", "baseline", "leave out target_posts"},
		"a baseline inside a month":          {domain.RolePlanner, digitalPath + "?baseline=2026-01-30", "date_not_month_end", "baseline", "last day of a month"},
		"a baseline in the future":           {domain.RolePlanner, digitalPath + "?baseline=2027-01-31", "date_not_month_end", "baseline", "last day of a month"},
		"a baseline after the date":          {domain.RolePlanner, digitalPath + "?baseline=2026-10-31", "baseline_too_late", "baseline", "before 2026-10-31"},
		"a baseline inside the series":       {domain.RolePlanner, digitalPath + "?baseline=2026-08-31&from=2026-07-31", "baseline_too_late", "baseline", "before 2026-07-31"},
	}
	s := newService(t)
	s.registry.lists = func() (domain.Lists, error) {
		lists := sampleLists()
		lists.Crosswalks = []domain.Crosswalk{{Code: "elsewhere", From: domain.FrameworkRef{Framework: "hdc", Version: "2018"}, To: domain.FrameworkRef{Framework: "digcomp", Version: "3.0"}}}
		return lists, nil
	}
	s.registry.successors = map[string][]string{"RA7": {"RRK"}, "QUY": {"QB1", "QA1"}}
	for name, test := range tests {
		t.Log(name)
		s.totals.asked = nil
		if test.code == "" {
			s.get(test.role, test.target).ok(http.StatusOK)
			continue
		}
		path, query, _ := strings.Cut(test.target, "?")
		for _, target := range []string{test.target, path + ".csv?" + query} {
			p := s.get(test.role, target).problem(http.StatusUnprocessableEntity, test.code)
			if len(p.Errors) != 1 || p.Errors[0].Field != test.field || !strings.Contains(p.Errors[0].Message, test.says) {
				t.Errorf("%s: got %+v", name, p.Errors)
			}
		}
		if len(s.totals.asked) > 0 {
			t.Errorf("%s: figures were read", name)
		}
	}
}

// What is refused of others is free to HR about its own organisations.
func TestHRAsksAboutItsOwnAsItLikes(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, target := range []string{
		vacanciesPath + "?group_by=organisation,job_role,area_of_work,digital,band",
		workforcePath + "?group_by=organisation,staff_group,band,digital,job_role,team&organisation=RRK",
		skillsPath + "?group_by=organisation,staff_group,band,digital&known_at=2026-10-01T12:30:00Z",
		workforcePath + "?organisation=RRK&known_at=2026-10-01T12:30:00Z",
		positionsPath + "?group_by=organisation&known_at=2026-10-01T12:30:00Z",
		digitalPath + "?organisation=RRK&known_at=2026-10-01T12:30:00Z",
	} {
		s.totals.asked = nil
		got := s.get(domain.RoleHR, target).ok(http.StatusOK)
		if strings.Contains(target, "known_at") {
			got.has(`"known_at":"2026-10-01T12:30:00Z"`, `"data_as_at":"2026-10-01T12:29:00Z"`)
			for _, asked := range s.totals.asked {
				if asked.KnownAt == nil || asked.Today.String() != "2026-10-01" {
					t.Errorf("%s: asked %+v", target, asked)
				}
			}
		}
	}
}
