// Package localpg runs a private PostgreSQL for one data directory, so that
// the program needs no database server to be set up.
//
// The rule: nothing outside the data directory is touched, an existing
// cluster is never replaced, and the server ends with the program, however
// the program ends. The server listens on a Unix socket only, which nobody
// but its own user (and root) can reach. Layout of the data directory:
//
//	data/            the cluster
//	socket/          the socket, made anew at each start
//	lock             held for as long as the program runs
//	postgresql.log   the server's log, without statements and values
package localpg

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
)

// Names of what every cluster holds.
const (
	// RoleAdmin is the superuser that initdb makes.
	RoleAdmin = "skills_admin"
	// RoleOwner owns the database and runs the migrations.
	RoleOwner = "skills_owner"
	// RoleApp is the application's role; it owns nothing.
	RoleApp = "skills_app"
	// RoleBackup reads everything, past the policies, and writes nothing.
	RoleBackup = "skills_backup"
	// Database is the one database, owned by RoleOwner.
	Database = "skillstracker"
)

const (
	clusterName = "data"
	socketName  = "socket"
	lockName    = "lock"
	logName     = "postgresql.log"
)

// Config says where the cluster is and how it is run.
type Config struct {
	// DataDir is the absolute path of the data directory. It is made, with
	// mode 0700, when it does not exist.
	DataDir string
	// BinDir names the directory of initdb and postgres. Empty means: search
	// the usual places. It is what SKILLSTRACKER_PG_BIN holds.
	BinDir string
	// MustExist forbids making a cluster: Start then fails with ErrNoCluster
	// when the data directory holds none.
	MustExist bool
	// Logger hears of restarts and slow starts; nil means nobody does. It is
	// never given a statement, a value or a secret.
	Logger *slog.Logger
	// ExtraSettings are PostgreSQL settings (name to value) given on the
	// server's command line. They may replace a default of this package, but
	// not what keeps the server private; such a name is an error.
	ExtraSettings map[string]string
}

// Cluster is a running private PostgreSQL. It is safe for concurrent use.
type Cluster struct {
	cfg      Config
	log      *slog.Logger
	account  account
	programs programs
	files    *files
	lock     *lock

	cancel     context.CancelFunc // ends the waiting for a restart
	stopping   chan struct{}      // closed by the first Stop
	hurry      chan struct{}      // closed when Stop runs out of time
	supervised chan struct{}      // closed when the supervisor has ended
	done       chan struct{}      // closed when the supervisor has given up

	stop sync.Mutex // held by Stop from beginning to end

	mu       sync.Mutex
	err      error // why the supervisor gave up
	exit     error // how the server ended when it was stopped
	stopped  bool
	stopFail error // what Stop answered
}

// Start runs the cluster of cfg.DataDir, making it first when there is none,
// and returns once the server accepts connections and the roles and
// the database exist. ctx bounds the start only: a server that is recovering
// from a crash may need minutes. The server then runs until Stop, or until
// this process ends.
//
// The error is an *Error of kind ErrUnsupported, ErrUser, ErrNotFound,
// ErrNoCluster, ErrVersion, ErrDirectory, ErrInUse, ErrUnsafe or ErrServer,
// or the error of ctx.
func Start(ctx context.Context, cfg Config) (*Cluster, error) {
	if err := supported(); err != nil {
		return nil, err
	}
	if !filepath.IsAbs(cfg.DataDir) {
		return nil, newError(ErrDirectory, nil, "the data directory %q is not an absolute path", cfg.DataDir)
	}
	if err := checkSettings(cfg.ExtraSettings); err != nil {
		return nil, err
	}
	cfg.DataDir = filepath.Clean(cfg.DataDir)
	c := &Cluster{
		cfg:        cfg,
		log:        cfg.Logger,
		stopping:   make(chan struct{}),
		hurry:      make(chan struct{}),
		supervised: make(chan struct{}),
		done:       make(chan struct{}),
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	if err := c.prepare(ctx); err != nil {
		return nil, err
	}
	server, err := c.open(ctx)
	if err != nil {
		return nil, c.release(err)
	}
	life, cancel := context.WithCancel(context.WithoutCancel(ctx))
	c.cancel = cancel
	go c.supervise(life, server)
	return c, nil
}

// prepare finds account and programs, makes the data directory usable and
// takes its lock. It changes nothing before it knows that the cluster, if
// there is one, is of a version it can run.
func (c *Cluster) prepare(ctx context.Context) error {
	found, err := inspect(c.cfg.DataDir)
	if err != nil {
		return err
	}
	if !found.exists && c.cfg.MustExist {
		return noCluster(c.cfg.DataDir)
	}
	c.account, c.programs, err = choose(ctx, c.cfg, found)
	if err != nil {
		return err
	}
	if err := makeDirectory(c.cfg.DataDir, found, c.account); err != nil {
		return err
	}
	if err := c.programs.checkAccess(ctx, c.cfg.DataDir, c.account); err != nil {
		return err
	}
	c.lock, err = takeLock(ctx, c.cfg.DataDir, c.account)
	return err
}

// open makes the cluster when it is absent, starts the server and returns
// when the database can be used. The lock is held.
func (c *Cluster) open(ctx context.Context) (*process, error) {
	// Another instance may have made the cluster before the lock was ours.
	found, err := inspect(c.cfg.DataDir)
	if err != nil {
		return nil, err
	}
	if found.exists && found.major != c.programs.major {
		return nil, wrongVersion(c.cfg.DataDir, found.major, []programs{c.programs})
	}
	c.files, err = openFiles(c.cfg.DataDir, c.account)
	if err != nil {
		return nil, err
	}
	if err := c.files.removeLeftovers(); err != nil {
		return nil, err
	}
	if !found.exists {
		if c.cfg.MustExist {
			return nil, noCluster(c.cfg.DataDir)
		}
		if err := c.initialise(ctx); err != nil {
			return nil, err
		}
	}
	if err := c.files.openCluster(); err != nil {
		return nil, err
	}
	if err := c.files.rotateLog(); err != nil {
		return nil, err
	}
	if err := c.files.chooseSocketDir(c.lock.formerSocketDir); err != nil {
		return nil, err
	}
	server, err := c.launch(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.settle(ctx, server); err != nil {
		return nil, c.abandon(ctx, server, err)
	}
	return server, nil
}

// URL returns a connection string for role and database over the socket. It
// holds no password: the server trusts this process's user, by peer
// authentication, to be any of the roles.
func (c *Cluster) URL(role, database string) string {
	return socketURL(c.files.socketDir, role, database)
}

// SocketDir returns the directory of the server's socket.
func (c *Cluster) SocketDir() string { return c.files.socketDir }

// Version returns the server's version, for example "15.18".
func (c *Cluster) Version() string { return c.programs.version }

// Done is closed when the server keeps ending and the supervision has given
// up (5 tries within a minute). It stays open after an ordinary Stop.
func (c *Cluster) Done() <-chan struct{} { return c.done }

// Err says why Done was closed; before that it is nil.
func (c *Cluster) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// inspection is what can be learnt of a cluster without changing anything.
type inspection struct {
	exists bool
	major  int
}

// inspect reads which major version made the cluster of dataDir. Only a
// cluster directory that is absent or empty counts as no cluster; whatever
// else cannot be read is an error, so that nothing is ever overwritten.
func inspect(dataDir string) (inspection, error) {
	path := filepath.Join(dataDir, clusterName, "PG_VERSION")
	text, err := os.ReadFile(path)
	if err == nil {
		major, ok := parseMajor(string(text))
		if !ok {
			return inspection{}, newError(ErrVersion, nil,
				"%s does not hold a PostgreSQL version, so the cluster beside it may be damaged; nothing was changed: restore that file or the whole data directory from a backup, or name another data directory", path)
		}
		return inspection{exists: true, major: major}, nil
	}
	if !os.IsNotExist(err) {
		return inspection{}, newError(ErrVersion, err,
			"%s cannot be read, so it is not known which PostgreSQL made this cluster; nothing was changed: run as the user that owns the data directory, or name another data directory", path)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	switch {
	case os.IsNotExist(err):
		return inspection{}, nil
	case err != nil:
		return inspection{}, newError(ErrDirectory, err, "%s cannot be read; nothing was changed", filepath.Dir(path))
	case len(entries) > 0:
		return inspection{}, newError(ErrVersion, nil,
			"%s holds files but no PG_VERSION, so it is not a whole cluster; nothing was changed: restore it from a backup, or name another data directory", filepath.Dir(path))
	}
	return inspection{}, nil
}

func noCluster(dataDir string) error {
	return newError(ErrNoCluster, nil,
		"there is no database in %s yet: run \"skillstracker serve\" with this data directory first, or name the right one with --data-dir", dataDir)
}

// release gives up everything prepare and open took, and returns cause.
func (c *Cluster) release(cause error) error {
	var errs []error
	if c.files != nil {
		errs = append(errs, c.files.close())
	}
	if err := errors.Join(append(errs, c.lock.release())...); err != nil {
		return errors.Join(cause, fmt.Errorf("release data directory: %w", err))
	}
	return cause
}
