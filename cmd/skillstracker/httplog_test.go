package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

func TestLogHasNoAddressesOfClients(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"http: TLS handshake error from 192.0.2.17:47570: EOF":                    "http: TLS handshake error from a client: EOF",
		"http: TLS handshake error from [2001:db8::7]:1: tls: bad":                "http: TLS handshake error from a client: tls: bad",
		"http: TLS handshake error from [fe80::1%eth0]:443: EOF":                  "http: TLS handshake error from a client: EOF",
		"http2: server: error reading preface from client 192.0.2.17:5: bogus":    "http2: server: error reading preface from client a client: bogus",
		"read tcp 192.0.2.1:8080->192.0.2.17:5: connection reset by peer":         "read tcp a client->a client: connection reset by peer",
		"http: superfluous response.WriteHeader call from main.f (service.go:12)": "http: superfluous response.WriteHeader call from main.f (service.go:12)",
	} {
		var logged bytes.Buffer
		httpLog(slog.New(slog.NewJSONHandler(&logged, nil))).Print(line)
		if text := logged.String(); strings.Count(text, "\n") != 1 || !strings.Contains(text, `"level":"WARN"`) || !strings.Contains(strings.ReplaceAll(text, `\u003e`, ">"), `"problem":"`+want+`"`) {
			t.Errorf("%s is logged as %s", line, text)
		}
	}
}
