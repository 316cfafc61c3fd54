package apitest_test

import (
	"bytes"
	"encoding/csv"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

func TestHRLearnsWhatWasStored(t *testing.T) {
	t.Parallel()
	s := newService(t)
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	first := decode[spec.Upload](t, s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", "staff", csvType, staffCSV(30))))
	if first.State != "applied" || first.Counts.New != 30 || first.Counts.RowsRead != 30 {
		t.Errorf("first upload: %+v", first.Counts)
	}
	if len(first.Mapping) != 5 || *first.Mapping[3].Field != "fte" || first.Mapping[3].Header != "WTE" {
		t.Errorf("mapping: %+v", first.Mapping)
	}
	repeated := s.upload(t, hr, "RXA", "staff", csvType, staffCSV(30))
	if again := decode[spec.Upload](t, s.want(t, http.StatusCreated, repeated)); again.Id != first.Id || repeated.Header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("same file again: %+v", again)
	}
	other := append(staffCSV(30), "\r\n"...)
	if same := decode[spec.Upload](t, s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", "staff", csvType, other))); same.Id == first.Id || same.Counts.Unchanged != 30 {
		t.Errorf("the same rows in another file: %+v", same)
	}
	read := decode[spec.Upload](t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/uploads/"+first.Id.String())))
	if diff := cmp.Diff(first, read); diff != "" {
		t.Error(diff)
	}
	list := decode[spec.UploadPage](t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/uploads")))
	if list.Total != 2 {
		t.Errorf("%d uploads are listed", list.Total)
	}
}

// wantFigures compares figures of a row of totals; c, x or z stands for one that is
// absent for that reason.
func wantFigures(t *testing.T, name string, row, want map[string]any) {
	t.Helper()
	status, _ := row["status"].(map[string]any)
	for figure, value := range want {
		got := row[figure]
		if reason, absent := status[figure]; absent && got == nil {
			got = reason
		}
		if got != value {
			t.Errorf("%s: %s is %v, want %v", name, figure, got, value)
		}
	}
}

func TestPlannerTotalsAndTheirCSVAgree(t *testing.T) {
	t.Parallel()
	s, _ := loaded(t)
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	const question = "?group_by=region,staff_group&as_at=2026-10-31"
	totals := decode[spec.VacancyTotals](t, s.want(t, http.StatusOK, s.get(t, planner, "/api/v1/vacancies/totals"+question)))
	if len(totals.Rows) != 2 {
		t.Fatalf("%d rows", len(totals.Rows))
	}
	nurses := totals.Rows[0]
	wantFigures(t, "nurses", nurses, map[string]any{
		"region": "Y60", "staff_group": "03", "budgeted_fte": 100.0, "contracted_fte": 88.5, "vacancy_fte": 11.5,
		"establishment_vacancy_rate": 0.115, "organisations_reporting": 1.0,
	})
	clerks := totals.Rows[1]
	wantFigures(t, "clerks", clerks, map[string]any{"vacancy_fte": -1.2, "vacancy_fte_gross": 0.0, "bank_fte": "x", "temporary_cover": "x"})
	body := s.want(t, http.StatusOK, s.get(t, planner, "/api/v1/vacancies/totals.csv"+question))
	records, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	head := records[0]
	at := func(row int, column string) string {
		for i, name := range head {
			if name == column {
				return records[row][i]
			}
		}
		t.Fatalf("no column %s in %v", column, head)
		return ""
	}
	if len(records) != 3 || at(1, "vacancy_fte") != "11.5" || at(2, "vacancy_fte") != "-1.2" || at(2, "bank_fte") != "" || at(2, "bank_fte_status") != "x" {
		t.Errorf("CSV: %v", records)
	}
	empty := s.want(t, http.StatusOK, s.get(t, planner, "/api/v1/vacancies/totals.csv?group_by=region,staff_group&as_at=2020-01-31"))
	if got := strings.TrimSpace(string(empty)); got != strings.Join(head, ",") {
		t.Errorf("columns of an empty answer differ: %s", got)
	}
}

func TestManagerGetsRoundedFiguresAndAWorkbookThatAgrees(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	manager := s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA")
	const question = "/api/v1/digital-literacy/totals?organisation=RXA&as_at=2026-10-31&group_by=staff_group"
	exact := decode[spec.SkillsTotals](t, s.want(t, http.StatusOK, s.get(t, hr, question)))
	wantFigures(t, "HR", exact.Rows[0], map[string]any{"staff_in_post": 60.0, "assessed": 40.0})
	wantFigures(t, "HR", exact.Rows[1], map[string]any{"assessed": 20.0})
	rounded := decode[spec.SkillsTotals](t, s.want(t, http.StatusOK, s.get(t, manager, question+",competence")))
	for _, row := range rounded.Rows {
		levels, _ := row["levels"].([]any)
		for _, level := range levels {
			level, _ := level.(map[string]any)
			if people, shown := level["people"].(float64); shown && (math.Mod(people, 5) != 0 || people < 8 && people != 0) {
				t.Errorf("%s %s level %v shows %v people", row["staff_group"], row["competence"], level["level"], people)
			}
		}
	}
	for _, report := range []string{"digital-literacy", "vacancies"} {
		answer := s.get(t, manager, "/api/v1/reports/"+report+".xlsx?organisation=RXA&as_at=2026-10-31")
		content := s.want(t, http.StatusOK, answer)
		if !strings.Contains(answer.Header.Get("Content-Disposition"), "rxa-2026-10-synthetic.xlsx") || answer.Header.Get("Cache-Control") != "private, no-store" {
			t.Errorf("%s: headers %v", report, answer.Header)
		}
		book, err := excelize.OpenReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if sheets := book.GetSheetList(); len(sheets) < 6 || sheets[0] != "Cover" || sheets[1] != "Contents" {
			t.Errorf("%s: sheets %v", report, sheets)
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
	page := string(s.want(t, http.StatusOK, s.get(t, manager, "/")))
	if !strings.Contains(page, "/api/v1/reports/vacancies.xlsx?") || strings.Contains(page, "RXB") {
		t.Errorf("page: %.500s", page)
	}
}

func TestATokenOfOneOrganisationGetsNothingOfAnother(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	list := decode[spec.UploadPage](t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/uploads")))
	id := list.Uploads[0].Id.String()
	for _, role := range []domain.Role{domain.RoleHR, domain.RoleManager, domain.RolePlanner} {
		other := s.token(t, role, domain.ScopeOrganisation, "RXB")
		for _, path := range []string{
			"/api/v1/organisations/RXA/uploads", "/api/v1/uploads/" + id, "/api/v1/uploads/" + id + "/findings",
			"/api/v1/uploads/" + id + "/file", "/api/v1/uploads/" + id + "/findings.csv", "/api/v1/uploads/" + id + "/findings.xlsx",
			"/api/v1/organisations/RXA/staff.csv", "/api/v1/organisations/RXA/assessments.json", "/api/v1/organisations/RXA/vacancies.xlsx",
			"/api/v1/vacancies/totals?organisation=RXA", "/api/v1/vacancies/totals.csv?organisation=RXA",
			"/api/v1/digital-literacy/totals?organisation=RXA", "/api/v1/digital-literacy/totals.csv?organisation=RXA",
			"/api/v1/position-vacancies/totals?organisation=RXA", "/api/v1/position-vacancies/totals.csv?organisation=RXA",
			"/api/v1/workforce/totals?organisation=RXA", "/api/v1/workforce/totals.csv?organisation=RXA",
			"/api/v1/digital-workforce/totals?organisation=RXA", "/api/v1/digital-workforce/totals.csv?organisation=RXA",
			"/api/v1/reports/digital-literacy.xlsx?organisation=RXA", "/api/v1/reports/vacancies.xlsx?organisation=RXA",
		} {
			status := s.get(t, other, path).StatusCode
			if status != http.StatusNotFound && (status != http.StatusForbidden || role == domain.RoleHR || !strings.Contains(path, "uploads") && !strings.Contains(path, "organisations")) {
				t.Errorf("%s of another organisation: GET %s gave %d", role, path, status)
			}
		}
		if role == domain.RoleHR {
			s.want(t, http.StatusNotFound, s.upload(t, other, "RXA", "staff", csvType, staffCSV(3)))
			s.want(t, http.StatusNotFound, s.void(t, other, list.Uploads[0]))
		}
		rows := decode[spec.VacancyTotals](t, s.want(t, http.StatusOK, s.get(t, other, "/api/v1/vacancies/totals?group_by=organisation&as_at=2026-10-31"))).Rows
		for _, row := range rows {
			if row["organisation"] != "RXB" {
				t.Errorf("%s of RXB sees a row of %s", role, row["organisation"])
			}
		}
	}
	before := s.rows(t, factTables()...)
	s.want(t, http.StatusNotFound, s.upload(t, s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXB"), "RXA", "vacancies", csvType, []byte(vacanciesCSV)))
	if diff := cmp.Diff(before, s.rows(t, factTables()...)); diff != "" {
		t.Error(diff)
	}
}
