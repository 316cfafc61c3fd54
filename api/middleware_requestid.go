package api

import (
	"context"
	"crypto/rand"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"
)

// contextKey is the type of the keys under which this package keeps values.
type contextKey int

const (
	actorKey contextKey = iota
	requestIDKey
)

// requestIDHeader names a request, for a caller and the service's operator to
// talk about it.
const requestIDHeader = "X-Request-ID"

// correlationIDHeader names a chain of requests to several services. It is repeated in
// the answer and means nothing here.
const correlationIDHeader = "X-Correlation-ID"

var saneRequestID = regexp.MustCompile(`^[A-Za-z0-9._-]{8,64}$`)

// nameRequest takes over the caller's request id when it is harmless, makes one
// when it is not, and repeats it in the answer, as it does a harmless correlation id.
// An id that looks like a token is not taken over: it would be logged.
func nameRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		request := c.Request()
		id := request.Header.Get(requestIDHeader)
		if !harmless(id) {
			id = rand.Text()
		}
		c.Response().Header().Set(requestIDHeader, id)
		if correlation := request.Header.Get(correlationIDHeader); harmless(correlation) {
			c.Response().Header().Set(correlationIDHeader, correlation)
		}
		c.SetRequest(request.WithContext(context.WithValue(request.Context(), requestIDKey, id)))
		return next(c)
	}
}

// harmless says whether an id of the caller's may be logged and sent back.
func harmless(id string) bool {
	return saneRequestID.MatchString(id) && !strings.Contains(id, "skt_")
}

// requestIDFrom returns the id of the request, empty outside of one.
func requestIDFrom(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey).(string)
	return id
}
