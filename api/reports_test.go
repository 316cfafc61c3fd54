package api_test

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"skillstracker/api"
	"skillstracker/api/report"
	"skillstracker/domain"
)

// fakeReports remembers what it was to write.
type fakeReports struct {
	book *report.Book
	err  error
}

func (f *fakeReports) Write(to io.Writer, book *report.Book, _ report.Format, _ report.Profile) error {
	f.book = book
	if _, err := io.WriteString(to, "workbook"); err != nil {
		return err
	}
	return f.err
}

func sampleSkills(filter domain.TotalsFilter) ([]domain.SkillsTotal, error) {
	var rows []domain.SkillsTotal
	for _, month := range filter.Months {
		group := domain.Group{Month: &month}
		if filter.Has(domain.ByStaffGroup) {
			group.StaffGroup = "10"
		}
		if filter.Has(domain.ByBand) {
			group.Band = domain.NotGiven
		}
		if filter.Has(domain.ByTeam) {
			group.Team = "Ward 7"
		}
		if !filter.Has(domain.ByCompetence) {
			rows = append(rows, skillsRow(group, 43, 38))
			continue
		}
		group.Competence = "CCP"
		rows = append(rows, skillsRow(group, 43, 38, 13, 12, 10, 0, 3))
	}
	return rows, nil
}

func sampleVacancies(filter domain.TotalsFilter) ([]domain.VacancyTotal, error) {
	var rows []domain.VacancyTotal
	for _, month := range filter.Months {
		row := vacancyRow(domain.Group{}, 4713)
		row.Month = &month
		if filter.Has(domain.ByStaffGroup) {
			row.StaffGroup = "10"
		}
		if filter.Has(domain.ByBand) {
			row.Band = domain.NotGiven
		}
		if filter.Has(domain.ByDigital) {
			row.Digital = domain.DigitalNo
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// Real workbooks leave as files with their length, their name and no place in any cache.
func TestWorkbooks(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.skills, s.totals.vacancies = sampleSkills, sampleVacancies
	for target, name := range map[string]string{
		"/api/v1/reports/digital-literacy.xlsx?organisation=RRK":               "digital-literacy-report-rrk-2026-10.xlsx",
		"/api/v1/reports/vacancies.xlsx?organisation=RRK&as_at=2026-09-30":     "vacancy-report-rrk-2026-09.xlsx",
		"/api/v1/reports/digital-literacy.xlsx?organisation=RYG&framework=hdc": "digital-literacy-report-ryg-2026-10.xlsx",
	} {
		for _, role := range []domain.Role{domain.RoleHR, domain.RoleManager, domain.RolePlanner} {
			s.totals.asked = nil
			got := s.get(role, target).ok(http.StatusOK)
			want := name
			if role == domain.RoleHR {
				want = strings.TrimSuffix(name, ".xlsx") + "-hr.xlsx"
			}
			if got.header.Get("Content-Disposition") != "attachment; filename="+want || !strings.HasPrefix(got.header.Get("ETag"), `W/"`) || got.header.Get("Cache-Control") != "private, no-store" ||
				got.header.Get("Content-Length") != fmt.Sprint(len(got.body)) {
				t.Errorf("%s: %v", target, got.header)
			}
			if _, err := zip.NewReader(strings.NewReader(got.body), int64(len(got.body))); err != nil {
				t.Errorf("%s: not a workbook: %v", target, err)
			}
			for _, filter := range s.totals.asked {
				area := len(filter.Regions)+len(filter.ICBs) == 1 || filter.Has(domain.ByNation) || len(filter.GroupBy) == 1 && filter.Has(domain.ByStaffGroup)
				if len(filter.Organisations) != 1 && !area || filter.Has(domain.ByTeam) && (len(filter.Organisations) != 1 || role == domain.RolePlanner) {
					t.Errorf("%s asked beyond the organisation and the areas around it: %+v", target, filter)
				}
			}
		}
	}
}

// A workbook that fails half-way is a problem document, not half a workbook.
func TestWorkbookThatFails(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) { deps.Reports = &fakeReports{err: errors.New("canary: disk full")} })
	for _, target := range []string{"/api/v1/reports/digital-literacy.xlsx?organisation=RRK", "/api/v1/reports/vacancies.xlsx?organisation=RRK"} {
		got := s.get(domain.RoleHR, target).lacks("canary", "workbook")
		got.problem(http.StatusInternalServerError, "internal")
		if got.header.Get("Content-Disposition") != "" {
			t.Errorf("a failure is offered as a file: %v", got.header)
		}
	}
}

func TestReportDates(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, asAt := range []string{"2026-10-30", "2026-11-30"} {
		s.get(domain.RoleManager, "/api/v1/reports/vacancies.xlsx?organisation=RRK&as_at="+asAt).problem(http.StatusUnprocessableEntity, "date_not_month_end")
	}
}

// A report of a register that never stands still is made of what was known at one
// time: the figures of that time are all the same, and those of now never are.
func TestWorkbookOfAChangingRegister(t *testing.T) {
	t.Parallel()
	for name, role := range map[string]domain.Role{
		"digital-literacy.xlsx?organisation=RRK": domain.RoleManager,
		"vacancies.xlsx?organisation=RRK":        domain.RolePlanner,
		"vacancies.ods?organisation=RYG":         domain.RoleManager,
		"rollup.xlsx?region=Y58":                 domain.RoleHR,
		"people.xlsx?organisation=RRK":           domain.RoleHR,
	} {
		written := &fakeReports{}
		s := newService(t, func(deps *api.Deps) { deps.Reports = written })
		s.totals.changing = true
		s.totals.skills = sampleSkills
		var asking sync.Mutex
		lived := 0
		s.totals.vacancies = func(filter domain.TotalsFilter) ([]domain.VacancyTotal, error) {
			asking.Lock()
			defer asking.Unlock()
			rows, err := sampleVacancies(filter)
			for i := range rows {
				rows[i].Budgeted = fte(4711)
				if filter.KnownAt == nil {
					lived++
					rows[i].Budgeted = fte(float64(lived))
				}
			}
			return rows, err
		}
		s.get(role, "/api/v1/reports/"+name).ok(http.StatusOK)
		receipt := written.book.Receipt()
		for _, filter := range s.totals.asked[(len(s.totals.asked)+1)/2:] {
			if filter.KnownAt == nil || !filter.KnownAt.Equal(*receipt.KnownAt) {
				t.Errorf("%s: asked at last what was known at %v, and the receipt says %v", name, filter.KnownAt, receipt.KnownAt)
			}
		}
		if people := s.data.people; len(people) > 0 && (len(people) != 2 || !people[1].KnownAt.Equal(*receipt.KnownAt) || len(s.data.steps) != 4) {
			t.Errorf("%s: people were read as %+v, by %q", name, people, s.data.steps)
		}
		for _, table := range written.book.Tables() {
			for column, header := range table.Header {
				for _, row := range table.Rows {
					if number, isNumber := row[column].(float64); isNumber && strings.HasPrefix(header, "Budgeted FTE") && number != 4711 {
						t.Errorf("%s: %s holds %g of another state", name, table.Sheet, number)
					}
				}
			}
		}
	}
}

// What the report may ask of the past, its caller still may not.
func TestKnownAtStaysWithReports(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.changing, s.totals.vacancies = true, sampleVacancies
	s.get(domain.RoleManager, "/api/v1/reports/vacancies.xlsx?organisation=RRK").ok(http.StatusOK)
	s.get(domain.RoleManager, "/api/v1/vacancies/totals?known_at=2026-11-01T00:00:00Z").problem(http.StatusUnprocessableEntity, "known_at_not_allowed")
}

// The report about people is HR's own, and nothing is read before the read is noted.
func TestPeopleReport(t *testing.T) {
	t.Parallel()
	const target = "/api/v1/reports/people.xlsx?as_at=2026-09-30&organisation="
	s := newService(t)
	got := s.get(domain.RoleHR, target+"RRK").ok(http.StatusOK)
	if got.header.Get("Content-Disposition") != "attachment; filename=digital-literacy-people-rrk-2026-09.xlsx" || got.header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("%v", got.header)
	}
	want := []string{"note RRK getPeopleReport  people.xlsx as_at=2026-09-30 framework=hdc framework_version=2018", "read people"}
	if !slices.Equal(s.data.steps, want) {
		t.Errorf("got the steps %q, want %q", s.data.steps, want)
	}
	if len(s.data.people) != 1 || s.data.people[0].Organisation != "RRK" || s.data.people[0].AsAt != domain.NewDate(2026, time.September, 30) || s.data.people[0].KnownAt != nil {
		t.Errorf("asked for %+v", s.data.people)
	}
	s.data.steps = nil
	for _, role := range []domain.Role{domain.RoleManager, domain.RolePlanner, domain.RoleAdmin, domain.RoleAuditor} {
		s.get(role, target+"RRK").problem(http.StatusForbidden, "role_not_allowed")
	}
	s.get(domain.RoleHR, target+"RA7").problem(http.StatusNotFound, "organisation_not_found")
	if len(s.data.steps) > 0 {
		t.Errorf("refused, and yet %q", s.data.steps)
	}
	s.data.noting = errors.New("canary: no audit trail")
	s.get(domain.RoleHR, target+"RRK").lacks("canary").problem(http.StatusInternalServerError, "internal")
	if len(s.data.steps) != 1 {
		t.Errorf("the read was not noted, and yet %q", s.data.steps)
	}
	s.data.noting, s.data.reading = nil, errors.New("canary: half-way")
	failed := s.get(domain.RoleHR, target+"RRK").lacks("canary")
	failed.problem(http.StatusInternalServerError, "internal")
	if failed.header.Get("Content-Disposition") != "" {
		t.Errorf("a failure is offered as a file: %v", failed.header)
	}
}

// Whoever forges a receipt gets no people by it but as HR of the organisation.
func TestForgedReceiptOfPeople(t *testing.T) {
	t.Parallel()
	s := newService(t)
	remaker, err := api.NewRemaker(s.deps)
	if err != nil {
		t.Fatal(err)
	}
	known := now.Add(-time.Hour)
	receipt := report.Receipt{
		Report: report.NamePeople, Audience: domain.RoleHR, Scope: []string{"RRK"}, Area: report.Area{Kind: domain.ByOrganisation, Code: "RRK"},
		AsAt: domain.NewDate(2026, time.October, 31), KnownAt: &known, MadeAt: now, Framework: "hdc", FrameworkVersion: "2018",
	}
	if _, err := remaker.Remake(t.Context(), receipt, "request"); err != nil {
		t.Fatal(err)
	}
	if len(s.data.steps) != 2 || !strings.Contains(s.data.steps[0], "note RRK getPeopleReport") || s.data.people[0].KnownAt == nil || !s.data.people[0].KnownAt.Equal(known) {
		t.Errorf("made again by %q, %+v", s.data.steps, s.data.people)
	}
	s.data.steps = nil
	for _, change := range []func(*report.Receipt){
		func(r *report.Receipt) { r.Audience = domain.RoleManager },
		func(r *report.Receipt) { r.Scope = []string{"RYG"} },
	} {
		forged := receipt
		change(&forged)
		if _, err := remaker.Remake(t.Context(), forged, "request"); domain.KindOf(err) != domain.KindNotFound || len(s.data.steps) > 0 {
			t.Errorf("a forged receipt: %v, %q", err, s.data.steps)
		}
	}
}

// Data_quality lists the files of the report's kinds, and a report that is made again
// those that were known.
func TestFilesBehindAReport(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.skills, s.totals.vacancies = sampleSkills, sampleVacancies
	s.get(domain.RoleManager, "/api/v1/reports/digital-literacy.xlsx?organisation=RRK").ok(http.StatusOK)
	want := []domain.UploadSummaryQuery{{
		Organisation: "RRK", Kinds: []domain.UploadKind{domain.UploadStaff, domain.UploadAssessments, domain.UploadTargets}, From: domain.NewDate(2025, time.November, 1),
	}}
	if fmt.Sprint(s.uploads.summaries) != fmt.Sprint(want) {
		t.Errorf("asked for %+v, want %+v", s.uploads.summaries, want)
	}
}
