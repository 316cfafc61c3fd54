package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"skillstracker/api"
	"skillstracker/api/sheet"
	"skillstracker/domain"
)

func TestTemplates(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, kind := range []string{"staff", "assessments", "vacancies", "position-vacancies", "targets"} {
		for format, contentType := range map[string]string{"csv": "text/csv", "xlsx": workbookKind} {
			s.get(domain.RolePlanner, "/api/v1/templates/"+kind+"."+format).ok(http.StatusOK).attachmentOf(kind+"-template."+format, contentType)
		}
	}
	s.get(domain.RoleHR, "/api/v1/templates/assessments.csv?framework=hdc&framework_version=2018").ok(http.StatusOK)
	s.get(domain.RoleHR, "/api/v1/templates/targets.xlsx?framework=hdc&framework_version=2018").ok(http.StatusOK)
	s.get(domain.RoleHR, "/api/v1/templates/targets.csv?framework=none").problem(http.StatusUnprocessableEntity, "framework_unknown")
	s.get(domain.RoleHR, "/api/v1/templates/position-vacancies.csv?framework=hdc").problem(http.StatusUnprocessableEntity, "option_not_for_kind")
	if p := s.get(domain.RoleHR, "/api/v1/templates/staff.csv?framework=hdc").problem(http.StatusUnprocessableEntity, "option_not_for_kind"); p.Errors[0].Field != "framework" {
		t.Errorf("got %+v", p)
	}
	s.get(domain.RoleHR, "/api/v1/templates/assessments.csv?framework=none").problem(http.StatusUnprocessableEntity, "framework_unknown")
	if p := s.get(domain.RoleHR, "/api/v1/templates/staff.json").problem(http.StatusBadRequest, "invalid_parameters"); !strings.Contains(p.Errors[0].Message, "staff.xlsx") {
		t.Errorf("got %+v", p)
	}
}

// Every code that a file can get is published, once for each kind of file.
func TestFindingCodesArePublished(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var published struct {
		FindingCodes []struct {
			Code, Severity, Message, Mend, Example string
			Kinds                                  []string
		} `json:"finding_codes"`
	}
	s.get(domain.RoleManager, "/api/v1/finding-codes").ok(http.StatusOK).read(&published)
	kindsOf := map[string][]string{}
	for _, code := range published.FindingCodes {
		if len(code.Kinds) == 0 || code.Message == "" || code.Mend == "" || code.Severity != "error" && code.Severity != "warning" {
			t.Errorf("incomplete: %+v", code)
		}
		for _, kind := range code.Kinds {
			if slices.Contains(kindsOf[code.Code], kind) {
				t.Errorf("%s is published twice for %s", code.Code, kind)
			}
			kindsOf[code.Code] = append(kindsOf[code.Code], kind)
		}
	}
	for _, rule := range domain.FindingRules() {
		for _, kind := range append(slices.Clone(rule.Kinds), allKinds(rule)...) {
			if !slices.Contains(kindsOf[string(rule.Code)], string(kind)) {
				t.Errorf("%s is not published for %s", rule.Code, kind)
			}
		}
	}
	for _, rule := range sheet.OrganisationFindingRules() {
		if !slices.Contains(kindsOf[string(rule.Code)], "organisations") {
			t.Errorf("%s is not published for organisations", rule.Code)
		}
	}
}

// allKinds are the kinds of a rule that names none.
func allKinds(rule domain.FindingRule) []domain.UploadKind {
	if len(rule.Kinds) > 0 {
		return nil
	}
	return []domain.UploadKind{
		domain.UploadStaff, domain.UploadAssessments, domain.UploadVacancies, domain.UploadPositions, domain.UploadTargets,
	}
}

func TestUploadColumnsArePublished(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) {
		deps.Limits = api.DefaultLimits()
		deps.Limits.File = sheet.Limits{MaxBytes: 1001, MaxRows: 1002, MaxColumns: 103, MaxUnzipped: 1004, MaxCellChars: 1005}
	})
	var published struct {
		Kinds []struct {
			Kind    string
			Columns []struct {
				Name            string
				Compulsory, Key bool
				Synonyms        []string
			}
		}
		Limits map[string]int
	}
	s.get(domain.RoleManager, "/api/v1/upload-columns").ok(http.StatusOK).read(&published)
	var names []string
	for _, kind := range published.Kinds {
		for _, column := range kind.Columns {
			names = append(names, kind.Kind+"."+column.Name)
			if column.Name == "employee_number" && (!column.Compulsory || !column.Key || !slices.Contains(column.Synonyms, "Payroll number")) {
				t.Errorf("got %+v", column)
			}
		}
	}
	for _, name := range []string{"staff.employee_number", "staff.fte", "assessments.assessed_on", "assessments.CCP", "assessments.TEC_need", "vacancies.budgeted_fte", "position_vacancies.vacancy_reference", "targets.valid_from"} {
		if !slices.Contains(names, name) {
			t.Errorf("%s is not among %v", name, names)
		}
	}
	want := map[string]int{"bytes": 1001, "rows": 1002, "columns": 103, "unzipped_bytes": 1004, "cell_characters": 1005, "findings_stored": domain.FindingLimit, "file_kept_days": 30}
	for limit, number := range want {
		if published.Limits[limit] != number {
			t.Errorf("%s is told as %d, not %d", limit, published.Limits[limit], number)
		}
	}
	s.get(domain.RoleHR, "/api/v1/upload-columns?framework=none").problem(http.StatusUnprocessableEntity, "framework_unknown")
}
