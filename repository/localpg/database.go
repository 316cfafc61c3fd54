package localpg

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// checkSafe refuses configuration files, and settings of a role or the
// database, that switch off what keeps acknowledged data after a crash,
// unless extra asks for just that. The server itself runs with all of them
// on, by its command line, so that nothing is at risk while this is found.
func checkSafe(ctx context.Context, conn *pgx.Conn, extra map[string]string) error {
	const query = `
(SELECT DISTINCT ON (name) name, setting, sourcefile || ' line ' || sourceline
   FROM pg_file_settings
  WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')
  ORDER BY name, seqno DESC)
UNION ALL
SELECT split_part(item, '=', 1), split_part(item, '=', 2), 'ALTER ROLE or ALTER DATABASE'
  FROM pg_db_role_setting, unnest(setconfig) AS item
 WHERE split_part(item, '=', 1) = 'synchronous_commit'`
	type found struct{ Name, Setting, Source string }
	rows, err := conn.Query(ctx, query)
	if err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[found])
	if err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	var unsafe []string
	for _, f := range all {
		if _, asked := extra[f.Name]; !asked && isOff(f.Setting) {
			unsafe = append(unsafe, fmt.Sprintf("%s = %s (%s)", f.Name, f.Setting, f.Source))
		}
	}
	if len(unsafe) > 0 {
		return newError(ErrUnsafe, nil,
			"the database would lose acknowledged data in a crash, because its settings say %s: take that out, then start again", strings.Join(unsafe, ", "))
	}
	return nil
}

// ensureDatabase makes the roles and the database that are missing and puts
// right what is not as it should be. It runs at every start, because the
// first one may have been cut off half-way.
func ensureDatabase(ctx context.Context, conn *pgx.Conn) error {
	// Messages of errors may quote a value that was sent in or is held; for
	// the roles that handle data they stay out of the log. Only a superuser can
	// set this, so it cannot be a migration's work. The owner inherits
	// because its right to make tables in the schema public comes to it as a
	// member of pg_database_owner; the one of backups because it reads as a
	// member of pg_read_all_data.
	const steps = `
SELECT format('CREATE ROLE %I', wanted)
  FROM unnest($1::text[]) AS wanted
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted)
UNION ALL
SELECT format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION %s %s', wanted,
              CASE wanted WHEN $4 THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END,
              CASE WHEN wanted IN ($3, $4) THEN 'INHERIT' ELSE 'NOINHERIT' END)
  FROM unnest($1::text[]) AS wanted
 WHERE NOT EXISTS (SELECT FROM pg_roles
                    WHERE rolname = wanted AND rolcanlogin AND rolinherit = (wanted IN ($3, $4)) AND rolbypassrls = (wanted = $4)
                      AND NOT (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication))
UNION ALL
SELECT format('GRANT pg_read_all_data TO %I', $4::text)
 WHERE NOT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member
                    WHERE r.rolname = $4 AND m.roleid = 'pg_read_all_data'::regrole)
UNION ALL
SELECT format('ALTER ROLE %I SET log_min_messages = ''log''', wanted)
  FROM unnest($1::text[]) AS wanted
 WHERE NOT EXISTS (SELECT FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole
                    WHERE rolname = wanted AND setdatabase = 0 AND 'log_min_messages=log' = ANY (setconfig))
UNION ALL
SELECT format('CREATE DATABASE %I OWNER %I', $2::text, $3::text)
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = $2)
UNION ALL
SELECT format('ALTER DATABASE %I OWNER TO %I', $2::text, $3::text)
 WHERE EXISTS (SELECT FROM pg_database JOIN pg_roles ON pg_roles.oid = datdba
                WHERE datname = $2 AND rolname <> $3)`
	rows, err := conn.Query(ctx, steps, []string{RoleOwner, RoleApp, RoleBackup}, Database, RoleOwner, RoleBackup)
	if err != nil {
		return fmt.Errorf("inspect roles: %w", err)
	}
	statements, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("inspect roles: %w", err)
	}
	for _, statement := range statements {
		// The names in it are constants of this package.
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("make roles and database: %w", err)
		}
	}
	return nil
}
