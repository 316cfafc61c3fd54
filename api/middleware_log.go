package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"
)

// logRequest writes one line for each request, and answers errors with their
// problem document so that the line has the true status. The line has the route
// and not the path, no query string, and no word of what was sent; of an error of
// the caller it has the code alone.
func (s *server) logRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		// The context as it came: the operation's own ends with the operation.
		arrived := c.Request().Context()
		started := s.clock()
		err := next(c)
		if err != nil && errors.Is(arrived.Err(), context.Canceled) && problemOf(err).status >= http.StatusInternalServerError {
			// What breaks because nobody waits for it any more is no alarm.
			err = context.Canceled
		}
		var unsent error
		if err != nil {
			unsent = writeProblem(err, c)
		}
		response := c.Response()
		attributes := []slog.Attr{
			slog.String("request_id", requestIDFrom(c.Request().Context())),
			slog.String("method", knownMethod(c.Request().Method)),
			slog.String("route", c.Path()),
			slog.Int("status", response.Status),
			slog.Int64("bytes", response.Size),
			slog.Duration("duration", s.clock().Sub(started)),
		}
		if actor, err := actorFrom(c.Request().Context()); err == nil {
			attributes = append(attributes, slog.String("actor", actor.ID), slog.String("role", string(actor.Role)))
		}
		level := slog.LevelInfo
		if err != nil {
			p := problemOf(err)
			s.meters.problem(p.code)
			attributes = append(attributes, slog.String("problem", p.code))
			if p.status >= http.StatusInternalServerError {
				level = slog.LevelError
				attributes = append(attributes, slog.Any("error", err))
			}
		}
		if unsent != nil {
			attributes = append(attributes, slog.Any("unsent", unsent))
		}
		s.logger.LogAttrs(arrived, level, "request", attributes...)
		if err != nil && response.Committed && response.Status < http.StatusBadRequest {
			// Half a file must not look like a whole one: the connection is cut off.
			panic(http.ErrAbortHandler) //nolint:forbidigo // the one way in which net/http ends an answer unfinished
		}
		return nil
	}
}

// knownMethod is the method of a request, unless a caller made it up: nothing that they
// typed belongs into the log.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodOptions, http.MethodConnect, http.MethodTrace:
		return method
	}
	return "other"
}
