package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"skillstracker/domain"
)

// The cookies of people who sign in. Their names make browsers refuse them but for this
// host, over https, and for every path.
const (
	sessionCookie = "__Host-skt"
	signInCookie  = "__Host-skt-sign-in"
)

// codeSessionEnded is the code of the problem of a cookie that names no session.
const codeSessionEnded = "session_ended"

// identifySession finds the caller whose session the cookie names, with the role and the
// scope as they are now. It says false when there is no session that lasts.
func (s *server) identifySession(request *http.Request) (actor domain.Actor, found bool, err error) {
	if s.deps.SignIn == nil {
		return domain.Actor{}, false, nil
	}
	secret := secretCookie(request, sessionCookie)
	if secret == "" {
		return domain.Actor{}, false, nil
	}
	ctx := request.Context()
	session, err := s.deps.Sessions.Session(ctx, domain.HashSecret(secret), s.clock())
	if domain.KindOf(err) == domain.KindNotFound {
		return domain.Actor{}, false, nil
	}
	if err != nil {
		return domain.Actor{}, false, fmt.Errorf("look up session: %w", err)
	}
	if !s.deps.SignIn.Vouches(session) {
		return domain.Actor{}, false, nil
	}
	actor, err = s.resolved(ctx, domain.Actor{
		ID: session.UserID, Role: session.Role, Grant: session.Grant, ExpiresAt: session.ExpiresAt,
	}, session.Registry)
	return actor, err == nil, err
}

// secretCookie returns a cookie that holds a secret of domain.NewSecret; empty when there
// is none that could be one.
func secretCookie(request *http.Request, name string) string {
	cookie, err := request.Cookie(name)
	if err != nil || len(cookie.Value) != secretLength || strings.Trim(cookie.Value, secretLetters) != "" {
		return ""
	}
	return cookie.Value
}

// The shape of a secret of domain.NewSecret.
const (
	secretLength  = 43
	secretLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
)

// leadsToSignIn says whether a request that has no credential, or one whose session has
// ended, is a browser that asks for the page to start from, which then goes on to sign
// in.
func (s *server) leadsToSignIn(c echo.Context, op operation, err error) bool {
	return s.deps.SignIn != nil && op.id == "getHome" && domain.KindOf(err) == domain.KindUnauthenticated &&
		c.Request().Header.Get("Authorization") == "" && takesPage(c.Request())
}

// takesPage says whether the caller asks for HTML by name, as browsers do.
func takesPage(request *http.Request) bool {
	return strings.Contains(request.Header.Get("Accept"), "text/html")
}

// browserKey is the key of what a browser sent beside the parameters.
type browserKey struct{}

// browser is what the operations of signing in and out need of a request beside its
// parameters: secrets of its cookies, empty when there are none.
type browser struct{ session, signIn string }

func browserFrom(ctx context.Context) browser {
	sent, _ := ctx.Value(browserKey{}).(browser)
	return sent
}
