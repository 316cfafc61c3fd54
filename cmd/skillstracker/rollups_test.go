package main

import (
	"database/sql"
	"regexp"
	"strings"
	"testing"

	"skillstracker/repository/localpg"
)

const importedVacancies = `as_at,staff_group,band,budgeted_fte,contracted_fte
2026-01-31,08,5,10,8
2026-01-31,08,6,4,4
`

// TestRollupsOnAServer damages what is kept of a return, finds it and mends it.
func TestRollupsOnAServer(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	_, address := serving(t, dir)
	must(t, nil, "--data-dir", dir, "organisations", "import", newFile(t, "organisations.csv", syntheticOrganisations), "--as-of", "2025-12-31")
	token := newFile(t, "token", must(t, nil, "--data-dir", dir, "token", "create", "--role", "hr", "--organisation", "A9ZZ"))
	client := []string{"SKILLSTRACKER_URL=http://" + address, "SKILLSTRACKER_TOKEN_FILE=" + token}
	must(t, client, "import", newFile(t, "vacancies.csv", importedVacancies), "--kind", "vacancies", "--organisation", "A9ZZ")

	if said := must(t, nil, "--data-dir", dir, "rollups", "verify"); !strings.Contains(said, "The roll-ups of 1 organisation are what their facts give.") {
		t.Errorf("a sound register: %s", said)
	}
	attached, running, err := localpg.Running(dir)
	if err != nil || !running {
		t.Fatalf("the database is not running: %v", err)
	}
	db, err := sql.Open("pgx", attached.URL(localpg.RoleAdmin, localpg.Database))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), `UPDATE vacancy_rollup SET vacancy = 0`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	said, complaint, status := runToEnd(t, nil, "--data-dir", dir, "rollups", "verify")
	if status != exitFailed || !regexp.MustCompile(`A9ZZ +vacancy_rollup +0 +0 +1\n`).MatchString(said) ||
		!strings.Contains(complaint, "roll-ups differ from their facts in 1 place") {
		t.Errorf("a damaged register: status %d\n%s%s", status, said, complaint)
	}
	if said := must(t, nil, "--data-dir", dir, "rollups", "rebuild"); !strings.Contains(said, "The roll-ups of 1 organisation were written again.") {
		t.Errorf("the rebuild: %s", said)
	}
	must(t, nil, "--data-dir", dir, "rollups", "verify")
}
