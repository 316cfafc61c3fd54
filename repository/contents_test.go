package repository_test

import (
	"slices"
	"strings"
	"testing"
)

// tableContents is what each table holds: the text of each row without its end
// mark, with the end mark, "" while there is none.
type tableContents map[string]map[string]string

// contents reads every table that the application writes, but for the roll-ups, which
// are written again whenever what they come from changes, and the ends of the chains of
// the audit trail, which move with every event.
func contents(t *testing.T, r register) tableContents {
	t.Helper()
	db := r.database.Admin(t)
	all := make(tableContents)
	for _, table := range append(protectedTables(t, db), "organisation", "organisation_entry", "organisation_lifespan", "organisation_version") {
		if slices.Contains([]string{"vacancy_rollup", "staff_position", "latest_assessment", "audit_head"}, table) {
			continue
		}
		rows := make(map[string]string)
		for _, line := range column(t, db, `SELECT coalesce(to_jsonb(r) ->> 'ended_by', '') || ' ' || (to_jsonb(r) - 'ended_by') FROM `+table+` r`) {
			ended, row, _ := strings.Cut(line, " ")
			rows[row] = ended
		}
		all[table] = rows
	}
	return all
}

// wantGrown checks that nothing was overwritten between two looks: every row is
// still there as it was, and an end mark is set once and never cleared. It returns
// the tables that have new rows and those in which rows were ended.
func wantGrown(t *testing.T, before, after tableContents) (grown, ended []string) {
	t.Helper()
	for table, rows := range before {
		for row, mark := range rows {
			now, held := after[table][row]
			switch {
			case !held:
				t.Errorf("%s no longer holds the row %s", table, row)
			case mark != "" && now != mark:
				t.Errorf("%s: the end mark of %s was %s and is %q", table, row, mark, now)
			case mark == "" && now != "":
				ended = append(ended, table)
			}
		}
		if len(after[table]) > len(rows) {
			grown = append(grown, table)
		}
	}
	slices.Sort(grown)
	slices.Sort(ended)
	return grown, slices.Compact(ended)
}
