package main

import (
	"io"
	"log/slog"
)

// newLogger returns a logger of the chosen form. The log never holds names,
// employee numbers or values from files: whoever logs sees to that.
func newLogger(to io.Writer, s settings) *slog.Logger {
	options := &slog.HandlerOptions{Level: s.LogLevel}
	if s.LogFormat == "text" {
		return slog.New(slog.NewTextHandler(to, options))
	}
	return slog.New(slog.NewJSONHandler(to, options))
}
