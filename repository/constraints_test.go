package repository_test

import (
	"regexp"
	"slices"
	"testing"

	"skillstracker/repository"
	"skillstracker/repository/pgtest"
)

// declaredConstraints are the names that an error of the database can carry:
// constraints, unique indexes that are none, and the names that triggers raise.
const declaredConstraints = `
	SELECT conname FROM pg_constraint c
	WHERE connamespace = 'public'::regnamespace AND contype <> 't'
	  AND conrelid IS DISTINCT FROM 'public.goose_db_version'::regclass
	UNION
	SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
	WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace
	  AND i.indrelid <> 'public.goose_db_version'::regclass
	UNION
	SELECT t.tgname FROM pg_trigger t
	WHERE NOT t.tgisinternal AND t.tgfoid = 'public.refuse_row_change'::regproc`

// raisedConstraints reads the names that the bodies of trigger functions raise.
func raisedConstraints(t *testing.T, db querier) []string {
	t.Helper()
	name := regexp.MustCompile(`'([a-z_]+_(?:fkey|check|key|finished))'`)
	var raised []string
	for _, body := range column(t, db, `SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
		AND prorettype = 'trigger'::regtype AND prosrc LIKE '%RAISE%'`) {
		for _, found := range name.FindAllStringSubmatch(body, -1) {
			raised = append(raised, found[1])
		}
	}
	return raised
}

func TestEveryConstraintHasAMeaningAndEveryMeaningAConstraint(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t).Admin(t)
	declared := column(t, db, declaredConstraints)
	raised := raisedConstraints(t, db)
	if len(raised) < 7 {
		t.Errorf("only %v are raised by triggers; is the look at their bodies right?", raised)
	}
	declared = append(declared, raised...)
	known := repository.ConstraintNames()
	for _, name := range declared {
		if !slices.Contains(known, name) {
			t.Errorf("constraintRules has no entry for %s", name)
		}
	}
	for _, name := range known {
		if !slices.Contains(declared, name) {
			t.Errorf("constraintRules has an entry for %s, which the schema does not", name)
		}
	}
}

// A name that the server made up says that the migration gave none.
func TestEveryConstraintAndIndexIsNamedByItsTable(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t).Admin(t)
	for _, name := range column(t, db, `
		SELECT t.relname || ': ' || c.conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
		WHERE c.connamespace = 'public'::regnamespace AND t.relname <> 'goose_db_version'
		  AND (c.conname !~ ('^' || t.relname || '_') OR c.conname ~ '[0-9]$')
		UNION ALL
		SELECT t.relname || ': ' || c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
		WHERE c.relnamespace = 'public'::regnamespace AND t.relname <> 'goose_db_version' AND c.relname ~ '[0-9]$'`) {
		t.Errorf("%s is not a name after its table", name)
	}
}
