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
	"strings"
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
	db    *database
	store *repository.Store
	log   *slog.Logger
	http  *http.Server
	url   string // at which a program on this machine reaches it
	// certificate is nil when the service speaks plain HTTP.
	certificate *certificate
	drain       time.Duration
	stopping    atomic.Bool
	ended       chan error // how Serve ended, when it ended by itself
	// stopExpiry ends the deleting of what has run out.
	stopExpiry func()
	// stopHeads ends the writing of the audit trail's heads with those of now.
	stopHeads func(context.Context)
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
	v := &service{db: db, log: log, drain: s.ShutdownDrain, url: baseURL(listener.Addr().String(), s.TLSCertificate != ""), ended: make(chan error, 1)}
	if err := v.open(ctx, h, s); err != nil {
		return nil, errors.Join(err, v.closeDatabase(ctx), listener.Close())
	}
	v.startExpiry(ctx, h.wait)
	v.startHeads(ctx, h.wait)
	go func() {
		if err := v.serveHTTP(listener); !errors.Is(err, http.ErrServerClosed) {
			v.ended <- fmt.Errorf("serve on %s: %w", listener.Addr(), err)
		}
	}()
	log.InfoContext(ctx, "serving", "address", listener.Addr().String(), "version", programVersion(), "tls", v.certificate != nil)
	if v.certificate == nil && !isLoopback(listener.Addr()) {
		log.WarnContext(ctx, "serving plain HTTP to other machines: tokens and files can be read on the way unless a proxy speaks TLS before this server and nobody else reaches it; set SKILLSTRACKER_TLS_CERTIFICATE and SKILLSTRACKER_TLS_KEY to serve HTTPS",
			"address", listener.Addr().String())
	}
	return v, nil
}

// serveHTTP serves until the server is stopped, with TLS when there is a certificate.
func (v *service) serveHTTP(listener net.Listener) error {
	if v.certificate == nil {
		return v.http.Serve(listener)
	}
	return v.http.ServeTLS(listener, "", "")
}

// isLoopback says whether only programs of this machine reach an address.
func isLoopback(address net.Addr) bool {
	tcp, ok := address.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// open connects to the database and puts the handler together.
func (v *service) open(ctx context.Context, h host, s settings) error {
	var err error
	if v.certificate, err = openCertificate(ctx, s, h.now, v.log); err != nil {
		return err
	}
	erasureKey, forgetKey := s.ErasureKey, func() error { return nil }
	if v.db.cluster != nil {
		if erasureKey, forgetKey, err = ownErasureKey(s); err != nil {
			return err
		}
	}
	store, err := repository.Open(ctx, repository.Config{
		URL: v.db.appURL, MaxConnections: s.PoolSize, Clock: h.now, KeepFiles: s.KeepFiles, ErasureKey: erasureKey,
	})
	if err != nil {
		return plain(fmt.Errorf("open %s: %w", v.db.where, err))
	}
	v.store = store
	if err := requireCurrent(ctx, store.DB(), v.db.where); err != nil {
		return err
	}
	if err := store.CheckErasureKey(ctx); err != nil {
		return errors.Join(plain(fmt.Errorf("open %s: %w", v.db.where, err)), forgetKey())
	}
	synthetic, err := store.Synthetic(ctx)
	if err != nil {
		return fmt.Errorf("open %s: %w", v.db.where, err)
	}
	temp, err := emptyTempDir(s.DataDir)
	if err != nil {
		return err
	}
	people := s.newSignIn(h.now)
	handler, err := api.New(api.Deps{
		Uploads: store, Data: store, Reads: store, Registry: store, Totals: store, Targets: store, Exports: store, Credentials: store, Reports: api.Workbooks{},
		Audit: store, Tokens: store, Rights: store, Sessions: store,
		Rule: s.Disclosure, Ready: v.ready, Clock: h.now, Logger: v.log, TempDir: temp,
		Version: programVersion(), Synthetic: synthetic, KeepFiles: s.KeepFiles, Limits: s.Limits,
		Rates: s.Rates, TrustedProxies: s.TrustedProxies,
		Pool: poolStatistics(store), PublicMetrics: s.PublicMetrics, HTTPS: v.certificate != nil || strings.HasPrefix(s.PublicURL, "https:"),
		SignIn: people, FormTargets: formTargets(people),
	})
	if err != nil {
		return fmt.Errorf("put the server together: %w", err)
	}
	v.http = newHTTPServer(handler, v.certificate, v.log)
	return nil
}

// newHTTPServer returns a server that nobody can hold up by sending little. It speaks TLS
// when there is a certificate.
func newHTTPServer(handler http.Handler, held *certificate, log *slog.Logger) *http.Server {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: httpLog(log),
		// OPTIONS * is answered like everything else, with the headers of every answer.
		DisableGeneralOptionsHandler: true,
	}
	if held != nil {
		server.TLSConfig = held.serverTLS()
	}
	return server
}

// poolStatistics tells the metrics how the store's connections are used.
func poolStatistics(store *repository.Store) func() api.PoolStatistics {
	return func() api.PoolStatistics {
		now := store.DB().Stats()
		return api.PoolStatistics{
			Most: now.MaxOpenConnections, Open: now.OpenConnections, InUse: now.InUse, Idle: now.Idle,
			Waits: now.WaitCount, Waited: now.WaitDuration,
		}
	}
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
	v.stopHeads(ctx)
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
