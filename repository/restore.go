package repository

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"skillstracker/domain"
)

// errNotEmpty says that a database may not be written over.
var errNotEmpty = domain.Conflict("database_not_empty",
	"This database holds a register already, and a backup is restored into an empty one only. Name a new data directory, or an empty database.")

// RequireEmpty fails unless a backup may be restored into this database: it holds
// nothing, or a register of which nothing but the reference lists was ever written, and
// nothing of anybody else beside it. What is looked at is what EmptySchema would destroy.
func (o *Owner) RequireEmpty(ctx context.Context) error {
	err := o.transact(ctx, &sql.TxOptions{ReadOnly: true}, func(t *sql.Tx) error {
		var ours bool
		if err := t.QueryRowContext(ctx, `SELECT to_regclass('public.goose_db_version') IS NOT NULL AND to_regclass('public.change') IS NOT NULL`).Scan(&ours); err != nil {
			return err
		}
		if err := requireNoStrangers(ctx, t, ours); err != nil || !ours {
			return err
		}
		if err := seeAll(ctx, t); err != nil {
			return err
		}
		// Whatever is written of organisations and of the registry is a change, and
		// whatever is done besides is in the audit trail.
		var written bool
		err := t.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM change WHERE kind <> 'seed') OR EXISTS (SELECT FROM access_token)
			OR EXISTS (SELECT FROM audit_event) OR EXISTS (SELECT FROM user_account)`).Scan(&written)
		if err == nil && written {
			return errNotEmpty
		}
		return err
	})
	return mapError("look whether the database is empty", err)
}

// requireNoStrangers fails when the schema of the register holds something else than a
// register: tables, functions, types, sequences, extensions and whatever else depends on
// its schema. Beside a register it is what belongs to another role.
func requireNoStrangers(ctx context.Context, t *sql.Tx, besideRegister bool) error {
	const most = 4
	strangers, err := readTexts(ctx, t, `SELECT pg_describe_object(d.classid, d.objid, d.objsubid) FROM pg_depend d
		WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = to_regnamespace('public')
		  AND (NOT $1 OR NOT EXISTS (
			SELECT FROM pg_shdepend o WHERE o.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
				AND o.classid = d.classid AND o.objid = d.objid AND o.deptype = 'o' AND o.refobjid = to_regrole(quote_ident(current_user))))
		ORDER BY 1 LIMIT $2`, besideRegister, most)
	if err != nil || len(strangers) == 0 {
		return err
	}
	named := strings.Join(strangers[:min(len(strangers), most-1)], ", ")
	if len(strangers) == most {
		named += " and more"
	}
	return domain.Conflict("database_not_empty", fmt.Sprintf(
		"This database is not empty: its schema public holds %s, which a restore would destroy. Name an empty database.", named))
}

// RequireRoles fails unless this is the owner that policies of a backup name, and the
// server knows all the roles to which it gives rights.
func (o *Owner) RequireRoles(ctx context.Context, owner string, roles []string) error {
	var self string
	if err := o.pool.QueryRowContext(ctx, `SELECT current_user`).Scan(&self); err != nil {
		return mapError("look up roles", err)
	}
	if self != owner {
		return domain.Conflict("owner_differs", fmt.Sprintf(
			"The register of the backup belongs to the role %s, which its policies name, and this one is %s. Restore it as a role of the same name.", owner, self))
	}
	var missing []string
	for _, role := range roles {
		var known bool
		if err := o.pool.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)`, role).Scan(&known); err != nil {
			return mapError("look up roles", err)
		}
		if !known {
			missing = append(missing, role)
		}
	}
	if len(missing) > 0 {
		return domain.Conflict("roles_missing", fmt.Sprintf(
			"The server does not know the roles that the backup gives rights to: %s. Make them first (CREATE ROLE), as the guide to backups says.", strings.Join(missing, ", ")))
	}
	return nil
}

// EmptySchema destroys everything in the schema of the register, so that a backup can
// be restored into it. The caller has made sure that nothing is lost.
func (o *Owner) EmptySchema(ctx context.Context) error {
	err := o.transact(ctx, nil, func(t *sql.Tx) error {
		// The schema is made again as PostgreSQL makes it in a new database.
		for _, statement := range []string{
			`DROP SCHEMA IF EXISTS public CASCADE`, `CREATE SCHEMA public`, `GRANT USAGE ON SCHEMA public TO PUBLIC`,
			`COMMENT ON SCHEMA public IS 'standard public schema'`, `ALTER SCHEMA public OWNER TO pg_database_owner`,
		} {
			if _, err := t.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	return mapError("empty the database", err)
}

// NoteBackup writes into the audit trail that a backup is about to be made: it holds
// everybody's data.
func (o *Owner) NoteBackup(ctx context.Context) error {
	return o.audited(ctx, "backup", "", func(*sql.Tx) error { return nil })
}

// NoteRestore writes into the audit trail which backup was restored, by the check-sum
// of its dump.
func (o *Owner) NoteRestore(ctx context.Context, sha256 string) error {
	return o.audited(ctx, "restore", "sha256:"+sha256, func(*sql.Tx) error { return nil })
}
