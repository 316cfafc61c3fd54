package apitest_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/repository"
)

// Social care counts posts being recruited to, trusts FTE. Asked together, each
// measure is of those alone that state it.
func TestKindsAskedTogetherAreNotMixed(t *testing.T) {
	t.Parallel()
	s := totalled(t)
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	rows, _ := s.totalsRows(t, planner, vacancyQuestion+"&group_by=region&region=Y60")
	wantFigures(t, "region", rows[0], map[string]any{
		"budgeted_fte": 176.5, "vacancy_fte": 16.8, "reported_vacancies": 30.0, "organisations_with_gap": 2.0, "organisations_with_reported": 1.0,
		"organisations_reporting": 3.0, "organisations_with_advertised": 0.0, "advertised_posts": "x",
	})
	rows, _ = s.totalsRows(t, planner, vacancyQuestion+"&group_by=kind&region=Y60")
	byKind := map[any]map[string]any{}
	for _, row := range rows {
		byKind[row["kind"]] = row
	}
	wantFigures(t, "care", byKind["social_care_provider"], map[string]any{"budgeted_fte": "x", "establishment_vacancy_rate": "x", "reported_vacancies": 30.0, "reported_vacancy_rate": 0.2})
	wantFigures(t, "trusts", byKind["nhs_trust"], map[string]any{"budgeted_fte": 176.5, "reported_vacancies": "x", "reported_vacancy_rate": "x"})
	only, _ := s.totalsRows(t, planner, vacancyQuestion+"&sector=Adult%20social%20care&group_by=organisation")
	if len(only) != 1 || only[0]["organisation"] != "A1B2C" {
		t.Errorf("sector: got %v", only)
	}
}

func TestZeroBudgetAndNegativeGaps(t *testing.T) {
	t.Parallel()
	s := totalled(t)
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	rows, _ := s.totalsRows(t, planner, vacancyQuestion+"&group_by=organisation,staff_group&organisation=RXA&organisation=RXB")
	of := func(organisation, group string) map[string]any {
		for _, row := range rows {
			if row["organisation"] == organisation && row["staff_group"] == group {
				return row
			}
		}
		t.Fatalf("no row of %s %s in %v", organisation, group, rows)
		return nil
	}
	wantFigures(t, "zero budget", of("RXA", "10"), map[string]any{"budgeted_fte": 0.0, "vacancy_fte": -2.0, "vacancy_fte_gross": 0.0, "establishment_vacancy_rate": "z", "staff_headcount": "c"})
	wantFigures(t, "negative gap", of("RXB", "03"), map[string]any{"vacancy_fte": -1.2, "establishment_vacancy_rate": -0.03, "temporary_cover": "x"})
}

// An organisation that has closed has no figures afterwards, and none is missing.
func TestClosedOrganisations(t *testing.T) {
	t.Parallel()
	s := totalled(t)
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	rows, notes := s.totalsRows(t, planner, vacancyQuestion+"&group_by=organisation&organisation=RXD")
	if len(rows) > 0 || !strings.Contains(notes, "RXD closed on 2026-03-31") {
		t.Errorf("got %v, notes %q", rows, notes)
	}
	rows, notes = s.totalsRows(t, planner, "/api/v1/vacancies/totals?as_at=2026-02-28&group_by=organisation&organisation=RXD")
	if len(rows) != 1 || strings.Contains(notes, "closed") {
		t.Fatalf("got %v, notes %q", rows, notes)
	}
	wantFigures(t, "before", rows[0], map[string]any{"vacancy_fte": 2.0, "organisations_expected": 1.0})
	rows, _ = s.totalsRows(t, planner, vacancyQuestion+"&group_by=region&region=Y56")
	wantFigures(t, "region afterwards", rows[0], map[string]any{"organisations_expected": 1.0, "vacancy_fte": 10.0})
}

func TestPlacesThatDoNotMeet(t *testing.T) {
	t.Parallel()
	s := totalled(t)
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	for _, question := range []string{vacancyQuestion, positionQuestion, workforceQuestion, digitalQuestion} {
		rows, notes := s.totalsRows(t, planner, question+"&region=Y60&icb=QMJ")
		if len(rows) > 0 || !strings.Contains(notes, "contradict each other") {
			t.Errorf("%s: got %v, notes %q", question, rows, notes)
		}
		rows, notes = s.totalsRows(t, planner, question+"&region=Y60&icb=QHL&sector=Community")
		if strings.Contains(notes, "contradict") {
			t.Errorf("%s: got %v, notes %q", question, rows, notes)
		}
		s.refusedFor(t, planner, question+"&icb=Y60", "code_unknown")
		s.refusedFor(t, planner, question+"&sector=Acut", "code_unknown")
		s.refusedFor(t, planner, strings.Replace(question, "as_at=2026", "as_at=2027", 1), "date_not_month_end")
	}
}

// refusedFor expects a question to be refused with a code.
func (s service) refusedFor(t *testing.T, token, question, code string) {
	t.Helper()
	type problem struct{ Code string }
	if got := decode[problem](t, s.want(t, http.StatusUnprocessableEntity, s.get(t, token, question))); got.Code != code {
		t.Errorf("%s: refused as %s, not %s", question, got.Code, code)
	}
}

func TestPlannersSeePostsThisFarAndNoFurther(t *testing.T) {
	t.Parallel()
	s := totalled(t)
	planner, manager := s.token(t, domain.RolePlanner, domain.ScopeAll), s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA")
	for grouping, fine := range map[string]bool{
		"organisation,staff_group,band": true, "organisation,digital": true, "icb,job_role,area_of_work,digital,band": true,
		"organisation,job_role": false, "organisation,area_of_work": false, "organisation,digital,band": false,
	} {
		for _, question := range []string{vacancyQuestion, positionQuestion} {
			asked := question + "&group_by=" + grouping
			if fine {
				s.want(t, http.StatusOK, s.get(t, planner, asked))
			} else {
				s.refusedFor(t, planner, asked, "too_fine")
			}
			s.want(t, http.StatusOK, s.get(t, manager, strings.Replace(asked, "icb,", "organisation,", 1)))
		}
	}
}

func TestDigitalWorkforceGrows(t *testing.T) {
	t.Parallel()
	s := totalled(t)
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	rows, _ := s.totalsRows(t, hr, digitalQuestion+"&organisation=RXA&baseline=2026-03-31&target_posts=12")
	wantFigures(t, "digital", rows[0], map[string]any{
		"budgeted_fte": 26.0, "contracted_fte": 20.0, "vacancy_fte": 6.0, "digital_not_stated_fte": 100.0, "staff_in_post": 0.0,
		"baseline_budgeted_fte": 20.0, "comparable_budgeted_fte": 26.0, "growth_fte": 6.0, "growth_rate": 0.3, "progress": 0.5, "open_posts": 0.0,
	})
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	rows, _ = s.totalsRows(t, planner, digitalQuestion+"&group_by=nation&baseline=2026-03-31")
	wantFigures(t, "nation", rows[0], map[string]any{"growth_fte": 6.0, "target_posts": "z", "progress": "z", "organisations_reporting": 4.0})
}

// HR learns what the register held at a time, whatever has been sent in since.
func TestTotalsAsTheyWereKnown(t *testing.T) {
	t.Parallel()
	// Changes are dated by the database's clock; the service's is far ahead of it, so
	// that all of them lie in the past.
	s := totalled(t, func(cfg *repository.Config) { cfg.Clock = func() time.Time { return time.Now().AddDate(100, 0, 0) } })
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	type dated struct {
		Meta struct {
			DataAsAt string `json:"data_as_at"`
			KnownAt  string `json:"known_at"`
		}
		Rows []map[string]any
	}
	ask := func(knownAt string) dated {
		return decode[dated](t, s.want(t, http.StatusOK, s.get(t, hr, vacancyQuestion+"&organisation=RXA"+knownAt)))
	}
	before := ask("")
	wantFigures(t, "before", before.Rows[0], map[string]any{"budgeted_fte": 126.0})
	s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", "vacancies", csvType, []byte("as_at,staff_group,band,budgeted_fte,contracted_fte\n2026-09-30,03,5,90,88.5\n")))
	after := ask("")
	wantFigures(t, "after", after.Rows[0], map[string]any{"budgeted_fte": 116.0})
	then := ask("&known_at=" + url.QueryEscape(before.Meta.DataAsAt))
	wantFigures(t, "as known before", then.Rows[0], map[string]any{"budgeted_fte": 126.0})
	if before.Meta.DataAsAt == "" || then.Meta.DataAsAt != before.Meta.DataAsAt || after.Meta.DataAsAt <= before.Meta.DataAsAt || before.Meta.KnownAt != "" || then.Meta.KnownAt != before.Meta.DataAsAt {
		t.Errorf("before %+v, after %+v, then %+v", before.Meta, after.Meta, then.Meta)
	}
	manager := s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA")
	s.refusedFor(t, manager, vacancyQuestion+"&organisation=RXA&known_at="+url.QueryEscape(before.Meta.DataAsAt), "known_at_not_allowed")
}

// As_now the facts of a trust that closed count for its successor; when there are
// several, nobody can say for which.
func TestSuccessorsAsNow(t *testing.T) {
	t.Parallel()
	s := totalled(t)
	admin, planner := s.token(t, domain.RoleAdmin, domain.ScopeAll), s.token(t, domain.RolePlanner, domain.ScopeAll)
	succeed := func(successor string) {
		s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, "/api/v1/organisation-successions", csvType, []byte("predecessor,successor,effective_on\nRXD,"+successor+",2026-04-01\n")))
	}
	const february = "/api/v1/vacancies/totals?as_at=2026-02-28"
	succeed("RXC")
	rows, _ := s.totalsRows(t, planner, february+"&basis=as_now&group_by=organisation&organisation=RXC")
	wantFigures(t, "successor", rows[0], map[string]any{"organisation": "RXC", "vacancy_fte": 2.0})
	rows, _ = s.totalsRows(t, planner, february+"&group_by=organisation&organisation=RXD")
	wantFigures(t, "as was", rows[0], map[string]any{"organisation": "RXD", "vacancy_fte": 2.0})
	s.refusedFor(t, planner, february+"&basis=as_now&organisation=RXD", "place_succeeded")
	succeed("RXA")
	s.refusedFor(t, planner, february+"&basis=as_now&organisation=RXD", "place_split")
	rows, notes := s.totalsRows(t, planner, february+"&basis=as_now&group_by=region,icb")
	if !strings.Contains(notes, "several successors") || rows[len(rows)-1]["icb"] != domain.UnassignedSplit {
		t.Errorf("got %v, notes %q", rows, notes)
	}
}
