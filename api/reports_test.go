package api_test

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

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
	group := domain.Group{}
	if filter.Has(domain.ByStaffGroup) {
		group.StaffGroup = "10"
	}
	if filter.Has(domain.ByBand) {
		group.Band = domain.NotGiven
	}
	if !filter.Has(domain.ByCompetence) {
		return []domain.SkillsTotal{skillsRow(group, 43, 38)}, nil
	}
	group.Competence = "CCP"
	return []domain.SkillsTotal{skillsRow(group, 43, 38, 13, 12, 10, 0, 3)}, nil
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
				if len(filter.Organisations) != 1 {
					t.Errorf("%s asked beyond the organisation: %+v", target, filter)
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

// A workbook whose questions fall before and after a change is not sent.
func TestWorkbookOfAChangingRegister(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.changing = true
	s.totals.skills, s.totals.vacancies = sampleSkills, sampleVacancies
	for _, name := range []string{"digital-literacy", "vacancies"} {
		s.get(domain.RoleManager, "/api/v1/reports/"+name+".xlsx?organisation=RRK").problem(http.StatusServiceUnavailable, "register_changing")
	}
}
