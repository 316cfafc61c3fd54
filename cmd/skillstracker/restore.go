package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"skillstracker/migrations"
	"skillstracker/repository"
	"skillstracker/repository/localpg"
)

func newRestoreCommand(h host) *cobra.Command {
	var keys []string
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Make a register from a backup, in an empty database",
		Long: `Checks a backup, restores it all or not at all, and proves it: rows, totals,
policies and the ends of the audit trail are compared with those that were
written down when the backup was made. A backup of an older version is then
migrated, and audit trail and roll-ups are verified.

The database must be empty: a new data directory, in which this makes a
PostgreSQL, or an empty database of SKILLSTRACKER_OWNER_DATABASE_URL with
SKILLSTRACKER_BACKUP_DATABASE_URL. No server may run on the data directory. What
happened after the backup is not in it: erasures, restrictions and revoked tokens
of later times must be done again (docs/backup.md).`,
		Args: oneArgument("the file of the backup"),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			s, _, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			identities, err := readIdentities(keys)
			if err != nil {
				return err
			}
			from, err := openBackupFile(args[0], identities)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, from.close()) }()
			return restoreBackup(cmd.Context(), h, s, from)
		},
	}
	cmd.Flags().StringArrayVar(&keys, "identity", nil, "`file` of the secret key of age that opens the backup; may be given several times")
	return cmd
}

// restoreBackup checks the file before it touches anything.
func restoreBackup(ctx context.Context, h host, s settings, from *backupFile) (err error) {
	if err := from.check(); err != nil {
		return err
	}
	db, err := emptyDatabase(ctx, h, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close(ctx)) }()
	owner, err := db.openOwner(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, owner.Close()) }()
	if err := owner.RequireEmpty(ctx); err != nil {
		return plain(err)
	}
	state, err := migrations.Status(ctx, owner.DB())
	if err != nil {
		return fmt.Errorf("read the version of the schema: %w", err)
	}
	if from.Contents.SchemaVersion > state.Latest {
		return fmt.Errorf("%s was made by a newer program (version %s): its schema has version %d, and this program knows versions up to %d only",
			from.path, printable(from.Program), from.Contents.SchemaVersion, state.Latest)
	}
	if err := owner.RequireRoles(ctx, from.Contents.Owner, from.Contents.Roles); err != nil {
		return plain(err)
	}
	if err := from.restoreInto(ctx, h, s, db, owner); err != nil {
		return err
	}
	applied, err := migrateAs(ctx, owner, db.where)
	if err != nil {
		return err
	}
	// Before anything else can go wrong: from now on a server would start on it.
	if err := owner.NoteRestore(ctx, from.DumpSHA256); err != nil {
		return fmt.Errorf("write audit trail: %w", err)
	}
	if applied > 0 {
		if err := say(h, "%d migrations applied.\n", applied); err != nil {
			return err
		}
	}
	if err := proveRestored(ctx, h, owner); err != nil {
		return err
	}
	return from.sayRestored(h, db)
}

// emptyDatabase opens the database to restore into: the one of the settings, or the
// private one, which is made when there is none.
func emptyDatabase(ctx context.Context, h host, s settings) (*database, error) {
	if s.namesDatabase() {
		return s.namedDatabase(), nil
	}
	if err := s.requireDataDir(); err != nil {
		return nil, err
	}
	_, running, err := localpg.Running(s.DataDir)
	if err != nil {
		return nil, fmt.Errorf("look for a running server: %w", err)
	}
	if running {
		return nil, fmt.Errorf("a server runs on %s: stop it, or name a new data directory", s.DataDir)
	}
	return startPrivate(ctx, s, false, newLogger(h.stderr, s))
}

// restoreInto restores the dump and compares it with the manifest. Whatever goes wrong,
// the database is left empty, so that nobody serves half of a register.
func (b *backupFile) restoreInto(ctx context.Context, h host, s settings, db *database, owner *repository.Owner) (err error) {
	backup, err := db.openBackup(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, backup.Close()) }()
	major, err := backup.Major(ctx)
	if err != nil {
		return err
	}
	tools, err := localpg.FindTools(ctx, s.PGBin, major)
	if err != nil {
		return fmt.Errorf("find PostgreSQL's programs: %w", err)
	}
	if err := owner.EmptySchema(ctx); err != nil {
		return err
	}
	if err := b.fill(ctx, h, tools, db, backup); err != nil {
		return errors.Join(fmt.Errorf("restore %s, which left the database empty: %w", b.path, err), owner.EmptySchema(context.WithoutCancel(ctx)))
	}
	return nil
}

func (b *backupFile) fill(ctx context.Context, h host, tools localpg.Tools, db *database, backup *repository.Backup) error {
	dump, err := b.dump.Open()
	if err != nil {
		return b.broken(err)
	}
	err = tools.Restore(ctx, db.ownerURL, io.TeeReader(dump, newByteProgress(h, "read")))
	if err := errors.Join(err, dump.Close()); err != nil {
		return err
	}
	held, err := backup.Contents(ctx)
	if err != nil {
		return err
	}
	if differences := b.Contents.Compare(held); len(differences) > 0 {
		return fmt.Errorf("what was restored is not what was backed up: %s", repository.ShownDifferences(differences))
	}
	return nil
}

// proveRestored verifies what can be verified of any register.
func proveRestored(ctx context.Context, h host, owner *repository.Owner) error {
	if err := owner.Analyze(ctx); err != nil {
		return err
	}
	chains, err := owner.VerifyAudit(ctx, nil, func(int64, int64) error { return nil })
	if err != nil {
		return err
	}
	for _, chain := range chains {
		if chain.Broken != nil {
			return errors.New("the backup was restored as it was made, but its audit trail is broken: \"skillstracker audit verify\" says where")
		}
	}
	compared := &organisationCount{host: h, what: "organisations compared"}
	differences, err := owner.VerifyRollups(ctx, compared.step)
	if err := errors.Join(err, compared.close()); err != nil {
		return err
	}
	if len(differences) > 0 {
		return errors.Join(showDifferences(h, differences),
			errors.New("the backup was restored as it was made, but roll-ups differ from their facts: run \"skillstracker rollups rebuild\""))
	}
	return nil
}

func (b *backupFile) sayRestored(h host, db *database) error {
	err := say(h, "%s holds the register of %s (change %d): %s and %s, as they were backed up.\nAudit trail and roll-ups are sound.\n",
		db.where, b.MadeAt.Format(time.RFC3339), b.Contents.ChangeNumber, counted(len(b.Contents.Totals), "organisation"), counted(int(heldRows(b.Contents)), "row"))
	if err != nil {
		return err
	}
	// A person's number is kept in several forms, so that their rows do not count people.
	if b.Contents.Tables["erased_number"].Rows > 0 {
		if err := say(h, "It holds the numbers of erased people, as hashes: the server starts with the same key of erasures only, which is not in a backup.\n"); err != nil {
			return err
		}
	}
	return say(h, "Do again what was done after that time: erase, restrict, revoke tokens, withdraw rights of users. Everybody must sign in again.\n")
}
