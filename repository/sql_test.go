package repository_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

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
)

func TestEveryQueryIsValidForTheApplicationRole(t *testing.T) {
	t.Parallel()
	queries, err := repository.Queries()
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
	queries, err := repository.Queries()
	if err != nil {
		t.Fatal(err)
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	literal, called := regexp.MustCompile(`"([a-z_]+)"`), regexp.MustCompile(`\bquery\("([a-z_]+)"\)`)
	mentioned := make(map[string]bool)
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		content, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range literal.FindAllSubmatch(content, -1) {
			mentioned[string(found[1])] = true
		}
		for _, found := range called.FindAllSubmatch(content, -1) {
			if _, exists := queries[string(found[1])]; !exists {
				t.Errorf("%s uses the query %s, which is no file", source, found[1])
			}
		}
	}
	for name := range queries {
		if !mentioned[name] {
			t.Errorf("queries/%s.sql is not used", name)
		}
	}
}
