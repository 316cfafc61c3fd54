package main

import (
	"context"
	"errors"
	"log/slog"

	"github.com/spf13/cobra"
)

func newServeCommand(h host) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the server",
		Long: `Serves the HTTP API until it is told to stop (SIGINT or SIGTERM): then running
requests are finished first. A second signal stops at once.

With SKILLSTRACKER_DATABASE_URL it uses that database, and does not start while
its schema is not the one this program needs. Without it, it runs a private
PostgreSQL in the data directory and keeps its schema up to date by itself.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, _, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			return serve(cmd.Context(), h, s, newLogger(h.stderr, s))
		},
	}
	addSettings(cmd.Flags(), h, scopeService)
	return cmd
}

// serve runs the server until ctx ends.
func serve(ctx context.Context, h host, s settings, log *slog.Logger) error {
	if err := s.requireDataDir(); err != nil {
		return err
	}
	if err := s.readSignIn(); err != nil {
		return err
	}
	listener, err := listen(ctx, s.Listen)
	if err != nil {
		return err
	}
	db, err := openForService(ctx, s, log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	running, err := startService(ctx, h, s, listener, db, log)
	if err != nil {
		return err
	}
	if err := running.offerAdminLink(ctx, h, s); err != nil {
		return errors.Join(err, running.stop(ctx))
	}
	return errors.Join(running.wait(ctx), running.stop(ctx))
}

// openForService finds the database to serve from. A private one is made when it
// is absent and its schema is brought up to date.
func openForService(ctx context.Context, s settings, log *slog.Logger) (*database, error) {
	if s.DatabaseURL != "" {
		return &database{appURL: s.DatabaseURL, ownerURL: s.OwnerDatabaseURL, where: "the database of SKILLSTRACKER_DATABASE_URL"}, nil
	}
	if s.OwnerDatabaseURL != "" {
		return nil, usagef("SKILLSTRACKER_OWNER_DATABASE_URL is set but SKILLSTRACKER_DATABASE_URL is not: set it to the same database as the application role, or remove the one that is set to use a private database")
	}
	db, err := startPrivate(ctx, s, false, log)
	if err != nil {
		return nil, err
	}
	applied, err := db.migrate(ctx)
	if err != nil {
		return nil, errors.Join(err, db.close(ctx))
	}
	log.InfoContext(ctx, "private database is up", "postgresql", db.cluster.Version(), "migrations", applied)
	return db, nil
}
