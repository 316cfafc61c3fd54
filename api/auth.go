package api

import (
	"context"
	"crypto/sha256"
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

// refusedTokenKey is the key of the id of a token that was not accepted.
type refusedTokenKey struct{}

// actorFrom returns the caller of the request.
func actorFrom(ctx context.Context) (domain.Actor, error) {
	actor, found := ctx.Value(actorKey).(domain.Actor)
	if !found {
		return domain.Actor{}, errNoActor
	}
	return actor, nil
}

// refusedTokenFrom returns the id of the token that a request showed, when it has the
// shape of one and was not accepted; otherwise it is empty.
func refusedTokenFrom(ctx context.Context) string {
	id, _ := ctx.Value(refusedTokenKey{}).(string)
	return id
}

// authenticate finds out who calls every operation that is not public.
func (s *server) authenticate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		op, found := s.operation(c)
		if !found || op.permission == public {
			return next(c)
		}
		request := c.Request()
		shown := credentialOf(request)
		actor, err := s.admit(request, shown, addressKey(c.RealIP()))
		if err != nil {
			if shown.tokenID != "" {
				c.SetRequest(request.WithContext(context.WithValue(request.Context(), refusedTokenKey{}, shown.tokenID)))
			}
			if s.leadsToSignIn(c, op, err) {
				return c.Redirect(http.StatusSeeOther, "/sign-in")
			}
			return err
		}
		c.SetRequest(request.WithContext(context.WithValue(request.Context(), actorKey, actor)))
		return next(c)
	}
}

// admit identifies the caller unless too many wrong credentials came from the address.
// That is decided before anything is looked up. A credential that was accepted not long
// ago passes all the same: others behind the same address must not lock its owner out.
func (s *server) admit(request *http.Request, shown credential, address string) (domain.Actor, error) {
	now := s.clock()
	if !s.rates.accepted.knows(shown.hash, now) {
		if err := s.rates.refuseAddress(address, shown.found(), now); err != nil {
			return domain.Actor{}, err
		}
	}
	actor, err := s.identify(request, shown)
	switch {
	case err == nil:
		s.rates.accepted.note(shown.hash, now)
	case domain.KindOf(err) == domain.KindUnauthenticated:
		s.rates.noteFailure(address, shown, now)
	}
	return actor, err
}

// credential is what a request shows to prove who sends it: a token, or the cookie of a
// session, which counts only where there is no header Authorization.
type credential struct {
	token   string
	shown   bool // a token was shown, of whatever shape
	tokenID string
	secret  [32]byte // SHA-256 of the token's secret part
	cookie  bool
	hash    [32]byte // of whatever was shown
}

// found says whether anything was shown.
func (c credential) found() bool { return c.shown || c.cookie }

func credentialOf(request *http.Request) credential {
	if request.Header.Get("Authorization") == "" {
		return cookieOf(request)
	}
	var c credential
	c.token, c.shown = shownToken(request)
	if id, secret, wellFormed := domain.ParseToken(c.token); wellFormed {
		c.tokenID, c.secret = id, secret
	}
	c.hash = sha256.Sum256([]byte(c.token))
	return c
}

// cookieOf is the session's cookie as a credential.
func cookieOf(request *http.Request) credential {
	cookie, err := request.Cookie(sessionCookie)
	if err != nil || cookie.Value == "" {
		return credential{}
	}
	return credential{cookie: true, hash: sha256.Sum256([]byte(sessionCookie + "=" + cookie.Value))}
}

// identify checks the credential of a request and resolves the caller's scope as it is
// today.
func (s *server) identify(request *http.Request, shown credential) (domain.Actor, error) {
	if shown.cookie {
		actor, found, err := s.identifySession(request)
		if err == nil && !found {
			err = unauthenticated(codeSessionEnded, "This session has ended. Sign in again, or send a token.")
		}
		return actor, err
	}
	if !shown.shown {
		message := "This needs a token. Send it in the header Authorization: Bearer followed by the token, or by HTTP Basic with any user name and the token as password."
		if query := request.URL.Query(); query.Has("token") || query.Has("access_token") {
			message += " A token in the address does not count: logs and histories keep addresses. If it is a real one, have it revoked."
		}
		return domain.Actor{}, unauthenticated(codeTokenMissing, message)
	}
	if shown.tokenID == "" {
		return domain.Actor{}, unauthenticated("token_mistyped",
			"This is not a token of this service: it may be mistyped or cut off. Copy the whole token again, from skt_live_ to its end.")
	}
	return s.identifyToken(request.Context(), shown)
}

func (s *server) identifyToken(ctx context.Context, shown credential) (domain.Actor, error) {
	stored, err := s.deps.Credentials.Token(ctx, shown.tokenID)
	if err != nil && domain.KindOf(err) != domain.KindNotFound {
		return domain.Actor{}, fmt.Errorf("look up token: %w", err)
	}
	now := s.clock()
	if err != nil || !stored.Accepts(shown.secret, now) {
		return domain.Actor{}, unauthenticated("token_not_accepted",
			"This token is not accepted: it is unknown, revoked or expired. Ask an administrator for a new one.")
	}
	if stored.UseIsOld(now) {
		if err := s.deps.Credentials.NoteUse(ctx, stored.ID); err != nil {
			return domain.Actor{}, fmt.Errorf("note use of token: %w", err)
		}
	}
	return s.resolved(ctx, domain.Actor{ID: stored.ID, Role: stored.Role, Grant: stored.Grant, ExpiresAt: stored.ExpiresAt}, stored.Registry)
}

// resolved completes a caller with what the grant covers today and the request's id. The
// registry's version is that of the look-up that found the caller, or 0.
func (s *server) resolved(ctx context.Context, actor domain.Actor, registry int64) (domain.Actor, error) {
	scope, err := s.deps.Credentials.Resolve(ctx, actor.Grant, domain.DateOf(s.clock()), registry)
	if err != nil {
		return domain.Actor{}, fmt.Errorf("resolve scope: %w", err)
	}
	actor.Organisations, actor.ReadOnly, actor.Followers = scope.Organisations, scope.ReadOnly, scope.Followers
	actor.RequestID = requestIDFrom(ctx)
	return actor, nil
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

// codeTokenMissing is the code of the problem of a request that shows no credential.
const codeTokenMissing = "token_missing"

func unauthenticated(code, message string) *domain.Error {
	return &domain.Error{Kind: domain.KindUnauthenticated, Code: code, Message: message}
}
