package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

const (
	vacanciesPath = "/api/v1/vacancies/totals"
	skillsPath    = "/api/v1/digital-literacy/totals"
)

// count and fte make the optional parts of totals.
func count(n int) *int { return &n }

func fte(whole float64) *domain.FTE     { f := domain.FTE(whole * float64(domain.FTEUnit)); return &f }
func monthEnd(m time.Month) domain.Date { return domain.NewDate(2026, m+1, 0) }

func vacancyRow(group domain.Group, headcount int) domain.VacancyTotal {
	month := monthEnd(time.October)
	group.Month = &month
	return domain.VacancyTotal{
		Group: group, Cells: 3, Incomplete: 1, Budgeted: fte(120.5), Contracted: fte(100.25), Vacancy: fte(20.25), VacancyGross: fte(22),
		RateBudgeted: fte(81), Bank: fte(5), Cover: fte(5), Reported: count(4), Headcount: count(headcount), RateReported: count(4), RateHeadcount: count(headcount),
		Reporting: 1, Expected: 2,
	}
}

func skillsRow(group domain.Group, staff, assessed int, levels ...int) domain.SkillsTotal {
	newest, oldest := monthEnd(time.September), monthEnd(time.March)
	return domain.SkillsTotal{
		Group: group, StaffInPost: &staff, Assessed: assessed, AssessedListed: assessed, Levels: levels, Reporting: 1, Expected: 1, Newest: &newest, Oldest: &oldest,
	}
}

// What is read from the register never reaches further than the caller may see.
func TestReachOfTotals(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		role          domain.Role
		target        string
		organisations string // those that the reader is narrowed to; "none asked" when nothing is read
		rule          string
	}{
		"nation is the full aggregate":               {domain.RoleManager, vacanciesPath, "", disclosure.Default().Name()},
		"region is the full aggregate":               {domain.RoleHR, vacanciesPath + "?group_by=region&region=Y58", "", disclosure.Default().Name()},
		"organisations are the scope":                {domain.RoleManager, vacanciesPath + "?group_by=organisation", "RRK RYG", disclosure.Default().Name()},
		"organisations of a filter":                  {domain.RoleManager, vacanciesPath + "?organisation=RYG", "RYG", disclosure.Default().Name()},
		"planner sees the scope":                     {domain.RolePlanner, vacanciesPath + "?group_by=organisation", "RA7 RRK RYG", disclosure.Default().Name()},
		"HR sees its own people":                     {domain.RoleHR, vacanciesPath + "?group_by=organisation", "RRK RYG", "none (management information, not for publication)"},
		"HR sees its own people by filter":           {domain.RoleHR, skillsPath + "?organisation=RRK", "RRK", "none (management information, not for publication)"},
		"HR is as others about the nation":           {domain.RoleHR, skillsPath, "", disclosure.Default().Name()},
		"HR is as others about an ICB":               {domain.RoleHR, skillsPath + "?icb=QUY&group_by=staff_group", "", disclosure.Default().Name()},
		"manager is never unaltered":                 {domain.RoleManager, skillsPath + "?organisation=RRK", "RRK", disclosure.Default().Name()},
		"skills by organisation are the scope":       {domain.RoleManager, skillsPath + "?group_by=organisation,competence", "RRK RYG", disclosure.Default().Name()},
		"planner with every organisation is planner": {domain.RolePlanner, skillsPath + "?group_by=organisation", "RA7 RRK RYG", disclosure.Default().Name()},
	}
	s := newService(t)
	for name, test := range tests {
		s.totals.asked = nil
		s.get(test.role, test.target).ok(http.StatusOK).has(fmt.Sprintf(`"disclosure_rule":%q`, test.rule))
		if len(s.totals.asked) != 1 || strings.Join(s.totals.asked[0].Organisations, " ") != test.organisations {
			t.Errorf("%s: asked %+v", name, s.totals.asked)
		}
	}
}

// A token whose scope covers nothing must not read everything: an empty list of
// organisations does not narrow.
func TestEmptyScopeReadsNothing(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.tokens[domain.RoleManager] = s.token(domain.RoleManager, domain.Grant{Kind: domain.ScopeOrganisation}, func(*domain.StoredToken) {})
	s.tokens[domain.RoleHR] = s.token(domain.RoleHR, domain.Grant{Kind: domain.ScopeOrganisation}, func(*domain.StoredToken) {})
	for _, role := range []domain.Role{domain.RoleManager, domain.RoleHR} {
		s.get(role, vacanciesPath+"?group_by=organisation").ok(http.StatusOK).has(`"rows":[]`, disclosure.Default().Name())
		s.get(role, skillsPath+"?group_by=organisation").ok(http.StatusOK).has(`"rows":[]`)
		s.get(role, skillsPath+".csv?group_by=organisation").ok(http.StatusOK)
		s.get(role, "/").ok(http.StatusOK).has("no organisation in your scope")
	}
	if len(s.totals.asked) > 0 {
		t.Errorf("asked %+v", s.totals.asked)
	}
	s.get(domain.RoleManager, skillsPath).ok(http.StatusOK)
	if len(s.totals.asked) != 1 {
		t.Error("the nation is for every scope")
	}
}

func TestFinenessOfPosts(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		role  domain.Role
		query string
		fine  bool
	}{
		"planner: organisation, group and band":    {domain.RolePlanner, "group_by=organisation,staff_group,band", true},
		"planner: organisation and digital":        {domain.RolePlanner, "group_by=organisation,digital", true},
		"planner: ICB by everything":               {domain.RolePlanner, "group_by=icb,staff_group,band,digital", true},
		"planner: organisation, digital and group": {domain.RolePlanner, "group_by=organisation,digital,staff_group", false},
		"planner: organisation, digital and band":  {domain.RolePlanner, "group_by=organisation,digital,band", false},
		"planner: organisation filtered":           {domain.RolePlanner, "organisation=RRK&group_by=digital,band", false},
		"planner: digital filtered":                {domain.RolePlanner, "group_by=organisation,band&digital=yes", false},
		"planner: group filtered":                  {domain.RolePlanner, "group_by=organisation,digital&staff_group=10", false},
		"manager: all of it":                       {domain.RoleManager, "group_by=organisation,digital,staff_group,band", true},
		"HR: all of it":                            {domain.RoleHR, "group_by=organisation,digital,staff_group,band", true},
	}
	s := newService(t)
	for name, test := range tests {
		s.totals.asked = nil
		got := s.get(test.role, vacanciesPath+"?"+test.query)
		if test.fine {
			got.ok(http.StatusOK)
			continue
		}
		got.problem(http.StatusUnprocessableEntity, "too_fine")
		if len(s.totals.asked) > 0 {
			t.Errorf("%s: the figures were read", name)
		}
	}
}

// Questions about people are bounded for everybody but HR of the organisation.
func TestQuestionsAboutPeopleAreBounded(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		role  domain.Role
		query string
		by    string // grouped by in the end; empty when the question is refused
	}{
		"repeated staff group becomes a grouping":   {domain.RolePlanner, "group_by=region&staff_group=01&staff_group=10", "region staff_group"},
		"repeated band becomes a grouping":          {domain.RoleManager, "band=5&band=8a", "band"},
		"repeated region becomes a grouping":        {domain.RolePlanner, "region=Y58&region=Y56", "region"},
		"repeated organisation becomes a grouping":  {domain.RoleManager, "organisation=RRK&organisation=RYG", "organisation"},
		"competence is always a grouping":           {domain.RoleManager, "competence=TEC", "competence"},
		"one value stays a filter":                  {domain.RolePlanner, "staff_group=10&group_by=region", "region"},
		"three dimensions":                          {domain.RolePlanner, "group_by=region,staff_group,band,competence,nation", "region staff_group band competence nation"},
		"four dimensions":                           {domain.RolePlanner, "group_by=region,icb,staff_group,band", ""},
		"four with a filter":                        {domain.RolePlanner, "group_by=region,icb,staff_group&band=5", ""},
		"four with a repeated filter":               {domain.RoleManager, "group_by=region,icb,organisation&staff_group=01&staff_group=10", ""},
		"HR asks about its own people as it likes":  {domain.RoleHR, "group_by=region,icb,organisation,staff_group,band", "region icb organisation staff_group band"},
		"HR sums over its own organisations":        {domain.RoleHR, "organisation=RRK&organisation=RYG&staff_group=01&staff_group=10", ""},
		"HR is bounded about everybody else":        {domain.RoleHR, "staff_group=01&staff_group=10", "staff_group"},
		"HR is bounded about everybody else's four": {domain.RoleHR, "group_by=region,icb,staff_group,band", ""},
	}
	s := newService(t)
	for name, test := range tests {
		s.totals.asked = nil
		got := s.get(test.role, skillsPath+"?"+test.query)
		if test.by == "" && name != "HR sums over its own organisations" {
			got.problem(http.StatusUnprocessableEntity, "too_many_dimensions")
			continue
		}
		got.ok(http.StatusOK)
		var by []string
		for _, d := range s.totals.asked[0].GroupBy {
			by = append(by, string(d))
		}
		if strings.Join(by, " ") != test.by {
			t.Errorf("%s: grouped by %v", name, by)
		}
		got.has(`"group_by":[` + strings.TrimSuffix(`"`+strings.ReplaceAll(test.by, " ", `","`)+`"`, `""`) + `]`)
	}
}

// The posts of a question that may not be asked about people are answered, and the
// people withheld.
func TestPeopleAreLeftOutOfUnboundedVacancies(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.vacancies = func(domain.TotalsFilter) ([]domain.VacancyTotal, error) {
		return []domain.VacancyTotal{vacancyRow(domain.Group{Region: "Y58", StaffGroup: "10", Digital: "yes"}, 4713)}, nil
	}
	for query, left := range map[string]bool{
		"group_by=region": false, "group_by=region,staff_group,band": false, "staff_group=10": false,
		"group_by=region&staff_group=01&staff_group=10": true, "group_by=region,staff_group,band,digital": true,
		"group_by=region&digital=yes&digital=no": true, "region=Y58&region=Y56": true,
		"group_by=staff_group,band,digital&icb=QUY": true,
	} {
		got := s.get(domain.RolePlanner, vacanciesPath+"?"+query).ok(http.StatusOK).has(`"vacancy_fte":20.25`, `"reported_vacancies":4`).lacks("4713")
		if left {
			got.has(`"staff_headcount":null`, `"reported_vacancy_rate":null`, `"staff_headcount":"c"`, `"reported_vacancy_rate":"c"`, "withheld throughout")
		} else {
			got.has(`"staff_headcount":47`).lacks("withheld throughout")
		}
	}
}

func TestVacancyFigures(t *testing.T) {
	t.Parallel()
	group := domain.Group{Region: "Y58", RegionName: "South West", StaffGroup: "10", Band: domain.NotGiven, Digital: "not_stated"}
	for role, want := range map[domain.Role]string{
		domain.RolePlanner: `"staff_headcount":null`,
		domain.RoleHR:      `"staff_headcount":7`,
	} {
		s := newService(t)
		s.totals.vacancies = func(domain.TotalsFilter) ([]domain.VacancyTotal, error) {
			return []domain.VacancyTotal{vacancyRow(group, 7)}, nil
		}
		target := vacanciesPath + "?group_by=region,staff_group,band"
		if role == domain.RoleHR {
			target += "&organisation=RRK"
		}
		s.get(role, target).ok(http.StatusOK).has(want,
			`"region":"Y58"`, `"region_name":"South West"`, `"staff_group":"10"`, `"staff_group_name":"Nursing and Midwifery Registered"`,
			`"band":""`, `"band_name":"Not given"`, `"month":"2026-10-31"`, `"cells":3`, `"incomplete":1`, `"budgeted_fte":120.5`,
			`"establishment_vacancy_rate":0.25`, `"temporary_cover":0.24`, `"agency_fte":null`, `"agency_fte":"x"`, `"advertised_posts":"x"`,
			`"organisations_reporting":1`, `"organisations_expected":2`, `"basis":"as_was"`, `"synthetic":false`,
		).rows().lacks(`"icb"`, `"organisation":`, `"digital"`, `"nation"`)
	}
}

func TestSkillsFigures(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.skills = func(domain.TotalsFilter) ([]domain.SkillsTotal, error) {
		return []domain.SkillsTotal{
			skillsRow(domain.Group{Competence: "CCP"}, 43, 38, 13, 12, 10, 0, 3),
			skillsRow(domain.Group{Competence: "TEC"}, 43, 38, 4, 5, 6, 0),
		}, nil
	}
	s.get(domain.RolePlanner, skillsPath+"?group_by=competence").ok(http.StatusOK).has(
		`"staff_in_post":45`, `"assessed":45`, `"answered":45`, `{"level":0,"people":15,"status":""}`, `{"level":4,"people":null,"status":"c"}`,
		`"competence":"CCP"`, `"competence_name":"Communication"`, `"framework":"hdc"`, `"framework_version":"2018"`, `"newest_assessment":"2026-09-30"`,
	).lacks(":43", ":38", ":13,", `"people":0`)
	s.get(domain.RoleHR, skillsPath+"?group_by=competence&organisation=RRK").ok(http.StatusOK).has(
		`"staff_in_post":43`, `"assessed":38`, `{"level":0,"people":13,"status":""}`, `{"level":3,"people":0,"status":""}`,
	)
}

func TestRowsWithoutADistribution(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.skills = func(domain.TotalsFilter) ([]domain.SkillsTotal, error) {
		return []domain.SkillsTotal{skillsRow(domain.Group{StaffGroup: domain.NotGiven}, 5, 3), skillsRow(domain.Group{StaffGroup: "10"}, 100, 90)}, nil
	}
	s.get(domain.RoleManager, skillsPath+"?group_by=staff_group&organisation=RRK").ok(http.StatusOK).
		has(`"staff_in_post":null`, `"newest_assessment":null`, `"completion_rate":0.857`, `"staff_group":"","staff_group_name":"Not given"`).rows().has(`"answered":null`, `"mean_level":null`).lacks(`"levels"`, `:5,`, `:3,`)
}
