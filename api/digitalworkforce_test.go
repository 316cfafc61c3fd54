package api_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"skillstracker/domain"
)

// digitalFigures answers the parts of the digital workforce: three organisations of one
// region, one of which does not state its posts at the baseline and one not at the date.
func digitalFigures(f *fakeTotals) {
	october, baseline := monthEnd(time.October), monthEnd(time.March)
	f.vacancies = func(filter domain.TotalsFilter) ([]domain.VacancyTotal, error) {
		group := domain.Group{Region: "Y58", RegionName: "South West", Month: &october}
		switch {
		case filter.Digital[0] == domain.DigitalNotStated:
			return []domain.VacancyTotal{{Group: group, Budgeted: fte(7.5), Reporting: 3, Expected: 3}}, nil
		case !filter.Has(domain.ByOrganisation):
			row := domain.VacancyTotal{Group: group, Budgeted: fte(60), Contracted: fte(45), Vacancy: fte(15), RateBudgeted: fte(60), Reported: count(9), Reporting: 2, Expected: 3, Estimated: 1}
			return []domain.VacancyTotal{row}, nil
		}
		of := func(organisation string, month *domain.Date, budgeted *domain.FTE) domain.VacancyTotal {
			return domain.VacancyTotal{Group: domain.Group{Region: "Y58", Organisation: organisation, Month: month}, Budgeted: budgeted}
		}
		return []domain.VacancyTotal{
			of("RA7", &baseline, fte(20)), of("RRK", &baseline, nil), of("RYG", &baseline, fte(11)), of(domain.UnassignedSplit, &baseline, fte(1000)),
			of("RA7", &october, fte(26)), of("RRK", &october, fte(34)), of("RYG", &october, nil), of(domain.UnassignedSplit, &october, fte(1)),
		}, nil
	}
	f.positions = func(domain.TotalsFilter) ([]domain.PositionTotal, error) {
		return []domain.PositionTotal{positionRow(domain.Group{Region: "Y58", RegionName: "South West"}, 1)}, nil
	}
	f.workforce = func(filter domain.TotalsFilter) ([]domain.WorkforceTotal, error) {
		if !filter.Has(domain.ByOrganisation) {
			return []domain.WorkforceTotal{workforceRowOf(domain.Group{Region: "Y58"}, 80)}, nil
		}
		of := func(organisation string, month *domain.Date, people *int) domain.WorkforceTotal {
			return domain.WorkforceTotal{Group: domain.Group{Region: "Y58", Organisation: organisation, Month: month}, Headcount: people}
		}
		return []domain.WorkforceTotal{
			of("RA7", &baseline, count(30)), of("RRK", &baseline, count(20)), of("RA7", &october, count(45)), of("RRK", &october, count(25)), of("RYG", &october, count(10)),
		}, nil
	}
}

func TestDigitalWorkforce(t *testing.T) {
	t.Parallel()
	s := newService(t)
	digitalFigures(s.totals)
	var answer struct{ Rows []map[string]any }
	s.get(domain.RolePlanner, digitalPath+"?group_by=region&baseline=2026-03-31&target_posts=12").ok(http.StatusOK).read(&answer)
	if len(answer.Rows) != 1 {
		t.Fatalf("got %v", answer.Rows)
	}
	row := answer.Rows[0]
	for name, want := range map[string]any{
		"region": "Y58", "region_name": "South West", "month": "2026-10-31", "budgeted_fte": 60.0, "contracted_fte": 45.0, "vacancy_fte": 15.0,
		"establishment_vacancy_rate": 0.25, "reported_vacancies": 9.0, "open_posts": 4.0, "digital_not_stated_fte": 7.5,
		"staff_in_post": 75.0, "organisations_reporting": 2.0, "organisations_expected": 3.0, "organisations_estimated": 1.0,
		"organisations_with_staff_list": 1.0,
		// RA7 alone states its posts at both dates, RA7 and RRK their people.
		"baseline_budgeted_fte": 20.0, "comparable_budgeted_fte": 26.0, "growth_fte": 6.0, "growth_rate": 0.3, "target_posts": 12.0, "progress": 0.5,
		"baseline_staff": 45.0, "comparable_staff": 75.0, "growth_staff": 30.0,
	} {
		if row[name] != want {
			t.Errorf("%s: got %v, want %v", name, row[name], want)
		}
	}
	for _, asked := range s.totals.asked {
		if !slices.Equal(asked.Digital, []string{domain.DigitalYes}) && !slices.Equal(asked.Digital, []string{domain.DigitalNotStated}) {
			t.Errorf("asked about %v", asked.Digital)
		}
	}
}

// Nobody learns of single organisations what the question did not ask: the figures by
// organisation that growth is worked out from stay inside.
func TestGrowthTellsNoOrganisation(t *testing.T) {
	t.Parallel()
	s := newService(t)
	digitalFigures(s.totals)
	s.get(domain.RoleAdmin, digitalPath+"?group_by=region&baseline=2026-03-31").ok(http.StatusOK).rows().
		lacks("RA7", "RRK", "RYG").has(`"target_posts":null`, `"progress":null`, `"progress":"z"`, `"growth_fte":6`)
}

func TestDigitalWorkforceWithoutABaseline(t *testing.T) {
	t.Parallel()
	s := newService(t)
	digitalFigures(s.totals)
	s.get(domain.RolePlanner, digitalPath+"?group_by=region").ok(http.StatusOK).rows().
		has(`"growth_fte":"z"`, `"baseline_staff":"z"`, `"growth_staff":"z"`, `"target_posts":"z"`)
	if len(s.totals.asked) != 4 {
		t.Errorf("%d questions", len(s.totals.asked))
	}
}

func TestDigitalWorkforceOfNobody(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.workforce = func(filter domain.TotalsFilter) ([]domain.WorkforceTotal, error) {
		month := filter.Months[len(filter.Months)-1]
		return []domain.WorkforceTotal{{Group: domain.Group{Region: "Y58", Month: &month}}}, nil
	}
	s.get(domain.RolePlanner, digitalPath+"?group_by=region&baseline=2026-03-31&target_posts=5").ok(http.StatusOK).rows().has(
		`"budgeted_fte":"x"`, `"open_posts":"x"`, `"staff_in_post":"x"`, `"turnover_rate":"x"`, `"growth_fte":"x"`, `"progress":"x"`, `"baseline_staff":"x"`, `"target_posts":5`,
	)
}

// A place that is broken down further than people may be keeps its posts.
func TestDigitalStaffAreLeftOutOfFineQuestions(t *testing.T) {
	t.Parallel()
	s := newService(t)
	digitalFigures(s.totals)
	for _, query := range []string{"?group_by=region,icb,sector", "?sector=Acute&kind=nhs_trust&group_by=region"} {
		got := s.get(domain.RolePlanner, digitalPath+query+"&baseline=2026-03-31").ok(http.StatusOK)
		got.has("withheld throughout", `"budgeted_fte":60`, `"growth_fte":6`).rows().has(`"staff_in_post":"c"`, `"staff_in_post_fte":"c"`, `"growth_staff":"c"`, `"turnover_rate":"c"`)
	}
	s.get(domain.RoleHR, digitalPath+"?group_by=region,icb,sector&organisation=RRK&baseline=2026-03-31").ok(http.StatusOK).rows().has(`"staff_in_post":80`)
}
