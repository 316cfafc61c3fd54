package repository_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/repository"
	"skillstracker/repository/localpg"
	"skillstracker/repository/pgtest"
)

// The temporary tables that some queries find in their transaction.
const (
	stagedAssessment = `CREATE TEMPORARY TABLE staged_assessment (row_number integer, file_rows integer, employee_number text, assessed_on date,
		assessor_kind text, levels smallint[], needs smallint[], staff_group text, job_role text, band text, team text, remove boolean)`
	resolvedAssessment = `CREATE TEMPORARY TABLE resolved_assessment AS SELECT s.*, CAST(NULL AS bigint) AS staff_id, false AS make, false AS held,
		false AS same, s.levels AS held_levels, CAST(NULL AS tid) AS held_row FROM staged_assessment s`
	purgedPerson = `CREATE TEMPORARY TABLE purged_person (staff_id bigint)`
)

// totalsForms are questions for which the statements of totals have different texts.
func totalsForms() map[string]domain.TotalsFilter {
	known := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	everything := []domain.Dimension{
		domain.ByNation, domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind, domain.ByStaffGroup,
		domain.ByBand, domain.ByDigital, domain.ByTeam, domain.ByMonth, domain.ByCompetence, domain.ByDomain, domain.ByAssessorKind,
	}
	finest := append(slices.Clone(everything), domain.ByJobRole, domain.ByAreaOfWork)
	forms := map[string]domain.TotalsFilter{
		"as it was":               {},
		"as it is now":            {Basis: domain.BasisAsNow},
		"as it was known":         {KnownAt: &known},
		"as is now was known":     {Basis: domain.BasisAsNow, KnownAt: &known, Subtotals: true, GroupBy: finest},
		"with subtotals":          {Subtotals: true, GroupBy: everything},
		"with the finest":         {GroupBy: finest},
		"with the finest, summed": {Subtotals: true, GroupBy: finest},
		"on one late day":         {Months: []domain.Date{date(2026, 10, 31)}, Today: date(2026, 11, 5), AssessorKinds: []string{"self"}},
		"on one early day":        {Months: []domain.Date{date(2025, 10, 31)}, Today: date(2026, 11, 5), GroupBy: []domain.Dimension{domain.ByDomain}},
		"translated": {Crosswalk: domain.Crosswalk{Code: "walk", Levels: []domain.CrosswalkLevel{
			{FromCompetence: "A", FromLevel: 1, ToCompetence: "CCP", ToLevel: 1}, {FromCompetence: "B", FromLevel: 1, ToCompetence: "CCP", ToLevel: 1},
		}}},
	}
	for form, f := range forms {
		f.Framework = domain.FrameworkVersion{
			ID: 1, Domains: []domain.CompetenceArea{{Code: "ALL"}}, Levels: []domain.ScaleLevel{{Level: 0}, {Level: 1}},
			Competences: []domain.Competence{{Code: "CCP", Domain: "ALL", MaxLevel: 1}, {Code: "TLS", Domain: "ALL", MaxLevel: 1}},
		}
		forms[form] = f
	}
	return forms
}

func TestEveryQueryIsValidForTheApplicationRole(t *testing.T) {
	t.Parallel()
	queries, err := repository.Queries(totalsForms())
	if err != nil {
		t.Fatal(err)
	}
	if len(queries) == 0 {
		t.Fatal("there is no query file")
	}
	database := pgtest.New(t)
	argument := regexp.MustCompile(`@[a-z_]+`)
	for name, text := range queries {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := openAs(t, database, localpg.RoleApp)
			conn, err := db.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			if strings.Contains(text, "staged_assessment") || strings.Contains(text, "resolved_assessment") {
				for _, table := range []string{stagedAssessment, resolvedAssessment} {
					if _, err := conn.ExecContext(t.Context(), table); err != nil {
						t.Fatal(err)
					}
				}
			}
			if strings.Contains(text, "purged_person") {
				if _, err := conn.ExecContext(t.Context(), purgedPerson); err != nil {
					t.Fatal(err)
				}
			}
			var names []string
			numbered := argument.ReplaceAllStringFunc(text, func(name string) string {
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
				return fmt.Sprintf("$%d", slices.Index(names, name)+1)
			})
			statement, err := conn.PrepareContext(t.Context(), numbered)
			if err != nil {
				t.Fatal(err)
			}
			if err := statement.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEveryQueryFileIsUsedAndEveryUsedOneIsThere(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("queries/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	partFiles, err := filepath.Glob("queries/parts/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	literal, called, braced := regexp.MustCompile(`"(?:parts/)?([a-z_]+)"`), regexp.MustCompile(`\bquery\("([a-z_]+)"\)`), regexp.MustCompile(`{{([a-z_]+)`)
	mentioned := make(map[string]bool)
	for _, source := range slices.Concat(sources, files, partFiles) {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		content, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range slices.Concat(literal.FindAllSubmatch(content, -1), braced.FindAllSubmatch(content, -1)) {
			mentioned[string(found[1])] = true
		}
		for _, found := range called.FindAllSubmatch(content, -1) {
			if !slices.Contains(files, "queries/"+string(found[1])+".sql") {
				t.Errorf("%s uses the query %s, which is no file", source, found[1])
			}
		}
	}
	for _, file := range slices.Concat(files, partFiles) {
		if !mentioned[strings.TrimSuffix(filepath.Base(file), ".sql")] {
			t.Errorf("%s is not used", file)
		}
	}
}
