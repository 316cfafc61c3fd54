package repository

import (
	"context"
	"io/fs"
	"slices"
	"strings"

	"skillstracker/domain"
)

// What tests outside the package look at inside it.

// MapError is mapError.
func MapError(operation string, err error) error { return mapError(operation, err) }

// ConstraintNames lists the constraints that have a meaning, in alphabetical order.
func ConstraintNames() []string {
	var names []string
	for name := range constraintRules() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Queries returns the text of every query file, without comments, by name. Those with
// parts are there in each form that filters give them.
func Queries(filters map[string]domain.TotalsFilter) (map[string]string, error) {
	files, err := fs.Glob(queryFiles, "queries/*.sql")
	if err != nil {
		return nil, err
	}
	statements := map[string]func(domain.TotalsFilter) string{
		"vacancy_totals": vacancyStatement, "position_totals": positionStatement,
		"skills_totals": func(f domain.TotalsFilter) string { return skillsStatement(f, nil) }, "workforce_totals": workforceStatement,
		"people": peopleStatement, "targets": func(f domain.TotalsFilter) string { return targetsStatement(domain.TargetQuery{KnownAt: f.KnownAt}) },
	}
	statements["rollup_vacancies"] = func(domain.TotalsFilter) string { return vacancySumsQuery() }
	for _, name := range []string{"rollup_staff", "rollup_staff_add", "rollup_staff_end", "rollup_staff_touched"} {
		statements[name] = func(domain.TotalsFilter) string { return staffRollupQuery(name, heldOfTouched()) }
	}
	for _, name := range []string{"vacancies_staff_in_post", "export_assessments"} {
		statements[name] = func(domain.TotalsFilter) string { return compose(name, plainParts) }
	}
	for _, name := range []string{"rollup_latest", "rollup_latest_add", "rollup_latest_replace", "rollup_latest_restore"} {
		statements[name] = func(domain.TotalsFilter) string { return latestRollupQuery(name) }
	}
	statements["purge_count"] = func(domain.TotalsFilter) string { return latestRollupQuery("purge_count") }
	statements["rollup_staff"] = func(domain.TotalsFilter) string { return staffPositionsQuery() }
	texts := make(map[string]string, len(files))
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "queries/"), ".sql")
		statement, composed := statements[name]
		if !composed {
			texts[name] = query(name)
			continue
		}
		for form, filter := range filters {
			texts[name+" "+form] = statement(filter)
		}
	}
	return texts, nil
}

// RunScoped runs one statement as a method of the store would: in a transaction that
// sees and, unless readOnly, writes one organisation.
func RunScoped(ctx context.Context, s *Store, organisation string, readOnly bool, statement string) error {
	return s.inScope(ctx, scope{read: []string{organisation}, write: organisation}, readOnly, func(t tx) error {
		_, err := t.exec(ctx, statement)
		return err
	})
}

// ReadScoped reads one number as a method of the store would: in a transaction that
// sees one organisation and only reads.
func ReadScoped(ctx context.Context, s *Store, organisation, statement string) (n int64, err error) {
	err = s.inScope(ctx, scope{read: []string{organisation}}, true, func(t tx) error {
		return t.WithContext(ctx).Raw(statement).Row().Scan(&n)
	})
	return n, err
}

// ReadAlone reads one number by the same connections and GORM without transaction and
// scope, and RunAlone runs a statement so. Row-level security gives them nothing, so that
// they are of use in a database without policies only.
func ReadAlone(ctx context.Context, s *Store, statement string) (n int64, err error) {
	err = s.db.WithContext(ctx).Raw(statement).Row().Scan(&n)
	return n, err
}

// RunAlone runs one statement; see ReadAlone.
func RunAlone(ctx context.Context, s *Store, statement string) error {
	return s.db.WithContext(ctx).Exec(statement).Error
}

// Setting returns a setting of the database as a transaction of the store has it.
func Setting(ctx context.Context, s *Store, readOnly bool, name string) (value string, err error) {
	err = s.inScope(ctx, scope{}, readOnly, func(t tx) error {
		return t.WithContext(ctx).Raw(`SELECT current_setting(?)`, name).Row().Scan(&value)
	})
	return value, err
}
