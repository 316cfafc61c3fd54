package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"skillstracker/domain"
)

// limitTime gives each operation its longest time. Where a body is to be read, the
// connection ends a little later, so that a sender who stalls is cut off. It must
// not end sooner: net/http would take that for a client who hung up.
func (s *server) limitTime(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		op, found := s.operation(c)
		if !found {
			return next(c)
		}
		ctx, cancel := context.WithTimeout(c.Request().Context(), op.deadline)
		defer cancel()
		if end, timed := ctx.Deadline(); timed && op.bodyLimit > 0 {
			err := http.NewResponseController(c.Response()).SetReadDeadline(end.Add(op.deadline / 10))
			if err != nil && !errors.Is(err, http.ErrNotSupported) {
				return fmt.Errorf("set time limit of body: %w", err)
			}
		}
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// drainFactor is how many times the limit of a body is taken in and thrown away for
// the sake of an answer that its sender can read.
const drainFactor = 4

// limitBody refuses bodies above the operation's limit. Whatever is refused before
// its body was read, the rest is taken in, up to drainFactor limits: many clients look
// for the answer only when everything is sent, and would miss it if the connection
// ended before. A client that asked to be told (Expect) is told without.
func (s *server) limitBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		op, found := s.operation(c)
		if !found || op.bodyLimit == 0 {
			return next(c)
		}
		request := c.Request()
		body := request.Body
		limited := *request
		limited.Body = http.MaxBytesReader(c.Response(), body, op.bodyLimit)
		c.SetRequest(&limited)
		err := error(&http.MaxBytesError{Limit: op.bodyLimit})
		if request.ContentLength <= op.bodyLimit {
			err = next(c)
		}
		if err != nil && request.Header.Get("Expect") == "" {
			err = errors.Join(err, drain(body, drainFactor*op.bodyLimit))
		}
		return err
	}
}

// drain reads at most so many bytes. That the sender gives up before is no error.
func drain(body io.Reader, limit int64) error {
	if _, err := io.CopyN(io.Discard, body, limit); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("drain body: %w", err)
	}
	return nil
}

// refuseCompressed refuses bodies that would have to be unpacked first.
func (s *server) refuseCompressed(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		op, found := s.operation(c)
		if found && op.bodyLimit > 0 && c.Request().Header.Get("Content-Encoding") != "" {
			return &domain.Error{
				Kind: domain.KindUnsupported, Code: "content_encoding_unsupported",
				Message: "Compressed bodies are not taken. Send the file as it is, without Content-Encoding.",
			}
		}
		return next(c)
	}
}
