package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"skillstracker/migrations"
	"skillstracker/repository"
	"skillstracker/repository/localpg"
)

// stopPatience is how long PostgreSQL gets to write everything down before it is
// stopped the hard way, after which it recovers at its next start.
const stopPatience = time.Minute

// database is how a command reaches the register.
type database struct {
	appURL, ownerURL string
	// backupURL is the same database as the role that reads everything.
	backupURL string
	// where names the database in messages, without a secret.
	where string
	// shared says that a server of another process runs the private PostgreSQL.
	shared bool
	// cluster is the private PostgreSQL that this process runs, if it does.
	cluster *localpg.Cluster
}

// connect finds the database of a command beside the server: the one of the
// settings, the one of a server that runs on the data directory, or the private
// cluster, started for as long as the command works. It never makes a cluster.
func connect(ctx context.Context, s settings, log *slog.Logger) (*database, error) {
	if s.namesDatabase() {
		return s.namedDatabase(), nil
	}
	if err := s.requireDataDir(); err != nil {
		return nil, err
	}
	running, found, err := localpg.Running(s.DataDir)
	if err != nil {
		return nil, fmt.Errorf("look for a running server: %w", err)
	}
	if found {
		return &database{
			appURL:   running.URL(localpg.RoleApp, localpg.Database),
			ownerURL: running.URL(localpg.RoleOwner, localpg.Database), backupURL: running.URL(localpg.RoleBackup, localpg.Database),
			where:  "the database in " + s.DataDir,
			shared: true,
		}, nil
	}
	return startPrivate(ctx, s, true, log)
}

// namesDatabase says whether the settings name a database, so that there is no private
// one.
func (s settings) namesDatabase() bool {
	return s.DatabaseURL != "" || s.OwnerDatabaseURL != "" || s.BackupDatabaseURL != ""
}

func (s settings) namedDatabase() *database {
	return &database{appURL: s.DatabaseURL, ownerURL: s.OwnerDatabaseURL, backupURL: s.BackupDatabaseURL, where: "the database of the settings"}
}

// startPrivate runs the private cluster of the data directory.
func startPrivate(ctx context.Context, s settings, mustExist bool, log *slog.Logger) (*database, error) {
	if err := s.requireDataDir(); err != nil {
		return nil, err
	}
	cluster, err := localpg.Start(ctx, localpg.Config{
		DataDir: s.DataDir, BinDir: s.PGBin, MustExist: mustExist, Logger: log,
	})
	if err != nil {
		return nil, fmt.Errorf("start the private database: %w", err)
	}
	return &database{
		appURL:   cluster.URL(localpg.RoleApp, localpg.Database),
		ownerURL: cluster.URL(localpg.RoleOwner, localpg.Database), backupURL: cluster.URL(localpg.RoleBackup, localpg.Database),
		where:   "the database in " + s.DataDir,
		cluster: cluster,
	}, nil
}

func (s settings) requireDataDir() error {
	if s.DataDir == "" {
		return usagef("there is no place for a private database: set SKILLSTRACKER_DATA_DIR to a folder, or SKILLSTRACKER_DATABASE_URL to a PostgreSQL database")
	}
	return nil
}

// close stops PostgreSQL when this process runs it. It works even after ctx ended.
func (d *database) close(ctx context.Context) error {
	if d.cluster == nil {
		return nil
	}
	patient, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopPatience)
	defer cancel()
	if err := d.cluster.Stop(patient); err != nil {
		return fmt.Errorf("stop the private database: %w", err)
	}
	return nil
}

// withOwner runs work as the owner of the database that a command reaches.
func withOwner(ctx context.Context, s settings, log *slog.Logger, work func(*database, *repository.Owner) error) error {
	return withDatabase(ctx, s, log, func(db *database) error {
		owner, err := db.openOwner(ctx)
		if err != nil {
			return err
		}
		return errors.Join(work(db, owner), owner.Close())
	})
}

// withDatabase runs work with the database that a command reaches.
func withDatabase(ctx context.Context, s settings, log *slog.Logger, work func(*database) error) error {
	db, err := connect(ctx, s, log)
	if err != nil {
		return err
	}
	return errors.Join(work(db), db.close(ctx))
}

func (d *database) openOwner(ctx context.Context) (*repository.Owner, error) {
	if d.ownerURL == "" {
		return nil, usagef("this works as the owner of the database: set SKILLSTRACKER_OWNER_DATABASE_URL too")
	}
	owner, err := repository.OpenOwner(ctx, d.ownerURL)
	if err != nil {
		return nil, fmt.Errorf("open %s as its owner: %w", d.where, err)
	}
	return owner, nil
}

func (d *database) openBackup(ctx context.Context) (*repository.Backup, error) {
	if d.backupURL == "" {
		return nil, usagef("this works as the role for backups: set SKILLSTRACKER_BACKUP_DATABASE_URL too")
	}
	backup, err := repository.OpenBackup(ctx, d.backupURL)
	if err != nil {
		return nil, plain(fmt.Errorf("open %s as its role for backups: %w", d.where, err))
	}
	return backup, nil
}

// requireCurrent returns an error that says what to do unless the schema of the
// database is the one that this program is written for.
func requireCurrent(ctx context.Context, db *sql.DB, where string) error {
	state, err := migrations.Status(ctx, db)
	if err != nil {
		return fmt.Errorf("read the version of the schema: %w", err)
	}
	switch {
	case state.Ahead():
		return fmt.Errorf("the schema of %s has version %d, but this program knows versions up to %d only: run the newer program that migrated it",
			where, state.Current, state.Latest)
	case state.Behind():
		return fmt.Errorf("the schema of %s has version %d and this program needs version %d: run \"skillstracker migrate up\", then try again",
			where, state.Current, state.Latest)
	}
	return nil
}

// migrate brings the schema of a private database up to date and returns how many
// migrations were applied.
func (d *database) migrate(ctx context.Context) (int, error) {
	owner, err := d.openOwner(ctx)
	if err != nil {
		return 0, err
	}
	applied, err := migrateAs(ctx, owner, d.where)
	return applied, errors.Join(err, owner.Close())
}

func migrateAs(ctx context.Context, owner *repository.Owner, where string) (int, error) {
	applied, err := migrations.Up(ctx, owner.DB())
	if err != nil {
		return 0, fmt.Errorf("migrate %s: %w", where, err)
	}
	return applied, requireCurrent(ctx, owner.DB(), where)
}
