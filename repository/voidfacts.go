package repository

import (
	"context"
	"fmt"
	"strings"
	"time"

	"skillstracker/domain"
)

// factTable is a table whose rows uploads add and replace.
type factTable struct {
	name   string
	key    []string // unique among the rows that are not ended
	values []string // the rest of what a row says
}

// factTables lists them in an order in which rows can be added.
func factTables() []factTable {
	return []factTable{
		{
			"employment_spell",
			[]string{"staff_id", "started_on"},
			[]string{"started_on_estimated", "left_on", "left_on_estimated"},
		},
		{
			"staff_version",
			[]string{"staff_id", "valid_from"},
			[]string{"staff_group", "job_role", "band", "area_of_work", "team", "contract_type", "fte", "assignments", "in_post"},
		},
		{
			"assessment",
			[]string{"staff_id", "framework_version", "assessed_on", "assessor_kind"},
			[]string{"levels", "needs", "staff_group", "job_role", "band", "team"},
		},
		{
			"vacancy_cell",
			[]string{"month", "staff_group", "job_role", "band", "area_of_work"},
			[]string{
				"budgeted_fte", "contracted_fte", "bank_fte", "agency_fte", "reported_vacancies", "advertised_posts",
				"staff_headcount", "dont_know",
			},
		},
		{
			"position_vacancy",
			[]string{"vacancy_reference"},
			[]string{"staff_group", "job_role", "band", "area_of_work", "team", "posts", "fte", "opened_on", "closed_on", "status"},
		},
		{
			"target",
			[]string{"framework_version", "competence", "domain", "job_role", "staff_group", "band", "valid_from"},
			[]string{"level"},
		},
	}
}

// ownTables lists the tables whose rows belong to one upload alone: they are ended
// with it and nothing was replaced.
func ownTables() []string {
	return []string{"staff_list", "assessment_confirmation", "vacancy_confirmation", "record_confirmation", "staff_member"}
}

// takeBack ends what a change had added and adds again what it had ended. What it
// added is found by its key, for a later upload may have replaced it and have been
// withdrawn itself, which added it again. Whatever holds under such a key must be
// what the change had left: nothing else may have touched it.
func takeBack(ctx context.Context, t tx, organisation string, change, void int64) error {
	for _, table := range factTables() {
		if err := table.takeBack(ctx, t, organisation, change, void); err != nil {
			return fmt.Errorf("take back rows of %s: %w", table.name, err)
		}
	}
	for _, name := range ownTables() {
		if _, err := t.exec(ctx, `UPDATE `+name+` SET ended_by = ? WHERE organisation = ? AND added_by = ? AND ended_by IS NULL`,
			void, organisation, change); err != nil {
			return fmt.Errorf("end rows of %s: %w", name, err)
		}
	}
	return nil
}

func (f factTable) takeBack(ctx context.Context, t tx, organisation string, change, void int64) error {
	type row struct{ Count int }
	added, err := readRow[row](ctx, t, `SELECT count(*) AS count FROM `+f.name+` WHERE organisation = ? AND added_by = ?`, organisation, change)
	if err != nil {
		return err
	}
	same := make([]string, 0, len(f.key)+len(f.values))
	for _, column := range f.key {
		same = append(same, "held."+column+" = mine."+column)
	}
	for _, column := range f.values {
		same = append(same, "held."+column+" IS NOT DISTINCT FROM mine."+column)
	}
	n, err := t.exec(ctx, `UPDATE `+f.name+` held SET ended_by = ? FROM `+f.name+` mine
		WHERE mine.organisation = ? AND mine.added_by = ? AND held.organisation = ? AND held.ended_by IS NULL AND `+strings.Join(same, " AND "),
		void, organisation, change, organisation)
	if err := allTouched("end rows", n, added.Count, err); err != nil {
		return err
	}
	columns := strings.Join(append(append([]string{"organisation"}, f.key...), f.values...), ", ")
	_, err = t.exec(ctx, `INSERT INTO `+f.name+` (`+columns+`, added_by) SELECT `+columns+`, ? FROM `+f.name+`
		WHERE organisation = ? AND ended_by = ? ORDER BY `+strings.Join(f.key, ", "), void, organisation, change)
	return err
}

// restartReporting sets from when the organisation is expected to send a kind of
// return, now that an upload is withdrawn: the first day of which the others speak,
// or no day when there are none. What an administrator has set stays.
func restartReporting(ctx context.Context, t tx, organisation string, kind domain.UploadKind, void int64) error {
	type row struct{ Earliest *time.Time }
	left, err := readRow[row](ctx, t, query("void_reporting_start"), args{"organisation": organisation, "kind": string(kind)})
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, `UPDATE reporting_start SET ended_by = ?
		WHERE organisation = ? AND kind = ? AND ended_by IS NULL AND reports_from IS DISTINCT FROM CAST(? AS date)
		  AND NOT EXISTS (SELECT FROM change c WHERE c.id = reporting_start.added_by AND c.kind = 'reporting_start')`,
		void, organisation, string(kind), left.Earliest); err != nil || left.Earliest == nil {
		return err
	}
	return startReporting(ctx, t, organisation, kind, domain.DateOf(*left.Earliest), void)
}
