package main

import (
	"context"
	"io"
	"log"
	"log/slog"
	"regexp"
	"strings"
)

// networkAddress is an address with its port, as net/http writes that of a client.
var networkAddress = regexp.MustCompile(`(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9A-Fa-f:.]+(?:%[^\]\s]+)?\]):\d{1,5}`)

// httpLog passes on what Go's HTTP server complains of, such as handshakes that fail,
// without the addresses of clients: they are personal data and stand nowhere else in the
// log either.
func httpLog(to *slog.Logger) *log.Logger { return log.New(httpLines{to}, "", 0) }

type httpLines struct{ to *slog.Logger }

var _ io.Writer = httpLines{}

// Write logs one line.
func (l httpLines) Write(line []byte) (int, error) {
	text := networkAddress.ReplaceAllString(strings.TrimSpace(string(line)), "a client")
	l.to.LogAttrs(context.Background(), slog.LevelWarn, "http", slog.String("problem", text))
	return len(line), nil
}
