package api

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"skillstracker/domain"
)

// refusalPatience is how long the audit trail is waited for when a refusal is noted,
// also for callers who hung up.
const refusalPatience = 10 * time.Second

// noteRefusals writes every refused attempt into the audit trail before the refusal is
// answered. When it cannot be written, the answer is that the service is not available:
// nobody may try things out unseen. A request that was routed nowhere attempts nothing.
func (s *server) noteRefusals(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		// The context as it came: the operation's own ends with the operation.
		arrived := c.Request().Context()
		err := next(c)
		op, found := s.operation(c)
		if err == nil || !found {
			return err
		}
		// What came with the caller is in the context that the middleware made.
		known := c.Request().Context()
		refusal := domain.Refusal{Operation: op.id, Code: problemOf(err).code}
		actor, failed := actorFrom(known)
		authenticated := failed == nil
		refusal.Actor = actor
		refusal.Actor.RequestID = requestIDFrom(arrived)
		if !authenticated {
			refusal.Actor.ID = refusedTokenFrom(known)
		}
		if !isRefusal(err, authenticated, op) || !s.refused.isDue(problemOf(err).status, refusal.Actor.ID, addressKey(c.RealIP()), s.clock()) {
			return err
		}
		noting, cancel := context.WithTimeout(context.WithoutCancel(arrived), refusalPatience)
		defer cancel()
		if unnoted := s.deps.Audit.NoteRefusal(noting, refusal); unnoted != nil {
			return domain.Unavailable("audit_unavailable", "The request was refused, and that could not be written down. Try again in a moment.", 5,
				fmt.Errorf("note refusal %s: %w", refusal.Code, unnoted))
		}
		return err
	}
}

// isRefusal says whether an error means that the caller may not do something, and not
// that something is wrong with the request. What is outside of a caller's scope is not
// found.
func isRefusal(err error, authenticated bool, op operation) bool {
	p := problemOf(err)
	switch p.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		// Who they are who may not sign in is noted where it is known (domain.Sessions).
		return op.id != "finishSignIn" || p.code != "user_without_role" && p.code != "link_not_accepted"
	case http.StatusNotFound:
		return authenticated && isOutsideScope(p.code, op.id)
	}
	return false
}

// isOutsideScope says whether the code of a problem is the answer to a question about
// what belongs to somebody else.
func isOutsideScope(code, operationID string) bool {
	switch code {
	case "organisation_not_found":
		// The registry is open to all: there it is a code mistyped.
		return operationID != "getOrganisation" && operationID != "setReportingStart"
	case "upload_not_found", "person_not_found":
		return true
	}
	return false
}

// refusalPace is how often a caller who asks too often is noted.
const refusalPace = time.Minute

// maxRefusedCallers bounds the callers who are remembered. When there are more, the
// memory is emptied, and some are noted once more.
const maxRefusedCallers = 10_000

// refusedCallers remembers when callers who asked too often were last noted.
type refusedCallers struct {
	mutex sync.Mutex
	noted map[string]time.Time
}

func newRefusedCallers() *refusedCallers { return &refusedCallers{noted: make(map[string]time.Time)} }

// isDue says whether a refusal is to be noted: all are, but those of callers who asked
// too often, who would fill the trail, once a minute each.
func (r *refusedCallers) isDue(status int, caller, address string, now time.Time) bool {
	if status != http.StatusTooManyRequests {
		return true
	}
	if caller == "" {
		caller = address
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if last, noted := r.noted[caller]; noted && now.Sub(last) < refusalPace {
		return false
	}
	if len(r.noted) >= maxRefusedCallers {
		clear(r.noted)
	}
	r.noted[caller] = now
	return true
}
