package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// madeCertificate describes a certificate that signs itself.
type madeCertificate struct {
	names       []string
	addresses   []net.IP
	from, until time.Time
	serial      int64
}

// write puts the certificate and its key into a folder.
func (m madeCertificate) write(t *testing.T, folder string) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(m.serial), Subject: pkix.Name{CommonName: "synthetic"}, NotBefore: m.from, NotAfter: m.until,
		DNSNames: m.names, IPAddresses: m.addresses, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IsCA: true, BasicConstraintsValid: true,
	}
	made, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile = filepath.Join(folder, "server.crt"), filepath.Join(folder, "server.key")
	for path, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: made}, keyFile: {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}

// holding is a certificate that holds for a year around a time.
func holding(now time.Time, serial int64) madeCertificate {
	return madeCertificate{names: []string{"*.skills.example"}, from: now.Add(-24 * time.Hour), until: now.Add(365 * 24 * time.Hour), serial: serial}
}

func TestCertificateIsCheckedAtStart(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)
	good := holding(now, 1)
	over, early, nameless := good, good, good
	over.until, early.from, nameless.names = now.Add(-time.Hour), now.Add(time.Hour), nil
	otherKey := func(t *testing.T, folder string) {
		t.Helper()
		_, elsewhere := good.write(t, t.TempDir())
		content, err := os.ReadFile(elsewhere)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "server.key"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	noKey := func(t *testing.T, folder string) {
		t.Helper()
		if err := os.Remove(filepath.Join(folder, "server.key")); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		made   madeCertificate
		change func(*testing.T, string)
		want   string
	}{
		"good":        {made: good},
		"ended":       {made: over, want: "ended on 2026-11-22: put a renewed one in its place"},
		"not yet":     {made: early, want: "holds from 2026-11-22 10:30:00 on only"},
		"no name":     {made: nameless, want: "names no host that it stands for"},
		"another key": {made: good, change: otherKey, want: "cannot be used together"},
		"no key":      {made: good, change: noKey, want: "must both be readable"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			certFile, keyFile := test.made.write(t, folder)
			if test.change != nil {
				test.change(t, folder)
			}
			_, err := openCertificate(t.Context(), settings{TLSCertificate: certFile, TLSKey: keyFile}, func() time.Time { return now }, slog.New(slog.DiscardHandler))
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || exitStatus(err) != exitUsage):
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
	for _, half := range []string{"SKILLSTRACKER_TLS_CERTIFICATE=server.crt", "SKILLSTRACKER_TLS_KEY=server.key"} {
		if _, _, err := load(t, nil, half); err == nil || !strings.Contains(err.Error(), "belong together") {
			t.Errorf("%s alone gives %v", half, err)
		}
	}
}

// Files that have changed and are no good do not end the service, and are told of once.
func TestCertificateIsReadAgain(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)
	folder := t.TempDir()
	certFile, keyFile := holding(now, 1).write(t, folder)
	var logged bytes.Buffer
	c, err := openCertificate(t.Context(), settings{TLSCertificate: certFile, TLSKey: keyFile}, func() time.Time { return now }, slog.New(slog.NewTextHandler(&logged, nil)))
	if err != nil {
		t.Fatal(err)
	}
	serial := func() int64 {
		t.Helper()
		held, err := c.get(&tls.ClientHelloInfo{})
		if err != nil {
			t.Fatal(err)
		}
		return held.Leaf.SerialNumber.Int64()
	}
	if got := serial(); got != 1 {
		t.Fatalf("the first certificate is %d", got)
	}
	if err := os.WriteFile(certFile, []byte("half written"), 0o600); err != nil {
		t.Fatal(err)
	}
	if first, second := serial(), serial(); first != 1 || second != 1 || strings.Count(logged.String(), "have changed") != 1 {
		t.Errorf("certificates %d and %d, log %s", first, second, &logged)
	}
	if err := os.Remove(certFile); err != nil {
		t.Fatal(err)
	}
	if got := serial(); got != 1 {
		t.Errorf("without its file the certificate is %d", got)
	}
	ending := holding(now, 2)
	ending.until = now.Add(24 * time.Hour)
	ending.write(t, folder)
	if got := serial(); got != 2 || !strings.Contains(logged.String(), "renewed") || strings.Count(logged.String(), "ends soon") != 1 {
		t.Errorf("the renewed certificate is %d, log %s", got, &logged)
	}
	serial()
	now = now.Add(25 * time.Hour)
	if got := serial(); got != 2 || strings.Count(logged.String(), "ends soon") != 2 {
		t.Errorf("the day after the certificate is %d, log %s", got, &logged)
	}
}
