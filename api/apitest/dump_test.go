package apitest_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// dump writes out every row of every table, those of the system left out, except the
// tables named.
func (s service) dump(t *testing.T, except ...string) string {
	t.Helper()
	db := s.database.Admin(t)
	var written strings.Builder
	for _, table := range tablesOf(t, db, except) {
		var rows string
		if err := db.QueryRowContext(t.Context(), fmt.Sprintf(`SELECT coalesce(string_agg(line, E'\n' ORDER BY line), '') FROM (SELECT CAST(r AS text) AS line FROM %s r) rows`, table)).Scan(&rows); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&written, "%s\n%s\n", table, rows)
	}
	return written.String()
}

func tablesOf(t *testing.T, db *sql.DB, except []string) (tables []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
		WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> ALL (string_to_array($1, ',')) ORDER BY 1`, strings.Join(except, ","))
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, table)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	if len(tables) < 20 {
		t.Fatalf("only %d tables were found", len(tables))
	}
	return tables
}
