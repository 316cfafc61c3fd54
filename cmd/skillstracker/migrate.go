package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"skillstracker/migrations"
	"skillstracker/repository"
)

func newMigrateCommand(h host) *cobra.Command {
	group := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the schema of the database up to date, or look at it",
		Long: `Works as the owner of the database: the one of SKILLSTRACKER_OWNER_DATABASE_URL,
or the private one of the data directory. "serve" migrates a private database
by itself.`,
	}
	asGroup(group)
	group.AddCommand(newMigrateUpCommand(h), newMigrateStatusCommand(h), newMigrateDownCommand(h))
	return group
}

// asOwner makes the body of a command that works as the owner of the database.
func asOwner(h host, work func(cmd *cobra.Command, args []string, db *database, owner *repository.Owner) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		s, _, err := loadSettings(h, cmd.Flags())
		if err != nil {
			return err
		}
		return withOwner(cmd.Context(), s, newLogger(h.stderr, s), func(db *database, owner *repository.Owner) error {
			return work(cmd, args, db, owner)
		})
	}
}

func newMigrateUpCommand(h host) *cobra.Command {
	return &cobra.Command{
		Use:   "up",
		Short: "Apply every migration that the database lacks",
		Args:  noArguments,
		RunE: asOwner(h, func(cmd *cobra.Command, _ []string, db *database, owner *repository.Owner) error {
			applied, err := migrateAs(cmd.Context(), owner, db.where)
			if err != nil {
				return err
			}
			return say(h, "%d migrations applied to %s.\n", applied, db.where)
		}),
	}
}

func newMigrateStatusCommand(h host) *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Compare the schema of the database with this program",
		Long:  "Compares the schema of the database with this program. The exit status is 1 when they differ.",
		Args:  noArguments,
		RunE: asOwner(h, func(cmd *cobra.Command, _ []string, db *database, owner *repository.Owner) error {
			state, err := migrations.Status(cmd.Context(), owner.DB())
			if err != nil {
				return fmt.Errorf("read the version of the schema: %w", err)
			}
			err = say(h, "Version %d; this program needs version %d.\n", state.Current, state.Latest)
			for _, name := range state.Pending {
				err = errors.Join(err, say(h, "Not applied: %s\n", name))
			}
			return errors.Join(err, requireCurrent(cmd.Context(), owner.DB(), db.where))
		}),
	}
}

func newMigrateDownCommand(h host) *cobra.Command {
	var destroy bool
	cmd := &cobra.Command{
		Use:   "down --destroy-data",
		Short: "Take back the newest migration, with the data it holds",
		Long: `Takes back the newest migration and destroys the data in the tables that it made.
It is meant for developers. It does nothing without --destroy-data, nor while a
server runs on the data directory.`,
		Args: noArguments,
		RunE: asOwner(h, func(cmd *cobra.Command, _ []string, db *database, owner *repository.Owner) error {
			if !destroy {
				return usagef("this destroys the data in the tables of the newest migration: make a copy of the database, then say --destroy-data")
			}
			if db.shared {
				return fmt.Errorf("a server runs on %s: stop it before its schema is taken away", db.where)
			}
			version, err := migrations.Down(cmd.Context(), owner.DB())
			if err != nil {
				return fmt.Errorf("migrate %s: %w", db.where, err)
			}
			if version == 0 {
				return say(h, "There is no migration to take back.\n")
			}
			return say(h, "Migration %d was taken back.\n", version)
		}),
	}
	cmd.Flags().BoolVar(&destroy, "destroy-data", false, "agree that data is destroyed")
	return cmd
}

// say writes a result on the standard output.
func say(h host, format string, values ...any) error {
	if _, err := fmt.Fprintf(h.stdout, format, values...); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return nil
}
