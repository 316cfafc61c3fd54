package signin

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"skillstracker/domain"
)

// logoutEvent is the event that a logout token tells of.
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

// LogoutError says that a logout token does not count, and why, for the log.
type LogoutError struct{ cause error }

// Error returns the reason.
func (e *LogoutError) Error() string { return "logout token: " + e.cause.Error() }

// Unwrap returns the cause.
func (e *LogoutError) Unwrap() error { return e.cause }

// Logout checks the token by which a provider says that sessions are to end (OpenID
// Connect Back-Channel Logout 1.0) and returns which. It returns a *LogoutError for a
// token that does not count, and an unavailable error while the provider's keys cannot be
// read. A token may be sent again, by the provider or by a thief: sessions that began
// later than it was made, but for the difference of the clocks, are not meant by it.
func (s *Service) Logout(ctx context.Context, raw string) (domain.ProviderLogout, error) {
	p, err := s.speaker(raw)
	if err != nil {
		return domain.ProviderLogout{}, &LogoutError{err}
	}
	found, err := p.connect(ctx)
	if err != nil {
		return domain.ProviderLogout{}, err
	}
	if err := requireType(raw, "jwt", "logout+jwt"); err != nil {
		return domain.ProviderLogout{}, &LogoutError{err}
	}
	keys, verifier := p.verifier(found)
	token, err := verifier.VerifyLogout(ctx, raw)
	if keys.missing != nil {
		return domain.ProviderLogout{}, p.unavailable(keys.missing)
	}
	if err != nil {
		return domain.ProviderLogout{}, &LogoutError{err}
	}
	var held claims
	if err := token.Claims(&held); err != nil {
		return domain.ProviderLogout{}, &LogoutError{fmt.Errorf("read claims: %w", err)}
	}
	now := s.clock()
	events, _ := held["events"].(map[string]any)
	_, isEvent := events[logoutEvent].(map[string]any)
	switch {
	case token.Issuer != p.Issuer:
		err = errors.New("the issuer is not exactly the one of the settings")
	case !isEvent:
		err = errors.New("it does not tell of a logout")
	case token.IssuedAt.After(now.Add(clockSkew)) || token.IssuedAt.Before(now.Add(-domain.SignInPatience)):
		err = errors.New("it was not made just now (iat)")
	}
	if err != nil {
		return domain.ProviderLogout{}, &LogoutError{err}
	}
	logout := domain.ProviderLogout{Provider: p.Name, SID: token.SessionID, BegunBy: token.IssuedAt.Add(clockSkew)}
	if userID, err := p.userID(held); err == nil {
		logout.UserID = userID
	} else if logout.SID == "" {
		return domain.ProviderLogout{}, &LogoutError{err}
	}
	return logout, nil
}

// speaker finds the provider that a token says to be of. Nothing else of the token is
// believed for that.
func (s *Service) speaker(raw string) (*provider, error) {
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return nil, errors.New("it is not a signed token")
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return nil, errors.New("it is not a signed token")
	}
	var said claims
	if err := json.Unmarshal(payload, &said); err != nil {
		return nil, errors.New("it has no claims")
	}
	for _, p := range s.providers {
		for _, audience := range said.values("aud") {
			if said.text("iss") == p.Issuer && audience == p.ClientID {
				return p, nil
			}
		}
	}
	return nil, errors.New("it is not of a configured provider for this service")
}
