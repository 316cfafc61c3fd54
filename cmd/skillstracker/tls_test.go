package main

import (
	"crypto/tls"
	"log/slog"
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
