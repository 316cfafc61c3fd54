package repository_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"skillstracker/domain"
	"skillstracker/repository"
	"skillstracker/repository/localpg"
)

func TestErrorsOfTheDatabaseHaveAKind(t *testing.T) {
	t.Parallel()
	broken := func(state, constraint string) error { return &pgconn.PgError{Code: state, ConstraintName: constraint} }
	cases := map[string]struct {
		err        error
		kind       domain.ErrorKind
		code       string
		retryAfter bool
	}{
		"a key taken meanwhile":          {broken("23505", "assessment_key"), domain.KindConflict, "changed_meanwhile", false},
		"an unknown organisation":        {broken("23503", "upload_organisation_fkey"), domain.KindNotFound, "organisation_not_found", false},
		"dates in the wrong order":       {broken("23514", "organisation_lifespan_order_check"), domain.KindInvalid, "organisation_dates", false},
		"a token without an end":         {broken("23514", "access_token_expiry_check"), domain.KindInvalid, "token_invalid", false},
		"a check that code should make":  {broken("23514", "upload_rows_check"), domain.KindInternal, "internal", false},
		"an unknown constraint":          {broken("23505", "no_such_key"), domain.KindInternal, "internal", false},
		"a value that must not be null":  {broken("23502", ""), domain.KindInternal, "internal", false},
		"a row of another organisation":  {broken("42501", ""), domain.KindInternal, "internal", false},
		"a lock not had in time":         {broken("55P03", ""), domain.KindConflict, "organisation_busy", true},
		"a statement that took too long": {broken("57014", ""), domain.KindUnavailable, "statement_timeout", true},
		"an idle transaction":            {broken("25P03", ""), domain.KindUnavailable, "statement_timeout", true},
		"a serialisation failure":        {broken("40001", ""), domain.KindUnavailable, "database_unavailable", true},
		"a deadlock":                     {broken("40P01", ""), domain.KindUnavailable, "database_unavailable", true},
		"too many connections":           {broken("53300", ""), domain.KindUnavailable, "database_unavailable", true},
		"a full disk":                    {broken("53100", ""), domain.KindUnavailable, "database_unavailable", true},
		"no memory":                      {broken("53200", ""), domain.KindUnavailable, "database_unavailable", true},
		"an administrator's shutdown":    {broken("57P01", ""), domain.KindUnavailable, "database_unavailable", true},
		"a crash":                        {broken("57P02", ""), domain.KindUnavailable, "database_unavailable", true},
		"a start":                        {broken("57P03", ""), domain.KindUnavailable, "database_unavailable", true},
		"a lost connection":              {broken("08006", ""), domain.KindUnavailable, "database_unavailable", true},
		"no connection":                  {&net.OpError{Op: "dial", Err: errors.New("refused")}, domain.KindUnavailable, "database_unavailable", true},
		"a connection given back":        {sql.ErrConnDone, domain.KindUnavailable, "database_unavailable", true},
		"a killed server":                {io.ErrUnexpectedEOF, domain.KindUnavailable, "database_unavailable", true},
		"a server that went away":        {io.EOF, domain.KindUnavailable, "database_unavailable", true},
		"a bad connection":               {driver.ErrBadConn, domain.KindUnavailable, "database_unavailable", true},
		"a deadline":                     {context.DeadlineExceeded, domain.KindUnavailable, "database_unavailable", true},
		"no row":                         {sql.ErrNoRows, domain.KindNotFound, "not_found", false},
		"no record":                      {gorm.ErrRecordNotFound, domain.KindNotFound, "not_found", false},
		"anything else":                  {errors.New("odd"), domain.KindInternal, "internal", false},
		"a domain error":                 {domain.Conflict("as_it_was", "It was so."), domain.KindConflict, "as_it_was", false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, err := range []error{c.err, fmt.Errorf("wrapped: %w", c.err)} {
				got, ok := errors.AsType[*domain.Error](repository.MapError("do it", err))
				if !ok {
					t.Fatalf("%v became no domain error", err)
				}
				if got.Kind != c.kind || got.Code != c.code || (got.RetryAfter > 0) != c.retryAfter || got.Message == "" {
					t.Errorf("%v became %+v", err, got)
				}
			}
		})
	}
}

func TestCancelledContextStaysOne(t *testing.T) {
	t.Parallel()
	err := repository.MapError("do it", fmt.Errorf("query: %w", context.Canceled))
	if !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "do it: ") {
		t.Errorf("became %v", err)
	}
	if _, ours := errors.AsType[*domain.Error](err); ours {
		t.Errorf("became a domain error: %v", err)
	}
	if repository.MapError("do it", nil) != nil {
		t.Error("no error became one")
	}
}

// What the database says of a broken rule or an unreadable value quotes rows and
// values; nothing of that may reach a message, a wrapped cause or a log.
func TestErrorsNeverHoldValues(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, staffList("RXA", date(2026, 9, 30), 3))
	const canary = "CANARY7319"
	run(t, r.database.Admin(t), `UPDATE staff_member SET employee_number = '`+canary+`' WHERE employee_number = '`+number(1)+`'`)
	for name, statement := range map[string]string{
		"unique key": `INSERT INTO staff_member (organisation, employee_number, added_by) SELECT 'RXA', '` + canary + `', max(id) FROM change`,
		"check": `INSERT INTO staff_version (organisation, staff_id, valid_from, staff_group, job_role, band, area_of_work, team,
			contract_type, fte, assignments, in_post, added_by)
			SELECT 'RXA', min(id), '2026-09-30', '03', '-', '5', '-', repeat('` + canary + `', 20), '-', 1, 1, true, 1 FROM staff_member`,
		"foreign key": `INSERT INTO vacancy_cell (organisation, month, staff_group, job_role, band, area_of_work, dont_know, added_by)
			VALUES ('RXA', '2026-09-30', '03', '` + canary + `', '-', '-', 0, 1)`,
		"null":              `INSERT INTO staff_member (organisation, employee_number, added_by) VALUES ('RXA', '` + canary + `2', NULL)`,
		"row security":      `INSERT INTO staff_member (organisation, employee_number, added_by) VALUES ('RXB', '` + canary + `', 1)`,
		"unreadable date":   `SELECT CAST(employee_number AS date) FROM staff_member WHERE employee_number = '` + canary + `'`,
		"unreadable number": `SELECT CAST(employee_number AS integer) FROM staff_member WHERE employee_number = '` + canary + `'`,
		"unreadable array":  `SELECT CAST(employee_number AS text[]) FROM staff_member WHERE employee_number = '` + canary + `'`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := openAs(t, r.database, localpg.RoleApp)
			db.SetMaxOpenConns(1)
			run(t, db, `SELECT set_config('skills.organisations', 'RXA', false), set_config('skills.write_organisation', 'RXA', false)`)
			_, err := db.Exec(statement)
			if err == nil {
				t.Fatal("the statement succeeded")
			}
			mapped := repository.MapError("test", err)
			for cause := mapped; cause != nil; cause = errors.Unwrap(cause) {
				if text := fmt.Sprintf("%v %+v %#v", cause, cause, cause); strings.Contains(text, canary) {
					t.Errorf("the value is in %q", text)
				}
			}
			if state, _ := sqlState(err); !strings.Contains(mapped.Error(), state) {
				t.Errorf("%q does not name SQLSTATE %s for the log", mapped, state)
			}
		})
	}
}
