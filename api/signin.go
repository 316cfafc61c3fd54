package api

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"skillstracker/api/signin"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// homePath is where people go to who signed in and wanted nothing else.
const homePath = "/"

// signedOutPath says that somebody signed out. It must not lead to the provider, where
// they may still be signed in, and so straight back in.
const signedOutPath = "/sign-in?signed_out=true"

// GetSignIn sends a browser to the identity provider, or shows a page to choose one.
func (h *handlers) GetSignIn(ctx context.Context, request spec.GetSignInRequestObject) (spec.GetSignInResponseObject, error) {
	if err := h.requireSignIn(); err != nil {
		return nil, err
	}
	returnTo, err := localPath(orDefault(request.Params.ReturnTo, homePath))
	if err != nil {
		return nil, err
	}
	provider := orDefault(request.Params.Provider, "")
	choices := h.deps.SignIn.Choices()
	if signedOut := orDefault(request.Params.SignedOut, false); signedOut || provider == "" && len(choices) > 1 {
		return h.signInPage(choices, returnTo, signedOut)
	}
	return h.beginSignIn(ctx, provider, returnTo, nil)
}

// beginSignIn sends a browser to a provider and keeps what must fit when it comes back. The
// browser's secret stays as it was when it has one: two pages of one browser may sign in
// at once.
func (h *handlers) beginSignIn(ctx context.Context, provider, returnTo string, link *[32]byte) (seeOther, error) {
	provider, start, err := h.deps.SignIn.Begin(ctx, provider)
	if err != nil {
		h.noteCause(ctx, err)
		return seeOther{}, err
	}
	secret := browserFrom(ctx).signIn
	if secret == "" {
		if secret, _, err = domain.NewSecret(); err != nil {
			return seeOther{}, fmt.Errorf("begin sign-in: %w", err)
		}
	}
	err = h.deps.Sessions.BeginSignIn(ctx, domain.SignIn{
		State: domain.HashSecret(start.State), Browser: domain.HashSecret(secret), Provider: provider,
		Nonce: start.Nonce, Verifier: start.Verifier, ReturnTo: returnTo, Link: link, At: h.deps.Clock(),
	})
	if err != nil {
		return seeOther{}, fmt.Errorf("note sign-in: %w", err)
	}
	return seeOther{location: start.Address, cookie: hostCookie(signInCookie, secret, domain.SignInPatience)}, nil
}

// FinishSignIn takes a browser that comes back from the identity provider, and begins a
// session with an id that nobody has seen before.
func (h *handlers) FinishSignIn(ctx context.Context, request spec.FinishSignInRequestObject) (spec.FinishSignInResponseObject, error) {
	if err := h.requireSignIn(); err != nil {
		return nil, err
	}
	sent, state := browserFrom(ctx), orDefault(request.Params.State, "")
	if sent.signIn == "" || state == "" {
		return nil, signInUnknown()
	}
	now := h.deps.Clock()
	begun, err := h.deps.Sessions.TakeSignIn(ctx, domain.HashSecret(state), domain.HashSecret(sent.signIn), now)
	if domain.KindOf(err) == domain.KindNotFound {
		return nil, signInUnknown()
	}
	if err != nil {
		return nil, fmt.Errorf("find sign-in: %w", err)
	}
	if request.Params.Error != nil || request.Params.Code == nil {
		return nil, domain.Forbidden("sign_in_declined", "The identity provider did not sign you in. Sign in again; if it happens again, ask who looks after your account there.")
	}
	identity, err := h.deps.SignIn.Finish(ctx, signin.Answer{
		Provider: begun.Provider, Code: *request.Params.Code, Issuer: request.Params.Iss, Nonce: begun.Nonce, Verifier: begun.Verifier,
	})
	if err != nil {
		h.noteCause(ctx, err)
		if identity.UserID != "" {
			err = &refusedPersonError{userID: identity.UserID, err: err}
		}
		return nil, err
	}
	secret, hash, err := domain.NewSecret()
	if err != nil {
		return nil, fmt.Errorf("begin session: %w", err)
	}
	session := domain.NewSession{
		Secret: hash, UserID: identity.UserID, Provider: identity.Provider, SID: identity.SID, Granted: identity.Granted, At: now,
	}
	if sent.session != "" {
		replaced := domain.HashSecret(sent.session)
		session.Replaces = &replaced
	}
	if err := h.deps.Sessions.StartSession(ctx, session, begun.Link, requestIDFrom(ctx)); err != nil {
		return nil, fmt.Errorf("begin session: %w", err)
	}
	return seeOther{location: begun.ReturnTo, cookie: hostCookie(sessionCookie, secret, 0)}, nil
}

// refusedPersonError is the refusal of a person whom the identity provider vouched for,
// and whose id the audit trail is to name.
type refusedPersonError struct {
	userID string
	err    error
}

// Error returns the refusal alone: who it was does not belong into a log.
func (e *refusedPersonError) Error() string { return e.err.Error() }

// Unwrap returns the refusal.
func (e *refusedPersonError) Unwrap() error { return e.err }

// codeSignInUnknown is the code of the problem of a way back that belongs to no sign-in.
const codeSignInUnknown = "sign_in_unknown"

func signInUnknown() error {
	return domain.Forbidden(codeSignInUnknown, "This sign-in was not begun in this browser, is finished already, or took longer than ten minutes. Begin again.")
}

// SignOut ends the session of the browser.
func (h *handlers) SignOut(ctx context.Context, _ spec.SignOutRequestObject) (spec.SignOutResponseObject, error) {
	if err := h.requireSignIn(); err != nil {
		return nil, err
	}
	if secret := browserFrom(ctx).session; secret != "" {
		if err := h.deps.Sessions.EndSession(ctx, domain.HashSecret(secret), h.deps.Clock(), requestIDFrom(ctx)); err != nil {
			return nil, fmt.Errorf("end session: %w", err)
		}
	}
	return seeOther{location: signedOutPath, cookie: hostCookie(sessionCookie, "", -1)}, nil
}

// BackChannelLogout ends the sessions that an identity provider names.
func (h *handlers) BackChannelLogout(ctx context.Context, request spec.BackChannelLogoutRequestObject) (spec.BackChannelLogoutResponseObject, error) {
	if err := h.requireSignIn(); err != nil {
		return nil, err
	}
	logout, err := h.deps.SignIn.Logout(ctx, request.Body.LogoutToken)
	if err != nil {
		h.noteCause(ctx, err)
		return nil, err
	}
	if _, err := h.deps.Sessions.EndProviderSessions(ctx, logout, h.deps.Clock(), requestIDFrom(ctx)); err != nil {
		return nil, fmt.Errorf("end sessions: %w", err)
	}
	return spec.BackChannelLogout204Response{}, nil
}

// requireSignIn returns a not-found error where nobody can sign in.
func (h *handlers) requireSignIn() error {
	if h.deps.SignIn == nil {
		return domain.NotFound("sign_in_not_configured", "People cannot sign in at this server. Use a token, or ask the operator to configure an identity provider.")
	}
	return nil
}

// noteCause logs why a sign-in was refused, which callers are not told. No cause holds
// anything of a person.
func (h *handlers) noteCause(ctx context.Context, err error) {
	ours, found := errors.AsType[*domain.Error](err)
	switch {
	case found && ours.Cause != nil:
		h.deps.Logger.WarnContext(ctx, "sign-in refused", "request_id", requestIDFrom(ctx), "problem", ours.Code, "error", ours.Cause)
	case !found:
		h.deps.Logger.WarnContext(ctx, "sign-in refused", "request_id", requestIDFrom(ctx), "error", err)
	}
}

// localPath returns a path of this server, with its query, or an error for everything
// that a browser could take for another server's.
func localPath(text string) (string, error) {
	fault := &malformedError{faults: []domain.FieldFault{{Field: "return_to", Message: "Give a path of this server, such as /."}}}
	if !strings.HasPrefix(text, "/") || strings.HasPrefix(text, "//") || strings.ContainsFunc(text, func(r rune) bool { return r == '\\' || r <= ' ' || r >= 0x7f }) {
		return "", fault
	}
	address, err := url.Parse(text)
	if err != nil || address.Scheme != "" || address.Host != "" || address.User != nil {
		return "", fault
	}
	return text, nil
}
