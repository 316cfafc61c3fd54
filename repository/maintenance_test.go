package repository_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"skillstracker/repository"
)

// Maintenance that does not see everything says so instead of finding nothing wrong, and
// works again when it does.
func TestMaintenanceSeesEverythingOrFails(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 9, 30), false, nurse("1")))
	works := r.maintenance(t)
	if blind := unaware(works, nil); len(blind) > 0 {
		t.Fatalf("these fail of a sound register: %v", blind)
	}
	policies := column(t, r.admin, `SELECT format('DROP POLICY IF EXISTS %1$I ON %2$s; CREATE POLICY %1$I ON %2$s FOR SELECT USING (%3$s)', polname, polrelid::regclass, pg_get_expr(polqual, polrelid))
		FROM pg_policy WHERE polcmd = 'r' AND polrelid IN ('assessment'::regclass, 'staff_member'::regclass, 'staff_version'::regclass, 'change'::regclass, 'audit_event'::regclass, 'audit_head'::regclass)`)
	if len(policies) != 6 {
		t.Fatalf("there are %d policies of reading: %v", len(policies), policies)
	}
	organisationOfChanges := func(from, to string) []string {
		return []string{`ALTER TABLE change DISABLE TRIGGER change_is_final`, `UPDATE change SET organisation = '` + to + `' WHERE organisation = '` + from + `'`}
	}
	sound := append(append(policies, `DROP POLICY IF EXISTS less ON staff_member`), organisationOfChanges("GONE", "RXA")...)
	for name, statements := range map[string][]string{
		"a table shows nothing":          {`DROP POLICY assessment_read ON assessment`},
		"a table shows less":             {`CREATE POLICY less ON staff_member AS RESTRICTIVE FOR SELECT USING (organisation <> 'RXA')`},
		"a table shows only its own":     {`ALTER POLICY staff_version_read ON staff_version USING (organisation = ANY (string_to_array(current_setting('skills.organisations', true), ',')))`},
		"the changes are not shown":      {`DROP POLICY change_read ON change`},
		"some changes are not shown":     {`ALTER POLICY change_read ON change USING (coalesce(organisation, '-') <> 'RXA')`},
		"the audit trail is not shown":   {`DROP POLICY audit_event_read ON audit_event`},
		"the heads are not shown":        {`ALTER POLICY audit_head_read ON audit_head USING (false)`},
		"an organisation does not exist": organisationOfChanges("RXA", "GONE"),
	} {
		run(t, r.admin, statements...)
		if blind := unaware(works, repository.ErrNotAllSeen); len(blind) > 0 {
			t.Errorf("%s: these do not notice: %v", name, blind)
		}
		run(t, r.admin, sound...)
		if blind := unaware(works, nil); len(blind) > 0 {
			t.Fatalf("%s: these still fail afterwards: %v", name, blind)
		}
	}
}

// maintenance is what works on the rows of all organisations.
func (r register) maintenance(t *testing.T) map[string]func() error {
	t.Helper()
	owner := r.database.Owner(t)
	nothing := func(int, int) error { return nil }
	return map[string]func() error{
		"purge": func() error { return owner.Purge(t.Context(), bothBefore(date(2020, 1, 1)), nil, nothing) },
		"dry run": func() error {
			options := bothBefore(date(2020, 1, 1))
			options.DryRun = true
			return owner.Purge(t.Context(), options, nil, nothing)
		},
		"verify":   func() error { _, err := owner.VerifyRollups(t.Context(), nothing); return err },
		"rebuild":  func() error { return owner.RebuildRollups(t.Context(), nothing) },
		"read log": func() error { _, err := owner.Destructions(t.Context()); return err },
	}
}

// unaware names the works that end with another error than the one wanted.
func unaware(works map[string]func() error, want error) []string {
	var found []string
	for _, name := range slices.Sorted(maps.Keys(works)) {
		if err := works[name](); !errors.Is(err, want) {
			found = append(found, name)
		}
	}
	return found
}
