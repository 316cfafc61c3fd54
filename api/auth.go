package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"skillstracker/domain"
)

// errNoActor says that a handler was reached without a caller, which the order of
// the middleware rules out.
var errNoActor = errors.New("the request has no actor")

// actorFrom returns the caller of the request.
func actorFrom(ctx context.Context) (domain.Actor, error) {
	actor, found := ctx.Value(actorKey).(domain.Actor)
	if !found {
		return domain.Actor{}, errNoActor
	}
	return actor, nil
}

// authenticate finds out who calls every operation that is not public.
func (s *server) authenticate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		op, found := s.operation(c)
		if !found || op.permission == public {
			return next(c)
		}
		request := c.Request()
		actor, err := s.identify(request)
		if err != nil {
			return err
		}
		c.SetRequest(request.WithContext(context.WithValue(request.Context(), actorKey, actor)))
		return next(c)
	}
}

// identify checks the token of a request and resolves its scope as it is today.
func (s *server) identify(request *http.Request) (domain.Actor, error) {
	token, shown := shownToken(request)
	if !shown {
		return domain.Actor{}, unauthenticated("token_missing",
			"This needs a token. Send it in the header Authorization: Bearer followed by the token, or by HTTP Basic with any user name and the token as password.")
	}
	id, secret, wellFormed := domain.ParseToken(token)
	if !wellFormed {
		return domain.Actor{}, unauthenticated("token_mistyped",
			"This is not a token of this service: it may be mistyped or cut off. Copy the whole token again, from skt_live_ to its end.")
	}
	ctx := request.Context()
	stored, err := s.deps.Credentials.Token(ctx, id)
	if err != nil && domain.KindOf(err) != domain.KindNotFound {
		return domain.Actor{}, fmt.Errorf("look up token: %w", err)
	}
	now := s.clock()
	if err != nil || !stored.Accepts(secret, now) {
		return domain.Actor{}, unauthenticated("token_not_accepted",
			"This token is not accepted: it is unknown, revoked or expired. Ask an administrator for a new one.")
	}
	if stored.UseIsOld(now) {
		if err := s.deps.Credentials.NoteUse(ctx, stored.ID); err != nil {
			return domain.Actor{}, fmt.Errorf("note use of token: %w", err)
		}
	}
	organisations, err := s.deps.Credentials.Resolve(ctx, stored.Grant, domain.DateOf(now))
	if err != nil {
		return domain.Actor{}, fmt.Errorf("resolve scope of token: %w", err)
	}
	return domain.Actor{
		ID: stored.ID, Role: stored.Role, Grant: stored.Grant, Organisations: organisations,
		RequestID: requestIDFrom(ctx),
	}, nil
}

// shownToken takes the token out of the request: from Bearer, or the password of
// Basic. It is never taken from the URL.
func shownToken(request *http.Request) (string, bool) {
	if _, password, basic := request.BasicAuth(); basic {
		password = strings.TrimSpace(password)
		return password, password != ""
	}
	scheme, token, _ := strings.Cut(request.Header.Get("Authorization"), " ")
	token = strings.TrimSpace(token)
	return token, strings.EqualFold(scheme, "Bearer") && token != ""
}

func unauthenticated(code, message string) *domain.Error {
	return &domain.Error{Kind: domain.KindUnauthenticated, Code: code, Message: message}
}
