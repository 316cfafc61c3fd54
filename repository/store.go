package repository

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"skillstracker/domain"
)

// Config says which database to use and how.
type Config struct {
	URL string // connection string of the application role
	// MaxConnections is the size of the pool; 0 means twice the cores.
	MaxConnections int
	// Clock tells the time at which files are received. It must be set.
	Clock func() time.Time
	// BusyWait is how long a write waits for another write of the same
	// organisation; 0 means five seconds.
	BusyWait time.Duration
	// KeepFiles is how long sent files are kept; 0 keeps none. KeepFilesFor is what
	// DESIGN 4 sets where nobody chooses.
	KeepFiles time.Duration
	// KeepKeys is how long the keys of requests are kept; 0 means seven days.
	KeepKeys time.Duration
	// ErasureKey is the secret, of 32 bytes at least, that makes the numbers of erased
	// people known again when somebody sends them. Without it nobody can be erased.
	ErasureKey []byte
}

// KeepFilesFor is how long sent files are kept unless a setting says otherwise.
const KeepFilesFor = 30 * 24 * time.Hour

// Store is the register. Its methods may be called from many goroutines.
type Store struct {
	pool      *sql.DB
	db        *gorm.DB
	clock     func() time.Time
	busyWait  time.Duration
	keepFiles time.Duration
	keepKeys  time.Duration
	erasure   *erasureKey   // nil without a key
	uploads   chan struct{} // at most half the pool may be uploads
	scopes    *scopeCache
}

var (
	_ domain.Registry     = (*Store)(nil)
	_ domain.UploadStore  = (*Store)(nil)
	_ domain.TotalsReader = (*Store)(nil)
	_ domain.Credentials  = (*Store)(nil)
)

// Open connects as the application role and refuses a role that could get past
// row-level security: a superuser, a role with BYPASSRLS, an owner of tables, or a
// member of one of these.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.Clock == nil {
		return nil, errors.New("open database: no clock is given")
	}
	erasure, err := newErasureKey(cfg.ErasureKey)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	pool, err := openScopedPool(cfg.URL)
	if err != nil {
		return nil, err
	}
	size := cfg.MaxConnections
	if size <= 0 {
		size = 2 * runtime.NumCPU()
	}
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	pool.SetConnMaxLifetime(30 * time.Minute)
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: pool}), &gorm.Config{
		SkipDefaultTransaction: true,
		QueryFields:            true,
		Logger:                 logger.Discard,
		DisableAutomaticPing:   true,
	})
	if err != nil {
		return nil, closeAfter(pool, fmt.Errorf("open database: %w", err))
	}
	if err := requirePlainRole(ctx, pool); err != nil {
		return nil, closeAfter(pool, err)
	}
	if cfg.BusyWait == 0 {
		cfg.BusyWait = 5 * time.Second
	}
	if cfg.KeepKeys == 0 {
		cfg.KeepKeys = 7 * 24 * time.Hour
	}
	return &Store{
		pool: pool, db: db, clock: cfg.Clock, busyWait: cfg.BusyWait, keepFiles: cfg.KeepFiles, keepKeys: cfg.KeepKeys,
		erasure: erasure,
		uploads: make(chan struct{}, max(1, size/2)),
		scopes:  newScopeCache(maxScopes, maxScopeCodes),
	}, nil
}

// openScopedPool opens the pool of the application, whose transactions begin with
// their scope. What is outside of transactions is the look at the role when the pool is
// opened, the mark of made-up data and the version of the schema, read once each.
func openScopedPool(url string) (*sql.DB, error) {
	cfg, err := parseURL(url, "skillstracker")
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector{stdlib.GetConnector(*cfg)}), nil
}

// openOwnerPool opens the pool of the owner.
func openOwnerPool(url string) (*sql.DB, error) {
	cfg, err := parseURL(url, "skillstracker owner")
	if err != nil {
		return nil, err
	}
	return stdlib.OpenDB(*cfg), nil
}

// parseURL reads a connection string. The settings are those that PgBouncer knows and
// gives to each of its own connections; every other one would make it refuse.
func parseURL(url, application string) (*pgx.ConnConfig, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read database URL: %w", redactURL(err))
	}
	cfg.RuntimeParams["application_name"], cfg.RuntimeParams["timezone"] = application, "UTC"
	return cfg, nil
}

func requirePlainRole(ctx context.Context, pool *sql.DB) error {
	var tooStrong bool
	// A role counts as every role that it could become by SET ROLE.
	err := pool.QueryRowContext(ctx, `
		SELECT EXISTS (SELECT FROM pg_roles r WHERE (r.rolsuper OR r.rolbypassrls) AND pg_has_role(current_user, r.oid, 'MEMBER'))
		    OR EXISTS (SELECT FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
		                 AND pg_has_role(current_user, c.relowner, 'MEMBER'))`).Scan(&tooStrong)
	if err != nil {
		return mapError("check database role", err)
	}
	if tooStrong {
		return &domain.Error{
			Kind: domain.KindUnavailable, Code: "database_role_too_strong",
			Message: "The database role of the application is a superuser, has BYPASSRLS or owns tables, so row-level security would not hold. Use the role skills_app, which has none of these.",
		}
	}
	return nil
}

// Close ends all connections.
func (s *Store) Close() error {
	if err := s.pool.Close(); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.pool.PingContext(ctx); err != nil {
		return mapError("ping database", err)
	}
	return nil
}

// DB returns the pool for checks of the schema's version. It carries no scope,
// so row-level security shows it no organisation's rows.
func (s *Store) DB() *sql.DB { return s.pool }

func closeAfter(pool *sql.DB, err error) error {
	if closing := pool.Close(); closing != nil {
		return fmt.Errorf("%w (and close database: %w)", err, closing)
	}
	return err
}
