package signin

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"skillstracker/domain"
)

// callbackPath is where providers send people back to.
const callbackPath = "/sign-in/callback"

// clockSkew is how far a provider's clock may be from ours.
const clockSkew = 2 * time.Minute

// Service is everything that is known of identity providers. Its methods may be called
// from many goroutines.
type Service struct {
	publicURL string
	providers []*provider
	clock     func() time.Time
}

// New makes a service of settings that Read returned and an address of PublicURL.
func New(publicURL string, providers []Settings, clock func() time.Time) *Service {
	s := &Service{publicURL: publicURL, clock: clock}
	for _, settings := range providers {
		s.providers = append(s.providers, newProvider(settings, publicURL, clock))
	}
	return s
}

// Choice is a provider that people may choose.
type Choice struct{ Name, Title string }

// Choices lists the providers in the order of the settings.
func (s *Service) Choices() []Choice {
	choices := make([]Choice, len(s.providers))
	for i, p := range s.providers {
		choices[i] = Choice{Name: p.Name, Title: p.Title}
	}
	return choices
}

// Origins lists the origins to which a way of signing in may lead a browser.
func (s *Service) Origins() []string {
	var origins []string
	for _, p := range s.providers {
		issuer, err := url.Parse(p.Issuer)
		if err != nil {
			continue // Read has refused it
		}
		for _, host := range append([]string{issuer.Host}, p.Hosts...) {
			if origin := issuer.Scheme + "://" + host; !slices.Contains(origins, origin) {
				origins = append(origins, origin)
			}
		}
	}
	return origins
}

// Start is a sign-in that begins. A browser is sent to Address; the rest is kept until it
// comes back.
type Start struct {
	Address                string
	State, Nonce, Verifier string
}

// Begin begins a sign-in at a provider, which is the only one when none is named. It
// returns a not-found error for a provider that there is not, and an unavailable error
// while the provider does not answer.
func (s *Service) Begin(ctx context.Context, name string) (provider string, start Start, err error) {
	p := s.named(name)
	if p == nil {
		return "", Start{}, domain.NotFound("identity_provider_unknown", "There is no such identity provider here. GET /sign-in lists those that there are.")
	}
	found, err := p.connect(ctx)
	if err != nil {
		return "", Start{}, err
	}
	start = Start{Verifier: oauth2.GenerateVerifier()}
	for _, text := range []*string{&start.State, &start.Nonce} {
		if *text, _, err = domain.NewSecret(); err != nil {
			return "", Start{}, fmt.Errorf("begin sign-in: %w", err)
		}
	}
	options := []oauth2.AuthCodeOption{oidc.Nonce(start.Nonce), oauth2.S256ChallengeOption(start.Verifier)}
	if len(p.ACRValues) > 0 {
		options = append(options, oauth2.SetAuthURLParam("acr_values", strings.Join(p.ACRValues, " ")))
	}
	if p.Claims != nil {
		options = append(options, oauth2.SetAuthURLParam("claims", string(p.Claims)))
	}
	start.Address = found.oauth.AuthCodeURL(start.State, options...)
	return p.Name, start, nil
}

func (s *Service) named(name string) *provider {
	if name == "" && len(s.providers) == 1 {
		return s.providers[0]
	}
	for _, p := range s.providers {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// Vouches says whether the settings, which may have changed since it began, still hold
// what a session is built on: its provider, and, for a role that claims gave, that the
// provider may give that role.
func (s *Service) Vouches(session domain.Session) bool {
	for _, p := range s.providers {
		if p.Name == session.Provider {
			return !session.ByClaims || p.gives(session.Role)
		}
	}
	return false
}

// Answer is what a browser brought back from a provider, with what was kept of the
// sign-in that it belongs to.
type Answer struct {
	Provider        string
	Code            string
	Issuer          *string // the parameter iss, nil when there was none
	Nonce, Verifier string
}

// Finish exchanges the code of an answer and returns who signed in. It returns a
// forbidden error for everything that is not as it must be, with the reason as its cause,
// which holds nothing of a person. Where that is so although it is certain who signed in,
// the identity comes with the error and holds the user's id and the provider.
func (s *Service) Finish(ctx context.Context, answer Answer) (Identity, error) {
	p := s.named(answer.Provider)
	if p == nil {
		return Identity{}, refused(errors.New("the provider is no longer in the settings"))
	}
	found, err := p.connect(ctx)
	if err != nil {
		return Identity{}, err
	}
	if answer.Issuer == nil && found.namesItself || answer.Issuer != nil && *answer.Issuer != p.Issuer {
		return Identity{}, refused(errors.New("the answer does not come from the issuer that was asked"))
	}
	ctx = oidc.ClientContext(ctx, p.client)
	exchanged, err := found.oauth.Exchange(ctx, answer.Code, oauth2.VerifierOption(answer.Verifier))
	if err != nil {
		return Identity{}, p.exchangeFault(err)
	}
	raw, given := exchanged.Extra("id_token").(string)
	if !given {
		return Identity{}, refused(errors.New("the provider gave no id token"))
	}
	claims, err := p.verify(ctx, found, raw, answer.Nonce)
	if err != nil {
		return Identity{}, err
	}
	return p.identity(claims)
}

// exchangeFault tells a provider that refused a code from one that did not answer. What
// it wrote is left out, because nobody knows what that holds.
func (p *provider) exchangeFault(err error) error {
	if told, refusal := errors.AsType[*oauth2.RetrieveError](err); refusal {
		if told.Response != nil && told.Response.StatusCode < 500 {
			return refused(fmt.Errorf("the provider refused the code with status %d and error %q", told.Response.StatusCode, told.ErrorCode))
		}
		return p.unavailable(errors.New("the provider answered the exchange of the code with an error of its own"))
	}
	return p.unavailable(fmt.Errorf("exchange code: %w", err))
}

// verify checks an id token: signature, algorithm, issuer, audience and times, the nonce,
// which the library leaves to its caller, and that it was made for this service.
// While the keys cannot be read it returns an unavailable error.
func (p *provider) verify(ctx context.Context, found *metadata, raw, nonce string) (claims, error) {
	if err := requireType(raw, "jwt"); err != nil {
		return nil, refused(err)
	}
	keys, verifier := p.verifier(found)
	token, err := verifier.Verify(ctx, raw)
	if keys.missing != nil {
		return nil, p.unavailable(keys.missing)
	}
	if err != nil {
		return nil, refused(err)
	}
	var held claims
	if err := token.Claims(&held); err != nil {
		return nil, refused(fmt.Errorf("read claims: %w", err))
	}
	authorised, said := held["azp"]
	now := p.clock()
	switch {
	case token.Issuer != p.Issuer:
		return nil, refused(errors.New("the issuer is not exactly the one of the settings"))
	case subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(nonce)) != 1 || nonce == "":
		return nil, refused(errors.New("the nonce is not the one of this sign-in"))
	case len(token.Audience) > 1 && !said || said && authorised != p.ClientID:
		return nil, refused(errors.New("the id token was made for another client (azp)"))
	case token.IssuedAt.After(now.Add(clockSkew)) || token.IssuedAt.Before(now.Add(-domain.SignInPatience)):
		return nil, refused(errors.New("the id token was not made just now (iat)"))
	case token.Subject == "":
		return nil, refused(errors.New("the id token names nobody (sub)"))
	}
	return held, nil
}

// requireType refuses a token that says to be of another type (RFC 8725 3.11). One that
// says nothing is left to the other checks.
func requireType(raw string, types ...string) error {
	head, _, _ := strings.Cut(raw, ".")
	decoded, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		return errors.New("the token has no header")
	}
	var header struct {
		Type string `json:"typ"`
	}
	if err := json.Unmarshal(decoded, &header); err != nil {
		return errors.New("the token has no header")
	}
	said := strings.TrimPrefix(strings.ToLower(header.Type), "application/")
	if said != "" && !slices.Contains(types, said) {
		return fmt.Errorf("the token is of type %q", said)
	}
	return nil
}

// refused says that an answer does not count. Whoever forged it learns nothing.
func refused(cause error) *domain.Error {
	refusal := domain.Forbidden("sign_in_refused", "What the identity provider said about this sign-in is not accepted. Sign in again; if it happens again, tell the operator of this service when it was.")
	refusal.Cause = cause
	return refusal
}
