package repository_test

import (
	"database/sql"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"skillstracker/repository/pgtest"
)

// openAs opens a test's database in one of localpg's roles.
func openAs(t *testing.T, database pgtest.Database, role string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", database.URL(role))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// querier is a pool, a connection or a transaction.
type querier interface {
	Query(query string, args ...any) (*sql.Rows, error)
	Exec(query string, args ...any) (sql.Result, error)
}

// column returns the first column of a query's rows as text, NULL as "".
func column(t *testing.T, db querier, query string, args ...any) []string {
	t.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		t.Fatalf("%v in: %s", err, query)
	}
	defer func() { _ = rows.Close() }()
	values := []string{}
	for rows.Next() {
		var value sql.NullString
		if err := rows.Scan(&value); err != nil {
			t.Fatal(err)
		}
		values = append(values, value.String)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%v in: %s", err, query)
	}
	return values
}

// one returns the only value of a query as text.
func one(t *testing.T, db querier, query string, args ...any) string {
	t.Helper()
	values := column(t, db, query, args...)
	if len(values) != 1 {
		t.Fatalf("%d rows instead of one from: %s", len(values), query)
	}
	return values[0]
}

// run executes statements that must succeed.
func run(t *testing.T, db querier, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%v in: %s", err, statement)
		}
	}
}

// sqlState returns the SQLSTATE of a database error and the constraint it names,
// or two empty texts.
func sqlState(err error) (state, constraint string) {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code, pg.ConstraintName
	}
	return "", ""
}
