package api

import (
	"context"
	"errors"
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
		refusal := attempted(c, op.id, problemOf(err).code)
		actor, failed := actorFrom(known)
		authenticated := failed == nil
		refusal.Actor = actor
		refusal.Actor.RequestID = requestIDFrom(arrived)
		// Who is not known is told apart by the address: an id that was only claimed can be
		// another one each time.
		caller := "id " + actor.ID
		if !authenticated {
			refusal.Actor.ID = claimedBy(known, err)
			caller = "address " + addressKey(c.RealIP())
		}
		if refusal.Code == codeTokenMissing {
			// Excel and Power BI ask so before they send a token: what was asked for differs.
			caller += " " + op.id
		}
		if !isRefusal(err, authenticated, op) || isPaced(problemOf(err)) && !s.refused.isDue(caller, refusal.Code, s.clock()) {
			return err
		}
		noting, cancel := context.WithTimeout(context.WithoutCancel(arrived), refusalPatience)
		defer cancel()
		if unnoted := s.deps.Audit.NoteRefusal(noting, refusal); unnoted != nil {
			s.refused.forget(caller, refusal.Code)
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

// claimedBy is the id of whoever was refused and is not the caller of a request: of a
// token that was not accepted, or of a person whom the identity provider vouched for and
// who may not sign in. It is empty when nothing is known.
func claimedBy(ctx context.Context, err error) string {
	if person, known := errors.AsType[*refusedPersonError](err); known {
		return person.userID
	}
	return refusedTokenFrom(ctx)
}

// isPaced says whether a refusal is one of those that anybody can bring about as often as
// they like, and that would fill the trail: there is no credential in it to be counted,
// or it was counted and is too much.
func isPaced(p problem) bool {
	return p.status == http.StatusTooManyRequests || p.code == codeCrossOrigin || p.code == codeSignInUnknown || p.code == codeTokenMissing
}

// refusalPace is how often such a refusal of one caller is noted.
const refusalPace = time.Minute

// maxRefusedCallers bounds the callers who are remembered. When there are more, the
// memory is emptied, and some are noted once more.
const maxRefusedCallers = 10_000

// refusedCallers remembers when what anybody can bring about was last noted.
type refusedCallers struct {
	mutex sync.Mutex
	noted map[string]time.Time
}

func newRefusedCallers() *refusedCallers { return &refusedCallers{noted: make(map[string]time.Time)} }

// isDue says whether a refusal of a caller with the code of a problem is to be noted:
// once a minute.
func (r *refusedCallers) isDue(caller, code string, now time.Time) bool {
	key := code + " " + caller
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if last, noted := r.noted[key]; noted && now.Sub(last) < refusalPace {
		return false
	}
	if len(r.noted) >= maxRefusedCallers {
		clear(r.noted)
	}
	r.noted[key] = now
	return true
}

// forget makes the next such refusal due: this one could not be noted.
func (r *refusedCallers) forget(caller, code string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	delete(r.noted, code+" "+caller)
}
