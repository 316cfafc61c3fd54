package repository_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"skillstracker/repository/pgtest"
)

// exemptTables hold no organisation's rows, each for the reason given, and have
// no row-level security. The list is exact: a table is protected or stands here.
func exemptTables() map[string]string {
	return map[string]string{
		"access_token":            "credentials; the application reaches them by functions only",
		"admin_link":              "credentials; the application reaches them by functions only",
		"area_of_work":            "reference list",
		"band":                    "reference list",
		"change_clock":            "one row that numbers the changes of all organisations",
		"competence":              "reference list",
		"contract_type":           "reference list",
		"crosswalk":               "reference list",
		"crosswalk_level":         "reference list",
		"framework":               "reference list",
		"framework_domain":        "reference list",
		"framework_level":         "reference list",
		"framework_version":       "reference list",
		"goose_db_version":        "which migrations were applied",
		"job_role":                "reference list",
		"organisation":            "public registry",
		"organisation_entry":      "public registry",
		"organisation_lifespan":   "public registry",
		"organisation_succession": "public registry",
		"organisation_version":    "public registry",
		"position_vacancy_status": "reference list",
		"register":                "one row about the whole database",
		"sector_of_organisation":  "public registry",
		"sign_in":                 "secrets of sign-ins under way; the application reaches them by functions only",
		"staff_group":             "reference list",
		"user_account":            "roles of people who sign in; the application reaches them by functions only",
		"user_session":            "sessions; the application reaches them by functions only",
	}
}

// exemptKeys are the indexes of protected tables that do not begin with the
// organisation. Both tables also hold rows of the registry, whose organisation is
// null and so cannot be part of a primary key; their keys are numbers that the
// database draws, so that a clash can tell nobody anything.
func exemptKeys() map[string]string {
	return map[string]string{
		"change_pkey":       "identity of a change, of an organisation or of the registry",
		"change_number_key": "the order of commits is one for all organisations",
		"audit_event_pkey":  "identity of an event, of an organisation or of none",
	}
}

// protectedTables are the tables with an organisation column.
func protectedTables(t *testing.T, db querier) []string {
	t.Helper()
	return column(t, db, `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation'
		WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped ORDER BY 1`)
}

func TestEveryTableIsProtectedOrExempt(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t).Admin(t)
	protected := protectedTables(t, db)
	for _, must := range []string{"assessment", "audit_event", "change", "staff_member", "upload", "vacancy_cell"} {
		if !slices.Contains(protected, must) {
			t.Errorf("%s has no organisation column", must)
		}
	}
	exempt := exemptTables()
	for _, table := range column(t, db, `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`) {
		_, listed := exempt[table]
		if listed == slices.Contains(protected, table) {
			t.Errorf("%s must either have an organisation column or be on the list of exempt tables", table)
		}
		delete(exempt, table)
	}
	if len(exempt) > 0 {
		t.Errorf("exempt tables that do not exist: %v", slices.Sorted(maps.Keys(exempt)))
	}
	for _, odd := range column(t, db, `SELECT relname FROM pg_class WHERE relkind NOT IN ('r', 'p', 'i', 'I', 'S', 't', 'v', 'c')
		AND relnamespace = 'public'::regnamespace`) {
		t.Errorf("%s is a kind of relation that row-level security does not cover", odd)
	}
}

func TestOrganisationLeadsEveryIndexOfProtectedTables(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t).Admin(t)
	exempt := exemptKeys()
	for _, line := range column(t, db, `
		SELECT c.relname || ' ' || coalesce(a.attname, 'an expression') || ' ' || t.relname
		FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
		JOIN pg_attribute o ON o.attrelid = t.oid AND o.attname = 'organisation'
		LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
		WHERE t.relnamespace = 'public'::regnamespace`) {
		parts := strings.SplitN(line, " ", 3)
		_, listed := exempt[parts[0]]
		if listed == (parts[1] == "organisation") {
			t.Errorf("the index %s of %s begins with %s (on the list of exemptions: %t)", parts[0], parts[2], parts[1], listed)
		}
		delete(exempt, parts[0])
	}
	if len(exempt) > 0 {
		t.Errorf("exempt indexes that do not exist: %v", slices.Sorted(maps.Keys(exempt)))
	}
}

// A foreign key between protected tables carries the organisation, so that no row
// can point at another organisation's. Changes are special: a change of the
// registry has no organisation, and the rows of the registry name changes too.
func TestForeignKeysToProtectedTablesCarryTheOrganisation(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t).Admin(t)
	protected := protectedTables(t, db)
	composite := 0
	for _, line := range column(t, db, `
		SELECT c.conname || ' ' || t.relname || ' ' || f.relname || ' ' ||
		       (SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
		        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number) || ' ' ||
		       (SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(c.confkey) WITH ORDINALITY AS k (number, place)
		        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number)
		FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid
		WHERE c.contype = 'f' AND t.relnamespace = 'public'::regnamespace`) {
		parts := strings.Split(line, " ")
		name, table, target, from, to := parts[0], parts[1], parts[2], parts[3], parts[4]
		switch {
		case target == "change":
			if to != "id" || !strings.HasSuffix(from, "_by") && !strings.HasSuffix(from, "change_id") {
				t.Errorf("%s refers to changes by %s", name, from)
			}
		case target == "organisation":
			registry := []string{"organisation", "code", "predecessor", "successor"}
			if !slices.Contains(registry, from) || slices.Contains(protected, table) && from != "organisation" {
				t.Errorf("%s: an organisation's rows name it in the column organisation, not %s", name, from)
			}
		case slices.Contains(protected, target):
			composite++
			if !strings.HasPrefix(from, "organisation,") || !strings.HasPrefix(to, "organisation,") {
				t.Errorf("%s refers to %s by (%s), which does not begin with the organisation", name, target, from)
			}
		}
	}
	if composite < 5 {
		t.Errorf("only %d foreign keys between protected tables were found", composite)
	}
}
