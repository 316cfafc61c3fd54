package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"skillstracker/api"
	"skillstracker/domain"
	"skillstracker/repository"
)

// The bounds of the HTTP server. Bodies and answers have bounds of their own in
// package api, by operation.
const (
	headerTimeout  = 10 * time.Second
	idleTimeout    = 2 * time.Minute
	maxHeaderBytes = 64 << 10
)

// tempName is the folder of temporary files below the data directory.
const tempName = "tmp"

// service is a running server: HTTP, the connections to the database, and the
// private PostgreSQL when there is one.
type service struct {
	db       *database
	store    *repository.Store
	log      *slog.Logger
	http     *http.Server
	url      string
	drain    time.Duration
	stopping atomic.Bool
	ended    chan error // how Serve ended, when it ended by itself
	// stopExpiry ends the deleting of what has run out.
	stopExpiry func()
}

// listen opens the address to serve on, or says in words why it cannot.
func listen(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("another program already serves on %s: stop it, or choose another address with SKILLSTRACKER_LISTEN, such as SKILLSTRACKER_LISTEN=127.0.0.1:8081", address)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot serve on %s, choose another address with SKILLSTRACKER_LISTEN: %w", address, err)
	}
	return listener, nil
}

// startService serves on an open listener from a database whose schema is right.
// It owns db from then on, also when it fails.
func startService(ctx context.Context, h host, s settings, listener net.Listener, db *database, log *slog.Logger) (*service, error) {
	v := &service{db: db, log: log, drain: s.ShutdownDrain, url: baseURL(listener.Addr().String()), ended: make(chan error, 1)}
	if err := v.open(ctx, h, s); err != nil {
		return nil, errors.Join(err, v.closeDatabase(ctx), listener.Close())
	}
	v.startExpiry(ctx, h.wait)
	go func() {
		if err := v.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			v.ended <- fmt.Errorf("serve on %s: %w", listener.Addr(), err)
		}
	}()
	log.InfoContext(ctx, "serving", "address", listener.Addr().String(), "version", programVersion())
	return v, nil
}

// open connects to the database and puts the handler together.
func (v *service) open(ctx context.Context, h host, s settings) error {
	store, err := repository.Open(ctx, repository.Config{URL: v.db.appURL, MaxConnections: s.PoolSize, Clock: h.now, KeepFiles: s.KeepFiles})
	if err != nil {
		return plain(fmt.Errorf("open %s: %w", v.db.where, err))
	}
	v.store = store
	if err := requireCurrent(ctx, store.DB(), v.db.where); err != nil {
		return err
	}
	synthetic, err := store.Synthetic(ctx)
	if err != nil {
		return fmt.Errorf("open %s: %w", v.db.where, err)
	}
	temp, err := emptyTempDir(s.DataDir)
	if err != nil {
		return err
	}
	handler, err := api.New(api.Deps{
		Uploads: store, Data: store, Reads: store, Registry: store, Totals: store, Targets: store, Exports: store, Credentials: store, Reports: api.Workbooks{},
		Audit: store, Tokens: store, Rights: store, Sessions: store,
		Rule: s.Disclosure, Ready: v.ready, Clock: h.now, Logger: v.log, TempDir: temp,
		Version: programVersion(), Synthetic: synthetic, KeepFiles: s.KeepFiles, Limits: s.Limits,
	})
	if err != nil {
		return fmt.Errorf("put the server together: %w", err)
	}
	v.http = &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: slog.NewLogLogger(v.log.Handler(), slog.LevelWarn),
	}
	return nil
}

// ready returns an error while the service cannot answer questions.
func (v *service) ready(ctx context.Context) error {
	if v.stopping.Load() {
		return domain.Unavailable("stopping", "The service is being stopped. Ask again in a minute.", 60, nil)
	}
	return requireCurrent(ctx, v.store.DB(), v.db.where)
}

// wait returns when ctx ends (then without an error), when the HTTP server fails,
// or when PostgreSQL has ended too often to be started again.
func (v *service) wait(ctx context.Context) error {
	var given <-chan struct{}
	if v.db.cluster != nil {
		given = v.db.cluster.Done()
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-v.ended:
		return err
	case <-given:
		return &softwareError{err: v.db.cluster.Err()}
	}
}

// stop ends the service in order: it stops being ready, finishes running requests
// for as long as the settings allow, closes the connections and stops PostgreSQL.
func (v *service) stop(ctx context.Context) error {
	v.stopping.Store(true)
	v.log.InfoContext(ctx, "stopping", "drain", v.drain)
	patient, cancel := context.WithTimeout(context.WithoutCancel(ctx), v.drain)
	defer cancel()
	err := v.http.Shutdown(patient)
	if errors.Is(err, context.DeadlineExceeded) {
		v.log.WarnContext(ctx, "requests were cut off because they did not end in time")
		err = v.http.Close()
	}
	if err != nil {
		err = fmt.Errorf("stop HTTP: %w", err)
	}
	v.stopExpiry()
	err = errors.Join(err, v.closeDatabase(ctx))
	v.log.InfoContext(ctx, "stopped")
	return err
}

func (v *service) closeDatabase(ctx context.Context) error {
	var err error
	if v.store != nil {
		err = v.store.Close()
	}
	return errors.Join(err, v.db.close(ctx))
}

// emptyTempDir makes the folder of temporary files and removes those that a server
// left there when it was killed. It touches no other file, because the folder is
// the operator's. It goes through os.Root because the data directory may belong to
// the user that PostgreSQL runs as.
func emptyTempDir(dataDir string) (path string, err error) {
	if err := os.MkdirAll(dataDir, 0o700); err != nil {
		return "", fmt.Errorf("make data directory: %w", err)
	}
	root, err := os.OpenRoot(dataDir)
	if err != nil {
		return "", fmt.Errorf("open data directory: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	if err := root.Mkdir(tempName, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("make folder of temporary files: %w", err)
	}
	for _, pattern := range api.TempFilePatterns() {
		left, err := fs.Glob(root.FS(), tempName+"/"+pattern)
		if err != nil {
			return "", fmt.Errorf("look for temporary files: %w", err)
		}
		for _, name := range left {
			if err := root.Remove(name); err != nil {
				return "", fmt.Errorf("remove temporary file: %w", err)
			}
		}
	}
	return filepath.Join(dataDir, tempName), nil
}
