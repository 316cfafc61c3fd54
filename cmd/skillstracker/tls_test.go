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
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
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

// asking is a client that trusts what the server's file holds and counts as another program.
func asking(t *testing.T, certFile string, change func(*tls.Config)) *http.Client {
	t.Helper()
	transport, err := ownTransport(certFile)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(transport.TLSClientConfig)
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func ask(t *testing.T, client *http.Client, url string) (*http.Response, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err == nil {
		t.Cleanup(func() { _ = response.Body.Close() })
	}
	return response, err
}

// TestServeOverTLS serves with a certificate, renews it beside the running server, and
// uses the commands that ask a server.
func TestServeOverTLS(t *testing.T) {
	t.Parallel()
	dir, folder := newDataDir(t), t.TempDir()
	made := holding(time.Now(), 1)
	made.addresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	certFile, keyFile := made.write(t, folder)
	files := []string{"SKILLSTRACKER_TLS_CERTIFICATE=" + certFile, "SKILLSTRACKER_TLS_KEY=" + keyFile}
	server, address := serving(t, dir, files...)
	base := "https://" + address
	if strings.Contains(server.stderr.String(), "serving plain HTTP") {
		t.Error("a server with TLS warns of plain HTTP")
	}
	response, err := ask(t, asking(t, certFile, nil), base+"/healthz")
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK || response.ProtoMajor != 2 || response.TLS.Version != tls.VersionTLS13 || response.Header.Get("Strict-Transport-Security") != "max-age=31536000" {
		t.Errorf("the answer is %s %s, TLS %x, HSTS %q", response.Proto, response.Status, response.TLS.Version, response.Header.Get("Strict-Transport-Security"))
	}
	for name, test := range map[string]struct {
		change func(*tls.Config)
		taken  bool
	}{
		"TLS 1.2": {func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 }, true},
		"TLS 1.1": {func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }, false},
		"no authentication": {func(c *tls.Config) {
			c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA}
		}, false},
	} {
		if _, err := ask(t, asking(t, certFile, test.change), base+"/healthz"); (err == nil) != test.taken {
			t.Errorf("%s: %v", name, err)
		}
	}
	if status, _ := get(t, "http://"+address+"/healthz", ""); status != http.StatusBadRequest {
		t.Errorf("plain HTTP gets %d", status)
	}
	server.awaitText(t, &server.stderr, `(TLS handshake error from a client)`)
	if strings.Contains(server.stderr.String(), "error from 127.") {
		t.Error("the log holds the address of a client")
	}

	if out := must(t, files, "healthcheck", "--data-dir", dir, "--listen", address); !strings.Contains(out, "at https://") {
		t.Errorf("healthcheck says %q", out)
	}
	token := strings.TrimSpace(must(t, nil, "token", "create", "--role", "planner", "--all", "--data-dir", dir))
	trusting := []string{"SKILLSTRACKER_URL=" + base, "SKILLSTRACKER_TOKEN=" + token, "SSL_CERT_FILE=" + certFile}
	out := filepath.Join(folder, "staff.xlsx")
	must(t, trusting, "template", "staff", "--output", out)
	if info, err := os.Stat(out); err != nil || info.Size() == 0 {
		t.Errorf("the template is %v, %v", info, err)
	}
	if _, stderr, status := runToEnd(t, trusting[:2], "template", "staff", "--output", out); status != exitFailed || !strings.Contains(stderr, "certificate") {
		t.Errorf("without trust in the certificate: status %d, %s", status, stderr)
	}

	made.serial = 2
	made.write(t, folder)
	response, err = ask(t, asking(t, certFile, nil), base+"/healthz")
	if err != nil {
		t.Fatal(err)
	}
	if got := response.TLS.PeerCertificates[0].SerialNumber.Int64(); got != 2 {
		t.Errorf("the server shows certificate %d after the renewal", got)
	}
	server.signal(t, syscall.SIGTERM)
	if status := server.await(t); status != exitDone {
		t.Errorf("the server ended with status %d", status)
	}
}

// TestPlainHTTPToOthersIsWarnedOf: a proxy may be there, so it is not refused.
func TestPlainHTTPToOthersIsWarnedOf(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	server := start(t, []string{"SKILLSTRACKER_PUBLIC_METRICS=yes"}, "serve", "--data-dir", dir, "--listen", "0.0.0.0:0")
	server.awaitText(t, &server.stderr, `"level":"WARN","msg":"(serving plain HTTP to other machines)`)
	address := server.awaitText(t, &server.stderr, `"msg":"serving","address":"([^"]+)"`)
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	status, body := get(t, "http://127.0.0.1:"+port+"/metrics", "")
	if status != http.StatusOK || !strings.Contains(body, "\nskillstracker_database_connections_open ") || strings.Contains(body, "skillstracker_database_connections_open 0\n") {
		t.Errorf("public metrics are %d: %s", status, body)
	}
}

// TestServerHasBounds: a client that says nothing, or says it slowly, holds nothing for long.
// The handshake of TLS has the time of a head.
func TestServerHasBounds(t *testing.T) {
	t.Parallel()
	log := slog.New(slog.DiscardHandler)
	for _, held := range []*certificate{nil, {}} {
		server := newHTTPServer(http.NotFoundHandler(), held, log)
		if server.ReadHeaderTimeout <= 0 || server.ReadHeaderTimeout > 30*time.Second || server.IdleTimeout <= 0 || server.IdleTimeout > 5*time.Minute ||
			server.MaxHeaderBytes <= 0 || server.MaxHeaderBytes > 1<<17 || !server.DisableGeneralOptionsHandler {
			t.Errorf("heads must come within %v and %d bytes, idle connections end after %v", server.ReadHeaderTimeout, server.MaxHeaderBytes, server.IdleTimeout)
		}
		if (server.TLSConfig != nil) != (held != nil) {
			t.Errorf("with certificate %v the configuration is %v", held, server.TLSConfig)
		}
	}
	suites := (&certificate{}).serverTLS().CipherSuites
	if len(suites) == 0 {
		t.Error("every suite of Go is offered")
	}
	for _, insecure := range tls.InsecureCipherSuites() {
		if slices.Contains(suites, insecure.ID) {
			t.Errorf("%s is offered", insecure.Name)
		}
	}
}
