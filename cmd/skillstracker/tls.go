package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// certificateEnds is how long before its end a certificate is complained of in the log.
const certificateEnds = 14 * 24 * time.Hour

// certificate is the server's certificate with its key, read again when the files
// change, so that it can be renewed beside the running server.
type certificate struct {
	certFile, keyFile string
	now               func() time.Time
	log               *slog.Logger

	mutex  sync.Mutex
	held   *tls.Certificate
	stamps [2]fileStamp // of the files that were read last, whether they could be used or not
	warned time.Time    // when its end was told of last
}

// fileStamp changes when a file does.
type fileStamp struct {
	size     int64
	modified time.Time
}

func stampOf(path string) (fileStamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return fileStamp{}, fmt.Errorf("look at file: %w", err)
	}
	return fileStamp{size: info.Size(), modified: info.ModTime()}, nil
}

// openCertificate reads the certificate of the settings, or returns nil when there is
// none. Its error says which file is wrong and what to do.
func openCertificate(ctx context.Context, s settings, now func() time.Time, log *slog.Logger) (*certificate, error) {
	if s.TLSCertificate == "" {
		return nil, nil //nolint:nilnil // no certificate is a good answer: the server then speaks plain HTTP
	}
	c := &certificate{certFile: s.TLSCertificate, keyFile: s.TLSKey, now: now, log: log}
	stamps, err := c.look()
	if err != nil {
		return nil, usagef("the files of SKILLSTRACKER_TLS_CERTIFICATE and SKILLSTRACKER_TLS_KEY must both be readable: %w", err)
	}
	if c.held, err = readCertificate(c.certFile, c.keyFile, now()); err != nil {
		return nil, &usageError{err: err}
	}
	c.stamps = stamps
	c.warnOfEnd(ctx)
	return c, nil
}

func (c *certificate) look() (stamps [2]fileStamp, err error) {
	if stamps[0], err = stampOf(c.certFile); err != nil {
		return stamps, err
	}
	stamps[1], err = stampOf(c.keyFile)
	return stamps, err
}

// readCertificate reads and checks a certificate with its key.
func readCertificate(certFile, keyFile string, now time.Time) (*tls.Certificate, error) {
	read, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return nil, fmt.Errorf("the certificate %s and the key %s cannot be used together: both must be PEM files, and the key that of the first certificate in the file (%w)", certFile, keyFile, err)
	}
	leaf := read.Leaf
	switch {
	case now.After(leaf.NotAfter):
		return nil, fmt.Errorf("the certificate %s ended on %s: put a renewed one in its place", certFile, leaf.NotAfter.UTC().Format(time.DateOnly))
	case now.Before(leaf.NotBefore):
		return nil, fmt.Errorf("the certificate %s holds from %s on only: check the clock of this machine, or use one that holds now", certFile, leaf.NotBefore.UTC().Format(time.DateTime))
	case len(leaf.DNSNames) == 0 && len(leaf.IPAddresses) == 0:
		return nil, fmt.Errorf("the certificate %s names no host that it stands for (subject alternative name), so no client would accept it: have one made that does", certFile)
	}
	return &read, nil
}

// get returns the certificate for a new connection. Files that have changed and cannot
// be used are logged once, and the certificate that was held stays.
func (c *certificate) get(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	ctx := hello.Context()
	defer c.warnOfEnd(ctx)
	stamps, err := c.look()
	if err == nil && stamps == c.stamps {
		return c.held, nil
	}
	var renewed *tls.Certificate
	if err == nil {
		renewed, err = readCertificate(c.certFile, c.keyFile, c.now())
	}
	if err != nil {
		if stamps != c.stamps {
			c.stamps = stamps
			c.log.ErrorContext(ctx, "the certificate's files have changed and cannot be used; the earlier certificate is used on", "error", err)
		}
		return c.held, nil
	}
	c.held, c.stamps = renewed, stamps
	c.log.InfoContext(ctx, "certificate was renewed", "ends", c.held.Leaf.NotAfter.UTC())
	return c.held, nil
}

// warnOfEnd tells of a certificate that ends soon or has ended, once a day while it is used.
func (c *certificate) warnOfEnd(ctx context.Context) {
	now, ends := c.now(), c.held.Leaf.NotAfter
	if ends.Sub(now) < certificateEnds && now.Sub(c.warned) >= 24*time.Hour {
		c.warned = now
		c.log.WarnContext(ctx, "the certificate ends soon or has ended: renew its files, which needs no restart", "ends", ends.UTC())
	}
}

// serverTLS is how the server speaks TLS: 1.2 at least, and in 1.2 nothing but suites
// with forward secrecy and authenticated encryption (NCSC's recommended profiles).
func (c *certificate) serverTLS() *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: c.get,
		CipherSuites: []uint16{
			tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
			tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
			tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
		},
	}
}

// ownTransport is how a program asks the server of this machine, by the address of the
// machine and not by the name in the certificate: the certificates of the server's own
// file are trusted, and no others. Without a file it is plain HTTP.
func ownTransport(certFile string) (*http.Transport, error) {
	plain := &http.Transport{Proxy: nil, ForceAttemptHTTP2: true}
	if certFile == "" {
		return plain, nil
	}
	content, err := os.ReadFile(certFile)
	if err != nil {
		return nil, fmt.Errorf("read the server's certificate: %w", err)
	}
	trusted := x509.NewCertPool()
	var leaf *x509.Certificate
	for block, rest := pem.Decode(content); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		read, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("read the server's certificate %s: %w", certFile, err)
		}
		if leaf == nil {
			leaf = read
		}
		trusted.AddCert(read)
	}
	if leaf == nil {
		return nil, fmt.Errorf("there is no certificate in %s: name a PEM file with SKILLSTRACKER_TLS_CERTIFICATE", certFile)
	}
	plain.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: trusted, ServerName: nameIn(leaf)}
	return plain, nil
}

// nameIn returns a name that a certificate stands for.
func nameIn(leaf *x509.Certificate) string {
	if len(leaf.DNSNames) > 0 {
		// A wildcard stands for any one label.
		return strings.Replace(leaf.DNSNames[0], "*", "any", 1)
	}
	if len(leaf.IPAddresses) > 0 {
		return leaf.IPAddresses[0].String()
	}
	return ""
}

// checkTLS refuses half a setting.
func (s *settings) checkTLS() error {
	if (s.TLSCertificate == "") != (s.TLSKey == "") {
		return errors.New("SKILLSTRACKER_TLS_CERTIFICATE and SKILLSTRACKER_TLS_KEY belong together: set both to serve TLS, or neither behind a proxy that does")
	}
	return nil
}
